"""HR records who worked on a collective day that is over: their day comes back, they are told, and it can be put back."""

from collections.abc import Sequence
from datetime import date

import pytest

from core import clock, database, jobs
from core.approvals import decisions
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.leave import collective, lots, worked_batches, worked_day, worked_past
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveBatch, LeaveDay, LeaveEntry, WorkedDay
from core.leave.worked_past import Away, Narrowed
from core.people.directory import Employee
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY

EID, CHRISTMAS = date(2026, 5, 28), date(2026, 12, 24)
WHY = "Stok opname"


async def standing(cast: Cast, who: Employee) -> tuple[int, int, int]:
    async with database.reading(cast.company):
        stored = await lots.stored(who.id) or (0, 0, 0)
        assert stored == await lots.recount(who.id)
    return stored


async def away(
    cast: Cast, day: date, *names: str, narrowed: Narrowed = Narrowed(), by: Actor = HR  # noqa: B008
) -> Sequence[Away]:  # fmt: skip
    async with database.reading(cast.company):
        only = {cast.people[name].public for name in names} if names else None
        return await worked_past.away(day, narrowed, by=by, only=only)


async def record(cast: Cast, day: date, *names: str, by: Actor = HR) -> LeaveBatch:
    """Look and record, then have the work done."""
    people = await away(cast, day, *names, by=by)
    async with database.transaction(cast.company):
        looked = await worked_past.look(day, people)
        made = await worked_past.record(looked, WHY, seen=len(looked.people), actor=by)
    await jobs.drain()
    return made


async def undo(cast: Cast, batch: LeaveBatch) -> None:
    async with database.transaction(cast.company):
        await worked_past.undo(batch, actor=HR)
    await jobs.drain()


async def test_who_worked_has_the_day_back_and_is_told_and_it_can_be_put_back(maju: Cast) -> None:
    await maju.night()
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    async with database.reading(maju.company):
        known = [one.date for one in await worked_past.days()]
        off = await worked_past.many(EID, Narrowed(), by=HR)
    assert known == sorted(set(known), reverse=True) and EID in known
    assert CHRISTMAS not in known, "it is still ahead: the talk takes wishes for it"
    batch = await record(maju, EID, "budi", "dewi")
    for who in (maju.budi, maju.dewi):
        assert await standing(maju, who) == (5 * DAY, DAY, 6 * DAY)
    assert (await maju.told(maju.budi))[-1].text == (
        'HR mencatat kamu masuk Kamis 28 Mei ("Stok opname"). 1 hari kembali; sisa cuti tahunanmu 5 hari.'
    )
    async with database.reading(maju.company):
        assert await worked_past.many(EID, Narrowed(), by=HR) == off - 2
        entry = await AuditEntry.select().where(AuditEntry.action == "leave.worked_recorded").first()
        shown = (await worked_batches.recorded())[0]
    assert entry is not None
    assert (shown.date, shown.people, shown.done, shown.why, shown.running) == (EID, 2, 2, WHY, False)
    await maju.night()
    assert await standing(maju, maju.budi) == (5 * DAY, DAY, 6 * DAY), "the night takes no day that was worked"
    await undo(maju, batch)
    assert await standing(maju, maju.budi) == (4 * DAY, DAY, 7 * DAY)
    assert (await maju.told(maju.budi))[-1].text == (
        "HR menarik catatan bahwa kamu masuk Kamis 28 Mei. Hari itu dihitung cuti bersama lagi; sisa cuti tahunanmu 4 hari."
    )
    with pytest.raises(Refused, match="batch_undone"):
        await undo(maju, batch)
    again = await record(maju, EID, "budi")
    assert again.people == 1
    assert await standing(maju, maju.budi) == (5 * DAY, DAY, 6 * DAY)


async def test_what_was_spent_meanwhile_stays_and_is_said(maju: Cast) -> None:
    await maju.night()
    batch = await record(maju, EID, "budi", "dewi")
    await maju.decides(
        maju.sari, await maju.asks(maju.budi, Period(date(2026, 7, 13), date(2026, 7, 17))), "approve"
    )  # fmt: skip
    assert await standing(maju, maju.budi) == (0, DAY, 11 * DAY)
    await undo(maju, batch)
    assert await standing(maju, maju.budi) == (0, DAY, 11 * DAY)
    assert await standing(maju, maju.dewi) == (4 * DAY, DAY, 7 * DAY)
    async with database.reading(maju.company):
        shown = (await worked_batches.recorded())[0]
    assert (shown.done, shown.left, shown.running) == (1, 1, False)


async def test_a_day_of_a_year_that_is_over_goes_on_as_any_day_that_comes_back_and_returns_the_same_way(
    maju: Cast,
) -> None:
    await maju.night()
    with clock.freeze(MONDAY.replace(year=2027, month=1, day=4)):
        await maju.night()
        before = [await standing(maju, who) for who in (maju.budi, maju.dewi)]
        people = await away(maju, CHRISTMAS, "budi", "dewi")
        async with database.reading(maju.company):
            looked = await worked_past.look(CHRISTMAS, people)
            entries = await LeaveEntry.count()
        batch = await record(maju, CHRISTMAS, "budi", "dewi")
        after = [await standing(maju, who) for who in (maju.budi, maju.dewi)]
        back = sum(one[0] - was[0] for one, was in zip(after, before, strict=True))
        assert back == 2 * DAY - looked.lost, "what was looked at is what came of it"
        await undo(maju, batch)
        assert [await standing(maju, who) for who in (maju.budi, maju.dewi)] == before
        async with database.reading(maju.company):
            assert await LeaveEntry.count() > entries, "nothing is deleted: it is moved the other way"


async def test_somebody_without_days_no_longer_has_unpaid_leave(maju: Cast) -> None:
    await maju.night()
    async with database.reading(maju.company):
        year = await collective.batch_of(2026)
    assert year is not None
    async with database.transaction(maju.company):
        await collective.undo(year, actor=HR)
    await jobs.drain()
    async with database.transaction(maju.company):
        await collective.post(2026, "unpaid", actor=HR)
    await jobs.drain()
    people = await away(maju, EID, "ika")
    assert [one.unpaid for one in people] == [True]
    batch = await record(maju, EID, "ika")
    assert await standing(maju, maju.ika) == (0, 0, 0)
    assert "Hari itu tidak lagi dihitung cuti tanpa upah." in (await maju.told(maju.ika))[-1].text
    await undo(maju, batch)
    async with database.reading(maju.company):
        assert await LeaveDay.count().where(
            (LeaveDay.employment == maju.ika.id) & (LeaveDay.date == EID) & LeaveDay.ended_at.is_null()
        ) == 1  # fmt: skip


async def test_who_worked_is_not_charged_when_the_year_is_posted_anew(maju: Cast) -> None:
    await maju.night()
    batch = await record(maju, EID, "budi")
    sent = await worked_day.work_on(maju.dewi, CHRISTMAS, actor=as_(maju.dewi))
    await maju.decides(maju.wayan, await maju.request(sent.number), "approve")
    async with database.reading(maju.company):
        year = await collective.batch_of(2026)
    assert year is not None
    async with database.transaction(maju.company):
        await collective.undo(year, actor=HR)
    await jobs.drain()
    async with database.transaction(maju.company):
        await collective.post(2026, "exempt", actor=HR)
    await jobs.drain()
    assert await standing(maju, maju.budi) == (5 * DAY, DAY, 6 * DAY)
    assert await standing(maju, maju.dewi) == (5 * DAY, 0, 7 * DAY), "her head had agreed to Christmas"
    await undo(maju, batch)
    assert await standing(maju, maju.budi) == (5 * DAY, DAY, 6 * DAY), "the day it was taken from is gone itself"


async def test_nobody_records_it_for_themselves_nor_over_a_wish_that_waits(maju: Cast) -> None:
    await maju.night()
    sent = await worked_day.work_on(maju.dewi, CHRISTMAS, actor=as_(maju.dewi))
    with clock.freeze(MONDAY.replace(month=12, day=28)):
        await maju.night()
        found = {one.name: one for one in await away(maju, CHRISTMAS, "budi", "dewi", by=as_(maju.budi))}
        budi, dewi = found["Budi Santoso"], found["Dewi Ayuningsih"]
        assert (budi.oneself, budi.may, dewi.asked, dewi.may) == (True, False, sent.number, False)
        with pytest.raises(Refused, match="worked_nobody"):
            await record(maju, CHRISTMAS, "budi", "dewi", by=as_(maju.budi))
        async with database.reading(maju.company):
            assert (await decisions.by_number(sent.number)) is not None


async def test_people_are_found_by_name_number_department_and_place(maju: Cast) -> None:
    await maju.night()
    here = {"department": maju.dewi.department, "location": maju.dewi.location}
    found = [
        [one.name for one in await away(maju, EID, narrowed=narrowed)]
        for narrowed in (
            Narrowed("bud san"), Narrowed("0302"), Narrowed(department=here["department"]),
            Narrowed("dewi", location=here["location"]), Narrowed("dewi", location=maju.budi.location),
        )
    ]  # fmt: skip
    assert found == [
        ["Budi Santoso"], ["Dewi Ayuningsih"], ["Dewi Ayuningsih", "Wayan Sudarma"], ["Dewi Ayuningsih"], [],
    ]  # fmt: skip
    async with database.reading(maju.company):
        everybody = await worked_past.away(EID, Narrowed(), by=HR)
        first = await worked_past.away(EID, Narrowed(), by=HR, most=3)
        rest = await worked_past.away(EID, Narrowed(), by=HR, after=(first[-1].search, first[-1].leave_day))
        back = await worked_past.away(EID, Narrowed(), by=HR, descending=True)
        assert await worked_past.many(EID, Narrowed(), by=HR) == len(everybody)
        assert await worked_past.many(EID, Narrowed(), by=as_(maju.budi)) == len(everybody) - 1
    assert [*first, *rest] == list(everybody) == list(reversed(back))


async def test_what_changed_since_the_look_is_looked_at_again(maju: Cast) -> None:
    await maju.night()
    people = await away(maju, EID, "budi", "dewi")
    await record(maju, EID, "dewi")
    async with database.transaction(maju.company):
        looked = await worked_past.look(EID, await worked_past.away(EID, Narrowed(), by=HR, only={maju.budi.public}))
        with pytest.raises(Refused, match="worked_changed"):
            await worked_past.record(looked, WHY, seen=len(people), actor=HR)
        with pytest.raises(Refused, match="worked_why"):
            await worked_past.record(looked, "  ", seen=1, actor=HR)
        with pytest.raises(Refused, match="worked_no_day"):
            await worked_past.look(date(2026, 7, 1), people)


async def test_it_is_done_in_parts_and_an_undo_in_between_takes_back_only_what_was_given(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maju.night()
    monkeypatch.setattr(worked_past, "PART", 1)
    people = await away(maju, EID, "budi", "dewi")
    async with database.transaction(maju.company):
        batch = await worked_past.record(await worked_past.look(EID, people), WHY, seen=2, actor=HR)
    await worked_past.give(maju.company, batch.id)
    async with database.reading(maju.company):
        shown = (await worked_batches.recorded())[0]
    assert (shown.done, shown.people, shown.running) == (1, 2, True)
    await undo(maju, batch)
    assert await standing(maju, maju.budi) == await standing(maju, maju.dewi) == (4 * DAY, DAY, 7 * DAY)
    async with database.reading(maju.company):
        assert not await WorkedDay.exists().where(WorkedDay.put_back_at.is_null())
