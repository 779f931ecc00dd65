"""What Serambi says, in both languages, by key; and the filters that turn figures into words.

`phrase("leave.not_enough_days", "id", ...)` is the message `not_enough_days` of `locales/id/leave.ftl`. Facts come as
finished strings; a bare int is only for a message that selects on it. Any Fluent error raises: it is a bug.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

from core import clock
from core.errors import Refused

LANGUAGES = ("id", "en")
LOCALES = Path(__file__).parent / "locales"
BABEL = {"id": "id_ID", "en": "en_GB"}
ZONES = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}  # fmt: skip
DAY = 1000
LONGEST_FACT = 2000
COUNTED = ("people", "most")  # facts of a refusal that are how many
IN_DAYS = ("needed", "left", "used", "most_days")  # facts of a refusal that are thousandths of a day
HIDDEN = ("Cc", "Cf", "Co", "Cs")  # what no font shows: controls, signs that turn the direction or have no width
# Signs that join, choose a form or fill a place: parts of pictures and of some scripts, unseen beside a Latin letter.
JOINS = frozenset(
    "\u200c\u200d\u034f\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u180b\u180c\u180d\u180f"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)
LATIN = "\u036f"


def phrase(key: str, language: str, **facts: Any) -> str:
    """The sentence of this key in this language, every fact in its place."""
    return _said(key, language, facts) if facts else _plain(key, language)


@lru_cache(8192)  # a page of fifty rows says the same few words fifty times
def _plain(key: str, language: str) -> str:
    return _said(key, language, {})


def _said(key: str, language: str, facts: Mapping[str, Any]) -> str:
    slice_, _, message_id = key.partition(".")
    bundle = _bundle(language, slice_)
    if bundle is None or not bundle.has_message(message_id):
        raise KeyError(f"no phrase {key} in {language}: add it to core/locales/{language}/{slice_}.ftl")
    pattern = bundle.get_message(message_id).value
    if pattern is None:
        raise KeyError(f"phrase {key} in {language} has no words")
    # Fluent takes no fact longer than 2,500 signs: what somebody pasted, or a whole message, is put in afterwards.
    long = {name: fact for name, fact in facts.items() if isinstance(fact, str) and len(fact) > LONGEST_FACT}
    marks = {name: f"\ue000{at}\ue001" for at, name in enumerate(long)}
    words, errors = bundle.format_pattern(pattern, {**facts, **marks})
    if errors:
        raise ValueError(f"phrase {key} in {language}: {errors[0]!r}")
    words = str(words)
    for name, mark in marks.items():
        words = words.replace(mark, long[name])
    return words


def refused(no: Refused, language: str, zone: str) -> str:
    """A rule's no in words, its facts as people write them."""
    facts: dict[str, Any] = dict(no.facts)
    starts, ends = facts.get("starts"), facts.get("ends")
    if starts is not None and ends is not None:
        facts["days"] = rentang(min(starts, ends), max(starts, ends), language)
    if "free_starts" in facts:  # dates that would work instead
        facts["free"] = rentang(facts["free_starts"], facts["free_ends"], language)
    for name in ("kind", "source"):  # of leave and of law, named as the reader's language names them
        if f"{name}_{language}" in facts:
            facts[name] = facts[f"{name}_{language}"]
    for name, value in list(facts.items()):
        if isinstance(value, datetime):
            facts[name] = saat(value, zone, language)
        elif isinstance(value, date):
            facts[name] = tanggal(value, language)
        elif name in COUNTED and isinstance(value, int):
            facts[name] = angka(value, language)
        elif name in IN_DAYS:
            facts[name] = hari(value, language)
        elif not isinstance(value, str):
            facts[name] = str(value)
    return phrase(no.key, language, **facts)


def first_line(words: str, most: int) -> str:
    """The first line of these words that can be seen, which are some, cut between words where it is longer than
    `most`. Nothing in it turns the direction of what stands beside it."""
    line = next((seen for one in words.splitlines() if (seen := one_line(one))), "…")
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def one_line(words: str) -> str:
    """What somebody typed as one line, of signs that can be seen: a break or a sign that turns the direction could pass
    for words of ours, and a name with a hidden sign in it for another name."""
    if words.isascii() and words.isprintable():
        return " ".join(words.split())
    kept, before = [], " "
    for sign in unicodedata.normalize("NFC", words):
        shown = unicodedata.category(sign) not in HIDDEN or sign.isspace()
        if (before > LATIN) if sign in JOINS else shown:
            kept.append(sign)
            before = sign
    return " ".join("".join(kept).split())


def keys(language: str) -> Iterator[str]:
    """Every key there is in a language, for the tests that compare them."""
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            name, sign, _ = line.partition(" =")
            if sign and not line.startswith((" ", "#", "-", "[", "*")):
                yield f"{file.stem}.{name}"


@lru_cache(maxsize=256)
def _bundle(language: str, slice_: str) -> FluentBundle | None:
    file = LOCALES / language / f"{slice_}.ftl"
    if not file.is_file():
        return None
    bundle = FluentBundle([BABEL[language]], use_isolating=False)
    bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def tanggal(day: date, language: str, *, today: date | None = None) -> str:
    """`Rabu 12 Agustus`, `Wednesday 12 August`; the year only if it is not this one."""
    this_year = (today or clock.now().date()).year
    return _day(day, "EEEE d MMMM" if day.year == this_year else "EEEE d MMMM y", language)


@lru_cache(4096)  # a list names the same few days over and over
def _day(day: date, form: str, language: str) -> str:
    return str(format_date(day, form, locale=BABEL[language]))


def tanggal_pendek(day: date, language: str, *, today: date | None = None) -> str:
    """`12 Agustus`, `12 August`; the year only if it is not this one."""
    this_year = (today or clock.now().date()).year
    return _day(day, "d MMMM" if day.year == this_year else "d MMMM y", language)


def rentang(starts: date, ends: date, language: str, *, today: date | None = None) -> str:
    """`Rabu 12 - Jumat 14 Agustus`; one day is said once, and what both ends share is said at the second."""
    if starts == ends:
        return tanggal(starts, language, today=today)
    last = tanggal(ends, language, today=today)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{format_date(starts, 'EEEE d', locale=BABEL[language])} - {last}"
    if starts.year == ends.year:
        return f"{format_date(starts, 'EEEE d MMMM', locale=BABEL[language])} - {last}"
    return f"{tanggal(starts, language, today=today)} - {last}"


def bulan(day: date, language: str) -> str:
    """`Juli 2026`, `July 2026`."""
    return format_date(day, "MMMM y", locale=BABEL[language])


def bulan_pendek(day: date, language: str) -> str:
    """`Agu`, `Aug`."""
    return format_date(day, "MMM", locale=BABEL[language])


def hari_pendek(day: date, language: str) -> str:
    """`Sel`, `Tue`."""
    return format_date(day, "EEE", locale=BABEL[language])


def jam(instant: datetime, zone: str, language: str) -> str:
    """`09.00 WIB`, `09:00 WIB`: the clock of that zone, with its name."""
    there = clock.local(instant, zone)
    return f"{there:%H.%M} {zona(zone, instant)}" if language == "id" else f"{there:%H:%M} {zona(zone, instant)}"


def jam_bulat(hour: int, language: str) -> str:
    """`21.00`, `21:00`: a full hour of any day, wherever it is."""
    return f"{hour:02}.00" if language == "id" else f"{hour:02}:00"


def zona(zone: str, instant: datetime) -> str:
    """WIB, WITA or WIT; elsewhere the abbreviation used there."""
    return ZONES.get(zone) or clock.local(instant, zone).strftime("%Z")


def saat(instant: datetime, zone: str, language: str) -> str:
    """`Selasa 7 Juli 09.00 WIB`: a day and its clock."""
    there = clock.local(instant, zone)
    return f"{tanggal(there.date(), language, today=clock.today(zone))} {jam(instant, zone, language)}"


@lru_cache(4096)  # a page of a big company writes a thousand figures, most of them small
def hari(thousandths: int, language: str) -> str:
    """Days of leave as people write them: `3`, `3,5`, `3.5`; minus is U+2212."""
    words = format_decimal(Decimal(thousandths) / DAY, format="#,##0.###", locale=BABEL[language])
    return words.replace("-", "\u2212")


def bilangan(number: Decimal, language: str) -> str:
    """Any number with its thousands apart: `1.250.000,5`, `1,250,000.5`."""
    told = format_decimal(number, format="#,##0.###############", locale=BABEL[language])
    return str(told).replace("-", "\u2212")


@lru_cache(4096)
def angka(number: int, language: str) -> str:
    """A whole number with its thousands apart."""
    return format_decimal(number, locale=BABEL[language]).replace("-", "\u2212")
