"""A foreign key says what it always said, only sooner."""

from typing import Any

import pytest
from piccolo.columns import ForeignKey

from core import database, joins
from core.people.tables import Assignment, Employment


@pytest.fixture
def as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Piccolo's own way, for this test."""
    monkeypatch.setattr(ForeignKey, "__getattribute__", joins._asks)


def columns() -> list[Any]:
    chain: Any = Assignment.employment
    return [chain.person.name, chain.leaves, chain.person, chain.public.as_alias("public"), Assignment.location.zone]


def told(some: list[Any]) -> list[tuple[Any, ...]]:
    return [
        (str(one.get_select_string(engine_type="sqlite")), [key._meta.name for key in one._meta.call_chain])
        for one in some
    ]


def test_joins_are_those_of_piccolo(as_shipped: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = told(columns())
    joins.quicken()
    assert told(columns()) == before
    assert before[0][1] == ["employment", "person"]
    key: Any = Employment.person
    with pytest.raises(AttributeError):
        key.no_such_column  # noqa: B018


async def test_what_is_joined_is_read(maju: Any) -> None:
    async with database.reading(maju.company):
        rows = await Assignment.select(Assignment.employment.person.as_alias("person"))
    assert maju.budi.person in {row["person"] for row in rows}
