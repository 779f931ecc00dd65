"""Defects at the operator's desk: what is wrong in which release, what mends it, and who told of it."""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from backoffice.ticket_page import act_on
from core import database, release
from core.accounts.roles import allowed
from core.errors import Refused
from core.helpdesk import defects, tickets
from core.helpdesk.tables import Ticket

DONE = ("opened", "fixed")
FIELD_OF = {"defects.no_release": "release", "defects.not_after": "release", "defects.title_needed": "title"}


class Described(Struct):
    """A defect as it is written in its form."""

    title: str = ""
    title_en: str = ""
    release: str = ""


class Named(Struct):
    """The number of a defect."""

    number: str = ""


class DefectsController(Controller):
    """`/operator/defects`."""

    path = "/{company:str}/defects"
    guards = (requires("defects", "read"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """All of them, those that nothing mends yet first."""
        return await _list(request, done=done if done in DONE else "")

    @post(guards=[requires("defects", "mark")])
    async def open_one(self, request: Web, data: URLEncodedBody[Described]) -> Response[str]:
        """Keep one under a number."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                row = await defects.open_one(data.title, data.title_en, data.release, by=acting(request))
        except Refused as no:
            return await _list(request, no=no, typed=data)
        return Redirect(f"/{where.place.slug}/defects/{row.public}?done=opened", status_code=303)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One defect, and the tickets that told of it."""
        return await _one(request, public, done=done if done in DONE else "")

    @post("/{public:str}/fix", guards=[requires("defects", "mark")])
    async def fix(self, request: Web, public: FromPath[str], data: URLEncodedBody[Described]) -> Response[str]:
        """Say which release mends it; who told of it hears so when that one is installed."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                row = await defects.by_public(public)
                if row is None:
                    raise NotFoundException
                await defects.fix(row, data.release, by=acting(request))
        except Refused as no:
            return await _one(request, public, no=no, typed=data)
        return Redirect(f"/{where.place.slug}/defects/{public}?done=fixed", status_code=303)


class TicketDefectController(Controller):
    """`/operator/tickets/{ticket}/defect`: a ticket tells of a defect."""

    path = "/{company:str}/tickets/{public:str}/defect"
    guards = (requires("defects", "read"),)

    @post()
    async def tie(self, request: Web, public: FromPath[str], data: URLEncodedBody[Named]) -> Response[str]:
        """Name the defect that it tells of."""

        async def act(row: Ticket) -> None:
            await defects.tie(row, data.number, by=acting(request))

        return await act_on(request, public, act, "defect")


async def _list(
    request: Web, *, done: str = "", no: Refused | None = None, typed: Described | None = None
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        rows, counts = await defects.every(), await defects.counts()
    return await page(
        request, "operator/defects.html", status=422 if no else 200, place=where.place.name, zone=where.zone,
        company=where.place, rows=[(one, counts.get(int(one.id), 0)) for one in rows], done=done,
        typed=typed or Described(release=release.number()), most=defects.LONGEST, wrong=_wrong(request, no),
        may_mark=allowed(where.place.roles, "defects", "mark"),
    )  # fmt: skip


async def _one(
    request: Web, public: str, *, done: str = "", no: Refused | None = None, typed: Described | None = None
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        row = await defects.by_public(public)
        if row is None:
            raise NotFoundException
        tied = [(one, tickets.subject(one)) for one in await defects.tickets_of(row)]
    return await page(
        request, "operator/defect.html", status=422 if no else 200, place=where.place.name, zone=where.zone,
        company=where.place, row=row, tied=tied, done=done, wrong=_wrong(request, no), running=release.number(),
        typed=typed or Described(release=row.fixed_in or ""), may_mark=allowed(where.place.roles, "defects", "mark"),
    )  # fmt: skip


def _wrong(request: Web, no: Refused | None) -> dict[str, str]:
    return {FIELD_OF.get(no.key, ""): refusal(request, no, standing(request).zone)} if no else {}


CONTROLLERS: tuple[type[Controller], ...] = (DefectsController, TicketDefectController)
