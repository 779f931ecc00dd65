"""What tickets owe by a calendar, thousands at once, where their story is a simple one. Pure.

Most tickets were asked and perhaps answered, and nothing stood still: what they owe is a due of a known length, which a
table of dues gives in one search (`core/calendar/dues.py`). Whatever else happened to one, `service_level` says what it
owes; where both can say it they say the same.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from core.calendar.dues import Dues
from core.calendar.measure import Measure
from core.calendar.promises import Times
from core.calendar.working_time import ticks
from core.helpdesk import service_level, terms
from core.helpdesk.service_level import Happened
from core.helpdesk.terms import Terms

# What moves no clock: what the desk writes for itself, who looks after it, what it is sorted by.
ASIDE = frozenset({
    service_level.NOTED, service_level.THANKED, service_level.TAKEN, service_level.RELEASED, service_level.GIVEN,
    service_level.FLAGGED, service_level.CALMED, service_level.RATED, service_level.RANKED, service_level.SORTED,
    service_level.SNOOZED, service_level.WOKEN, service_level.HANDED,
})  # fmt: skip
STOPS = frozenset({service_level.ANSWERED, service_level.RESOLVED, service_level.CLOSED})
Owed = tuple[int | None, int | None, int | None, int | None]  # answer promised, aimed at; solution promised, aimed at


def was_in_time(events: Iterable[Happened]) -> bool:
    """Whether a solved ticket surely kept what was promised, so that no calendar makes anything of it."""
    stops = first = None
    answered = False  # what is solved without a word still owes one
    for one in events:
        if one.moved:
            return False
        for given in (one.given, one.solve):
            first = given if first is None or (given is not None and given < first) else first
        if one.kind in STOPS:
            stops = one.at if stops is None or one.at > stops else stops
        answered = answered or one.kind in (service_level.ANSWERED, service_level.CLOSED)
    return answered and stops is not None and (first is None or stops <= first)


class Owing:
    """The tables of one calendar and of all terms; asked ticket by ticket."""

    def __init__(self, held: Mapping[int, Terms], times: Times) -> None:
        self._held, self._newest, self._times = held, terms.newest(held), times
        self._promises: dict[tuple[int, str], Dues | None] = {}
        self._targets: dict[str, Dues | None] = {}

    def of(self, kind: str, priority: str, events: Iterable[Happened]) -> Owed | None:
        """When an unsolved ticket of that kind and priority owes an answer and its solution, in microseconds since
        1970; None where its story is not simple, or was late before: then every clock must be looked at."""
        if kind == terms.DISPUTE:
            return None
        since: Happened | None = None  # since when somebody waits for an answer
        opened: Happened | None = None
        given_solve: datetime | None = None
        for one in events:
            what = one.kind
            if what in ASIDE:
                continue
            if what == service_level.OPENED and opened is None:
                opened = since = one
            elif what == service_level.ASKED:
                since = since or one
            elif what == service_level.ANSWERED and opened is not None:
                if since is not None and (since.given is None or one.at > since.given):
                    return None
                since = None
            else:
                return None
            if one.solve is not None and (given_solve is None or one.solve > given_solve):
                given_solve = one.solve
        if opened is None:
            return None
        solve = self._owed(opened, priority, given_solve)
        if since is opened and opened.given is given_solve:
            return None if solve is None else (*solve, *solve)
        answer = self._owed(since, priority, since.given) if since is not None else (None, None)
        return None if solve is None or answer is None else (*answer, *solve)

    def stays(self, owed: Owed, events: Iterable[Happened], shown: tuple[datetime | None, datetime | None]) -> bool:
        """Whether that is what was promised and what the list shows (`shown`: its targets), so that nothing moves."""
        answer = solve = None
        for one in events:
            if one.kind == service_level.ANSWERED:
                answer = None
            elif one.given is not None and answer is None:
                answer = one.given
            solve = one.solve or solve
        told = (answer, shown[0], solve, shown[1])
        return all(then is None or now == ticks(then) for now, then in zip(owed, told, strict=True))

    def _owed(self, since: Happened, priority: str, given: datetime | None) -> tuple[int, int] | None:
        key, at = (since.terms, since.priority), ticks(since.at)
        try:
            promises, targets = self._promises[key], self._targets[priority]
        except KeyError:
            promises, targets = self._lay(key, priority, at)
        if promises is None or targets is None:
            return None
        promise, target = promises.of(at), targets.of(at)
        if promise is None or target is None:
            return None
        if given is not None:
            promise = max(promise, ticks(given))
        return promise, min(promise, target)

    def _lay(self, key: tuple[int, str], priority: str, at: int) -> tuple[Dues | None, Dues | None]:
        number, ranked = key
        self._promises[key] = _table(self._held.get(number, terms.USUAL).promise(ranked, self._times), at)
        self._targets[priority] = _table(self._newest.target(priority, self._times), at)
        return self._promises[key], self._targets[priority]


def _table(measure: Measure, around: int) -> Dues | None:
    """None where a measure is no length: close of business is counted day by day."""
    return None if measure.days else measure.time.dues(measure.length, around)
