"""What a company wants to know of its tickets: its fields, and what the desk writes into them."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, fields_told
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import Number, page, refusal, says, whole
from backoffice.ticket_page import shown
from core import database
from core.errors import Refused
from core.helpdesk import fields, sorting, tickets

DONE = ("added", "changed", "ended")
# Beside which box of the form a refusal stands.
OF_BOX = {
    "fields.name": "name", "fields.there": "name", "fields.why": "why", "fields.choices": "choices",
    "fields.choices_stay": "choices", "fields.kind": "kind", "promise.category_unknown": "category",
}  # fmt: skip


class Described(Struct):
    """A field as it was typed."""

    kind: str = fields.TEXT
    name: str = ""
    name_en: str = ""
    category: str = ""
    choices: str = ""
    needed: str = ""
    why: str = ""


class DeskFieldsController(Controller):
    """`/{company}/settings/desk/fields`."""

    path = "/{company:str}/settings/desk/fields"
    guards = (requires("desk", "terms"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The fields that are asked for, and the form for another one."""
        return await _show(request, done=done if done in DONE else "")

    @post()
    async def add(self, request: Web, data: URLEncodedBody[Described]) -> Response[str]:
        """Ask for something more from now on."""
        where = standing(request)
        category = whole(data.category) if data.category.strip() else None
        wanted = fields.Wanted(
            data.kind, data.name, data.name_en, category if category is not None or not data.category.strip() else 0,
            data.choices, bool(data.needed), data.why,
        )  # fmt: skip
        try:
            async with database.transaction(where.company):
                await fields.add(wanted, by=acting(request))
        except Refused as no:
            wrong = {OF_BOX.get(no.key, ""): refusal(request, no, where.place.zone)}
            return await _show(request, typed=data, wrong=wrong, status=422)
        return Redirect(f"/{where.place.slug}/settings/desk/fields?done=added", status_code=303)

    @post("/{number:int}/change")
    async def change(self, request: Web, number: Number, data: URLEncodedBody[Described]) -> Response[str]:
        """Call it otherwise, need it or not, offer more; its kind and its category stay."""
        where = standing(request)
        wanted = fields.Wanted("", data.name, data.name_en, None, data.choices, bool(data.needed), data.why)
        try:
            async with database.transaction(where.company):
                await fields.change(number, wanted, by=acting(request))
        except LookupError:
            raise NotFoundException from None
        except Refused as no:
            wrong = {OF_BOX.get(no.key, ""): refusal(request, no, where.place.zone)}
            return await _show(request, typed=data, wrong=wrong, status=422, changed=number)
        return Redirect(f"/{where.place.slug}/settings/desk/fields?done=changed", status_code=303)

    @post("/{number:int}/end")
    async def end(self, request: Web, number: Number) -> Redirect:
        """Ask for it no longer."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                await fields.end(number, by=acting(request))
        except LookupError:
            raise NotFoundException from None
        return Redirect(f"/{where.place.slug}/settings/desk/fields?done=ended", status_code=303)


class TicketFieldsController(Controller):
    """What the desk writes into the fields of one ticket."""

    path = "/{company:str}/tickets/{public:str}/fields"
    guards = (requires("tickets", "work"),)

    @post()
    async def fill(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Keep it; what is nothing of its kind is told beside its box, and nothing is kept then."""
        where, language, form = standing(request), asker.of(request).language, await request.form()
        async with database.transaction(where.company):
            row = await tickets.by_public(public)
            if row is None:
                raise NotFoundException
            asked = fields.of_ticket(await fields.every(), row.category)
            told = {one.id: str(form[name]) for one in asked if (name := fields_told.box_name(one)) in form}
            wrong: dict[str, str] = {}
            for one in asked:
                try:
                    fields.read(one, told.get(one.id, ""), language)
                except Refused as no:
                    wrong[fields_told.box_name(one)] = refusal(request, no, where.zone)
            if not wrong:
                try:
                    await fields.fill(row, told, language, by=acting(request))
                except Refused as no:  # closed meanwhile
                    wrong[""] = refusal(request, no, where.zone)
        if wrong:
            return await shown(request, public, wrong=wrong, filled=told, status=422)
        return Redirect(f"/{where.place.slug}/tickets/{public}?done=filled", status_code=303)


async def _show(
    request: Web, *, done: str = "", typed: Described | None = None, wrong: Mapping[str, str] | None = None,
    status: int = 200, changed: int = 0,
) -> Response[str]:  # fmt: skip
    """The page; what was typed stands in the form of the field that is `changed`, or in that for another one."""
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        rows = await fields.every()
        categories = {one.id: sorting.name_of(one, language) for one in await sorting.categories(ended=True)}
        offered = {str(one.id): sorting.name_of(one, language) for one in await sorting.categories()}
    as_is = {
        int(one.id): Described(
            name=one.name, name_en=one.name_en, choices=fields.typed_choices(one), needed="1" if one.needed else "",
            why=one.why,
        )
        for one in rows
    }  # fmt: skip
    return await page(
        request, "tickets/fields.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, done=done, wrong=dict(wrong or {}), categories=categories, changed=changed,
        typed=typed if typed is not None and not changed else Described(),
        as_is=as_is | ({changed: typed} if typed is not None and changed else {}),
        fields=[
            (one, fields.name_of(one, language), ", ".join(fields.choices_of(one, language).values())) for one in rows
        ],
        kinds={one: says(request, f"deskfields.kind_{one}") for one in fields.KINDS},
        offered={"": says(request, "deskfields.every_category")} | offered,
        longest=fields, full=len(rows) >= fields.MOST,
    )  # fmt: skip
