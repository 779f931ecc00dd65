"""Clocks that jump or are set back while a request is on its way: nothing is lost or said twice, and nobody waits for
an hour to come again."""

import asyncio

import pytest

from tests.faults import checker, story
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.story import ACTS, BUDI, Told

HOUR = 3600.0
# By how much the clock of the story is ahead while each act is played.
JUMPS = (
    (0, HOUR, HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR),  # an hour is missing, twice
    (0, 0, 26 * HOUR, 26 * HOUR, 26 * HOUR, 26 * HOUR),  # more than a day is missing after the question was asked
    (0, 0.4, -0.6, 0.4, -0.6, 0),  # a second that is smeared
    (2 * HOUR, 2 * HOUR, HOUR, HOUR, 0, 0),  # set back by an hour, twice
    (26 * HOUR, 26 * HOUR, 26 * HOUR, 0, 26 * HOUR, 0),  # a day ahead, and put right, twice
)
QUESTIONS = 8  # of one person at once: five of the answers stand in a row
PATIENCE = 30.0  # seconds: they would be out after six


@pytest.mark.whole
@pytest.mark.parametrize("jumps", JUMPS)
async def test_clocks_that_jump_lose_nothing(
    on_file: Shape, on_postgres: Shape, tried: Tried, jumps: tuple[float, ...]
) -> None:
    for shape in (on_file, on_postgres):
        await _told(shape, tried, jumps)


async def _told(shape: Shape, tried: Tried, jumps: tuple[float, ...]) -> None:
    async with shape.opened() as installation:
        told = Told(shape.founded.code)
        for (name, act), ahead in zip(ACTS.items(), jumps, strict=True):
            installation.ahead["run"] = ahead
            await installation.start()
            hook = await act(installation, told)
            told.hooks.append(hook)
            await installation.hand_over(hook)
            await installation.settle()
            assert await installation.stop() == {"run": 0}, name
        installation.ahead["run"] = jumps[-1] if jumps[-1] < jumps[0] else max(jumps)
        await installation.start()
        await installation.settle()
        rows = await installation.books.rows("select state from request")
        doubled = checker.said_twice(installation.telegram.sent) + checker.said_twice(installation.slack.sent)
        wrong = await checker.complaints(installation.books, by=installation.now())
        tried("a clock that jumps between the acts", shape.name, len(set(jumps)), lost=wrong, doubled=doubled)
        assert [row["state"] for row in rows] == ["applied"], installation.complaints()
        assert not wrong, installation.complaints()
        assert not doubled


@pytest.mark.parametrize("back", [HOUR])
async def test_a_clock_that_is_set_back_makes_nobody_wait(on_file: Shape, tried: Tried, back: float) -> None:
    await _set_back(on_file, tried, back)


@pytest.mark.whole
@pytest.mark.parametrize("back", [45.0, HOUR, 26 * HOUR])
async def test_clocks_that_are_set_back_make_nobody_wait(
    on_file: Shape, on_postgres: Shape, tried: Tried, back: float
) -> None:
    for shape in (on_file, on_postgres):
        await _set_back(shape, tried, back)


async def _set_back(shape: Shape, tried: Tried, back: float) -> None:
    """Answers stand in a row, and others wait for a platform that was ill, when the clock is set back."""
    async with shape.opened() as installation:
        installation.paced, installation.ahead["run"] = True, back
        told = Told(shape.founded.code)
        await installation.start()
        for act in (story.types_code, story.agrees):
            await installation.hand_over(await act(installation, told))
            await installation.settle()

        def answers() -> int:
            return sum("hari cuti tahunan" in words for words in installation.telegram.words(str(BUDI)))

        asked = [installation.telegram.update("sisa cuti", BUDI) for _ in range(QUESTIONS)]
        installation.telegram.fail(502, 2)
        await asyncio.gather(*(installation.hand_over(hook) for hook in asked))

        async def answered() -> bool:
            return not await installation.books.rows("select id from inbound where state = 'new'")

        await until(answered, "all are answered")
        await installation.stop()
        missing = QUESTIONS - answers()
        installation.ahead["run"] = 0.0
        await installation.start()
        came = asyncio.create_task(until(lambda: answers() >= QUESTIONS, "every answer is out", PATIENCE))
        await asyncio.wait([came])
        await installation.settle()
        doubled = max(0, answers() - QUESTIONS)
        tried("a clock set back while answers wait", shape.name, missing, lost=came.exception(), doubled=doubled)
        assert missing > 2, "nothing waited"
        assert came.exception() is None, await installation.state()
        assert answers() == QUESTIONS
        assert "clock_set_back" in installation.complaints()
