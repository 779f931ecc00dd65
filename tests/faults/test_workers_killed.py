"""Of three workers one is killed again and again: all work is done, hardly any of it twice."""

import asyncio
import random

import pytest

from tests.faults import checker, story
from tests.faults.books import ended
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import THREE, Installation
from tests.faults.story import HEADLESS, telegram_of
from tests.faults.table import scaled


async def _kill_one(installation: Installation, chance: random.Random, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        name = chance.choice([part for part in THREE if part.startswith("worker")])
        if not installation.processes[name].died:
            installation.processes[name].kill()


async def _survive(shape: Shape, tried: Tried, rounds: int, every: float) -> None:
    seed = random.randrange(1_000_000)
    shape.parts = THREE
    people = HEADLESS[:8]
    async with shape.opened() as installation:
        await installation.start()
        await story.link(installation, people)
        killing = asyncio.create_task(_kill_one(installation, random.Random(seed), every))
        for _ in range(rounds):
            await story.all_ask(installation, people)
        await ended(killing)
        await installation.settle()
        wrong = await checker.complaints(installation.books, by=installation.now(), deaths=True)
        doubled = []
        for number in people:
            heard = [words for words in installation.telegram.words(str(telegram_of(number))) if "hari cuti" in words]
            if len([words for words in heard if checker.RESENT not in words]) > rounds:
                doubled.append(f"{number} heard {heard} to {rounds} questions")
        asked = await installation.books.one("select count(*) as n from inbound where state = 'done'")
        if asked["n"] < rounds * len(people):
            wrong.append(f"{asked['n']} of {rounds * len(people)} questions are done")
        tried(
            "one of three workers killed while work comes in",
            shape.name,
            installation.deaths,
            lost=wrong,
            doubled=doubled,
        )
        assert not doubled
        assert not wrong, "\n".join([f"seed {seed}", *wrong, installation.complaints()])
        assert installation.deaths


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_workers_killed_with_redis(with_redis: Shape, tried: Tried) -> None:
    await _survive(with_redis, tried, scaled(60), 2.0)


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_workers_killed_with_rabbitmq(with_rabbit: Shape, tried: Tried) -> None:
    await _survive(with_rabbit, tried, scaled(60), 2.0)
