"""Who worked on a past day of collective leave: ticked by HR, looked at, recorded as one, and put back as one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import parse_qsl

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker, listing
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.leave import worked_batches, worked_past
from core.leave.tables import LeaveBatch, LeaveDay
from core.leave.worked_past import Away, Look, Narrowed, Past
from core.people.places import in_order
from core.people.tables import Department, Location, Person
from core.phrases import phrase, tanggal

SHOWN = 100
DONE = ("recorded", "undone")
HEADS = (
    Head("name", "web.who", by=Person.search), Head("department", "staff.department"),
    Head("place", "staff.location"), Head("what", "collective.worked_back", shape="end"),
)  # fmt: skip


class Picked(Struct):
    """Who worked: the ticked spells, or all that the list's filters name; why; `seen` is how many were looked at."""

    item: Annotated[list[str], Meta(max_length=SHOWN)] | str = ""
    all: str = ""
    day: str = ""
    state: str = ""
    why: str = ""
    seen: int = 0
    sure: str = ""

    @property
    def items(self) -> Sequence[str]:
        """The ticked spells; a form with one tick sends it bare."""
        return [one for one in ([self.item] if isinstance(self.item, str) else self.item) if one]


class WorkedController(Controller):
    """`/{company}/leave/worked`."""

    path = "/{company:str}/leave/worked"
    guards = (requires("leave", "correct"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Who had a day off, to be ticked; and what was recorded before."""
        return await _show(request, listing.asked(request), done=done if done in DONE else "")

    @post()
    async def send(self, request: Web, data: URLEncodedBody[Picked]) -> Response[str]:
        """Show what recording would do; with `sure`, record it."""
        where = standing(request)
        asked = dict(parse_qsl(data.state[:2000])) | {"day": data.day}
        try:
            worked_past.reason_of(data.why)
            async with database.transaction(where.company):
                listed, known = await _listed(asked, asker.of(request).language)
                day = _day(listed, known)
                if data.day != str(day):  # nobody has it off any more: another day stands first now
                    raise Refused("leave.worked_no_day")
                people = await worked_past.away(
                    day, _narrowed(listed) if data.all else Narrowed(), by=acting(request),
                    only=None if data.all else data.items,
                )  # fmt: skip
                looked = await worked_past.look(day, people)
                if data.sure:
                    await worked_past.record(looked, data.why, seen=data.seen, actor=acting(request))
        except Refused as no:
            wrong = {"why" if no.key == "leave.worked_why" else "": refusal(request, no, where.place.zone)}
            return await _show(request, asked, given=data, wrong=wrong, status=422)
        if not data.sure:
            return await _show(request, asked, given=data, looked=looked)
        return Redirect(f"/{where.place.slug}/leave/worked?day={day}&done=recorded", status_code=303)

    @post("/{public:str}/undo")
    async def undo(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Have the day count as collective leave again for everybody of a batch."""
        where = standing(request)
        async with database.reading(where.company):
            batch = await LeaveBatch.objects().where(LeaveBatch.public == public).first()
        if batch is None or batch.kind != worked_past.WORKED:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await worked_past.undo(batch, actor=acting(request))
        except Refused as no:
            return await _show(request, {}, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/leave/worked?done=undone", status_code=303)


async def _listed(asked: Mapping[str, str], language: str) -> tuple[Listing, Sequence[Past]]:
    """The list that an address asks for, and the days there are; the company must be open."""
    known = await worked_past.days()
    departments = await in_order(Department)
    places = await in_order(Location)
    every = phrase("staff.any", language)
    days = {str(one.date): f"{tanggal(one.date, language)}: {one.name}" for one in known}
    filters = [
        Filter("day", "collective.worked_day", days, next(iter(days), "")),
        Filter("q", "staff.find"),
        Filter("department", "staff.department", {"": every, **{str(row["id"]): row["name"] for row in departments}}),
        Filter("location", "staff.location", {"": every, **{str(row["id"]): row["name"] for row in places}}),
    ]  # fmt: skip
    return listing.read(asked, HEADS, filters, key=LeaveDay.id, default="name"), known


def _day(listed: Listing, known: Sequence[Past]) -> date:
    if not known:
        raise Refused("leave.worked_none")
    return date.fromisoformat(listed["day"])


def _narrowed(listed: Listing) -> Narrowed:
    department, location = (int(listed[name]) if listed[name] else None for name in ("department", "location"))
    return Narrowed(listed["q"], department, location)


async def _show(
    request: Web, asked: Mapping[str, str], *, given: Picked | None = None, looked: Look | None = None,
    wrong: dict[str, str] | None = None, done: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        listed, known = await _listed(asked, language)
        rows: list[dict[str, Any]] = []
        total = 0
        if known and looked is None:
            day, narrowed, by = _day(listed, known), _narrowed(listed), acting(request)
            found = await worked_past.away(
                day, narrowed, by=by, after=listed.after, most=SHOWN + 1, descending=listed.descending
            )
            rows = [{"id": one.leave_day, "name": one.search, "one": one} for one in found]
            total = await worked_past.many(day, narrowed, by=by)
        shown: list[Away] = [row["one"] for row in listed.cut(rows, SHOWN)]
        batches = await worked_batches.recorded()
    return await page(
        request, "leave/worked.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, list=listed, known=known, rows=shown, total=total, looked=looked,
        given=given or Picked(), batches=batches, running=any(one.running for one in batches), wrong=wrong or {},
        done=done, shown=SHOWN,
    )  # fmt: skip
