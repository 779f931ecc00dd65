"""What a new password must be: long enough for who sets it, and nothing that somebody who knows the account guesses."""

import asyncio
import re
from collections.abc import Sequence

from core import database
from core.accounts import guessed
from core.accounts.acts_in import Place
from core.errors import Refused
from core.people import directory

SHORTEST, SHORTEST_OF_ADMINISTRATORS, LONGEST_PASSWORD = 8, 12, 128


async def check(email: str, password: str, held: Sequence[Place]) -> None:
    """Refuse a new password that is too short for these roles, or that somebody who knows the account guesses."""
    check_length(password, least(held))
    if await asyncio.to_thread(guessed.is_guessed, password, await _own_words(email, held)):
        raise Refused("web.password_guessable")


def least(held: Sequence[Place]) -> int:
    """How many characters a new password has at least, of whoever acts in these places."""
    roles = frozenset().union(*(place.roles for place in held))
    return SHORTEST if roles <= {"employee"} else SHORTEST_OF_ADMINISTRATORS


def check_length(password: str, least: int) -> None:
    """Refuse what is too short or too long."""
    if len(password) < least:
        raise Refused("web.password_short", least=str(least))
    if len(password) > LONGEST_PASSWORD:
        raise Refused("web.password_long", most=str(LONGEST_PASSWORD))


async def _own_words(email: str, held: Sequence[Place]) -> list[str]:
    """What somebody who knows this account tries first: the address, the companies, the name in each."""
    told = [email.partition("@")[0], email.partition("@")[2].partition(".")[0]]
    for place in held:
        told.append(place.name)
        if place.person is not None:
            async with database.reading(place.company):
                told.append(await directory.person_name(place.person))
    return list(dict.fromkeys(word for one in told for word in [one, *re.findall(r"\w+", one)] if len(word) > 2))
