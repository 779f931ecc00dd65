"""Letters that pass for Latin ones: by them a name can look like somebody else's and be another.

A word is suspect when its letters are of Latin and of another script at once, or all of another script and all pass for
Latin (Cyrillic `Сосо`), or are other forms of Latin letters that fonts draw alike (full width, mathematical). A word
wholly in Arabic, Han or Javanese is not; neither are accents, for which Latin has letters of its own.
"""

import unicodedata
from functools import lru_cache

from core.errors import Refused

# Letters of Cyrillic, Greek and Armenian that are drawn like a Latin letter in common fonts; after Unicode's table of
# confusables (UTS 39), only what a reader of Latin takes for one.
CYRILLIC = "АВЕЅІЈКМНОРСТУХҮԜԌԚаегѕіїјкмопрсухһԛԝүґъьЁёЇїӀӏҺЗзҒғ"
GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυχϲϳϺϻςωτη"
ARMENIAN = "ՍՕՏԼաոսցզհօքյնւո"
TWINS = frozenset(CYRILLIC + GREEK + ARMENIAN)
# Whole scripts whose letters are mostly drawn like Latin capitals, and which no name here is written in.
PASSING = ("CHEROKEE", "COPTIC", "LISU", "DESERET", "OSAGE", "OLD ITALIC", "CANADIAN", "CARIAN", "LYCIAN", "LYDIAN")
# Letters of Latin's own blocks that are taken for another one.
FORMS = frozenset("ɑɡɩʀɪʏʜɴʙɢʟſƖǀ")
LATIN, COMMON = "LATIN", ("MODIFIER", "COMBINING", "FEMININE", "MASCULINE")


def found(words: str) -> str | None:
    """The first letter that passes for another in these words, with its number in Unicode; None in honest ones."""
    if words.isascii():
        return None
    for word in unicodedata.normalize("NFC", words).split():
        sign = _suspect(word)
        if sign is not None:
            return f"{sign} (U+{ord(sign):04X})"
    return None


def refuse(*names: str) -> None:
    """Refuse a name in which a letter passes for another one, whatever it names: every form comes by here."""
    for words in names:
        passing = found(words)
        if passing is not None:
            raise Refused("people.looks_alike", value=passing)


def _suspect(word: str) -> str | None:
    letters = [sign for sign in word if sign.isalpha() or unicodedata.category(sign) == "Nl"]
    for sign in letters:
        if sign in FORMS or _script(sign) in PASSING or (_script(sign) and _is_form(sign)):
            return sign
    others = [sign for sign in letters if _script(sign) not in (LATIN, "")]
    if not others:
        return None
    if len(others) < sum(bool(_script(sign)) for sign in letters):  # Latin beside another script
        return others[0]
    return others[0] if TWINS.issuperset(others) else None


def _is_form(sign: str) -> bool:
    """Whether this is a Latin letter in another dress, such as `Ａ` or `𝐀`."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain != sign and plain.isascii() and plain.isalpha()


@lru_cache(maxsize=4096)
def _script(sign: str) -> str:
    """The first word of what Unicode calls it, which is its script; nothing for what belongs to every script."""
    name = unicodedata.name(sign, "")
    if name.startswith(COMMON):
        return ""
    return next((one for one in PASSING if name.startswith(one)), name.partition(" ")[0])
