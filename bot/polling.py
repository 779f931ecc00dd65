"""Telegram without a public address: one process of the installation asks for updates and stores them as a hook does.

It asks for the installation's own bot and for those of companies that chose this way, each beside the others.

What was stored is noted after it, and confirmed to Telegram by the next question: killed anywhere, the next process
asks from there, and what comes twice is stored once.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from piccolo.query.mixins import OnConflictAction

from bot.channels import Later, Never, telegram
from core import clock, database, leader, log, settings
from core.crash import crashpoint
from core.leader import Lead
from core.messaging import bot_accounts, inbox
from core.messaging.messages import Incoming
from core.messaging.tables import Polled

NAME = "telegram-polling"
WAIT = 25  # seconds that Telegram holds a question to which there is no answer yet
LOOK = 5.0  # seconds between two looks at which bots are to be asked
AGAIN = 1.0  # seconds until a process that doesn't lead looks whether it may
PAUSE = 5.0  # seconds after something went wrong
# After a quiet week Telegram begins to count anew, perhaps lower: an older mark would throw messages away unread.
GOOD_FOR = timedelta(days=6)


async def poll(stop: asyncio.Event) -> None:
    """Ask for updates whenever this process leads, until told to stop."""
    while not stop.is_set():
        try:
            if not await _wanted():
                await _pause(stop, LOOK)
                continue
            async with leader.leading(NAME) as lead:
                if lead is not None:
                    log.info("polling", channel=bot_accounts.TELEGRAM)
                    await _ask_each(stop, lead)
            await _pause(stop, AGAIN)
        except Exception as fault:  # the database may be away for a while; then somebody else leads, or nobody
            log.error("polling_failed", fault=fault)
            await _pause(stop, PAUSE)


async def _wanted() -> set[str]:
    """The bots that are to be asked: the installation's own, and those that companies brought."""
    made = settings.current()
    shared = (
        {bot_accounts.shared(bot_accounts.TELEGRAM)}
        if made.telegram_token and made.telegram_mode == "polling"
        else set()
    )
    async with database.installation(writes=False):
        return shared | {one.account for one in await bot_accounts.polled()}


async def _ask_each(stop: asyncio.Event, lead: Lead) -> None:
    """Ask for each bot that wants it, beside the others, while this process leads; a slow bot holds up no other."""
    asking: dict[str, tuple[asyncio.Event, asyncio.Task[None]]] = {}
    try:
        while not stop.is_set() and await lead.holds():
            wanted = await _wanted()
            if not wanted:
                return
            for account in [one for one in asking if one not in wanted or asking[one][1].done()]:
                end, task = asking.pop(account)
                end.set()
                await _ended(task)
            for account in sorted(wanted - asking.keys()):
                end = asyncio.Event()
                asking[account] = end, asyncio.create_task(_ask(account, stop, end, lead))
            await _any_of(LOOK, stop, lead.lost)
    finally:
        for end, _ in asking.values():
            end.set()
        for _, task in asking.values():
            await _ended(task)


async def _ended(task: "asyncio.Task[None]") -> None:
    """Wait for the end of a bot's questions; what went wrong with one is no reason to leave the others."""
    try:
        await task
    except Exception as fault:  # it is asked anew at the next look
        log.error("polling_failed", fault=fault)


async def _ask(account: str, stop: asyncio.Event, end: asyncio.Event, lead: Lead) -> None:
    """Ask and store for one bot, one question after the other, while this process leads."""
    while not stop.is_set() and not end.is_set() and await lead.holds():
        asked = asyncio.create_task(telegram.CHANNEL.updates(account, after=await _after(account), wait=WAIT))
        try:
            await _first_of(asked, stop, end, lead.lost)
            if not asked.done():
                return
            updates = asked.result()
        except Later as later:
            await _any_of(later.seconds or PAUSE, stop, end)
            continue
        except Never:
            return  # it was disconnected since
        finally:
            asked.cancel()  # what it would still have brought was not confirmed, and comes again
        crashpoint("polling.asked")
        await _store(account, updates)
        crashpoint("polling.stored")


async def _store(account: str, updates: Sequence[tuple[int, Any]]) -> None:
    """Keep what came, and then from where to ask on: dying between the two, it comes again and is known."""
    if not updates:
        return
    found: list[Incoming] = [one for _, update in updates for one in telegram.CHANNEL.parse(update, account=account)]
    newest, now = max(number for number, _ in updates), clock.now()
    await inbox.receive(found)  # in a transaction of its own, which it may share with others
    async with database.installation():
        fresh = Polled(account=account, after=newest, at=now)
        await Polled.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        await Polled.update({Polled.after: newest, Polled.at: now}).where(Polled.account == account)
        own = await bot_accounts.of_account(bot_accounts.TELEGRAM, account)
    if own is not None:
        await bot_accounts.heard(own)
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
    await _any_of(seconds, stop)


async def _any_of(seconds: float, *ends: asyncio.Event) -> None:
    """Wait so long, or until one of these is set."""
    waiting = [asyncio.create_task(end.wait()) for end in ends]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()
