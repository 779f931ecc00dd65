"""What comes between a question and its answer never becomes the answer, and the question comes back."""

from datetime import date

import pytest

from bot.dialog import between, impossible, intents, interrupts
from core.leave.policy import Period
from tests.bot.conftest import Talk

TODAY = date(2026, 7, 6)


async def says(talk: Talk, *lines: str, sender: str = "777") -> str:
    """The last thing that is said back after these lines, with its key before it."""
    told = ""
    for line in lines:
        (heard,) = await talk.writes(sender, line)
        told = f"{heard.key}: {heard.text}"
    return told


async def test_questions_where_a_reason_is_asked_for_are_answered_and_never_kept(talk: Talk) -> None:
    first = await says(talk, "cuti 13-15 juli", "sisa cuti per 1 januari 2027")
    assert "4 hari cuti tahunan pada Jumat 1 Januari 2027" in first and first.endswith("(boleh dilewati)")
    assert "Senin 28 - Kamis 31 Desember memakai 4 hari" in await says(talk, "kalau cuti 28-31 Des sisa berapa?")
    why = await says(talk, "kenapa")
    assert "Sisa sekarang: 4" in why and "4 - 4 = 0" in why and "keperluannya apa?" in why, (
        "of the forecast, not of the leave"
    )
    told = await says(talk, "gaji masuk tgl brp")
    assert 'Dari artikel "Tanggal gajian".' in told and "Terjawab" not in told and "keperluannya apa?" in told
    assert (await says(talk, "boleh bawa anjing ke kantor?")).endswith("eperluannya apa? (boleh dilewati)")
    assert "13 - Rabu 15 Juli, 3 hari kerja, untuk acara keluarga." in await says(talk, "acara keluarga")


@pytest.mark.parametrize("asked", ["sisa cuti per 1 januari 2027", "sisa cuti tanggal 1 januari 2027"])
async def test_a_balance_of_a_day_is_no_day_of_the_leave_that_is_open(talk: Talk, asked: str) -> None:
    told = await says(talk, "mau cuti", asked)
    assert told.startswith("leave.when") and "cuti tahunan pada Jumat 1 Januari 2027" in told
    assert "cuti tahunan pada Jumat 1 Januari 2027" in await says(talk, "batal", asked)


async def test_a_question_with_days_in_it_does_not_change_the_days_that_were_asked_for(talk: Talk) -> None:
    told = await says(talk, "cuti 13 juli", "kalau cuti 28-31 Des sisa berapa?", "ulangi")
    assert told.startswith("leave.confirm") and "28" not in told


async def test_a_sentence_that_begins_like_a_yes_sends_nothing(talk: Talk) -> None:
    assert (await says(talk, "cuti 13 juli", "mau menghabiskan sisa cuti")).endswith("Ajukan ke Sari?")
    assert "C-1" in await says(talk, "ya")


async def test_who_is_away_is_told_by_name_and_days_only(talk: Talk) -> None:
    cast = talk.cast
    sick = await cast.asks(cast.tono, Period(TODAY, date(2026, 7, 7)), leave_type="unpaid")
    assert "tidak ada rekan setim" in await says(talk, "siapa yang cuti minggu ini"), "asked for is not decided"
    await cast.decides(cast.sari, sick, "approve")
    told = await says(talk, "siapa yg libur minggu ini")
    assert told.endswith("Tono Prasetyo: Senin 6 - Selasa 7 Juli") and "gaji" not in told.lower()
    assert "Tono Prasetyo" in await says(talk, "who is away this week", sender="888"), "their head"


async def test_another_department_is_nobody_s_business(talk: Talk) -> None:
    cast = talk.cast
    request = await cast.asks(cast.dewi, Period(date(2026, 7, 7), date(2026, 7, 8)))
    await cast.decides(cast.wayan, request, "approve")
    assert "tidak ada rekan setim" in await says(talk, "siapa yang cuti minggu ini")


async def test_sick_since_a_day_is_sick_until_today(talk: Talk) -> None:
    assert "Jumat 3 - Senin 6 Juli, 2 hari kerja" in await says(talk, "sakit dari jumat lalu")
    assert "Rabu 1 - Senin 6 Juli, 4 hari kerja" in await says(talk, "eh dari rabu")


async def test_a_date_that_does_not_exist_is_named(talk: Talk) -> None:
    told = await says(talk, "cuti tanggal 31 November")
    assert told.startswith("leave.when: November hanya sampai tanggal 30. Cuti tanggal berapa")
    assert "November hanya sampai tanggal 30." in await says(talk, "30 november", "bukan, 31 november")


async def test_two_words_of_one_language_are_answered_in_it(talk: Talk) -> None:
    assert "valid until" in await says(talk, "sisa cuti", "leave balance")


@pytest.mark.parametrize(
    "sentence, asks",
    [
        ("siapa yang cuti minggu depan", True), ("who is away next week", True), ("ada yg cuti besok?", True),
        ("anyone off tomorrow?", True), ("siapa yg ga masuk hari ini", True), ("siapa yang menyetujui cuti saya", False),
        ("who approves my leave", False), ("mau cuti besok", False), ("siapa yang urus cuti", False),
    ],
)  # fmt: skip
def test_who_is_away(sentence: str, asks: bool) -> None:
    assert (intents.guess(sentence).intent == "who_is_away") is asks


@pytest.mark.parametrize(
    "reason",
    [
        "acara keluarga", "nikahan adik tgl 14", "menghabiskan sisa cuti", "ganti ban mobil", "antar anak sekolah ya",
        "mudik", "to use up my remaining leave", "ada urusan di bank", "jenguk ibu",
    ],
)  # fmt: skip
def test_reasons_are_reasons(reason: str) -> None:
    assert not between.asks_something_else(reason)


@pytest.mark.parametrize(
    "reason", ["tanggalnya ganti aja ke minggu depan", "stok opname, semua harus masuk", "please change the dates"]
)
def test_a_head_may_write_a_task_as_a_reason(reason: str) -> None:
    assert not between.asks_something_else(reason, tasks=False)


@pytest.mark.parametrize(
    "sentence, wrong",
    [
        ("31 november", (date(2026, 11, 1), 30)), ("nov 31", (date(2026, 11, 1), 30)),
        ("29 februari 2027", (date(2027, 2, 1), 28)), ("february 30th", (date(2027, 2, 1), 28)), ("29 feb", None),
        ("29 februari 2028", None), ("30 november", None), ("31 desember", None), ("cuti besok", None), ("31", None),
    ],
)  # fmt: skip
def test_dates_that_no_calendar_has(sentence: str, wrong: tuple[date, int] | None) -> None:
    assert impossible.in_words(sentence, today=TODAY) == wrong


@pytest.mark.parametrize(
    "sentence, language",
    [("leave balance", "en"), ("sisa cuti", "id"), ("cuti family", None), ("annual", None), ("slip gaji", "id")],
)
def test_two_words_tell_the_language_where_both_are_of_it(sentence: str, language: str | None) -> None:
    assert interrupts.language_of(sentence) == language


async def test_days_that_are_put_right_stay_in_the_month_that_was_named(talk: Talk) -> None:
    assert "Jumat 14 - Selasa 18 Agustus" in await says(talk, "cuti 13-18 agustus", "eh salah, 14-18 aja")
    assert "Kamis 20 Agustus" in await says(talk, "bukan, tanggal 20")
    assert "Senin 3 Agustus" in await says(talk, "batal", "cuti 28-30 juli", "eh maksudnya tanggal 3")


@pytest.mark.parametrize(
    "sentence, answer",
    [
        ("what if I take leave 20 to 22 july", "leave.what_if: "), ("kalau ambil 20-22 jul sisa berapa", "leave.what_if: "),
        ("misal ambil cuti senin depan sisanya jadi brp", "leave.what_if: "),
        ("where does 4 come from", "leave.balance_explained: "), ("kok sisa 4 dari mana", "leave.balance_explained: "),
        ("4 itu dari mana", "leave.balance_explained: "), ("how did you get 4", "leave.balance_explained: "),
    ],
)  # fmt: skip
async def test_what_would_be_left_and_where_it_comes_from_are_told_apart(
    talk: Talk, sentence: str, answer: str
) -> None:
    assert (await says(talk, sentence)).startswith(answer)
