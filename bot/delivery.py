"""The last stop: a message leaves the outbox, and what became of it is written down.

A message is marked `sending` before the network is touched. Found `sending` afterwards, nobody knows whether it is out:
then the rule of its kind decides, as it does after an answer that was lost.

What may not leave yet waits as a job that is due later, so nobody waits behind it: for its rate (pacing.py), for a
service that does not answer (circuits.py), or for a worker, of which no bot may keep more than half in either lane.
"""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from bot.channels import CHANNELS, DISCONNECTED, NO_ACCOUNT, Kept, Later, Never, Sent, Shut, Slower, Unknown
from core import clock, database, jobs, log, metrics
from core.crash import crashpoint
from core.messaging import circuits, outbox, pacing, quiet, templates, undelivered, windows
from core.messaging.messages import Enclosing, Message
from core.messaging.tables import Outbound
from core.people import identities
from core.phrases import phrase
from core.stated import stated
from core.training import catalogue

GIVE_UP = 30  # tries: half a day, for a service that is away is not told from one that can't take this message
PATIENCE = timedelta(seconds=20)
BACKOFF = (2, 5, 15, 60, 300, 900, 1800)
A_MOMENT = timedelta(milliseconds=200)
MOST_AT_ONCE, MOST_DOUBTED = jobs.HANDS // 2, 2  # calls of one bot from this process in a lane; of one that just failed
_calling: Counter[tuple[str, str, str]] = Counter()


@jobs.job("deliver", asks=True)
async def deliver(company: int, number: int) -> None:
    """Bring one message to its person, once; a message whose fate is unknown is at most repeated once, and marked."""
    crashpoint("delivery.before_take")
    taken = await _take(company, number)
    if taken is None:
        return
    if isinstance(taken, datetime):
        raise jobs.Later(taken)
    row, message, edits = taken
    crashpoint("delivery.before_send")
    bot = (jobs.lane(), row.channel, row.account)
    _calling[bot] += 1
    outcome = "fault"
    try:
        sent = await _send(row, message, edits)
    except Kept as kept:
        outcome = "kept"
        await keep(company, row, kept)
    except Later as later:
        outcome = "later"
        await put_off(company, row, later)
    except Unknown:
        outcome = "unknown"
        await _unknown(company, row)
    except Never as never:
        outcome = "never"
        await give_up(company, row, never)
    else:
        outcome = "sent"
        crashpoint("delivery.before_mark")
        await _mark(company, row, state="sent", sent_at=clock.now(), provider_ref=sent.ref, error=None)
        metrics.DELIVERED.labels(row.channel).observe(max((clock.now() - row.queued_at).total_seconds(), 0.0))
    finally:
        _calling[bot] -= 1
        metrics.DELIVERIES.labels(row.channel, outcome).inc()
    crashpoint("delivery.after_mark")


async def _take(company: int, number: int) -> tuple[Outbound, Message, str | None] | datetime | None:
    async with database.transaction(company):
        await database.lock(Outbound, number)
        row: Outbound | None = await _message(number)
        if row is None or row.state not in ("queued", "sending", "unknown"):
            return None
        # A page reads the row itself: there is nobody who might have it already.
        again = row.state in ("sending", "unknown") and row.channel != outbox.WEB
        if again and (row.after_unknown == outbox.DROP or row.error == "repeated"):
            await Outbound.update({Outbound.state: "dropped", Outbound.error: "nobody knows"}).where(
                Outbound.id == number
            )
            if row.after_unknown != outbox.DROP:
                await undelivered.note(row, undelivered.UNKNOWN)
            return None
        edits = None
        if row.edits is not None:
            original = await Outbound.objects().where(Outbound.id == row.edits).first()
            if original is None or original.state in ("failed", "dropped", "parked"):
                await Outbound.update({Outbound.state: "dropped", Outbound.error: "nothing to edit"}).where(
                    Outbound.id == number
                )
                return None
            if original.state == windows.WAITING:
                # It was never seen: what is shown later is how things stand by then.
                await Outbound.update({Outbound.payload: row.payload}).where(Outbound.id == original.id)
                await Outbound.update({Outbound.state: "dropped", Outbound.error: "not seen before"}).where(
                    Outbound.id == number
                )
                return None
            if original.held_until is not None and original.state == "queued":
                # It is kept for the morning, and needs no longer be said then.
                for one in (original.id, number):
                    await Outbound.update({Outbound.state: "dropped", Outbound.error: "not needed any more"}).where(
                        Outbound.id == one
                    )
                return None
            if original.state != "sent":
                raise jobs.Later(clock.now() + timedelta(seconds=1))
            edits = original.provider_ref
        if (until := await quiet.waits(row)) is not None:
            await Outbound.update({Outbound.held_until: until}).where(Outbound.id == number)
            return until
        if await _overtakes(row):
            return clock.now() + A_MOMENT
        message = outbox.unseal(row)
        if message.key == outbox.WITHHELD:
            await Outbound.update({Outbound.state: "dropped", Outbound.error: "may only be kept"}).where(
                Outbound.id == number
            )
            return None
        free = row.channel == windows.CHANNEL and edits is None and message.template is None
        if free and not await windows.is_open(row):
            await _wait_for_window(row, message)
            return None
        if message.dialog is None and (later := await _not_yet(row, edits)):
            return later
        values = {
            Outbound.state: "sending", Outbound.attempts: Outbound.attempts + 1,
            Outbound.gate: 0, Outbound.slot_at: None,
        }  # fmt: skip
        # An edit may be repeated unseen: the same words over the same message.
        if (again or row.error == "repeated") and row.edits is None:
            message = outbox.marked(message)
            values[Outbound.error] = "repeated"
        await Outbound.update(values).where(Outbound.id == number)
        return row, message, edits


@stated
def _message(number: int) -> Any:
    return Outbound.objects().where(Outbound.id == number).first()


async def _overtakes(row: Outbound) -> bool:
    """Whether something said to this person before is still waiting for its first try: words keep their order.

    Only for a while, and not for what was said at an hour that the clock has left since it was set back.
    """
    if row.person is None or row.channel == outbox.WEB:
        return False
    # What answers somebody does not wait for what stands, or waits for its place, among the messages to everybody.
    many = (Outbound.bulk == False) & Outbound.slot_at.is_null()  # noqa: E712
    also = many if row.caused_by is not None else Outbound.id > 0
    return bool(
        await Outbound.exists().where(
            also & Outbound.held_until.is_null()
            & (Outbound.person == row.person) & (Outbound.id < row.id) & (Outbound.channel == row.channel)
            & (Outbound.state == "queued") & (Outbound.attempts == 0)
            & (Outbound.queued_at > clock.now() - PATIENCE) & (Outbound.queued_at < clock.now() + PATIENCE)
        )
    )  # fmt: skip


async def _not_yet(row: Outbound, edits: str | None) -> datetime | None:
    """When to come back, where the message may not be sent at this instant."""
    if row.channel == outbox.WEB:
        return None
    known = await circuits.state_of(row)
    if known.shut and (later := await circuits.waits(row)):
        return later
    if (edits is None or row.channel != windows.CHANNEL) and (later := await pacing.waits(row)):
        return later
    full = _calling[jobs.lane(), row.channel, row.account] >= (MOST_DOUBTED if known.failures else MOST_AT_ONCE)
    return clock.now() + timedelta(seconds=1) if full else None


async def _send(row: Outbound, message: Message, edits: str | None) -> Sent:
    if database.in_transaction():
        raise RuntimeError("a message may not be sent while a transaction is open")
    channel = CHANNELS.get(row.channel)
    if channel is None:
        raise Never(f"no channel {row.channel}")
    message = replace(message, account=row.account)  # which of our bots says it
    if message.file is not None and message.file.film is not None:
        message = replace(message, file=await _film(message.file, *message.file.film))
    if message.dialog is not None:
        return await channel.open_dialog(message, row.address)
    return await channel.send(message, to=row.address, edits=edits)


async def _film(file: Enclosing, name: str, language: str) -> Enclosing:
    """The file with the film in it, as this release has it."""
    film = catalogue.films().get(name)
    if film is None:
        raise Never(f"no film {name}")
    path = film.files[catalogue.FOR_CHATS.format(language)]
    return replace(file, raw=await asyncio.to_thread(path.read_bytes))


async def keep(company: int, row: Outbound, kept: Kept) -> None:
    """It cannot be said now: it waits for the server, or for its person to open the talk."""
    async with database.transaction(company):
        message = outbox.unseal(row)
        if kept.window and message.template is None:
            await _wait_for_window(row, message)
        else:
            await Outbound.update({Outbound.state: windows.WAITING}).where(Outbound.id == row.id)


async def _wait_for_window(row: Outbound, message: Message) -> None:
    if row.person is not None:
        await windows.wait(row, message)
        return
    # An answer that comes a day late: whoever wrote is linked to nobody, and no template speaks to strangers.
    values = {Outbound.state: "failed", Outbound.error: "window"}
    await Outbound.update(values).where(Outbound.id == row.id)
    await undelivered.note(row, undelivered.LATE)


async def put_off(company: int, row: Outbound, later: Later) -> None:
    """It is not out: it goes back into its row, and where that is not its own fault, the others learn from it."""
    attempts = row.attempts + 1
    wait = later.seconds if later.seconds is not None else BACKOFF[min(attempts, len(BACKOFF)) - 1]
    async with database.transaction(company):
        if isinstance(later, Slower):
            await circuits.answered(row)
            await pacing.slow_down(row, wait, everybody=later.everybody)
        else:
            await circuits.failed(row, later.reason, seconds=wait if isinstance(later, Shut) else None)
        # Whoever only asks whether a service that is left alone is well again is not to blame that it is not.
        if attempts >= GIVE_UP and later.seconds is None and not (await circuits.state_of(row)).shut:
            log.error("message_parked", channel=row.channel, key=row.key, number=row.id, reason=later.reason)
            await Outbound.update({Outbound.state: "parked", Outbound.error: later.reason[:200]}).where(
                Outbound.id == row.id
            )
            await undelivered.note(row, undelivered.TRIED)
            return
        await Outbound.update({Outbound.state: "queued"}).where(Outbound.id == row.id)
    raise jobs.Later(clock.now() + timedelta(seconds=wait))


async def _unknown(company: int, row: Outbound) -> None:
    drop = row.after_unknown == outbox.DROP or row.error == "repeated"
    log.warning(
        "message_unknown", channel=row.channel, key=row.key, number=row.id, state="dropped" if drop else "again"
    )
    async with database.transaction(company):
        await circuits.failed(row, "no answer")
        values = {"state": "dropped", "error": "nobody knows"} if drop else {"state": "unknown"}
        await Outbound.update(values).where(Outbound.id == row.id)
        if drop and row.after_unknown != outbox.DROP:
            await undelivered.note(row, undelivered.UNKNOWN)
    if not drop:
        raise jobs.Later(clock.now() + timedelta(seconds=3))


async def give_up(company: int, row: Outbound, never: Never) -> None:
    """It will not be said like this: note why, and take it elsewhere where the person is gone from here."""
    log.warning("message_failed", channel=row.channel, key=row.key, number=row.id, reason=never.reason)
    nobodys = never.reason == NO_ACCOUNT
    async with database.transaction(company):
        await circuits.answered(row)
        message = outbox.unseal(row)
        state = "parked" if nobodys and message.template is None else "failed"
        await Outbound.update({Outbound.state: state, Outbound.error: never.reason[:200]}).where(Outbound.id == row.id)
        if message.template is not None:
            log.error("template_refused", channel=row.channel, key=message.template, advice="serambi whatsapp check")
            if never.gone:
                await identities.unreachable(row.channel, row.account, row.address)
            why = await templates.refused(row.account, message.template, message.language, never.reason)
            gone = undelivered.CLOSED["whatsapp"] if never.gone else undelivered.NO_ACCOUNT if nobodys else None
            await windows.closed_to_templates(row, gone or why or undelivered.TEMPLATE)
            return
        if message.dialog is not None and row.person is not None:
            # The press is too old for a window: the same can be said in words, and those are told.
            words = phrase("channels.window_closed", message.language, words=(message.title or "").lower())
            instead = Message("channels.window_closed", words, language=message.language)
            there = await outbox.address_of(row.person)
            await outbox.post(there, instead, dedupe=f"window:{row.id}", caused_by=row.caused_by)
        if not never.gone:
            why = undelivered.CLOSED["email"] if row.channel == undelivered.MAIL else undelivered.REFUSED
            if message.dialog is None:
                await undelivered.note(row, undelivered.NO_ACCOUNT if nobodys else why)
            return
        ours = never.reason == DISCONNECTED
        why = undelivered.DISCONNECTED if ours else undelivered.CLOSED.get(row.channel, undelivered.REFUSED)
        if row.person is None:
            await undelivered.note(row, why)
            return
        await identities.unreachable(row.channel, row.account, row.address)
        await elsewhere(row, message, why)


async def elsewhere(row: Outbound, message: Message, why: str) -> None:
    """The chat is closed to us: the same goes to another of its person, marked if it may be out already."""
    assert row.person is not None
    other = await outbox.address_of(row.person)
    if other.channel == row.channel or row.edits is not None:
        return
    if row.error == "repeated" or row.state in ("sending", "unknown"):
        message = outbox.marked(message)
    await outbox.post(
        other, message, dedupe=f"instead:{row.id}", caused_by=row.caused_by,
        card_of=row.card_of, card_version=row.card_version, after_unknown=row.after_unknown,
    )  # fmt: skip
    if other.channel == outbox.WEB:
        await undelivered.note(row, why)


async def _mark(company: int, row: Outbound, **values: object) -> None:
    async with database.transaction(company):
        await circuits.answered(row)
        await Outbound.update(dict(values)).where(Outbound.id == row.id)
        await jobs.end_here()


async def close() -> None:
    """Close the channels' connections of this event loop."""
    for channel in CHANNELS.values():
        await channel.close()
