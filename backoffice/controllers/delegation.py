"""Stand-ins: who decides in whose place, offered, accepted, ended; one's own, and all for administrators."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import page, refusal, says
from core import clock, database
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.approvals import delegations, kinds
from core.approvals.tables import Delegation
from core.errors import Refused
from core.people import directory, named

MOST = 100
THOUSAND = 1000
ANSWERS = ("accept", "decline", "end")


class Offered(Struct):
    """Whom, from when until when, and up to which length."""

    to: str = ""
    starts: str = ""
    ends: str = ""
    most: str = ""


class Answer(Struct):
    """What becomes of an offer."""

    answer: str = ""


class DelegationController(Controller):
    """Who decides in whose place."""

    path = "/{company:str}/delegation"
    guards = (requires("delegation", "own"),)

    @get()
    async def index(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """One's own stand-ins and offers; for administrators those of all."""
        return await _index(request, done=done)

    @post()
    async def offer(self, request: Web, data: URLEncodedBody[Offered]) -> Response[str]:
        """Ask somebody to decide in one's place."""
        where = standing(request)
        giver = where.employee
        if giver is None:
            return await _index(request, wrong={"": says(request, "approvalpages.offer_employee")}, status=422)
        first, last = _date(data.starts), _date(data.ends)
        wrong = {}
        to = None
        try:
            async with database.reading(where.company):
                to = await named.whom(data.to)
        except Refused as no:
            wrong["to"] = refusal(request, no, giver.zone)
        if first is None or last is None:
            wrong["starts" if first is None else "ends"] = says(request, "approvalpages.date_wrong")
        if to is not None and first is not None and last is not None:
            try:
                await delegations.offer(
                    giver, to.person, starts=_morning(first, giver.zone),
                    ends=_morning(last + timedelta(days=1), giver.zone), most=_most(data.most), actor=acting(request),
                )  # fmt: skip
            except Refused as no:
                wrong["to"] = refusal(request, no, giver.zone)
        if wrong:
            return await _index(request, wrong=wrong, given=data, status=422)
        return Redirect(f"/{where.place.slug}/delegation?done=offered", status_code=303)

    @post("/{public:str}")
    async def answer(self, request: Web, public: FromPath[str], data: URLEncodedBody[Answer]) -> Response[str]:
        """Accept or decline what was offered, or end it."""
        where = standing(request)
        async with database.reading(where.company):
            made = await delegations.by_public(public)
        if made is None or data.answer not in ANSWERS:
            raise NotFoundException
        try:
            if data.answer == "end":
                if where.person != made.giver and not _looks(where):
                    raise PermissionDeniedException
                await delegations.end(made, actor=acting(request))
            elif where.employee is None:
                raise PermissionDeniedException
            elif data.answer == "accept":
                await delegations.accept(made, by=where.employee, actor=acting(request))
            else:
                await delegations.decline(made, by=where.employee, actor=acting(request))
        except Refused as no:
            if no.key == "approvals.not_yours":
                raise PermissionDeniedException(refusal(request, no, where.zone)) from None
            return await _index(request, wrong={"": refusal(request, no, where.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/delegation?done={data.answer}", status_code=303)


def _looks(where: Standing) -> bool:
    return not where.place.roles.isdisjoint((SUPER, ADMINISTRATOR))


async def _index(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, given: Offered | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    me = where.person or 0
    async with database.reading(where.company):
        own = await _rows((Delegation.giver == me) | (Delegation.taker == me))
        others = Delegation.ended_at.is_null() & (Delegation.ends > clock.now())
        others = others & (Delegation.giver != me) & (Delegation.taker != me)
        rest = await _rows(others) if _looks(where) else []
        zones = await directory.zones_of({one["giver"] for one in (*own, *rest)})
        mine, everybody = ([_row(one, me, zones.get(one["giver"])) for one in some] for some in (own, rest))
    today = clock.today(where.zone)
    return await page(
        request, "approvals/delegation.html", status=status, place=where.place.name, zone=where.zone,
        company=where.place, mine=mine, everybody=everybody,
        wrong=wrong or {}, given=given or Offered(starts=today.isoformat(), ends=today.isoformat()), done=done,
        looks=_looks(where), may=where.employee is not None, kinds=sorted(kinds.DESCRIBES),
    )  # fmt: skip


async def _rows(which: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = await (
        Delegation.select(
            *Delegation.all_columns(), Delegation.giver.name.as_alias("giver_name"),
            Delegation.taker.name.as_alias("taker_name"), Delegation.request.state.as_alias("leave_state"),
        )
        .where(which).order_by(Delegation.id, ascending=False).limit(MOST)
    )  # fmt: skip
    return rows


def _row(row: Mapping[str, Any], me: int, zone: str | None) -> dict[str, Any]:
    made = Delegation(**{column: row[column] for column in COLUMNS})
    stands = delegations.holds(made, row["leave_state"])
    last, clocks = row["ends"] - timedelta(seconds=1), ZoneInfo(zone or directory.DEFAULT_ZONE)
    half = (row["starts"].astimezone(clocks).time() != time(), row["ends"].astimezone(clocks).time() != time())
    return {
        "at": row["starts"] if half[0] else None, "until": row["ends"] if half[1] else None,
        "public": row["public"], "giver": row["giver_name"], "taker": row["taker_name"], "stands": stands,
        "starts": row["starts"].astimezone(clocks), "ends": last.astimezone(clocks), "kinds": row["kinds"].split(),
        "most": row["most"], "offered_to_me": stands == "offered" and row["taker"] == me,
        "may_end": stands in ("offered", "waiting", "coming", "running"), "given_by_me": row["giver"] == me,
    }  # fmt: skip


COLUMNS = tuple(
    column._meta.name for column in Delegation._meta.columns if column._meta.name not in ("id", "company")
)  # fmt: skip


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _most(words: str) -> int | None:
    return int(words) * THOUSAND if words.strip().isdecimal() and len(words) < 4 else None
