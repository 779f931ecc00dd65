"""What was given to somebody outside: the list, and writing one down."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.dates import instant_of
from backoffice.exports import Export, Reader, exported, moment
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.errors import Refused
from core.people import named
from core.people.tables import Employment, Person
from core.phrases import phrase
from core.privacy import disclosures
from core.privacy.registry_tables import Disclosure

HEADS = (
    Head("number", "register.number", by=Disclosure.id),
    Head("given_at", "register.given_at", by=Disclosure.given_at, shape="nowrap left-out"),
    Head("receiver", "register.receiver", shape="wide"),
    Head("whose", "register.whose"),
    Head("data", "register.data", shape="wide left-out"),
    Head("basis", "register.ground", shape="end"),
)
FIELD_OF = {
    "register.whose_needed": "whose", "register.receiver_needed": "receiver", "register.data_needed": "data",
    "register.basis_needed": "basis", "register.why_needed": "why", "register.later_than_now": "given_at",
    "calendar.date_unclear": "given_at",
}  # fmt: skip


class Told(Struct):
    """The form."""

    whose: str = ""
    group: str = ""
    people: str = ""
    receiver: str = ""
    data: str = ""
    basis: str = ""
    why: str = ""
    given_at: str = ""


class DisclosuresController(Controller):
    """`/{company}/privacy/disclosures`."""

    path = "/{company:str}/privacy/disclosures"

    @get(guards=[requires("register", "read")])
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What was given away, the newest first, and the form."""
        return await _show(request, done=done[:16])

    @post(guards=[requires("register", "change")])
    async def record(self, request: Web, data: URLEncodedBody[Told]) -> Response[str]:
        """Write one down."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                person = (await named.whom(data.whose)).person if data.whose.strip() else None
                people = data.people.replace(".", "").strip()
                made = await disclosures.record(
                    person=person, group=data.group, receiver=data.receiver, data=data.data, basis=data.basis,
                    people=int(people) if people.isascii() and people.isdigit() and len(people) < 8 else 0,
                    why=data.why, given_at=instant_of(data.given_at, where.place.zone), by=acting(request),
                )  # fmt: skip
        except Refused as no:
            wrong = {FIELD_OF.get(no.key, "whose"): refusal(request, no, where.place.zone)}
            return await _show(request, wrong=wrong, typed=data, status=422)
        return Redirect(f"/{where.place.slug}/privacy/disclosures?done={made.number}", status_code=303)

    @post("/export", guards=[requires("register", "read")])
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The list as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def _show(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Told | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        listed = await _listed(listing.asked(request), Reader(language, where.place.zone))
        found = listed.cut(await listed.page(Disclosure.select().where(await _wanted(listed))))
        rows = await _rows(found)
        by = await actors.names({row["by"] for row in found})
        if not any(row["number"] == done for row in found):
            done = ""
    grounds = {one: phrase(f"register.ground_{one}", language) for one in disclosures.BASES}
    now = clock.now().astimezone(ZoneInfo(where.place.zone))
    return await page(
        request, "privacy/disclosures.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, list=listed, rows=rows, by=by, done=done, wrong=wrong or {},
        typed=typed or Told(given_at=f"{now:%Y-%m-%dT%H:%M}"), grounds=grounds,
        may=allowed(where.place.roles, "register", "change"),
    )  # fmt: skip


async def _listed(asked: Mapping[str, str], reader: Reader) -> Listing:
    grounds = {"": phrase("register.any_ground", reader.language)} | {
        one: phrase(f"register.ground_{one}", reader.language) for one in disclosures.BASES
    }
    filters = (Filter("basis", "register.ground", grounds), Filter("employee", "register.whose", people=True))
    return listing.read(asked, HEADS, filters, key=Disclosure.id, default="-given_at")


async def _wanted(listed: Listing) -> Any:
    wanted: Any = Disclosure.id > 0
    if listed["basis"]:
        wanted = wanted & (Disclosure.basis == listed["basis"])
    if listed["employee"]:
        spells = await named.spells(listed["employee"])
        rows = await Employment.select(Employment.person).where(Employment.id.is_in(spells))
        wanted = wanted & Disclosure.person.is_in([row["person"] for row in rows] or [0])
    return wanted


async def _rows(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    people = {row["person"] for row in found if row["person"]}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(list(people) or [0]))
    names = {row["id"]: row["name"] for row in rows}
    return [dict(row) | {"whose": names.get(row["person"], row["crowd"] or "")} for row in found]


async def _lines(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    return [
        (
            row["number"], moment(row["given_at"], reader.zone), row["receiver"], row["whose"], row["people"],
            row["data"], phrase(f"register.ground_{row['basis']}", reader.language), row["why"],
        )
        for row in await _rows(found)
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "disclosures", "register", "read",
        ("register.number", "register.given_at", "register.receiver", "register.whose", "register.people",
         "register.data", "register.ground", "register.why"),
        Disclosure, Disclosure.all_columns(), _listed, _wanted, _lines,
    )
)  # fmt: skip
