"""Mail to the desks is fetched: one process of the installation looks into every mailbox, every half minute.

A mail is written down before the next is asked for, and its mailbox is told nothing but that it was seen: killed
anywhere, the next process asks from the same number, and what comes twice is taken once.
"""

import asyncio
from contextlib import suppress

from bot.channels import imap
from bot.channels.imap import New, Session, Trouble
from core import database, engines, leader, log
from core.crash import crashpoint
from core.helpdesk import mail_in
from core.leader import Lead
from core.messaging import mailboxes
from core.messaging.mailboxes import Box

NAME = "mail-in"
LOOK = 30.0  # seconds between two looks into every mailbox
AGAIN = 5.0  # seconds until a process that doesn't lead looks whether it may
AT_ONCE = 4  # mailboxes that are looked into beside each other


async def poll(stop: asyncio.Event) -> None:
    """Look into the mailboxes whenever this process leads, until told to stop."""
    while not stop.is_set():
        try:
            if not await _wanted():
                await _pause(stop, LOOK)
                continue
            async with leader.leading(NAME) as lead:
                while lead is not None and not stop.is_set() and await lead.holds():
                    await look(lead)
                    await _pause(stop, LOOK)
            await _pause(stop, AGAIN)
        except Exception as fault:  # the database may be away for a while; then somebody else leads, or nobody
            log.error("mail_in_failed", fault=fault)
            await _pause(stop, AGAIN)


async def look(lead: Lead | None = None) -> int:
    """Look once into every mailbox that is not left alone; how many mails were taken."""
    narrow = asyncio.Semaphore(AT_ONCE)

    async def one(box: Box) -> int:
        async with narrow:
            return await look_into(box, lead)

    return sum(await asyncio.gather(*(one(box) for box in await _wanted() if not box.rests)))


async def look_into(box: Box, lead: Lead | None = None) -> int:
    """Take what is new in one mailbox; what is in the way is noted, for its company and for the operator."""
    number, trouble = 0, None
    try:
        session = await imap.opened(box)
        try:
            number = await _take(box, session, lead)
        finally:
            await asyncio.to_thread(session.close)
    except Trouble as no:
        trouble = no.why
        log.warning("mailbox_not_read", company=box.company, why=no.why)
    await mailboxes.looked_into(box, trouble)
    return number


async def _wanted() -> list[Box]:
    if not await mailboxes.give():
        log.warning("imap_url_not_used", reason="several companies are here: each connects a mailbox of its own")
    async with database.installation(writes=False):
        return list(await mailboxes.read())


async def _take(box: Box, session: Session, lead: Lead | None) -> int:
    after, number = box.after if session.validity == box.validity else 0, 0
    while True:
        new = await asyncio.to_thread(session.new, after)
        for one in new:
            if lead is not None and not await lead.holds():
                return number
            number += await _one(box, session, one)
            after = one.uid
        if len(new) < imap.MOST_NEW:
            return number


async def _one(box: Box, session: Session, one: New) -> bool:
    raw = await asyncio.to_thread(lambda: session.fetch(one.uid, whole=one.size <= mail_in.MOST))
    if raw is None:
        return False
    crashpoint("mail.fetched")
    try:
        state = await mail_in.take(box, session.validity, one.uid, raw, size=max(one.size, len(raw)))
    except Exception as fault:  # a mail meets the world here: what it breaks is broken for it alone
        if engines.is_away(fault):
            raise
        log.error("mail_broken", fault=fault, company=box.company, number=one.uid)
        await mail_in.broken(box, session.validity, one.uid, size=one.size)
        return False
    crashpoint("mail.kept")
    if state not in mail_in.LEFT:
        await asyncio.to_thread(session.seen, one.uid)
    log.info("mail_taken", company=box.company, state=state)
    return state != mail_in.KNOWN


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
