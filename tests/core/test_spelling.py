"""A statement says what it always said, whatever was said in its shape before."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from piccolo.columns.combination import WhereRaw
from piccolo.query import Query
from piccolo.query.functions.aggregate import Count, Max
from piccolo.query.mixins import OnConflictAction
from piccolo.querystring import QueryString

from core import database, spelling
from core.accounts.tables import Company
from core.database import reading, transaction
from core.jobs import Job
from core.messaging.tables import Inbound, Outbound, Pace
from core.people.tables import Assignment, Department, Employment, Person
from core.scope import Scope
from tests.core.cast import Cast

Makes = Callable[[int, str], Any]
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
chain: Any = Assignment.employment


def _job(number: int, word: str) -> Job:
    return Job(name=word, company=number, args="[]", run_at=NOON, state="queued")


SHAPES: dict[str, Makes] = {
    "all of a row": lambda n, w: Person.select().where(Person.id == n),
    "some of it": lambda n, w: Person.select(Person.id, Person.name.as_alias("who")).where(Person.name == w),
    "joined": lambda n, w: Assignment.select(chain.person.name, chain.number.as_alias("no")).where(chain.person == n),
    "joined otherwise": lambda n, w: Assignment.select(Assignment.location.zone).where(Assignment.department.name == w),
    "ordered": lambda n, w: Person.select(Person.id).where(Person.id > n).order_by(Person.name, ascending=False).limit(3),
    "page": lambda n, w: Person.select(Person.id).order_by(Person.id).limit(2).offset(n),
    "first": lambda n, w: Person.select(Person.id).where(Person.name == w).first().query,
    "or": lambda n, w: Person.select().where((Person.id == n) | (Person.name == w) & Person.email_index.is_null()),
    "and": lambda n, w: Person.select().where(((Person.id == n) | (Person.name == w)) & Person.email_index.is_not_null()),
    "among": lambda n, w: Person.select(Person.id).where(Person.id.is_in([n, n + 1, n])),
    "among more": lambda n, w: Person.select(Person.id).where(Person.id.is_in(list(range(n, n + 7)))),
    "among those": lambda n, w: Employment.select(Employment.id).where(
        Employment.person.is_in(Person.select(Person.id).where(Person.name == w)) & (Employment.id != n)
    ),
    "between": lambda n, w: Assignment.select().where((Assignment.from_ <= date(2026, 1, n % 28 + 1)) & (Assignment.id >= n)),
    "raw": lambda n, w: Job.raw("select id from job where name = {} and company = {} limit 3", w, n),
    "raw condition": lambda n, w: Job.select(Job.id).where(WhereRaw("id = {} or name = {}", n, w) & (Job.state == "done")),
    "column in it": lambda n, w: Outbound.select(Outbound.id).where(WhereRaw("{} = {}", Outbound.key, w)),
    "grouped": lambda n, w: Job.select(Job.name, Count(alias="many"), Max(Job.id)).where(Job.company == n).group_by(Job.name),
    "counted": lambda n, w: Job.count().where(Job.name == w),
    "counted of company": lambda n, w: Person.count().where(Person.id > n),
    "there": lambda n, w: Job.exists().where((Job.name == w) & (Job.company == n)),
    "objects": lambda n, w: Outbound.objects().where(Outbound.id == n).order_by(Outbound.id),
    "changed": lambda n, w: Department.update({Department.minimum: n, Department.name: w}).where(Department.id == n),
    "counted up": lambda n, w: (
        Inbound.update({Inbound.tries: Inbound.tries + n, Inbound.state: w}).where(Inbound.id == n).returning(Inbound.tries)
    ),
    "emptied": lambda n, w: Department.update({Department.minimum: None}).where(Department.name == w),
    "across": lambda n, w: Assignment.update({Assignment.from_: NOON.date()}).where(Assignment.employment.number == w),
    "taken out": lambda n, w: Job.delete().where((Job.name == w) | (Job.id == n)),
    "written": lambda n, w: Job.insert(_job(n, w)),
    "several": lambda n, w: Job.insert(_job(n, w), _job(n + 1, w)),
    "unless there": lambda n, w: Pace.insert(Pace(mark=w, full_at=NOON)).on_conflict(action=OnConflictAction.do_nothing),
    "of company": lambda n, w: Department.insert(Department(name=w, minimum=n)).returning(Department.id),
    "distinct": lambda n, w: Job.select(Job.name).distinct().where(Job.id > n),
    "outside": lambda n, w: Company.select(Company.id).where(Company.id == n),
}  # fmt: skip


def spelled(query: Any) -> list[tuple[Any, ...]]:
    engine = query.table._meta.db.engine_type
    return [one.compile_string(engine_type=engine) for one in query.querystrings]


def by_piccolo(query: Any) -> list[tuple[Any, ...]]:
    engine = query.table._meta.db.engine_type
    return [one.compile_string(engine_type=engine) for one in spelling._spells(query)]


@pytest.fixture(autouse=True)
def nothing_said() -> None:
    spelling._known.clear()


async def test_what_was_said_before_changes_nothing(maju: Cast) -> None:
    async with transaction(maju.company):
        for make in SHAPES.values():
            for number, word in ((1, "a"), (maju.company, "a"), (7, "{}"), (3, "'; --"), (9, "a")):
                assert spelled(make(number, word)) == by_piccolo(make(number, word))
                asked = make(number, word)
                assert spelled(asked) == spelled(asked) == by_piccolo(make(number, word))


async def test_a_shape_is_spelled_once(maju: Cast) -> None:
    """These are understood: what falls back to Piccolo costs what it always cost, as do updates across tables."""
    async with transaction(maju.company):
        for name in SHAPES.keys() - {"across", "page"}:
            spelling._known.clear()
            spelled(SHAPES[name](1, "a"))
            assert [one for one in spelling._known.values() if one is None] == [], name
            before = len(spelling._known)
            spelled(SHAPES[name](2, "b"))
            assert len(spelling._known) == before, name


async def test_a_company_gets_its_own_rows_in_the_same_shape(two: tuple[Cast, Cast]) -> None:
    found = []
    for cast in two:
        async with reading(cast.company):
            rows = await Person.objects().where(Person.id > 0)
            found.append({row.company for row in rows})
            assert {row["company"] for row in await Person.select().where(Person.id > 0)} == {cast.company}
    assert found == [{cast.company} for cast in two]


async def test_objects_are_those_of_piccolo(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for table in (Person, Assignment, Employment, Department):
        async with reading(maju.company):
            now: Any = await table.objects().order_by(table._meta.primary_key)
            with monkeypatch.context() as before:
                before.setattr(Query, "_process_results", spelling._processes)
                then: Any = await table.objects().order_by(table._meta.primary_key)
        assert now
        assert [vars(one) for one in now] == [vars(one) for one in then]
        assert [type(one) for one in now] == [type(one) for one in then]


async def test_a_row_that_was_read_can_be_written_again(maju: Cast) -> None:
    async with transaction(maju.company):
        one = await Department.objects().order_by(Department.id).first()
        assert one is not None
        one.name = "Baru"
        await one.save()
        again = await Department.objects().where(Department.id == one.id).first()
    assert again is not None
    assert (again.id, again.name) == (one.id, "Baru")


async def test_a_value_that_is_none_of_the_plain_ones_is_left_to_piccolo(maju: Cast) -> None:
    class Odd(int):
        pass

    async with reading(maju.company):
        assert spelled(Person.select(Person.id).where(Person.id == Odd(3))) == by_piccolo(
            Person.select(Person.id).where(Person.id == Odd(3))
        )
        assert spelled(Employment.select().where(Employment.id == Employment.person)) == by_piccolo(
            Employment.select().where(Employment.id == Employment.person)
        )
    assert not spelling._known


COLUMNS = [Assignment.id, Assignment.from_, chain.person.name, chain.number, Assignment.department.name]


def conditions() -> st.SearchStrategy[Any]:
    value = st.one_of(st.integers(1, 3), st.sampled_from(["a", "b", "{", "?", "$1"]), st.just(date(2026, 1, 1)))
    leaf = st.one_of(
        st.builds(lambda column, what: column == what, st.sampled_from(COLUMNS), value),
        st.builds(lambda column, what: column > what, st.sampled_from(COLUMNS), value),
        st.builds(lambda column, some: column.is_in(some), st.sampled_from(COLUMNS), st.lists(value, min_size=1, max_size=3)),
        st.builds(lambda column: column.is_null(), st.sampled_from(COLUMNS)),
        st.builds(lambda what: WhereRaw("x = {} and y = {}", what, QueryString("{} + 1", what)), value),
    )  # fmt: skip
    return st.recursive(
        leaf, lambda inner: st.builds(lambda a, b, both: a & b if both else a | b, inner, inner, st.booleans())
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    which=st.lists(conditions(), min_size=2, max_size=4), columns=st.lists(st.sampled_from(COLUMNS), max_size=3),
    order=st.sampled_from(COLUMNS), most=st.integers(1, 2),
)  # fmt: skip
def test_any_statement_is_spelled_as_piccolo_spells_it(
    open_database: str, which: list[Any], columns: list[Any], order: Any, most: int
) -> None:
    scope = Scope(5, True)
    mark = database._scope.set(scope)
    try:
        for one in which:
            asked = Assignment.select(*columns).where(one).order_by(order).limit(most)
            assert spelled(asked) == by_piccolo(asked)
            assert spelled(Assignment.objects().where(one)) == by_piccolo(Assignment.objects().where(one))
            assert spelled(Assignment.exists().where(one)) == by_piccolo(Assignment.exists().where(one))
    finally:
        database._scope.reset(mark)
