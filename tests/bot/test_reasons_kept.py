"""What leave is for, told where a way out is asked for, is its reason; so is what was told before a rule said no."""

from datetime import date

import pytest

from core import database
from core.leave.tables import Blackout
from tests.bot.conftest import Talk


async def _closed(talk: Talk, first: date, last: date) -> None:
    """Nobody takes leave on these days."""
    async with database.transaction(talk.cast.company):
        await Blackout.insert(
            Blackout(public=database.new_public(), starts=first, ends=last, why="stok opname", made_by="hr")
        )


@pytest.mark.parametrize(
    "asks, tells, noted, picks, summary",
    [
        ("cuti 20 sampai 24 juli", "soalnya ada nikahan adek", "Oke, untuk nikahan adik. Tapi Senin 20", "yang pertama",
         "Senin 20 - Kamis 23 Juli, 4 hari kerja, untuk nikahan adik."),
        ("cuti 20 sampai 24 juli", "mau mudik", "Oke, untuk mudik. Tapi Senin 20", "yang pertama", "untuk mudik."),
        ("leave 20 to 24 july please", "because my brother is getting married",
         'Noted: "my brother is getting married". Still,', "the first one", '4 working days: "my brother is getting married".'),
        ("leave 20 to 24 july please", "to visit my parents", 'Noted: "visit my parents". Still,', "the first one",
         '4 working days: "visit my parents".'),
    ],
)  # fmt: skip
async def test_why_is_kept_where_days_are_short(
    talk: Talk, asks: str, tells: str, noted: str, picks: str, summary: str
) -> None:
    await talk.writes("777", asks)
    answer = (await talk.writes("777", tells))[-1]
    assert noted in answer.text
    assert len(answer.choices) == 3  # the ways out are still there
    assert summary in (await talk.writes("777", picks))[-1].text


@pytest.mark.parametrize(
    "words", ["gimana ya", "mau yang lain", "hmm bentar", "mau tanggal lain", "the other one please"]
)
async def test_what_is_no_reason_is_not_kept_as_one(talk: Talk, words: str) -> None:
    await talk.writes("777", "cuti 20 sampai 24 juli")
    await talk.writes("777", words)
    answer = (await talk.writes("777", "yang pertama"))[-1]
    assert "untuk" not in answer.text, answer.text


@pytest.mark.parametrize(
    "picks, why",
    [("yang pertama, ada nikahan adek", "untuk nikahan adik"), ("yang pertama aja, makasih", None)],
)
async def test_why_is_kept_that_stands_behind_a_choice(talk: Talk, picks: str, why: str | None) -> None:
    await talk.writes("777", "cuti 20 sampai 24 juli")
    answer = (await talk.writes("777", picks))[-1]
    assert why is None or why in answer.text
    assert why is not None or "untuk" not in answer.text


@pytest.mark.parametrize(
    "asks, closed, other, summary",
    [
        ("cuti 27 juli, nikahan adek", "stok opname", "30 juli aja", "Kamis 30 Juli, 1 hari kerja, untuk nikahan adik."),
        ("leave on 27 july, my brother's wedding", "stok opname", "30 july then", '"my brother\'s wedding"'),
        ("cuti tanpa gaji 27 juli", "stok opname", "30 juli aja", "Cuti tanpa gaji Kamis 30 Juli"),
        ("i want unpaid leave on 27 july", "stok opname", "30 july please", "Unpaid leave Thursday 30 July"),
    ],
)  # fmt: skip
async def test_kind_and_reason_outlive_days_on_which_nobody_may_go(
    talk: Talk, asks: str, closed: str, other: str, summary: str
) -> None:
    """Other days were taken for annual leave without a reason, whatever had been asked for."""
    await _closed(talk, date(2026, 7, 27), date(2026, 7, 28))
    assert closed in (await talk.writes("777", asks))[-1].text
    assert summary in (await talk.writes("777", other))[-1].text
