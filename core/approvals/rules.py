"""What a chain says, as data: which steps, who is asked at each, when it applies; and what the answers of a step make.

Values in, value or Refused out. The people behind a rule are found by `chains.py`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
from msgspec import Struct

from core.errors import Refused

ANY, ALL, QUORUM = "any", "all", "quorum"
MODES = (ANY, ALL, QUORUM)
MANAGER, MANAGERS_MANAGER, DEPARTMENT_HEAD, ROLE, PERSON = (
    "manager", "managers_manager", "department_head", "role", "person",
)  # fmt: skip
RESOLVERS = (MANAGER, MANAGERS_MANAGER, DEPARTMENT_HEAD, ROLE, PERSON)
OVER, IS, IS_NOT = "over", "is", "is_not"
TESTS = (OVER, IS, IS_NOT)
# What becomes of an open step when its post changes hands: the new head is asked instead, beside the old, or not.
INSTEAD, BESIDE, KEPT = "instead", "beside", "kept"
REROUTING = (INSTEAD, BESIDE, KEPT)
# Which steps a changed request goes through again: all of them, or those that had not been decided.
RESTART_ALL, RESTART_OPEN = "all", "open"
RESTARTS = (RESTART_ALL, RESTART_OPEN)
MOST_LEVELS, MOST_HOURS, MOST_DAYS = 6, 24 * 30, 365

Fact = int | str
Facts = Mapping[str, Fact]


class Condition(Struct, frozen=True):
    """A step applies only if this fact of the request passes this test."""

    fact: str
    test: str
    value: Fact


class Who(Struct, frozen=True, omit_defaults=True):
    """How the people of a step are found: by relation to the asker, by role, or by name."""

    by: str
    role: str | None = None
    person: int | None = None


class Level(Struct, frozen=True, omit_defaults=True):
    """One step of a chain."""

    who: tuple[Who, ...]
    mode: str = ANY
    quorum: int = 1
    when: tuple[Condition, ...] = ()


class Hours(NamedTuple):
    """After how many hours an approver is reminded, and after how many their head is asked too."""

    remind: int
    escalate: int


class Rules(Struct, frozen=True, omit_defaults=True):
    """A whole chain. Hours run on the approver's working days; None: as the company chose."""

    levels: tuple[Level, ...]
    remind_after: int | None = None
    escalate_after: int | None = None
    rerouting: str = INSTEAD
    restart: str = RESTART_ALL
    expire_after: int | None = None  # days after the beginning; None: an undecided request stays open


HEAD_ALONE = Rules((Level((Who(MANAGER),)),))


def read(raw: str) -> Rules:
    """The rules that were written down."""
    return msgspec.json.decode(raw, type=Rules)


def write(rules: Rules) -> str:
    """The rules, to be written down."""
    return msgspec.json.encode(rules).decode()


def read_who(raw: str) -> tuple[Who, ...]:
    """The resolvers of a step that was written down."""
    return msgspec.json.decode(raw, type=tuple[Who, ...])


def write_who(who: tuple[Who, ...]) -> str:
    """The resolvers of a step, to be written down."""
    return msgspec.json.encode(who).decode()


def hours(made: Rules, usual: Hours) -> Hours:
    """The hours of a chain: its own, and the company's where it says none. What the chain says holds; what the company
    chose since moves, so that the reminder still comes first."""
    remind, escalate = made.remind_after or usual.remind, made.escalate_after or usual.escalate
    if remind < escalate:
        return Hours(remind, escalate)
    if made.escalate_after is None:
        return Hours(remind, remind + 1)
    return Hours(max(escalate - 1, 1), escalate)


def check(rules: Rules, *, facts: Mapping[str, Collection[str] | None], roles: Collection[str], usual: Hours) -> None:
    """Refuse rules that say nothing, ask nobody, or contradict themselves or the hours of the company (`usual`).

    `facts` are those that this kind of request has, with the values they may take (None: a number).
    """
    if not 1 <= len(rules.levels) <= MOST_LEVELS:
        raise Refused("approvals.chain_levels", most=MOST_LEVELS)
    if all(level.when for level in rules.levels):
        raise Refused("approvals.chain_always")
    remind = usual.remind if rules.remind_after is None else rules.remind_after
    escalate = usual.escalate if rules.escalate_after is None else rules.escalate_after
    own = (rules.remind_after, rules.escalate_after) != (None, None)
    if own and not 1 <= remind < escalate <= MOST_HOURS:
        raise Refused("approvals.chain_hours", most=MOST_HOURS, remind=str(usual.remind), escalate=str(usual.escalate))
    if rules.expire_after is not None and not 1 <= rules.expire_after <= MOST_DAYS:
        raise Refused("approvals.chain_expiry", most=MOST_DAYS)
    if rules.rerouting not in REROUTING or rules.restart not in RESTARTS:
        raise Refused("approvals.chain_unknown", level=0)
    for number, level in enumerate(rules.levels, 1):
        _check_level(number, level, facts, roles)


def _check_level(
    number: int, level: Level, facts: Mapping[str, Collection[str] | None], roles: Collection[str]
) -> None:
    if not level.who:
        raise Refused("approvals.chain_nobody", level=number)
    if len(set(level.who)) < len(level.who):
        raise Refused("approvals.chain_twice", level=number)
    if level.mode not in MODES:
        raise Refused("approvals.chain_mode", level=number)
    if level.mode == QUORUM:
        many = any(one.by == ROLE for one in level.who)  # as many as hold it then
        if level.quorum < 1 or (level.quorum > len(level.who) and not many):
            raise Refused(
                "approvals.chain_quorum", level=number, most=str(len(level.who)), any="yes" if many else "no"
            )  # fmt: skip
    for one in level.who:
        known = one.by in RESOLVERS and (one.by != ROLE or one.role in roles)
        if not known or (one.by == PERSON and one.person is None):
            raise Refused("approvals.chain_unknown", level=number)
    for condition in level.when:
        _check_condition(number, condition, facts)


def _check_condition(number: int, condition: Condition, facts: Mapping[str, Collection[str] | None]) -> None:
    if condition.fact not in facts or condition.test not in TESTS:
        raise Refused("approvals.chain_condition", level=number)
    values = facts[condition.fact]
    if values is None:
        good = condition.test == OVER and isinstance(condition.value, int) and condition.value >= 0
    else:
        good = condition.test in (IS, IS_NOT) and condition.value in values
    if not good:
        raise Refused("approvals.chain_condition", level=number)


def applying(rules: Rules, facts: Facts) -> tuple[Level, ...]:
    """The steps that a request with these facts goes through, in order."""
    return tuple(level for level in rules.levels if all(_holds(one, facts) for one in level.when))


def _holds(condition: Condition, facts: Facts) -> bool:
    fact = facts.get(condition.fact)
    if condition.test == OVER:
        return isinstance(fact, int) and isinstance(condition.value, int) and fact > condition.value
    return (fact == condition.value) == (condition.test == IS)


# -- the answers of a step ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """A verdict, and whose seat it fills."""

    seat: int
    verdict: str


def needed(mode: str, quorum: int, seats: int) -> int:
    """How many seats must agree; a quorum larger than the table means everybody."""
    return {ANY: 1, ALL: max(seats, 1), QUORUM: max(1, min(quorum, seats))}[mode]


def outcome(mode: str, quorum: int, seats: Iterable[int], answers: Sequence[Answer]) -> str | None:
    """What the answers make of the step: approve, reject, change; or None while it is still open.

    One who asks for a change sends it back. Where anybody may answer, the first answer counts; elsewhere it is
    refused as soon as those who agree can no longer be enough.
    """
    if any(one.verdict == "change" for one in answers):
        return "change"
    open_seats = set(seats) | {one.seat for one in answers}
    enough = needed(mode, quorum, len(open_seats))
    agreed = {one.seat for one in answers if one.verdict == "approve"}
    refused = {one.seat for one in answers if one.verdict == "reject"} - agreed
    if len(agreed) >= enough:
        return "approve"
    if refused and (mode == ANY or len(open_seats) - len(refused) < enough):
        return "reject"
    return None
