"""One person's balance with everything behind it, and days paid out after a second look, undone by a counter-entry."""

import html
import re
from datetime import date

import httpx

from core import database, jobs
from core.accounts.roles import ADMINISTRATOR, AGENT, SUPPORTING
from core.leave import explain, forecast, lots, nights, requests
from core.leave import jobs as leave_jobs
from core.leave.plans import Spell
from core.leave.policy import DAY, Period
from core.leave.tables import Lot
from core.people.tables import Employment
from core.phrases import hari
from tests.backoffice.conftest import Installation
from tests.core.cast import as_
from tests.core.conftest import MONDAY


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", answer.text))


async def test_days_are_paid_out_after_a_second_look_and_put_back(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await Lot.update({Lot.encashable: True}).where(Lot.employment == maju.budi.id)
        await lots.adjust(maju.budi.id, 2 * DAY, year=2026, today=MONDAY.date())
        before = await lots.balance(maju.budi.id)
        spell = await Employment.select(Employment.public).where(Employment.id == maju.budi.id).first()
    assert spell is not None
    there = f"/{slug}/people/{spell['public']}/leave"
    visitor = await house.as_role(maju, ADMINISTRATOR)
    assert there in (await visitor.get(there.rpartition("/")[0])).text
    page = text(await visitor.get(there))
    assert f"Cuti tahunan: {before // DAY} hari" in page
    assert "jatah 2026" in page
    assert "Mengapa segini" in page
    form = {"kind": "annual", "days": "1,5", "why": "Permintaan tertulis"}
    look = await visitor.post(f"{there}/payout", **form)
    assert "Uangkan 1,5 hari?" in text(look)
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == before, "only looked at"
    seen = re.findall(r'name="seen" value="(\d+)"', look.text)[0]
    assert (await visitor.post(f"{there}/payout", **form, seen=seen, sure="1")).status_code == 303
    twice = await visitor.post(f"{there}/payout", **form, seen=seen, sure="1")
    assert twice.status_code == 422, "a form that is sent twice pays once"
    await jobs.drain()
    paid = await visitor.get(there)
    assert "Permintaan tertulis" in text(paid)
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == before - DAY - DAY // 2
    undo = re.findall(r'action="([^"]*/undo)"', paid.text)[0]
    assert "harinya kembali" in text(await visitor.get((await visitor.post(undo)).headers["location"]))
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == before


async def test_what_may_not_be_paid_is_said_at_its_field(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.reading(maju.company):
        spell = await Employment.select(Employment.public).where(Employment.id == maju.budi.id).first()
    assert spell is not None
    there = f"/{slug}/people/{spell['public']}/leave"
    visitor = await house.as_role(maju, ADMINISTRATOR)
    for days, why, said in (
        ("1", "x", "yang boleh diuangkan 0 hari"), ("abc", "x", "Tulis jumlah hari"), ("-1", "x", "Tulis jumlah hari"),
        ("1", " ", "Tulis alasannya"),
    ):  # fmt: skip
        answer = await visitor.post(f"{there}/payout", kind="annual", days=days, why=why)
        assert (answer.status_code, said in text(answer)) == (422, True), (days, why)
    assert (await visitor.post(f"{there}/payout", kind="sick", days="1", why="x")).status_code == 404
    assert (await visitor.post(f"{there}/payout/nothing/undo")).status_code == 404
    agent = await house.as_role(maju, AGENT)
    assert "Uangkan" not in text(await agent.get(there)), "an agent sees balances and pays nothing out"


async def test_leave_that_came_back_is_a_line_with_its_number(house: Installation) -> None:
    maju = house.maju
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    await maju.decides(maju.sari, request, "approve")
    await requests.ask_cancel(maju.budi, await maju.request(request.number), actor=as_(maju.budi))
    await maju.decides(maju.sari, await maju.request(request.number), "approve")
    page = text(await (await house.as_person(maju, "budi")).get("/me/leave"))
    assert f"Kembali dari {request.number} yang dibatalkan" in page


async def test_a_number_of_days_that_is_none_is_said_beside_the_field(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.reading(maju.company):
        spell = await Employment.select(Employment.public).where(Employment.id == maju.budi.id).first()
    assert spell is not None
    visitor = await house.as_role(maju, ADMINISTRATOR)
    for days in ("", "satu", "1e999999", "-1e999999", "NaN", "Infinity", "1e9"):
        answer = await visitor.post(f"/{slug}/people/{spell['public']}/leave/payout", kind="annual", days=days, why="x")
        assert answer.status_code == 422, days
        assert "boleh setengah (1,5)" in text(answer), days


async def test_nobody_pays_days_out_to_themselves(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await nights.bring([Spell(maju.ratna.id, maju.ratna.joins)], MONDAY.date())
        await Lot.update({Lot.encashable: True}).where(Lot.employment == maju.ratna.id)
        await lots.adjust(maju.ratna.id, 2 * DAY, year=2026, today=MONDAY.date())
        before = await lots.balance(maju.ratna.id)
        spell = await Employment.select(Employment.public).where(Employment.id == maju.ratna.id).first()
    assert spell is not None
    there = f"/{slug}/people/{spell['public']}/leave"
    form = {"kind": "annual", "days": "1", "why": "Permintaan tertulis", "sure": "1"}

    async def pays(name: str) -> httpx.Response:
        visitor = await house.as_person(maju, name)
        look = await visitor.post(f"{there}/payout", **form | {"sure": ""})
        seen = re.findall(r'name="seen" value="(\d+)"', look.text)
        return await visitor.post(f"{there}/payout", **form, seen=seen[0] if seen else "0")

    refused = await pays("ratna")
    assert refused.status_code == 422
    assert "oleh administrator lain" in text(refused)
    async with database.reading(maju.company):
        assert await lots.balance(maju.ratna.id) == before
    assert (await pays("hendra")).status_code == 303
    async with database.reading(maju.company):
        assert await lots.balance(maju.ratna.id) == before - DAY
    ratna = await house.as_person(maju, "ratna")
    undo = re.findall(r'action="([^"]*/undo)"', (await ratna.get(there)).text)[0]
    assert (await ratna.post(undo)).status_code == 422
    async with database.reading(maju.company):
        assert await lots.balance(maju.ratna.id) == before - DAY


async def test_a_balance_is_put_right_after_a_look_and_put_back(house: Installation) -> None:
    maju, there = house.maju, await leave_page(house, "budi")
    visitor = await house.as_role(maju, SUPPORTING)
    async with database.reading(maju.company):
        before, lot = await lots.balance(maju.budi.id), (await lots.left(maju.budi.id))[0].id
    shown, then = hari(before, "id"), hari(before - DAY - DAY // 2, "id")
    form = {"lot": str(lot), "way": "less", "days": "1,5", "why": "Salah hitung"}
    look = await visitor.post(f"{there}/adjust", **form)
    assert f"Cuti tahunan: {shown} jadi {then} hari?" in text(look)
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == before, "only looked at"
    seen = re.findall(r'name="seen" value="(\d+)"', look.text)[0]
    assert (await visitor.post(f"{there}/adjust", **form, seen=seen, sure="1")).status_code == 303
    twice = await visitor.post(f"{there}/adjust", **form, seen=seen, sure="1")
    assert twice.status_code == 422, "a form that is sent twice puts right once"
    page = await visitor.get(there)
    assert "Dibetulkan HR: Salah hitung" in text(page), "why this many says it"
    mine = text(await (await house.as_person(maju, "budi")).get("/me/leave"))
    assert "Dibetulkan HR: Salah hitung" in mine
    undo = re.findall(r'action="([^"]*/adjust/[^"]*/undo)"', page.text)[0]
    assert "Pembetulannya ditarik" in text(await visitor.get((await visitor.post(undo)).headers["location"]))
    async with database.reading(maju.company):
        assert await lots.balance(maju.budi.id) == before
    assert (await visitor.post(undo)).status_code == 422
    assert (await visitor.post(f"{there}/adjust/nothing/undo")).status_code == 404
    for wrong in ({"days": "0"}, {"days": "x"}, {"days": "-1"}, {"why": ""}, {"lot": "999999"}, {"lot": "new:sick"},
                  {"lot": "new:annual", "way": "less"}, {"lot": "new:annual", "way": "more", "valid_to": "x"}):  # fmt: skip
        assert (await visitor.post(f"{there}/adjust", **form | wrong)).status_code == 422, wrong
    ratna = await house.as_person(maju, "ratna")
    own = await leave_page(house, "ratna")
    assert "Betulkan saldo" not in text(await ratna.get(own))
    assert (await ratna.post(f"{own}/adjust", lot="new:annual", days="1", why="x")).status_code == 200, "a look"
    assert (await ratna.post(f"{own}/adjust", lot="new:annual", days="1", why="x", sure="1")).status_code == 422
    agent = await house.as_role(maju, AGENT)
    assert "Betulkan saldo" not in text(await agent.get(there))


async def test_a_balance_is_seen_as_of_any_day(house: Installation) -> None:
    maju, there = house.maju, await leave_page(house, "budi")
    visitor = await house.as_role(maju, AGENT)
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    await maju.decides(maju.sari, request, "approve")
    async with database.reading(maju.company):
        then = hari(await explain.balance_at(maju.budi.id, "annual", date(2026, 3, 1)), "id")
        ahead = hari((await forecast.at(maju.budi, "annual", date(2027, 2, 1))).left, "id")
        now = await lots.balance(maju.budi.id)
    page = text(await visitor.get(f"{there}?on=2026-03-01"))
    assert f"Cuti tahunan pada Minggu 1 Maret: {then} hari" in page
    assert "Idul Adha" not in page.partition("Saldo pada tanggal")[2], "what came later says nothing of that day"
    page = text(await visitor.get(f"{there}?on=2027-02-01&kind=annual"))
    assert f"Cuti tahunan pada Senin 1 Februari 2027: {ahead} hari" in page
    for made_of in (f"Sisa sekarang: {hari(now, 'id')}", "Jatah yang datang Jumat 1 Januari 2027: +12", "Hangus"):
        assert made_of in page, "what makes the forecast adds up to it"
    for odd in ("x", "9999-12-31", "0001-01-01", "2026-02-30"):
        assert (await visitor.get(f"{there}?on={odd}&kind=odd")).status_code == 200, odd
    lines = text(await visitor.get(there)).partition("Saldo pada tanggal")[2]
    assert lines.count(f"Dipakai untuk {request.number}") == 2
    assert "Disisihkan untuk" not in lines, "leave that was taken is one line a day"
    assert f"{hari(now, 'id')}" in lines


async def test_days_that_are_recorded_without_an_entitlement_are_counted(house: Installation) -> None:
    maju, there = house.maju, await leave_page(house, "budi")
    visitor = await house.as_role(maju, AGENT)
    assert "tanpa jatah" not in text(await visitor.get(there))
    today = MONDAY.date()
    await requests.acknowledge(maju.budi, "sick", Period(today, today), None, actor=as_(maju.budi))
    page = text(await visitor.get(there))
    assert re.search(r"Tercatat 2026, tanpa jatah\s*Sakit\s*1 hari", page)
    assert "Sakit: 0" not in page


async def leave_page(house: Installation, name: str) -> str:
    async with database.reading(house.maju.company):
        row = await Employment.select(Employment.public).where(Employment.id == house.maju.people[name].id).first()
    assert row is not None
    return f"/{await house.slug(house.maju)}/people/{row['public']}/leave"


async def test_collective_days_after_the_last_day_are_named_as_what_they_are(house: Installation) -> None:
    """They stood there as "given back from", of nothing."""
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: date(2026, 11, 30)}).where(Employment.id == maju.budi.id)
        spell = await Employment.select(Employment.public).where(Employment.id == maju.budi.id).first()
    assert spell is not None
    await leave_jobs.nightly()
    await jobs.drain()
    visitor = await house.as_role(maju, ADMINISTRATOR)
    page = text(await visitor.get(f"/{slug}/people/{spell['public']}/leave"))
    assert "Cuti bersama Hari Raya Natal, tidak memotong" in page
    assert "Dikembalikan dari" not in page
