"""A company's own bot where Telegram can't knock: asked for its updates beside the installation's, by one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import polling
from core import database, settings
from core.messaging import bot_accounts
from core.messaging.bot_accounts import TELEGRAM
from core.messaging.tables import Inbound, Polled
from tests.bot import bots_house
from tests.bot.bots_house import House
from tests.core.cast import Cast

BUDI, SARI = "7001", "7002"


@pytest.fixture
async def house(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    for name in ("AGAIN", "PAUSE", "LOOK"):
        monkeypatch.setattr(polling, name, 0.05)
    async with bots_house.opened(maju) as made:
        yield made


@asynccontextmanager
async def polled(times: int = 1) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(polling.poll(stop)) for _ in range(times)]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 10)


async def stored() -> list[tuple[str, str]]:
    async with database.installation(writes=False):
        rows = await Inbound.select(Inbound.account, Inbound.external_id).order_by(Inbound.id)
    return [(row["account"], row["external_id"]) for row in rows]


async def heard(number: int) -> None:
    async with asyncio.timeout(10):
        while len(await stored()) < number:  # noqa: ASYNC110  another task stores them
            await asyncio.sleep(0.02)


async def test_each_bot_is_asked_for_its_own_updates_and_answers_as_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_current", replace(settings.current(), telegram_mode="polling"))
    mine = await house.connect_telegram(mode="polling")
    await house.connect_telegram("sinar", mode="polling")
    await house.link("budi", BUDI, channel=TELEGRAM, account=mine.account)
    house.bot().queue(house.bot().update("sisa cuti", BUDI, update_id=11))
    house.bot("sinar").queue(house.bot("sinar").update("halo", SARI, update_id=11))
    house.telegram.queue(house.telegram.update("halo", SARI, update_id=11))
    async with polled(3):
        await heard(3)
        await house.telegram.until(lambda: not house.bot().pending and not house.telegram.pending)
    assert sorted(await stored()) == [("123456", "tg:11"), ("700001", "tg:11"), ("700002", "tg:11")]
    assert house.bot().overlaps == house.telegram.overlaps == 0
    async with database.installation(writes=False):
        marks = {row["account"]: row["after"] for row in await Polled.select()}
    assert marks == {"123456": 11, "700001": 11, "700002": 11}
    await house.settle()
    assert len(house.bot().words(BUDI)) == 1 and "PT Sinar Laut" in house.bot("sinar").last(SARI).words
    async with database.reading(house.maju.company):
        account = await bot_accounts.of_company(TELEGRAM)
    assert account is not None and account.heard_at is not None


async def test_a_bot_that_is_connected_later_is_asked_too_and_one_that_was_let_go_no_more(house: House) -> None:
    async with polled():
        await asyncio.sleep(0.1)
        assert house.telegram.calls_of("getUpdates") == []
        await house.connect_telegram(mode="polling")
        house.bot().queue(house.bot().update("halo", BUDI, update_id=5))
        await heard(1)
        await house.end(TELEGRAM)
        await house.telegram.until(lambda: not house.bot()._open)
        house.bot().queue(house.bot().update("halo", BUDI, update_id=6))
        await asyncio.sleep(0.2)
    assert await stored() == [("700001", "tg:5")]


async def test_one_bot_with_a_bad_token_keeps_no_other_from_being_heard(house: House) -> None:
    await house.connect_telegram(mode="polling")
    await house.connect_telegram("sinar", mode="polling")
    house.bot().token = "700001:another-token-since-it-was-revoked"
    house.bot("sinar").queue(house.bot("sinar").update("halo", SARI, update_id=5))
    async with polled():
        await heard(1)
    assert await stored() == [("700002", "tg:5")]


async def test_whoever_has_no_address_open_to_the_internet_is_told_to_ask(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "_current", replace(settings.current(), base_url="http://10.0.0.5:8000"))
    with pytest.raises(Exception, match=r"botaccounts\.no_https_way"):
        await house.connect_telegram()
    account = await house.connect_telegram(mode="polling")
    looks = await bots_house.SETUPS[TELEGRAM].looks(account)
    assert {name: one.told for name, one in looks.items()} == {
        "bot": "speaks", "delivery": "asked", "commands": "commands"
    }  # fmt: skip
