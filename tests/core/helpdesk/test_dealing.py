"""Who gets a ticket, on both databases: turns, load, room, leave, races, handing over, and what a leaver leaves behind."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from core import choices, database, jobs
from core.accounts import joining
from core.accounts.tables import Account, Membership
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import dealing, team, tickets
from core.helpdesk.dealing import Seat
from core.helpdesk.tables import Ticket
from core.helpdesk.team import Agent
from core.leave.policy import Period
from tests.core.cast import HR, Cast, as_
from tests.core.conftest import MONDAY
from tests.core.helpdesk.test_tickets import asks


def seat(name: str, open_: int, *, room: int = 8, given: int = 0, away: str = "") -> Seat:
    at = datetime(2026, 7, 6, given, tzinfo=UTC) if given else None
    number = ord(name[0])
    return Seat(Agent(name, name, name, None, number, blocked=False), open_, 0, room, None, at, away)


def test_turns_go_round_and_load_looks_at_what_is_free() -> None:
    some = [seat("ana", 5, given=3), seat("bim", 1, given=4), seat("cek", 0, given=1, away="leave")]
    turn, load = dealing.next_of(some, by_load=False), dealing.next_of(some, by_load=True)
    assert turn is not None
    assert load is not None
    assert (turn.agent.name, load.agent.name) == ("ana", "bim")
    newest = dealing.next_of([*some, seat("dua", 7)], by_load=False)
    assert newest is not None
    assert newest.agent.name == "dua", "who was never given one comes first"
    half = dealing.next_of([seat("ana", 2, room=4), seat("bim", 3, room=8)], by_load=True)
    assert half is not None
    assert half.agent.name == "bim", "three of eight is less than two of four"
    assert dealing.next_of([seat("ana", 8), seat("bim", 0, away="own")], by_load=False) is None


async def agents(maju: Cast, *names: str) -> None:
    async with database.transaction(maju.company):
        for name in names:
            await joining.join(f"{name}@meja.example", "agent", person=maju.people[name].person, language="id")


async def deals(maju: Cast, **more: int) -> None:
    async with database.transaction(maju.company):
        for name, value in {"desk_deals": 1, **more}.items():
            await choices.choose(name, value, by=HR)


async def held(maju: Cast) -> list[str | None]:
    names = {f"person:{one.person}": name for name, one in maju.people.items()}
    async with database.reading(maju.company):
        rows = await Ticket.select(Ticket.agent).order_by(Ticket.id)
    return [names.get(row["agent"] or "", row["agent"]) for row in rows]


async def only(maju: Cast, *names: str) -> None:
    """Of all at the desk these are given tickets."""
    async with database.transaction(maju.company):
        for one in (await team.team()).values():
            await dealing.keep(
                one, receives=one.person in {maju.people[name].person for name in names}, room=None, by=HR
            )


async def test_dealt_in_turns_to_those_who_are_here_while_there_is_room(maju: Cast) -> None:
    await agents(maju, "budi", "dewi", "tono")
    await only(maju, "budi", "dewi", "tono")
    day = MONDAY.date()
    leave = await maju.asks(maju.budi, Period(day + timedelta(days=1), day + timedelta(days=1)))
    await maju.decides(maju.sari, leave, "approve")
    await deals(maju, desk_room=2)
    for _ in range(6):
        await asks(maju, who="ika")
    await jobs.drain()
    assert sorted(await held(maju), key=str) == ["budi", "budi", "dewi", "dewi", "tono", "tono"]
    async with database.transaction(maju.company):
        row = await Ticket.objects().where(Ticket.agent == f"person:{maju.dewi.person}").first()
        assert row is not None
        await tickets.solve(row, by=as_(maju.dewi), read=row.last)
    await asks(maju, who="wayan")
    await jobs.drain()
    assert (await held(maju))[-1] == "dewi", "room that came free is filled"


async def test_who_is_on_leave_or_blocked_is_given_nothing(maju: Cast) -> None:
    await agents(maju, "budi", "dewi", "tono")
    await only(maju, "budi", "dewi", "tono")
    day = MONDAY.date()
    leave = await maju.asks(maju.budi, Period(day, day))
    await maju.decides(maju.sari, leave, "approve")
    async with database.transaction(maju.company):
        account = next(one.account for one in (await team.team()).values() if one.person == maju.tono.person)
        await Account.update({Account.blocked_at: MONDAY}).where(Account.id == account)
    await deals(maju, desk_by_load=1)
    for _ in range(3):
        await asks(maju, who="ika")
    await jobs.drain()
    assert await held(maju) == ["dewi", "dewi", "dewi"]
    async with database.reading(maju.company):
        away = {one.agent.called: one.away for one in await dealing.seats() if one.away}
    assert (away["Budi Santoso"], away["Tono Prasetyo"]) == ("leave", "blocked")


async def test_two_who_take_the_next_at_once_never_get_the_same(maju: Cast) -> None:
    for _ in range(4):
        await asks(maju, who="ika")

    async def take(by: Actor) -> str | None:
        async with database.transaction(maju.company):
            row = await tickets.take_next(by=by)
            return row.number if row is not None else None

    both = [as_(maju.ratna), as_(maju.hendra)]
    taken = await asyncio.gather(*(take(by) for by in both * 3))
    got = [number for number in taken if number is not None]
    assert sorted(got) == ["T-1", "T-2", "T-3", "T-4"]


async def test_handing_over_tells_the_colleague_and_keeps_the_note_inside(maju: Cast) -> None:
    row = await asks(maju, who="ika")
    async with database.transaction(maju.company):
        to = (await team.team())[f"person:{maju.hendra.person}"]
        await dealing.hand_over(row, to, by=as_(maju.ratna), words="tanya gudang dulu")
    assert await held(maju) == ["hendra"]
    told = [message.text for message in await maju.told(maju.hendra)]
    assert any("T-1 sekarang kamu yang pegang" in one for one in told)
    assert not any("gudang" in one.text for one in [*await maju.told(maju.hendra), *await maju.told(maju.ika)])
    async with database.transaction(maju.company):
        await Account.update({Account.blocked_at: MONDAY}).where(Account.id == to.account)
    async with database.transaction(maju.company):
        to = (await team.team())[f"person:{maju.hendra.person}"]
        with pytest.raises(Refused, match="agent_blocked"):
            await dealing.hand_over(row, to, by=as_(maju.ratna))


async def test_the_tickets_of_who_lost_the_role_go_back_to_the_queue(maju: Cast) -> None:
    await agents(maju, "budi")
    row = await asks(maju, who="ika")
    async with database.transaction(maju.company):
        await tickets.take(row, by=as_(maju.budi))
    await dealing.orphans()
    assert await held(maju) == ["budi"]
    async with database.transaction(maju.company):
        await Membership.delete().where((Membership.person == maju.budi.person) & (Membership.role == "agent"))
    await dealing.orphans()
    assert await held(maju) == [None]
