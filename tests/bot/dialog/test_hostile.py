"""Whatever is sent, nothing breaks and nothing takes long."""

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import dates, intents, interrupts, normal, parsers

TODAY = date(2026, 7, 8)
TITLES = ["Ya, ajukan", "Ganti tanggal", "Batal", "Pilih 2-4 September"]
READERS: dict[str, Callable[[str], object]] = {
    "find": lambda text: dates.find(text, today=TODAY),
    "find past": lambda text: dates.find(text, today=TODAY, prefer="past"),
    "find at the end of time": lambda text: dates.find(text, today=date.max),
    "find at its beginning": lambda text: dates.find(text, today=date.min, prefer="past"),
    "guess": intents.guess,
    "is_question": intents.is_question,
    "command": interrupts.command,
    "language_of": interrupts.language_of,
    "greeting": interrupts.greeting,
    "thanks": interrupts.thanks,
    "choose": lambda text: parsers.choose(text, TITLES),
    "choose from it": lambda text: parsers.choose("yang kedua", [text, text]),
    "yes_no": parsers.yes_no,
    "reason": parsers.reason,
    "code": parsers.code,
    "part_of_day": parsers.part_of_day,
    "tokens": normal.tokens,
}
PIECES = st.sampled_from(
    "cuti besok lusa senin minggu depan ini lalu lagi sampai dari mulai dan , - / . 12 14 31 99 2026 0 agustus aug tgl tanggal hari bulan setengah "
    "pagi jam jam3 3jt 12/8 31/02 2026-13-45 00/00/0000 the of next last week in ago bukan eh ya ga batal tidak C-121 0812345678 1st 99th ? "
    "atau sehari seminggu akhir no 2 hari2 s/d s.d. jum'at ½ 1/2 0,5 rp 8.30 9999 kemarin nanti half day two".split()
)


@pytest.mark.parametrize("reader", READERS)
@given(
    text=st.text(max_size=200)
    | st.lists(PIECES, max_size=25).map(" ".join)
    | st.lists(PIECES, max_size=25).map("".join)
)
def test_nothing_breaks_a_reader(reader: str, text: str) -> None:
    READERS[reader](text)


HOSTILE = {
    "one letter": "a" * 10_000,
    "figures": "9" * 10_000,
    "figures apart": "1 " * 5_000,
    "commas": "1,1" * 3_500,
    "slashes": "1/1/" * 2_500,
    "dashes": "12-" * 3_500,
    "senin": "senin " * 1_700,
    "tgl": "tgl 1 sampai " * 800,
    "marks": "?!.,;:-" * 1_400,
    "apostrophes": "a'" * 5_000,
    "salam": "assalam" * 1_400,
    "at signs": "a@" * 5_000,
    "dots": "a.b." * 2_500,
    "spaces": " " * 10_000,
    "lines": "\n" * 10_000,
    "money": "rp 1.000." * 1_100,
    "joined letters": "a\u0301" * 5_000,
    "emoji": "👍🏽" * 3_000,
    "half a pair": "\ud83d" * 5_000,
    "zeros": "\x00" * 10_000,
    "right to left": "\u202ecuti besok\u202c" * 700,
    "cuti besok": "cuti besok " * 900,
    "batal": "batal, " * 1_400,
    "phone": "+62 8" * 2_000,
    "clocks": "8.30 " * 2_000,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_ten_thousand_letters_take_no_longer_than_they_must(reader: str, name: str) -> None:
    text = HOSTILE[name]
    READERS[reader](text)
    started = time.process_time()
    READERS[reader](text)
    # Not a measure of speed: a pattern that tries everything again for each letter would need minutes.
    assert time.process_time() - started < 5


def test_an_ordinary_sentence_takes_under_two_milliseconds() -> None:
    sentences = [
        "bu mau cuti 12-14 agustus ya, nganter anak sekolah", "can i take 12-14 august off, family trip", "cuti bsk smp jumat, antar ibu kontrol",
        "sisa cuti brp", "kenapa gaji saya bulan ini lebih kecil dari bulan lalu ya kak", "sick today and probably tomorrow",
    ]  # fmt: skip
    fastest = float("inf")
    for _ in range(20):
        started = time.process_time()
        for sentence in sentences:
            intents.guess(sentence)
            dates.find(sentence, today=TODAY)
        fastest = min(fastest, (time.process_time() - started) / len(sentences))
    assert fastest < 0.002
