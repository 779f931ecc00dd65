"""Somebody blocks the bot: what is said goes to another chat of theirs, and where there is none HR is told at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from core import audit, database
from core.accounts.roles import SUPER
from core.audit import Actor
from core.errors import Refused
from core.messaging import undelivered
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP
from tests.bot import bots_house
from tests.bot.bots_house import House
from tests.core.cast import Cast
from tests.outside import telegram

BUDI, NUMBER = "7001", "6281100000412"
HR = Actor(SUPER, "web")


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    """Budi talks over the company's own bot."""
    async with bots_house.opened(maju) as made:
        account = await made.connect_telegram()
        await made.link("budi", BUDI, channel=TELEGRAM, account=account.account)
        yield made


async def shut(house: House) -> list[dict[str, Any]]:
    async with database.reading(house.maju.company):
        return list(await undelivered.shut_chats())


async def blocks(house: House) -> None:
    assert await house.knocks_as_telegram(telegram.blocks(BUDI)) == 200
    await house.settle()


async def test_hr_is_told_before_anything_is_said(house: House) -> None:
    await blocks(house)
    (row,) = await shut(house)
    assert (row["name"], row["channel"]) == ("Budi Santoso", "telegram")
    assert house.bot().sent == [], "nobody who leaves is spoken to"
    told = await house.says("budi", "Kabar")
    assert told["channel"] == "web" and house.bot().sent == []


async def test_whoever_comes_back_is_no_longer_on_the_list(house: House) -> None:
    await blocks(house)
    assert await house.knocks_as_telegram(telegram.unblocks(BUDI)) == 200
    await house.settle()
    assert await shut(house) == []
    assert (await house.says("budi", "Kabar"))["channel"] == "telegram"


async def test_another_chat_takes_over_and_hr_has_nothing_to_do(house: House) -> None:
    number = await house.connect_whatsapp()
    await house.link("budi", NUMBER, channel=WHATSAPP, account=number.account)
    await house.knocks(house.number().message("sisa cuti", NUMBER), number)
    await house.settle()
    await blocks(house)
    assert await shut(house) == []
    await house.says("budi", "Kabar")
    assert house.number().words(NUMBER)[-1] == "Kabar"


async def test_what_waited_for_the_chat_that_is_shut_goes_to_the_other(house: House) -> None:
    number = await house.connect_whatsapp()
    await house.link("budi", NUMBER, channel=WHATSAPP, account=number.account)
    await house.knocks(house.number().message("sisa cuti", NUMBER), number)
    await house.settle()
    house.bot().blocked.add(BUDI)
    await house.says("budi", "Kabar")
    assert house.number().words(NUMBER)[-1] == "Kabar"


async def test_laid_aside_it_stays_away_until_it_is_shut_again(house: House) -> None:
    await blocks(house)
    (row,) = await shut(house)
    async with database.transaction(house.maju.company):
        await undelivered.seen(row["id"], by=HR)
    assert await shut(house) == []
    async with database.transaction(house.maju.company):
        with pytest.raises(Refused, match=r"delivery\.seen_already"):
            await undelivered.seen(row["id"], by=HR)
    async with database.reading(house.maju.company):
        acts = [one["action"] for one in await audit.AuditEntry.select(audit.AuditEntry.action)]
    assert "chat.shut_seen" in acts
    await house.knocks_as_telegram(telegram.unblocks(BUDI))
    await house.settle()
    await blocks(house)
    assert len(await shut(house)) == 1


async def test_the_same_person_at_another_bot_stays_reachable_there(house: House) -> None:
    shared = house.telegram.token.partition(":")[0]
    await house.link("bambang", BUDI, channel=TELEGRAM, account=shared, whose="sinar")
    await blocks(house)
    told = await house.says("bambang", "Kabar", whose="sinar")
    assert told["channel"] == "telegram" and house.telegram.words(BUDI) == ["Kabar"]
