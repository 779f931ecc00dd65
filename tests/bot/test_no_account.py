"""Whose bot or number is nobody's here is spoken to by no other; who is linked to nobody is not forgotten either."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, health, metrics, settings
from core.messaging import undelivered
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity
from tests.bot import bots_house
from tests.bot.bots_house import BY, House
from tests.core.cast import Cast
from tests.outside.telegram import TOKEN as SHARED_TOKEN
from tests.outside.whatsapp import hook, wrote

BUDI, BAMBANG = "7001", "7003"
NUMBER = "6281100000412"
GONE_BOT, GONE_NUMBER = "799999", "299999999999999"


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    async with bots_house.opened(maju) as made:
        yield made


async def of(name: str) -> health.Check:
    return next(check for check in await health.doctor() if check.name == name)


async def waiting(house: House) -> list[tuple[str, str]]:
    async with database.reading(house.maju.company):
        return [(row["name"], row["trouble"]) for row in await undelivered.waiting(50)]


async def last_said(house: House) -> Outbound:
    async with database.reading(await _operator()):
        row = await Outbound.objects().order_by(Outbound.id, ascending=False).first()
    assert row is not None
    return row


async def _operator() -> int:
    from bot import strangers

    return await strangers.operator()


async def test_no_other_bot_speaks_for_one_that_is_nobodys_here(house: House) -> None:
    await house.link("budi", BUDI, channel=TELEGRAM, account=GONE_BOT)
    row = await house.says("budi", "Kabar")
    assert (row["state"], row["error"]) == ("parked", "no such account")
    assert house.telegram.sent == []
    assert await waiting(house) == [("Budi Santoso", "no_account")]
    async with database.reading(house.maju.company):
        link = await ChannelIdentity.objects().where(ChannelIdentity.external_id == BUDI).first()
    assert link is not None and link.unreachable_at is None, "the person is there; it is the bot that is not"
    told = await of("links")
    assert not told.well and told.told == f"1 through telegram {GONE_BOT}, which is not here"


async def test_what_was_parked_is_sent_again_once_the_bot_is_back(house: House) -> None:
    await house.link("budi", BUDI, channel=TELEGRAM, account=SHARED_TOKEN.partition(":")[0])
    here = settings.current()
    # The operator has put another bot in the place of the one with which people talk.
    settings.use(replace(here, telegram_token="788888:another-bot-of-the-operator-1"))
    row = await house.says("budi", "Kabar")
    assert row["state"] == "parked" and house.telegram.sent == []
    settings.use(here)
    assert (await of("links")).well
    async with database.transaction(house.maju.company):
        assert await undelivered.send_again(row["id"], by=BY) == TELEGRAM
    await house.settle()
    assert house.telegram.words(BUDI) == ["Kabar"]
    assert await waiting(house) == []


async def test_no_other_number_speaks_for_one_that_is_nobodys_here_inside_or_outside_its_day(house: House) -> None:
    await house.link("budi", NUMBER, channel=WHATSAPP, account=GONE_NUMBER)
    outside = await house.says("budi", "Kabar 1")
    assert outside["state"] in ("waiting", "dropped")
    heard = hook(house.meta.secret, phone=GONE_NUMBER, messages=[wrote("sisa cuti", NUMBER)])
    assert (await house.http.post(heard.path, headers=heard.headers, content=heard.body)).status_code == 200
    await house.settle()
    inside = (await house.rows("budi"))[-1]
    assert (inside["state"], inside["account"]) == ("parked", GONE_NUMBER)
    assert house.meta.sent == []
    assert {why for _, why in await waiting(house)} == {"no_account"}


async def test_without_any_bot_of_the_installation_it_waits_for_one(house: House) -> None:
    await house.link("budi", BUDI, channel=TELEGRAM, account=GONE_BOT)
    settings.use(replace(settings.current(), telegram_token=""))
    assert (await house.says("budi", "Kabar"))["state"] == "queued"
    assert await waiting(house) == []


async def test_a_stranger_who_is_not_reached_is_told_to_the_operator(house: House) -> None:
    count = metrics.STRANGERS.labels(TELEGRAM, "refused")._value
    before = count.get()
    assert (await of("strangers")).well
    house.telegram.fail(400, 1)
    said = house.telegram.update("halo", BAMBANG)
    await house.http.post(said.path, headers=said.headers, content=said.body)
    await house.settle()
    row = await last_said(house)
    assert (row.state, row.trouble, row.settled_by) == ("failed", "refused", "nobody's")
    assert count.get() == before + 1
    told = await of("strangers")
    assert not told.well and told.told == "not reached in a day: telegram refused 1"
    assert "stranger_not_reached" in told.advice
    clock.move(clock.now() + timedelta(days=1))
    assert (await of("strangers")).well, "what is a day old is history"


async def test_a_stranger_who_shut_the_chat_is_counted_and_is_no_fault(house: House) -> None:
    house.telegram.blocked.add(BAMBANG)
    said = house.telegram.update("halo", BAMBANG)
    await house.http.post(said.path, headers=said.headers, content=said.body)
    await house.settle()
    assert (await last_said(house)).trouble == "blocked"
    told = await of("strangers")
    assert told.well and told.told == "not reached in a day: telegram blocked 1"


async def test_a_strangers_answer_that_comes_after_whatsapps_day_is_not_kept_for_ever(house: House) -> None:
    house.meta.fail(502, 10_000)
    said = house.meta.message("halo", NUMBER)
    await house.http.post(said.path, headers=said.headers, content=said.body)
    await house.settle()
    assert (await last_said(house)).state == "queued"
    clock.move(clock.now() + timedelta(hours=25))
    house.meta.calm()
    await house.settle()
    row = await last_said(house)
    assert (row.state, row.trouble) == ("failed", "late")
    assert house.meta.sent == []
