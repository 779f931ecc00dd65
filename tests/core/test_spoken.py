"""What goes along with the next statement is as good as said: parts are kept and undone as ever, and nothing is left open."""

import asyncio
from typing import Any

import pytest

from core import database, spoken
from core.database import reading, transaction
from core.people.tables import Department
from core.spoken import Spoken
from tests.core.cast import Cast


async def add(*names: str) -> None:
    for name in names:
        await Department.insert(Department(name=name))


async def there(company: int) -> set[str]:
    async with reading(company):
        return {row["name"] for row in await Department.select(Department.name)}


async def test_parts_within_parts_are_kept_and_undone_each_by_itself(maju: Cast) -> None:
    before = await there(maju.company)
    async with transaction(maju.company):
        async with transaction(maju.company):
            async with transaction(maju.company):
                pass
            with pytest.raises(ZeroDivisionError):
                async with transaction(maju.company):
                    async with transaction(maju.company):
                        await add("no 1")
                    raise ZeroDivisionError
            await add("yes 1")
            with pytest.raises(ZeroDivisionError):
                async with transaction(maju.company):
                    raise ZeroDivisionError
        with pytest.raises(ZeroDivisionError):
            async with transaction(maju.company):
                await add("no 2")
                async with transaction(maju.company):
                    await add("no 3")
                raise ZeroDivisionError
        async with transaction(maju.company):
            await add("yes 2")
        async with transaction(maju.company):
            pass
    assert await there(maju.company) - before == {"yes 1", "yes 2"}


async def test_where_nothing_is_asked_nothing_is_begun(maju: Cast) -> None:
    async with reading(maju.company), reading(maju.company):
        pass
    engine: Any = database.engine()
    async with transaction(maju.company):
        held = engine.current_transaction.get()
        assert held is not None
        connection = held.connection
        async with transaction(maju.company):
            pass
        if isinstance(connection, Spoken):
            assert (connection.ahead, connection.in_transaction) == (["BEGIN IMMEDIATE"], False)
        await add("one")
        if isinstance(connection, Spoken):
            assert (connection.ahead, connection.in_transaction) == ([], True)
    assert "one" in await there(maju.company)


async def test_who_reads_next_sees_what_was_written_meanwhile(maju: Cast) -> None:
    for number in range(12):
        await there(maju.company)
        async with transaction(maju.company):
            await add(f"new {number}")
        assert f"new {number}" in await there(maju.company)


async def test_a_reader_that_goes_away_leaves_nothing_open(maju: Cast) -> None:
    for steps in range(12):
        task = asyncio.create_task(there(maju.company))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(10):
        async with transaction(maju.company):
            await add("after")
        for _ in range(6):
            assert "after" in await there(maju.company)


async def test_a_question_that_takes_long_is_asked_in_the_thread(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = database.engine()
    async with transaction(maju.company):
        await add("one")
    handed: list[str] = []
    hand = Spoken.execute_fetchall

    async def handing(self: Any, sql: str, values: Any = None) -> Any:
        handed.append(sql)
        return await hand(self, sql, values)

    monkeypatch.setattr(Spoken, "execute_fetchall", handing)
    long = "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) select max(i) as most from n"
    async with reading(maju.company):
        connection = engine.current_transaction.get().connection
        if not isinstance(connection, Spoken):
            return
        quick = f"select most from ({long.format(10)})"
        assert list(await connection.fetch(quick, [])) == [{"most": 10}]
        assert handed == []
        slow = f"select most from ({long.format(100_000)})"
        assert list(await connection.fetch(slow, [])) == [{"most": 100_000}]
        assert handed == [slow]
        assert list(await connection.fetch(quick, [])) == [{"most": 10}], "and what is read is still read"


async def test_what_was_given_up_while_the_thread_says_it_is_said_before_what_comes_next(maju: Cast) -> None:
    engine: Any = database.engine()
    async with transaction(maju.company):
        await add("one")
    many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select i from n"
    long = f"select max(i) as most from ({many})"
    async with reading(maju.company):
        connection = engine.current_transaction.get().connection
        if not isinstance(connection, Spoken):
            return
        task = asyncio.create_task(connection.fetch(long, []))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert list(await connection.fetch("select 1 as one", [])) == [{"one": 1}]
    assert "one" in await there(maju.company)


@pytest.mark.parametrize(
    ("sql", "how"),
    [
        ('SELECT "a" FROM "b"', "asked"),
        ('INSERT INTO "b" ("a") VALUES (?), (?) RETURNING "id"', "told"),
        ('INSERT INTO "b" ("a") SELECT "a" FROM "c"', ""),
        (f'INSERT INTO "b" ("a") VALUES {", ".join(["(?)"] * 501)}', ""),
        ('UPDATE "b" SET "a" = ? WHERE (("b"."company" = ?) AND ("b"."id" = ?))', "told"),
        ('UPDATE "b" SET "a" = ? WHERE "b"."state" = ?', ""),
        ('UPDATE "b" SET "a" = ? WHERE ("b"."id" = ?) OR ("b"."state" = ?)', ""),
        ('DELETE FROM "b" WHERE "b"."id" = ?', ""),
    ],
)
def test_only_what_is_quick_for_certain_is_not_handed_over(sql: str, how: str) -> None:
    assert spoken.way(sql) == how
