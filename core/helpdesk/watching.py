"""Who looks at a ticket, and when something new stands in one or in the queue: for the pages that show them.

As with talks (`core/messaging/live.py`), a version says that something changed and never what; the page fetches it.
"""

from collections.abc import Collection
from datetime import timedelta

from piccolo.query.functions import Max

from core import clock, database
from core.audit import Actor
from core.helpdesk import tickets
from core.helpdesk.tables import DeskPresence, Ticket, TicketEvent
from core.messaging.live import Key, Source

NEWS, QUEUE = "desk", 0  # what the database calls it; the key of the queue itself
HERE, TYPES = timedelta(seconds=50), timedelta(seconds=12)  # since somebody was last seen, or wrote
GONE = timedelta(hours=1)


async def be_here(ticket: Ticket, *, by: Actor, typing: bool, gone: bool = False) -> None:
    """Say that somebody has it open, writes in it, or closed it; others who look hear of it where that is new."""
    now = clock.now()
    before = await _who(int(ticket.id))
    await DeskPresence.delete().where(DeskPresence.seen_at < now - GONE)
    mine = (DeskPresence.ticket == ticket.id) & (DeskPresence.agent == by.name)
    if gone:
        await DeskPresence.delete().where(mine)
    else:
        values = {DeskPresence.seen_at: now, DeskPresence.typed_at: now if typing else None}
        await database.lock_name(f"desk.here:{ticket.id}:{by.name}")
        if not await DeskPresence.update(values).where(mine).returning(DeskPresence.id):
            await DeskPresence.insert(
                DeskPresence(ticket=ticket.id, agent=by.name, seen_at=now, typed_at=now if typing else None)
            )
    if await _who(int(ticket.id)) != before:
        await database.tell(NEWS, f"{ticket.company}:{ticket.id}")


async def others(ticket: Ticket, by: str) -> dict[str, bool]:
    """Who else has it open now, and whether they are writing."""
    return {name: types for name, types in (await _who(int(ticket.id))).items() if name != by}


async def _who(ticket: int) -> dict[str, bool]:
    now = clock.now()
    rows = await DeskPresence.select(DeskPresence.agent, DeskPresence.typed_at).where(
        (DeskPresence.ticket == ticket) & (DeskPresence.seen_at > now - HERE)
    ).order_by(DeskPresence.agent)  # fmt: skip
    return {row["agent"]: row["typed_at"] is not None and row["typed_at"] > now - TYPES for row in rows}


async def versions(keys: Collection[Key]) -> dict[Key, str]:
    """The newest event of each of these tickets and who looks at it, as it grows; of the queue the newest of all."""
    found: dict[Key, str] = {}
    for company in sorted({company for company, _ in keys}):
        numbers = sorted(number for of, number in keys if of == company)
        async with database.reading(company):
            if QUEUE in numbers:
                newest = await TicketEvent.select(TicketEvent.id).order_by(TicketEvent.id, ascending=False).first()
                found[company, QUEUE] = str(newest["id"] if newest else 0)
            some = [number for number in numbers if number != QUEUE]
            last = {
                row["ticket"]: row["last"]
                for row in await TicketEvent.select(TicketEvent.ticket, Max(TicketEvent.id, alias="last"))
                .where(TicketEvent.ticket.is_in(some or [0]))
                .group_by(TicketEvent.ticket)
            }
            for number in some:
                found[company, number] = f"{last.get(number, 0)}-{await _who(number)}"
    return found


async def _follows(ticket: Ticket, _: str) -> None:
    await database.tell(NEWS, f"{ticket.company}:{ticket.id}")
    await database.tell(NEWS, f"{ticket.company}:{QUEUE}")


tickets.FOLLOWS.append(_follows)
DESK = Source(NEWS, versions)
