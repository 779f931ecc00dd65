"""The lines under a list that was taken away as a file: what it holds, when and by whom it was made.

Written and known again in one place, so that a list of ours can be read in as it came.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.phrases import LANGUAGES, phrase

HOLDS, MADE = "lists.file_holds", "lists.file_made"
FACTS = {HOLDS: ("number", "filter"), MADE: ("at", "who")}
MARK = "\ue000"
Line = tuple[int, list[str]]


def lines(language: str, *, number: str, chosen: str, at: str, who: str) -> list[list[str]]:
    """An empty line, what the file holds, and who made it."""
    return [
        [],
        [phrase(HOLDS, language, number=number, filter=chosen or "-")],
        [phrase(MADE, language, at=at, who=who)],
    ]


def without(sheet: Sequence[Line]) -> list[Line]:
    """The lines of a table without the foot of ours, in whichever language it was made."""
    left = _trimmed(sheet)
    for key in (MADE, HOLDS):
        if not left or not _says(key, left[-1][1]):
            return list(sheet)
        left = left[:-1]
    return _trimmed(left)


def _trimmed(sheet: Sequence[Line]) -> list[Line]:
    last = next((at for at in range(len(sheet), 0, -1) if any(cell.strip() for cell in sheet[at - 1][1])), 0)
    return list(sheet[:last])


def _says(key: str, cells: Sequence[str]) -> bool:
    """Whether a line is this phrase and nothing else."""
    first, *others = cells
    return not any(cell.strip() for cell in others) and any(one.fullmatch(first) for one in _spelled(key))


@lru_cache
def _spelled(key: str) -> tuple[re.Pattern[str], ...]:
    facts = dict.fromkeys(FACTS[key], MARK)
    return tuple(
        re.compile(re.escape(phrase(key, language, **facts)).replace(MARK, ".*"), re.DOTALL) for language in LANGUAGES
    )
