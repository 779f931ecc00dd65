"""The hands of a worker: each lane has its own, so that work by the thousand never holds up who waits for an answer.

A round is one transaction: what has ended is written down, and as many jobs are taken as hands are free. So many ends
share a commit, and a death between an end and its round repeats what it would have repeated anyway.
"""

import asyncio
from contextlib import suppress
from contextvars import Context

from core import clock, database, doorbell, jobs, log
from core.jobs import ALONE, Ended, Taken

LINGER = 0.02  # seconds for which an end waits for others, while nothing else is to be taken
PASS_ON = 0.1  # seconds after which a bell that was heard with full hands is passed on
LONGEST_PATIENCE = 10.0  # seconds for which a suspect job waits until nothing else runs in this process
AGAIN = 1.0  # seconds until a round is tried again that the database did not take


class Pump:
    """Takes the jobs of one lane and does them, `hands` at once."""

    def __init__(self, lane: str, hands: int) -> None:
        self.lane, self.hands = lane, hands
        self.running: set[asyncio.Task[None]] = set()
        self._ended: list[Ended] = []
        self._soon: list[int] = []  # jobs that were put off for less than a sweep, and are due now
        self._more = False  # something may be waiting
        self._kept = 0  # hands for jobs that are being written or taken
        self._awake = asyncio.Event()
        self._stopping = False
        self._lingering: asyncio.TimerHandle | None = None
        self._passing: asyncio.TimerHandle | None = None
        # Nobody's transaction, and nobody's lane.
        self._pumping = asyncio.create_task(self._pump(), context=Context())

    @property
    def free(self) -> int:
        """How many hands have nothing to do."""
        return self.hands - len(self.running) - self._kept

    def reserve(self) -> bool:
        """Keep a hand for a job that is being written; False where none is free, or others wait for one."""
        if self._stopping or self._more or self._soon or self.free <= 0:
            return False
        self._kept += 1
        return True

    def release(self) -> None:
        """That job did not come to be."""
        self._kept -= 1
        self._wake()

    def begin(self, one: Taken) -> None:
        """It was written, as taken: it begins now, by the hand that was kept."""
        self._kept -= 1
        self._begin(one)

    def _begin(self, one: Taken) -> None:
        # Nobody's transaction, and nobody's lane.
        task = asyncio.create_task(self._do(one), context=Context())
        self.running.add(task)

    def hear(self) -> bool:
        """Something is to be done; whether a hand is free for it."""
        self._more = True
        if self.free:
            self._awake.set()
            return True
        if self._passing is None:
            self._passing = asyncio.get_running_loop().call_later(PASS_ON, self._pass_on)
        return False

    def _pass_on(self) -> None:
        self._passing = None
        if self._more and not self.free:
            doorbell.ring_others(self.lane)

    async def stop(self, patience: float) -> None:
        """Take nothing more, and let what runs come to its end, within so many seconds."""
        self._stopping = True
        self._awake.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._pumping, patience)

    async def _pump(self) -> None:
        while not (self._stopping and not self.running and not self._ended and not self._kept):
            await self._awake.wait()
            self._awake.clear()
            try:
                if self.lane == ALONE and self._more:
                    await _quiet(self)
                await self._round()
            except Exception as fault:  # the database may be away; what has ended is kept for the next round
                log.error("round_failed", fault=fault)
                asyncio.get_running_loop().call_later(AGAIN, self._wake)

    async def _round(self) -> None:
        if self._lingering is not None:
            self._lingering.cancel()
            self._lingering = None
        free = 0 if self._stopping or not (self._more or self._soon) else self.free
        if not (self._ended or free or self._soon):
            return
        ended, soon, self._more = list(self._ended), list(self._soon), self._more and not free
        self._kept += free
        try:
            async with database.installation():
                await jobs.close(ended)
                if soon:
                    await jobs.call(soon)
                taken = await jobs.claim(self.lane, free) if free else ()
        except BaseException:
            self._more = True
            raise
        finally:
            self._kept -= free
        del self._ended[: len(ended)], self._soon[: len(soon)]
        for end in ended:
            self._put_off(end)
        for one in taken:
            self._begin(one)
        if free and len(taken) == free:
            # There may be more than these hands can take: others should know.
            self._more = True
            doorbell.ring_others(self.lane)
        if self._ended or (self._more and self.free):
            self._wake()

    async def _do(self, one: Taken) -> None:
        try:
            if (ended := await jobs.perform(one)) is not None:
                self._ended.append(ended)
        except (
            Exception
        ) as fault:  # it was not even written down that it is given up: its lease ends, and it comes again
            log.error("job_failed", job=one.name, number=one.id, attempt=one.attempts, fault=fault)
        finally:
            task = asyncio.current_task()
            assert task is not None
            self.running.discard(task)
            if self._more or self._stopping:
                self._wake()
            elif self._lingering is None:
                self._lingering = asyncio.get_running_loop().call_later(LINGER, self._wake)

    def _put_off(self, one: Ended) -> None:
        """What is due again before the next sweep comes by itself."""
        if one.values.get("state") != "queued":
            return
        wait = (one.values["run_at"] - clock.now()).total_seconds()
        if wait < jobs.SWEEP:
            asyncio.get_running_loop().call_later(max(wait, 0), self._due, one.job.id)

    def _due(self, number: int) -> None:
        self._soon.append(number)
        self._more = True
        self._wake()

    def _wake(self) -> None:
        self._awake.set()


_pumps: dict[str, Pump] = {}


def start() -> None:
    """Work in this process, in the running event loop, and hear the bell."""
    for lane in doorbell.LANES:
        _pumps[lane] = Pump(lane, jobs.HANDS)
    _pumps[ALONE] = Pump(ALONE, 1)
    doorbell.listen(asyncio.get_running_loop(), {lane: pump.hear for lane, pump in _pumps.items()})
    jobs.HERE[doorbell.PROMPT] = _pumps[doorbell.PROMPT]
    for pump in _pumps.values():
        pump.hear()  # what was left by whoever worked here before


async def stop(patience: float = 10.0) -> None:
    """Take no more work, and let what runs come to its end."""
    working = list(_pumps.values())
    _pumps.clear()
    jobs.HERE.clear()
    await asyncio.gather(*(pump.stop(patience) for pump in working), asyncio.to_thread(doorbell.deafen, patience))


async def _quiet(alone: Pump) -> None:
    """Wait until nothing else runs here; done alone, a job can't be blamed for what another does to the process."""
    others = {task for pump in _pumps.values() if pump is not alone for task in pump.running}
    if others:
        await asyncio.wait(others, timeout=LONGEST_PATIENCE)
