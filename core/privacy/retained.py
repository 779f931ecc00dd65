"""What the law wants kept of somebody whose data went: opened with a reason, and gone when its year is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import audit, clock, database, jobs, vault
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.people.directory import DEFAULT_ZONE
from core.phrases import one_line
from core.privacy.holding_tables import Retained

SHORTEST = 10


@dataclass(frozen=True)
class Fact:
    """One fact, the law that wants it, and the last day on which it opens."""

    place: str
    value: str | None  # None: its key is gone
    law: str
    until: date


async def opened(erasure: int, reason: str, *, by: Actor) -> Sequence[Fact]:
    """The facts kept of an erasure, for a tax office or an auditor; that somebody looked is on record."""
    words = one_line(reason)
    if len(words) < SHORTEST:
        raise Refused("holdings.retained_reason", least=SHORTEST)
    rows = await Retained.objects().where(Retained.erasure == erasure).order_by(Retained.id)
    audit.record("retained.opened", f"company:{database.company()}", by=by, number=f"E-{erasure}", why=words[:200])
    return [Fact(row.place, _value(row), row.law, row.until) for row in rows]


def _value(row: Retained) -> str | None:
    try:
        return vault.unseal(row.value, company=row.company, column=row.place, subject=-row.until.year)
    except vault.SHUT:
        return None


@jobs.cron("50 2 * *", "privacy.retained")
async def nightly() -> None:
    """Let go of what the law does not want any longer, in every copy: the key of a year that is over is destroyed."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    for company in companies:
        await let_go(company)


async def let_go(company: int) -> int:
    """How many facts went."""
    today = clock.today(DEFAULT_ZONE)
    async with database.reading(company):
        rows = await Retained.select(Retained.id, Retained.until).where(Retained.until < today)
    for year in sorted({row["until"].year for row in rows}):
        vault.destroy(company, -year)
    async with database.transaction(company):
        await Retained.delete().where(Retained.until < today)
    return len(rows)
