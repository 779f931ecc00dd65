"""How a name is looked for: without accents, case and punctuation, so that it is found as people type it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

LONGEST = 160
NO_LETTER = re.compile(r"[\W_]")
DIGITS = re.compile(r"([0-9]+)")


def plain(name: str) -> str:
    """`Ni Putu Áyu, S.E.` as `ni putu ayu s e`: what is searched, and by what lists are in order."""
    if not name.isascii():
        name = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    return " ".join(NO_LETTER.sub(" ", name.casefold().replace("'", "")).split())[:LONGEST]


def natural(name: str) -> tuple[tuple[tuple[bool, int, str], ...], str]:
    """By what names with numbers in them are in order: `Bagian 2` stands before `Bagian 10`, and case means nothing."""
    parts = [one for one in DIGITS.split(plain(name)) if one.strip()]
    return tuple((False, int(one), "") if one.isdigit() else (True, 0, one.strip()) for one in parts), name


def short(name: str) -> str:
    """`Budi S.`: enough to recognise oneself, not enough to learn who somebody is."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first


def told_apart(names: Sequence[str]) -> list[str]:
    """These people by their first names; where two share it, by as much more as tells them apart."""
    said = [name.split()[0] for name in names]
    for longer in (short, str):
        many = Counter(said)
        said = [one if many[one] == 1 else longer(name) for one, name in zip(said, names, strict=True)]
    return said
