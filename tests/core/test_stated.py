"""What is made once says the same as what Piccolo makes each time, whoever's company it is."""

import inspect
from datetime import UTC, date, datetime
from typing import Any

import pytest

import serambi  # noqa: F401  so that all there are are known
from core import database
from core.database import installation, transaction
from core.engines import OutsideTransaction
from core.people.tables import Department, Person
from core.stated import STATED, Stated
from tests.core.cast import Cast

VALUES: dict[Any, Any] = {
    int: 17, str: "annual", date: date(2026, 3, 2), datetime: datetime(2026, 3, 2, 2, tzinfo=UTC), bool: True,
}  # fmt: skip


def _values(one: Stated[Any, Any]) -> list[Any]:
    told = inspect.signature(one.make, eval_str=True).parameters.values()
    return [VALUES[parameter.annotation] for parameter in told]


def _named(one: Stated[Any, Any]) -> str:
    return f"{one.make.__module__}.{one.make.__qualname__}"


def _person(number: int) -> Any:
    return Person.objects().where(Person.id == number).first()


def _rename(before: str, name: str) -> Any:
    return Department.update({Department.name: name}).where(Department.name == before)


def _headed(head: int | None) -> Any:
    return Department.count().where(Department.head == head)


async def test_every_statement_is_what_piccolo_makes_of_it(two: tuple[Cast, Cast]) -> None:
    maju, sama = two
    engine = database.engine().engine_type
    assert len(STATED) > 20
    for company in (maju.company, sama.company):
        async with transaction(company):
            for one in [*STATED, *STATED]:
                made = one.make(*(values := _values(one)))
                (plain,) = getattr(made, "query", made).querystrings
                said = one.said(*values)
                assert said is not None, f"{_named(one)} is made each time"
                assert said.compile_string(engine_type=engine) == plain.compile_string(engine_type=engine), _named(one)


async def test_rows_are_the_same_and_stay_inside_their_company(two: tuple[Cast, Cast]) -> None:
    maju, sama = two
    made = Stated(_person)
    try:
        for _ in range(2):
            async with transaction(maju.company):
                found = await made(maju.budi.person)
                plain = await Person.objects().where(Person.id == maju.budi.person).first()
                assert found.__dict__ == plain.__dict__ and found._exists_in_db
                assert await made(0) is None
            async with transaction(sama.company):
                assert await made(maju.budi.person) is None
        with pytest.raises(OutsideTransaction):
            await made(maju.budi.person)
        async with installation(writes=False):
            with pytest.raises(OutsideTransaction):
                await made(maju.budi.person)
    finally:
        STATED.remove(made)


async def test_what_is_written_is_read_again_and_null_is_looked_for(maju: Cast) -> None:
    name, heads = Stated(_rename), Stated(_headed)
    try:
        async with transaction(maju.company):
            await Department.insert(Department(name="before", head=None))

            async def names() -> Any:
                return await Department.select(Department.name)

            assert "before" in {row["name"] for row in await database.once("names", [Department], names)}
            await name("before", "after")
            assert "after" in {row["name"] for row in await database.once("names", [Department], names)}
            await Department.update({Department.head: None}, force=True)
            assert await heads(None) == await Department.count() > 0
            assert await heads(1) == 0
    finally:
        STATED.remove(name)
        STATED.remove(heads)
