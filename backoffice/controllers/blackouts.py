"""Stretches of days without leave: of which kind, for whom, why; whom they would hit is shown before they hold."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.leave import blackouts, types
from core.leave.blackouts import Hit, Stretch
from core.leave.tables import Blackout
from core.people.places import in_order
from core.people.tables import Department, Location
from core.phrases import phrase, rentang

DONE = ("added", "changed", "ended")


class Filled(Struct):
    """The form; `of` is the stretch that it changes, `sure` says that the effect was looked at."""

    starts: str = ""
    ends: str = ""
    kind: str = ""
    department: str = ""
    location: str = ""
    why: str = ""
    of: str = ""
    sure: str = ""


class BlackoutsController(Controller):
    """`/{company}/leave/closed`."""

    path = "/{company:str}/leave/closed"

    @get(guards=[requires("leave", "read")])
    async def show(self, request: Web, of: FromQuery[str] = "", done: FromQuery[str] = "") -> Response[str]:
        """The stretches that are not over, and the form; filled in for one that is to be changed."""
        return await _show(request, Filled(of=of), fill=bool(of), done=done if done in DONE else "")

    @post(guards=[requires("leave", "correct")])
    async def send(self, request: Web, data: URLEncodedBody[Filled]) -> Response[str]:
        """Show whom it would hit; with `sure`, have it hold."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                wanted = await _wanted(data)
                hits = await blackouts.hits(wanted)
                if not data.sure:
                    pass
                elif data.of:
                    await blackouts.change(data.of, wanted, actor=acting(request))
                else:
                    await blackouts.add(wanted, actor=acting(request))
        except Refused as no:
            name = {
                "leave.blackout_why": "why", "people.looks_alike": "why", "leave.ends_before_start": "ends",
                "calendar.date_unclear": "starts",
            }  # fmt: skip
            wrong = {name.get(no.key, ""): refusal(request, no, where.place.zone)}
            return await _show(request, data, wrong=wrong, status=422)
        if not data.sure:
            return await _show(request, data, hits=hits, wanted=wanted)
        done = "changed" if data.of else "added"
        return Redirect(f"/{where.place.slug}/leave/closed?done={done}", status_code=303)

    @post("/{public:str}/end", guards=[requires("leave", "correct")])
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Open these days again."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                if not await Blackout.exists().where(Blackout.public == public):
                    raise NotFoundException
                await blackouts.lift(public, actor=acting(request))
        except Refused as no:
            return await _show(request, Filled(), wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/leave/closed?done=ended", status_code=303)


async def _wanted(data: Filled) -> Stretch:
    try:
        starts, ends = date.fromisoformat(data.starts.strip()), date.fromisoformat((data.ends or data.starts).strip())
    except ValueError:
        raise Refused("calendar.date_unclear") from None
    kinds = {one.code for one in await types.all() if one.decision == types.APPROVE}
    department, location = _number(data.department), _number(data.location)
    known = (
        (not data.kind or data.kind in kinds)
        and (department is None or await Department.exists().where(Department.id == department))
        and (location is None or await Location.exists().where(Location.id == location))
    )
    if not known:
        raise NotFoundException
    return Stretch(starts, ends, data.why, data.kind or None, department, location)


def _number(told: str) -> int | None:
    if not told:
        return None
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


async def _show(
    request: Web, data: Filled, *, hits: tuple[int, Sequence[Hit]] | None = None, fill: bool = False,
    wanted: Stretch | None = None, wrong: dict[str, str] | None = None, done: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        rows = await blackouts.every(clock.today(where.place.zone))
        kinds = {one.code: one.name(language) for one in await types.all() if one.decision == types.APPROVE}
        departments = {str(row["id"]): row["name"] for row in await in_order(Department)}
        places = {str(row["id"]): row["name"] for row in await in_order(Location)}
    if fill:
        one = next((row for row in rows if row.public == data.of), None)
        if one is None:
            raise NotFoundException
        data = Filled(
            str(one.starts), str(one.ends), one.leave_type or "", str(one.department or ""), str(one.location or ""),
            one.why, one.public,
        )  # fmt: skip
    every = ("closed_any_kind", "any_department", "closed_any_place")
    choices = [
        {"": phrase(f"leavedesk.{name}", language)} | known
        for name, known in zip(every, (kinds, departments, places), strict=True)
    ]
    return await page(
        request, "leave/closed.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, typed=bool(data.starts) and not fill,
        rows=rows, kinds=kinds, departments=departments, places=places, form_data=data, hits=hits,
        wrong=wrong or {}, done=done, may=allowed(where.place.roles, "leave", "correct"),
        kind_choices=choices[0], department_choices=choices[1], place_choices=choices[2],
        wanted=wanted, rentang=partial(rentang, language=language),
    )  # fmt: skip
