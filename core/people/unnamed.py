"""Sentences without the names of the people of their company, for whoever reads them without needing to know whom.

A word that is part of somebody's name and says something else too, such as a day or a month, stays: without it the
sentence would say another thing.
"""

import re
from collections.abc import Callable, Collection

from core.people.names import plain
from core.people.tables import Person

SHORTEST, MOST_WORDS = 3, 200
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_]\w*)*")
# They are names, too, and are meant as what they say far more often.
_SAYS_MORE = frozenset(
    "hari bulan minggu tahun jam pagi siang sore malam besok lusa kemarin januari februari maret april mei juni juli "
    "agustus agus september oktober november desember senin selasa rabu kamis jumat sabtu ahad january february march "
    "may june july august october december will mark bill hope grace joy sun jan dan dia ini itu ada bisa mau aku saya "
    "kami kita yang untuk dari buat dua tiga empat lima enam satu cuti izin sakit nama tolong terima kasih".split()
)


async def names_in(sentences: Collection[str]) -> frozenset[str]:
    """The words of these sentences that are part of the name of somebody in this company, as names are looked for."""
    said = {part for one in sentences for word in _WORD.findall(one) for part in plain(word).split()}
    found = set()
    for word in sorted(said - _SAYS_MORE)[:MOST_WORDS]:
        if len(word) < SHORTEST:
            continue
        column = Person.search
        within = (column == word) | column.like(f"{word} %") | column.like(f"% {word}") | column.like(f"% {word} %")
        if await Person.exists().where(within):
            found.add(word)
    return frozenset(found)


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
