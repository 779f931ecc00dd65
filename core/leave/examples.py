"""Examples of a leave policy: inputs, and what must come of them. Pure; they run before a policy is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.errors import Refused
from core.leave import accrual, policy
from core.leave.dates import leave_year
from core.leave.policy import Period
from core.leave.types import DAY, Kind, thousandths


@dataclass(frozen=True)
class Result:
    """An example that was run: what it expects, and what the policy gives."""

    example: Mapping[str, Any]
    expected: str
    got: str
    refused: Refused | None = None  # what the policy says no with
    broken: bool = False  # the example can't be run

    @property
    def holds(self) -> bool:
        """Whether the policy does what the example says."""
        return self.expected == self.got


def run(kind: Kind, examples: Sequence[Mapping[str, Any]]) -> list[Result]:
    """Each example with what this policy makes of it."""
    return [_run(kind, one) for one in examples]


def _run(kind: Kind, example: Mapping[str, Any]) -> Result:
    expected = str(example.get(told_in(example), "")).replace(",", ".")
    try:
        return Result(example, expected, RULES[str(example["rule"])](kind, example))
    except Refused as refused:
        return Result(example, expected, refused.key, refused)
    except (KeyError, ValueError) as fault:
        return Result(example, expected, f"{type(fault).__name__}: {fault}", broken=True)


def told_in(example: Mapping[str, Any]) -> str:
    """In which of its fields an example says what must come of it."""
    return "due" if example.get("rule") == "paper" else "days"


def _granted(kind: Kind, example: Mapping[str, Any]) -> str:
    joins, number = _day(example["joins"]), int(example["year"])
    year = leave_year(joins, date(number, 12, 31), kind.basis)
    return _days(sum(line.quantity for line in accrual.plan(kind, joins, year)))


def _cost(kind: Kind, example: Mapping[str, Any]) -> str:
    period, names = _period(example), {_day(one): "off" for one in example.get("off", ())}
    # Asked for in time, unless it says when: an example of what leave costs is none of how early it is asked for.
    asked = _day(example["asked"]) if "asked" in example else period.starts - timedelta(days=kind.notice_days)
    cost = policy.check(period, names, today=asked, available=None, kind=kind)
    policy.check_most(kind, period, cost, thousandths(example.get("used", 0)))
    return _days(cost)


def _carried(kind: Kind, example: Mapping[str, Any]) -> str:
    return _days(accrual.carried(kind, thousandths(example["left"]), 0))


def _paper(kind: Kind, example: Mapping[str, Any]) -> str:
    period = _period(example)
    names = {_day(one): "off" for one in example.get("off", ())}
    due = policy.paper_due(
        kind, period, policy.expand(period, names, policy.weekday, kind.counts), names, policy.weekday
    )
    return str(due or "")


RULES = {"granted": _granted, "cost": _cost, "carried": _carried, "paper": _paper}


def _period(example: Mapping[str, Any]) -> Period:
    return Period(_day(example["starts"]), _day(example["ends"]), example.get("part") or None)


def _day(told: object) -> date:
    return date.fromisoformat(str(told))


def _days(quantity: int) -> str:
    whole, rest = divmod(quantity, DAY)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)
