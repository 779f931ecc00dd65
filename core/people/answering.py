"""How somebody would rather answer in a chat: with buttons, or by typing the digit that stands before a choice."""

from core import database
from core.people.tables import Person


async def by_digits(person: int) -> bool:
    """Whether choices are written to this person as digits."""

    async def ask() -> bool:
        row = await Person.select(Person.numbers).where(Person.id == person).first()
        return bool(row and row["numbers"])

    return await database.once(("digits", person), [Person], ask)


async def choose(person: int, *, digits: bool) -> None:
    """From now on ask them with digits, or with buttons again."""
    await Person.update({Person.numbers: digits}).where(Person.id == person)
