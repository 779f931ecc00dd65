"""The company itself: what it is called, and the clock that its pages go by."""

from zoneinfo import available_timezones

from core import audit, database, look_alikes
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.phrases import one_line

LONGEST = 120


async def change(company: int, *, name: str, zone: str, by: Actor) -> bool:
    """Give the company this name and clock; False when it has them already. Its address stays what it was."""
    named = one_line(name)
    if not 2 <= len(named) <= LONGEST:
        raise Refused("settings.name_length", most=str(LONGEST))
    look_alikes.refuse(named)
    if zone not in available_timezones():
        raise Refused("settings.unknown_zone", zone=zone[:40])
    async with database.transaction(company):
        where = (Company.id == company) & ((Company.name != named) | (Company.zone != zone))
        written = await Company.update({Company.name: named, Company.zone: zone}).where(where).returning(Company.id)
        if written:
            audit.record("company.changed", f"company:{company}", by=by, zone=zone)
    return bool(written)
