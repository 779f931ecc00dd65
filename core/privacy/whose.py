"""Whose data a request is about, as somebody types it: an employee's number, also of who has left, or a name."""

from core.people import named
from core.people.tables import Employment, Person
from core.phrases import one_line


async def person_of(words: str) -> tuple[int, str]:
    """Their row and their name. Refused: nobody, or several."""
    typed = one_line(words)[: named.LONGEST]
    behind = named.BEHIND.search(typed)
    number = behind[1] if behind else typed
    row = (
        await Employment.select(Employment.person, Employment.person.name.as_alias("name"))
        .where(Employment.number == number)
        .order_by(Employment.id, ascending=False)
        .first()
    )
    if row is not None:
        return int(row["person"]), str(row["name"])
    meant = await named.whom(typed)
    return meant.person, meant.name


async def number_of(person: int) -> str | None:
    """The employee number of their latest spell of work."""
    row = (
        await Employment.select(Employment.number)
        .where(Employment.person == person)
        .order_by(Employment.joins, Employment.id, ascending=False)
        .first()
    )
    return str(row["number"]) if row is not None else None


async def name_of(person: int | None) -> str:
    """What somebody is called, empty where nobody is known."""
    row = await Person.select(Person.name).where(Person.id == (person or 0)).first()
    return str(row["name"]) if row is not None else ""
