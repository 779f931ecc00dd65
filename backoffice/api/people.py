"""People, departments and places for other programs: as lists and pages show them, changed by the rules of the file."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from litestar import Controller, Response, get, patch, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from msgspec import UNSET

from backoffice.api.door import Key, Match, NoneMatch, done_once, program, said
from backoffice.api.problems import Fault, Stopped, language_of, specs
from backoffice.api.shapes import (
    USUAL,
    ChangedPerson,
    Cursor,
    DepartmentLine,
    Limit,
    LocationLine,
    NewPerson,
    Page,
    PersonLine,
    PersonWhole,
    Work,
    mark,
    no_such_cursor,
)
from backoffice.asker import Web
from backoffice.controllers.person import whom_of
from core import clock, database
from core.accounts import roles
from core.people import imports, places, search
from core.people.columns import CLEARED, Bad
from core.people.tables import Employment, Person
from core.phrases import phrase
from core.programs.scopes import ROLE
from core.programs.tokens import Program

FIRST, LAST = date(1950, 1, 1), date(2100, 12, 31)
WORK = ("department", "position", "location", "manager")
Status = Literal["here", "joining", "leaving", "left", "all"]
Few = Annotated[str, QueryParameter(max_length=120)]


class PeopleApi(Controller):
    """`/people`, `/departments` and `/locations`."""

    tags = ("People",)

    @get("/people", opt={"scope": "people:read"}, responses=specs())
    async def every(
        self, request: Web, q: Few = "", status: FromQuery[Status] = "here", department: Few = "", location: Few = "",
        limit: Limit = USUAL, cursor: Cursor = "",
    ) -> Page[PersonLine]:  # fmt: skip
        """Everybody who matches, in the order of names. Addresses and telephone numbers find nobody here."""
        who = program(request)
        async with database.reading(who.company):
            after = await _after(cursor) if cursor else None
            rows = await search.page(search.Wanted(q, status, department, location), after, limit)
        items = [
            PersonLine(
                one.public, one.number, one.name, one.position, one.department, one.location, one.manager_number,
                one.joins, one.leaves, one.status,
            )
            for one in rows[:limit]
        ]  # fmt: skip
        return Page(items, items[-1].id if len(rows) > limit else None)

    @post("/people", opt={"scope": "people:write"}, responses=specs(404, 409, 413, 415))
    async def add(self, request: Web, data: JSONBody[NewPerson], key: Key = "") -> PersonWhole:
        """Register somebody; leave that is due is granted after. Nobody is invited and no role is given by it."""

        async def do(who: Program) -> PersonWhole:
            if await Employment.exists().where(Employment.number == data.employee_number.strip()):
                words = phrase("people.number_taken", language_of(request), value=data.employee_number)
                raise Stopped(409, "conflict", detail=words)
            cells = {name: _cell(getattr(data, name)) for name in NewPerson.__struct_fields__}
            bad = await imports.change(
                who.company, {name: value for name, value in cells.items() if value}, actor=who.actor,
                barred=roles.barred({ROLE}),
            )  # fmt: skip
            _refuse(request, bad)
            row = (
                await Employment.select(Employment.public).where(Employment.number == cells["employee_number"]).first()
            )
            return await _whole(str(row["public"]) if row else "")

        return await done_once(request, do, key)  # type: ignore[return-value]

    @get("/people/{person:str}", opt={"scope": "people:read"}, responses=specs(404))
    async def one(self, request: Web, person: FromPath[str], known: NoneMatch = "") -> PersonWhole:
        """Somebody with their career. The answer carries an ETag; with `If-None-Match` it may be 304."""
        async with database.reading(program(request).company):
            found = await _whole(person)
        etag = mark(found)
        if known == etag:
            return Response(b"", status_code=304, headers={"etag": etag})  # type: ignore[return-value]
        return said(found, headers={"etag": etag})  # type: ignore[return-value]

    @patch("/people/{person:str}", opt={"scope": "people:write"}, responses=specs(404, 409, 412, 413, 415, 428))
    async def change(
        self, request: Web, person: FromPath[str], data: JSONBody[ChangedPerson], match: Match = "", key: Key = ""
    ) -> PersonWhole:
        """Change somebody; `If-Match` has to name the ETag that was read, so that nobody writes over another."""
        if not match:
            raise Stopped(428, "mark_needed")
        if isinstance(data.effective, date):
            sane("effective", data.effective)

        async def do(who: Program) -> PersonWhole:
            before = await _whole(person)
            if match not in ("*", mark(before)):
                raise Stopped(412, "stale")
            cells = {"employee_number": before.employee_number, "name": before.name}
            for name in ("name", "employment_type", "resign_date", *WORK):
                value = getattr(data, name)
                if value is not UNSET:
                    cells[name] = _cell(value) or CLEARED
            whom = await whom_of(person)

            async def unchanged() -> None:
                if match != "*" and mark(await _whole(person)) != match:
                    raise Stopped(412, "stale")

            begins = data.effective if isinstance(data.effective, date) else clock.today(whom.zone)
            bad = await imports.change(
                who.company, cells, actor=who.actor, begins=begins, barred=roles.barred({ROLE}), first=unchanged
            )
            _refuse(request, bad)
            return await _whole(person)

        return await done_once(request, do, key, 200)  # type: ignore[return-value]

    @get("/departments", opt={"scope": "people:read"}, responses=specs())
    async def departments(self, request: Web) -> Page[DepartmentLine]:
        """Every department, by name."""
        async with database.reading(program(request).company):
            found = await places.departments()
        return Page([DepartmentLine(one.name, one.people, one.minimum, one.head) for one in found], None)

    @get("/locations", opt={"scope": "people:read"}, responses=specs())
    async def locations(self, request: Web) -> Page[LocationLine]:
        """Every place of work, by name."""
        async with database.reading(program(request).company):
            found = await places.locations()
        return Page([LocationLine(one.name, one.zone, one.people) for one in found], None)


def sane(field: str, day: date) -> None:
    """Refuse a day that no calendar of ours reaches."""
    if not FIRST <= day <= LAST:
        raise Stopped(422, "invalid", errors=[Fault(field, f"{FIRST} - {LAST}")])


async def spell(person: str) -> int:
    """The spell of work of this id."""
    return int((await whom_of(person)).spell.id)


async def _whole(person: str) -> PersonWhole:
    if len(person) > 40:
        raise NotFoundException
    whom = await whom_of(person)
    status = search.status_of(whom.spell.to_dict(), clock.today(whom.zone))
    return PersonWhole(
        whom.spell.public, whom.spell.number, whom.person.name, whom.spell.type, whom.spell.joins, whom.spell.leaves,
        status,
        [
            Work(one.from_, one.until, one.position, one.department, one.location, one.zone, one.manager_number)
            for one in whom.facts
        ],
    )  # fmt: skip


async def _after(cursor: str) -> tuple[str, int]:
    """Behind whom the next page begins."""
    row = (
        await Person.select(Person.search, Person.id)
        .where(Person.id.is_in(Employment.select(Employment.person).where(Employment.public == cursor)))
        .first()
    )
    if row is None:
        raise no_such_cursor()
    return str(row["search"]), int(row["id"])


def _cell(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return str(value or "").strip()


def _refuse(request: Web, bad: Sequence[Bad]) -> None:
    """Say what is wrong with each field, in words."""
    if not bad:
        return
    language = language_of(request)
    errors = [Fault(one.column, phrase(one.key, language, **_facts(one, language))) for one in bad]
    raise Stopped(422, "invalid", errors=errors)


def _facts(one: Bad, language: str) -> Mapping[str, str]:
    value = phrase(f"staff.column_{one.value}", language) if one.key.endswith("_not_yours") else one.value
    return {"value": value}
