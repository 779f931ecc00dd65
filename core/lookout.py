"""What happens once a second in a process that works: the schedule, a look at the clock, the sweep."""

import asyncio
from datetime import timedelta
from time import monotonic

from core import clock, database, file_log, jobs, log, set_back
from core.jobs import Job

A_WHILE = timedelta(hours=1)  # a job put off for longer waits for an hour of the clock, unless it asks again
# Seconds after a clock was found to be set back: what was being done then has ended by the first, or by the second.
ASKED_AGAIN = (jobs.SWEEP, jobs.LEASE.total_seconds())


@set_back.moves
async def _sooner(step: set_back.Step) -> None:
    """What was put off for a while comes after that while; what a dead worker did is free again within a lease."""
    short = " or ".join(["run_at <= {}", *(f"name = '{name}'" for name in sorted(jobs.ASK))])
    waiting = f"state = 'queued' and turn is null and ({short})"
    await step.earlier(Job, "run_at", where=waiting, told=[step.before + A_WHILE])
    if step.alone:  # another machine may be right about its own leases
        longest = step.now + jobs.LEASE
        await Job.update({Job.lease_until: longest}).where((Job.state == "running") & (Job.lease_until > longest))


async def ask_again() -> None:
    """Let what waits and asks itself whether its time has come ask now."""
    async with database.installation():
        asking = (Job.state == "queued") & Job.turn.is_null() & Job.name.is_in(sorted(jobs.ASK) or [""])
        await Job.update({Job.run_at: clock.now()}).where(asking & (Job.run_at > clock.now()))


async def before_work() -> None:
    """Look at the clock before anything is done: what is put off by an hour that it has left would wait for that."""
    try:
        await set_back.Watch().look()
    except Exception as fault:  # the database may be away for a while; who watches looks again
        log.error("watch_failed", fault=fault)


async def watch(stop: asyncio.Event, *, sweeps: bool, schedules: bool) -> None:
    """Sweep and keep the schedule, once a second, until told to stop."""
    looking = set_back.Watch()
    again: list[float] = []
    while not stop.is_set():
        try:
            if schedules:
                await jobs.tick()
            if sweeps:
                if await looking.look():
                    # What was being done meanwhile may have read what was not moved yet, and be put off by it.
                    again = [monotonic() + seconds for seconds in ASKED_AGAIN]
                elif again and monotonic() >= again[0]:
                    await ask_again()
                    del again[0]
                await jobs.sweep()
                await file_log.look()
        except Exception as fault:  # the database may be away for a while; the next second tries again
            log.error("watch_failed", fault=fault)
        try:
            await asyncio.wait_for(stop.wait(), timeout=jobs.SWEEP)
        except TimeoutError:
            continue
