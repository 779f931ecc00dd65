"""What leaves the house: at the rates of its platforms, past services that do not answer, whoever sends it."""

import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from bot import delivery
from core import clock, database, figures, health, jobs, settings
from core.jobs import Job
from core.messaging import circuits, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from tests.core.cast import Cast
from tests.core.conftest import KEYS, MASTER
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram

BOT, TEAM = "123456", "T0MAJU"


@dataclass
class House:
    """A company, its Telegram and its Slack."""

    maju: Cast
    telegram: Telegram
    slack: Slack

    async def says(self, chat: str, words: str, *, channel: str = "telegram", answers: int | None = 1) -> int:
        """Something is said in a chat that belongs to nobody in particular."""
        account = BOT if channel == "telegram" else TEAM
        async with database.transaction(self.maju.company):
            there = Address(channel, account, chat, None)
            return await outbox.post(there, Message("leave.said", words), dedupe=f"{chat}:{words}", caused_by=answers)

    async def row(self, number: int) -> dict[str, Any]:
        async with database.reading(self.maju.company):
            return cast(dict[str, Any], await Outbound.select().where(Outbound.id == number).first())

    async def passes(self, seconds: float) -> None:
        """Time passes, and what is due then happens."""
        clock.move(clock.now() + timedelta(seconds=seconds))
        await jobs.drain()


@pytest.fixture
async def house(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """PT Maju Bersama with a Telegram bot and a Slack app."""
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with Telegram() as telegram, Slack() as slack:
        made = settings.load({**_own(), **telegram.environ(), **slack.environ()})
        monkeypatch.setattr(settings, "_current", replace(made, database_url=settings.current().database_url))
        yield House(maju, telegram, slack)
        await delivery.close()


def _own() -> dict[str, str]:
    return {"SERAMBI_MASTER_KEY": MASTER, "SERAMBI_SECRET_KEY": MASTER, "SERAMBI_KEYS": KEYS}


async def test_a_chat_hears_three_at_once_and_then_one_a_second_in_order(house: House) -> None:
    for number in range(6):
        await house.says("777", f"Kabar {number}")
    await jobs.drain()
    assert len(house.telegram.words("777")) == 3
    for seconds in (1, 1, 1):
        await house.passes(seconds)
    assert house.telegram.words("777") == [f"Kabar {number}" for number in range(6)]


async def test_nobody_waits_an_hour_behind_words_of_an_hour_that_the_clock_has_left(house: House) -> None:
    person = house.maju.budi.person

    async def says(words: str) -> None:
        async with database.transaction(house.maju.company):
            await outbox.post(Address("telegram", BOT, "777", person), Message("leave.said", words), dedupe=words)

    await says("Dulu")
    async with database.installation():  # its service is ill
        await Job.update({Job.run_at: clock.now() + timedelta(hours=2)}).where(Job.name == "deliver")
    await says("Sesudahnya")
    await jobs.drain()
    assert house.telegram.words("777") == [], "what was said before comes first, for a while"
    await house.passes(-3600)
    await says("Sekarang")
    await house.passes(1)
    assert "Sekarang" in house.telegram.words("777")


async def test_a_chat_that_is_too_fast_rests_as_long_as_telegram_says(house: House) -> None:
    house.telegram.too_many(30)
    await house.says("777", "Kabar 1")
    await jobs.drain()
    await house.says("777", "Kabar 2")
    await house.says("888", "Halo")
    await house.passes(29)
    assert house.telegram.words("777") == []
    assert house.telegram.words("888") == ["Halo"]
    await house.passes(1)
    await house.passes(1)
    assert sorted(house.telegram.words("777")) == ["Kabar 1", "Kabar 2"]


async def test_a_service_that_is_ill_is_left_alone_and_the_other_is_not_slower(house: House) -> None:
    house.telegram.fail(502, times=1000)
    numbers = [await house.says(str(chat), "Halo") for chat in range(1000, 1000 + 20)]
    await house.says("D0SARI", "Hai", channel="slack")
    await jobs.drain()
    assert house.slack.words("D0SARI") == ["Hai"]
    tried = len(house.telegram.calls_of("sendMessage"))
    assert tried == circuits.MOST_FAILURES
    await house.passes(10)
    assert len(house.telegram.calls_of("sendMessage")) == tried, "nobody knocks while it is shut"
    check = next(one for one in await health.doctor() if one.name == "services")
    assert not check.well and "telegram" in check.told
    assert b'serambi_channels_shut{channel="telegram"} 1.0' in await figures.told()
    await house.passes(12)
    assert len(house.telegram.calls_of("sendMessage")) == tried + 1, "one message asks whether it is well again"
    house.telegram.calm()
    for _ in range(60):
        await house.passes(2)
    assert {(await house.row(number))["state"] for number in numbers} == {"sent"}
    assert len(house.telegram.sent) == 20
    assert next(one for one in await health.doctor() if one.name == "services").well


async def test_an_hour_without_its_service_costs_nobody_a_message(house: House) -> None:
    house.telegram.fail(503, times=100_000)
    numbers = [await house.says(str(chat), "Halo") for chat in range(1000, 1000 + 12)]
    for _ in range(120):
        await house.passes(30)
    assert "parked" not in {(await house.row(number))["state"] for number in numbers}
    house.telegram.calm()
    for _ in range(60):
        await house.passes(30)
    assert {(await house.row(number))["state"] for number in numbers} == {"sent"}


async def test_half_a_day_without_its_service_costs_a_small_company_no_message(house: House) -> None:
    house.telegram.fail(503, times=100_000)
    number = await house.says("777", "Halo")  # nobody else writes, so the service is never left alone
    for _ in range(22):
        await house.passes(1800)
    assert (await house.row(number))["state"] == "queued"
    house.telegram.calm()
    await house.passes(1800)
    assert (await house.row(number))["state"] == "sent"


async def test_a_message_that_no_service_takes_is_given_up_after_a_day(house: House) -> None:
    house.telegram.fail(503, times=100_000)
    number = await house.says("777", "Halo")
    for _ in range(48):
        await house.passes(1800)
    assert (await house.row(number))["state"] == "parked"


async def test_a_platform_that_says_nothing_is_a_service_that_does_not_answer(house: House) -> None:
    house.telegram.accept_then_drop(1000)
    for chat in range(1000, 1000 + 8):
        await house.says(str(chat), "Halo")
    await jobs.drain()
    assert len(house.telegram.calls_of("sendMessage")) == circuits.MOST_FAILURES


async def test_a_refused_bot_is_asked_by_nobody_for_five_minutes(house: House) -> None:
    house.telegram.fail(401, times=1000)
    for chat in range(1000, 1000 + 8):
        await house.says(str(chat), "Halo")
    await jobs.drain()
    assert len(house.telegram.calls_of("sendMessage")) == 1
    house.telegram.calm()
    for _ in range(40):
        await house.passes(10)
    assert len(house.telegram.sent) == 8


async def test_two_processes_keep_to_one_rate(house: House, tmp_path: Any) -> None:
    for chat in range(1000, 1000 + 30):
        await house.says(str(chat), "Halo")
    made = {
        "PATH": os.environ["PATH"], "SERAMBI_DATABASE_URL": settings.current().database_url, **_own(),
        **house.telegram.environ(), "SERAMBI_TELEGRAM_PER_SECOND": "10",
    }  # fmt: skip
    both = [
        subprocess.Popen(  # noqa: ASYNC220  it starts at once; nobody waits for it here
            [sys.executable, "-m", "tests.bot.sender"], env=made, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for one in both:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    told = []
    began = time.time()
    for number, one in enumerate(both):
        assert one.stdin is not None
        one.stdin.write(f"{number}\n")
        one.stdin.flush()
    for one in both:
        told.append(int(one.communicate(timeout=60)[0].splitlines()[-1]))
    assert sum(told) == 30, told  # who of them takes how many is chance
    assert sorted(shown.place for shown in house.telegram.sent) == sorted(map(str, range(1000, 1030))), "each once"
    # Each by itself would be through with its half in 1.6 seconds.
    assert max(call.at for call in house.telegram.calls_of("sendMessage")) - began > 3.2
