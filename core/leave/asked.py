"""Leave that was asked for, as it is read: by its request, with its cost, in words; many at once for lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import vault
from core.approvals import history
from core.approvals.kinds import CANCEL_REQUESTED, Described, describes, knows
from core.approvals.tables import Request, RequestEvent
from core.leave import lots, types
from core.leave.clash import Others, Team, team_of
from core.leave.policy import Period
from core.leave.tables import LeaveDay, LeaveRequest
from core.leave.told import plural
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, phrase, rentang

KIND = "leave_request"
REASON = "leave_request.reason"


async def of_request(request: Request) -> LeaveRequest:
    """The leave that a request asks for."""
    leave = await LeaveRequest.objects().where(LeaveRequest.id == request.subject).first()
    if leave is None or request.kind != KIND:
        raise LookupError(f"request {request.number} asks for no leave")
    return leave


async def numbers_of(employment: int) -> Mapping[int, str]:
    """By which number people know each leave of an employee, what was changed since included."""
    rows = await Request.select(Request.id, Request.subject, Request.number).where(
        (Request.employment == employment) & (Request.kind == KIND)
    )
    number = {row["id"]: row["number"] for row in rows}
    before = await RequestEvent.select(RequestEvent.request, RequestEvent.subject).where(
        RequestEvent.request.is_in(list(number) or [0]) & (RequestEvent.what == history.CHANGED)
    )
    return {row["subject"]: number[row["request"]] for row in before} | {row["subject"]: row["number"] for row in rows}


def period_of(leave: LeaveRequest) -> Period:
    """The period a leave was asked for."""
    return Period(leave.starts, leave.ends, leave.part)


def reason_of(leave: LeaveRequest, asker: Employee) -> str | None:
    """Why it was asked for, in the employee's words."""
    if not leave.reason:
        return None
    return vault.shown(leave.reason, company=leave.company, column=REASON, subject=asker.person)


async def cost_of(leave: LeaveRequest) -> int:
    """What its days cost: those that are left of it, or all of one that is gone."""
    return (await stand([leave]))[leave.id].cost


@dataclass(frozen=True)
class Stands:
    """What is left of a leave when some of it was called off: its days in a row, and what they cost in thousandths."""

    ranges: tuple[tuple[date, date], ...]
    cost: int
    asked: int  # what all of it cost

    def words(self, language: str, *, today: date | None = None) -> str:
        """`Rabu 12 - Kamis 13 Agustus, Senin 17 Agustus`."""
        return ", ".join(rentang(first, last, language, today=today) for first, last in self.ranges)


async def stand(leaves: Sequence[LeaveRequest]) -> Mapping[int, Stands]:
    """What is left of each of these leaves, in one query; of one that is gone altogether, what it was."""
    # Put in order here: asked for days in order, SQLite goes through those of the whole company.
    rows = await LeaveDay.select(
        LeaveDay.id, LeaveDay.request, LeaveDay.date, LeaveDay.fraction, LeaveDay.counted, LeaveDay.ended_at
    ).where(_in(LeaveDay.request, [one.id for one in leaves]))
    days: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row["date"], row["id"])):
        if row["counted"]:
            days.setdefault(row["request"], []).append(row)
    return {one.id: _stands(one, days.get(one.id, [])) for one in leaves}


def _stands(leave: LeaveRequest, counted: Sequence[Any]) -> Stands:
    left, asked = [row for row in counted if row["ended_at"] is None], sum(row["fraction"] for row in counted)
    if not left or len(left) == len(counted):
        return Stands(((leave.starts, leave.ends),), asked, asked)
    ranges: list[tuple[date, date]] = []
    joins = False
    for row in counted:
        if row["ended_at"] is None:
            ranges = [*ranges[:-1], (ranges[-1][0], row["date"])] if joins else [*ranges, (row["date"], row["date"])]
        joins = row["ended_at"] is None
    return Stands(tuple(ranges), sum(row["fraction"] for row in left), asked)


@describes(KIND)
async def describe(requests: Sequence[Request], language: str) -> Mapping[int, Described]:
    """Leaves in words, by their request: whose, which days, why, and what they do to balance and team.

    However many there are, it takes the same number of queries.
    """
    rows = await LeaveRequest.objects().where(_in(LeaveRequest.id, [one.subject for one in requests]))
    leaves = {one.id: one for one in rows}
    askers = {one.id: one for one in await directory.several({one.employment for one in requests})}
    kinds = {one.code: one for one in await types.every()}
    left_of = await stand(list(leaves.values()))
    codes = {leave.leave_type for leave in leaves.values() if kinds[leave.leave_type].in_lots}
    free = {code: await lots.balances(list(askers), code) for code in sorted(codes)}
    teams = await _teams([(askers[leave.employment], period_of(leave)) for leave in leaves.values()])
    undone = await _asked_back([one.subject for one in requests if one.state == CANCEL_REQUESTED])
    found = {}
    for request in requests:
        leave, asker = leaves[request.subject], askers[request.employment]
        kind, cost = kinds[leave.leave_type], left_of[leave.id].asked
        days = rentang(leave.starts, leave.ends, language)  # a card keeps what was decided
        effect = []
        if request.state == CANCEL_REQUESTED:
            if (back := undone.get(leave.id)) is not None:
                effect.append(_undoes(back, kind, language))
        elif kind.in_lots:
            left = free[kind.code].get(asker.id, 0)
            effect.append(phrase("leave.effect", language, left=hari(left, language), days=plural(left)))
        here = teams.get((asker.id, leave.starts, leave.ends))
        if here is not None and request.state != CANCEL_REQUESTED:
            effect.append(
                phrase(
                    "leave.effect_team", language, team=here.name, present=str(here.present), people=str(here.people),
                    minimum=str(here.minimum),
                )
            )  # fmt: skip
        key = f"leave.what_{leave.part}" if leave.part else "leave.what"
        found[request.id] = Described(
            title=phrase("leave.title", language, kind=kind.name(language), name=asker.name),
            what=phrase(key, language, days=days, cost=hari(cost, language), many=plural(cost)),
            reason=reason_of(leave, asker), effect=" ".join(effect), when=days, first=leave.starts, last=leave.ends,
        )  # fmt: skip
    return found


async def _asked_back(leaves: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """The working days that are asked back, by their leave, in order."""
    if not leaves:
        return {}
    rows = await LeaveDay.select(LeaveDay.request, LeaveDay.date, LeaveDay.fraction).where(
        _in(LeaveDay.request, leaves) & LeaveDay.cancel_asked_at.is_not_null() & LeaveDay.ended_at.is_null()
        & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    found: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row["date"]):
        found.setdefault(row["request"], []).append(row)
    return found


def _undoes(back: Sequence[Any], kind: types.Kind, language: str) -> str:
    """What is called off when an undoing is agreed to: `Kalau disetujui, Kamis 13 Agustus dibatalkan: ...`"""
    cost = sum(row["fraction"] for row in back)
    days = rentang(back[0]["date"], back[-1]["date"], language)
    if not kind.in_lots:
        return phrase("leave.effect_undo_kind", language, days=days)
    return phrase("leave.effect_undo", language, days=days, cost=hari(cost, language), many=plural(cost))


async def _teams(asked: Sequence[tuple[Employee, Period]]) -> Mapping[tuple[int, date, date], Team]:
    """The departments of these askers, each on the emptiest day of their period, in a fixed number of queries."""
    counted = [(who, period) for who, period in asked if who.department is not None and who.minimum is not None]
    if not counted:
        return {}
    people: dict[int, dict[int, str]] = {}
    for one in await directory.of_departments({who.department for who, _ in counted if who.department}):
        people.setdefault(one.department or 0, {})[one.id] = one.first_name
    rows = await LeaveDay.select(LeaveDay.date, LeaveDay.employment).where(
        _in(LeaveDay.employment, [one for here in people.values() for one in here])
        & LeaveDay.request.is_not_null() & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        & (LeaveDay.date >= min(period.starts for _, period in counted))
        & (LeaveDay.date <= max(period.ends for _, period in counted))
    )  # fmt: skip
    off: dict[int, set[date]] = {}
    for row in rows:
        off.setdefault(row["employment"], set()).add(row["date"])
    found = {}
    for who, period in counted:
        names = {one: name for one, name in people.get(who.department or 0, {}).items() if one != who.id}
        gone: dict[date, frozenset[int]] = {
            day: frozenset(one for one in names if day in off.get(one, ())) for day in period.dates()
        }
        others = Others(who.department_name or "", who.minimum or 0, names, gone)
        found[who.id, period.starts, period.ends] = team_of(others, period.dates())
    return found


def _in(column: Any, values: Sequence[int]) -> Any:
    return column.is_in(list(dict.fromkeys(values)) or [0])


async def facts() -> Mapping[str, Collection[str] | None]:
    """What a chain may ask about a leave: its length in thousandths of a day, and its kind."""
    return {"days": None, "leave_type": [one.code for one in await types.all() if one.decision == types.APPROVE]}


knows(KIND, facts)
