"""Work that is done after a commit. The job table is the truth; what rings for it may be lost.

A job is written in the transaction that causes it, in one of two lanes: `prompt`, for which somebody waits, or `bulk`.
Each worker has hands of its own for either (pump.py), so that neither waits for the other; within a lane companies take
turns, so that nobody waits for another's twenty thousand. A job runs at least once, so what it does must be harmless to
repeat; after five failures it is parked and somebody must look.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from piccolo.query.mixins import OnConflictAction

from core import bulk, clock, database, doorbell, engines, job_rows, log, metrics, moments
from core.crash import crashpoint
from core.job_rows import LEASE, CronRun, Job, Taken, call, claim

__all__ = ["LEASE", "CronRun", "Job", "Taken", "call", "claim"]  # beside what stands here

PROMPT, BULK = doorbell.PROMPT, doorbell.BULK
MOST_ATTEMPTS = 5
SUSPECT = 2  # deaths after which a job is done alone
ALONE = "alone"  # the lane of those
SWEEP = 1.0  # seconds between two looks for what is due; what is due sooner is called by who put it off
HANDS = 8  # jobs of one lane that one process does at once
MANY = 64  # jobs of one transaction from which on nobody can be waiting for each
MOST_KEPT = HANDS // 2  # hands that wait for one transaction to be kept
AWAY = 5.0  # seconds until a job is tried again that the database, or a full disk, refused

Handler = Callable[..., Awaitable[None]]
_lane: ContextVar[str] = ContextVar("lane", default=PROMPT)
_doing: ContextVar["Doing | None"] = ContextVar("doing", default=None)


class Later(Exception):
    """Not now: run the job again at this instant; not a failure."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True)
class Ended:
    """What became of it: done, unless `values` say otherwise."""

    job: Taken
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Doing:
    """A job while it is done."""

    job: Taken
    ended: bool = False  # written down already

    def end(self) -> None:
        """It was kept that it is done."""
        self.ended = True


class Hands(Protocol):
    """Whoever does the jobs of a lane in this process."""

    def reserve(self) -> bool:
        """Keep a hand for a job that is being written; False where none is free, or others wait for one."""
        ...

    def release(self) -> None:
        """That job did not come to be."""
        ...

    def begin(self, one: Taken) -> None:
        """It was written, as taken: it begins now, by the hand that was kept."""
        ...


HERE: dict[str, Hands] = {}  # by lane; only where somebody waits
HANDLERS: dict[str, Handler] = {}
PARKED: dict[str, Handler] = {}
CRONS: dict[str, tuple[str, Handler]] = {}
FIXED: dict[str, str] = {}  # names of jobs that stand in one lane, whoever writes them
ASK: set[str] = set()  # names of jobs that find out themselves whether their time has come


def job(name: str, *, lane: str | None = None, asks: bool = False) -> Callable[[Handler], Handler]:
    """Register what is done for jobs of this name; it is called with the company (or None) and the job's arguments.

    In the lane `bulk` stands what takes long or comes by the thousand. Without a lane a job stands in that of the job
    that wrote it, so that what bulk causes is bulk; what a page or a message asks for is prompt, unless it is put off.
    One that `asks` finds out itself whether its time has come, so that it may come too early.
    """

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        if asks:
            ASK.add(name)
        if lane is not None:
            FIXED[name] = lane
        return handler

    return register


def parked(name: str) -> Callable[[Handler], Handler]:
    """Register what is done when a job of this name is given up because every worker died in it; harmless to repeat."""
    return lambda handler: PARKED.setdefault(name, handler)


def cron(expression: str, name: str) -> Callable[[Handler], Handler]:
    """Run at `minute hour day-of-month * *` (numbers or *), Jakarta time; what was missed is caught up once."""

    def register(handler: Handler) -> Handler:
        async def run(_: int | None) -> None:
            await handler()

        CRONS[name] = (expression, handler)
        HANDLERS[name] = run
        FIXED[name] = BULK
        return handler

    return register


def lane() -> str:
    """The lane of the work that is being done here; what a page or a platform asks for is prompt."""
    return _lane.get()


async def enqueue(name: str, *args: Any, run_at: datetime | None = None, dedupe: str | None = None) -> None:
    """Have this done after the open transaction is kept; at `run_at`, or at once."""
    opened, now = database.scope(), clock.now()
    due = run_at or now
    # Nobody waits for what was put off, nor for each of very many.
    slow = due > now or len(opened.after_commit) >= MANY
    where = FIXED.get(name) or (BULK if slow else lane())
    told: list[Any] = [name, opened.company, json.dumps(args), where, due, dedupe]
    if due <= now and len(opened.at_end) < MOST_KEPT and (hand := _hand(where)) is not None:
        written = await job_rows.written("running", *told, attempts=1, lease=now + LEASE)
        if written:
            hand.begins(Taken(written[0]["id"], name, opened.company, told[2], where, 1))
        return
    if await job_rows.written("queued", *told, turns=due <= now) and due <= now:
        opened.after_commit.append(partial(doorbell.ring, where))


async def enqueue_each(name: str, arguments: Sequence[tuple[Any, int | None]]) -> None:
    """Have this done at once for each of these, as `enqueue` does for one: its argument, and its company if known."""
    opened, now = database.scope(), clock.now()
    where = FIXED.get(name) or lane()
    hands = [hand for _, hand in zip(arguments, iter(partial(_hand, where), None), strict=False)]
    born: dict[str, Any] = {"state": "running", "attempts": 1, "lease_until": now + LEASE}
    rest = arguments[len(hands) :]
    turn = await job_rows.before(where, {company or 0 for _, company in rest}) if rest else {}
    told: list[dict[str, Any]] = []
    for number, (one, company) in enumerate(arguments):
        whose = company or 0
        row: dict[str, Any] = {
            "name": name,
            "company": company,
            "args": json.dumps([one]),
            "lane": where,
            "run_at": now,
        }
        if number < len(hands):
            told.append(row | born)
        else:
            turn[whose] += 1
            told.append(row | {"state": "queued", "turn": turn[whose]})
    written = await bulk.insert_new(Job, told, Job.id, Job.company, Job.args, Job.state)
    taken = sorted((row for row in written if row["state"] == "running"), key=lambda row: int(row["id"]))
    for hand, one_taken in zip(hands, taken, strict=True):
        hand.begins(Taken(int(one_taken["id"]), name, one_taken["company"], one_taken["args"], where, 1))
    if rest:
        opened.after_commit.append(partial(doorbell.ring, where))


class _Hand:
    """A hand of this process that is kept for a job as long as the transaction lasts that writes it."""

    def __init__(self, hands: Hands) -> None:
        self._hands, self._kept = hands, True
        database.scope().at_end.append(self._let_go)

    def begins(self, one: Taken) -> None:
        """It does this job once the transaction is kept."""
        database.scope().after_commit.append(partial(self._begin, one))

    def _begin(self, one: Taken) -> None:
        crashpoint("jobs.before_ring")
        self._kept = False
        self._hands.begin(one)

    def _let_go(self) -> None:
        if self._kept:
            self._hands.release()


def _hand(lane: str) -> _Hand | None:
    """A hand that would only wait for this job to be written; None where it stands behind others, or nobody waits."""
    hands = HERE.get(lane) if lane == PROMPT else None
    return _Hand(hands) if hands is not None and hands.reserve() else None


async def again(number: int) -> None:
    """Have a job done once more, as if it had just been written. Needs a transaction."""
    fresh: dict[Any, Any] = {"state": "queued", "attempts": 0, "run_at": clock.now(), "turn": None}
    await Job.update(fresh).where(Job.id == number)
    opened = database.scope()
    for lane in await call([number]):
        opened.after_commit.append(partial(doorbell.ring, lane))


async def perform(one: Taken) -> Ended | None:
    """Do a job that was taken; what became of it, which `close` writes down, or None where that is done."""
    crashpoint("jobs.taken")
    if one.attempts > MOST_ATTEMPTS:
        # It has died this often without ever failing: the process was killed in it. Whoever waits is told before that
        # is written down, or a death in between would leave them without a word; and once only, for that may kill too.
        if one.name in PARKED and one.attempts == MOST_ATTEMPTS + 1:
            await PARKED[one.name](one.company, *json.loads(one.args))
        async with database.installation():
            await close([Ended(one, {"state": "parked", "error": "the worker died in it"})])
        return None
    doing = Doing(one)
    mark = _doing.set(doing)
    try:
        with _in(one.lane):
            async with asyncio.timeout(LEASE.total_seconds() - 5):
                await HANDLERS[one.name](one.company, *json.loads(one.args))
    except Later as later:
        return Ended(one, {"state": "queued", "run_at": later.at, "attempts": one.attempts - 1})
    except Exception as fault:  # a worker meets the world here: whatever it is, the job is kept
        if engines.refuses(fault):
            # It is not the job: it waits until there is a database again, or room, however long that is.
            log.warning("job_waits", job=one.name, number=one.id, fault=fault)
            waits = clock.now() + timedelta(seconds=AWAY)
            return Ended(one, {"state": "queued", "run_at": waits, "attempts": one.attempts - 1})
        log.error("job_failed", job=one.name, number=one.id, attempt=one.attempts, fault=fault)
        metrics.FAILURES.labels(one.name).inc()
        again = clock.now() + timedelta(seconds=min(2**one.attempts, 300))
        state = "parked" if one.attempts >= MOST_ATTEMPTS else "queued"
        return Ended(one, {"state": state, "error": type(fault).__name__, "run_at": again})
    finally:
        _doing.reset(mark)
    crashpoint("jobs.before_done")
    return None if doing.ended else Ended(one)


async def end_here() -> None:
    """The job that is done here is done with all that the open transaction writes, and needs no commit of its own."""
    doing = _doing.get()
    if doing is not None:
        await close([Ended(doing.job)])
        database.scope().after_commit.append(doing.end)


@contextmanager
def _in(lane: str) -> Iterator[None]:
    mark = _lane.set(BULK if lane == BULK else PROMPT)
    try:
        yield
    finally:
        _lane.reset(mark)


async def close(ended: Sequence[Ended]) -> None:
    """Write down what became of jobs that this process did. Needs a transaction.

    Whoever was given up for dead meanwhile changes nothing: the job is another's by now.
    """
    if done := [one.job.id for one in ended if not one.values]:
        await Job.raw(
            f"update job set state = 'done', lease_until = null where {job_rows.among()} and state = 'running'",
            job_rows.listed(done),
        )
    for one in ended:
        if one.values:
            ours = (Job.id == one.job.id) & (Job.state == "running") & (Job.attempts == one.job.attempts)
            changed: dict[Any, Any] = {"lease_until": None, "turn": None, **one.values}
            await Job.update(changed).where(ours)


async def run(number: int) -> None:
    """Do one job here and now, if it is due and nobody else is doing it."""
    now = clock.now()
    async with database.installation():
        taken = await job_rows.take(
            "id = {} and ((state = 'queued' and run_at <= {}) or (state = 'running' and lease_until < {}))",
            number, now, now,
        )  # fmt: skip
    for one in taken:
        if (ended := await perform(one)) is not None:
            async with database.installation():
                await close([ended])


async def given_up(name: str, *args: Any) -> bool:
    """Whether a job of this name and these arguments was parked."""
    async with database.installation(writes=False):
        return bool(
            await Job.exists().where((Job.state == "parked") & (Job.name == name) & (Job.args == json.dumps(args)))
        )


async def due_jobs() -> list[int]:
    """What should be running and is not: due, or left by a worker that died."""
    now = clock.now()
    async with database.installation(writes=False):
        waiting = (Job.state == "queued") & (Job.run_at <= now)
        orphaned = (Job.state == "running") & (Job.lease_until < now)
        rows = await Job.select(Job.id).where(waiting | orphaned).order_by(Job.run_at, Job.id)
    return [row["id"] for row in rows]


async def sweep() -> set[str]:
    """Call what has become due and take back what a worker died in; rings for every lane in which something waits."""
    now = clock.now()
    left = (Job.state == "running") & (Job.lease_until < now)
    async with database.installation(writes=False):
        orphaned = await Job.exists().where(left)
        late = await _there("state = 'queued' and turn is null and run_at <= {}", now)
        waiting = {
            lane for lane in (PROMPT, BULK, ALONE)
            if await _there("lane = {} and state = 'queued' and turn is not null", lane)
        }  # fmt: skip
    if late or orphaned:
        async with database.installation():
            if orphaned:
                # Its own lane, so that it can't be blamed again for what another job does to the process.
                await Job.update({Job.lane: ALONE}).where(left & (Job.attempts >= SUSPECT))
                await Job.update({Job.state: "queued", Job.turn: None, Job.lease_until: None}).where(left)
            waiting |= await call()
    for lane in waiting:
        doorbell.ring(lane)
    return waiting


async def _there(which: str, told: Any) -> bool:
    # Spelled out, so that both databases know which of their partial indexes answers it.
    return bool(await Job.raw(f"select 1 as one from job where {which} limit 1", told))


async def drain() -> int:
    """Do everything that is due, here and now, one after the other: for commands and tests without workers."""
    done = 0
    while True:
        now = clock.now()
        async with database.installation(writes=False):
            rows = (
                await Job.select(Job.id)
                .where((Job.state == "queued") & (Job.run_at <= now))
                .order_by(Job.run_at, Job.id)
            )
        if not rows:
            return done
        for row in rows:
            await run(row["id"])
        done += len(rows)


async def tick() -> None:
    """Write down each scheduled moment that has come, once in the installation, and have its work done."""
    now = clock.now()
    for name, (expression, _) in CRONS.items():
        due = moments.last_due(expression, now)
        async with database.installation():
            fresh = CronRun(name=name, due=due)
            written = await CronRun.insert(fresh).on_conflict(action=OnConflictAction.do_nothing).returning(CronRun.id)
            if written:
                await enqueue(name, dedupe=mark(name, due))


def mark(name: str, due: datetime) -> str:
    """What the job of a scheduled moment is known by."""
    return f"cron:{name}:{due.isoformat()}"
