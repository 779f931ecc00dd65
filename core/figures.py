"""What Prometheus is told of the whole installation: how much waits, since when, and whether each part is well.

These are read from the database at the moment of the question, so every process tells the same: take their maximum,
never their sum. What a process counts of its own work stands in `core/metrics.py`; there, sums are right.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from core import backup_hourly, clock, database, health, jobs, metrics, moments, settings
from core.jobs import CronRun, Job
from core.messaging import circuits, standing
from core.retention import KEPT

REGISTRY = CollectorRegistry()
_reading: "asyncio.Task[None] | None" = None


def _gauge(name: str, told: str, *labels: str) -> Gauge:
    return Gauge(name, told, labels, registry=REGISTRY)


CHECKS = _gauge("serambi_check", "1 where a part that is needed is well, else 0", "name")
BACKUP = _gauge("serambi_backup_age_seconds", "Since the last proven backup, where one is made every hour", "name")
DISK = _gauge("serambi_disk_free_bytes", "Free space in each place where this process writes", "name")
WAITING = _gauge("serambi_jobs_waiting", "Jobs that are due and not done", "lane", "name")
RUNNING = _gauge("serambi_jobs_running", "Jobs that somebody is doing", "lane", "name")
PARKED = _gauge("serambi_jobs_parked", "Jobs that failed too often and wait for a person", "lane", "name")
OLDEST = _gauge("serambi_jobs_oldest_seconds", "Age of the oldest job that is due", "lane", "name")
UNANSWERED = _gauge("serambi_inbound_unanswered", "Messages that were received and not answered yet", "channel")
UNANSWERED_OLDEST = _gauge("serambi_inbound_oldest_seconds", "Age of the oldest of them", "channel")
OUTBOX = _gauge("serambi_outbox_messages", "Messages that are not out, by what they wait for", "channel", "state")
OUTBOX_OLDEST = _gauge("serambi_outbox_oldest_seconds", "Age of the oldest that could be out", "channel")
UNDELIVERED = _gauge("serambi_undelivered", "Messages that reached nobody, for HR to see to", "channel")
SHUT = _gauge("serambi_channels_shut", "Bots whose service does not answer", "channel")
LATE = _gauge("serambi_schedule_late_seconds", "For how long the newest run is due and not done", "name")
RUNG = _gauge("serambi_schedule_rung_seconds", "Age of the newest moment of the schedule that was seen")
OF_THE_DATABASE = (
    WAITING, RUNNING, PARKED, OLDEST, UNANSWERED, UNANSWERED_OLDEST, OUTBOX, OUTBOX_OLDEST, UNDELIVERED, SHUT, LATE,
)  # fmt: skip


async def told() -> bytes:
    """All figures as Prometheus reads them; without a database, those that need none, and that it is away.

    However many ask at once, the database is read once.
    """
    global _reading
    if _reading is None or _reading.done() or _reading.get_loop() is not asyncio.get_running_loop():
        _reading = asyncio.create_task(_read())
    await asyncio.shield(_reading)
    return bytes(generate_latest(metrics.REGISTRY)) + bytes(generate_latest(REGISTRY))


async def _read() -> None:
    checks = await health.ready()
    CHECKS.clear()
    for check in checks:
        CHECKS.labels(check.name).set(check.well)
    for name, free in health.free_bytes().items():
        DISK.labels(name).set(free)
    _backup()
    for state, number in database.engine().connections().items():
        metrics.CONNECTIONS.labels(state).set(number)
    for gauge in OF_THE_DATABASE:
        gauge.clear()
    if checks[0].well:
        await _jobs()
        await _messages()
        await _schedule()


def _backup() -> None:
    BACKUP.clear()
    if folder := settings.current().backups:
        newest = max(backup_hourly.kept(Path(folder)).values(), default=None)
        BACKUP.labels("hourly").set(_age(newest, clock.now()) if newest else float("inf"))


async def _jobs() -> None:
    now = clock.now()
    async with database.installation(writes=False):
        rows = await Job.raw(
            "select lane, name, state, count(*) as number, min(run_at) as since from job "
            "where state = 'running' or state = 'parked' or (state = 'queued' and run_at <= {}) "
            "group by lane, name, state",
            now,
        )
    for gauge in (WAITING, RUNNING, PARKED, OLDEST):
        for name in jobs.HANDLERS:
            gauge.labels(jobs.FIXED.get(name, jobs.PROMPT), name).set(0)
    for row in rows:
        gauge = {"queued": WAITING, "running": RUNNING, "parked": PARKED}[row["state"]]
        gauge.labels(row["lane"], row["name"]).set(row["number"])
        if row["state"] == "queued":
            OLDEST.labels(row["lane"], row["name"]).set(_age(row["since"], now))


async def _messages() -> None:
    now = clock.now()
    async with database.installation(writes=False):
        unanswered, outbox, undelivered = (
            await standing.unanswered(), await standing.outbox(now), await standing.undelivered(),
        )  # fmt: skip
        shut = [one.name.partition("|")[0] for one in await circuits.shut()]
    for channel in standing.CHANNELS:
        for gauge in (UNANSWERED, UNANSWERED_OLDEST, OUTBOX_OLDEST, UNDELIVERED, SHUT):
            gauge.labels(channel).set(0)
        for state in standing.STATES:
            OUTBOX.labels(channel, state).set(0)
        SHUT.labels(channel).set(shut.count(channel))
    for row in unanswered:
        UNANSWERED.labels(row["channel"]).set(row["number"])
        UNANSWERED_OLDEST.labels(row["channel"]).set(_age(row["since"], now))
    for row in outbox:
        OUTBOX.labels(row["channel"], row["state"]).set(row["number"])
    for channel, since in _oldest(outbox).items():
        OUTBOX_OLDEST.labels(channel).set(max(_age(one, now) for one in since))
    for row in undelivered:
        UNDELIVERED.labels(row["channel"]).set(row["number"])


def _oldest(outbox: Iterable[Mapping[str, Any]]) -> Mapping[str, list[Any]]:
    """Since when each channel has messages that wait for nobody but us."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in outbox:
        if row["state"] in standing.OURS:
            found[row["channel"]].append(row["since"])
    return found


async def _schedule() -> None:
    now = clock.now()
    due = {name: moments.last_due(expression, now) for name, (expression, _) in jobs.CRONS.items()}
    marks = {jobs.mark(name, at): name for name, at in due.items()}
    async with database.installation(writes=False):
        rows = await Job.select(Job.dedupe, Job.state).where(Job.dedupe.is_in(list(marks)))
        newest = await CronRun.select(CronRun.due).order_by(CronRun.due, ascending=False).first()
    done = {marks[row["dedupe"]] for row in rows if row["state"] == "done"}
    for name, at in due.items():
        forgotten = now - at > KEPT["job"] - timedelta(days=1)  # done jobs go after a week
        LATE.labels(name).set(0 if name in done or forgotten else _age(at, now))
    RUNG.set(_age(newest["due"], now) if newest else 0)


def _age(since: datetime | str, now: datetime) -> float:
    """How long ago that was; SQLite tells instants of its sums as text."""
    at = datetime.fromisoformat(since) if isinstance(since, str) else since
    return max((now - at).total_seconds(), 0.0)
