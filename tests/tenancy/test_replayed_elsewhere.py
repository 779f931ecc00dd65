"""What reaches a company by no page: presses in chats, and the work that jobs are given."""

import inspect
from datetime import date
from typing import Any

import pytest

from bot import conversation, delivery
from bot.channels import CHANNELS
from core import clock, database, jobs
from core.leave import nights
from core.leave.plans import Spell
from core.leave.policy import Period
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.messaging.tables import Button
from core.people.tables import ChannelIdentity
from tests.backoffice.conftest import Installation
from tests.core.cast import Cast
from tests.tenancy.twins import Twin, differences, rows_of

LISTED = Period(date(2026, 8, 12), date(2026, 8, 14))


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are answered, not what stands in for it elsewhere."""
    monkeypatch.setitem(jobs.HANDLERS, "answer", conversation.answer)


async def linked(cast: Cast, who: str, channel: str) -> str:
    """A chat of this channel speaks for somebody; returns its address."""
    sender = f"{cast.company}:{cast.people[who].person}" if channel == "web" else f"{channel}-{who}"
    if channel != "web":
        async with database.transaction(cast.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=cast.people[who].person, channel=channel, account="bot", external_id=sender, place=sender,
                    verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip
    return sender


async def press(channel: str, sender: str, token: str, number: int) -> None:
    account = "web" if channel == "web" else "bot"
    pressed = Incoming(channel, account, sender, f"press:{number}", token=token, kind="press", place=sender, ref="1")
    assert await inbox.receive([pressed])
    await jobs.drain()


@pytest.mark.parametrize("channel", sorted(CHANNELS))
async def test_no_button_of_another_company_does_anything(house: Installation, works: None, channel: str) -> None:
    mine, theirs = house.maju, house.sinar
    own, other = await linked(mine, "hendra", channel), await linked(theirs, "lina", channel)
    async with database.transaction(theirs.company):
        await nights.bring([Spell(theirs.bambang.id, theirs.bambang.joins, None)], date(2026, 7, 6))
    asked = await theirs.asks(theirs.bambang, LISTED, "kenari di tombol")
    await jobs.drain()
    twin = Twin(theirs.company, 0xB0B0B, 900001)
    async with database.reading(theirs.company):
        tokens = [row["token"] for row in await Button.select(Button.token).order_by(Button.id)]
    assert len(tokens) >= 1
    before = await rows_of(twin)
    for number, token in enumerate(tokens):
        await press(channel, own, token, number)
    assert differences(before, await rows_of(twin)) == {}
    told = await mine.told(mine.hendra)
    assert told and not any("Bambang" in str(one) or "kenari" in str(one) for one in told)
    for number, token in enumerate(tokens):
        await press(channel, other, token, 1000 + number)
    assert (await theirs.request(asked.number)).state != asked.state, "by its own approver the press counts"


# They are given the number of a row that is everybody's, and find the company in it.
FINDS_ITSELF = "_"


async def test_no_job_of_one_company_touches_the_rows_of_another(
    house: Installation, works: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    theirs = await Twin(house.sinar.company, 0xB0B0B, 900001).fill()
    before, given = await rows_of(theirs), 0
    for name, handler in sorted(jobs.HANDLERS.items()):
        first, *asked = inspect.signature(handler).parameters.values()
        if name in jobs.CRONS or first.name.startswith(FINDS_ITSELF):
            continue
        given += 1
        for start in (0, theirs.number):  # `after`: from the first on, and from theirs on
            arguments = [_argument(one, theirs, start) for one in asked]
            try:
                await handler(house.maju.company, *arguments)
            except Exception:
                continue
    assert given > 50
    assert differences(before, await rows_of(theirs)) == {}


def _argument(one: inspect.Parameter, theirs: Twin, after: int) -> Any:
    told = str(one.annotation)
    if "Sequence[collections.abc.Sequence" in told:
        return [[theirs.public, theirs.public]]
    if "Sequence[str]" in told:
        return [theirs.public]
    if "Sequence" in told:
        return [theirs.number]
    if "tuple" in told:
        return ("2026-q2", theirs.number)
    if one.name == "after":
        return after
    return theirs.number if "int" in told else theirs.public
