"""Asking Telegram for updates: each is answered once, whoever asks, whatever happens between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import polling
from bot.channels import Later, telegram
from core import clock, database, jobs, leader, settings
from core.messaging.tables import Inbound, Polled
from tests.bot.conftest import BOT, Talk
from tests.outside.telegram import Telegram

BUDI = 777


@pytest.fixture
async def platform(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    with Telegram() as stand_in:
        here = replace(settings.current(), telegram_token=stand_in.token, telegram_api=stand_in.url)
        monkeypatch.setattr(settings, "_current", replace(here, telegram_mode="polling"))
        monkeypatch.setattr(polling, "AGAIN", 0.05)
        monkeypatch.setattr(polling, "PAUSE", 0.05)
        yield stand_in
        await telegram.CHANNEL.close()


@asynccontextmanager
async def polled(times: int = 1) -> AsyncIterator[asyncio.Event]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(polling.poll(stop)) for _ in range(times)]
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def stored() -> list[str]:
    async with database.installation(writes=False):
        return [row["external_id"] for row in await Inbound.select(Inbound.external_id).order_by(Inbound.id)]


async def heard(number: int) -> None:
    async with asyncio.timeout(10):
        while len(await stored()) < number:  # noqa: ASYNC110  another task stores them
            await asyncio.sleep(0.02)


def numbered(platform: Telegram, *numbers: int) -> None:
    platform.queue(*(platform.update("sisa cuti", BUDI, update_id=number) for number in numbers))


async def test_what_is_asked_for_is_answered_like_what_is_brought(platform: Telegram, talk: Talk) -> None:
    platform.queue(platform.update("sisa cuti", BUDI))
    async with polled():
        await heard(1)
    (number,) = await row_numbers()
    assert [one.key for one in await talk.answered(number)] == ["leave.balance"]


async def row_numbers() -> list[int]:
    async with database.installation(writes=False):
        return [row["id"] for row in await Inbound.select(Inbound.id).order_by(Inbound.id)]


async def test_an_update_is_confirmed_only_after_it_was_stored(platform: Telegram) -> None:
    numbered(platform, 11, 12, 13)
    async with polled():
        await heard(3)
        await platform.until(lambda: not platform.pending)
    assert platform.asked_from == [None, 14]


async def test_what_comes_again_is_stored_once(platform: Telegram) -> None:
    numbered(platform, 11, 12)
    platform.accept_then_drop(methods=["getUpdates"])
    async with polled():
        await heard(2)
        numbered(platform, 12, 13)
        await heard(3)
    assert await stored() == ["tg:11", "tg:12", "tg:13"]


async def test_the_next_process_asks_from_where_the_last_one_stored(platform: Telegram) -> None:
    numbered(platform, 11)
    async with polled():
        await heard(1)
    numbered(platform, 12)
    async with polled():
        await heard(2)
    assert platform.asked_from[0] is None and set(platform.asked_from[1:]) <= {12, 13}
    async with database.installation(writes=False):
        (mark,) = await Polled.select(Polled.account, Polled.after)
    assert mark == {"account": BOT, "after": 12}


async def test_after_a_quiet_week_numbers_that_begin_lower_are_heard(platform: Telegram) -> None:
    numbered(platform, 900)
    async with polled():
        await heard(1)
        await platform.until(lambda: not platform.pending)
    clock.move(clock.now() + timedelta(days=7))
    numbered(platform, 30)
    async with polled():
        await heard(2)
    assert await stored() == ["tg:900", "tg:30"]


async def test_two_never_ask_at_once(platform: Telegram) -> None:
    async with polled(3):
        for number in range(20, 30):
            numbered(platform, number)
            await heard(number - 19)
    assert platform.overlaps == 0
    assert len(await stored()) == 10


async def test_while_a_webhook_is_set_nothing_is_lost(platform: Telegram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram_calls.AFTER_CONFLICT", 0.05)
    platform.webhook = {"url": "https://hr.contoh.co.id/hooks/telegram"}
    numbered(platform, 11)
    async with polled():
        await platform.until(lambda: len(platform.calls_of("getUpdates")) > 1)
        assert await stored() == []
        platform.webhook = {}
        await heard(1)


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_sick_telegram_is_asked_again(status: int, platform: Telegram) -> None:
    platform.fail(status, times=2, methods=["getUpdates"])
    numbered(platform, 11)
    async with polled():
        await heard(1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the library, about its own next version
async def test_too_many_questions_are_asked_later_exactly_then(platform: Telegram) -> None:
    platform.too_many(7, methods=["getUpdates"])
    with pytest.raises(Later) as later:
        await telegram.CHANNEL.updates(BOT, after=None, wait=0)
    assert later.value.seconds == 7


async def test_an_update_of_tomorrow_does_not_stop_the_others(platform: Telegram) -> None:
    platform.pending += [{"update_id": 11, "message": {"date": "never"}}, {"update_id": 12, "message": None}]
    numbered(platform, 13)
    async with polled():
        await heard(1)
        await platform.until(lambda: not platform.pending)
    assert await stored() == ["tg:13"]


async def test_a_press_that_was_asked_for_stops_spinning(platform: Telegram) -> None:
    from tests.outside.telegram import press

    platform.queue(press("a:1", BUDI, 101))
    async with polled():
        await platform.until(lambda: platform.answered)


async def test_stopping_lets_go_at_once(platform: Telegram) -> None:
    async with polled():
        await platform.until(lambda: platform._open)
    async with leader.leading(polling.NAME) as lead:
        assert lead is not None
    assert jobs.HANDLERS  # nothing else was harmed


async def test_a_name_is_held_by_one_and_free_when_it_is_let_go(talk: Talk) -> None:
    async with leader.leading("x") as first, leader.leading("y") as other:
        assert first is not None and other is not None and await first.holds()
        async with leader.leading("x") as second:
            assert second is None
    async with leader.leading("x") as again:
        assert again is not None


async def test_several_may_ask_at_once_whether_the_name_is_still_ours(talk: Talk) -> None:
    async with leader.leading("x") as lead:
        assert lead is not None
        assert await asyncio.gather(*(lead.holds() for _ in range(20))) == [True] * 20
        assert not lead.lost.is_set()


async def test_who_loses_the_database_leads_no_more(talk: Talk) -> None:
    if not settings.current().on_postgres:
        return
    async with leader.leading("x") as lead:
        assert lead is not None and lead._connection is not None
        lead._connection.terminate()
        assert not await lead.holds()
        assert lead.lost.is_set()
