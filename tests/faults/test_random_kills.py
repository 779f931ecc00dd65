"""Killed again and again at any moment, while a crowd is at it: nothing is lost, nothing is half done."""

import asyncio
import random

import pytest

from tests.faults import checker, story
from tests.faults.books import Books, ended, until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import ADMINISTRATORS, HEADLESS, slack_of, telegram_of
from tests.faults.table import scaled
from tests.faults.test_repeats import STORIES, told

CROWD = 6
LONGEST_LIFE = 1.5  # seconds between a start and the next kill
# Without the window that asks for a reason: it opens within three seconds of a press, or the press is made again.
APPROVED, _, WITHDRAWN = STORIES


async def _kill_at_random(installation: Installation, chance: random.Random, times: int) -> None:
    """Kill one part after the other, at moments nobody chose."""
    books = Books(installation.database_url)  # beside those that the story reads

    async def nothing_is_suspected() -> bool:
        # Work in which five processes died is parked, whoever killed them: that is tested elsewhere.
        found = await books.one("select count(*) as n from job where state in ('queued', 'running') and attempts >= 4")
        return bool(found["n"] == 0)

    try:
        while installation.deaths < times:
            await until(installation.listens, "the product takes requests")
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE))
            await until(nothing_is_suspected, "what died often is done")
            process = installation.processes[chance.choice(installation.parts)]
            if not process.died:
                process.kill()
    finally:
        await books.close()


async def _survives(shape: Shape, tried: Tried, kills: int) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    people = HEADLESS[:CROWD]
    async with shape.opened() as installation:
        await installation.start()
        await story.link(installation, [*ADMINISTRATORS[:2], *people])
        killing = asyncio.create_task(_kill_at_random(installation, chance, kills))
        await told(installation, people, None, [APPROVED, WITHDRAWN])
        rounds = 0  # beside the once that each story asks by itself
        while installation.deaths < kills:
            rounds += 1
            await story.all_ask(installation, people)
        await ended(killing)
        await installation.settle()
        wrong = await checker.complaints(installation.books, by=installation.now(), deaths=True)
        for platform in (installation.telegram, installation.slack):
            wrong += checker.said_twice(platform.sent, asked=rounds + 1)
        decided = await installation.books.rows("select state from request where state <> 'in_review'")
        if len(decided) != CROWD:
            wrong.append(f"{len(decided)} of {CROWD} requests were decided")
        for number in people:
            if not installation.telegram.words(str(telegram_of(number))):
                wrong.append(f"{number} heard nothing")
        assert installation.slack.in_place(slack_of(ADMINISTRATORS[0]))
        tried("killed at a random moment, started again", shape.name, installation.deaths, lost=wrong)
        assert not wrong, "\n".join([f"seed {seed}, asked {rounds} times", *wrong, installation.complaints()])


@pytest.mark.whole
async def test_random_kills_on_postgres(on_postgres: Shape, tried: Tried) -> None:
    await _survives(on_postgres, tried, 10)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("nth", range(scaled(20)))
async def test_random_kills_on_sqlite_at_length(on_file: Shape, tried: Tried, nth: int) -> None:
    await _survives(on_file, tried, 10)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("nth", range(scaled(20)))
async def test_random_kills_with_redis(with_redis: Shape, tried: Tried, nth: int) -> None:
    await _survives(with_redis, tried, 10)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("nth", range(scaled(20)))
async def test_random_kills_with_rabbitmq(with_rabbit: Shape, tried: Tried, nth: int) -> None:
    await _survives(with_rabbit, tried, 10)
