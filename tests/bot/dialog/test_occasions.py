"""Days called by a holiday's name or by their place in a month, read from the decreed calendar."""

import csv
from datetime import date
from pathlib import Path

import pytest

from bot.dialog import dates, occasions

TODAY = date(2026, 7, 6)
CALENDAR = Path("core/calendar/holidays.csv")


def holidays() -> dict[date, str]:
    with CALENDAR.open(encoding="utf-8") as rows:
        return {date.fromisoformat(row[0]): row[1] for row in csv.reader(rows) if row[0].startswith("20")}


def days(sentence: str) -> tuple[str | None, str | None, int | None]:
    off = holidays()
    found = dates.find(occasions.dated(sentence, off, today=TODAY, free=off), today=TODAY)
    if found is None:
        return None, None, None
    when = found.when
    return str(when.starts), str(when.ends), when.days


@pytest.mark.parametrize(
    ("sentence", "starts", "ends"),
    [
        ("cuti natal", "2026-12-24", "2026-12-25"),
        ("cuti natal sampai tahun baru", "2026-12-25", "2027-01-01"),
        ("off from christmas to new year", "2026-12-25", "2027-01-01"),
        ("cuti dari besok sampe 17an", "2026-07-07", "2026-08-17"),
        ("cuti 24 des sampai tahun baru", "2026-12-24", "2027-01-01"),
        ("mau cuti setelah natal", "2026-12-28", "2026-12-28"),
        ("mau cuti sehari setelah natal", "2026-12-26", "2026-12-26"),
        ("the day before independence day off", "2026-08-16", "2026-08-16"),
        ("off on boxing day", "2026-12-26", "2026-12-26"),
        ("cuti h-2 maulid", "2026-08-23", "2026-08-23"),
        ("cuti tahun baru imlek", "2027-02-05", "2027-02-06"),
        ("cuti lebaran", "2027-03-09", "2027-03-15"),
        ("cuti pas nyepi", "2027-03-08", "2027-03-08"),
        ("cuti sebelum cuti bersama", "2026-12-23", "2026-12-23"),
        ("cuti senin pertama agustus", "2026-08-03", "2026-08-03"),
        ("cuti jumat terakhir bulan agustus", "2026-08-28", "2026-08-28"),
        ("leave on the first Monday of August", "2026-08-03", "2026-08-03"),
        ("second friday of january off please", "2027-01-08", "2027-01-08"),
    ],
)
def test_days_by_their_name(sentence: str, starts: str, ends: str) -> None:
    assert days(sentence)[:2] == (starts, ends)


def test_a_length_beside_a_name_counts_from_it() -> None:
    assert days("cuti 2 hari setelah 17an") == ("2026-08-18", "None", 2)


@pytest.mark.parametrize(
    "sentence", ["cuti 10-12 agustus acara 17an", "cuti 12 agustus buat natal", "mau cuti mudik lebaran"]
)
def test_a_name_that_says_why_stays_a_reason(sentence: str) -> None:
    off = holidays()
    assert occasions.dated(sentence, off, today=TODAY, free=off) == sentence


def test_what_is_not_decreed_is_asked_and_not_guessed() -> None:
    assert occasions.dated("cuti lebaran", {}, today=TODAY) == "cuti lebaran"


@pytest.mark.parametrize("sentence", ["cuti akhir bulan", "leave at the end of the month", "cuti awal agustus"])
def test_the_end_of_a_month_is_asked(sentence: str) -> None:
    assert days(sentence)[0] == "None"


def test_an_endless_sentence_is_read_at_once() -> None:
    sentence = "cuti natal " * 20_000
    assert occasions.any_in(sentence[:4000])
