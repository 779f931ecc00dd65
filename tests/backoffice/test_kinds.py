"""HR sets everything that a kind says, makes kinds of its own, and is told where the law does not give way."""

import html
import re
from datetime import date

import httpx
import pytest

from backoffice import examples_told
from core import clock, database
from core.accounts.roles import ADMINISTRATOR, SUPPORTING
from core.audit import AuditEntry
from core.leave import examples, types
from core.leave.policy import DAY, Period
from core.leave.tables import Lot
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY


def text(answer: httpx.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def form_of(page: str) -> dict[str, str]:
    """The fields of the form of terms as a browser would send them back untouched."""
    told = html.unescape(re.findall(r'<form class="form inner".*?</form>', page, re.S)[0])
    fields = dict(re.findall(r'<input class="field" id="[^"]*" name="(\w+)"[^>]*? value="([^"]*)"', told))
    fields |= dict.fromkeys(re.findall(r'type="checkbox" id="[^"]*" name="(\w+)" value="1" checked', told), "1")
    for name, body in re.findall(r'<select class="field" id="[^"]*" name="(\w+)"[^>]*>(.*?)</select>', told):
        fields[name] = (re.findall(r'value="([^"]*)" selected', body) or re.findall(r'value="([^"]*)"', body))[0]
    return fields | {"examples": re.findall(r"<textarea[^>]*>(.*?)</textarea>", told, re.S)[0]}


async def publish(visitor: Visitor, answer: httpx.Response) -> str:
    page = await visitor.get(answer.headers["location"])
    done = await visitor.post(re.findall(r'action="([^"]*/publish)"', page.text)[0])
    assert done.status_code == 303, text(done)
    return text(await visitor.get(done.headers["location"]))


async def test_a_form_that_is_sent_untouched_changes_nothing(house: Installation) -> None:
    slug, hr = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    async with database.reading(house.maju.company):
        before = {one.code: one for one in await types.every(date(2027, 3, 1))}
    for code in before:
        there = f"/{slug}/types/{code}"
        form = form_of((await hr.get(there)).text) | {"from_": "2027-02-01"}
        await publish(hr, await hr.post(f"{there}/draft", **form))
    async with database.reading(house.maju.company):
        after = {one.code: one for one in await types.every(date(2027, 3, 1))}
    for code, was in before.items():
        for name in (
            "schedule",
            "due",
            "basis",
            "decision",
            "halves",
            "pay",
            "document_after",
            "days",
            "months",
            "more_days",
            "more_months",
            "collective",
            "collective_short",
            "source",
            "source_id",
        ):
            assert getattr(after[code], name) == getattr(was, name), (code, name)


async def test_days_fall_due_each_quarter_and_can_be_paid_out_once_published(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    hr, there = await house.as_role(maju, ADMINISTRATOR), f"/{slug}/types/annual"
    form = form_of((await hr.get(there)).text) | {
        "from_": "2027-01-01", "schedule": "quarterly", "due": "last", "encashable": "1", "round_to": "0.5",
        "document_after": "5", "document_within": "3", "carry_days": "4", "carry_months": "6", "negative": "2",
    }  # fmt: skip
    page = await publish(hr, await hr.post(f"{there}/draft", **form))
    assert "Sejak 1 Januari 2027" in page
    async with database.reading(maju.company):
        kind = await types.of("annual", date(2027, 1, 1))
    assert (kind.schedule, kind.due, kind.encashable, kind.round_to) == ("quarterly", "last", True, 500)
    assert (kind.document_after, kind.document_within, kind.carry_days, kind.negative) == (5, 3, 4 * DAY, 2 * DAY)
    with clock.freeze(MONDAY.replace(year=2027, month=4, day=5)):
        await maju.night()
    async with database.reading(maju.company):
        (lot,) = await Lot.select().where(
            (Lot.employment == maju.budi.id) & (Lot.year == 2027) & (Lot.origin == "annual")
        )
    assert (lot["valid_from"], lot["encashable"]) == (date(2027, 3, 31), True)


@pytest.mark.parametrize(
    ("code", "less", "said"),
    [
        ("annual", {"days": "10"}, "sedikitnya 12 hari (UU 13/2003 ps. 79 ayat (3))"),
        ("annual", {"after_months": "18"}, "sesudah 12 bulan bekerja"),
        ("annual", {"schedule": "none"}, "setiap tahun"),
        ("menstrual", {"decision": "approve"}, "atas kata karyawan"),
        ("bereavement_close", {"notice_days": "3"}, "saat kejadiannya"),
        ("sick", {"pay": "100/2 50"}, "Pada bulan ke-3 hukum membayar sedikitnya 100 % upah"),
        ("sick", {"pay": "all"}, "Tulis bagian upah"),
        ("sick", {"document_after": "0"}, "hari mulai perlu surat"),
    ],
)
async def test_less_than_the_law_is_refused_with_its_article(
    house: Installation, code: str, less: dict[str, str], said: str
) -> None:
    slug, hr = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    there = f"/{slug}/types/{code}"
    form = form_of((await hr.get(there)).text) | {"from_": "2027-01-01"} | less
    refused = await hr.post(f"{there}/draft", **form)
    assert refused.status_code == 422
    assert said in text(refused)


async def test_a_year_cannot_begin_otherwise_once_days_were_given(house: Installation) -> None:
    slug, hr = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    there = f"/{slug}/types/annual"
    form = form_of((await hr.get(there)).text) | {"from_": "2027-01-01", "basis": "anniversary"}
    page = await hr.get((await hr.post(f"{there}/draft", **form)).headers["location"])
    refused = await hr.post(re.findall(r'action="([^"]*/publish)"', page.text)[0])
    assert refused.status_code == 422
    assert "Awal tahun cuti tidak bisa diganti lagi" in text(refused)


async def test_a_kind_of_the_companys_own_is_made_published_and_asked_for(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    hr, there = await house.as_role(maju, ADMINISTRATOR), f"/{slug}/types/new"
    assert there in (await hr.get(f"/{slug}/types")).text
    form = form_of((await hr.get(there)).text) | {
        "code": "birthday", "from_": "2026-07-06", "name_id": "Cuti ulang tahun", "name_en": "Birthday leave",
        "entitlement": "event", "per": "year", "days": "1", "decision": "acknowledge", "source": "PP pasal 12",
        "examples": "cost starts=2026-07-14 ends=2026-07-14 days=1",
    }  # fmt: skip
    for wrong in ({"code": "new"}, {"code": "Ulang Tahun"}, {"code": "sick"}, {"name_en": " "}, {"days": "-1"}):
        assert (await hr.post(there, **(form | wrong))).status_code == 422, wrong
    made = await hr.post(there, **form)
    assert "Cuti ulang tahun" in text(await hr.get(f"/{slug}/types"))
    assert "belum berlaku" in text(await hr.get(f"/{slug}/types"))
    page = await publish(hr, made)
    assert "PP pasal 12" in page
    budi = await house.as_person(maju, "budi")
    assert "Cuti ulang tahun" in text(await budi.get("/me/leave/new"))
    async with database.reading(maju.company):
        kind = await types.of("birthday")
    assert (kind.days, kind.per, kind.decision, kind.name("en")) == (DAY, "year", "acknowledge", "Birthday leave")


async def test_a_kind_of_ones_own_that_begins_later_has_its_page_and_grants_by_anniversary(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    hr, there = await house.as_role(maju, ADMINISTRATOR), f"/{slug}/types/new"
    form = form_of((await hr.get(there)).text) | {
        "code": "loyalty", "from_": "2026-09-01", "name_id": "Cuti setia", "name_en": "Loyalty leave", "days": "6",
        "entitlement": "lots", "schedule": "yearly", "basis": "anniversary", "after_months": "24",
    }  # fmt: skip
    page = await publish(hr, await hr.post(there, **form))
    assert "sejak tanggal masuk" in page
    assert "berlaku nanti" in text(await hr.get(f"/{slug}/types"))
    english = await house.as_person(maju, "ratna")
    await english.post("/language", language="en", back="/")
    shown = text(await english.get(f"/{slug}/types/loyalty"))
    assert "Loyalty leave" in shown
    assert "from the day of joining" in shown
    assert "A share of a year is cut to, days" in shown
    with clock.freeze(MONDAY.replace(month=9, day=2)):
        await maju.night()
    async with database.reading(maju.company):
        lots = await Lot.select().where((Lot.employment == maju.budi.id) & (Lot.leave_type == "loyalty"))
    assert [lot["year"] for lot in lots], "granted"
    assert all((lot["valid_from"].month, lot["valid_from"].day) != (1, 1) for lot in lots)
    assert Period(lots[0]["valid_from"], lots[0]["valid_to"]).dates()[-1] < date(2027, 12, 31)


async def test_what_was_published_for_a_later_day_is_read_and_withdrawn_until_it_begins(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna, there = await house.as_person(maju, "ratna"), f"/{slug}/types/annual"
    form = form_of((await ratna.get(there)).text) | {"from_": "2026-09-01", "carry_days": "5"}
    page = await publish(ratna, await ratna.post(f"{there}/draft", **form))
    assert "Berlaku mulai Selasa 1 September" in page
    assert "Diterbitkan Senin 6 Juli 09.00 WIB oleh Ratna" in page
    assert "Dibawa ke tahun depan - → paling banyak 5 hari" in page
    withdraw = f"{there}/{re.findall(r'annual/([^/]*)/withdraw', (await ratna.get(there)).text)[0]}/withdraw"
    assert "Tarik kembali" not in text(await (await house.as_role(maju, SUPPORTING)).get(there))
    done = await ratna.post(withdraw)
    page = text(await ratna.get(done.headers["location"]))
    assert "Ditarik. Sekarang rancangan lagi" in page
    assert "Rancangan mulai 1 Sep" in page
    async with database.reading(maju.company):
        assert (await types.of("annual", date(2026, 9, 2))).carry_days == 0
        (entry,) = await AuditEntry.select().where(AuditEntry.action == "leave.policy_withdrawn")
    assert "2026-09-01" in entry["meta"]
    assert "sudah ditarik" in text(await ratna.post(withdraw))
    assert (await ratna.post(withdraw.replace("annual/", "sick/"))).status_code == 404
    await publish(ratna, done)
    with clock.freeze(MONDAY.replace(month=9, day=1)):
        again = await house.as_person(maju, "ratna")
        late = await again.post(withdraw)
        assert (late.status_code, "sudah berlaku sejak" in text(late)) == (422, True)
        assert "/withdraw" not in (await again.get(there)).text


async def test_what_an_event_adds_and_collective_leave_are_set_by_page(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    hr = await house.as_role(maju, ADMINISTRATOR)
    there = f"/{slug}/types/paternity"
    page = await hr.get(there)
    assert "UU 4/2024 ps. 6 ayat (2); UU 13/2003 ps. 93 ayat (4) huruf e" in text(page)
    assert " art. " not in text(page)
    assert "collective" not in form_of(page.text)
    told = await publish(
        hr, await hr.post(f"{there}/draft", **form_of(page.text) | {"from_": "2027-01-01", "more_days": "5"})
    )
    assert "Diterbitkan" in told
    async with database.reading(maju.company):
        assert (await types.of("paternity", date(2027, 2, 1))).more_days == 5 * DAY
    less = await hr.post(f"{there}/draft", **form_of(page.text) | {"from_": "2027-01-01", "more_days": "0"})
    assert "UU 4/2024 ps. 6 ayat (2)" in text(less)
    annual = form_of((await hr.get(f"/{slug}/types/annual")).text)
    assert (annual["collective"], annual["collective_short"]) == ("1", "exempt")
    assert "months" not in annual
    annual |= {"from_": "2027-01-01", "collective_short": "unpaid"}
    await publish(hr, await hr.post(f"/{slug}/types/annual/draft", **annual))
    async with database.reading(maju.company):
        assert (await types.of("annual", date(2027, 2, 1))).collective_short == "unpaid"
    new = form_of((await hr.get(f"/{slug}/types/new")).text) | {
        "code": "ulang_tahun", "from_": "2027-01-01", "name_id": "Cuti ulang tahun", "name_en": "Birthday leave",
        "entitlement": "lots", "schedule": "yearly", "days": "1", "collective": "1",
    }  # fmt: skip
    assert "sudah memotong jatah jenis lain" in text(await hr.post(f"/{slug}/types/new", **new))


async def test_from_twelve_days_to_fourteen_in_words_and_with_a_yes(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    hr, there = await house.as_role(maju, ADMINISTRATOR), f"/{slug}/types/annual"
    form = form_of((await hr.get(there)).text) | {"from_": "2027-01-01", "days": "14", "notice_days": "3"}
    form["examples"] += "\ncost starts=2027-03-01 ends=2027-03-03 asked=2027-03-01 days=3"
    answer = await hr.post(f"{there}/draft", **form)
    page = await hr.get(answer.headers["location"])
    told = text(page)
    assert "Masuk kerja Kamis 1 Februari 2024: jatah 2026 Ditulis 12 hari Aturan baru 14 hari tidak cocok" in told
    assert "dengan Senin 17 Agustus 2026 libur: memotong Ditulis 2 hari Aturan baru 2 hari cocok" in told
    assert "2 contoh memberi hasil lain" in told
    assert "ditolak. Belum bisa: cuti ini diajukan paling lambat 3 hari sebelumnya" in told
    assert "leave.too_soon" not in re.sub(r'value="[^"]*"', "", page.text), "not as a program reads it"
    assert "granted" not in re.sub(r"<details.*?</details>", "", page.text, flags=re.S), "not as a program reads it"
    publish_it = re.findall(r'action="([^"]*/publish)"', page.text)[0]
    refused = await hr.post(publish_it)
    assert (refused.status_code, "2 contoh memberi hasil lain" in text(refused)) == (422, True)
    accept = re.findall(r'action="([^"]*/accept)"', page.text)[0]
    assert (await hr.post(accept, example="0:13")).status_code == 422, "not what was seen"
    assert (await hr.post(accept, example="x:\u00b2")).status_code == 303, "which accepts nothing"
    one = await hr.post(accept, example="0:14")
    assert "1 contoh memberi hasil lain" in text(await hr.get(one.headers["location"]))
    rest = html.unescape(re.findall(r'name="example" value="(3:[^"]*)"', page.text)[0])
    assert (await hr.post(accept, example=rest)).status_code == 303
    assert (await hr.post(publish_it)).status_code == 303
    async with database.reading(maju.company):
        assert (await types.of("annual", date(2027, 6, 1))).days == 14 * DAY


def test_every_shipped_example_is_told_in_both_languages() -> None:
    for language in ("id", "en"):
        for kind in types.shipped():
            for place, result in enumerate(examples.run(kind, kind.examples)):
                told = examples_told.told(place, result, language, "Asia/Jakarta")
                assert "=" not in told.about + told.expected + told.gives, told
                assert told.expected == told.gives, told
    broken = examples.run(types.shipped()[0], [{"rule": "granted", "joins": "besok"}, {"rule": "odd"}, {}])
    assert {examples_told.told(0, one, "id", "Asia/Jakarta").gives for one in broken} == {"contoh ini tidak terbaca"}
