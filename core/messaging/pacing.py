"""How fast may be spoken to one chat, and by one bot to all of them: counted once for every worker and process.

A message passes its gates one after the other, from the narrow one (its chat) to the wide one (our bot). Where a gate
is full it is given a place of its own and comes back for it, so that five thousand messages wait in a row.
What answers nobody passes a gate more, that leaves a third of the bot's rate to those who wait for an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from piccolo.query.mixins import OnConflictAction

from core import clock, database, set_back, settings, vault
from core.messaging.tables import Outbound, Pace
from core.stated import stated

SECOND = timedelta(seconds=1)
LATE = timedelta(seconds=2)  # a place that was not come for by then is given up
SEVERAL = timedelta(seconds=10)  # two chats refused within it: it is the bot that is too fast
# https://core.telegram.org/bots/faq: one a second in a chat, where short bursts pass; twenty a minute in a group
TELEGRAM_CHAT, TELEGRAM_GROUP = (SECOND, 3), (timedelta(seconds=6), 10)
# https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput: one every six seconds to the
# same person, 45 of which may be borrowed; five are left for what we can't see
WHATSAPP_PAIR = (timedelta(seconds=6), 40)
# https://docs.slack.dev/apis/web-api/rate-limits: one a second in a channel, where short bursts pass
SLACK_CHANNEL = (SECOND, 3)


@dataclass(frozen=True)
class Gate:
    """What lets `burst` pass at once and then one in each `interval`."""

    name: str
    interval: timedelta
    burst: int

    def place(
        self, full_at: datetime | None, closed_until: datetime | None, now: datetime
    ) -> tuple[datetime, datetime]:
        """When the next one passes, and until when the gate is full after it."""
        at = now
        if full_at is not None:
            at = max(at, full_at - self.interval * (self.burst - 1))
        if closed_until is not None:
            at = max(at, closed_until)
        return at, max(full_at or at, at) + self.interval


def gates(channel: str, account: str, address: str, *, answers: bool) -> Sequence[Gate]:
    """What a message there has to pass, in this order; nothing where nobody sets a rate."""
    made = settings.current()
    match channel:
        case "telegram":
            most, chat = made.telegram_per_second, TELEGRAM_GROUP if address.startswith("-") else TELEGRAM_CHAT
        case "whatsapp":
            most, chat = made.whatsapp_per_second, WHATSAPP_PAIR
        case "slack":
            most, chat = made.slack_per_second, SLACK_CHANNEL
        case _:
            return ()
    ours = f"{channel}|{account}"
    found = [Gate(f"{ours}|{address}", *chat)]
    if not answers:
        found.append(_within(f"{ours}|others", max(most * 2 // 3, 1)))
    return [*found, _within(ours, most)]


def _within(name: str, most: int) -> Gate:
    """A gate through which no more than `most` pass in any second."""
    burst = max(most // 6, 1)
    return Gate(name, SECOND / max(most - burst, 1), burst)


async def waits(row: Outbound) -> datetime | None:
    """The instant for which this message comes back, its place kept; None when it may leave now."""
    passing = gates(row.channel, row.account, row.address, answers=row.caused_by is not None)
    for nth, gate in enumerate(passing[row.gate :], row.gate):
        pace = await _held(gate)
        ahead = _ahead(pace)
        now = clock.now() + ahead
        closed = pace.closed_until if pace is not None else None
        kept = row.slot_at if nth == row.gate else None
        if kept is not None and kept > now - LATE and (closed is None or closed <= now):
            at = kept
        else:
            at, full = gate.place(pace.full_at if pace is not None else None, closed, now)
            await (_full(_mark(gate), full) if pace is not None else _keep(gate, {Pace.full_at: full}))
        if at > now:
            await Outbound.update({Outbound.gate: nth, Outbound.slot_at: at}).where(Outbound.id == row.id)
            return at - ahead
    return None


async def slow_down(row: Outbound, seconds: float, *, everybody: bool) -> None:
    """The platform refused a message as one too many: its chat rests, and our bot does where that is what it said, or
    where another chat was refused a moment ago."""
    found = gates(row.channel, row.account, row.address, answers=True)
    if not found:
        return
    chat, ours = found[0], found[-1]
    pace = await _held(ours)
    now = clock.now() + _ahead(pace)
    several = (
        pace is not None and pace.refused_at is not None and pace.refused_at > now - SEVERAL
        and pace.refused_by != _mark(chat)
    )  # fmt: skip
    if everybody or several:
        until = now + timedelta(seconds=seconds)
        await _keep(ours, {Pace.closed_until: until, Pace.full_at: until})
    if not everybody:
        until = clock.now() + _ahead(await _held(chat)) + timedelta(seconds=seconds)
        await _keep(chat, {Pace.closed_until: until, Pace.full_at: until})
        await _keep(ours, {Pace.refused_at: now, Pace.refused_by: _mark(chat)})


async def _held(gate: Gate) -> Pace | None:
    """What is known of a gate, held until the end of the transaction."""
    await database.lock_name(f"pace:{gate.name}")
    held: Pace | None = await _pace(_mark(gate))
    return held


@stated
def _pace(mark: str) -> Any:
    return Pace.objects().where(Pace.mark == mark).first()


@stated
def _full(mark: str, until: datetime) -> Any:
    return Pace.update({Pace.full_at: until}).where(Pace.mark == mark)


async def _keep(gate: Gate, values: dict[object, object]) -> None:
    mark = _mark(gate)
    fresh = Pace(mark=mark, full_at=clock.now())
    await Pace.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
    await Pace.update(values).where(Pace.mark == mark)  # type: ignore[arg-type]


def _ahead(pace: Pace | None) -> timedelta:
    return timedelta(seconds=pace.ahead if pace is not None else 0)


@set_back.moves
async def _goes_on(step: set_back.Step) -> None:
    """The clocks of the gates go on, and with them the places that messages keep there."""
    await Pace.update({Pace.ahead: Pace.ahead + step.seconds}, force=True)


def _mark(gate: Gate) -> str:
    return vault.blind_index(gate.name, field="pace")
