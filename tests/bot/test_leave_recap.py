"""A year of leave as a file in the chat that takes files, and the way to the page where none is taken."""

from dataclasses import replace
from datetime import date

import pytest

from bot import delivery
from bot.channels import telegram
from bot.dialog import recaps
from core import database, jobs, settings
from core.leave.policy import Period
from core.messaging import inbox
from core.messaging.tables import Outbound
from tests.bot.conftest import Talk
from tests.core.test_plain_pdf import words
from tests.outside.telegram import Telegram


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("kirim rekap cuti saya", True), ("minta rekap cuti 2025 dong", True), ("riwayat cutiku", False),
        ("send me my leave summary", True), ("Leave history please", False), ("ringkasan aturan cuti", False), ("summary of collective leave", False), ("rekap cuti tim", False),
        ("cuti besok", False), ("rekap lembur", False), ("sisa cuti", False), ("summary of my pay", False),
    ],
)  # fmt: skip
def test_who_asks_for_their_leave_as_a_whole(sentence: str, asks: bool) -> None:
    assert recaps.wanted(sentence) is asks


async def test_the_sheet_has_the_balance_and_every_request(talk: Talk) -> None:
    maju = talk.cast
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 14)))
    (said,) = await talk.writes("777", "kirim rekap cuti saya")
    assert said.file is not None
    assert (said.key, said.file.name, said.file.type) == ("leave.recap", "rekap-cuti-2026.pdf", "application/pdf")
    told = words(said.file.raw)
    assert told[:2] == ["Rekap cuti 2026", "Budi Santoso · 0412 · Gudang"]
    (balance,) = await talk.writes("777", "kenapa sisa cutiku segitu")
    assert [line for line in balance.text.split("\n") if "=" in line][-1].replace("−", "-") in " ".join(told)
    assert any(request.number in line and "12" in line for line in told)


async def test_another_year_has_only_what_was_of_it(talk: Talk) -> None:
    maju = talk.cast
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 14)))
    (said,) = await talk.writes("777", "rekap cuti 2024")
    assert (said.key, said.file) == ("leave.recap_empty", None)


async def test_in_english_it_is_an_english_sheet(talk: Talk) -> None:
    (said,) = await talk.writes("777", "please send me my leave summary")
    assert said.file is not None and said.file.name == "leave-2026.pdf"
    assert words(said.file.raw)[0] == "Leave in 2026"


async def test_an_open_question_is_asked_again_after_the_file(talk: Talk) -> None:
    await talk.writes("777", "mau cuti")
    file, asked = await talk.writes("777", "kirim rekap cuti saya dulu")
    assert file.file is not None and asked.file is None
    (summary,) = await talk.writes("777", "besok")
    assert summary.key == "leave.confirm"


async def test_the_web_is_told_where_it_is_found(talk: Talk) -> None:
    who = talk.cast.budi
    (number,) = await inbox.write(who.company, who.person, words="rekap cuti")
    (said,) = await talk.answered(number)
    assert said.key == "leave.recap_on_page" and "/me/leave" in said.text and said.file is None


async def test_it_arrives_as_a_file_with_its_words(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with Telegram() as platform:
        here = replace(settings.current(), telegram_token=platform.token, telegram_api=platform.url)
        monkeypatch.setattr(settings, "_current", here)
        platform.accept_then_drop(methods=["sendDocument"])
        await talk.writes("777", "kirim rekap cuti saya")
        await jobs.drain()
        first = platform.last("777")
        assert first.file is not None and first.file.name == "rekap-cuti-2026.pdf"
        assert first.file.raw.startswith(b"%PDF") and "Rekap cutimu 2026" in first.words
        async with database.reading(talk.cast.company):
            row = await Outbound.objects().where(Outbound.key == "leave.recap").first()
        assert row is not None and row.state == "unknown"
        assert platform.refusals == []
        await telegram.CHANNEL.close()


async def test_a_file_whose_chat_was_shut_meanwhile_is_not_spoken_of_as_if_it_were_there(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with Telegram() as platform:
        here = replace(settings.current(), telegram_token=platform.token, telegram_api=platform.url)
        monkeypatch.setattr(settings, "_current", here)
        platform.blocked.add("777")
        await talk.writes("777", "kirim rekap cuti saya")
        await jobs.drain()
        told = (await talk.cast.told(talk.cast.budi))[-1]
        assert told.file is None and "tidak bisa dikirim di sini" in told.text and "/me/" in told.text
        await telegram.CHANNEL.close()
