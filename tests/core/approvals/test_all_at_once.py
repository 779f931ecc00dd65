"""Everything that can end a request, at the same moment: one of it does, and the balance says the same."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from core import clock, database
from core.approvals import nudges, routing, settling
from core.approvals.tables import Decision, Step
from core.engines import PooledPostgres
from core.errors import Refused
from core.job_rows import Job
from core.leave import lots
from core.leave import requests as leave
from tests.core.approvals.acts import keys
from tests.core.approvals.test_decisions import AUGUST
from tests.core.approvals.test_places import stands_in
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

WAITS = "select 1 from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(4))
async def test_one_end_wins_and_the_balance_says_which(maju: Cast, seed: int) -> None:
    pick = random.Random(seed)
    before = await free(maju)
    asked = await maju.asks(maju.budi, AUGUST, "mudik")
    await stands_in(maju, maju.sari, maju.wayan)

    async def fresh() -> Any:
        return await maju.request(asked.number)

    async with database.reading(maju.company):
        step = await Step.objects().where(Step.request == asked.id).first()
    assert step is not None
    acts: list[Any] = [
        maju.decides(maju.sari, await fresh(), "approve"),
        maju.decides(maju.wayan, await fresh(), "approve"),
        maju.decides(maju.sari, await fresh(), "reject", "stok opname"),
        leave.withdraw(maju.budi, await fresh(), actor=as_(maju.budi)),
        leave.withdraw(maju.budi, await fresh(), actor=as_(maju.budi)),
        nudges.expire(maju.company, asked.id, asked.version),
        nudges.escalate(maju.company, step.id),
        nudges.remind(maju.company, step.id),
        routing.reassign(
            await fresh(), from_=maju.sari.person, to=maju.rina.person, reason="cuti panjang", by=maju.hendra.person,
            channel="web",
        ),
    ]  # fmt: skip
    pick.shuffle(acts)
    done = await asyncio.gather(*acts[: pick.randint(3, len(acts))], return_exceptions=True)
    for rest in acts[len(done) :]:
        rest.close()
    assert [one for one in done if isinstance(one, BaseException) and not isinstance(one, Refused)] == []
    end = await fresh()
    assert await free(maju) == before - (3000 if end.state in ("applied", "in_review") else 0), (end.state, done)
    async with database.reading(maju.company):
        made = await Decision.select(Decision.actor).where(Decision.step.request == asked.id)
        open_ = await Step.exists().where((Step.request == asked.id) & (Step.state == "open"))
    assert max(Counter(row["actor"] for row in made).values(), default=1) == 1
    assert open_ == (end.state == "in_review")


async def free(maju: Cast) -> int:
    async with database.reading(maju.company):
        return await lots.balance(maju.budi.id)


async def test_the_clock_asks_nobody_else_while_an_answer_is_being_written(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sari answers at the moment at which her silence would bring in Rina: who is second sees what the first did."""
    asked = await maju.asks(maju.budi, AUGUST)
    async with database.reading(maju.company):
        step = await Step.objects().where(Step.request == asked.id).first()
    assert step is not None
    writing, go_on, right = asyncio.Event(), asyncio.Event(), settling.right

    async def slowly(*given: Any) -> Any:
        found = await right(*given)
        writing.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(settling, "right", slowly)
    with clock.freeze(MONDAY.replace(day=8, hour=10)):
        answer = asyncio.create_task(maju.decides(maju.sari, await maju.request(asked.number), "approve"))
        await writing.wait()
        up = asyncio.ensure_future(nudges.escalate(maju.company, step.id))
        try:
            await through_or_waiting(up, maju.company)
        finally:
            go_on.set()
        await asyncio.gather(answer, up)
    assert await keys(maju, maju.rina) == []
    assert (await maju.request(asked.number)).state == "applied"


async def through_or_waiting(task: "asyncio.Future[Any]", company: int) -> None:
    """Until this is over or waits for a row that another holds; SQLite has one writer, and all others wait."""
    for _ in range(1_000):
        if task.done() or not isinstance(database.engine(), PooledPostgres):
            return
        async with database.reading(company):
            waits = await Job.raw(WAITS)
        if waits:
            return
    raise AssertionError("it neither ended nor waits")
