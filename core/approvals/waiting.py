"""Finding requests: what waits for somebody, what an employee asked for, one by its number or its address.

What waits for somebody is found in the database, by one statement for whatever is asked of it: an administrator may
have thousands before them. Whoever changes WAITS changes the plain reading of the same rules in the tests, too.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from core import database
from core.approvals import delegations, steps
from core.approvals.tables import Decision, Request, Step, StepApprover
from core.engines import PooledPostgres

# The requests whose open step somebody has a seat at, an own one or one that is lent to them; neither this seat has
# answered nor they themselves. The seat of who was added beside another is that other's.
WAITS = """
    with waits as (
      select distinct r.id as id, r.submitted_at as at
      from step_approver a join step s on s.id = a.step join request r on r.id = s.request
      where a.company = :company and s.company = :company and r.company = :company
      and a.ended_at is null and s.state = 'open' and r.state in ('in_review', 'cancel_requested')
      and not exists (
        select 1 from decision d left join step_approver b
          on b.company = :company and b.step = d.step and b.person = coalesce(d.for_whom, d.actor)
        where d.company = :company and d.step = s.id
        and (d.actor = {} or coalesce(b.beside, d.for_whom, d.actor) = coalesce(a.beside, a.person))
      )
      and """
OWN = "a.person = {}"
# Never a request of one's own, in whichever spell of work.
LENT = """
      (a.person = {} or ((%s) and r.employment not in (
        select e.id from employment e where e.company = :company and e.person = {}
      )))"""
# How long it is, in thousandths of a day; null where its kind does not say.
DAYS_ON_SQLITE = "(case json_type(r.facts, '$.days') when 'integer' then json_extract(r.facts, '$.days') end)"
DAYS_ON_POSTGRES = """(case when json_typeof(r.facts::json -> 'days') = 'number' and r.facts::json ->> 'days' !~ '[.eE]'
        then (r.facts::json ->> 'days')::numeric end)"""


async def waiting_for(person: int, *, limit: int | None = None, after: int = 0) -> Sequence[Request]:
    """The requests that this person may decide now, in their own seat or another's, the longest-waiting first.

    With a limit, so many of them, those that were asked for after the request `after`.
    """
    cut = "" if limit is None else f" limit {limit:d}"
    return await _of(await _ask(person, "select id from waits where id > {} order by id" + cut, after))


async def waiting_and_number(person: int, *, limit: int, after: int = 0) -> tuple[Sequence[Request], int]:
    """The same with a limit, and how many requests wait for this person in all, by going through them once."""
    sql = f"select id, (select count(*) from waits) as number from waits where id > {{}} order by id limit {limit:d}"
    rows = await _ask(person, sql, after)
    return await _of(rows), int(rows[0]["number"]) if rows else await count_for(person)


async def longest(person: int, most: int) -> Sequence[Request]:
    """Of the requests that wait for this person, so many that have waited the longest, the longest first."""
    return await _of(await _ask(person, f"select id from waits order by at, id limit {most:d}"))


async def _of(found: Sequence[Mapping[str, Any]]) -> Sequence[Request]:
    if not found:
        return []
    where = Request.id.is_in([row["id"] for row in found])
    return await Request.objects().where(where).order_by(Request.submitted_at, Request.id)


async def count_for(person: int) -> int:
    """How many requests wait for this person."""
    return int((await _ask(person, "select count(*) as number from waits"))[0]["number"])


async def ids_for(person: int) -> Collection[int]:
    """The ids of all requests that wait for this person."""
    return {row["id"] for row in await _ask(person, "select id from waits")}


async def among(person: int, requests: Collection[int]) -> Collection[int]:
    """Of these requests, those that wait for this person."""
    if not requests:
        return set()
    places = ", ".join("{}" for _ in requests)
    return {row["id"] for row in await _ask(person, f"select id from waits where id in ({places})", *requests)}


async def ages_for(person: int, edges: Sequence[datetime]) -> Sequence[int]:
    """How many of what waits for this person was asked for after each of these instants."""
    return _counted(await _ask(person, f"select {_sums(edges)} from waits", *edges))


async def ages_of_all(edges: Sequence[datetime]) -> Sequence[int]:
    """The same of all that waits in the company, whoever is to decide it."""
    open_now = "from request r where r.company = :company and r.state in ('in_review', 'cancel_requested')"
    waits = f"with waits as (select r.submitted_at as at {open_now})"
    return _counted(await database.tally(Request, f"{waits} select {_sums(edges)} from waits", *edges))


def _sums(edges: Sequence[datetime]) -> str:
    return ", ".join(f"coalesce(sum(case when at > {{}} then 1 else 0 end), 0) as n{n}" for n in range(len(edges)))


def _counted(rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    return [int(rows[0][f"n{number}"]) for number in range(len(rows[0]))]


async def _ask(person: int, sql: str, *values: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of a SELECT from what waits for this person."""
    lent, given = _lent(delegations.reach(await delegations.in_force(), person))
    seats, whose = (LENT % lent, [person, *given, person]) if lent else (OWN, [person])
    return await database.tally(StepApprover, f"{WAITS}{seats}) {sql}", person, *whose, *values)


def _lent(reached: Sequence[delegations.Link]) -> tuple[str, Sequence[object]]:
    """The seats that others let somebody answer from, as a condition and its values; nothing where none do."""
    days = DAYS_ON_POSTGRES if isinstance(database.engine(), PooledPostgres) else DAYS_ON_SQLITE
    parts: list[str] = []
    values: list[object] = []
    for one in reached:
        kinds = sorted(one.kinds)
        part = f"a.person = {{}} and r.kind in ({', '.join('{}' for _ in kinds)})"
        values += [one.giver, *kinds]
        if one.most is not None:
            part += f" and ({days} is null or {days} <= {{}})"
            values.append(one.most)
        parts.append(f"({part})")
    return " or ".join(parts), values


async def _seats_done(open_now: Collection[int]) -> Collection[tuple[int, int]]:
    """The seats of these steps that have answered, each as step and owner."""
    return await _seats_of(await _given(open_now))


async def _given(open_now: Collection[int]) -> Sequence[Mapping[str, Any]]:
    return list(
        await Decision.select(Decision.step, Decision.actor, Decision.for_whom).where(
            Decision.step.is_in(list(open_now) or [0])
        )
    )


async def _seats_of(given: Sequence[Mapping[str, Any]]) -> set[tuple[int, int]]:
    """Whose seats these decisions fill, each as step and owner."""
    beside = {
        (row["step"], row["person"]): row["beside"]
        for row in await StepApprover.select(StepApprover.step, StepApprover.person, StepApprover.beside).where(
            StepApprover.step.is_in([row["step"] for row in given] or [0]) & StepApprover.beside.is_not_null()
        )
    }
    whose = [(row["step"], row["for_whom"] or row["actor"]) for row in given]
    return {(step, beside.get((step, one)) or one) for step, one in whose}


async def of_employee(employment: int, limit: int = 20) -> Sequence[Request]:
    """What an employee asked for, the newest first."""
    where = Request.employment == employment
    return await Request.objects().where(where).order_by(Request.id, ascending=False).limit(limit)


async def by_number(number: str) -> Request | None:
    """The request that people call by this number."""
    return await Request.objects().where(Request.number == number.upper()).first()


async def by_public(public: str) -> Request | None:
    """The request with this address."""
    return await Request.objects().where(Request.public == public).first()


async def approvers_of(request: Request) -> Sequence[str]:
    """The first names of those whose answer may still come, or who decided it last."""
    return (await approvers_of_many([request.id])).get(request.id, [])


async def approvers_of_many(requests: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The same for many requests, by their id."""
    step: Any = StepApprover.step
    rows = (
        await StepApprover.select(
            StepApprover.person.name.as_alias("name"), StepApprover.step, StepApprover.person, StepApprover.beside,
            step.request.as_alias("request"),
            step.version.as_alias("version"), step.state.as_alias("state"),
            step.request.version.as_alias("now"),
        )
        .where(step.request.is_in(list(requests) or [0]) & StepApprover.ended_at.is_null())
        .order_by(StepApprover.id)
    )  # fmt: skip
    rows = [row for row in rows if row["version"] == row["now"]]
    open_now = {row["request"] for row in rows if row["state"] == steps.OPEN}
    done = await _seats_done({row["step"] for row in rows if row["state"] == steps.OPEN})
    found: dict[int, list[str]] = {}
    for row in rows:
        if (row["step"], row["beside"] or row["person"]) in done:
            continue
        if row["state"] == steps.OPEN or (row["request"] not in open_now and row["state"] != steps.WAITING):
            found.setdefault(row["request"], []).append(row["name"].split()[0])
    return {request: list(dict.fromkeys(names)) for request, names in found.items()}


async def open_steps(requests: Sequence[Request]) -> Mapping[int, Step]:
    """The open step of each of these requests, by the request's id."""
    return {
        one.request: one
        for one in await Step.objects().where(
            Step.request.is_in([one.id for one in requests] or [0]) & (Step.state == steps.OPEN)
        )
    }
