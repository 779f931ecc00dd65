"""The clocks of one ticket as they stand: both families of it, by the company's terms and calendar."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core import clock
from core.calendar import promises
from core.calendar.promises import Times
from core.helpdesk import service_level, terms
from core.helpdesk.service_level import PROMISE, TARGET, Clock, Happened, Moved
from core.helpdesk.tables import Ticket
from core.helpdesk.terms import Terms

ASKS = (service_level.OPENED, service_level.ASKED, service_level.REOPENED)  # an answer is promised at these
PROMISES = (*ASKS, service_level.RESUMED, service_level.UNSOLVED)


@dataclass(frozen=True)
class Both:
    """What is promised and what is aimed at, and the calendar that both rest on."""

    promise: tuple[Clock, ...]
    target: tuple[Clock, ...]
    times: Times

    def of(self, family: str) -> tuple[Clock, ...]:
        """The clocks of one family."""
        return self.promise if family == PROMISE else self.target

    def due(self, family: str, which: str) -> datetime | None:
        """When the running clock of an `answer`, or to `solve`, is due; None where none runs, or nobody knows."""
        found = service_level.running(self.of(family)).get(which)
        return None if found is None else found.due

    def current(self, family: str) -> Clock | None:
        """The clock that is looked at: an answer that is owed before the solution."""
        found = service_level.running(self.of(family))
        return found.get("answer") or found.get("solve")


async def of(row: Ticket, events: Sequence[Happened], *, at: datetime | None = None) -> Both:
    """The clocks of a ticket by the calendar and the terms of now; `at` instead of this moment."""
    found = await promises.times(row.location)
    return both(row, events, await terms.every(), found, at or clock.now())


def both(
    row: Ticket, events: Sequence[Happened], held: Mapping[int, Terms], times: Times, now: datetime
) -> Both:  # fmt: skip
    """The same for any terms and calendar. A target never falls after its promise: where a closure or an older promise
    would have it so, the desk aims at the promise."""
    promise = service_level.clocks(events, terms.promised(held, times, row.kind), now, PROMISE)
    counted = terms.aimed(terms.newest(held), row.priority, times, row.kind)
    bare = [replace(one, given=None, solve=None) for one in events]
    target = service_level.clocks(bare, counted, now, TARGET)
    of_promise = {(one.metric, one.since): one.due for one in promise}
    return Both(promise, tuple(_not_after(one, of_promise[one.metric, one.since]) for one in target), times)


def promised_at(
    row: Ticket, kind: str, at: datetime, before: Sequence[Happened], held: Mapping[int, Terms], times: Times
) -> dict[str, Any]:  # fmt: skip
    """What is promised by an event that is about to be written: it is kept, whatever the calendar says later."""
    if kind not in PROMISES:
        return {}
    meta = {"terms": terms.newest(held).number, "priority": row.priority} if kind in ASKS else {}
    standing = both(row, [*before, happened(kind, at, json.dumps(meta))], held, times, at)
    given = {
        "promise": standing.due(PROMISE, "answer") if kind in ASKS else None,
        "solve": standing.due(PROMISE, "solve"),
    }
    told = {name: one.isoformat() for name, one in given.items() if one is not None}
    return {**meta, **told, "calendar": times.held.version}


def happened(kind: str, at: datetime, told: str) -> Happened:
    """An event as the clocks see it, of its row."""
    meta = json.loads(told)
    moved = tuple(
        Moved(family, metric, datetime.fromisoformat(since), _instant(old), _instant(new))
        for family, metric, since, old, new in meta.get("moved", ())
    )
    return Happened(
        kind, at, _instant(meta.get("promise")), _instant(meta.get("solve")), meta.get("terms", 0),
        meta.get("priority", terms.NORMAL), moved,
    )  # fmt: skip


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _not_after(one: Clock, promise: datetime | None) -> Clock:
    if one.due is None or promise is None or one.due <= promise:
        return one
    return replace(one, due=promise)
