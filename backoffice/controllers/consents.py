"""Who agreed to which use of their data and who refused: for the officer, with the proof of each, and as a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody

from backoffice import asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported, moment
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page
from core import database
from core.people import named
from core.people.consent_tables import ConsentEvent
from core.people.consents import GIVEN, PURPOSES, WITHDRAWN
from core.people.tables import Employment, Person
from core.phrases import phrase

HEADS = (
    Head("at", "consents.at", by=ConsentEvent.id, shape="nowrap"),
    Head("person", "consents.person", shape="wide"),
    Head("purpose", "consents.purpose"),
    Head("act", "consents.act"),
    Head("channel", "consents.channel", shape="left-out"),
    Head("version", "consents.hash", shape="left-out"),
)
STANDING = (
    "select purpose, act, count(*) as people from consent_event where company = :company and id in "
    "(select max(id) from consent_event where company = :company group by person, purpose) group by purpose, act"
)


class ConsentsController(Controller):
    """`/{company}/privacy/consents`."""

    path = "/{company:str}/privacy/consents"
    guards = (requires("register", "read"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """How it stands for each purpose, and every word, the newest first."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            listed = await _listed(listing.asked(request), Reader(language, where.place.zone))
            found = listed.cut(await listed.page(ConsentEvent.select().where(await _wanted(listed))))
            rows = await _rows(found)
            counted = await database.tally(ConsentEvent, STANDING)
        now = {(row["purpose"], row["act"]): int(row["people"]) for row in counted}
        purposes = [
            {"id": one.id, "basis": one.basis, "given": now.get((one.id, GIVEN), 0),
             "refused": now.get((one.id, WITHDRAWN), 0)}
            for one in PURPOSES.values()
        ]  # fmt: skip
        return await page(
            request, "privacy/consents.html", place=where.place.name, zone=where.zone, company=where.place,
            list=listed, rows=rows, purposes=purposes,
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The same as a file, as the authority may ask for it (art. 24)."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def _listed(asked: Mapping[str, str], reader: Reader) -> Listing:
    purposes = {"": phrase("consents.any_purpose", reader.language)} | {
        one: phrase(f"consents.purpose_{one}", reader.language) for one in PURPOSES
    }
    acts = {"": phrase("consents.any_act", reader.language)} | {
        one: phrase(f"consents.act_{one}", reader.language) for one in (GIVEN, WITHDRAWN)
    }
    filters = (
        Filter("purpose", "consents.purpose", purposes), Filter("act", "consents.act", acts),
        Filter("employee", "consents.person", people=True),
    )  # fmt: skip
    return listing.read(asked, HEADS, filters, key=ConsentEvent.id, default="-at")


async def _wanted(listed: Listing) -> Any:
    wanted: Any = ConsentEvent.id > 0
    if listed["purpose"]:
        wanted = wanted & (ConsentEvent.purpose == listed["purpose"])
    if listed["act"]:
        wanted = wanted & (ConsentEvent.act == listed["act"])
    if listed["employee"]:
        spells = await named.spells(listed["employee"])
        rows = await Employment.select(Employment.person).where(Employment.id.is_in(spells))
        wanted = wanted & ConsentEvent.person.is_in([row["person"] for row in rows] or [0])
    return wanted


async def _rows(found: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    people = {row["person"] for row in found}
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(list(people) or [0]))
    names = {row["id"]: row["name"] for row in rows}
    return [dict(row) | {"who": names.get(row["person"], "")} for row in found]


async def _lines(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    return [
        (
            moment(row["at"], reader.zone), row["who"], phrase(f"consents.purpose_{row['purpose']}", reader.language),
            phrase(f"consents.basis_{PURPOSES[row['purpose']].basis}", reader.language),
            phrase(f"consents.act_{row['act']}", reader.language), row["channel"], row["language"], row["version"],
            row["hash"],
        )
        for row in await _rows(found)
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "consents", "register", "read",
        ("consents.at", "consents.person", "consents.purpose", "consents.basis", "consents.act", "consents.channel",
         "consents.language", "consents.version_head", "consents.hash"),
        ConsentEvent, ConsentEvent.all_columns(), _listed, _wanted, _lines,
    )
)  # fmt: skip
