"""Where a sentence bears out other days than those which were read, both are asked about; where it doesn't, nothing is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import dates
from bot.dialog.dates import When

TODAY = date(2026, 11, 27)  # a Friday
DAY = timedelta(days=1)
MONDAY = date(2026, 12, 7)


def _when(sentence: str) -> When:
    found = dates.find(sentence, today=TODAY)
    assert found is not None, sentence
    return found.when


def _choices(sentence: str) -> list[tuple[str, str]]:
    when = _when(sentence)
    assert when.starts is None, f"{sentence}: taken as {when.starts}"
    return [(first.isoformat()[5:], last.isoformat()[5:]) for first, last in when.either or ()]


@pytest.mark.parametrize(
    "sentence, read, other",
    [
        ("saya mudik selasa, sabtu sudah di rumah, senin masuk lagi", ("12-01", "12-01"), ("12-01", "12-04")),
        ("hari pertama cuti tanggal 8, hari terakhirnya tanggal 10", ("12-08", "12-08"), ("12-08", "12-10")),
        ("my leave is on 8 Dec, the dentist only has the 10th, so could it be that instead", None, ("12-10", "12-10")),
        ("on wednesday i was down, stayed home", ("12-02", "12-02"), ("11-25", "11-25")),
        ("off on 12/3", ("03-12", "03-12"), ("12-03", "12-03")),
    ],
)
def test_both_readings_are_offered(sentence: str, read: tuple[str, str] | None, other: tuple[str, str]) -> None:
    choices = _choices(sentence)
    assert other in choices
    assert read is None or read in choices


@pytest.mark.parametrize(
    "sentence, starts, ends",
    [
        ("anak sakit dari kemarin, besok saya cuti", "2026-11-28", "2026-11-28"),
        ("training tanggal 7-9, cuti saya tanggal 10-11", "2026-12-10", "2026-12-11"),
        ("mertua datang tanggal 8 sampai 15, saya cuti tanggal 9", "2026-12-09", "2026-12-09"),
        ("masih ada audit sampai hari Kamis, jadi cutinya Jumat", "2026-12-04", "2026-12-04"),
        ("on site until the 9th and then I'd like two days off", "2026-12-10", "2026-12-11"),
        ("my exam is on 2 December, I need that day and the next", "2026-12-02", "2026-12-03"),
        ("kemarin sakit, hari ini masih", "2026-11-26", "2026-11-27"),
        ("cuti Selasa saya belum disetujui, padahal dari minggu lalu saya ajukan", "2026-12-01", "2026-12-01"),
        ("Batalkan yang 21", "2026-12-21", "2026-12-21"),
        ("cancel the 14th, keep the 11th", "2026-12-14", "2026-12-14"),
        ("bkn tgl 20 tp 21 pak", "2026-12-21", "2026-12-21"),
        ("jumat kemarin tgl 20 saya izin", "2026-11-20", "2026-11-20"),
    ],
)
def test_nothing_is_asked_that_is_clear(sentence: str, starts: str, ends: str) -> None:
    when = _when(sentence)
    assert (str(when.starts), str(when.ends)) == (starts, ends)


@given(st.integers(0, 4), st.integers(2, 10), st.booleans())
def test_the_day_of_coming_back_is_never_lost(first: int, later: int, english: bool) -> None:
    """Whoever names one day and comes back well after it gets the stretch, or is asked about it."""
    begins, back = MONDAY + first * DAY, MONDAY + (first + later) * DAY
    said = f"I travel on {begins:%d %B}, back at work on {back:%d %B}" if english else ""
    said = said or f"saya pulang kampung tanggal {begins.day}, masuk lagi tanggal {back.day}"
    last = back - DAY
    while last.weekday() > 4 and last > begins:
        last -= DAY
    when = _when(said)
    offered = when.either or ((when.starts, when.ends),)
    assert (begins, last) in offered or begins.weekday() > 4 or last <= begins, (said, when)
