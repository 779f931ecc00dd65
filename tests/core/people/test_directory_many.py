"""What is asked of a whole company at once is more than a statement may hold."""

from datetime import date

from core import bulk, database
from core.people import directory
from core.people.tables import Assignment, Employment, Person
from tests.core.cast import Cast

MORE_THAN_FIT = 40_000  # values: SQLite takes 32,766 in a statement, PostgreSQL 32,767


async def test_people_are_found_among_more_than_a_statement_holds(maju: Cast) -> None:
    budi = maju.budi
    async with database.reading(maju.company):
        spells = await directory.several(range(MORE_THAN_FIT))
        assert [one for one in spells if one.id == budi.id] == [budi]
        assert (await directory.names_of(range(MORE_THAN_FIT)))[budi.person] == budi.name
        assert (await directory.zones_of(range(MORE_THAN_FIT)))[budi.person] == budi.zone


async def test_a_department_may_have_had_more_people_than_a_statement_holds(maju: Cast) -> None:
    budi, count = maju.budi, 33_000
    async with database.transaction(maju.company):
        people, spells = await bulk.reserve(Person, count), await bulk.reserve(Employment, count)
        await bulk.insert(
            Person,
            ({"id": one, "public": database.new_public(), "name": "Ani", "language": "id"} for one in people),
        )
        gone = {"type": "daily", "joins": date(2020, 1, 1), "leaves": date(2020, 2, 1)}
        await bulk.insert(
            Employment,
            (
                {"id": spell, "public": database.new_public(), "person": one, "number": f"H{spell}", **gone}
                for spell, one in zip(spells, people, strict=True)
            ),
        )
        work = {"from_": date(2020, 1, 1), "department": budi.department, "location": budi.location}
        await bulk.insert(Assignment, ({"employment": spell, **work} for spell in spells))
    async with database.reading(maju.company):
        assert budi.department is not None
        found = await directory.of_department(budi.department)
        assert budi in found
        assert "Ani" not in {one.name for one in found}, "they left long ago"
        assert await directory.of_departments([budi.department]) == found
