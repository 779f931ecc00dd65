"""How a name is looked for: without accents, case and punctuation, so that it is found as people type it."""

import unicodedata

LONGEST = 160


def plain(name: str) -> str:
    """`Ni Putu Áyu, S.E.` as `ni putu ayu s e`: what is searched, and by what lists are in order."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one)).casefold()
    return " ".join("".join(one if one.isalnum() else " " for one in bare.replace("'", "")).split())[:LONGEST]
