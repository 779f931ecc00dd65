"""Wherever the process is killed: nothing is lost, nothing is applied twice, a double is marked."""

from collections.abc import Sequence

import pytest

from tests.faults import checker, story
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried, passed, points
from tests.faults.story import ACTS, Passage, Told
from tests.faults.table import sparser

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


# How many may die over one message, before it is stored, while it is answered, while the answer is sent: a message that
# kills five is parked, and one that was being sent twice when its process died is not sent a third time.
MOST = {"taken": 2, "answered": 2, "sent": 1}


def _stage(point: str) -> str:
    """What is being done with a message where this point is passed."""
    return {"webhooks": "taken", "inbox": "taken", "delivery": "sent"}.get(point.partition(".")[0], "answered")


def _stories(found: list[Passage], wanted: Sequence[tuple[str | None, str]]) -> list[dict[str, list[tuple[str, str]]]]:
    """As many stories as it takes for each wanted part to die at its point once, where a death matters most."""
    stories: list[dict[str, list[tuple[str, str]]]] = []
    passages = [[one for one in found if one.point == point and part in (None, one.part)] for part, point in wanted]
    for (part, point), there in zip(wanted, passages, strict=True):
        assert there, f"the story does not pass {point} in {part or 'any part'}: it must grow an act that does"
    for there in sorted(passages, key=lambda there: len({one.act for one in there})):
        where = sorted({(FIRST.index(one.act), one.act, one.part) for one in there})
        stage = _stage(there[0].point)
        for story_ in (*stories, None):
            if story_ is None:
                stories.append(story_ := {})
            free = [
                (act, part) for _, act, part in where
                if sum(_stage(point) == stage for _, point in story_.get(act, ())) < MOST[stage]
            ]  # fmt: skip
            if free:
                act, part = free[0]
                story_.setdefault(act, []).append((part, there[0].point))
                break
    return stories


async def _killed_at_all(shape: Shape, tried: Tried, wanted: Sequence[tuple[str | None, str]]) -> None:
    """Let somebody die at each of these points, several in one story."""
    complaints: list[str] = []
    died = 0
    for deaths in _stories(await passed(shape), wanted):
        async with shape.opened() as installation:
            told = Told(shape.founded.code)
            await installation.start()
            await story.tell(installation, told, deaths)
            wrong = await checker.of_story(
                installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
            )
            wrong += [f"nobody died: {one}" for one in installation.survived()]
            died += installation.deaths
            if wrong:
                complaints += [str(deaths), *wrong, installation.complaints()]
    tried("killed at a crash point, started again", shape.name, died, lost=complaints)
    assert not complaints, "\n".join(complaints)
    assert died == len(wanted)


async def _killed_at(shape: Shape, passage: Passage, tried: Tried) -> bool:
    """Whether somebody died there: how often a point is passed in an act depends on what happens to meet."""
    async with shape.opened() as installation:
        told = Told(shape.founded.code)
        await installation.start()
        await story.tell(installation, told, passage.deaths)
        died = not installation.survived()
        if died and not installation.deaths:  # it died when all was done
            await until(installation.revive, "the dead are known")
            await installation.settle()
        wrong = await checker.of_story(
            installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
        )
        tried("killed at a crash point, started again", shape.name, int(died), lost=wrong)
        assert not wrong, "\n".join([str(passage), *wrong, installation.complaints()])
        assert installation.deaths == died
        return died


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


async def test_killed_at_each_point_on_sqlite(on_file: Shape, tried: Tried) -> None:
    await _killed_at_all(on_file, tried, [(None, point) for point in POINTS])


async def test_killed_with_redis(with_redis: Shape, tried: Tried) -> None:
    await _killed_at_all(with_redis, tried, WITH_REDIS)


@pytest.mark.whole
async def test_killed_with_rabbitmq(with_rabbit: Shape, tried: Tried) -> None:
    await _killed_at_all(with_rabbit, tried, WITH_RABBITMQ)


async def _killed_at_each(shape: Shape, tried: Tried, point: str, *, once_an_act: bool) -> None:
    there = [one for one in await passed(shape) if one.point == point]
    assert there, f"the story does not pass {point}"
    # The scheduler passes by its clock, whatever is told: once is enough.
    there = [one for one in there if one.part != "scheduler"] + [one for one in there if one.part == "scheduler"][:1]
    if once_an_act:
        there = list({(one.part, one.act): one for one in reversed(there)}.values())
    there = there[:: sparser(1)]
    died = [await _killed_at(shape, passage, tried) for passage in there]
    assert any(died), f"nobody died at {point}: {there}"


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_each_time_on_sqlite(on_file: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(on_file, tried, point, once_an_act=False)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_on_postgres(on_postgres: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(on_postgres, tried, point, once_an_act=True)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_with_redis(with_redis: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(with_redis, tried, point, once_an_act=True)


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("point", POINTS)
async def test_killed_in_each_act_with_rabbitmq(with_rabbit: Shape, tried: Tried, point: str) -> None:
    await _killed_at_each(with_rabbit, tried, point, once_an_act=True)
