"""The rows of work that is done after a commit: written, given their turns, and taken. What for is said in jobs.py."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from piccolo.columns import BigInt, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from core import clock, database
from core.doorbell import PROMPT
from core.engines import PooledPostgres

LEASE = timedelta(seconds=60)
AT_A_TIME = 500


class Job(Table):
    """Something still to be done, or done, or given up."""

    id: Serial
    name = Varchar(length=40)
    company = BigInt(null=True, default=None)
    args = Text()
    lane = Varchar(length=6, default=PROMPT)  # prompt | bulk | alone
    turn = BigInt(null=True, default=None)  # its place in its lane, once it is due
    run_at = Timestamptz(default=None)
    state = Varchar(length=8)  # queued | running | done | parked
    attempts = Integer(default=0)
    lease_until = Timestamptz(null=True, default=None)
    rung_at = Timestamptz(null=True, default=None)  # unused since jobs have turns: the release before still writes it
    error = Varchar(length=300, null=True, default=None)
    dedupe = Varchar(length=200, null=True, default=None, unique=True)


class CronRun(Table):
    """A scheduled moment that was seen, once in the whole installation."""

    id: Serial
    name = Varchar(length=40)
    due = Timestamptz(default=None)


@dataclass(frozen=True)
class Taken:
    """A job that this process does now."""

    id: int
    name: str
    company: int | None
    args: str
    lane: str
    attempts: int


async def written(
    state: str, name: str, company: int | None, args: str, lane: str, due: datetime, dedupe: str | None,
    *, attempts: int = 0, lease: datetime | None = None, turns: bool = False,
) -> list[dict[str, Any]]:  # fmt: skip
    """Write one job, unless there is one with its `dedupe`; its number, if it was written."""
    columns = "name, company, args, lane, run_at, state, attempts, dedupe, lease_until, turn"
    told: list[Any] = [name, company, args, lane, due, state, attempts, dedupe, lease]
    turn = "null"
    if turns:
        turn = f"1 + {behind('{}', '{}')}"
        told += [lane, lane, company or 0]
    marks = ", ".join(["{}"] * 9)
    words = f"insert into job ({columns}) values ({marks}, {turn}) on conflict do nothing returning id"
    return cast(list[dict[str, Any]], await Job.raw(words, *told))


def behind(lane: str, company: str) -> str:
    """SQL: the turn after which a job of this company comes now: its company's last, and none that has passed."""
    head = f"select turn from job where lane = {lane} and state = 'queued' and turn is not null order by turn limit 1"
    last = (
        f"select turn from job where lane = {lane} and coalesce(company, 0) = {company} and state = 'queued' "
        "and turn is not null order by turn desc limit 1"
    )
    greater = "greatest" if isinstance(database.engine(), PooledPostgres) else "max"
    return f"{greater}(coalesce(({head}), 0), coalesce(({last}), 0))"


async def before(lane: str, companies: Collection[int]) -> dict[int, int]:
    """The turn after which a job of each of these companies comes now; 0 stands for no company."""
    on_postgres = isinstance(database.engine(), PooledPostgres)
    each = "unnest({}::bigint[]) as whose" if on_postgres else "(select value as whose from json_each({}))"
    told = listed(sorted(set(companies)))
    rows = await Job.raw(f"select whose, {behind('{}', 'whose')} as turn from {each}", lane, lane, told)
    return {int(row["whose"]): int(row["turn"]) for row in rows}


def among() -> str:
    """SQL: that a job is one of those that are `listed`."""
    on_postgres = isinstance(database.engine(), PooledPostgres)
    return "id = any({}::bigint[])" if on_postgres else "id in (select value from json_each({}))"


def listed(numbers: Sequence[int]) -> Any:
    """These jobs, in one value."""
    return list(numbers) if isinstance(database.engine(), PooledPostgres) else json.dumps(list(numbers))


def skip() -> str:
    """SQL: without what another takes at this moment."""
    return "for update skip locked" if isinstance(database.engine(), PooledPostgres) else ""


async def call(numbers: Sequence[int] | None = None) -> set[str]:
    """Give these jobs, or all that have become due, their turns; the lanes in which they stand. Needs a transaction."""
    which, told = ("run_at <= {}", clock.now()) if numbers is None else (among(), listed(numbers))
    called = await Job.raw(
        f"with due as (select id, lane, coalesce(company, 0) as whose, row_number() over "
        "(partition by lane, coalesce(company, 0) order by run_at, id) as nth from (select id, lane, company, run_at "
        f"from job where state = 'queued' and turn is null and {which} order by run_at, id limit {AT_A_TIME} "
        f"{skip()}) as those) update job set turn = due.nth + {behind('due.lane', 'due.whose')} from due "
        "where job.id = due.id returning job.lane",
        told,
    )
    return {row["lane"] for row in called}


async def claim(lane: str, most: int) -> Sequence[Taken]:
    """Take the next jobs of a lane, which this process begins now. Needs a transaction."""
    waiting = "select id from job where lane = {} and state = 'queued' and turn is not null"
    return await take(f"id in ({waiting} order by turn, id limit {most} {skip()})", lane)


async def take(which: str, *told: Any) -> Sequence[Taken]:
    """Take the jobs of which this SQL is true. Needs a transaction."""
    rows = await Job.raw(
        f"update job set state = 'running', attempts = attempts + 1, lease_until = {{}} where {which} "
        "returning id, name, company, args, lane, attempts, turn",
        clock.now() + LEASE,
        *told,
    )
    rows.sort(key=lambda row: (row["turn"] or 0, row["id"]))
    return [Taken(*(row[name] for name in Taken.__dataclass_fields__)) for row in rows]
