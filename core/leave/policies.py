"""What a company makes of a kind of leave: drafts, the examples they must satisfy, and publishing from a day on."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core import audit, clock, database
from core.audit import Actor
from core.errors import Refused
from core.leave import accrual, examples, types
from core.leave.dates import leave_year
from core.leave.examples import Result
from core.leave.tables import LeaveType
from core.leave.types import Kind
from core.people.directory import DEFAULT_ZONE

LONGEST_NAME = 60
MOST_EXAMPLES = 50
ALLOWED: Mapping[str, Sequence[str]] = {
    "entitlement": (types.LOTS, types.EVENT, types.OPEN), "decision": (types.APPROVE, types.ACKNOWLEDGE),
    "counts": (types.WORKING, types.CALENDAR), "per": types.PER, "schedule": types.SCHEDULES,
    "basis": ("calendar", "anniversary"), "due": ("first", "last"), "collective_short": types.SHORT,
}  # fmt: skip
LIMITS = {
    "days": 400_000, "months": 24_000, "more_days": 400_000, "more_months": 24_000, "carry_days": 400_000,
    "negative": 60_000, "carry_months": 24, "after_months": 120, "back_days": 366, "notice_days": 366,
    "restore_days": 366, "document_within": 60,
}  # fmt: skip


async def draft(kind: Kind, wanted: Sequence[Mapping[str, Any]], *, actor: Actor) -> LeaveType:
    """Put a policy down that nobody goes by yet; a draft of the same kind and day is replaced."""
    check(kind)
    if len(wanted) > MOST_EXAMPLES:
        raise Refused("leave.too_many_examples", most=MOST_EXAMPLES)
    async with database.transaction(database.company()):
        before = await _before(kind)
        same = (LeaveType.code == kind.code) & (LeaveType.from_ == kind.from_) & LeaveType.published_at.is_null()
        await LeaveType.delete().where(same)
        row = LeaveType(
            public=database.new_public(), code=kind.code, from_=kind.from_,
            terms=json.dumps(types.terms_of(kind, before)), examples=json.dumps(list(wanted), default=str),
        )  # fmt: skip
        await LeaveType.insert(row)
        audit.record("leave.policy_drafted", f"leave_type:{row.id}", by=actor, code=kind.code, since=kind.from_)
        return row


def check(kind: Kind) -> None:
    """Refuse what no kind of leave can be."""
    for name, allowed in ALLOWED.items():
        if getattr(kind, name) not in allowed:
            raise Refused("leave.policy_wrong", field=name)
    for name, most in LIMITS.items():
        if not 0 <= getattr(kind, name) <= most:
            raise Refused("leave.policy_wrong", field=name)
    names = (kind.name_id.strip(), kind.name_en.strip())
    if not all(names) or max(len(one) for one in names) > LONGEST_NAME:
        raise Refused("leave.policy_wrong", field="name")
    if kind.in_lots and kind.decision == types.ACKNOWLEDGE:
        raise Refused("leave.policy_wrong", field="decision")  # a balance is spent with somebody's yes
    if kind.schedule != "none" and not kind.in_lots:
        raise Refused("leave.policy_wrong", field="schedule")


async def drafts() -> Sequence[LeaveType]:
    """The policies that were put down and not published, the newest first."""
    where = LeaveType.published_at.is_null()
    return await LeaveType.objects().where(where).order_by(LeaveType.id, ascending=False).limit(100)


async def published(code: str) -> Sequence[LeaveType]:
    """Every version of a kind that this company published, the newest first."""
    where = (LeaveType.code == code) & LeaveType.published_at.is_not_null()
    return await LeaveType.objects().where(where).order_by(LeaveType.from_, ascending=False).limit(100)


async def of_public(public: str) -> LeaveType | None:
    """The policy with this address."""
    return await LeaveType.objects().where(LeaveType.public == public).first()


async def kind_of(row: LeaveType) -> Kind:
    """A policy as the kind it makes."""
    told = {"code": row.code, "from_": row.from_, "terms": row.terms, "examples": row.examples}
    blank = Kind(row.code, row.from_, row.code, row.code, "")
    return types.told(told, await _before(blank))


async def tried(row: LeaveType) -> list[Result]:
    """The examples of a policy with what it makes of them."""
    kind = await kind_of(row)
    return examples.run(kind, kind.examples)


async def publish(row: LeaveType, *, actor: Actor) -> Kind:
    """Have everybody go by a policy from its day on; an example that fails keeps it a draft, and is named."""
    async with database.transaction(database.company()):
        if row.from_ < clock.today(DEFAULT_ZONE):
            raise Refused("leave.policy_past", since=row.from_)
        failing = next((one for one in await tried(row) if not one.holds), None)
        if failing is not None:
            raise Refused(
                "leave.example_fails", rule=str(failing.example.get("rule")), expected=failing.expected or "-",
                got=failing.got or "-",
            )  # fmt: skip
        same_day = (LeaveType.code == row.code) & (LeaveType.from_ == row.from_) & LeaveType.published_at.is_not_null()
        if await LeaveType.exists().where(same_day):
            raise Refused("leave.policy_same_day", since=row.from_)
        made = (
            await LeaveType.update({LeaveType.published_at: clock.now(), LeaveType.published_by: actor.name})
            .where((LeaveType.id == row.id) & LeaveType.published_at.is_null())
            .returning(LeaveType.id)
        )
        if not made:
            raise Refused("leave.policy_same_day", since=row.from_)
        audit.record("leave.policy_published", f"leave_type:{row.id}", by=actor, code=row.code, since=row.from_)
        return await kind_of(row)


async def drop(row: LeaveType, *, actor: Actor) -> None:
    """Throw a draft away."""
    async with database.transaction(database.company()):
        await LeaveType.delete().where((LeaveType.id == row.id) & LeaveType.published_at.is_null())
        audit.record("leave.policy_dropped", f"leave_type:{row.id}", by=actor, code=row.code)


def year_table(kind: Kind, joins: date, years: range) -> list[tuple[date, int]]:
    """What a policy would give somebody over some years, line by line: to look at before it is published."""
    return [
        (line.due, line.quantity)
        for number in years
        for line in accrual.plan(kind, joins, leave_year(joins, date(number, 12, 31), kind.basis))
    ]


async def _before(kind: Kind) -> Kind | None:
    return next((one for one in await types.every(kind.from_) if one.code == kind.code), None)
