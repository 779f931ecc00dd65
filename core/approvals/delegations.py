"""Who decides in whose place: offered for a time, in force once the other has accepted, looked up at each decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from core import audit, clock, database, jobs
from core.approvals.cards import reader
from core.approvals.kinds import APPLIED, CANCEL_REQUESTED, DESCRIBES, IN_REVIEW
from core.approvals.tables import Delegation, Request
from core.audit import Actor
from core.errors import Refused
from core.messaging import buttons, outbox
from core.messaging.messages import Choice, Message
from core.people import directory
from core.people.directory import Employee
from core.phrases import jam, phrase, rentang
from core.stated import stated

DEEPEST = 2
DECLINED, ENDED = "declined", "ended"
IN_EFFECT = (APPLIED, CANCEL_REQUESTED)  # of the leave: until its undoing is agreed to, it holds
ONE_AT_A_TIME = "delegations:{}"  # two at once would each be allowed, and together be a circle
OFFERED = "approvals.delegate_offered"
ANSWER, ACCEPT, DECLINE = "delegation", "accept", "decline"  # what the buttons of an offer do


@dataclass(frozen=True)
class Link:
    """A delegation as the look-up needs it."""

    giver: int
    taker: int
    kinds: frozenset[str]
    most: int | None

    def covers(self, kind: str, days: int | None) -> bool:
        """Whether it reaches a request of this kind and length."""
        return kind in self.kinds and (self.most is None or days is None or days <= self.most)


async def in_force(at: datetime | None = None) -> Sequence[Link]:
    """The delegations of the company that hold at an instant: accepted, running, and their leave not refused."""
    now = at or clock.now()
    rows = await _running(now)
    return [
        Link(row["giver"], row["taker"], frozenset(row["kinds"].split()), row["most"])
        for row in rows
        if row["state"] in (None, *IN_EFFECT)
    ]


@stated
def _running(now: datetime) -> Any:
    return Delegation.select(
        Delegation.giver, Delegation.taker, Delegation.kinds, Delegation.most,
        Delegation.request.state.as_alias("state"),
    ).where(
        (Delegation.ends > now) & (Delegation.starts <= now) & Delegation.accepted_at.is_not_null()
        & Delegation.ended_at.is_null()
    )  # fmt: skip


def givers(links: Sequence[Link], taker: int, kind: str, days: int | None) -> Mapping[int, int]:
    """Whose place somebody may take, and how many hands it went through: at most two."""
    found: dict[int, int] = {}
    edge = {taker}
    for depth in range(1, DEEPEST + 1):
        edge = {one.giver for one in links if one.taker in edge and one.covers(kind, days)} - set(found) - {taker}
        found.update(dict.fromkeys(edge, depth))
    return found


def reach(links: Sequence[Link], taker: int) -> Sequence[Link]:
    """The same as links straight to the taker, whatever the request: of two hands, what both let through."""
    near = [one for one in links if one.taker == taker and one.giver != taker]
    far = [
        Link(one.giver, taker, one.kinds & by.kinds, _least(one.most, by.most))
        for by in near
        for one in links
        if one.taker == by.giver and one.giver != taker
    ]
    return list(dict.fromkeys(one for one in (*near, *far) if one.kinds))


def _least(*mosts: int | None) -> int | None:
    return min((most for most in mosts if most is not None), default=None)


def takers(links: Sequence[Link], giver: int, kind: str, days: int | None) -> Sequence[int]:
    """Who may take somebody's place, the nearest first."""
    found: list[int] = []
    edge = [giver]
    for _ in range(DEEPEST):
        edge = [one.taker for one in links if one.giver in edge and one.covers(kind, days)]
        edge = [one for one in dict.fromkeys(edge) if one not in found and one != giver]
        found += edge
    return found


async def offer(
    giver: Employee, taker: int, *, starts: datetime, ends: datetime, kinds: Sequence[str] = (),
    most: int | None = None, request: int | None = None, actor: Actor,
) -> Delegation:  # fmt: skip
    """Ask somebody to decide in one's place from `starts` until `ends`; it holds once they accept."""
    async with database.transaction(giver.company):
        await database.lock_name(ONE_AT_A_TIME.format(giver.company))
        for_what = tuple(kinds) or tuple(DESCRIBES)
        if taker == giver.person:
            raise Refused("approvals.delegate_oneself")
        if await directory.of_person(taker) is None:
            raise Refused("approvals.delegate_gone")
        if ends <= starts or ends <= clock.now():
            raise Refused("approvals.delegate_over")
        if any(kind not in DESCRIBES for kind in for_what) or (most is not None and most <= 0):
            raise Refused("approvals.delegate_what")
        await _refuse_second(giver.person, starts, ends, for_what)
        await refuse_circle(giver.person, taker, starts, ends)
        made = Delegation(
            public=database.new_public(), giver=giver.person, taker=taker, kinds=" ".join(for_what), most=most,
            starts=starts, ends=ends, request=request, offered_at=clock.now(),
        )  # fmt: skip
        await Delegation.insert(made)
        audit.record("delegation.offered", f"delegation:{made.id}", by=actor, giver=giver.person, taker=taker)
        await _tell_offered(made, giver)
        return made


async def _tell_offered(made: Delegation, giver: Employee) -> None:
    """Ask the other, with a button for each answer."""
    language, _ = await reader(made.taker)
    text, choices = await question(made, giver, language)
    message = Message(OFFERED, text, choices, language=language)
    await outbox.post(await outbox.address_of(made.taker), message, dedupe=f"delegation:{made.id}:offered")


async def question(made: Delegation, giver: Employee, language: str) -> tuple[str, tuple[Choice, ...]]:
    """What the other is asked, and a button for each answer."""
    text = phrase(
        OFFERED, language, who=giver.first_name, kinds=kinds_in_words(made, language),
        team=giver.department_name or giver.name, days=await span(made, language),
    )  # fmt: skip
    choices = [
        await buttons.make(
            phrase(f"approvals.delegate_{answer}", language), ANSWER, person=made.taker, subject=made.id, answer=answer
        )
        for answer in (ACCEPT, DECLINE)
    ]
    return text, tuple(choices)


async def unanswered(taker: int) -> Sequence[Delegation]:
    """What somebody was offered and has neither accepted nor declined, the next to begin first."""
    return (
        await Delegation.objects()
        .where(
            (Delegation.taker == taker) & Delegation.accepted_at.is_null() & Delegation.ended_at.is_null()
            & (Delegation.ends > clock.now())
        )
        .order_by(Delegation.starts, Delegation.id)
    )  # fmt: skip


def kinds_in_words(made: Delegation, language: str) -> str:
    """`cuti dan izin`: what the delegation is for."""
    *some, last = [phrase(f"approvals.kind_{kind}", language) for kind in made.kinds.split()]
    return phrase("approvals.kinds_and", language, some=", ".join(some), last=last) if some else last


async def span(made: Delegation, language: str) -> str:
    """From which day to which, both included, as people say it; of half a day, from or until which hour.

    By the clock of who gives it away, whoever reads: days begin and end where their work does.
    """
    zone = (await directory.zones_of({made.giver})).get(made.giver, directory.DEFAULT_ZONE)
    starts, ends = clock.local(made.starts, zone), clock.local(made.ends, zone)
    first, last = starts.date(), (ends - timedelta(seconds=1)).date()
    days = rentang(first, last, language)
    if first == last and starts.time() != time():
        return phrase("approvals.span_from", language, days=days, at=jam(starts, zone, language))
    if first == last and ends.time() != time():
        return phrase("approvals.span_until", language, days=days, at=jam(ends, zone, language))
    return days


async def _tell_giver(made: Delegation, answer: str) -> None:
    language, _ = await reader(made.giver)
    name = (await directory.person_name(made.taker)).split()[0]
    text = phrase(f"approvals.delegate_told_{answer}", language, who=name, days=await span(made, language))
    await outbox.post(
        await outbox.address_of(made.giver), Message("approvals.delegate_answered", text, language=language),
        dedupe=f"delegation:{made.id}:{answer}",
    )  # fmt: skip


async def _refuse_second(giver: int, starts: datetime, ends: datetime, kinds: Sequence[str]) -> None:
    """One place is taken by one at a time: two would be two heads where one was meant."""
    for row in await _beside(starts, ends, Delegation.giver == giver):
        if set(row["kinds"].split()) & set(kinds):
            name = (await directory.person_name(row["taker"])).split()[0]
            zone = (await directory.zones_of({giver})).get(giver, directory.DEFAULT_ZONE)
            ends_at = clock.local(row["ends"], zone)
            until = ends_at if ends_at.time() != time() else ends_at.date() - timedelta(days=1)
            raise Refused("approvals.delegate_second", who=name, until=until)


async def refuse_circle(giver: int, taker: int, starts: datetime, ends: datetime, *, but: int = 0) -> None:
    """Refuse what would lead back to the giver, or through more than two hands, at any moment of that time.

    Asked when it is offered and again, but for itself, when it is accepted: others may have come between.
    """
    rows = await _beside(starts, ends, Delegation.id != but)
    back, seen = {taker}, set[int]()
    while back - seen:
        seen |= back
        back = {row["taker"] for row in rows if row["giver"] in back}
        if giver in back:
            raise Refused("approvals.delegate_circle", who=(await directory.person_name(taker)).split()[0])
    if _reach(rows, taker, "giver", "taker") + 1 + _reach(rows, giver, "taker", "giver") > DEEPEST:
        raise Refused("approvals.delegate_deep", who=(await directory.person_name(taker)).split()[0])


def _reach(rows: Sequence[Mapping[str, Any]], begin: int, from_: str, to: str) -> int:
    """How many hands it goes on from somebody, in one direction; circles are refused before."""
    steps, edge = 0, {begin}
    while steps <= DEEPEST and (edge := {row[to] for row in rows if row[from_] in edge}):
        steps += 1
    return steps


async def _beside(starts: datetime, ends: datetime, which: Any) -> Sequence[dict[str, Any]]:
    rows: Sequence[dict[str, Any]] = await Delegation.select(
        Delegation.giver, Delegation.taker, Delegation.kinds, Delegation.ends
    ).where((Delegation.starts < ends) & (Delegation.ends > starts) & Delegation.ended_at.is_null() & which)
    return rows


async def accept(delegation: Delegation, *, by: Employee, actor: Actor) -> None:
    """Take the place that was offered; from now on it holds for the time that was named."""
    async with database.transaction(by.company):
        await database.lock_name(ONE_AT_A_TIME.format(by.company))
        await _mine(delegation, by)
        await refuse_circle(delegation.giver, delegation.taker, delegation.starts, delegation.ends, but=delegation.id)
        free = Delegation.accepted_at.is_null() & Delegation.ended_at.is_null() & (Delegation.ends > clock.now())
        now = clock.now()
        if (
            not await Delegation.update({Delegation.accepted_at: now})
            .where((Delegation.id == delegation.id) & free)
            .returning(Delegation.id)
        ):
            raise await _answered(delegation)
        delegation.accepted_at = now
        await jobs.enqueue("approvals.delegation", delegation.id, run_at=max(now, delegation.starts))
        await jobs.enqueue("approvals.delegation_over", delegation.id, run_at=delegation.ends)
        await _tell_giver(delegation, ACCEPT)
        audit.record("delegation.accepted", f"delegation:{delegation.id}", by=actor)


async def decline(delegation: Delegation, *, by: Employee, actor: Actor) -> None:
    """Say no to what was offered."""
    async with database.transaction(by.company):
        await _mine(delegation, by)
        free = Delegation.accepted_at.is_null() & Delegation.ended_at.is_null()
        if (
            not await Delegation.update({Delegation.ended_at: clock.now(), Delegation.why: DECLINED})
            .where((Delegation.id == delegation.id) & free)
            .returning(Delegation.id)
        ):
            raise await _answered(delegation)
        await _tell_giver(delegation, DECLINE)
        audit.record("delegation.declined", f"delegation:{delegation.id}", by=actor)


async def end(delegation: Delegation, *, actor: Actor) -> None:
    """Take a place back before its time is over; what was decided in it stands."""
    async with database.transaction(delegation.company):
        if (
            not await Delegation.update({Delegation.ended_at: clock.now(), Delegation.why: ENDED})
            .where((Delegation.id == delegation.id) & Delegation.ended_at.is_null() & (Delegation.ends > clock.now()))
            .returning(Delegation.id)
        ):
            raise await _answered(delegation)
        await jobs.enqueue("approvals.delegation_over", delegation.id)
        audit.record("delegation.ended", f"delegation:{delegation.id}", by=actor)


async def _mine(delegation: Delegation, by: Employee) -> None:
    if delegation.taker != by.person:
        raise Refused("approvals.not_yours")


async def _answered(delegation: Delegation) -> Refused:
    fresh = await Delegation.objects().where(Delegation.id == delegation.id).first()
    assert fresh is not None
    if fresh.ended_at is not None or fresh.ends <= clock.now():
        return Refused("approvals.delegate_ended")
    return Refused("approvals.delegate_taken", at=fresh.accepted_at)


async def by_public(public: str) -> Delegation | None:
    """The delegation with this address."""
    return await Delegation.objects().where(Delegation.public == public).first()


async def of_request(request: Request) -> Sequence[Delegation]:
    """What was offered along with somebody's own leave and was not taken back."""
    return await Delegation.objects().where((Delegation.request == request.id) & Delegation.ended_at.is_null())


async def leave_is_off(request: Request) -> None:
    """Somebody's leave is called off: nobody stands in for them because of it any more."""
    for made in await of_request(request):
        await jobs.enqueue("approvals.delegation_over", made.id)


def holds(delegation: Delegation, state: str | None) -> str:
    """Where a delegation stands, in one word: ended, offered, waiting (for its leave), coming, running or over."""
    now = clock.now()
    if delegation.ended_at is not None:
        return delegation.why or ENDED
    if delegation.ends <= now:
        return "over"
    if delegation.accepted_at is None:
        return "offered"
    if state == IN_REVIEW:
        return "waiting"
    if state not in (None, *IN_EFFECT):
        return ENDED
    return "running" if delegation.starts <= now else "coming"
