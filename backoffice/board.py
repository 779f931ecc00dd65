"""What the morning look at a company needs: who is here today, what waits for somebody, and how far it is set up.

Everything is read in a fixed number of queries, however many people there are; the company must be open. What needs a
person comes in the order of harm: what hurts an employee today stands before what is merely untidy.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backoffice.asked import WAITS
from backoffice.guards import Standing
from core import clock
from core.accounts import grants
from core.accounts.roles import ADMINISTRATOR, SUPER, allowed
from core.accounts.tables import Block, Membership
from core.approvals import four_eyes
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request as Asked
from core.approvals.tables import Step
from core.calendar import days, versions
from core.calendar.tables import Closure
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.jobs import Job
from core.leave.tables import LeaveDay, LeaveRequest
from core.messaging import undelivered
from core.people import batches, search
from core.people.tables import Assignment, ChannelIdentity, Employment, ImportBatch, Location
from core.phrases import angka, phrase, saat
from core.privacy import policies

SOON = 2  # days: leave that begins by then and has no answer hurts first
MOST_LATE = 500


@dataclass(frozen=True)
class Today:
    """Who works here today: the figures of the bar."""

    day: date
    off: str | None  # the name of the day off, "" for a weekend, None on a working day
    people: int
    idle: int  # of those, for whom it is a day off
    leave: int
    collective: int

    @property
    def scheduled(self) -> int:
        """Those who are to work today, away or not."""
        return max(0, self.people - self.idle - self.collective)

    @property
    def here(self) -> int:
        """Those of them who are not away."""
        return max(0, self.scheduled - self.leave)


@dataclass(frozen=True)
class Need:
    """Something that somebody must look at."""

    shape: str  # act | wait | told
    title: str
    what: str
    href: str
    button: str  # key of a phrase


@dataclass(frozen=True)
class SetUp:
    """A step on the way to a company that works, and whether it was taken."""

    name: str
    done: bool
    told: str
    href: str | None


async def today(where: Standing, language: str) -> Today:
    """Who is here today, by what is known: spells of work, leave, the days off of each place."""
    day = clock.today(where.place.zone)
    people = await Employment.count().where(_at_work(day))
    held = await days.calendar()
    places = [row["id"] for row in await Location.select(Location.id)] or [None]
    resting = [place for place in places if not held.works(day, place)]
    off, idle = None, 0
    if len(resting) == len(places):
        special = held.off(day, resting[0])
        off, idle = special.name(language) if special is not None else "", people
    elif resting:
        here = (Assignment.from_ <= day) & (Assignment.until.is_null() | (Assignment.until > day))
        at_work = Employment.select(Employment.id).where(_at_work(day))
        idle = await Assignment.count().where(
            here & Assignment.location.is_in(resting) & Assignment.employment.is_in(at_work)
        )
    away = (
        await LeaveDay.select(LeaveDay.employment, LeaveDay.request)
        .where((LeaveDay.date == day) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True))  # noqa: E712
    )  # fmt: skip
    leave = {row["employment"] for row in away if row["request"] is not None}
    collective = {row["employment"] for row in away if row["request"] is None} - leave
    return Today(day, off, people, idle, len(leave), len(collective))


async def away(day: date, most: int, *, department: int | None = None) -> tuple[list[dict[str, Any]], int]:
    """The names of those (of a department) who are on leave that day, and how many there are."""
    where: Any = (
        (LeaveDay.date == day) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
        & LeaveDay.request.is_not_null()
    )  # fmt: skip
    if department is not None:
        here = (Assignment.department == department) & (Assignment.from_ <= day)
        members = Assignment.select(Assignment.employment).where(
            here & (Assignment.until.is_null() | (Assignment.until > day))
        )
        where = where & LeaveDay.employment.is_in(members)
    rows = (
        await LeaveDay.select(LeaveDay.employment, LeaveDay.part, LeaveDay.request.ends.as_alias("ends"))
        .where(where)
        .order_by(LeaveDay.id)
        .limit(most)
    )
    names = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in([row["employment"] for row in rows] or [0])
    )
    name_of = {row["id"]: row["name"] for row in names}
    shown = [{"name": name_of[row["employment"]], "part": row["part"], "ends": row["ends"]} for row in rows]
    return shown, len(rows) if len(rows) < most else await LeaveDay.count().where(where)


def _at_work(day: date) -> Any:
    return (Employment.joins <= day) & (Employment.leaves.is_null() | (Employment.leaves >= day))


# -- what needs a person -----------------------------------------------------------------------------------------------


async def needs(where: Standing, language: str) -> list[Need]:
    """What this person may do something about, the most harmful first."""
    found = []
    for resource, action, look in NEEDS:
        if allowed(where.place.roles, resource, action):
            one = await look(where, language)
            if one is not None:
                found.append(one)
    return found


async def _begins_soon(where: Standing, language: str) -> Need | None:
    day = clock.today(where.place.zone)
    soon = (LeaveRequest.starts <= day + timedelta(days=SOON)) & LeaveRequest.id.is_in(
        Asked.select(Asked.subject).where(WAITS)
    )
    number = await LeaveRequest.count().where(soon)
    if not number:
        return None
    begun = await LeaveRequest.exists().where(soon & (LeaveRequest.starts <= day))
    key = "board.begun" if begun else "board.begins_soon"
    return Need(
        "act", phrase("board.undecided_soon", language, number=angka(number, language), count=number),
        phrase(key, language, days=SOON, number=str(SOON)), f"/{where.place.slug}/leave", "board.look",
    )  # fmt: skip


async def _papers(where: Standing, language: str) -> Need | None:
    day = clock.today(where.place.zone)
    late = (LeaveRequest.document_due < day) & LeaveRequest.document_met_at.is_null()
    rows = await LeaveRequest.select(LeaveRequest.id).where(late).order_by(LeaveRequest.document_due).limit(MOST_LATE)
    if not rows:
        return None
    holds = LeaveDay.request.is_in([row["id"] for row in rows]) & LeaveDay.ended_at.is_null()
    number = await LeaveDay.count(distinct=[LeaveDay.request]).where(holds)
    return _so_many("wait", "papers", number, language, f"/{where.place.slug}/leave?show=papers")


async def _overdue(where: Standing, language: str) -> Need | None:
    late = (Step.state == "open") & (Step.escalate_at < clock.now())
    number = await Step.count().where(late & (Step.request.state == IN_REVIEW))
    return _so_many("act", "overdue", number, language, f"/{where.place.slug}/approvals")


async def _grants(where: Standing, language: str) -> Need | None:
    standing = await grants.standing()
    asked = [one for one in standing if one.given_at is None]
    there = f"/{where.place.slug}/operator"
    if asked:
        title = phrase("grants.need", language, number=angka(len(asked), language), count=len(asked))
        return Need("act", title, phrase("grants.need_what", language), there, "board.look")
    last = max((one.until for one in standing if one.until is not None), default=None)
    if last is None:
        return None
    what = phrase("grants.need_open_what", language, at=saat(last, where.place.zone, language))
    return Need("told", phrase("grants.need_open", language), what, there, "board.look")


async def _blocked(where: Standing, language: str) -> Need | None:
    number = await Block.count().where(Block.lifted_at.is_null())
    return _so_many("act", "blocked", number, language, f"/{where.place.slug}/blocked")


async def _closures(where: Standing, language: str) -> Need | None:
    """Closures that wait for this person: asked for by somebody else, or, who is alone, due to be confirmed again."""
    me = where.decides
    if me is None:
        return None
    mine: Any = Closure.asked_by.is_not_null() & (Closure.asked_by != me)
    if await four_eyes.alone(me):
        again = clock.now() - versions.CONFIRMS_AGAIN
        mine = mine | ((Closure.asked_by == me) & (Closure.asked_at <= again))
    number = await Closure.count().where(Closure.since.is_null() & Closure.dropped_at.is_null() & mine)
    return _so_many("act", "closures", number, language, f"/{where.place.slug}/settings/calendar#h-closures")


async def _parked(where: Standing, language: str) -> Need | None:
    number = await Job.count().where((Job.state == "parked") & (Job.company == where.company))
    return _so_many("act", "parked", number, language, f"/{where.place.slug}/jobs")


async def _undelivered(where: Standing, language: str) -> Need | None:
    number = await undelivered.count()
    return _so_many("wait", "undelivered", number, language, f"/{where.place.slug}/undelivered")


async def _shut(where: Standing, language: str) -> Need | None:
    number = len(await undelivered.shut_chats())
    return _so_many("wait", "shut_chats", number, language, f"/{where.place.slug}/undelivered")


async def _imports(where: Standing, language: str) -> Need | None:
    waits = (ImportBatch.state == batches.CHECKED) & (ImportBatch.kind == "file")
    does = (ImportBatch.new > 0) | (ImportBatch.changed > 0)  # a file that changes nothing has nothing to apply
    number = await ImportBatch.count().where(waits & does)
    return _so_many("wait", "imports", number, language, f"/{where.place.slug}/imports")


async def _headless(where: Standing, language: str) -> Need | None:
    day = clock.today(where.place.zone)
    alone = Assignment.manager.is_null() & Assignment.until.is_null() & (Assignment.from_ <= day)
    rows = await Assignment.select(Assignment.employment).where(alone).limit(MOST_LATE)
    number = await Employment.count().where(
        _at_work(day) & Employment.id.is_in([row["employment"] for row in rows] or [0])
    )
    if number <= 1:  # one has nobody above
        return None
    return _so_many("wait", "headless", number, language, f"/{where.place.slug}/people?lacks={search.NO_MANAGER}")


async def _unlinked(where: Standing, language: str) -> Need | None:
    people = await Employment.count().where(_at_work(clock.today(where.place.zone)))
    linked = await ChannelIdentity.count(distinct=[ChannelIdentity.person]).where(ChannelIdentity.ended_at.is_null())
    number = max(0, people - linked)
    return _so_many("told", "unlinked", number, language, f"/{where.place.slug}/people?lacks={search.NO_CHAT}")


def _so_many(shape: str, name: str, number: int, language: str, there: str) -> Need | None:
    """That there are so many of these, with what they are and where to look; nothing where there are none."""
    if not number:
        return None
    told = phrase(f"board.{name}", language, number=angka(number, language), count=number)
    return Need(shape, told, phrase(f"board.{name}_what", language), there, "board.look")


async def _late_tickets(where: Standing, language: str) -> Need | None:
    late = Ticket.state.is_in(list(tickets.UNSOLVED)) & (Ticket.next_at < clock.now())
    return _so_many("act", "tickets_late", await Ticket.count().where(late), language, f"/{where.place.slug}/tickets")


async def _broken_promises(where: Standing, language: str) -> Need | None:
    now = clock.now()
    broken = (Ticket.answer_promise < now) | (Ticket.solve_promise < now)
    number = await Ticket.count().where(Ticket.state.is_in(list(tickets.UNSOLVED)) & broken)
    return _so_many("act", "promises_broken", number, language, f"/{where.place.slug}/tickets")


async def _new_tickets(where: Standing, language: str) -> Need | None:
    free = Ticket.state.is_in(list(tickets.UNSOLVED)) & Ticket.agent.is_null()
    there = f"/{where.place.slug}/tickets?show=untaken"
    return _so_many("wait", "tickets_untaken", await Ticket.count().where(free), language, there)


async def _terms(where: Standing, language: str) -> Need | None:
    number = len(await policies.to_accept(clock.today(where.place.zone)))
    if not number:
        return None
    title = phrase("policies.need", language, number=angka(number, language), count=number)
    return Need(
        "wait", title, phrase("policies.need_what", language), f"/{where.place.slug}/settings/terms", "board.look"
    )


Look = Callable[[Standing, str], Awaitable[Need | None]]
NEEDS: Sequence[tuple[str, str, Look]] = (
    ("accounts", "secure", _blocked),
    ("grants", "read", _grants),
    ("leave", "read", _begins_soon),
    ("approvals", "decide", _overdue),
    ("calendar", "change", _closures),
    ("tickets", "work", _broken_promises),
    ("tickets", "work", _late_tickets),
    ("tickets", "work", _new_tickets),
    ("leave", "read", _papers),
    ("jobs", "read", _parked),
    ("undelivered", "settle", _undelivered),
    ("undelivered", "settle", _shut),
    ("people", "write", _imports),
    ("terms", "accept", _terms),
    ("people", "read", _headless),
    ("people", "read", _unlinked),
)


# -- setting up --------------------------------------------------------------------------------------------------------


async def set_up(where: Standing, language: str) -> list[SetUp]:
    """The steps of a new company, each with its true state."""
    day = clock.today(where.place.zone)
    people = await Employment.count().where(_at_work(day))
    linked = await ChannelIdentity.count(distinct=[ChannelIdentity.person]).where(ChannelIdentity.ended_at.is_null())
    free = len(await days.within(date(day.year, 1, 1), date(day.year, 12, 31), None))
    roles = await Membership.count().where(Membership.role.is_in([SUPER, ADMINISTRATOR]))
    steps: tuple[tuple[str, bool, int, str], ...] = (
        ("people", people > 1, people, "imports"), ("linked", linked > 0, linked, "people"),
        ("days", free > 0, free, "settings/calendar"), ("roles", roles > 1, roles, "roles"),
    )  # fmt: skip
    return [
        SetUp(
            phrase(f"board.set_up_{name}", language), done,
            phrase(f"board.set_up_{name}_told", language, number=str(number), count=number),
            f"/{where.place.slug}/{there}",
        )
        for name, done, number, there in steps
    ]  # fmt: skip
