"""A chat that its person has closed to us: what was said there goes elsewhere, and stays one of the copies."""

from datetime import date

import pytest

from bot import delivery
from bot.channels import CHANNELS, Never, Sent
from core import database, jobs
from core.leave.policy import Period
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from tests.bot.conftest import Talk


class Closed:
    """A platform that says of everybody that they have blocked the bot."""

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        raise Never("blocked", gone=True)


async def test_a_chat_that_is_opened_again_is_used_again(talk: Talk) -> None:
    async def where() -> str:
        async with database.reading(talk.cast.company):
            return (await outbox.address_of(talk.cast.budi.person)).channel

    assert await talk.writes("777", None, kind="blocked") == []
    assert await where() == "web"
    assert await talk.writes("777", None, kind="unblocked") == []
    assert await where() == "telegram"


async def test_a_stranger_who_comes_and_goes_hears_nothing(talk: Talk) -> None:
    for kind in ("blocked", "unblocked"):
        assert await talk.writes("999", None, kind=kind) == []


async def test_an_open_question_survives_a_chat_that_was_shut_for_a_while(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "mau cuti")
    await talk.writes("777", None, kind="blocked")
    await talk.writes("777", None, kind="unblocked")
    (summary,) = await talk.writes("777", "besok")
    assert (asked.key, summary.key) == ("leave.when", "leave.confirm")


async def test_a_card_that_moved_to_another_channel_loses_its_buttons_with_the_others(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju = talk.cast
    monkeypatch.setitem(CHANNELS, "telegram", Closed())
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    request = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    await jobs.drain()
    async with database.reading(maju.company):
        rows = await Outbound.select().where(Outbound.person == maju.sari.person).order_by(Outbound.id)
        (first, moved) = [(row["channel"], outbox.unseal(row)) for row in rows if row["key"] == "approvals.card"]
    assert (first[0], moved[0]) == ("telegram", "web")
    assert [one.title for one in moved[1].choices] == [one.title for one in first[1].choices] != []
    await maju.decides(maju.sari, request, "approve")
    await jobs.drain()
    async with database.reading(maju.company):
        turned = await Outbound.select().where(Outbound.edits.is_not_null() & (Outbound.channel == "web"))
        (last,) = [outbox.unseal(row) for row in turned]
    assert last.choices == ()
    assert "Disetujui" in last.text or "disetujui" in last.text
