"""Days that are named by other days, changed, or counted over whole stretches. It is Thursday 26 November 2026."""

from datetime import datetime
from typing import Any

import pytest

from bot.dialog.understood import understood

NOW = datetime.fromisoformat("2026-11-26T10:00:00+07:00")
SHOWN = ("start", "end", "dates", "part", "clarify")


def said(sentence: str) -> dict[str, Any]:
    told = understood(sentence, NOW)
    return {name: told[name] for name in SHOWN if name in told}


def days(first: str, last: str) -> dict[str, str]:
    return {"start": first, "end": last}


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        # so many days beside another one
        ("resepsi kakak tgl 16 Januari, saya cuti dua hari sebelumnya", "2027-01-14", "2027-01-15"),
        ("the audit ends on 22 January, I need the three days after that", "2027-01-25", "2027-01-27"),
        ("setelah rapat kerja tanggal 10 Desember saya minta libur dua hari", "2026-12-11", "2026-12-14"),
        # weekdays beside it, or about it
        ("the reunion is on 9 January, so the Thursday and Friday before", "2027-01-07", "2027-01-08"),
        ("kereta berangkat Rabu malam 16 Desember, jadi cuti Kamis sama Jumat", "2026-12-17", "2026-12-18"),
        ("training ends 15 January; leave for the week following", "2027-01-18", "2027-01-22"),
        # the month that was said once
        ("kontrak habis 9 Februari, jadi saya cuti dari tanggal 4 sampai 5", "2027-02-04", "2027-02-05"),
        ("habis natal saya cuti mulai tanggal 28 sampai 30", "2026-12-28", "2026-12-30"),
        # a week by its place
        ("cuti minggu terakhir Februari", "2027-02-22", "2027-02-26"),
        ("I would like the second full week of January off", "2027-01-11", "2027-01-15"),
    ],
)
def test_days_are_named_by_others(sentence: str, first: str, last: str) -> None:
    assert said(sentence) == days(first, last)


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("I have leave from 14 to 18 December, please keep only the last two days", "2026-12-17", "2026-12-18"),
        ("cuti saya 14 sampai 18 Desember dipotong jadi tiga hari pertama saja", "2026-12-14", "2026-12-16"),
        ("please cancel the Tuesday of my leave from 14 to 17 December", "2026-12-15", "2026-12-15"),
        ("cuti tanggal 8 sama 9 Desember, yang tanggal 9 dibatalkan ya", "2026-12-09", "2026-12-09"),
        ("move my leave of 7 to 9 December two weeks later", "2026-12-21", "2026-12-23"),
        ("cuti saya 14-16 Desember tolong dimajukan seminggu", "2026-12-07", "2026-12-09"),
        ("extend my leave of 7 to 9 December by one day", "2026-12-07", "2026-12-10"),
    ],
)
def test_leave_that_stands_is_changed(sentence: str, first: str, last: str) -> None:
    assert said(sentence) == days(first, last)


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("how many days did I take in September?", "2026-09-01", "2026-09-30"),
        ("berapa kali saya sakit bulan Oktober?", "2026-10-01", "2026-10-31"),
        ("jatah cuti saya triwulan pertama nambah berapa", "2027-01-01", "2027-03-31"),
        ("sisa cuti saya sampai 31 Desember berapa", "2026-12-31", "2026-12-31"),
    ],
)
def test_a_question_counts_over_whole_stretches(sentence: str, first: str, last: str) -> None:
    assert said(sentence) == days(first, last)


@pytest.mark.parametrize(
    "sentence", ["move my leave by one day", "geser cuti saya seminggu", "first or second week of January, not sure"]
)
def test_what_is_not_certain_is_asked(sentence: str) -> None:
    assert said(sentence).get("start") is None
