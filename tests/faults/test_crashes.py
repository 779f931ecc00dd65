"""Wherever the process is killed: nothing is lost, nothing is applied twice, a double is marked."""

import pytest

from tests.faults import checker, story
from tests.faults.conftest import Shape, Tried, passed, points
from tests.faults.story import ACTS, Passage, Told

POINTS = points()
# Where a death is tried first: while the request is made, while it is decided, then elsewhere.
FIRST = ("confirms", "approves", "asks", "agrees", "types_code", "sends_a_paper")
# The stops between the platform's request and the message that answers it, in whichever process each is.
WITH_REDIS = (
    ("web", "inbox.after_store"),
    ("worker", "jobs.taken"),
    ("worker", "conversation.before_commit"),
    ("worker", "delivery.before_mark"),
)
WITH_RABBITMQ = (
    ("web", "webhooks.before_answer"),
    ("worker", "jobs.before_ring"),
    ("worker", "decisions.after_decision"),
    ("scheduler", "database.before_commit"),
)


async def _killed_at(shape: Shape, passage: Passage, tried: Tried) -> None:
    async with shape.opened() as installation:
        told = Told(shape.founded.code)
        await installation.start(crash=passage.crash)
        await story.tell(installation, told)
        wrong = await checker.of_story(
            installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
        )
        if installation.deaths == 0:
            wrong.append(f"nobody died at {passage}")
        tried("killed at a crash point, started again", shape.name, lost=wrong)
        assert not wrong, "\n".join([str(passage), *wrong, installation.complaints()])


def _first(found: list[Passage], point: str, part: str | None = None) -> Passage:
    """Where this point is passed, in the act that matters most."""
    there = [one for one in found if one.point == point and part in (None, one.part)]
    assert there, f"the story does not pass {point}: it must grow an act that does"
    # What the scheduler does goes by the clock, not by the act: only its first time comes for certain.
    return min(there, key=lambda one: one.nth if one.part == "scheduler" else FIRST.index(one.act))


def test_every_act_is_tried() -> None:
    assert set(FIRST) == set(ACTS)


async def test_the_story_without_a_death(on_file: Shape) -> None:
    async with on_file.opened() as installation:
        told = Told(on_file.founded.code)
        await installation.start()
        await story.tell(installation, told)
        assert not await checker.of_story(
            installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
        )
        assert installation.deaths == 0
        assert len(installation.telegram.answered) == 2  # every pressed button has stopped spinning
        assert await installation.stop() == {"run": 0}


@pytest.mark.parametrize("point", POINTS)
async def test_killed_on_sqlite(on_file: Shape, tried: Tried, point: str) -> None:
    await _killed_at(on_file, _first(await passed(on_file), point), tried)


@pytest.mark.parametrize(("part", "point"), WITH_REDIS)
async def test_killed_with_redis(with_redis: Shape, tried: Tried, part: str, point: str) -> None:
    await _killed_at(with_redis, _first(await passed(with_redis), point, part), tried)


@pytest.mark.parametrize(("part", "point"), WITH_RABBITMQ)
async def test_killed_with_rabbitmq(with_rabbit: Shape, tried: Tried, part: str, point: str) -> None:
    await _killed_at(with_rabbit, _first(await passed(with_rabbit), point, part), tried)


async def _killed_at_each(shape: Shape, tried: Tried, point: str, *, once_an_act: bool) -> None:
    there = [one for one in await passed(shape) if one.point == point]
    assert there, f"the story does not pass {point}"
    there = [one for one in there if one.part != "scheduler" or one.nth == 1]
    if once_an_act:
        there = list({(one.part, one.act): one for one in reversed(there)}.values())
    for passage in there:
        await _killed_at(shape, passage, tried)


@pytest.mark.faults_all
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_each_time_on_sqlite(on_file: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(on_file, tried, point, once_an_act=False)


@pytest.mark.faults_all
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_on_postgres(on_postgres: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(on_postgres, tried, point, once_an_act=True)


@pytest.mark.faults_all
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_with_redis(with_redis: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(with_redis, tried, point, once_an_act=True)


@pytest.mark.faults_all
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_with_rabbitmq(with_rabbit: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(with_rabbit, tried, point, once_an_act=True)
