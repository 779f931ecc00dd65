"""What takes two persons, in a company that really has only one (domain 6): it may switch that on, with a reason, and
the same person confirms again half a day later. As soon as there is a second administrator, it takes two again."""

from core import choices
from core.approvals import chains


async def others(person: int | None) -> list[str]:
    """Who else could be the second person, by first name."""
    return [one.first_name for one in await chains.above_all(person or 0)]


async def alone(person: int | None) -> bool:
    """Whether this person may be both: the company has switched it on, and has nobody else."""
    return person is not None and bool(await choices.of(choices.SINGLE_HANDED)) and not await others(person)
