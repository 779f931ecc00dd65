"""What a company makes of a kind of leave: drafts, the examples they must satisfy, and publishing from a day on."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from core import audit, clock, database, look_alikes
from core.audit import Actor
from core.errors import Refused
from core.leave import accrual, examples, law, types
from core.leave.dates import leave_year
from core.leave.examples import Result
from core.leave.tables import LeaveType, Lot
from core.leave.types import Kind
from core.people.directory import DEFAULT_ZONE
from core.phrases import one_line

LONGEST_NAME, LONGEST_SOURCE = 60, 200
CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
NOT_A_CODE = ("new",)  # stands in the address of the page on which a kind is made
MOST_EXAMPLES = 50
MOST_AHEAD = 20
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
ROUNDS = (1, 250, 500, 1000)  # thousandths of a day to which a share of a year is cut
LONGEST_PAPER, WHOLE = 366, 100


async def draft(
    kind: Kind, wanted: Sequence[Mapping[str, Any]], *, actor: Actor, first: Callable[[], Awaitable[None]] | None = None
) -> LeaveType:
    """Put a policy down that nobody goes by yet; a draft of the same kind and day is replaced.

    `first` is waited for while nobody else can put this kind down, and stops it all by raising.
    """
    kind = replace(kind, name_id=one_line(kind.name_id), name_en=one_line(kind.name_en))
    check(kind)
    if len(wanted) > MOST_EXAMPLES:
        raise Refused("leave.too_many_examples", most=MOST_EXAMPLES)
    async with database.transaction(database.company()):
        await database.lock_name(f"leave_type:{database.company()}:{kind.code}")
        if first is not None:
            await first()
        before = await _before(kind)
        if kind.collective and any(one.collective and one.code != kind.code for one in await types.every(kind.from_)):
            raise Refused("leave.policy_collective")
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
    look_alikes.refuse(*names)
    if kind.in_lots and kind.decision == types.ACKNOWLEDGE:
        raise Refused("leave.policy_wrong", field="decision")  # a balance is spent with somebody's yes
    if kind.schedule != "none" and not kind.in_lots:
        raise Refused("leave.policy_wrong", field="schedule")
    if not CODE.fullmatch(kind.code) or kind.code in NOT_A_CODE:
        raise Refused("leave.policy_wrong", field="code")
    if len(kind.source) > LONGEST_SOURCE:
        raise Refused("leave.policy_wrong", field="source")
    if kind.round_to not in ROUNDS:
        raise Refused("leave.policy_wrong", field="round_to")
    if kind.document_after is not None and not 1 <= kind.document_after <= LONGEST_PAPER:
        raise Refused("leave.policy_wrong", field="document_after")
    _check_pay(kind)
    _check_last(kind)
    law.check(kind)


def _check_last(kind: Kind) -> None:
    """Refuse a last grant that would come on the year's last day and be lost in the same night."""
    if kind.in_lots and kind.due == "last":
        joins = date(2000, 1, 1)
        lines = accrual.plan(replace(kind, after_months=0), joins, leave_year(joins, joins, kind.basis))
        if lines and kind.carry_days < lines[-1].quantity:
            raise Refused("leave.policy_last_lost", needed=lines[-1].quantity)


def _check_pay(kind: Kind) -> None:
    """Shares of the wage go by rising months, and the last one says what holds from then on."""
    months = [until for until, _ in kind.pay[:-1]]
    rising = months == sorted(set(months)) and all(month > 0 for month in months)
    if not kind.pay or kind.pay[-1][0] or not rising or any(not 0 <= share <= WHOLE for _, share in kind.pay):
        raise Refused("leave.policy_wrong", field="pay")


async def known(code: str) -> Kind | None:
    """A kind as it holds today; else as it will hold, or as it was put down first; None where nobody knows it."""
    held = next((one for one in await types.every() if one.code == code), None)
    if held is not None:
        return held
    rows = await LeaveType.objects().where(LeaveType.code == code).order_by(LeaveType.from_).limit(100)
    first = next((row for row in rows if row.published_at is not None), rows[0] if rows else None)
    return await kind_of(first) if first is not None else None


async def coming() -> list[tuple[Kind, bool]]:
    """The company's kinds that do not hold yet, each with whether it was published."""
    today = {one.code for one in await types.every()}
    rows = await LeaveType.select(LeaveType.code, LeaveType.published_at).where(LeaveType.code.not_in(sorted(today)))
    codes = {row["code"]: False for row in rows} | {row["code"]: True for row in rows if row["published_at"]}
    found = [(await known(code), published) for code, published in sorted(codes.items())[:100]]
    return [(kind, published) for kind, published in found if kind is not None]


async def drafts() -> Sequence[LeaveType]:
    """The policies that were put down and not published, the newest first."""
    where = LeaveType.published_at.is_null()
    return await LeaveType.objects().where(where).order_by(LeaveType.id, ascending=False).limit(100)


async def published(code: str) -> Sequence[LeaveType]:
    """Every version of a kind that this company published, the newest first."""
    where = (LeaveType.code == code) & LeaveType.published_at.is_not_null()
    return await LeaveType.objects().where(where).order_by(LeaveType.from_, ascending=False).limit(100)


async def ahead(code: str) -> Sequence[LeaveType]:
    """The policies of a kind that were published and have not begun, the next first."""
    where = (LeaveType.code == code) & LeaveType.published_at.is_not_null()
    begins = LeaveType.from_ > clock.today(DEFAULT_ZONE)
    return await LeaveType.objects().where(where & begins).order_by(LeaveType.from_).limit(MOST_AHEAD)


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


async def accept(row: LeaveType, given: Mapping[int, str], *, actor: Actor) -> int:
    """Have examples of a draft expect from now on what the policy gives; returns how many.

    `given` says what was shown for each, by its place: where something else comes of it now, nothing is accepted.
    """
    async with database.transaction(database.company()):
        await database.lock_name(f"leave_type:{database.company()}:{row.code}")
        fresh = await LeaveType.objects().where((LeaveType.id == row.id) & LeaveType.published_at.is_null()).first()
        results = await tried(fresh) if fresh is not None else []
        wanted = {place: results[place] for place in given if 0 <= place < len(results) and not results[place].holds}
        if fresh is None or any(one.broken or one.got != given[place] for place, one in wanted.items()):
            raise Refused("leave.example_changed")
        kept = [
            {**one.example, examples.told_in(one.example): one.got} if place in wanted else dict(one.example)
            for place, one in enumerate(results)
        ]
        await LeaveType.update({LeaveType.examples: json.dumps(kept, default=str)}).where(LeaveType.id == row.id)
        audit.record(
            "leave.example_accepted", f"leave_type:{row.id}", by=actor, code=row.code, number=len(wanted),
            expected=[one.expected for one in wanted.values()], got=[one.got for one in wanted.values()],
        )  # fmt: skip
        return len(wanted)


async def publish(row: LeaveType, *, actor: Actor) -> Kind:
    """Have everybody go by a policy from its day on; an example that fails keeps it a draft, and is named."""
    async with database.transaction(database.company()):
        await database.lock_name(f"leave_type:{database.company()}:{row.code}")
        if row.from_ < clock.today(DEFAULT_ZONE):
            raise Refused("leave.policy_past", since=row.from_)
        await _refuse_other_years(row)
        failing = sum(not one.holds for one in await tried(row))
        if failing:
            raise Refused("leave.example_fails", number=failing)
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


async def withdraw(row: LeaveType, *, actor: Actor) -> None:
    """Make a policy that was published and has not begun a draft again, which nobody will go by unless it is published.

    Refused once it has begun, and while one that begins later was published on top of it.
    """
    async with database.transaction(database.company()):
        await database.lock_name(f"leave_type:{database.company()}:{row.code}")
        fresh = await LeaveType.objects().where((LeaveType.id == row.id) & LeaveType.published_at.is_not_null()).first()
        if fresh is None:
            raise Refused("leave.policy_withdrawn")
        if fresh.from_ <= clock.today(DEFAULT_ZONE):
            raise Refused("leave.policy_begun", since=fresh.from_)
        after = (LeaveType.code == row.code) & (LeaveType.from_ > fresh.from_)
        later = await LeaveType.objects().where(after & LeaveType.published_at.is_not_null()).order_by(LeaveType.from_)
        if later:
            raise Refused("leave.policy_later", since=later[0].from_)
        # A draft says what differs from the rule before it: it is written anew, so that it goes on saying the same.
        kept = [(one, await kind_of(one)) for one in await LeaveType.objects().where(after)]
        await LeaveType.update({LeaveType.published_at: None, LeaveType.published_by: None}).where(
            LeaveType.id == fresh.id
        )
        for one, kind in kept:
            said = json.dumps(types.terms_of(kind, await _before(kind)))
            await LeaveType.update({LeaveType.terms: said}).where(LeaveType.id == one.id)
        audit.record("leave.policy_withdrawn", f"leave_type:{row.id}", by=actor, code=row.code, since=fresh.from_)


async def _refuse_other_years(row: LeaveType) -> None:
    """Refuse another beginning of the year once days were granted: two years would overlap, or leave a gap."""
    kind = await kind_of(row)
    before = await _before(kind)
    if before is not None and before.basis != kind.basis and await Lot.exists().where(Lot.leave_type == kind.code):
        raise Refused("leave.policy_basis")


async def _before(kind: Kind) -> Kind | None:
    return next((one for one in await types.every(kind.from_) if one.code == kind.code), None)
