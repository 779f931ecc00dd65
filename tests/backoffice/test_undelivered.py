"""The page of messages that reached nobody's chat."""

import html

from core import database
from core.messaging import outbox, undelivered
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation
from tests.core.cast import Cast


async def trouble(maju: Cast, words: str, why: str = "blocked") -> int:
    async with database.transaction(maju.company):
        there = Address("telegram", "123456", "777", maju.budi.person)
        number = await outbox.post(there, Message("leave.said", words), dedupe=words)
        row = await Outbound.objects().where(Outbound.id == number).first()
        assert row is not None
        await undelivered.note(row, why)
    return number


async def test_who_was_not_reached_is_shown_with_why_and_never_with_the_words(house: Installation) -> None:
    slug = await house.slug(house.maju)
    number = await trouble(house.maju, "Rahasia besar")
    ratna = await house.as_person(house.maju, "ratna")
    board = html.unescape((await ratna.get(f"/{slug}/today")).text)
    assert f"/{slug}/undelivered" in board
    page = html.unescape((await ratna.get(f"/{slug}/undelivered")).text)
    assert "1 pesan tidak sampai ke chat penerimanya." in page
    assert "Budi Santoso" in page and "Bot diblokir di Telegram" in page and "undang ke chat lain" in page
    assert "Rahasia" not in page
    refused = await ratna.post(f"/{slug}/undelivered/{number}/again")
    assert refused.status_code == 409 and "Undang dulu" in html.unescape(refused.text)
    answer = await ratna.post(f"/{slug}/undelivered/{number}/dismiss")
    assert answer.headers["location"].endswith("?done=dismissed")
    assert "Semua pesan sampai" in html.unescape((await ratna.get(f"/{slug}/undelivered")).text)
    assert (await ratna.post(f"/{slug}/undelivered/{number}/dismiss")).status_code == 409
    trail = html.unescape((await ratna.get(f"/{slug}/audit")).text)
    assert "mengesampingkan pesan yang tidak sampai" in trail


async def test_no_company_sees_or_settles_what_is_another_companys(house: Installation) -> None:
    number = await trouble(house.maju, "Kabar")
    lina, slug = await house.as_person(house.sinar, "lina"), await house.slug(house.sinar)
    assert "Budi Santoso" not in (await lina.get(f"/{slug}/undelivered")).text
    assert (await lina.post(f"/{slug}/undelivered/{number}/dismiss")).status_code == 409
    async with database.reading(house.maju.company):
        assert await undelivered.count() == 1


async def test_more_than_fifty_are_led_through(house: Installation) -> None:
    for number in range(53):
        await trouble(house.maju, f"Kabar {number}")
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    page = (await ratna.get(f"/{slug}/undelivered")).text
    assert page.count("/dismiss") == 50
    older = page.split("?before=")[1].split('"')[0]
    assert (await ratna.get(f"/{slug}/undelivered?before={older}")).text.count("/dismiss") == 3
