"""Clocks that jump while a request is on its way: nothing is lost, nothing is said twice.

A clock that is set back by much is not here: what was paced by the later time waits for it to come again.
"""

import pytest

from tests.faults import checker
from tests.faults.conftest import Shape, Tried
from tests.faults.story import ACTS, Told

HOUR = 3600.0
# By how much the clock of the story is ahead while each act is played.
JUMPS = (
    (0, HOUR, HOUR, 2 * HOUR, 2 * HOUR, 2 * HOUR),  # an hour is missing, twice
    (0, 0, 26 * HOUR, 26 * HOUR, 26 * HOUR, 26 * HOUR),  # more than a day is missing after the question was asked
    (0, 0.4, -0.6, 0.4, -0.6, 0),  # a second that is smeared
)


@pytest.mark.parametrize("jumps", JUMPS[:1])
async def test_a_clock_that_jumps_loses_nothing(on_file: Shape, tried: Tried, jumps: tuple[float, ...]) -> None:
    await _told(on_file, tried, jumps)


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
        installation.ahead["run"] = max(jumps)
        await installation.start()
        await installation.settle()
        rows = await installation.books.rows("select state from request")
        doubled = checker.said_twice(installation.telegram.sent) + checker.said_twice(installation.slack.sent)
        wrong = await checker.complaints(installation.books, by=installation.now())
        tried("a clock that jumps between the acts", shape.name, len(set(jumps)), lost=wrong, doubled=doubled)
        assert [row["state"] for row in rows] == ["applied"], installation.complaints()
        assert not wrong, installation.complaints()
        assert not doubled
