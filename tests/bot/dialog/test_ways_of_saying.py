"""Days said in English words, letters with an opening and a signature, a polite yes: the same as said plainly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog import dates, intents, parsers
from bot.dialog.dates import When

TODAY = date(2026, 7, 8)
_SMALL = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split()
_SMALL += "sixteenth seventeenth eighteenth nineteenth twentieth".split()
ORDINALS = [*_SMALL, *(f"twenty-{one}" for one in _SMALL[:9]), "thirtieth", "thirty-first"]
MONTHS = "january march may july august october december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday".split()


def _when(sentence: str) -> When:
    found = dates.find(sentence, today=TODAY)
    assert found is not None, sentence
    return found.when


@given(st.integers(1, 31), st.sampled_from(MONTHS), st.booleans())
def test_an_ordinal_in_words_is_its_figure(day: int, month: str, dashed: bool) -> None:
    word = ORDINALS[day - 1] if dashed else ORDINALS[day - 1].replace("-", " ")
    assert _when(f"leave on the {word} of {month}") == _when(f"leave on {day} {month}")


@given(st.integers(1, 30), st.integers(1, 31), st.sampled_from(MONTHS))
def test_a_range_of_ordinals_is_that_of_its_figures(first: int, last: int, month: str) -> None:
    if first < last:
        words = f"leave from the {ORDINALS[first - 1]} to the {ORDINALS[last - 1]} of {month}"
        assert _when(words) == _when(f"leave from {first} to {last} {month}")


@given(st.integers(1, 31), st.sampled_from(MONTHS))
def test_at_before_a_date_is_on(day: int, month: str) -> None:
    assert _when(f"off at {day} {month}") == _when(f"off on {day} {month}")


@given(st.sampled_from(WEEKDAYS), st.sampled_from(["off", "leave"]))
def test_the_week_may_stand_behind_the_leave(day: str, away: str) -> None:
    assert _when(f"{day} {away} next week") == _when(f"{day} next week {away}")


def test_two_days_of_next_week() -> None:
    when = _when("thurs n fri off next week")
    assert (when.starts, when.ends, when.doubtful) == (date(2026, 7, 16), date(2026, 7, 17), False)


@given(st.integers(9, 31), st.sampled_from(["aja", "saja", "", "ya"]), st.sampled_from(["1 hari", "sehari", "2 hari"]))
def test_a_day_and_how_long_it_lasts(day: int, filler: str, length: str) -> None:
    when = _when(f"{day} {filler} {length}")
    assert when.starts == date(2026, 7, day)
    assert when.days == (2 if length == "2 hari" else 1)


@pytest.mark.parametrize("sentence", ["2 3 hari", "at 9", "leave at 15", "20 minutes late", "datang jam 10"])
def test_other_numbers_are_no_days_of_the_month(sentence: str) -> None:
    found = dates.find(sentence, today=TODAY)
    assert found is None or found.when.starts is None


@pytest.mark.parametrize(
    "sentence, intent",
    [
        ("what if I take leave 20 to 27 december", "leave_forecast"),
        ("where does 4 come from", "leave_explain"),
        ("leave at 15 july", "leave_request"),
        ("status C-120", "leave_status"),
        ("tarik C-128 dulu", "leave_cancel"),
    ],
)
def test_what_is_asked_for(sentence: str, intent: str) -> None:
    assert intents.guess(sentence).intent == intent


@pytest.mark.parametrize(
    "sentence",
    [
        "Baik, mohon diajukan. Terima kasih.", "ok gas", "iya bener kirim aja", "ya sudah benar, silakan diajukan",
        "Baik Bu, mohon dilanjutkan", "mohon diproses", "silakan", "Yes, that is correct. Thank you.",
        "looks right, please send it to her", "that works", "iya, saya setuju", "dikirim aja",
    ],
)  # fmt: skip
def test_a_polite_yes(sentence: str) -> None:
    assert parsers.yes_no(sentence) is True
    assert parsers.only_yes(sentence)


@pytest.mark.parametrize(
    "sentence, answer",
    [
        ("tidak, terima kasih", False), ("ga usah diajukan", False), ("jangan dikirim dulu", False), ("belum benar", False),
        ("terima kasih", None), ("iya bener, tapi ganti jumat", None), ("ya tapi kenapa 3 hari", None), ("bisa diproses?", None),
    ],
)  # fmt: skip
def test_no_yes(sentence: str, answer: bool | None) -> None:
    assert parsers.yes_no(sentence) is answer


@pytest.mark.parametrize(
    "letter, why",
    [
        ("Dengan hormat, saya mengajukan cuti tanggal 20 Juli karena ada acara keluarga. Demikian permohonan ini, atas "
         "perhatiannya saya ucapkan terima kasih. Hormat saya, Budi", "acara keluarga"),
        ("Yth. Bapak/Ibu HRD, dengan ini saya mengajukan cuti 2 hari mulai 20 Juli untuk menghadiri wisuda anak. Demikian saya "
         "sampaikan, terima kasih", "menghadiri wisuda anak"),
        ("Dear Sir, I would like to apply for leave on 20 July due to my sister's wedding. Thank you. Best regards, Tom",
         "my sister's wedding"),
        ("Selamat pagi Bapak, sehubungan dengan pernikahan adik saya mohon izin cuti 20 juli. Atas izinnya saya ucapkan terima "
         "kasih. Salam, Andi", "pernikahan adik saya"),
        ("Hi Sari, hope you are well. I'd like friday off for a dentist appointment. Thanks, Ben", "dentist appointment"),
        ("Kepada Yth HRD\nSaya ingin cuti besok\nTerima kasih\nRina", None),
        ("dear team, i would like to take leave tomorrow. regards, ben", None),
        ("Mohon cuti tanggal 20 Juli. Demikian, atas perhatian Bapak saya ucapkan terima kasih.", None),
    ],
)  # fmt: skip
def test_a_letter_says_its_reason_alone(letter: str, why: str | None) -> None:
    found = dates.find(letter, today=TODAY)
    assert found is not None
    assert parsers.reason(found.rest) == why
