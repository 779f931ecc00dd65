"""The people's pages: found, added, changed from a day on, linked, ended; files read, applied, taken back."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from core import clock, database, jobs, settings, sheets
from core.accounts import joining, sign_in
from core.messaging import inbox, mail
from core.messaging.messages import Incoming
from core.messaging.tables import Inbound, Outbound
from core.people import directory, identities
from core.people.tables import Assignment, ChannelIdentity, Employment, ImportBatch
from core.phrases import LANGUAGES
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_pages import ONLY, read
from tests.core.cast import HR
from tests.core.conftest import MONDAY

ADMINISTRATOR, SUPPORTING, AGENT, SUPER = "administrator", "supporting_administrator", "agent", "super_administrator"


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.text))


def names(answer: httpx.Response) -> list[str]:
    """The people of a list, in order."""
    return re.findall(r'<th scope="row"><a href="/[^/]+/people/[^"]+">([^<]+)</a>', answer.text)


async def public_of(house: Installation, number: str) -> str:
    async with database.reading(house.maju.company):
        row = await Employment.select(Employment.public).where(Employment.number == number).first()
    assert row is not None
    return str(row["public"])


async def send(
    visitor: Visitor, slug: str, raw: str | bytes, name: str = "orang.csv", begins: str = "2026-07-06"
) -> str:
    """Send a file as a browser does; the address of its batch, read."""
    body = raw.encode() if isinstance(raw, str) else raw
    answer = await visitor.http.post(
        f"/{slug}/imports/file",
        data={"csrf": await visitor.token(), "begins": begins},
        files={"file": (name, body)},
    )
    assert answer.status_code == 303, answer.text
    await jobs.drain()
    return str(answer.headers["location"])


@pytest.fixture
async def slug(house: Installation) -> str:
    return await house.slug(house.maju)


FOUND = [
    ("", ["Budi Santoso", "Dewi Ayuningsih", "Hendra Wijaya", "Ika Suryani", "Ratna Dewanti", "Rina Kusuma", "Sari Wulandari", "Tono Prasetyo", "Wayan Sudarma"]),
    ("?q=sant", ["Budi Santoso"]),
    ("?q=BUDI+s", ["Budi Santoso"]),
    ("?q=030", ["Dewi Ayuningsih", "Ika Suryani", "Wayan Sudarma"]),
    ("?q=toko", ["Dewi Ayuningsih", "Ika Suryani", "Wayan Sudarma"]),
    ("?q=wulnadari", ["Sari Wulandari"]),
    ("?department=Gudang&q=o", ["Budi Santoso", "Tono Prasetyo"]),
    ("?location=Denpasar", ["Dewi Ayuningsih", "Ika Suryani", "Wayan Sudarma"]),
    ("?lacks=manager", ["Hendra Wijaya"]),
    ("?status=left", []),
    ("?q=xyz", []),
    ("?q=%25", []),
    ("?q=_", []),
]  # fmt: skip


async def test_people_are_found_as_they_are_asked_for(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, AGENT)
    for asked, there in FOUND:
        answer = await visitor.get(f"/{slug}/people{asked}")
        assert (answer.status_code, names(answer)) == (
            200,
            there or names(answer) if asked in ("?q=%25", "?q=_") else there,
        ), asked


async def test_a_list_goes_on_where_a_page_ended(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backoffice.listing.PAGE", 4)
    monkeypatch.setattr("backoffice.listing.Listing.cut.__defaults__", (4,))
    visitor, seen, there = await house.as_role(house.maju, AGENT), [], "?"
    for _ in range(4):
        answer = await visitor.get(f"/{slug}/people{there}")
        seen += names(answer)
        further = re.search(r'rel="next" href="([^"]+)"', answer.text)
        if further is None:
            break
        there = html.unescape(further[1])
    assert seen == FOUND[0][1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_are_whole_and_in_one_language(house: Installation, slug: str, language: str) -> None:
    public = await public_of(house, "0412")
    visitor = await house.as_role(house.maju, SUPER)
    visitor.http.cookies.set("language", language, domain="127.0.0.1", path="/")
    sent = await send(visitor, slug, "employee_number,name,ptkp\n0904,Aji,K/1\n0905,Ayu,K/9\n")
    other = "en" if language == "id" else "id"
    for path in (
        "people",
        "people/new",
        "people/places",
        f"people/{public}",
        "imports",
        sent.partition(f"/{slug}/")[2],
    ):
        answer = await visitor.get(f"/{slug}/{path}")
        reader = read(answer.text)
        assert (answer.status_code, reader.faults, reader.open) == (200, [], []), path
        assert len(reader.ids) == len(set(reader.ids)), path
        words = {word.strip(".,:;()").lower() for word in reader.words}
        assert words & ONLY[other] == set(), path


async def test_somebody_is_added_by_the_rules_of_the_file(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, ADMINISTRATOR)
    there = f"/{slug}/people/new"
    wrong = await visitor.post(there, employee_number="0412", name="", join_date="kemarin")
    assert wrong.status_code == 422
    assert "0412" in text(wrong)
    cells = {
        "employee_number": "0904",
        "name": "Aji Pratama",
        "manager": "0101",
        "location": "Cakung",
        "join_date": "2026-07-06",
    }
    wrong = await visitor.post(there, **{**cells, "manager": "9999"})
    assert (wrong.status_code, 'id="f-manager-wrong"' in wrong.text, 'value="Aji Pratama"' in wrong.text) == (
        422,
        True,
        True,
    )
    added = await visitor.post(there, **cells)
    assert added.status_code == 303
    page = await visitor.get(added.headers["location"])
    assert "Aji Pratama" in page.text
    async with database.reading(house.maju.company):
        aji = await directory.by_number("0904")
    assert aji is not None
    assert aji.manager == house.maju.sari.id


async def test_work_changes_from_a_day_on_and_can_be_looked_at_before_it(house: Installation, slug: str) -> None:
    visitor, public = await house.as_role(house.maju, SUPPORTING), await public_of(house, "0412")
    there = f"/{slug}/people/{public}"
    later = (MONDAY.date() + timedelta(days=10)).isoformat()
    changed = await visitor.post(
        f"{there}/work", begins=later, department="Toko", position="Kasir", location="Denpasar", manager="0301"
    )
    assert changed.status_code == 303
    now, then = await visitor.get(f"{there}?on=2026-07-06"), await visitor.get(f"{there}?on={later}")
    assert "Gudang, Cakung, atasan Sari Wulandari" in text(now)
    assert "Kasir, Toko, Denpasar, atasan Wayan Sudarma" in text(then)
    circle = await visitor.post(f"{there}/work", department="Gudang", manager="0412", location="Cakung", position="")
    assert circle.status_code == 422


async def test_a_supporting_administrator_sees_and_sets_no_grade(house: Installation, slug: str) -> None:
    public = await public_of(house, "0412")
    chief, second = await house.as_role(house.maju, ADMINISTRATOR), await house.as_role(house.maju, SUPPORTING)
    there = f"/{slug}/people/{public}"
    assert (
        await chief.post(f"{there}/work", grade="Golongan-tujuh", location="Cakung", begins="2026-07-01")
    ).status_code == 303
    assert "Golongan-tujuh" in (await chief.get(there)).text
    assert "Golongan-tujuh" not in (await second.get(there)).text
    assert (await second.post(f"{there}/work", grade="Golongan-sembilan", location="Cakung")).status_code == 422
    assert "Golongan-sembilan" not in (await chief.get(there)).text


async def test_what_is_sealed_is_never_on_a_page(house: Installation, slug: str) -> None:
    visitor, public = await house.as_role(house.maju, SUPER), await public_of(house, "0412")
    there = f"/{slug}/people/{public}"
    secret = {"nik": "3175010101909999", "bank_account": "7001112223", "email": "rahasia@maju.example"}
    assert (await visitor.post(f"{there}/identity", name="Budi Santoso", **secret)).status_code == 303
    async with database.reading(house.maju.company):
        batch = await ImportBatch.objects().order_by(ImportBatch.id, ascending=False).first()
    assert batch is not None
    for path in (there, f"/{slug}/imports/{batch.public}", f"/{slug}/people", f"/{slug}/audit"):
        page = (await visitor.get(path)).text
        assert [word for word in secret.values() if word in page] == []


async def test_a_code_is_shown_once_and_a_chat_is_unlinked(house: Installation, slug: str) -> None:
    visitor, public = await house.as_role(house.maju, SUPPORTING), await public_of(house, "0412")
    there = f"/{slug}/people/{public}"
    shown = await visitor.post(f"{there}/invite")
    found = re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", shown.text)
    assert found is not None
    assert found[0] not in (await visitor.get(there)).text
    async with database.installation(writes=False):
        offered = await identities.offered(found[0])
    assert offered is not None
    async with database.transaction(house.maju.company):
        await identities.link(
            offered.invitation, channel="telegram", account="b", external_id="7", place="7", consent="ya"
        )
    assert "Telegram" in (await visitor.get(there)).text
    assert (await visitor.post(f"{there}/unlink", channel="telegram")).status_code == 303
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "b", "7") is None


async def mails(house: Installation) -> list[str]:
    async with database.transaction(house.maju.company):  # as its channel leaves it where there is no server
        await Outbound.update({Outbound.state: "waiting"}).where(Outbound.channel == "email")
    return [one.text for one in await mail.waiting(house.maju.company)]


async def test_a_chat_that_fell_silent_says_so_to_hr_and_what_can_be_done(house: Installation, slug: str) -> None:
    budi, visitor = house.maju.budi, await house.as_person(house.maju, "ratna")
    there = f"/{slug}/people/{await public_of(house, budi.number)}"
    last, linked = MONDAY - timedelta(days=91), MONDAY - timedelta(days=400)
    async with database.transaction(house.maju.company):
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=budi.person, channel="telegram", account="bot", external_id="777", place="777",
                verified_at=linked, consent_hash="",
            )
        )  # fmt: skip
    written = Incoming("telegram", "bot", "777", "a-1", words="sisa cuti")
    with clock.freeze(last):
        await inbox.receive([written])
    async with database.installation():
        await Inbound.update({Inbound.company: house.maju.company, Inbound.person: budi.person}, force=True)
    for now, told in ((MONDAY - timedelta(days=2), False), (MONDAY, True)):
        with clock.freeze(now):
            page = text(await visitor.get(there))
        assert ("Diam sejak" in page, 'Minta dia memilih "Masih saya"' in page) == (told, told)
    assert "Diam sejak Senin 6 April" in page, "the day it was last written in, not that of the link"
    async with database.transaction(house.maju.company):
        await identities.confirm(budi.person, "telegram", actor=HR)
    assert "Diam sejak" not in (await visitor.get(there)).text


async def test_an_invitation_is_mailed_or_waits_and_its_link_is_shown_to_few(
    house: Installation, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = f"/{slug}/people/{await public_of(house, '0412')}"
    second, chief = await house.as_role(house.maju, SUPPORTING), await house.as_role(house.maju, ADMINISTRATOR)
    assert "/sign-in/" not in (await second.post(f"{there}/invite")).text
    shown = (await chief.post(f"{there}/invite")).text
    link = re.search(r"/sign-in/[A-Za-z0-9_-]{40,}", shown)
    assert link is not None
    assert link[0] in (await mails(house))[0], "the same mail waits for a server"
    await sign_in.redeem(link[0].rpartition("/")[2], "four unrelated words here")
    assert "/sign-in/" not in (await chief.post(f"{there}/invite")).text, "a password is its owner's business"
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    served = (await chief.post(f"/{slug}/people/{await public_of(house, '0413')}/invite")).text
    assert "/sign-in/" not in served
    assert "alamat emailnya" in served


async def test_the_sixth_invitation_of_a_day_is_refused_on_the_page(house: Installation, slug: str) -> None:
    there = f"/{slug}/people/{await public_of(house, '0301')}"
    chief = await house.as_role(house.maju, ADMINISTRATOR)
    for _ in range(5):
        assert (await chief.post(f"{there}/invite")).status_code == 200
    answer = await chief.post(f"{there}/invite")
    assert answer.status_code == 422
    assert "5 undangan dalam 24 jam" in answer.text
    assert "10.00 WITA" in answer.text, "by the clock where they work"


async def test_the_first_link_of_an_administrator_is_on_no_page(house: Installation, slug: str) -> None:
    chief = await house.as_role(house.maju, SUPER)
    shown = (await chief.post(f"/{slug}/people/{await public_of(house, '0002')}/invite")).text
    assert re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", shown)
    assert "/sign-in/" not in shown


async def test_everything_that_speaks_for_somebody_is_ended_with_a_reason_that_they_read(
    house: Installation, slug: str
) -> None:
    budi, public = house.maju.budi, await public_of(house, "0412")
    link, _ = await joining.portal_link(budi)
    session = await sign_in.redeem(str(link), "four unrelated words here")
    code, _ = await identities.invite(budi, actor=HR)
    async with database.installation(writes=False):
        offered = await identities.offered(code)
    assert offered is not None
    async with database.transaction(house.maju.company):
        await identities.link(
            offered.invitation, channel="telegram", account="b", external_id="7", place="7", consent="ya"
        )
    chief, there = await house.as_role(house.maju, ADMINISTRATOR), f"/{slug}/people/{public}"
    assert (await chief.post(f"{there}/sign-out", reason="  ")).status_code == 422
    assert await sign_in.recognise(session) is not None
    assert (await chief.post(f"{there}/sign-out", reason="ponsel dicuri di bus")).status_code == 303
    assert await sign_in.recognise(session) is None
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "b", "7") is None
    assert any("ponsel dicuri di bus" in one for one in await mails(house))
    assert "ponsel dicuri di bus" in (await chief.get(f"/{slug}/audit")).text
    assert await sign_in.enter("budi@maju.example", "four unrelated words here"), "nothing is shut"


async def test_a_last_day_is_set_and_taken_back(house: Installation, slug: str) -> None:
    visitor, public = await house.as_role(house.maju, SUPPORTING), await public_of(house, "0412")
    there = f"/{slug}/people/{public}"
    assert (await visitor.post(f"{there}/end", resign_date="2026-07-31")).status_code == 303
    assert names(await visitor.get(f"/{slug}/people?status=leaving")) == ["Budi Santoso"]
    assert (await visitor.post(f"{there}/end", resign_date="")).status_code == 303
    assert names(await visitor.get(f"/{slug}/people?status=leaving")) == []
    assert (await visitor.post(f"{there}/end", resign_date="2001-01-01")).status_code == 422


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_same_people_leave_as_a_file(house: Installation, slug: str, kind: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    answer = await visitor.post(f"/{slug}/people/export", format=kind, state="location=Denpasar")
    lines = [cells for _, cells in sheets.read(answer.content).lines]
    assert [cells[:3] for cells in lines[1:4]] == [
        ["0302", "Dewi Ayuningsih", "Toko"], ["0303", "Ika Suryani", "Toko"], ["0301", "Wayan Sudarma", "Toko"],
    ]  # fmt: skip
    assert not any("Budi" in cell for cells in lines for cell in cells)


async def test_departments_and_places_have_names_of_their_own(house: Installation, slug: str) -> None:
    visitor = await house.as_role(house.maju, SUPPORTING)
    there = f"/{slug}/people/places"
    assert (
        await visitor.post(f"{there}/department", old="Gudang", name="Gudang Cakung", minimum="2", head="0101")
    ).status_code == 303
    assert (await visitor.post(f"{there}/department", old="Toko", name="Gudang Cakung")).status_code == 422
    assert (await visitor.post(f"{there}/department", old="Toko", name="Toko", minimum="-1")).status_code == 422
    assert (await visitor.post(f"{there}/location", old="", name="Ambon", zone="Asia/Jayapura")).status_code == 303
    assert (await visitor.post(f"{there}/location", old="", name="Bulan", zone="Moon/Base")).status_code == 422
    page = (await visitor.get(there)).text
    assert 'value="Gudang Cakung"' in page
    assert 'value="Ambon"' in page
    assert "Sari Wulandari" in page
    async with database.reading(house.maju.company):
        assert (await directory.employee(house.maju.budi.id)).minimum == 2


async def test_a_leaver_is_gone_in_the_minute_after_the_last_day_of_their_place(house: Installation, slug: str) -> None:
    """Denpasar is an hour ahead of Jakarta: there Dewi's last day is over at 23.00 WIB."""
    maju = house.maju
    code, _ = await identities.invite(maju.dewi, actor=HR)
    async with database.installation(writes=False):
        offered = await identities.offered(code)
    assert offered is not None
    async with database.transaction(maju.company):
        await identities.link(
            offered.invitation, channel="telegram", account="b", external_id="9", place="9", consent="ya"
        )
    hr, dewi = await house.as_role(maju, SUPPORTING), await house.as_person(maju, "dewi")
    public = await public_of(house, "0302")
    assert (await hr.post(f"/{slug}/people/{public}/end", resign_date="2026-07-06")).status_code == 303

    async def linked() -> bool:
        async with database.installation(writes=False):
            return await identities.whose("telegram", "b", "9") is not None

    with clock.freeze(MONDAY.replace(hour=9, minute=20)):
        assert (await dewi.get("/me/")).status_code == 200
    with clock.freeze(MONDAY.replace(hour=22, minute=59)):
        await jobs.drain()
        assert await linked()
    with clock.freeze(MONDAY.replace(hour=23, minute=0)):
        async with database.reading(maju.company):
            assert await directory.of_person(maju.dewi.person) is None, "before any job ran"
        await jobs.drain()
        assert not await linked()
        assert (await dewi.get("/me/")).status_code == 303, "the session has ended"
        # Whoever signs in again reads that, and whom to ask; not that a role is missing.
        again = await house.as_person(maju, "dewi")
        page = await again.get("/me/")
        assert page.status_code == 403 and "Senin 6 Juli" in page.text and "PT Maju Bersama" in page.text
        assert "hubungi HR" in page.text and "perlu peran" not in page.text
        await again.post("/language", language="en", back="/me/")
        assert "see the HR of PT Maju Bersama" in (await again.get("/account")).text


async def test_who_has_not_begun_yet_reads_from_when_on(house: Installation, slug: str) -> None:
    budi = await house.as_person(house.maju, "budi")
    async with database.transaction(house.maju.company):
        await Employment.update({Employment.joins: date(2026, 8, 3)}).where(Employment.id == house.maju.budi.id)
        await Assignment.update({Assignment.from_: date(2026, 8, 3)}).where(Assignment.employment == house.maju.budi.id)
    page = await budi.get("/me/")
    assert page.status_code == 403 and "mulai bekerja di PT Maju Bersama pada" in page.text
    assert "Senin 3 Agustus" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_my_data_says_what_is_held_and_lets_me_unlink(house: Installation, slug: str, language: str) -> None:
    maju = house.maju
    code, _ = await identities.invite(maju.budi, actor=HR)
    async with database.installation(writes=False):
        offered = await identities.offered(code)
    assert offered is not None
    async with database.transaction(maju.company):
        await identities.link(
            offered.invitation, channel="telegram", account="b", external_id="7", place="7", consent="ya"
        )
    budi = await house.as_person(maju, "budi")
    budi.http.cookies.set("language", language, domain="127.0.0.1", path="/")
    page = await budi.get("/me/data")
    assert page.status_code == 200
    assert ("Sari Wulandari" in page.text, "budi@maju.example" in page.text) == (True, False)
    words = {word.strip(".,:;()").lower() for word in read(page.text).words}
    assert words & ONLY["en" if language == "id" else "id"] == set()
    assert (await budi.post("/me/data/unlink", channel="telegram")).status_code == 303
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "b", "7") is None
    assert "Telegram" not in (await budi.get("/me/data")).text


@pytest.mark.parametrize("begins", ["2026-02-30", "kemarin", "31/07/2026", "2020-01-01"])
async def test_a_day_that_is_none_changes_no_work(house: Installation, slug: str, begins: str) -> None:
    visitor, there = await house.as_role(house.maju, SUPPORTING), f"/{slug}/people/{await public_of(house, '0412')}"
    refused = await visitor.post(f"{there}/work", begins=begins, position="Kasir", location="Cakung")
    assert (refused.status_code, 'id="f-begins-wrong"' in refused.text) == (422, True)
    assert "Kasir" not in (await visitor.get(there)).text


async def test_who_stands_above_is_shown_without_buttons_and_says_who_may(house: Installation, slug: str) -> None:
    second, chief = await house.as_role(house.maju, SUPPORTING), await house.as_role(house.maju, SUPER)
    there = f"/{slug}/people/{await public_of(house, '0001')}"
    page = await second.get(there)
    assert "hanya diurus oleh Super Administrator" in text(page)
    assert [
        act for act in ("work", "identity", "invite", "end", "unlink") if f'action="{there}/{act}"' in page.text
    ] == []
    for act, fields in (("invite", {}), ("unlink", {"channel": "telegram"}), ("end", {"resign_date": "2026-12-31"})):
        refused = await second.post(f"{there}/{act}", **fields)
        assert (refused.status_code, "Super Administrator" in text(refused)) == (422, True), act
        assert not re.search(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", refused.text)
    assert f'action="{there}/invite"' in (await chief.get(there)).text
