"""Whether the service of one of our bots answers, known to every worker and process at once.

Five different messages in a row that it did not take, and it is left alone: for a quarter of a minute at first, then
twice as long each time, up to ten minutes. Then one message finds out for all. What waits meanwhile is not counted as
tried, so that an hour without Telegram costs nobody a message, and nobody else any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from piccolo.query.mixins import OnConflictAction

from core import clock, database, log, set_back
from core.messaging.tables import Circuit, Outbound
from core.stated import stated

MOST_FAILURES = 5
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
PROBE = timedelta(seconds=30)  # longer than a call may take
SPREAD = timedelta(milliseconds=50)  # what waited comes back one after the other


@dataclass(frozen=True)
class State:
    """What is known of one service."""

    failures: int = 0
    last: int | None = None
    opened_at: datetime | None = None
    shut_until: datetime | None = None
    probing_until: datetime | None = None
    times: int = 0
    reason: str | None = None

    @property
    def shut(self) -> bool:
        """Whether it is left alone, or being found out about."""
        return self.shut_until is not None

    def asks(self, now: datetime) -> "datetime | State":
        """Until when a message waits, or what is known once this one is on its way."""
        if self.shut_until is None:
            return self
        if now < self.shut_until:
            return self.shut_until
        if self.probing_until is not None and now < self.probing_until:
            return now + timedelta(seconds=1)
        return _but(self, probing_until=now + PROBE)

    def failed(self, message: int, reason: str, now: datetime, *, for_: timedelta | None = None) -> "State":
        """It did not take a message; `for_` is how long it refuses all of them."""
        if self.shut_until is not None and self.probing_until is None:
            return self  # what was on its way when it was shut says nothing new
        failures = self.failures + (message != self.last)
        if for_ is None and self.probing_until is None and failures < MOST_FAILURES:
            return _but(self, failures=failures, last=message, reason=reason)
        pause = for_ or min(FIRST_PAUSE * 2 ** min(self.times, 10), LONGEST_PAUSE)
        return State(failures, message, self.opened_at or now, now + pause, None, self.times + 1, reason)


def _but(state: State, **changed: object) -> State:
    return State(**{**state.__dict__, **changed})


async def state_of(row: Outbound) -> State:
    """What is known of the service that would take this message."""
    return await _state(_name(row))


async def waits(row: Outbound) -> datetime | None:
    """The instant at which this message may ask again of a service that was shut; None when it may be sent now."""
    name = _name(row)
    await database.lock_name(f"circuit:{name}")
    state, now = await _state(name), clock.now()
    answer = state.asks(now)
    if isinstance(answer, datetime):
        return answer + SPREAD * (row.id % 100)
    if answer != state:
        await _keep(name, answer)
    return None


async def failed(row: Outbound, reason: str, *, seconds: float | None = None) -> None:
    """Its service did not take this message for a reason that has nothing to do with it."""
    name = _name(row)
    await database.lock_name(f"circuit:{name}")
    before = await _state(name)
    for_ = None if seconds is None else timedelta(seconds=seconds)
    after = before.failed(int(row.id), reason[:60], clock.now(), for_=for_)
    if after == before:
        return
    if after.shut and not before.shut:
        log.error("channel_shut", channel=row.channel, account=row.account, reason=reason, until=str(after.shut_until))
    await _keep(name, after)


async def answered(row: Outbound) -> None:
    """Its service took this message, or refused it for what it is: either way it answers."""
    name = _name(row)
    if await _state(name) == State():
        return
    await database.lock_name(f"circuit:{name}")
    if (await _state(name)).shut:
        log.warning("channel_open", channel=row.channel, account=row.account)
    await _keep(name, State())


@set_back.moves
async def _sooner(step: set_back.Step) -> None:
    await step.earlier(Circuit, "opened_at", "shut_until", "probing_until")


async def shut() -> Sequence[Circuit]:
    """Every service that is left alone now, in the order in which that began."""
    return await Circuit.objects().where(Circuit.shut_until.is_not_null()).order_by(Circuit.opened_at)


def _name(row: Outbound) -> str:
    return f"{row.channel}|{row.account}"


@stated
def _known(name: str) -> Any:
    return Circuit.objects().where(Circuit.name == name).first()


async def _state(name: str) -> State:
    row = await _known(name)
    if row is None:
        return State()
    return State(row.failures, row.last, row.opened_at, row.shut_until, row.probing_until, row.times, row.reason)


async def _keep(name: str, state: State) -> None:
    values = {getattr(Circuit, column): value for column, value in state.__dict__.items()}
    if not await Circuit.update(values).where(Circuit.name == name).returning(Circuit.id):
        fresh = Circuit(name=name, **state.__dict__)
        await Circuit.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
