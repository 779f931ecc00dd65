"""Sentences without the names of the people of their company, for whoever reads them without needing to know whom.

A word that is part of somebody's name and says something else too, such as a day or a month, stays: without it the
sentence would say another thing.
"""

import re
from collections.abc import Callable, Collection
from time import monotonic
from typing import Any, NamedTuple

from piccolo.query.functions import Max

from core import database
from core.people.names import plain
from core.people.tables import Person

SHORTEST = 3
KEEP, MOST_KEPT = 600.0, 50  # seconds; companies
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_]\w*)*")
# They are names, too, and are meant as what they say far more often.
_SAYS_MORE = frozenset(
    "hari bulan minggu tahun jam pagi siang sore malam besok lusa kemarin januari februari maret april mei juni juli "
    "agustus agus september oktober november desember senin selasa rabu kamis jumat sabtu ahad january february march "
    "may june july august october december will mark bill hope grace joy sun jan dan dia ini itu ada bisa mau aku saya "
    "kami kita yang untuk dari buat dua tiga empat lima enam satu cuti izin sakit nama tolong terima kasih".split()
)


class _Known(NamedTuple):
    last: int | None
    until: float
    words: frozenset[str]


_kept: dict[int, _Known] = {}
_kept_of: Any = None  # the engine from whose database they are


async def names_in(sentences: Collection[str]) -> frozenset[str]:
    """The words of these sentences that are part of the name of somebody in this company, as names are looked for."""
    said = {part for one in sentences for word in _WORD.findall(one) for part in plain(word).split()}
    wanted = {word for word in said - _SAYS_MORE if len(word) >= SHORTEST}
    return frozenset(wanted & await _parts_of_names()) if wanted else frozenset()


async def _parts_of_names() -> frozenset[str]:
    """Every word of a name in this company. To look for each word among twenty thousand names takes a tenth of a
    second, so they are kept for some minutes, or until somebody joins."""
    global _kept_of
    if _kept_of is not database.engine():
        _kept.clear()
        _kept_of = database.engine()
    company = database.company()
    # Not how many there are: to count them would be to go through them all.
    last = (await Person.select(Max(Person.id).as_alias("last")))[0]["last"]
    known = _kept.get(company)
    if known is None or known.last != last or monotonic() > known.until:
        names = await Person.select(Person.search).output(as_list=True)
        known = _Known(last, monotonic() + KEEP, frozenset(part for name in names for part in name.split()))
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[company] = known
    return known.words


def replaced(words: str, names: Collection[str], by: Callable[[str], str]) -> str:
    """The sentence with each name, of however many words, said by `by` of its first word instead."""

    def is_name(word: str) -> bool:
        return any(part in names for part in plain(word).split())

    made, at, spoken = [], 0, False
    for word in _WORD.finditer(words):
        between = words[at : word.start()]
        named = is_name(word[0])
        if not (named and spoken and not between.strip()):
            made.append(between)
            made.append(by(plain(word[0]).split()[0]) if named else word[0])
        at, spoken = word.end(), named
    return "".join(made) + words[at:]


async def without_names(words: str) -> str:
    """The sentence with an ellipsis where somebody of this company is named."""
    return replaced(words, await names_in([words]), lambda _: "…")
