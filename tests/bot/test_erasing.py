"""What is too private to lie in a chat is taken back, by itself or at a word; and only that."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import delivery, erasing
from bot.channels import telegram
from core import clock, database, jobs, settings
from core.audit import Actor
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people import identities
from tests.bot.conftest import Talk
from tests.outside.serving import Shown
from tests.outside.telegram import Telegram

BUDI = "777"


@pytest.fixture
async def screen(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    monkeypatch.setitem(jobs.HANDLERS, "messages.erase", erasing.erase)
    with Telegram() as platform:
        here = replace(settings.current(), telegram_token=platform.token, telegram_api=platform.url)
        monkeypatch.setattr(settings, "_current", here)
        yield platform
        await telegram.CHANNEL.close()


async def writes(talk: Talk, words: str) -> list[str]:
    said = await talk.writes(BUDI, words)
    await jobs.drain()
    return [one.key for one in said]


def files(platform: Telegram) -> list[Shown]:
    return [one for one in platform.in_place(BUDI) if one.file is not None]


async def test_a_recap_goes_by_itself_after_a_day_from_the_screen_and_from_here(talk: Talk, screen: Telegram) -> None:
    began = clock.now()
    await writes(talk, "kirim rekap cuti saya")
    with clock.freeze(began + timedelta(hours=23, minutes=59)):
        await jobs.drain()
        assert len(files(screen)) == 1
    with clock.freeze(began + timedelta(hours=24, minutes=1)):
        await jobs.drain()
        assert files(screen) == []
        await jobs.drain()
    async with database.reading(talk.cast.company):
        row = await Outbound.objects().where(Outbound.key == "leave.recap").first()
        assert row is not None and (row.state, row.error) == ("sent", "taken back")
        assert outbox.unseal(row).file is None
    assert len(screen.calls_of("deleteMessage")) == 1 and screen.refusals == []


@pytest.mark.parametrize(
    "words", ["hapus", "tolong hapus dong", "hapus rekap tadi", "Hapusin filenya ya", "delete", "remove that message"]
)
async def test_a_word_takes_it_back_at_once(words: str, talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    assert await writes(talk, words) == ["dialog.taken_back"]
    assert files(screen) == []
    assert await writes(talk, "hapus rekap tadi") == ["dialog.nothing_to_take_back"]


@pytest.mark.parametrize("words", ["hapus cuti saya", "hapus data saya", "delete my leave on friday"])
async def test_other_things_to_be_deleted_are_other_things(words: str, talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    assert "dialog.taken_back" not in await writes(talk, words)
    assert len(files(screen)) == 1


async def test_amid_a_question_the_bare_word_still_drops_it(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    await writes(talk, "mau cuti")
    assert await writes(talk, "hapus") == ["dialog.cancelled"]
    assert len(files(screen)) == 1


async def test_amid_a_question_the_file_can_be_named(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    await writes(talk, "mau cuti")
    await writes(talk, "hapus rekap tadi")
    assert files(screen) == []
    assert await writes(talk, "besok") == ["leave.confirm"]


async def test_what_somebody_deleted_themselves_is_as_good(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    screen.delete(BUDI, files(screen)[0].ref)
    assert await writes(talk, "hapus rekap") == ["dialog.taken_back"]
    assert screen.refusals == []


async def test_after_two_days_there_is_nothing_left_to_take_back(talk: Talk, screen: Telegram) -> None:
    began = clock.now()
    await writes(talk, "kirim rekap cuti saya")
    screen.old.add(files(screen)[0].ref)
    with clock.freeze(began + timedelta(hours=48)):
        assert await writes(talk, "hapus rekap") == ["dialog.nothing_to_take_back"]


async def test_a_sick_telegram_is_asked_again_to_delete(talk: Talk, screen: Telegram) -> None:
    began = clock.now()
    await writes(talk, "kirim rekap cuti saya")
    screen.fail(502, methods=["deleteMessage"])
    await writes(talk, "hapus rekap")
    assert len(files(screen)) == 1
    with clock.freeze(began + timedelta(minutes=2)):
        await jobs.drain()
    assert files(screen) == []


async def test_another_persons_file_is_not_touched(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    (said,) = await talk.writes("888", "hapus rekap tadi")
    await jobs.drain()
    assert said.key == "dialog.nothing_to_take_back" and len(files(screen)) == 1


async def test_whoever_blocks_their_account_leaves_nothing_on_the_lost_phone(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    assert await writes(talk, "blokir akun saya") == ["accounts.blocked_now"]
    assert files(screen) == []


async def test_a_chat_that_hr_unlinks_keeps_nothing(talk: Talk, screen: Telegram) -> None:
    await writes(talk, "kirim rekap cuti saya")
    async with database.transaction(talk.cast.company):
        await identities.unlink(talk.cast.budi.person, "telegram", actor=Actor("command", "command"))
    await jobs.drain()
    assert files(screen) == []
