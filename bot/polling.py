"""Telegram without a public address: one process of the installation asks for updates and stores them as a hook does.

What was stored is noted after it, and confirmed to Telegram by the next question: killed anywhere, the next process
asks from there, and what comes twice is stored once.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from piccolo.query.mixins import OnConflictAction

from bot.channels import Later, telegram
from core import clock, database, leader, log, settings
from core.crash import crashpoint
from core.leader import Lead
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.messaging.tables import Polled

NAME = "telegram-polling"
WAIT = 25  # seconds that Telegram holds a question to which there is no answer yet
AGAIN = 1.0  # seconds until a process that doesn't lead looks whether it may
PAUSE = 5.0  # seconds after something went wrong
# After a quiet week Telegram begins to count anew, perhaps lower: an older mark would throw messages away unread.
GOOD_FOR = timedelta(days=6)


async def poll(stop: asyncio.Event) -> None:
    """Ask for updates whenever this process leads, until told to stop."""
    while not stop.is_set():
        try:
            async with leader.leading(NAME) as lead:
                if lead is not None:
                    log.info("polling", channel=telegram.CHANNEL.name)
                    await _ask(stop, lead)
            await _pause(stop, AGAIN)
        except Exception as fault:  # the database may be away for a while; then somebody else leads, or nobody
            log.error("polling_failed", fault=fault)
            await _pause(stop, PAUSE)


async def _ask(stop: asyncio.Event, lead: Lead) -> None:
    """Ask and store, one question after the other, while this process leads."""
    account = settings.current().telegram_token.partition(":")[0]
    while not stop.is_set() and await lead.holds():
        asked = asyncio.create_task(telegram.CHANNEL.updates(after=await _after(account), wait=WAIT))
        try:
            await _first_of(asked, stop, lead.lost)
            if not asked.done():
                return
            updates = asked.result()
        except Later as later:
            await _pause(stop, later.seconds or PAUSE)
            continue
        finally:
            asked.cancel()  # what it would still have brought was not confirmed, and comes again
        crashpoint("polling.asked")
        await _store(account, updates)
        crashpoint("polling.stored")


async def _store(account: str, updates: Sequence[tuple[int, Any]]) -> None:
    """Keep what came, and then from where to ask on: dying between the two, it comes again and is known."""
    if not updates:
        return
    found: list[Incoming] = [one for _, update in updates for one in telegram.CHANNEL.parse(update)]
    newest, now = max(number for number, _ in updates), clock.now()
    await inbox.receive(found)  # in a transaction of its own, which it may share with others
    async with database.installation():
        fresh = Polled(account=account, after=newest, at=now)
        await Polled.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await Polled.update({Polled.after: newest, Polled.at: now}).where(Polled.account == account)
    for one in found:
        if one.kind == "press":
            await telegram.CHANNEL.acknowledge(one)


async def _after(account: str) -> int | None:
    """The update that was stored last, while its number still means something."""
    async with database.installation(writes=False):
        row = await Polled.objects().where(Polled.account == account).first()
    return None if row is None or clock.now() - row.at > GOOD_FOR else int(row.after)


async def _first_of(asked: "asyncio.Task[Any]", *ends: asyncio.Event) -> None:
    waiting = [asyncio.create_task(end.wait()) for end in ends]
    try:
        await asyncio.wait([asked, *waiting], return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), timeout=seconds)
    except TimeoutError:
        return
