"""The places of work that a file brings with it: how many begin there, and which clock each is to have."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from zoneinfo import available_timezones

from core import audit, database
from core.audit import Actor
from core.errors import Refused
from core.people import cities
from core.people.columns import DEFAULT_LOCATION
from core.people.names import natural
from core.people.planning import NEW, Planned
from core.people.tables import ImportBatch


@dataclass(frozen=True)
class NewPlace:
    """A place that isn't there yet."""

    name: str
    zone: str
    people: int


def found(rows: Sequence[Planned], here: Collection[str]) -> list[NewPlace]:
    """The places that these rows name and the company does not have, by name."""
    named = Counter(name for row in rows if (name := place_of(row)) and name not in here)
    zones = {place_of(row): row.after["timezone"] for row in rows if row.after.get("timezone")}
    return [NewPlace(name, zones.get(name) or cities.zone_of(name), named[name]) for name in sorted(named, key=natural)]


def place_of(row: Planned) -> str:
    """Where a row puts somebody; nothing where it says nothing of it."""
    if row.verdict == NEW or "location" in row.after:
        return row.after.get("location") or DEFAULT_LOCATION
    return ""


def packed(places: Sequence[NewPlace]) -> str:
    """As a batch keeps them."""
    return json.dumps([asdict(one) for one in places], ensure_ascii=False)


def kept(told: str | None) -> list[NewPlace]:
    """What a batch keeps."""
    return [NewPlace(**one) for one in json.loads(told or "[]")]


async def choose(company: int, public: str, zones: Mapping[str, str], *, by: Actor) -> None:
    """Give the new places of a file that is not applied yet these clocks, by name."""
    async with database.transaction(company):
        batch = await ImportBatch.objects().where(ImportBatch.public == public).first()
        if batch is None or batch.state != "checked":
            raise Refused("people.batch_not_so")
        wrong = next((zone for zone in zones.values() if zone not in available_timezones()), None)
        if wrong is not None:
            raise Refused("people.unknown_zone", value=wrong)
        places = [NewPlace(one.name, zones.get(one.name, one.zone), one.people) for one in kept(batch.places)]
        await ImportBatch.update({ImportBatch.places: packed(places)}).where(ImportBatch.id == batch.id)
        audit.record("people.zones_chosen", f"import:{batch.id}", by=by, places=len(zones))
