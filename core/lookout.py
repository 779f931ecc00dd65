"""What happens once a second in a process that works: the schedule, a look at the clock, the sweep."""

import asyncio
from datetime import timedelta

from core import file_log, jobs, log, set_back
from core.jobs import Job

A_WHILE = timedelta(hours=1)  # a job put off for longer waits for an hour of the clock, unless it asks again


@set_back.moves
async def _sooner(step: set_back.Step) -> None:
    """What was put off for a while comes after that while; what a dead worker did is free again within a lease."""
    short = " or ".join(["run_at <= {}", *(f"name = '{name}'" for name in sorted(jobs.ASK))])
    waiting = f"state = 'queued' and turn is null and ({short})"
    await step.earlier(Job, "run_at", where=waiting, told=[step.before + A_WHILE])
    if step.alone:  # another machine may be right about its own leases
        longest = step.now + jobs.LEASE
        await Job.update({Job.lease_until: longest}).where((Job.state == "running") & (Job.lease_until > longest))


async def watch(stop: asyncio.Event, *, sweeps: bool, schedules: bool) -> None:
    """Sweep and keep the schedule, once a second, until told to stop."""
    looking = set_back.Watch()
    while not stop.is_set():
        try:
            if schedules:
                await jobs.tick()
            if sweeps:
                await looking.look()
                await jobs.sweep()
                await file_log.look()
        except Exception as fault:  # the database may be away for a while; the next second tries again
            log.error("watch_failed", fault=fault)
        try:
            await asyncio.wait_for(stop.wait(), timeout=jobs.SWEEP)
        except TimeoutError:
            continue
