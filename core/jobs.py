"""Work that is done after a commit. The job table is the truth; dramatiq is only the doorbell.

A job is written in the transaction that causes it. A bell that is lost costs nothing: the sweep rings again. A job runs
at least once, so what it does must be harmless to repeat; after five failures it is parked and somebody must look.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import dramatiq
from dramatiq.brokers.stub import StubBroker
from piccolo.columns import BigInt, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.query.mixins import OnConflictAction
from piccolo.table import Table

from core import bulk, clock, database, log, metrics, moments
from core.crash import crashpoint

MOST_ATTEMPTS = 5
SUSPECT = 2  # deaths after which a job is done alone
LONGEST_PATIENCE = 10.0  # seconds for which it waits until nothing else runs in this process
LEASE = timedelta(seconds=60)
RING_AGAIN = timedelta(seconds=5)
SWEEP = 1.0  # seconds between two looks for what is due; what is due sooner is rung for by who put it off
THREADS = 8
TOGETHER = 16  # jobs that one ring of the bell tells of, where many are written at once
QUEUE = "serambi"

Handler = Callable[..., Awaitable[None]]
_busy = 0  # jobs that run in this process
_lonely = asyncio.Lock()  # held by the one that is done alone
_waits: asyncio.Event | None = None  # set when it may begin


class Job(Table):
    """Something still to be done, or done, or given up."""

    id: Serial
    name = Varchar(length=40)
    company = BigInt(null=True, default=None)
    args = Text()
    run_at = Timestamptz(default=None)
    state = Varchar(length=8)  # queued | running | done | parked
    attempts = Integer(default=0)
    lease_until = Timestamptz(null=True, default=None)
    rung_at = Timestamptz(null=True, default=None)
    error = Varchar(length=300, null=True, default=None)
    dedupe = Varchar(length=200, null=True, default=None, unique=True)


class CronRun(Table):
    """A scheduled moment that was seen, once in the whole installation."""

    id: Serial
    name = Varchar(length=40)
    due = Timestamptz(default=None)


class Later(Exception):
    """Not now: run the job again at this instant; not a failure."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


HANDLERS: dict[str, Handler] = {}
PARKED: dict[str, Handler] = {}
CRONS: dict[str, tuple[str, Handler]] = {}


def job(name: str) -> Callable[[Handler], Handler]:
    """Register what is done for jobs of this name; it is called with the company (or None) and the job's arguments."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def parked(name: str) -> Callable[[Handler], Handler]:
    """Register what is done, once, when a job of this name is given up because every worker died in it."""
    return lambda handler: PARKED.setdefault(name, handler)


def cron(expression: str, name: str) -> Callable[[Handler], Handler]:
    """Run at `minute hour day-of-month * *` (numbers or *), Jakarta time; what was missed is caught up once."""

    def register(handler: Handler) -> Handler:
        async def run(_: int | None) -> None:
            await handler()

        CRONS[name] = (expression, handler)
        HANDLERS[name] = run
        return handler

    return register


async def enqueue(name: str, *args: Any, run_at: datetime | None = None, dedupe: str | None = None) -> None:
    """Have this done after the open transaction is kept; at `run_at`, or at once."""
    opened, now = database.scope(), clock.now()
    due = run_at or now
    row = Job(
        name=name, company=opened.company, args=json.dumps(args), run_at=due, state="queued", dedupe=dedupe,
        rung_at=now if due <= now else None,
    )  # fmt: skip
    written = await Job.insert(row).on_conflict(action=OnConflictAction.do_nothing).returning(Job.id)
    if written and due <= now:
        opened.after_commit.append(lambda: _ring(written[0]["id"]))


async def enqueue_each(name: str, arguments: Sequence[Any]) -> None:
    """Have this done at once for each of these arguments, as `enqueue` does for one; the bells ring in groups."""
    opened, now = database.scope(), clock.now()
    told = [
        {
            "name": name, "company": opened.company, "args": json.dumps([one]), "run_at": now, "state": "queued",
            "rung_at": now,
        }
        for one in arguments
    ]  # fmt: skip
    written = [int(row["id"]) for row in await bulk.insert_new(Job, told, Job.id)]
    for first in range(0, len(written), TOGETHER):
        opened.after_commit.append(partial(_ring, *written[first : first + TOGETHER]))


def ring_after_commit(number: int) -> None:
    """Have the bell of a job rung when the open transaction is kept."""
    database.scope().after_commit.append(lambda: _ring(number))


async def run(number: int) -> None:
    """Do one job, if it is due and nobody else is doing it."""
    global _busy, _waits
    if not await _died_before(number):
        _busy += 1
        try:
            await _run(number)
        finally:
            _busy -= 1
            if not _busy and _waits is not None:
                _waits.set()
        return
    # It was interrupted again and again. Done alone, it can't be blamed for what another job does to the process.
    async with _lonely:
        if _busy:
            _waits = asyncio.Event()
            with suppress(TimeoutError):
                await asyncio.wait_for(_waits.wait(), LONGEST_PATIENCE)
        await _run(number)


async def _died_before(number: int) -> bool:
    async with database.installation(writes=False):
        row = await Job.select(Job.attempts, Job.state).where(Job.id == number).first()
    return row is not None and row["state"] == "running" and row["attempts"] >= SUSPECT


async def _run(number: int) -> None:
    now = clock.now()
    async with database.installation():
        free = ((Job.state == "queued") & (Job.run_at <= now)) | ((Job.state == "running") & (Job.lease_until < now))
        taken = (
            await Job.update({Job.state: "running", Job.attempts: Job.attempts + 1, Job.lease_until: now + LEASE})
            .where((Job.id == number) & free)
            .returning(Job.name, Job.company, Job.args, Job.attempts)
        )
    if not taken:
        return
    one = taken[0]
    crashpoint("jobs.taken")
    if one["attempts"] > MOST_ATTEMPTS:
        # It has died this often without ever failing: the process was killed in it.
        await _close(number, state="parked", error="the worker died in it")
        if one["name"] in PARKED:
            await PARKED[one["name"]](one["company"], *json.loads(one["args"]))
        return
    try:
        async with asyncio.timeout(LEASE.total_seconds() - 5):
            await HANDLERS[one["name"]](one["company"], *json.loads(one["args"]))
    except Later as later:
        await _close(number, state="queued", run_at=later.at, attempts=one["attempts"] - 1)
        if (wait := (later.at - clock.now()).total_seconds()) < SWEEP:
            asyncio.get_running_loop().call_later(max(wait, 0), _ring, number)
    except Exception as fault:  # a worker meets the world here: whatever it is, the job is kept
        await _failed(number, one, fault)
    else:
        crashpoint("jobs.before_done")
        await _close(number, state="done")


async def _failed(number: int, one: dict[str, Any], fault: Exception) -> None:
    log.error("job_failed", job=one["name"], number=number, attempt=one["attempts"], fault=fault)
    metrics.FAILURES.labels(one["name"]).inc()
    parked = one["attempts"] >= MOST_ATTEMPTS
    again = clock.now() + timedelta(seconds=min(2 ** one["attempts"], 300))
    await _close(number, state="parked" if parked else "queued", error=type(fault).__name__, run_at=again)


async def _close(number: int, **values: Any) -> None:
    async with database.installation():
        changed: dict[Any, Any] = {"lease_until": None, "rung_at": None, **values}
        await Job.update(changed).where(Job.id == number)


async def given_up(name: str, *args: Any) -> bool:
    """Whether a job of this name and these arguments was parked."""
    async with database.installation(writes=False):
        return bool(
            await Job.exists().where((Job.state == "parked") & (Job.name == name) & (Job.args == json.dumps(args)))
        )


async def due_jobs(limit: int = 200) -> list[int]:
    """The jobs that should be running and of which no bell was heard lately."""
    now = clock.now()
    async with database.installation(writes=False):
        quiet = Job.rung_at.is_null() | (Job.rung_at < now - RING_AGAIN)
        waiting = (Job.state == "queued") & (Job.run_at <= now) & quiet
        orphaned = (Job.state == "running") & (Job.lease_until < now) & quiet
        rows = await Job.select(Job.id).where(waiting | orphaned).order_by(Job.run_at, Job.id).limit(limit)
    return [row["id"] for row in rows]


async def sweep() -> int:
    """Ring for every due job that nobody took; returns how many."""
    numbers = await due_jobs()
    if numbers:
        async with database.installation():
            await Job.update({Job.rung_at: clock.now()}).where(Job.id.is_in(numbers))
        for number in numbers:
            _ring(number)
    return len(numbers)


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


# -- the doorbell ------------------------------------------------------------------------------------------------------

_broker: dramatiq.Broker | None = None
_ringer: ThreadPoolExecutor | None = None
_loop: asyncio.AbstractEventLoop | None = None
_worker: dramatiq.Worker | None = None


def _answer(*numbers: int) -> None:
    """Called by dramatiq, in one of its threads: do the jobs in this process's event loop and wait for them."""
    for number in numbers:
        if _loop is not None and not _loop.is_closed():
            asyncio.run_coroutine_threadsafe(run(number), _loop).result()


def connect(url: str) -> None:
    """Choose the doorbell: in this process, or Redis or RabbitMQ by URL."""
    global _broker, _ringer
    if url.startswith("redis"):
        from dramatiq.brokers.redis import RedisBroker

        # A killed worker's messages come back after 15 s instead of a minute; the sweep is quicker anyway.
        _broker = RedisBroker(  # type: ignore[no-untyped-call]
            url=url, middleware=[], heartbeat_timeout=15_000
        )
    elif url.startswith("amqp"):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker

        _broker = RabbitmqBroker(url=url, middleware=[], confirm_delivery=True)
    else:
        _broker = StubBroker(middleware=[])
    _broker.declare_queue(QUEUE)
    dramatiq.Actor(_answer, broker=_broker, actor_name="doorbell", queue_name=QUEUE, priority=0, options={})
    # A network broker must not hold up the event loop, and keeps one connection a thread: one thread rings.
    _ringer = None if isinstance(_broker, StubBroker) else ThreadPoolExecutor(1, thread_name_prefix="doorbell")


def start_worker(loop: asyncio.AbstractEventLoop) -> None:
    """Listen for the bell in this process."""
    global _worker, _loop
    assert _broker is not None
    _loop = loop
    _worker = dramatiq.Worker(_broker, queues={QUEUE}, worker_threads=THREADS, worker_timeout=200)
    _worker.start()


async def stop_worker(patience: float = 10.0) -> None:
    """Take no more work, and let what runs come to its end."""
    global _worker, _loop
    if _worker is not None:
        await asyncio.to_thread(_worker.stop, timeout=int(patience * 1000))
        _worker = None
    _loop = None


def disconnect() -> None:
    """Let go of the doorbell."""
    global _broker, _ringer
    if _ringer is not None:
        _ringer.shutdown(wait=True)
        _ringer = None
    if _broker is not None:
        _broker.close()
        _broker = None


def broker_answers() -> str | None:
    """What is wrong with the broker, or None."""
    if _broker is None or isinstance(_broker, StubBroker):
        return None
    try:
        client = getattr(_broker, "client", None)
        # Redis answers a ping; for RabbitMQ, asking for the queue's length opens its connection.
        client.ping() if client is not None else _broker.get_queue_message_counts(QUEUE)  # type: ignore[attr-defined]
    except Exception as fault:  # whatever a broker's client raises, the answer is that it does not answer
        return f"{type(fault).__name__}: the broker does not answer; check SERAMBI_BROKER_URL"
    return None


def _ring(*numbers: int) -> None:
    crashpoint("jobs.before_ring")
    if _broker is None:
        return
    message: dramatiq.Message[Any] = dramatiq.Message(
        queue_name=QUEUE, actor_name="doorbell", args=numbers, kwargs={}, options={}
    )
    if _ringer is None:
        _broker.enqueue(message)
    else:
        _ringer.submit(_ring_far, message)


def _ring_far(message: dramatiq.Message[Any]) -> None:
    assert _broker is not None
    try:
        _broker.enqueue(message)
    except Exception as fault:  # the broker is down: the sweep rings again
        log.warning("doorbell_silent", fault=fault)


async def watch(stop: asyncio.Event, *, sweeps: bool, schedules: bool) -> None:
    """Sweep and keep the schedule, once a second, until told to stop."""
    while not stop.is_set():
        try:
            if schedules:
                await tick()
            if sweeps:
                await sweep()
        except Exception as fault:  # the database may be away for a while; the next second tries again
            log.error("watch_failed", fault=fault)
        try:
            await asyncio.wait_for(stop.wait(), timeout=SWEEP)
        except TimeoutError:
            continue
