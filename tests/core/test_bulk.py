"""Rows written a thousand to a statement: all of them, or none when making or writing one of them fails."""

from collections.abc import Iterator
from typing import Any

import pytest

from core import bulk, database
from core.people.tables import Department
from tests.core.cast import Cast


def many(fails_at: int, fault: str) -> Iterator[dict[str, Any]]:
    for number in range(2500):
        if number == fails_at and fault == "made":
            raise LookupError
        yield {"name": None if number == fails_at else f"Bagian {number}"}


@pytest.mark.parametrize("fault", ["made", "written"])
@pytest.mark.parametrize("fails_at", [500, 1500, 2400])
async def test_a_row_that_fails_leaves_none_of_the_thousands_before_it(maju: Cast, fault: str, fails_at: int) -> None:
    async with database.reading(maju.company):
        before = await Department.count()
    with pytest.raises(Exception) as raised:
        async with database.transaction(maju.company):
            await bulk.insert(Department, many(fails_at, fault))
    assert (raised.type is LookupError) == (fault == "made")
    async with database.transaction(maju.company):
        assert await Department.count() == before
        await bulk.insert(Department, many(-1, ""))
        assert await Department.count() == before + 2500


async def test_rows_are_found_by_many_numbers_with_gaps_and_without_and_by_none_at_all(maju: Cast) -> None:
    async with database.transaction(maju.company):
        numbers = await bulk.reserve(Department, 1000)
        await bulk.insert(Department, [{"id": one, "name": f"Bagian {one}"} for one in numbers])
        for wanted in (numbers, numbers[::3], numbers[:1], []):
            rows = await Department.select(Department.id).where(bulk.among(Department.id, wanted))
            assert sorted(row["id"] for row in rows) == sorted(wanted)
        changed = Department.update({Department.minimum: 1}).where(bulk.among(Department.id, numbers[::2]))
        assert len(await changed.returning(Department.id)) == 500
