"""Statements that are always the same but for their values: made once, then only filled in.

Making a statement of Piccolo's parts costs several times what a database needs to answer it, and a turn of a talk has
nearly a hundred. What is asked in each of them is put into a function of its values alone:

    @stated
    def _of_person(person: int) -> Objects[Employment]:
        return Employment.objects().where(Employment.person == person)

    rows = await _of_person(12)

It is called once with a mark in place of each value, so that it is seen where each goes; from then on it is not
called again. So it may do nothing with its values but hand them on, and may use nothing that changes: no clock, no
setting. The company in scope is one of the values (`tests/core/test_stated.py` compares all with what Piccolo says).
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar

from piccolo.query import Delete, Query, Update
from piccolo.querystring import QueryString

from core import database, spelling

P = ParamSpec("P")
T = TypeVar("T")
STATED: "list[Stated[Any, Any]]" = []  # all there are


class _Mark:
    """Stands for a value."""

    __slots__ = ("place",)

    def __init__(self, place: int) -> None:
        self.place = place


class _Company(int):
    """Stands for the company in scope."""


@dataclass(frozen=True)
class _Made:
    """A statement: its shape, what is made of its rows, and where its values go."""

    shape: Any
    query: Any
    first: bool
    values: list[Any]
    given: tuple[tuple[int, int], ...]  # place in the statement, place among the values
    company: tuple[int, ...]

    def filled(self, given: Sequence[Any]) -> QueryString:
        """The statement with these values, of the company in scope."""
        values = self.values.copy()
        for there, here in self.given:
            values[there] = given[here]
        for there in self.company:
            values[there] = database.company()
        return spelling.of_shape(self.shape, values)


class Stated(Generic[P, T]):
    """A statement that is made once; to be awaited with its values."""

    def __init__(self, make: Callable[P, Awaitable[T]]) -> None:
        self.make: Callable[..., Any] = make
        self._count = len(signature(make).parameters)
        self._made: dict[tuple[str, bool], _Made | None] = {}
        STATED.append(self)

    async def __call__(self, *values: P.args, **none: P.kwargs) -> T:
        """Ask this with these values."""
        known = self._known()
        # NULL is another statement, and a list another for each length.
        if known is None or not spelling.PLAIN.issuperset(map(type, values)) or None in values:
            return await self.make(*values)  # type: ignore[no-any-return]
        query = known.query
        if isinstance(query, Update | Delete):
            database.written(query.table)
        rows = await database.engine().run_querystring(known.filled(values))
        found = await query._process_results(rows)
        if known.first:
            return found[0] if found else None  # type: ignore[return-value]
        return found  # type: ignore[no-any-return]

    def said(self, *values: Any) -> QueryString | None:
        """The statement with these values; None where Piccolo makes it each time."""
        known = self._known()
        return None if known is None else known.filled(values)

    def _known(self) -> _Made | None:
        opened, engine = database.scope(), database.engine().engine_type
        key = engine, opened.company is None
        try:
            return self._made[key]
        except KeyError:
            found = self._made[key] = self._learn(opened, engine)
            return found

    def _learn(self, opened: Any, engine: str) -> _Made | None:
        """How this is said; None where it cannot be seen, and Piccolo is asked each time."""
        marks = [_Mark(number) for number in range(self._count)]
        company = opened.company
        opened.company = None if company is None else _Company(company)
        try:
            told = self.make(*marks)
        finally:
            opened.company = company
        query = told if isinstance(told, Query) else getattr(told, "query", None)
        if query is None or (found := spelling.learned(query, engine)) is None:
            return None
        shape, values = found
        return _Made(
            shape, query, query is not told, values,
            tuple((number, one.place) for number, one in enumerate(values) if isinstance(one, _Mark)),
            tuple(number for number, one in enumerate(values) if type(one) is _Company),
        )  # fmt: skip


def stated(make: Callable[P, Awaitable[T]]) -> Stated[P, T]:
    """Have this statement made once."""
    return Stated(make)
