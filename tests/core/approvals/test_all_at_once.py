"""Everything that can end a request, at the same moment: one of it does, and the balance says the same."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from core import database
from core.approvals import nudges, routing
from core.approvals.tables import Decision, Step
from core.errors import Refused
from core.leave import lots
from core.leave import requests as leave
from tests.core.approvals.test_decisions import AUGUST
from tests.core.approvals.test_places import stands_in
from tests.core.cast import Cast, as_


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
