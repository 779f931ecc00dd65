"""Dates as people write them in lists: the day first, or a month by name, or the number that Excel keeps."""

import re
from datetime import date, timedelta

MONTHS = (
    ("januari", "january", "jan"), ("februari", "february", "pebruari", "feb", "peb"), ("maret", "march", "mar"),
    ("april", "apr"), ("mei", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"),
    ("agustus", "august", "agu", "ags", "agt", "aug"), ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"), ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)  # fmt: skip
NAMED = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})", re.ASCII)
WORDS = re.compile(r"(\d{1,2})[\s\-/]+([a-z]+)\.?[\s\-/]+(\d{4})", re.ASCII)
ISO = re.compile(r"[12]\d{3}-\d{2}-\d{2}", re.ASCII)
MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
SERIAL = re.compile(r"[1-6]\d{4}(\.0+)?", re.ASCII)
SERIALS_FROM = date(1899, 12, 30)  # day 0 of Excel's count, which knows a 29 February 1900


def iso(words: str) -> str | None:
    """`2024-07-23` of `23/07/2024`, `23 Juli 2024` or `45496`; None of what is no date, or might be another."""
    said = MIDNIGHT.sub("", words.strip())
    try:
        if parts := _parts(said):
            return date(*parts).isoformat()
    except ValueError:
        return None
    if SERIAL.fullmatch(said):
        return (SERIALS_FROM + timedelta(days=int(said.partition(".")[0]))).isoformat()
    return None


def _parts(said: str) -> tuple[int, int, int] | None:
    """Year, month and day as they are written, whether there is such a day or not."""
    if ISO.fullmatch(said):
        return int(said[:4]), int(said[5:7]), int(said[8:])
    if found := NUMBERS.fullmatch(said):
        return int(found[4]), int(found[3]), int(found[1])
    if (found := WORDS.fullmatch(said.lower())) and found[2] in NAMED:
        return int(found[3]), NAMED[found[2]], int(found[1])
    return None


def no_such_day(words: str) -> bool:
    """Whether this is written as a date, of a day that no calendar has, as 31/02/1990."""
    return _parts(MIDNIGHT.sub("", words.strip())) is not None and iso(words) is None


def month_first(words: str) -> bool:
    """Whether this would be a date in the American order, and in that order alone."""
    found = NUMBERS.fullmatch(words.strip())
    return found is not None and iso(words) is None and iso(f"{found[3]}/{found[1]}/{found[4]}") is not None
