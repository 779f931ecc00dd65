"""Days that are named by others, by a week, or with doubts; and days that are over. It is Wednesday 8 July 2026."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.dialog import clocks, dates
from bot.dialog.dates import When

TODAY = date(2026, 7, 8)


def find(sentence: str) -> When:
    found = dates.find(sentence, today=TODAY)
    assert found is not None, f"no days found in: {sentence}"
    return found.when


def day(text: str) -> date:
    number, month = text.split("/")
    return date(2026, int(month), int(number))


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("not tomorrow, the day after", "10/7", "10/7"),
        ("sehari setelah tanggal 17 agustus", "18/8", "18/8"),
        ("resepsi tanggal 8 agustus, saya cuti sehari sebelumnya", "7/8", "7/8"),
        ("we marry on saturday the 8th of august. i'd like the thursday and friday before it", "6/8", "7/8"),
        ("nikah tgl 8 agustus, libur dari tgl 6 sampe 9", "6/8", "9/8"),
        ("masuk lagi tgl 15, cuti dari tgl 13", "13/7", "14/7"),
        ("habis 17 agustus lanjut cuti tanggal 18 dan 19", "18/8", "19/8"),
        ("bukan juli, agustus. 20 agustus", "20/8", "20/8"),
        ("acaranya tanggal 22, jadi saya cuti tanggal 21, 22 dan 23", "21/7", "23/7"),
    ],
)
def test_a_day_is_named_by_another(sentence: str, first: str, last: str) -> None:
    assert (find(sentence).starts, find(sentence).ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("friday week", "17/7", "17/7"), ("a week today", "15/7", "15/7"), ("tomorrow week", "16/7", "16/7"),
        ("a week on monday", "20/7", "20/7"), ("malam minggu ini saya off", "11/7", "11/7"),
        ("minggu lalu saya ga masuk hari kamis", "2/7", "2/7"), ("minggu depan saya cuti hari kamis dan jumat", "16/7", "17/7"),
        ("besok deng lusa", "9/7", "10/7"), ("mon the 13th + tue the 14th", "13/7", "14/7"),
        ("from 3.8. to 7.8.", "3/8", "7/8"), ("commencing monday, 13 july and ending wednesday, 15 july", "13/7", "15/7"),
        ("off today, tomorrow and friday", "8/7", "10/7"), ("a fortnight from today", "22/7", "22/7"),
        ("tanggal selikur prei", "21/7", "21/7"), ("selasa minggu lalu", "30/6", "30/6"), ("tanggal tige puluh", "30/7", "30/7"),
        ("from 2 november up to and including 6 november", "2/11", "6/11"),
        ("leave from thursday through to monday", "9/7", "13/7"), ("can i take monday off, and tuesday too", "13/7", "14/7"),
    ],
)  # fmt: skip
def test_more_ways_to_name_days(sentence: str, first: str, last: str) -> None:
    assert (find(sentence).starts, find(sentence).ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence",
    [
        "around the 20th, not sure yet", "sekitar tanggal 20", "tanggal 20an", "antara tgl 15 sampai 20", "between monday and wednesday",
        "maybe thursday, maybe friday", "kalo ga senin ya selasa", "off senin apa selasa", "setiap jumat", "every monday in august",
        "beberapa hari minggu depan", "a few days next week", "sometime next week", "the first or second week of july",
        "after the 20th", "sebelum tanggal 20", "perpanjang 2 hari", "extend by a day", "bukan besok", "wrong, not the 14th", "seminggu sebelum puasa", "kalau bisa secepatnya",
    ],
)  # fmt: skip
def test_what_is_not_certain_is_asked(sentence: str) -> None:
    assert replace(find(sentence), either=None) == When(doubtful=True)


@pytest.mark.parametrize(
    "sentence", ["2 hari minggu depan", "two days next week, any of them", "dua hari di minggu depan"]
)
def test_so_many_days_of_a_week_are_asked_for_with_their_number(sentence: str) -> None:
    assert find(sentence) == When(days=2, doubtful=True)


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("tgl 30 juni saya tidak masuk karena vertigo", "30/6", "30/6"), ("saya sakit tanggal 6, 7 dan 8 juli", "6/7", "8/7"),
        ("i was poorly on friday", "3/7", "3/7"), ("sick monday and tuesday, now i back", "6/7", "7/7"),
        ("saya kemarin jumat sakit", "3/7", "3/7"), ("i missed work on monday", "6/7", "6/7"),
        ("sakitnya tanggal 6 bukan tanggal 7", "6/7", "6/7"), ("surat sakit tgl 1 sampai 3", "1/7", "3/7"),
        ("i was sick yesterday and on monday", "6/7", "7/7"), ("sakit dari hari minggu", "5/7", "8/7"), ("aku sakit since senin, hari ini masih belum masuk", "6/7", "8/7"),
    ],
)  # fmt: skip
def test_days_of_sickness_are_over_or_go_on(sentence: str, first: str, last: str) -> None:
    assert (find(sentence).starts, find(sentence).ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, starts, part",
    [
        ("just the morning of the 15th", "15/7", "am"), ("afternoon off next monday", "13/7", "pm"),
        ("13 july, afternoon only, vacation", "13/7", "pm"), ("besok sesudah makan siang", "9/7", "pm"),
    ],
)  # fmt: skip
def test_a_part_of_a_day_may_stand_apart(sentence: str, starts: str, part: str) -> None:
    when = find(sentence)
    assert (when.starts, when.half, when.part) == (day(starts), True, part)


def test_a_greeting_is_no_part_of_the_day() -> None:
    assert not find("pagi, cuti besok ya").half
    assert not find("siang cuti besok").half


@pytest.mark.parametrize(
    "sentence, starts, days",
    [
        ("typo: 16 bukan 15", "16/7", None), ("bukan 20 tapi 22", "22/7", None), ("bukan tanggal 20, 21", "21/7", None),
        ("salah tanggal, harusnya 22", "22/7", None), ("that's wrong, i said 22", "22/7", None), ("not two days, three", None, 3),
        ("ganti jadi 3 hari", None, 3),
    ],
)  # fmt: skip
def test_what_is_put_right(sentence: str, starts: str | None, days: int | None) -> None:
    when = find(sentence)
    assert (when.starts, when.days) == (day(starts) if starts else None, days)


def test_hours_are_not_days_and_days_no_hours() -> None:
    assert clocks.find("make that 20 to 22 july") is None
    assert clocks.find("1 to 3 september") is None
    assert clocks.find("bukan jam 9 tapi jam 10 besok") == time(10)
    assert clocks.find("i shall be in from 11") == time(11)
    assert clocks.find("quarter to four") == time(15, 45)
