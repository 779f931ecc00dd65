"""An employee's own pages: what is left, what was asked for, what waits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from litestar import Controller, Response, get

from backoffice import asker, board, waits
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.portal.chat import Handed, shown, zone_of
from backoffice.rendering import page
from core import choices, clock, database
from core.approvals import decisions, waiting
from core.approvals.kinds import Verdict, described, verdicts_of
from core.approvals.waiting import approvers_of_many
from core.leave import accrual, explain, lots, plans, requests, types
from core.leave.asked import numbers_of
from core.leave.lots import Line
from core.leave.tables import LeaveDay, LeaveRequest, Lot
from core.people.directory import Employee
from core.phrases import phrase, saat, tanggal

MOST_TEAM, MOST_WAITING = 12, 10
PAPERED = ("applied", "cancel_requested")  # whose paper is still expected
GRANTED = ("carry", "restored")  # days that are no entitlement of their year
COLLECTIVE = "Cuti Bersama "  # how the national list begins the name of such a day


@dataclass(frozen=True)
class LotShown:
    """A lot as people read it."""

    year: int
    valid_from: date
    valid_to: date
    left: int


@dataclass(frozen=True)
class AskedShown:
    """A request as people read it."""

    number: str
    type: str
    days: str
    cost: int
    state: str
    ends: date
    paper_by: date | None  # until when its paper is expected; none is, or it came
    submitted_at: datetime
    approvers: str
    verdict: Verdict | None


@dataclass(frozen=True)
class LineShown:
    """A movement of days with the balance after it."""

    on: date
    what: str
    year: int
    quantity: int
    sum: int
    number: str | None  # of the request it belongs to


class PortalController(Controller):
    """`/me`: the pages of the person who is signed in."""

    path = "/me"
    guards = (requires("leave", "own"),)

    @get("/")
    async def home(self, request: Web, read_talk: Handed) -> Response[str]:
        """What is left, what was asked for, what waits for this person; the talk beside it."""
        where = standing(request)
        me, language = where.employee, asker.of(request).language
        talk = await shown(where, read_talk)
        async with database.reading(where.company):
            facts = await leave_of(me, language, recent=5)
            asked_of_me = await waiting.longest(where.person or 0, MOST_WAITING)
            number = await waits.number(request, where.place.company, where.person or 0)
            told = await described(asked_of_me, language)
            shown_to_me = [
                {"number": one.number, "title": told[one.id].title, "what": told[one.id].what} for one in asked_of_me
            ]
            team = await team_of(me)
        return await page(
            request, "portal/home.html", talk=talk, waiting=shown_to_me, number=number, team=team,
            approvals=f"/{where.place.slug}/approvals",
            now_words=saat(clock.now(), zone_of(where), language), zone=zone_of(where), **facts,
        )  # fmt: skip


async def team_of(me: Employee | None) -> list[str] | None:
    """Who of one's department is on leave today, by name alone; None where that is not shown."""
    if me is None or me.department is None or not await choices.of(choices.TEAM_SEEN):
        return None
    found, _ = await board.away(clock.today(me.zone), MOST_TEAM, department=me.department)
    return [one["name"] for one in found if one["name"] != me.name]


async def leave_of(me: Employee | None, language: str, *, recent: int) -> dict[str, Any]:
    """The figures and rows of one employee's leave; the company must be open."""
    if me is None:
        return {
            "me": None,
            "balance": 0,
            "until": None,
            "lots": [],
            "requests": [],
            "first_grant": None,
            "granted": False,
        }
    held = [lot for lot in await lots.left(me.id) if lot.left > 0]
    years = {row["id"]: row["year"] for row in await Lot.select(Lot.id, Lot.year).where(Lot.employment == me.id)}
    shown_lots = [
        LotShown(years[lot.id], lot.valid_from, lot.valid_to, lot.left)
        for lot in sorted(held, key=lambda one: one.valid_to)
    ]
    today = clock.today(me.zone)
    annual = await types.of(types.ANNUAL)
    due = accrual.first_due(annual, me.joins, today) if years else await plans.first_days(me, annual, today)
    return {
        "me": me, "balance": await lots.balance(me.id), "until": await lots.valid_to(me.id), "lots": shown_lots,
        "requests": await asked_by(me, language, recent), "first_grant": due, "granted": bool(years),
    }  # fmt: skip


async def asked_by(me: Employee, language: str, limit: int) -> Sequence[AskedShown]:
    """What an employee asked for, the newest first."""
    mine = [one for one in await decisions.of_employee(me.id, limit) if one.kind == requests.KIND]
    rows = await LeaveRequest.objects().where(LeaveRequest.id.is_in([one.subject for one in mine] or [0]))
    leaves = {row.id: row for row in rows}
    left, verdicts = await requests.stand(rows), await verdicts_of(mine)
    names = await approvers_of_many([one.id for one in mine])
    kinds = {one.code: one.name(language) for one in await types.every()}
    return [
        AskedShown(
            number=one.number, type=kinds.get(leaves[one.subject].leave_type, leaves[one.subject].leave_type),
            paper_by=leaves[one.subject].document_due if leaves[one.subject].document_met_at is None
            and one.state in PAPERED else None,
            days=left[one.subject].words(language), cost=left[one.subject].cost, state=one.state,
            ends=leaves[one.subject].ends, submitted_at=one.submitted_at,
            approvers=", ".join(names.get(one.id, ())), verdict=verdicts.get(one.id),
        )
        for one in mine
    ]  # fmt: skip


async def ledger_of(
    employment: int, language: str, leave_type: str = types.ANNUAL, day: date | None = None
) -> Sequence[LineShown]:
    """Every line that made the balance of a day (today), with the sum after it."""
    numbers = await numbers_of(employment)
    lines, total = [], 0
    for line in _taken_once(_collective_once(await explain.lines(employment, leave_type, day))):
        total += line.quantity
        number = numbers.get(line.request or 0)
        lines.append(LineShown(line.on, _what(line, number or "", language), line.year, line.quantity, total, number))
    return lines


def _what(line: Line, number: str, language: str) -> str:
    """What a movement was, in words."""
    if line.request is None and line.kind in ("hold", "consume", "release", "reverse"):
        kind = {"release": "hold", "reverse": "consume"}.get(line.kind, line.kind) if line.quantity < 0 else "spared"
        return phrase(f"web.entry_{kind}_collective", language, name=(line.name or "").removeprefix(COLLECTIVE))
    if line.kind in ("hold", "release", "consume", "reverse"):
        return phrase(f"web.entry_{line.kind}", language, number=number)
    if line.kind == "grant":
        origin = line.origin if line.origin in GRANTED else "grant"
        return phrase(f"web.entry_{origin}", language, year=str(line.year))
    if line.kind in (lots.OPENING, lots.UNOPENED):
        how = "undone" if line.kind == lots.UNOPENED else "less" if line.quantity < 0 else "given"
        return phrase(
            "web.entry_opening", language, how=how, on=tanggal(line.at or line.on, language), file=line.why or "",
            named="yes" if line.why else "no",
        )  # fmt: skip
    if line.why:
        return phrase("web.entry_adjust_why", language, why=line.why)
    return phrase(f"web.entry_{line.kind}", language)


def _taken_once(lines: Sequence[Line]) -> Sequence[Line]:
    """Each day of leave that was taken as one line: that it was set aside before says nothing more."""
    taken: Counter[tuple[int | None, date, int]] = Counter(
        (line.request, line.on, line.quantity) for line in lines if line.kind == "consume" and line.request
    )
    drop = {"hold": Counter(taken), "release": Counter({(one, on, -cost): n for (one, on, cost), n in taken.items()})}
    kept: list[Line] = []
    for line in lines:
        same = (line.request, line.on, line.quantity)
        if line.kind in drop and drop[line.kind][same] > 0:
            drop[line.kind][same] -= 1
        else:
            kept.append(line)
    return kept


async def recorded_of(employment: int, year: int, language: str) -> list[tuple[str, int]]:
    """How many days of each kind without a balance were taken or agreed to in a year, by its name."""
    codes = {one.code: one.name(language) for one in await types.every() if not one.in_lots}
    mine = await LeaveRequest.select(LeaveRequest.id, LeaveRequest.leave_type).where(
        (LeaveRequest.employment == employment) & LeaveRequest.leave_type.is_in(list(codes) or [""])
    )
    kind_of = {row["id"]: row["leave_type"] for row in mine}
    # By the person and not by the dates: given them, SQLite goes through everybody's days of the year.
    rows = await LeaveDay.select(LeaveDay.date, LeaveDay.request, LeaveDay.fraction).where(
        (LeaveDay.employment == employment) & LeaveDay.ended_at.is_null() & LeaveDay.taken_at.is_not_null()
        & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    days: Counter[str] = Counter()
    for row in rows:
        if row["request"] in kind_of and row["date"].year == year:
            days[kind_of[row["request"]]] += row["fraction"]
    return [(codes[code], quantity) for code, quantity in sorted(days.items())]


def _collective_once(lines: Sequence[Line]) -> Sequence[Line]:
    """Each day of collective leave as one line: held while it is ahead, taken once it came; other lines as written."""
    kept: list[Line] = []
    at: dict[date, int] = {}
    for line in lines:
        if line.name is None or line.request is not None:
            kept.append(line)
        elif line.on not in at:
            at[line.on] = len(kept)
            kept.append(line)
        else:
            before = kept[at[line.on]]
            kept[at[line.on]] = replace(line, quantity=before.quantity + line.quantity)
    return kept
