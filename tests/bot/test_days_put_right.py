"""Days that are put right while a leave is asked for: at the question for its reason, and in the summary."""

import pytest

from tests.bot.conftest import Talk

ID = ("cuti 20 sampai 21 juli", "ada acara keluarga")
EN = ("leave 20 to 21 july please", "family event")


@pytest.mark.parametrize("summary", [False, True])
@pytest.mark.parametrize(
    "before, words, told",
    [
        (ID, "eh bukan, tgl 21", "Selasa 21 Juli, 1 hari kerja"), (ID, "jadi 3 hari aja", "Senin 20 - Rabu 22 Juli, 3 hari kerja"),
        (ID, "sampai rabu deh", "Senin 20 - Rabu 22 Juli"), (ID, "salah, harusnya 22", "Rabu 22 Juli, 1 hari kerja"),
        (EN, "no wait, the 21st", "Tuesday 21 July, 1 working day"), (EN, "I said 22", "Wednesday 22 July, 1 working day"),
        (EN, "not the 20th but the 22nd", "Wednesday 22 July, 1 working day"),
        (ID, "perpanjang 2 hari", "Senin 20 - Kamis 23 Juli, 4 hari kerja"), (EN, "extend by 2 days", "Monday 20 - Thursday 23 July"),
        (ID, "mundurin sehari", "Selasa 21 - Rabu 22 Juli"), (EN, "the day after", "Tuesday 21 - Wednesday 22 July"),
    ],
)  # fmt: skip
async def test_other_days_take_their_place(
    talk: Talk, before: tuple[str, str], words: str, told: str, summary: bool
) -> None:
    for said in before if summary else before[:1]:
        await talk.writes("777", said)
    answer = (await talk.writes("777", words))[-1]
    assert told in str(answer)


@pytest.mark.parametrize("summary", [False, True])
@pytest.mark.parametrize(
    "before, words, asks",
    [
        (ID, "bukan besok", "Cuti tanggal berapa?"), (EN, "not the 20th", "Which dates?"),
    ],
)  # fmt: skip
async def test_days_that_are_only_denied_are_asked_for_again(
    talk: Talk, before: tuple[str, str], words: str, asks: str, summary: bool
) -> None:
    for said in before if summary else before[:1]:
        await talk.writes("777", said)
    answer = (await talk.writes("777", words))[-1]
    assert asks in str(answer)


@pytest.mark.parametrize(
    "words, told",
    [
        ("mundurin ke tanggal 23", "Kamis 23 Juli, 1 hari kerja. Sisa"), ("salah, harusnya 23", "Kamis 23 Juli, 1 hari kerja. Sisa"),
        ("not the 20th but the 23rd", "Thursday 23 July, 1 working day. 3"),
    ],
)  # fmt: skip
async def test_words_that_put_right_are_no_reason(talk: Talk, words: str, told: str) -> None:
    await talk.writes("777", "cuti")
    assert told in str((await talk.writes("777", words))[-1])
