"""The calendar, leave and what waits for a decision, for other programs."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from litestar import Controller, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from backoffice.api.door import Key, done_once, program
from backoffice.api.people import Few, sane
from backoffice.api.problems import Fault, Stopped, language_of, specs
from backoffice.api.shapes import (
    USUAL,
    Cursor,
    DayOff,
    Due,
    LeaveAsked,
    LeaveBalance,
    LeaveEnd,
    LeaveKind,
    Limit,
    NewLeave,
    Page,
    Waiting,
    days,
    no_such_cursor,
    utc,
    utc_or_none,
)
from backoffice.asker import Web
from backoffice.controllers.person import whom_of
from core import clock, database
from core.approvals import decisions, waiting
from core.approvals.kinds import CANCEL_REQUESTED, IN_REVIEW
from core.approvals.tables import Request
from core.calendar import days as calendar_days
from core.calendar import promises
from core.leave import asked, lots, on_behalf, types
from core.leave.on_behalf import ASK, Told
from core.leave.policy import Period
from core.leave.tables import LeaveRequest
from core.people import directory
from core.people.tables import Employment, Location
from core.programs.tokens import Program

LONGEST_SPAN = timedelta(days=366)
State = Annotated[
    Literal[
        "",
        "in_review",
        "returned",
        "approved",
        "applied",
        "rejected",
        "withdrawn",
        "cancel_requested",
        "cancelled",
        "expired",
    ],
    QueryParameter(name="state"),
]


class CalendarApi(Controller):
    """`/calendar`."""

    tags = ("Calendar",)

    @get("/calendar/days-off", opt={"scope": "calendar:read"}, responses=specs(404))
    async def off(
        self, request: Web, starts: FromQuery[date], ends: FromQuery[date], location: Few = ""
    ) -> Page[DayOff]:
        """The days off from `starts` through `ends`, in one place or company-wide; at most a year of them."""
        sane("starts", starts)
        sane("ends", ends)
        if ends < starts or ends - starts > LONGEST_SPAN:
            raise Stopped(422, "invalid", errors=[Fault("ends", "starts - starts + 366")])
        async with database.reading(program(request).company):
            place = await _place(location)
            found = await calendar_days.within(starts, ends, place)
        language = language_of(request)
        return Page([DayOff(day, one.kind, one.name(language), one.status) for day, one in sorted(found.items())], None)

    @get("/calendar/due", opt={"scope": "calendar:read"}, responses=specs())
    async def due(
        self,
        request: Web,
        since: FromQuery[datetime],
        policy: FromQuery[Literal["first_response", "next_response"]] = "first_response",
    ) -> Due:
        """When an answer is promised to what was asked at `since`, an instant with its offset."""
        if since.tzinfo is None:
            raise Stopped(422, "invalid", errors=[Fault("since", "2026-03-02T08:00:00Z")])
        sane("since", since.date())
        async with database.reading(program(request).company):
            found = await promises.due(policy, since)
        return Due(policy, utc(since), utc_or_none(found.promise.at), utc_or_none(found.target.at), found.version)


class LeaveApi(Controller):
    """`/leave`, and the balances of somebody."""

    tags = ("Leave",)

    @get("/leave/kinds", opt={"scope": "leave:read"}, responses=specs())
    async def kinds(self, request: Web) -> Page[LeaveKind]:
        """The kinds of leave as they are today."""
        async with database.reading(program(request).company):
            found = await types.all()
        language = language_of(request)
        return Page(
            [
                LeaveKind(one.code, one.name(language), one.cited(language), one.decision, one.in_lots, one.halves)
                for one in found
            ],
            None,
        )

    @get("/people/{person:str}/leave/balances", opt={"scope": "leave:read"}, responses=specs(404))
    async def balances(self, request: Web, person: FromPath[str]) -> Page[LeaveBalance]:
        """What somebody who works here has left of each kind with a balance, and until when it can be taken."""
        language = language_of(request)
        async with database.reading(program(request).company):
            employee = await _employee(person)
            found = [
                LeaveBalance(
                    one.code, one.name(language), days(await lots.balance(employee.id, one.code)),
                    [LeaveEnd(days(left), until) for until, left in await lots.ends(employee.id, one.code)],
                )
                for one in await types.offered(employee) if one.in_lots
            ]  # fmt: skip
        return Page(found, None)

    @get("/leave/requests", opt={"scope": "leave:read"}, responses=specs(404))
    async def requests(
        self, request: Web, stands: State = "", person: Few = "", limit: Limit = USUAL, cursor: Cursor = ""
    ) -> Page[LeaveAsked]:
        """Requests for leave, the newest first."""
        async with database.reading(program(request).company):
            wanted: Any = Request.kind == asked.KIND
            if stands:
                wanted = wanted & (Request.state == stands)
            if person:
                wanted = wanted & (Request.employment == (await whom_of(person)).spell.id)
            if cursor:
                wanted = wanted & (Request.id < (await _asked(cursor, lost=no_such_cursor())).id)
            rows = await Request.objects().where(wanted).order_by(Request.id, ascending=False).limit(limit + 1)
            items = await _told(rows[:limit])
        return Page(items, items[-1].number if len(rows) > limit else None)

    @get("/leave/requests/{number:str}", opt={"scope": "leave:read"}, responses=specs(404))
    async def one(self, request: Web, number: FromPath[str]) -> LeaveAsked:
        """One request for leave."""
        async with database.reading(program(request).company):
            return (await _told([await _asked(number)]))[0]

    @post("/leave/requests", opt={"scope": "leave:write"}, responses=specs(404, 409, 413, 415))
    async def record(self, request: Web, data: JSONBody[NewLeave], key: Key = "") -> LeaveAsked:
        """Record leave that somebody told HR. What needs a yes goes the way of its chain: no program decides."""
        for name in ("starts", "ends"):
            sane(name, getattr(data, name))
        if data.ends < data.starts or data.ends - data.starts > LONGEST_SPAN:
            raise Stopped(422, "invalid", errors=[Fault("ends", "starts - starts + 366")])

        async def do(who: Program) -> LeaveAsked:
            employee = await _employee(data.person)
            if data.kind not in {one.code for one in await types.offered(employee)}:
                raise Stopped(422, "invalid", errors=[Fault("kind", "/leave/kinds")])
            told = Told(ASK, data.told_on or clock.today(employee.zone), data.told_by)
            part = data.part if data.starts == data.ends else None
            made = await on_behalf.record(
                employee, data.kind, Period(data.starts, data.ends, part), data.reason.strip() or None, told,
                person=None, actor=who.actor,
            )  # fmt: skip
            return (await _told([await _asked(made.number)]))[0]

        return await done_once(request, do, key)  # type: ignore[return-value]


class ApprovalsApi(Controller):
    """`/approvals`."""

    tags = ("Approvals",)

    @get("/approvals", opt={"scope": "approvals:read"}, responses=specs())
    async def every(self, request: Web, limit: Limit = USUAL, cursor: Cursor = "") -> Page[Waiting]:
        """What waits for somebody's decision, the longest-waiting first. Only people decide."""
        async with database.reading(program(request).company):
            wanted: Any = Request.state.is_in([IN_REVIEW, CANCEL_REQUESTED])
            if cursor:
                row = await Request.select(Request.id).where(Request.public == cursor).first()
                if row is None:
                    raise no_such_cursor()
                wanted = wanted & (Request.id > row["id"])
            rows = await Request.objects().where(wanted).order_by(Request.id).limit(limit + 1)
            names = await waiting.approvers_of_many([one.id for one in rows[:limit]])
            whose = await _whose([one.employment for one in rows[:limit]])
        items = [
            Waiting(
                one.public, one.number, one.kind, one.state, *whose[one.employment], utc(one.submitted_at),
                list(names.get(one.id, [])),
            )
            for one in rows[:limit]
        ]  # fmt: skip
        return Page(items, items[-1].id if len(rows) > limit else None)


async def _place(name: str) -> int | None:
    if not name:
        return None
    row = await Location.select(Location.id).where(Location.name == name).first()
    if row is None:
        raise NotFoundException
    return int(row["id"])


async def _employee(person: str) -> directory.Employee:
    """Whoever works here today under this id."""
    found = await directory.at_work((await whom_of(person)).spell.id)
    if found is None:
        raise NotFoundException
    return found


async def _asked(number: str, lost: Exception | None = None) -> Request:
    row = await decisions.by_number(number[:16])
    if row is None or row.kind != asked.KIND:
        raise lost or NotFoundException
    return row


async def _told(rows: list[Request]) -> list[LeaveAsked]:
    held = await LeaveRequest.objects().where(LeaveRequest.id.is_in([one.subject for one in rows] or [0]))
    leaves = {one.id: one for one in held}
    cost = await asked.stand(list(leaves.values()))
    whose = await _whose([one.employment for one in rows])
    return [
        LeaveAsked(
            one.number, one.state, *whose[one.employment], leaf.leave_type, leaf.starts, leaf.ends, leaf.part,
            days(cost[leaf.id].cost), utc(one.submitted_at),
        )
        for one in rows if (leaf := leaves.get(one.subject)) is not None
    ]  # fmt: skip


async def _whose(spells: list[int]) -> dict[int, tuple[str, str]]:
    """Id and number of each spell."""
    rows = await Employment.select(Employment.id, Employment.public, Employment.number).where(
        Employment.id.is_in(list(spells) or [0])
    )
    return {row["id"]: (row["public"], row["number"]) for row in rows}
