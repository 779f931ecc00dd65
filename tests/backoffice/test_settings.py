"""Settings: each says what holds and since when, changes what it says it changes, and is written down."""

import html
import re
from datetime import timedelta

from core import choices, clock, database
from core.accounts.roles import ADMINISTRATOR
from core.accounts.tables import Company, Membership
from core.audit import AuditEntry
from core.calendar.tables import Closure
from core.choices import Choice
from core.leave.policy import Period
from tests.backoffice.conftest import Installation
from tests.core.conftest import MONDAY


async def test_a_setting_says_since_when_and_goes_back_to_its_default(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/settings")).text)
    assert page.count(">Bawaan</span>") == len(choices.OFFERED)
    answer = await ratna.post(f"/{slug}/settings/messages_kept", value="6")
    page = html.unescape((await ratna.get(answer.headers["location"])).text)
    assert "Tersimpan: Lama pesan disimpan." in page
    assert "Dipilih Senin 6 Juli 09.00 WIB" in page
    assert '<option value="6" selected>' in page
    async with database.reading(house.maju.company):
        (entry,) = await AuditEntry.select().where(AuditEntry.action == "setting.changed")
    assert (entry["object"], entry["meta"]) == ("setting:messages_kept", '{"value": 6}')
    await ratna.post(f"/{slug}/settings/messages_kept", value="12")
    assert html.unescape((await ratna.get(f"/{slug}/settings")).text).count(">Bawaan</span>") == len(choices.OFFERED)


async def test_what_is_out_of_bounds_or_unknown_is_refused(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    for value in ("2", "13", "-1", "²", "x", "9" * 30):
        answer = await ratna.post(f"/{slug}/settings/messages_kept", value=value)
        assert answer.status_code == 422, value
        assert "<title>Kesalahan:" in answer.text
        assert "Pilih angka dari 3 sampai 12." in answer.text
    assert (await ratna.post(f"/{slug}/settings/salaries_shown", value="1")).status_code == 404


async def test_the_hours_of_approvals_hold_for_chains_that_say_none(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    settings_, there = f"/{slug}/settings", f"/{slug}/chains/leave_request"
    for value in ("48", "49"):
        late = html.unescape((await ratna.post(f"{settings_}/approval_reminder", value=value)).text)
        assert "Pengingat harus lebih dulu daripada naik ke atasan, yang sekarang sesudah 48 jam" in late
        assert f'name="value" value="{value}"' in late
    assert "harus sesudah pengingat" in (await ratna.post(f"{settings_}/approval_escalation", value="24")).text
    assert (await ratna.post(f"{settings_}/approval_reminder", value="")).status_code == 422
    assert (await ratna.post(f"{settings_}/approval_reminder", value="12")).status_code == 303
    assert (await ratna.post(f"{settings_}/approval_escalation", value="36")).status_code == 303
    page = (await ratna.get(f"/{slug}/chains")).text
    assert "Diingatkan sesudah 12 jam dan naik sesudah 36 jam" in page
    assert "menurut pengaturan perusahaan." in page
    assert f'href="/{slug}/settings#approval_reminder"' in page
    form = (await ratna.get(there)).text
    assert "Kosong: 12 jam, menurut pengaturan perusahaan." in form
    seen = re.findall(r'name="seen" value="([^"]*)"', form)[0]
    sent = {"who1": "manager", "mode1": "any", "seen": seen, "escalate": "", "rerouting": "instead", "restart": "all"}
    for remind in ("40", "0", "x", "12.5"):
        refused = await ratna.post(there, **sent, remind=remind)
        assert (refused.status_code, "mengikuti perusahaan: 12 dan 36 jam" in refused.text) == (422, True), remind
    assert (await ratna.post(there, **sent, remind="6")).status_code == 303
    page = (await ratna.get(f"/{slug}/chains")).text
    assert "Diingatkan sesudah 6 jam dan naik sesudah 36 jam" in page
    assert "sebagian kata rantai ini, sebagian pengaturan perusahaan." in page


async def test_settings_are_found_by_their_words(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    page = (await ratna.get(f"/{slug}/settings?q=pesan")).text
    assert ('id="messages_kept"' in page, 'id="team_seen"' in page) == (True, False)
    assert "Tidak ada pengaturan tentang" in (await ratna.get(f"/{slug}/settings?q=gaji")).text


async def test_the_company_has_another_name_and_the_same_address(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await ratna.post(f"/{slug}/settings/company", name="  PT Maju   Sejahtera ", zone="Asia/Makassar")
    page = (await ratna.get(f"/{slug}/settings")).text
    assert "PT Maju Sejahtera" in page
    assert "10.00 WITA" in (await ratna.get(f"/{slug}/today")).text
    for name, zone in (("x", "Asia/Jakarta"), ("a" * 200, "Asia/Jakarta"), ("PT Maju", "Asia/Atlantis")):
        assert (await ratna.post(f"/{slug}/settings/company", name=name, zone=zone)).status_code == 422
    async with database.installation(writes=False):
        row = await Company.objects().get(Company.id == house.maju.company)
    assert row is not None
    assert (row.name, row.zone, row.slug) == ("PT Maju Sejahtera", "Asia/Makassar", slug)


async def test_the_home_names_colleagues_on_leave_unless_the_company_chose_otherwise(house: Installation) -> None:
    maju, tomorrow = house.maju, MONDAY.date() + timedelta(days=1)
    asked = await maju.asks(maju.budi, Period(tomorrow, tomorrow), "urusan rahasia")
    slug = await house.slug(maju)
    await maju.decides(maju.sari, asked, "approve")
    with clock.freeze(MONDAY + timedelta(days=1)):
        tono, ratna = await house.as_person(maju, "tono"), await house.as_person(maju, "ratna")
        page = (await tono.get("/me/")).text
        assert "<li>Budi Santoso</li>" in page
        assert "urusan rahasia" not in page
        assert "<li>Budi Santoso</li>" not in (await (await house.as_person(maju, "wayan")).get("/me/")).text
        await ratna.post(f"/{slug}/settings/team_seen")
        assert "Budi Santoso" not in (await tono.get("/me/")).text


async def lina_alone(house: Installation) -> None:
    """Whoever set PT Sinar Laut up keeps no role in it."""
    async with database.transaction(house.sinar.company):
        await Membership.delete().where(Membership.person.is_null())


async def test_who_is_alone_confirms_a_closure_twice_half_a_day_apart(house: Installation) -> None:
    await lina_alone(house)
    slug, lina = await house.slug(house.sinar), await house.as_person(house.sinar, "lina")
    here, settings_ = f"/{slug}/settings/calendar", f"/{slug}/settings"
    asked = {"starts": "2026-07-08T08:00", "ends": "2026-07-08T17:00", "reason": "Banjir"}
    assert (await lina.post(f"{here}/closure", **asked)).status_code == 303
    async with database.reading(house.sinar.company):
        (closure,) = await Closure.objects()
    approve = f"{here}/closure/{closure.id}/approve"
    refused = await lina.post(approve)
    assert (refused.status_code, "perlu dua orang" in refused.text) == (422, True)
    without = await lina.post(f"{settings_}/single_handed", value="1")
    assert (without.status_code, "Tulis alasannya" in without.text) == (422, True)
    assert (await lina.post(f"{settings_}/single_handed", value="1", why="Baru saya sendiri")).status_code == 303
    early = html.unescape((await lina.post(approve)).text)
    assert "konfirmasi lagi mulai Senin 6 Juli 21.00 WIB" in early
    assert "Bisa dikonfirmasi mulai" in html.unescape((await lina.get(here)).text)
    with clock.freeze(MONDAY + timedelta(hours=12)):
        again = await house.as_person(house.sinar, "lina")
        assert approve in (await again.get(here)).text
        assert (await again.post(approve)).status_code == 303
    async with database.reading(house.sinar.company):
        (entry,) = await AuditEntry.select().where(AuditEntry.action == "calendar.closure_approved")
        (row,) = await Choice.objects()
    assert '"single_handed": true' in entry["meta"]
    assert "Baru saya" not in str(row.to_dict())


async def test_where_there_are_two_nobody_is_alone(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    refused = html.unescape((await ratna.post(f"/{slug}/settings/single_handed", value="1", why="Cepat")).text)
    assert "juga administrator dan bisa menjadi orang kedua" in refused
    # Switched on while alone, it ends by itself when another is appointed.
    await lina_alone(house)
    slug, lina = await house.slug(house.sinar), await house.as_person(house.sinar, "lina")
    assert (await lina.post(f"/{slug}/settings/single_handed", value="1", why="Sendiri")).status_code == 303
    asked = {"starts": "2026-07-08T08:00", "ends": "2026-07-08T17:00", "reason": "Banjir"}
    await lina.post(f"/{slug}/settings/calendar/closure", **asked)
    await house.as_role(house.sinar, ADMINISTRATOR)
    async with database.reading(house.sinar.company):
        (closure,) = await Closure.objects()
    with clock.freeze(MONDAY + timedelta(hours=13)):
        again = await house.as_person(house.sinar, "lina")
        late = await again.post(f"/{slug}/settings/calendar/closure/{closure.id}/approve")
    assert (late.status_code, "perlu dua orang" in late.text) == (422, True)
