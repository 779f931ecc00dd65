"""Dates that no calendar has, so that the answer can name what is wrong: 31 November, 29 February of most years."""

from calendar import monthrange
from datetime import date

from bot.dialog import date_words

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug", "sep", "okt oct", "nov nop",
            "des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def in_words(sentence: str, *, today: date) -> tuple[date, int] | None:
    """The first day of the month that is shorter than the sentence has it, and its last day; None where all exist.

    Without a year the next such month is meant, but 29 February is only impossible where the year was said.
    """
    atoms = [atom for atom in date_words.atoms(sentence) if atom.letter not in ("T", "g", "k")]
    for at, atom in enumerate(atoms):
        month = MONTHS.get(atom.text[:3].lower()) if atom.letter == "M" else None
        if month is None:
            continue
        said = atoms[at + 1].text if at + 1 < len(atoms) and atoms[at + 1].letter == "Y" else None
        year = int(said) if said is not None and said.isdecimal() and len(said) == 4 else None
        beside = [one for one in (at - 1, at + 1) if 0 <= one < len(atoms) and atoms[one].letter in ("n", "o")]
        day = next((number for one in beside if (number := _number(atoms[one].text)) is not None), None)
        if day is not None and (wrong := _beyond(day, month, year, today)) is not None:
            return wrong
    return None


def _number(text: str) -> int | None:
    figures = "".join(letter for letter in text if letter.isdecimal())
    return int(figures) if figures and len(figures) < 3 else None


def _beyond(day: int, month: int, year: int | None, today: date) -> tuple[date, int] | None:
    if not 28 < day <= 31 or not (year is None or 2000 <= year <= 2100):
        return None
    meant = year or today.year + (month < today.month)
    last = monthrange(meant, month)[1]
    if day <= last or (year is None and month == 2 and day == 29):
        return None
    return date(meant, month, 1), last
