"""Whoever has left speaks, signs in and decides no more from the minute after their last day, at the place they worked.

Pages and talks ask the calendar by themselves; this ends for good what would otherwise wait for a come-back.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import audit, clock, database, jobs
from core.accounts import offers
from core.accounts.tables import Company, Membership, Session
from core.people import identities
from core.people.directory import DEFAULT_ZONE
from core.people.present import parts
from core.people.tables import Assignment, Employment

JOB = "people.leavers"


def end_of(last_day: date, zone: str) -> datetime:
    """The instant in which a last day is over."""
    return datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(zone))


async def expect(numbers: Collection[str]) -> None:
    """Have what these leavers could do ended in the minute in which their last day is over."""
    found: list[dict[str, Any]] = []
    for part in parts(numbers):
        found += await Employment.select(Employment.id, Employment.leaves).where(
            Employment.number.is_in(part) & Employment.leaves.is_not_null() & Employment.closed_at.is_null()
        )
    zones = await _zones([row["id"] for row in found])
    for instant in {end_of(row["leaves"], zones.get(row["id"], DEFAULT_ZONE)) for row in found}:
        # One look at the clock does for everybody of that minute, as long as it is still to come.
        told = f"{JOB}:{database.company()}:{instant.timestamp():.0f}" if instant > clock.now() else None
        await jobs.enqueue(JOB, run_at=instant, dedupe=told)


@jobs.job(JOB, lane=jobs.PROMPT)
async def close(company: int) -> None:
    """End the chats, sessions and roles of everybody in this company whose last day is over."""
    async with database.transaction(company):
        furthest = (clock.now() + timedelta(hours=14)).date()
        due = await Employment.select(Employment.id, Employment.person, Employment.leaves).where(
            (Employment.leaves < furthest) & Employment.closed_at.is_null()
        )
        zones = await _zones([row["id"] for row in due])
        over = [
            row for row in due if end_of(row["leaves"], zones.get(row["id"], DEFAULT_ZONE)) <= clock.now()
        ]  # fmt: skip
        here = await _still_here(over)
        for row in over:
            if row["person"] not in here:
                await _end(row["person"])
        for part in parts([row["id"] for row in over]):
            await Employment.update({Employment.closed_at: clock.now()}).where(Employment.id.is_in(part))


@jobs.cron("7 * * * *", "people.leavers_hourly")
async def hourly() -> None:
    """Catch up where the minute itself was missed."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id).where(Company.kind == "company")
    for row in companies:
        await close(row["id"])


async def _end(person: int) -> None:
    """Whatever this person could do here ends; their portal opens again if they are hired again."""
    await identities.unlink_all(person, actor=audit.NOBODY)
    rows = await Membership.select(Membership.id, Membership.account, Membership.role).where(
        Membership.person == person
    )
    given = [row["id"] for row in rows if row["role"] != "employee"]
    if given:
        await Membership.delete().where(Membership.id.is_in(given))
    accounts = [row["account"] for row in rows]
    if accounts:
        await Session.update({Session.ended_at: clock.now()}).where(
            Session.account.is_in(accounts) & Session.ended_at.is_null()
        )
    offered = await offers.revoke_of([person])
    audit.record("people.left", f"person:{person}", roles=sorted({*(row["role"] for row in rows), *offered}))


async def _still_here(over: Collection[dict[str, Any]]) -> set[int]:
    """The people of these spells who have another one that runs."""
    people, spells = {row["person"] for row in over}, {row["id"] for row in over}
    today, found = clock.today(DEFAULT_ZONE), set()
    for part in parts(people):
        running = Employment.leaves.is_null() | (Employment.leaves >= today)
        rows = await Employment.select(Employment.id, Employment.person).where(Employment.person.is_in(part) & running)
        found |= {row["person"] for row in rows if row["id"] not in spells}
    return found


async def _zones(spells: Collection[int]) -> dict[int, str]:
    """The clock of the last place of each spell."""
    found: dict[int, str] = {}
    for part in parts(spells):
        rows = await Assignment.select(Assignment.employment, Assignment.location.zone.as_alias("zone")).where(
            Assignment.employment.is_in(part)
        ).order_by(Assignment.from_)  # fmt: skip
        found |= {row["employment"]: row["zone"] for row in rows}
    return found
