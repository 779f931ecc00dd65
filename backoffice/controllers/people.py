"""The people of the company: finding one among twenty thousand, and adding one."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, exports, listing, views
from backoffice.asker import Web
from backoffice.exports import Export, Reader, exported
from backoffice.guards import Standing, acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page
from core import clock, database, sheets
from core.accounts import roles
from core.accounts.roles import SUPER, allowed
from core.people import imports, named, search
from core.people.columns import COLUMNS, DEFAULT_LOCATION, TYPES, Bad, day
from core.people.directory import DEFAULT_ZONE
from core.people.places import in_order
from core.people.tables import Department, Employment, Location, Person
from core.phrases import phrase

HEADS = (
    Head("name", "staff.name", by=Person.search),
    Head("number", "staff.number"),
    Head("department", "staff.department"),
    Head("position", "staff.position", shape="left-out"),
    Head("location", "staff.location", shape="left-out"),
    Head("manager", "staff.manager", shape="left-out"),
    Head("chat", "staff.chat", shape="left-out"),
    Head("status", "staff.status", shape="end"),
)
# What may be filled in by hand when somebody is added; the rest is on their own page.
NO_ROLE = "-"
ASKED = (
    "employee_number", "name", "email", "phone", "department", "position", "location", "manager", "employment_type",
    "join_date", "role",
)  # fmt: skip


class Asked(Struct):
    """Which list is taken away, and as what."""

    state: str = ""
    format: str = sheets.CSV


class PeopleController(Controller):
    """`/{company}/people`."""

    path = "/{company:str}/people"

    @get(guards=[requires("people", "read")])
    async def show(self, request: Web) -> Response[str]:
        """Everybody who matches, in the order of names; with a slip of the pen the nearest."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            contacts = finds_by_contact(where)
            listed = await listed_of(request.query_params, Reader(language, where.place.zone), contacts)
            wanted = wanted_of(listed, contacts)
            after = (str(listed.after[0]), listed.after[1]) if listed.after else None
            rows = await search.page(wanted, after, listing.PAGE)
            near = not rows and bool(wanted.words) and after is None
            if near:
                rows = await search.found(await search.near(wanted), wanted.status)
            kept = listed.cut([{"id": row.id, "name": row.search, "row": row} for row in rows])
            total = 0 if near else await search.number(wanted)
            anybody = bool(rows) or await Employment.exists()
            shelf = await views.shelf(request, "people", listed)
        return await page(
            request, "people/index.html", place=where.place.name, zone=where.place.zone, company=where.place,
            list=listed, rows=[one["row"] for one in kept], near=near and bool(rows), anybody=anybody, may=may(where),
            words=wanted.words, shelf=shelf,
            invite=urlencode({name: listed[name] for name in ("department", "location") if listed[name]}), total=total,
        )  # fmt: skip

    @post("/export", guards=[requires("people", "write")])
    async def export(self, request: Web, data: URLEncodedBody[Asked]) -> Response[Any]:
        """The list as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @get("/new", guards=[requires("people", "write")])
    async def form(self, request: Web) -> Response[str]:
        """The form for one new person."""
        return await self._form(request, {}, {})

    @post("/new", guards=[requires("people", "write")])
    async def add(self, request: Web) -> Response[str]:
        """Register one person by the rules of the file; on to their page."""
        where = standing(request)
        cells = cells_of(await request.form(), ASKED)
        if cells.get("manager"):
            async with database.reading(where.company):
                cells["manager"] = await named.number_of(cells["manager"])
        taken = await _taken(where.company, cells.get("employee_number", ""))
        bad = [] if taken else await imports.change(where.company, cells, actor=acting(request), barred=barred(where))
        if taken or bad:
            language, number = asker.of(request).language, cells.get("employee_number", "")
            wrong = {"employee_number": phrase("people.number_taken", language, value=number)} if taken else {}
            return await self._form(request, cells, wrong | wrong_of(bad, language))
        async with database.reading(where.company):
            row = (
                await Employment.select(Employment.public).where(Employment.number == cells["employee_number"]).first()
            )
        return Redirect(f"/{where.place.slug}/people/{row['public'] if row else ''}?done=added", status_code=303)

    async def _form(self, request: Web, cells: Mapping[str, str], wrong: Mapping[str, str]) -> Response[str]:
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            known = await choices(language)
        return await page(
            request, "people/new.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
            company=where.place, cells=dict.fromkeys(ASKED, "") | dict(cells), wrong=wrong,
            today=clock.today(where.place.zone or DEFAULT_ZONE),
            may_appoint=SUPER in where.place.roles, **known,
        )  # fmt: skip


async def listed_of(asked: Mapping[str, Any], reader: Reader, contacts: bool = True) -> Listing:
    """The list that an address asks for."""
    return listing.read(asked, HEADS, await filters(reader.language, contacts), key=Person.id, default="name")


async def where_of(listed: Listing) -> Any:
    """Whom that list holds."""
    return await search.condition(wanted_of(listed), exactly=True)


async def lines_of(rows: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """People as lines of a file: what the list shows, and the days of their spell."""
    return [
        (
            one.number, one.name, one.department, one.position, one.location, one.manager_number, one.manager,
            one.joins, one.leaves or "",
            phrase(f"staff.is_{one.status}", reader.language),
        )
        for one in await search.found([row["id"] for row in rows])
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "people", "people", "write",
        ("staff.column_employee_number", "staff.name", "staff.department", "staff.position", "staff.location",
         "staff.column_manager", "staff.file_manager", "staff.column_join_date", "staff.column_resign_date",
         "staff.file_status"),
        Person, [Person.id, Person.search.as_alias("name")], listed_of, where_of, lines_of,
    )
)  # fmt: skip


async def filters(language: str, contacts: bool = True) -> list[Filter]:
    """What the list can be narrowed by; the company must be open."""
    parts = [row["name"] for row in await in_order(Department)]
    places = [row["name"] for row in await in_order(Location)]
    all_of = phrase("staff.any", language)
    return [
        Filter("q", "staff.find_contacts" if contacts else "staff.find"),
        Filter("department", "staff.department", {"": all_of, **{one: one for one in parts}}),
        Filter("location", "staff.location", {"": all_of, **{one: one for one in places}}),
        Filter(
            "status", "staff.status", {one: phrase(f"staff.status_{one}", language) for one in search.STATUS},
            search.HERE,
        ),
        Filter(
            "lacks", "staff.lacks",
            {"": phrase("staff.lacks_nothing", language)}
            | {one: phrase(f"staff.lacks_{one}", language) for one in search.LACKS},
        ),
    ]  # fmt: skip


def wanted_of(listed: Listing, contacts: bool = True) -> search.Wanted:
    """Whom the address asks for."""
    return search.Wanted(
        listed["q"], listed["status"], listed["department"], listed["location"], listed["lacks"], contacts
    )  # fmt: skip


def finds_by_contact(where: Standing) -> bool:
    """Whether an e-mail address or a telephone number finds its owner for this person: who may look at them."""
    return allowed(where.place.roles, "identity", "reveal")


async def choices(language: str) -> dict[str, Any]:
    """What a form offers: departments, places, kinds of contract."""
    departments = await in_order(Department)
    places = await in_order(Location)
    return {
        "departments": {"": phrase("staff.none", language)} | {row["name"]: row["name"] for row in departments},
        "places": {row["name"]: row["name"] for row in places} or {DEFAULT_LOCATION: DEFAULT_LOCATION},
        "types": {one: phrase(f"staff.type_{one}", language) for one in TYPES},
    }  # fmt: skip


def cells_of(form: Mapping[str, Any], columns: Sequence[str]) -> dict[str, str]:
    """The columns that a form may fill in."""
    found = {name: str(form.get(name) or "").strip() for name in columns if name in COLUMNS}
    return {name: value for name, value in found.items() if value and (name, value) != ("role", NO_ROLE)}


def wrong_of(bad: Sequence[Bad], language: str) -> dict[str, str]:
    """What is wrong, by field, in words."""
    told: dict[str, str] = {}
    for one in bad:
        value = phrase(f"staff.column_{one.value}", language) if one.key.endswith("_not_yours") else one.value
        told.setdefault(one.column, phrase(one.key, language, value=value))
    return told


def barred(where: Standing) -> tuple[str, ...]:
    """The columns that this person may not fill in."""
    return roles.barred(where.place.roles)


def may(where: Standing) -> dict[str, bool]:
    """What this person may do here, for the buttons."""
    return {name: allowed(where.place.roles, "people", name) for name in ("write", "read")}


def date_of(value: str) -> Any:
    """The date that a field says, or None."""
    return day(value.strip())


async def _taken(company: int, number: str) -> bool:
    async with database.reading(company):
        rows = await Employment.select(Employment.joins, Employment.leaves).where(Employment.number == number)
    return any(row["leaves"] is None or row["leaves"] >= row["joins"] for row in rows)
