"""Worked cases of the clock, in the format of `cases/sla.json`: what this calendar answers, and where it differs.

A case names a calendar and a policy; its events stop the clock, let it run again, or change the calendar.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from core.calendar.working_time import Hours, Pause, Rules, WorkingTime, kept

STOPS, RUNS = {"pause", "resolve"}, {"resume", "reopen"}


@dataclass(frozen=True)
class Answer:
    """What the clock says of one case, and what the case expected instead."""

    id: str
    due: str | None
    elapsed_s: float
    breached: bool
    differences: Sequence[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """As JSON: the differences only where there are some."""
        plain = {"id": self.id, "due": self.due, "elapsed_s": self.elapsed_s, "breached": self.breached}
        return {**plain, "differences": list(self.differences)} if self.differences else plain


def read(written: bytes) -> list[Answer]:
    """Answer every case of a file; ValueError says what it is instead of such a file."""
    try:
        return run(json.loads(written))
    except json.JSONDecodeError as wrong:
        raise ValueError(f"not JSON: look at line {wrong.lineno}, column {wrong.colno}.") from None
    except KeyError as wrong:
        raise ValueError(f"not a file of worked cases: it lacks {wrong}.") from None
    except (ValueError, TypeError, AttributeError):
        raise ValueError(
            "not a file of worked cases: a value in it is not of the kind its name asks for; tests/cases/sla.json "
            "shows one that is."
        ) from None


def run(book: Mapping[str, Any]) -> list[Answer]:
    """Answer every case of the file; KeyError or ValueError names what the file lacks."""
    rules = {name: _rules(one, book["holiday_sets"]) for name, one in book["calendars"].items()}
    return [_answer(case, rules[case["calendar"]], book["policies"][case["policy"]]) for case in book["cases"]]


def _answer(case: Mapping[str, Any], rules: Rules, policy: Mapping[str, Any]) -> Answer:
    since = datetime.fromisoformat(case["created_at"])
    ended = case.get("stopped_at") or case.get("as_of")
    until = datetime.fromisoformat(ended) if ended else None
    pauses = _pauses(case.get("events", ())) if policy.get("pauses") else []
    may_shorten = bool(policy.get("may_shorten"))
    clock = WorkingTime(rules)
    due = _due(clock, since, policy, pauses)
    history, late_before = [due], False
    for event in case.get("events", ()):
        if event["type"] == "calendar_change":
            at = datetime.fromisoformat(event["at"])
            late_before = late_before or _late(due, min(at, until) if until else at)
            rules = _changed(rules, event)
            clock = WorkingTime(rules)
            due = kept(due, _due(clock, since, policy, pauses), may_shorten=may_shorten)
            history.append(due)
    elapsed = clock.elapsed(since, until, pauses) if until else timedelta(0)
    late = until is not None and _late(due, until)
    found: dict[str, Any] = {
        "expected_due": _iso(due),
        "expected_elapsed_s": _seconds(elapsed),
        "breached": late,
        "expected_due_history": [_iso(one) for one in history],
        "excused": late_before and not late,
        "breach_recorded_before_change": late_before,
    }
    if policy["kind"] == "duration":
        target = timedelta(seconds=policy["target_s"])
        found["expected_remaining_s"] = _seconds(max(target - elapsed, timedelta(0)))
        if len(history) == 1:
            found["expected_warn_75pct"] = _iso(clock.due(since, target * 0.75, pauses))
    differences = [
        f"{name}: {_told(case[name])} expected, {value} found"
        for name, value in found.items()
        if name in case and not _same(case[name], value)
    ]
    return Answer(case["id"], _iso(due), _seconds(elapsed), late, differences)


def _due(clock: WorkingTime, since: datetime, policy: Mapping[str, Any], pauses: Sequence[Pause]) -> datetime | None:
    if policy["kind"] == "workdays_eod":
        return clock.due_after_days(since, int(policy["days"]))
    if policy["kind"] != "duration":
        raise ValueError(f"a policy of kind {policy['kind']!r} is not known")
    return clock.due(since, timedelta(seconds=policy["target_s"]), pauses)


def _late(due: datetime | None, at: datetime) -> bool:
    return due is not None and at > due


def _pauses(events: Sequence[Mapping[str, Any]]) -> list[Pause]:
    found: list[Pause] = []
    begun: datetime | None = None
    for event in events:
        if event["type"] in STOPS and begun is None:
            begun = datetime.fromisoformat(event["at"])
        elif event["type"] in RUNS and begun is not None:
            found.append((begun, datetime.fromisoformat(event["at"])))
            begun = None
    return [*found, (begun, None)] if begun is not None else found


def _rules(told: Mapping[str, Any], sets: Mapping[str, Any]) -> Rules:
    return Rules(
        zone=told["tz"],
        weekly={int(weekday): _hours(hours) for weekday, hours in told["weekly"].items()},
        holidays=dict.fromkeys(_days(told.get("holidays", "NONE"), sets), ""),
        closures=[_closure(one) for one in told.get("closures", ())],
        extra={date.fromisoformat(day): _hours(hours) for day, hours in told.get("extra_open_days", {}).items()},
    )


def _changed(rules: Rules, event: Mapping[str, Any]) -> Rules:
    """The calendar after an announcement."""
    days = {day: why for day, why in rules.holidays.items() if day.isoformat() not in event.get("remove_holidays", ())}
    days |= {date.fromisoformat(day): "" for day in event.get("add_holidays", ())}
    extra = {date.fromisoformat(day): _hours(hours) for day, hours in event.get("add_extra_open_days", {}).items()}
    closures = [*rules.closures, *(_closure(one) for one in event.get("add_closures", ()))]
    return replace(rules, holidays=days, closures=closures, extra={**rules.extra, **extra})


def _days(told: str | Sequence[str], sets: Mapping[str, Any]) -> list[date]:
    """The days of a set by name, of a list, or of `union of both`: all other sets together."""
    listed = sets.get(told, ()) if isinstance(told, str) else told
    if isinstance(listed, str):
        listed = [day for one in sets.values() if not isinstance(one, str) for day in one]
    return [date.fromisoformat(day) for day in listed]


def _closure(told: Sequence[str | None]) -> tuple[datetime, datetime | None, str]:
    starts, ends = told[0], told[1]
    assert starts is not None
    return datetime.fromisoformat(starts), None if ends is None else datetime.fromisoformat(ends), ""


def _hours(told: Sequence[Sequence[str]]) -> Hours:
    return [(_minutes(one[0]), _minutes(one[1])) for one in told]


def _minutes(told: str) -> int:
    hours, minutes = told.split(":")
    return int(hours) * 60 + int(minutes)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _seconds(span: timedelta) -> float:
    whole = span.total_seconds()
    return int(whole) if whole == int(whole) else whole


def _told(expected: Any) -> Any:
    return (
        [one["due"] if isinstance(one, Mapping) else one for one in expected]
        if isinstance(expected, list)
        else expected
    )


def _same(expected: Any, found: Any) -> bool:
    """Instants are compared as instants, whatever the zone they are told in."""
    if isinstance(expected, list):
        plain = _told(expected)
        return len(plain) == len(found) and all(_same(*pair) for pair in zip(plain, found, strict=True))
    if isinstance(expected, str) and isinstance(found, str):
        return datetime.fromisoformat(expected) == datetime.fromisoformat(found)
    return bool(expected == found)
