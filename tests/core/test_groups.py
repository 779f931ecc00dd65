"""What is added while others are served is served together, each gets its own answer, and one fault harms no other."""

import asyncio
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from core.groups import Groups

MOST = 4


class Disk:
    """Doubles numbers, slowly; whoever brings a negative one spoils the whole group."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.written: list[int] = []

    async def double(self, numbers: Sequence[int]) -> list[int]:
        self.groups.append(list(numbers))
        await asyncio.sleep(0)
        if any(number < 0 for number in numbers):
            raise ValueError(numbers)
        self.written += numbers
        return [2 * number for number in numbers]


@given(st.lists(st.tuples(st.integers(-3, 50), st.integers(0, 3)), max_size=30))
def test_each_has_its_own_answer_once_whatever_comes_together(asked: list[tuple[int, int]]) -> None:
    disk = Disk()

    async def ask(groups: Groups[int, int], number: int, wait: int) -> int | str:
        for _ in range(wait):
            await asyncio.sleep(0)
        try:
            return await groups.add(number)
        except ValueError:
            return "refused"

    async def everybody() -> list[int | str]:
        groups = Groups(disk.double, MOST)
        return await asyncio.gather(*(ask(groups, number, wait) for number, wait in asked))

    answers = asyncio.run(everybody())
    assert answers == ["refused" if number < 0 else 2 * number for number, _ in asked]
    assert sorted(disk.written) == sorted(number for number, _ in asked if number >= 0)
    assert all(len(group) <= MOST for group in disk.groups)


async def test_what_comes_while_the_disk_is_busy_shares_the_next_group() -> None:
    disk = Disk()
    groups = Groups(disk.double, 100)
    answers = await asyncio.gather(*(groups.add(number) for number in range(20)))
    assert answers == [2 * number for number in range(20)]
    assert len(disk.groups) == 1


async def test_who_goes_away_is_served_and_holds_up_nobody() -> None:
    disk = Disk()
    groups = Groups(disk.double, MOST)
    gone = asyncio.create_task(groups.add(1))
    stays = asyncio.create_task(groups.add(2))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == 4
    assert disk.written == [1, 2]
