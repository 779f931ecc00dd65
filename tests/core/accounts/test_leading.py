"""Whatever is done to roles and people, a company keeps a Super Administrator who stays."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from core import database, jobs
from core.accounts import appointing, blocks, joining, leading, offers
from core.audit import Actor
from core.errors import Refused
from core.people import applying, batches, directory, imports
from core.people.tables import Employment, ImportBatch
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

HEAD = "employee_number,name,resign_date"
REFUSED = ("resign_date", "people.last_super")
SUPER = "super_administrator"


async def dismissed(maju: Cast, name: str) -> None:
    async with database.transaction(maju.company):
        found = next(one for one in await appointing.holders() if one.email == f"{name}@maju.example")
        await appointing.dismiss(found, SUPER, by=HR)


async def appointed(maju: Cast, name: str) -> None:
    async with database.transaction(maju.company):
        await appointing.appoint(f"{name}@maju.example", SUPER, by=HR)


async def resigns(maju: Cast, number: str, name: str, day: str) -> list[tuple[str, str]]:
    bad = await imports.change(
        maju.company, {"employee_number": number, "name": name, "resign_date": day}, actor=Actor("hr", "web")
    )
    return [(one.column, one.key) for one in bad]


async def filed(maju: Cast, text: str) -> list[tuple[int, str, str]]:
    checked = await imports.take(maju.company, text.encode(), actor=HR)
    return [(one.row, one.column, one.key) for one in checked.bad]


async def last_days(maju: Cast) -> dict[str, Any]:
    async with database.reading(maju.company):
        return {row["number"]: row["leaves"] for row in await Employment.select() if row["leaves"] is not None}


@pytest.mark.parametrize("day", ["2026-03-02", "2025-12-31", "2031-12-31"])
async def test_the_last_one_is_given_no_last_day_now_or_later(maju: Cast, day: str) -> None:
    await dismissed(maju, "owner")
    assert await resigns(maju, "0001", "Hendra Wijaya", day) == [REFUSED]
    assert await last_days(maju) == {}
    await appointed(maju, "ratna")
    assert await resigns(maju, "0001", "Hendra Wijaya", day) == []


async def test_who_has_a_last_day_does_not_count_as_the_other_one(maju: Cast) -> None:
    await dismissed(maju, "owner")
    await appointed(maju, "ratna")
    assert await resigns(maju, "0002", "Ratna Dewanti", "2031-12-31") == []
    assert await resigns(maju, "0001", "Hendra Wijaya", "2026-12-31") == [REFUSED]
    assert await resigns(maju, "0002", "Ratna Dewanti", "2030-12-31") == [], "Hendra stays"
    with pytest.raises(Refused, match="last_super"):
        await dismissed(maju, "hendra")
    assert await resigns(maju, "0002", "Ratna Dewanti", "-") == [], "she stays after all"
    await dismissed(maju, "hendra")


async def test_a_file_that_ends_all_of_them_is_refused_at_each(maju: Cast) -> None:
    await dismissed(maju, "owner")
    await appointed(maju, "ratna")
    both = (
        f"{HEAD},role,email\n0001,Hendra Wijaya,2026-12-31,,\n0412,Budi Santoso,,,\n0002,Ratna Dewanti,2026-03-31,,\n"
    )
    assert await filed(maju, both) == [(2, *REFUSED), (4, *REFUSED)]
    late = both + "0904,Aji Pratama,2027-01-31,super_administrator,aji@maju.example\n"
    assert await filed(maju, late) == [(2, *REFUSED), (4, *REFUSED)], "the new one would not stay either"
    stays = late.replace("2027-01-31", "")
    assert await filed(maju, stays) == [(2, *REFUSED), (4, *REFUSED)], "the new one has not accepted it"
    assert await filed(maju, stays.replace("2026-12-31", "").replace("2026-03-31", "")) == []
    assert await filed(maju, both) == [(2, *REFUSED), (4, *REFUSED)], "nor now"
    async with database.transaction(maju.company):
        await offers.take(await joining.account_of("aji@maju.example"))
    assert await filed(maju, both) == []
    assert sorted(await last_days(maju)) == ["0001", "0002"]


async def test_a_join_date_ahead_is_an_end_as_well(maju: Cast) -> None:
    await dismissed(maju, "owner")
    wrong = await filed(maju, "employee_number,name,join_date\n0001,Hendra Wijaya,2027-01-04\n")
    assert wrong == [(2, "join_date", "people.last_super")]


async def test_who_is_blocked_does_not_count_and_is_blocked_all_the_same(maju: Cast) -> None:
    await dismissed(maju, "owner")
    await appointed(maju, "ratna")
    async with database.transaction(maju.company):
        await blocks.block(maju.ratna.person, channel="web", by=HR)
    assert await resigns(maju, "0001", "Hendra Wijaya", "2026-12-31") == [REFUSED]
    async with database.transaction(maju.company):
        await blocks.block(maju.hendra.person, channel="web", by=HR)
        assert not (await leading.leads()).stay
        account = await joining.account_of("hendra@maju.example")
        await blocks.lift_account(account, "telepon dan KTP diperiksa", by=HR)
        assert (await leading.leads()).stay


async def test_an_owner_who_becomes_an_employee_with_a_last_day_no_longer_stays(maju: Cast) -> None:
    await dismissed(maju, "hendra")
    row = "employee_number,name,email,resign_date,role\n0905,Oscar Owner,owner@maju.example,{day},agent\n"
    assert await filed(maju, row.format(day="2026-12-31")) == [(2, *REFUSED)]
    unlinked = row.replace(",role", "").replace(",agent", "")
    assert await filed(maju, unlinked.format(day="2026-12-31")) == []
    async with database.reading(maju.company):
        owner = await directory.by_number("0905")
    assert owner is not None
    with pytest.raises(Refused, match="last_super"):
        await joining.portal_link(owner)
    async with database.reading(maju.company):
        assert len((await leading.leads()).outside) == 1, "nothing of it was kept"


async def test_an_import_that_brought_the_only_one_is_not_undone(maju: Cast) -> None:
    brought = "employee_number,name,role,email\n0904,Aji Pratama,super_administrator,aji@maju.example\n"
    public = await batches.receive(
        maju.company, brought.encode(), batches.Sent("file", "a.csv", "", "", MONDAY.date(), HR)
    )
    await jobs.drain()
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    async with database.transaction(maju.company):
        await offers.take(await joining.account_of("aji@maju.example"))
    await dismissed(maju, "owner")
    await dismissed(maju, "hendra")
    await applying.undo(maju.company, public, by=HR)
    await jobs.drain()
    async with database.reading(maju.company):
        one = await ImportBatch.objects().get(ImportBatch.public == public)
        assert one is not None
        assert (one.state, one.why) == ("applied", "accounts.last_super|")
    assert await last_days(maju) == {}


async def test_a_file_that_was_checked_before_the_other_one_went_is_read_again(maju: Cast) -> None:
    public = await batches.receive(
        maju.company, f"{HEAD}\n0001,Hendra Wijaya,2026-12-31\n".encode(),
        batches.Sent("file", "a.csv", "", "", MONDAY.date(), HR),
    )  # fmt: skip
    await jobs.drain()
    await dismissed(maju, "owner")
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    async with database.reading(maju.company):
        one = await ImportBatch.objects().get(ImportBatch.public == public)
        assert one is not None
        assert one.state == "refused"
    assert await last_days(maju) == {}


async def settled(*acts: Awaitable[Any]) -> list[Any]:
    return await asyncio.gather(*acts, return_exceptions=True)


async def test_of_two_acts_at_once_that_end_the_last_two_one_is_refused(maju: Cast) -> None:
    await dismissed(maju, "owner")
    for _ in range(5):
        await appointed(maju, "ratna")
        told = await settled(
            resigns(maju, "0001", "Hendra Wijaya", "2026-12-31"), resigns(maju, "0002", "Ratna Dewanti", "2026-12-31")
        )
        assert sorted(told) == [[], [REFUSED]]
        await resigns(maju, "0001", "Hendra Wijaya", "-")
        await resigns(maju, "0002", "Ratna Dewanti", "-")
        outcome = await settled(dismissed(maju, "ratna"), resigns(maju, "0001", "Hendra Wijaya", "2026-12-31"))
        refused = [one for one in outcome if one == [REFUSED] or isinstance(one, Refused)]
        assert len(refused) == 1, outcome
        await resigns(maju, "0001", "Hendra Wijaya", "-")
