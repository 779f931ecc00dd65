"""Hours as people name them, in both languages."""

from datetime import time

import pytest

from bot.dialog import clocks


@pytest.mark.parametrize(
    "sentence, hour",
    [
        ("jam 3 sore", "15:00"), ("jam setengah 6", "17:30"), ("jam setengah 6 pagi", "05:30"), ("setengah enam sore", "17:30"),
        ("jam setengah 4", "15:30"), ("jam 5 kurang 10", "16:50"), ("jam 5 lewat seperempat", "17:15"), ("jam 3", "15:00"), ("jam 9", "09:00"),
        ("pukul 15.30", "15:30"), ("3pm", "15:00"), ("at 10.30am", "10:30"), ("half past three", "15:30"), ("quarter to six", "17:45"),
        ("leaving early today at 3pm", "15:00"), ("hari ini pulang cepat jam tiga", "15:00"), ("jm 4 sore", "16:00"), ("jam 12", "12:00"),
        ("jam 11 siang", "11:00"), ("jam 7 malam", "19:00"), ("telat, jam 9.15 baru sampai", "09:15"), ("masuk jam 8", "08:00"),
    ],
)  # fmt: skip
def test_an_hour(sentence: str, hour: str) -> None:
    assert clocks.find(sentence) == time.fromisoformat(hour)


@pytest.mark.parametrize(
    "sentence", ["setengah hari", "cuti 2 hari", "3 orang", "setengah jam", "12-14 agustus", "tgl 20", ""]
)
def test_no_hour(sentence: str) -> None:
    assert clocks.find(sentence) is None


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("lembur nanti jam 5 sampe 7", "17:00", "19:00"), ("overtime 5 to 8pm", "17:00", "20:00"), ("14.00-16.30", "14:00", "16:30"),
        ("dari jam 8 pagi sampai jam 12", "08:00", "12:00"), ("jam 10 sampai 2", "10:00", "14:00"), ("jam 7 malam sampai 10 malam", "19:00", "22:00"),
    ],
)  # fmt: skip
def test_from_one_hour_to_another(sentence: str, first: str, last: str) -> None:
    assert clocks.span(sentence) == (time.fromisoformat(first), time.fromisoformat(last))


@pytest.mark.parametrize("sentence", ["12-14 agustus", "senin sampai rabu", "jam 3", "3 sampai 5 orang"])
def test_no_hours(sentence: str) -> None:
    assert clocks.span(sentence) is None
