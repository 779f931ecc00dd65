"""Somebody's data go: one person asks for it and sees what would happen, another agrees, and a job does it.

The job may die anywhere and be repeated. Before anything goes, an entry of the ledger is kept with the keys; whatever
brings the data back, such as an older database, has them go again.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import audit, clock, database, jobs, log
from core.accounts.roles import PROTECTION
from core.accounts.tables import Company, Membership
from core.audit import Actor
from core.crash import crashpoint
from core.errors import Refused
from core.helpdesk.tables import Ticket
from core.people.tables import Person
from core.privacy import copies, erasure_steps, ledger, legal_holds, restriction
from core.privacy.erasure_plan import WHOLE, plan_erasure
from core.privacy.erasure_steps import Counts
from core.privacy.holding_tables import Erasure

ERASE = "privacy.erase"
PLANNED, RUNNING, DONE, DROPPED = "planned", "running", "done", "dropped"
REPLAYED, LEDGER = "serambi", "ledger"  # who asks and who agrees where an older database was put back


@dataclass(frozen=True)
class Certificate:
    """What was done, without a word about whose it was, signed by this installation."""

    number: int
    scope: str
    asked_at: str
    finished_at: str
    counts: Counts
    signature: str


async def propose(person: int, *, by: Actor, request: str | None = None) -> Erasure:
    """Write down what would happen to this person's data, for a second person to agree to; in the open transaction."""
    await database.lock(Person, person)
    if await open_of(person) is not None:
        raise Refused("holdings.erasure_open")
    if await Erasure.exists().where((Erasure.person == person) & (Erasure.scope == WHOLE) & (Erasure.state == DONE)):
        raise Refused("holdings.gone_already")
    if person in await _humans(by.name):
        raise Refused("holdings.not_oneself")
    plan = await plan_erasure(person)
    if plan.hold is not None:
        raise Refused("holdings.held")
    await _refuse_open_tickets(person, plan.scope)
    row = Erasure(
        public=database.new_public(), person=person, scope=plan.scope, state=PLANNED, asked_by=by.name,
        asked_at=clock.now(), request=request, plan=json.dumps(plan.told()), accounts=json.dumps(list(plan.accounts)),
    )  # fmt: skip
    await Erasure.insert(row)
    audit.record("erasure.planned", f"person:{person}", by=by, number=f"E-{row.id}", scope=plan.scope)
    return row


async def agree(public: str, *, by: Actor, runs_at: datetime | None = None) -> Erasure:
    """Let it be done: never who asked for it, and one of the two looks after data protection where somebody does.

    With `runs_at` it waits until then, and `take_back` stops it.
    """
    row = await _planned(public)
    both = await _humans(row.asked_by), await _humans(by.name)
    if row.asked_by == by.name or both[0] & both[1]:
        raise Refused("holdings.second_person")
    if row.person in both[1]:
        raise Refused("holdings.not_oneself")
    if not await _officer_among(row.asked_by, by.name):
        raise Refused("holdings.officer_needed")
    plan = await plan_erasure(row.person)
    if plan.hold is not None:
        raise Refused("holdings.held")
    if plan.scope != row.scope:
        raise Refused("holdings.plan_changed")
    await _refuse_open_tickets(row.person, row.scope)
    await Erasure.update(
        {
            Erasure.state: RUNNING, Erasure.agreed_by: by.name, Erasure.agreed_at: clock.now(),
            Erasure.runs_at: runs_at,
        }
    ).where(Erasure.id == row.id)  # fmt: skip
    audit.record("erasure.agreed", f"person:{row.person}", by=by, number=f"E-{row.id}")
    await jobs.enqueue(ERASE, row.id, run_at=runs_at)
    row.runs_at = runs_at
    return row


async def waiting_for(request: str) -> Erasure | None:
    """The erasure that answers this request and has not begun."""
    where = (Erasure.request == request) & (Erasure.state == RUNNING) & (Erasure.runs_at > clock.now())
    found: Erasure | None = await Erasure.objects().where(where).first()
    return found


async def take_back(request: str, *, by: Actor) -> Erasure:
    """Whoever asked wants their data kept after all. Refused: it has begun, or nothing waits."""
    row = await waiting_for(request)
    if row is not None:
        await database.lock(Erasure, row.id)
        row = await waiting_for(request)
    if row is None or row.stage:
        raise Refused("erasing.too_late")
    await Erasure.update({Erasure.state: DROPPED}).where(Erasure.id == row.id)
    audit.record("erasure.dropped", f"person:{row.person}", by=by, number=f"E-{row.id}")
    return row


async def drop(public: str, *, by: Actor) -> None:
    """Let a plan that nobody agreed to go."""
    row = await _planned(public)
    await Erasure.update({Erasure.state: DROPPED}).where(Erasure.id == row.id)
    audit.record("erasure.dropped", f"person:{row.person}", by=by, number=f"E-{row.id}")


async def open_of(person: int) -> Erasure | None:
    """The erasure of this person that is planned or running."""
    where = (Erasure.person == person) & Erasure.state.is_in([PLANNED, RUNNING])
    found: Erasure | None = await Erasure.objects().where(where).first()
    return found


async def of_public(public: str) -> Erasure | None:
    """The erasure with this address."""
    found: Erasure | None = await Erasure.objects().where(Erasure.public == public).first()
    return found


async def newest(most: int = 100) -> Sequence[Erasure]:
    """The erasures of the company, the newest first."""
    return list(await Erasure.objects().order_by(Erasure.id, ascending=False).limit(most))


def certificate(row: Erasure) -> Certificate:
    """What an erasure that is done can show."""
    assert row.finished_at is not None and row.signature is not None
    return Certificate(
        row.id, row.scope, row.asked_at.isoformat(), row.finished_at.isoformat(), json.loads(row.counts), row.signature
    )  # fmt: skip


# -- doing it


@jobs.job(ERASE, lane=jobs.BULK)
async def apply_erasure(company: int, number: int) -> None:
    """Do what was agreed to, from where it is; harmless to repeat, and does nothing while a hold stands."""
    async with database.reading(company):
        row = await _running(number)
        if row is None:
            return
        person = await Person.select(Person.public).where(Person.id == row.person).first()
        assert person is not None
    ledger.note(company, row.person, person["public"], row.scope, row.id)
    crashpoint("erasure.noted")
    names = list(erasure_steps.steps(row.scope))
    for name in names[names.index(row.stage) + 1 if row.stage in names else 0 :]:
        if not await _step(company, number, name):
            return
    await _finish(company, number)


async def _step(company: int, number: int, name: str) -> bool:
    """Do one step with its mark; False where a hold was put on it meanwhile."""
    async with database.reading(company):
        before = await _running(number)
    if before is None:
        return False
    if name == "strangers":
        await erasure_steps.forget_strangers(company, before.person)
    async with database.transaction(company):
        await database.lock(Erasure, number)
        row = await _running(number)
        if row is None:
            return False
        counts = json.loads(row.counts)
        for table, rows in (await erasure_steps.steps(row.scope)[name](row)).items():
            counts[table] = counts.get(table, 0) + rows
        crashpoint("erasure.step")
        await Erasure.update({Erasure.stage: name, Erasure.counts: json.dumps(counts)}).where(Erasure.id == number)
    return True


async def _running(number: int) -> Erasure | None:
    row = await Erasure.objects().where((Erasure.id == number) & (Erasure.state == RUNNING)).first()
    if row is None or (row.runs_at is not None and row.runs_at > clock.now()):
        return None
    return None if await legal_holds.of(row.person) is not None else row


async def _finish(company: int, number: int) -> None:
    async with database.reading(company):
        row = await _running(number)
    if row is None:
        return
    if row.scope == WHOLE:
        outside = await erasure_steps.forget_accounts(json.loads(row.accounts))
    else:
        outside = Counts()
    crashpoint("erasure.outside")
    async with database.transaction(company):
        await database.lock(Erasure, number)
        row = await _running(number)
        if row is None:
            return
        counts = json.loads(row.counts) | outside
        now, told = clock.now(), json.dumps(counts, sort_keys=True)
        signed = ledger.signature(f"{company}|{row.id}|{row.scope}|{row.asked_at.isoformat()}|{now.isoformat()}|{told}")
        await Erasure.update(
            {
                Erasure.state: DONE, Erasure.finished_at: now, Erasure.counts: told, Erasure.signature: signed,
                Erasure.accounts: "[]",
            }
        ).where(Erasure.id == number)  # fmt: skip
        audit.record("erasure.done", f"person:{row.person}", number=f"E-{row.id}", scope=row.scope)
        await copies.soon()
    log.info("erased", company=company, number=number)


# -- again


@jobs.cron("*/5 * * * *", "privacy.unfinished")
async def unfinished() -> None:
    """Take up what a death left undone, and what an older database has brought back."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    gone = ledger.entries()
    for company in companies:
        async with database.reading(company):
            rows = await Erasure.select(Erasure.id).where(Erasure.state == RUNNING)
        for row in rows:
            async with database.transaction(company):
                await jobs.enqueue(ERASE, row["id"], dedupe=f"{ERASE}:{company}:{row['id']}:{clock.now():%H%M}")
        await again(company, [one for one in gone if one.company == company])
        await restriction.put_in_step(company)


async def again(company: int, gone: Collection[ledger.Entry]) -> list[int]:
    """Have the data of these go again where the database knows nothing of it; returns the numbers of what begins."""
    if not gone:
        return []
    begun: list[int] = []
    async with database.transaction(company):
        known = {
            (row["person"], row["scope"])
            for row in await Erasure.select(Erasure.person, Erasure.scope).where(Erasure.state.is_in([RUNNING, DONE]))
        }
        for one in gone:
            if (one.person, one.scope) in known or one.scope != WHOLE:
                continue
            person = await Person.select(Person.public).where(Person.id == one.person).first()
            if person is None or ledger.mark_of(person["public"]) != one.mark:
                continue  # the row is of somebody else, or was not there yet
            await Erasure.update({Erasure.state: DROPPED}).where(
                (Erasure.person == one.person) & (Erasure.state == PLANNED)
            )
            row = Erasure(
                public=database.new_public(), person=one.person, scope=one.scope, state=RUNNING, asked_by=REPLAYED,
                asked_at=one.at, agreed_by=LEDGER, agreed_at=clock.now(), plan="[]",
            )  # fmt: skip
            await Erasure.insert(row)
            audit.record("erasure.again", f"person:{one.person}", number=f"E-{row.id}")
            await jobs.enqueue(ERASE, row.id)
            begun.append(int(row.id))
    return begun


async def replay() -> int:
    """After a backup was put back: have everything go again that went since, before anybody reads it; how many."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    gone, done = ledger.entries(), 0
    for company in companies:
        for number in await again(company, [one for one in gone if one.company == company]):
            await apply_erasure(company, number)
            done += 1
    return done


# -- who


async def _planned(public: str) -> Erasure:
    row = await of_public(public)
    if row is not None:
        await database.lock(Erasure, row.id)
        row = await of_public(public)
    if row is None or row.state != PLANNED:
        raise Refused("holdings.no_plan")
    return row


async def _humans(actor: str) -> set[int]:
    """The persons that an actor is, as the audit names them."""
    kind, _, number = actor.partition(":")
    if not number.isdigit():
        return set()
    if kind == "person":
        return {int(number)}
    rows = await Membership.select(Membership.person).where(Membership.account == int(number))
    return {int(row["person"]) for row in rows if row["person"] is not None}


async def _officer_among(*actors: str) -> bool:
    """Whether one of them looks after data protection, or nobody of the company does."""
    rows = await Membership.select(Membership.account, Membership.person).where(Membership.role == PROTECTION)
    officers = {f"account:{row['account']}" for row in rows} | {
        f"person:{row['person']}" for row in rows if row["person"] is not None
    }
    return not officers or any(actor in officers for actor in actors)


async def _refuse_open_tickets(person: int, scope: str) -> None:
    if scope != WHOLE:
        return
    rows: list[dict[str, Any]] = (
        await Ticket.select(Ticket.number)
        .where((Ticket.person == person) & Ticket.state.is_in(["new", "open", "waiting_requester"]))
        .order_by(Ticket.id)
        .limit(5)
    )
    if rows:
        raise Refused("holdings.open_tickets", tickets=", ".join(row["number"] for row in rows))
