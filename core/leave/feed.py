"""Leave as a calendar that a telephone subscribes to, behind a secret address: one's own, and a head's team.

It says who is away and when, never why, in the language in which its owner reads pages: there the address is made. The
address is kept as its digest only; a new one ends the one before, and whoever has left reads nothing more.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from core import audit, clock, database
from core.accounts import reading
from core.audit import Actor
from core.calendar.ical import Event, written
from core.calendar.tables import CalendarFeed
from core.errors import Refused
from core.leave.tables import LeaveDay
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Assignment
from core.phrases import phrase

OWN, TEAM = "own", "team"
KINDS = (OWN, TEAM)
BACK, AHEAD = timedelta(days=90), timedelta(days=400)
MOST_TEAM = 500


async def offered(me: Employee) -> dict[str, datetime | None]:
    """The calendars this person may subscribe to, each with since when its address holds."""
    rows = await CalendarFeed.select().where((CalendarFeed.person == me.person) & CalendarFeed.ended_at.is_null())
    made = {row["kind"]: row["made_at"] for row in rows}
    kinds = KINDS if await _team(me) else (OWN,)
    return {kind: made.get(kind) for kind in kinds}


async def make(me: Employee, kind: str, *, actor: Actor) -> str:
    """A new secret address, told this once; the one before ends."""
    if kind not in await offered(me):
        raise Refused("feed.not_yours")
    await end(me, kind, actor=actor)
    secret = database.new_public()
    await CalendarFeed.insert(
        CalendarFeed(person=me.person, kind=kind, digest=digest(secret), made_at=clock.now(), ended_at=None)
    )
    audit.record("feed.made", f"person:{me.person}", by=actor, kind=kind)
    return secret


async def end(me: Employee, kind: str, *, actor: Actor) -> None:
    """Have the address lead nowhere from now on."""
    ended = (
        await CalendarFeed.update({CalendarFeed.ended_at: clock.now()})
        .where((CalendarFeed.person == me.person) & (CalendarFeed.kind == kind) & CalendarFeed.ended_at.is_null())
        .returning(CalendarFeed.id)
    )
    if ended:
        audit.record("feed.ended", f"person:{me.person}", by=actor, kind=kind)


def digest(secret: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def read(secret: str) -> str | None:
    """The calendar behind a secret, or None: unknown, ended, or its holder has left or heads nobody any more."""
    row = (
        await CalendarFeed.select()
        .where((CalendarFeed.digest == digest(secret)) & CalendarFeed.ended_at.is_null())
        .first()
    )
    me = await directory.of_person(row["person"]) if row else None
    if row is None or me is None:
        return None
    me = replace(me, language=await reading.language_of(me.person) or me.language)
    if row["kind"] == OWN:
        events = await _events({me.id: phrase("feed.away", me.language)}, me, busy=True)
        return written(phrase("feed.own_name", me.language), events, me.language)
    team = await _team(me)
    if not team:
        return None
    told = {one: phrase("feed.team_away", me.language, name=name) for one, name in team.items()}
    return written(phrase("feed.team_name", me.language), await _events(told, me, busy=False), me.language)


async def _team(me: Employee) -> dict[int, str]:
    """Those whose head this is today, by name."""
    today = clock.today(me.zone)
    chain: Any = Assignment.employment
    rows = (
        await Assignment.select(Assignment.employment, chain.person.name.as_alias("name"))
        .where(
            (Assignment.manager == me.id) & (Assignment.from_ <= today) & (chain.joins <= today)
            & (Assignment.until.is_null() | (Assignment.until > today))  # who is to move later is in it until then
            & (chain.leaves.is_null() | (chain.leaves >= today))
        )
        .limit(MOST_TEAM)
    )  # fmt: skip
    return {row["employment"]: row["name"] for row in rows}


async def _events(told: dict[int, str], me: Employee, *, busy: bool) -> list[Event]:
    today = clock.today(me.zone)
    asked: Any = LeaveDay.request
    days = (
        await LeaveDay.select(
            LeaveDay.date, LeaveDay.part, LeaveDay.employment, LeaveDay.request, LeaveDay.taken_at, LeaveDay.ended_at,
            asked.public.as_alias("public"), asked.requested_at.as_alias("asked_at"),
        )
        .where(
            LeaveDay.employment.is_in(list(told)) & LeaveDay.request.is_not_null() & (LeaveDay.counted == True)  # noqa: E712
            & (LeaveDay.date >= today - BACK) & (LeaveDay.date <= today + AHEAD)
        )
        .order_by(LeaveDay.request, LeaveDay.date)
    )  # fmt: skip
    return [
        _event(run, told[run[0]["employment"]], me.language, busy=busy)
        for run in sorted(_runs(days), key=lambda run: (run[0]["date"], run[0]["public"]))
    ]


def _runs(days: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Days of one request that stand together; a day that was given back parts them, a weekend does not."""
    runs: list[list[dict[str, Any]]] = []
    before: dict[str, Any] | None = None
    for day in days:
        if day["ended_at"] is None:
            if before is not None and before["ended_at"] is None and before["request"] == day["request"]:
                runs[-1].append(day)
            else:
                runs.append([day])
        before = day
    return runs


def _event(run: Sequence[dict[str, Any]], words: str, language: str, *, busy: bool) -> Event:
    first, last = run[0], run[-1]
    if first["part"] is not None:
        words = f"{words} ({phrase('feed.' + first['part'], language)})"
    starts: date = first["date"]
    stamps = [one for day in run for one in (day["asked_at"], day["taken_at"]) if one is not None]
    sure = all(day["taken_at"] is not None for day in run)
    return Event(
        f"{first['public']}-{starts:%Y%m%d}@serambi", max(stamps), starts, last["date"], words, sure=sure, busy=busy
    )
