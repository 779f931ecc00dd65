"""Words as people type them become the words we know; nothing here knows what a sentence is about."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# Every quantifier is bounded or consumes what it scanned, so hostile text costs no more than its length.
_PIECE = re.compile(
    r"""
      (?P<link>https?://[^\s]{1,2000} | [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})
    | (?P<iso>(?<!\d)\d{4}(?:-\d{1,2}-|/\d{1,2}/|\.\d{1,2}\.)\d{1,2}(?!\d))
    | (?P<dmy>(?<!\d)\d{1,2}(?:\s?/\s?\d{1,2}\s?/\s?|-\d{1,2}-|\.\d{1,2}\.)\d{4}(?!\d)
             | (?<![\d.])\d{1,2}\.(?:0?[1-9]|1[0-2])\.\d{2}(?![.\d])
             | (?<!\d)\d{1,2}/\d{1,2}/\d{2}(?!\d))
    | (?P<money>\brp\.?\s?\d[\d.,]{0,24}(?:\s?(?:jt|juta|rb|ribu)\b)?
               | (?<![\d.,])\d[\d.,]{0,24}\s?(?:jt|juta|rb|ribu|k)\b)
    | (?P<phone>\+\d[\d\s-]{6,18}\d | \d{7,} | (?<!\d)0\d{2,4}[-\s]\d{3,4}[-\s]\d{3,5})
    | (?P<code>(?<![^\W_])(?:[a-z]-\d{1,9} | [a-z]{1,3}/\d{1,3})(?![^\W_]))
    | (?P<clock>(?<!\d)\d{1,2}:\d{2}(?!\d)(?:\s?(?:am|pm)\b)? | (?<!\d)\d{1,2}\.\d{2}(?![.\d])(?:\s?(?:am|pm)\b)?
               | (?<!\d)(?:1[0-2]|0?\d)\s?(?:am|pm|a\.m|p\.m)\b)
    | (?P<half>(?<!\d)(?:1\s?/\s?2|0[.,]5)(?=\s?(?:hari|hr|days?|d)\b))
    | (?P<decimal>(?<!\d)\d{1,3}[.,]\d(?=\s?(?:hari|hr|days?|jam|hours?)\b))
    | (?P<pair>(?<![\d/])\d{1,2}\s?/\s?\d{1,2}(?![\d/]) | (?<![\d.,])\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?!\d))
    | (?P<ordinal>(?<!\d)\d{1,2}(?:st|nd|rd|th)\b)
    | (?P<until>(?<![^\W_])s\s?/\s?d(?![^\W_]) | (?<![^\W_])s\.d\b\.?)
    | (?P<glued>(?<![^\W_])(?:tanggal|tgl|tg)(?=\.?\d)
               | (?<![^\W_])(?!2(?:day|moro|morrow|nite)\b)\d{1,2}(?=(?:hari|hr|hri|days?|minggu|mgg|weeks?|bulan|bln
                                       |jan|feb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]{0,8}\b))
    | (?P<word>[^\W_]+(?:['’`´][^\W_]+){0,3})
    | (?P<mark>[^\s\w]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HERE = Path(__file__).parent
_TABLES = tomllib.loads((_HERE / "spelling.toml").read_text(encoding="utf-8"))
_SPELT = ("dialect", "haste", "words")
SPELLING: dict[str, str] = {
    variant: word for table in _SPELT for word, variants in _TABLES[table].items() for variant in variants.split()
}
# Spellings of Indonesian and English words, without those of dialects.
COMMON = {variant: word for word, variants in _TABLES["words"].items() for variant in variants.split()}
PARTICLES = frozenset(_TABLES["particles"]["always"].split())
ADDRESS = frozenset(_TABLES["particles"]["address"].split())
# Right as they stand, so never taken for a misspelling of anything.
ORDINARY = frozenset(
    word
    for groups in tomllib.loads((_HERE / "ordinary.toml").read_text(encoding="utf-8")).values()
    for listed in groups.values()
    for word in listed.split()
)
_KNOWN = (
    frozenset(SPELLING)
    | frozenset(word for table in _SPELT for word in _TABLES[table])
    | PARTICLES
    | ADDRESS
    | ORDINARY
    | {"iya", "ok", "oke", "siap", "sip"}
)
# Marks that join or part the days of a date; every other mark says nothing to us.
_DATE_MARKS = frozenset("-–—,/&+")


@dataclass(frozen=True, slots=True)
class Word:
    """One piece of a sentence: what it says, what kind of piece it is and where it stood."""

    text: str
    kind: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Every piece of the text in order, each in the spelling we know, with its place in the original."""
    return list(_words(text))


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[Word, ...]:
    """Kept for a while: one sentence is read by many in the same turn."""
    found: list[Word] = []
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup or "mark"
        # "Gabisa" is two words that stood in one place.
        spelt = _spelt(piece.group(), kind)
        found += [
            Word(part, kind, piece.start(), piece.end()) for part in (spelt.split(" ") if kind == "word" else [spelt])
        ]
    return tuple(found)


def tokens(text: str) -> list[str]:
    """The words that carry meaning: spelt as we know them, without particles, address and idle marks."""
    return [
        word.text
        for word in words(text)
        if (word.kind != "mark" or word.text in _DATE_MARKS) and word.text not in PARTICLES and word.text not in ADDRESS
    ]


def _spelt(raw: str, kind: str) -> str:
    if kind == "until":
        return "sampai"
    if kind == "mark":
        return raw
    plain = fold(raw)
    return plain if kind not in {"word", "glued"} else spell(plain)


def fold(text: str) -> str:
    """Lower case, without accents or typographic disguises."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("`", "'").replace("´", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=20_000)
def spell(word: str) -> str:
    """The word in our spelling: slang opened, drawn-out letters shortened, "hari2" read as "hari"."""
    word = word[:60]
    if word in SPELLING:
        return SPELLING[word]
    if word in _KNOWN:
        return word
    short = re.sub(r"([^\W\d_])\1{2,}", r"\1", word)
    for candidate in (short, re.sub(r"([^\W\d_])\1", r"\1", short), short[:-1] if short[-1:] == "2" else short):
        if candidate in SPELLING:
            return SPELLING[candidate]
        if candidate in _KNOWN:
            return candidate
    return short[:-1] if len(short) > 3 and short[-1] == "2" and short[:-1].isalpha() else short
