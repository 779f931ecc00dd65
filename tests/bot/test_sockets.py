"""Slack over a connection of ours: stored, then acknowledged; lost connections are replaced and lose nothing."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot import slack_hooks, sockets
from bot.channels import slack_calls, slack_socket
from bot.channels.contract import Later
from core import database
from core.accounts.roles import SUPER
from core.audit import Actor
from core.messaging import workspaces
from core.messaging.tables import Inbound
from tests.bot.slack_house import SARI, House, opened
from tests.core.cast import Cast
from tests.core.conftest import keys  # noqa: F401  pytest finds fixtures by name
from tests.outside import slack
from tests.outside.slack_socket import APP_TOKEN, Envelope, Sockets


@dataclass
class Wired:
    """A company whose app listens over a connection."""

    house: House
    ends: Sockets
    stop: asyncio.Event

    def says(self, words: str, **more: Any) -> Envelope:
        """Somebody writes in the workspace."""
        return self.ends.brings("events_api", json.loads(self.house.slack.event(words, SARI, **more).body))

    async def until(self, true: Any) -> None:
        await self.house.slack.until(true, 20)


@pytest.fixture
async def wired(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wired]:
    monkeypatch.setattr(sockets, "LOOK", 0.05)
    monkeypatch.setattr(sockets, "ASK", 0.2)
    async with opened(maju) as house:
        await house.link("sari", SARI)
        with Sockets(house.slack) as ends:
            async with database.transaction(maju.company):
                await workspaces.begin("socket", by=Actor(SUPER, "web"))
                await workspaces.save({"app_token": APP_TOKEN}, by=Actor(SUPER, "web"))
            stop = asyncio.Event()
            listening = asyncio.create_task(sockets.listen(stop))
            made = Wired(house, ends, stop)
            await made.until(lambda: ends.open)
            yield made
            stop.set()
            await listening


async def stored() -> list[str]:
    async with database.installation(writes=False):
        return [row["external_id"] for row in await Inbound.select(Inbound.external_id).order_by(Inbound.id)]


async def test_what_comes_is_stored_and_then_acknowledged_within_three_seconds(wired: Wired) -> None:
    one = wired.says("sisa cuti", event_id="Ev1")
    await wired.until(lambda: one.acked)
    assert one.acked is not None and one.acked - one.sent[0] < 3
    assert await stored() == ["event:Ev1"]
    await wired.house.settle()
    assert "hari" in wired.house.slack.last(SARI).words


async def test_what_could_not_be_stored_is_not_acknowledged_and_comes_again(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broke:
        broke.setattr(slack_hooks, "take", broken)
        one = wired.says("sisa cuti", event_id="Ev1")
        await asyncio.sleep(0.2)
    assert one.acked is None and await stored() == []
    wired.ends.again()
    await wired.until(lambda: one.acked)
    assert await stored() == ["event:Ev1"]


async def test_what_was_stored_and_not_acknowledged_is_answered_once(wired: Wired) -> None:
    await slack_hooks.take(json.loads(wired.house.slack.event("sisa cuti", SARI, event_id="Ev1").body), wired.house.app)
    one = wired.says("sisa cuti", event_id="Ev1")
    await wired.until(lambda: one.acked)
    await wired.house.settle()
    assert len(wired.house.slack.in_place(SARI)) == 1


async def test_a_connection_that_slack_ends_is_replaced(wired: Wired) -> None:
    for reason in ("warning", "refresh_requested"):
        before = wired.ends.connected
        wired.ends.ends(reason)
        await wired.until(lambda before=before: wired.ends.connected > before and wired.ends.open)
    one = wired.says("sisa cuti")
    await wired.until(lambda: one.acked)


async def test_a_line_that_dies_loses_nothing(wired: Wired) -> None:
    wired.ends.cuts()
    await wired.until(lambda: not wired.ends.open)
    one = wired.says("sisa cuti", event_id="Ev9")
    await wired.until(lambda: one.acked)
    assert await stored() == ["event:Ev9"]


async def test_a_command_is_answered_at_once_and_in_the_direct_message(wired: Wired) -> None:
    fields = slack.command_fields("sisa cuti", SARI, team=wired.house.slack.team)
    one = wired.ends.brings("slash_commands", fields)
    await wired.until(lambda: one.acked)
    assert one.shown is not None and "pesan langsung" in one.shown["text"]
    await wired.house.settle()
    assert "hari" in wired.house.slack.last(SARI).words


async def test_a_press_over_the_connection_is_a_press(wired: Wired) -> None:
    one = wired.says("cuti besok")
    await wired.until(lambda: one.acked)
    await wired.house.settle()
    shown = wired.house.slack.last(SARI)
    title = next(iter(shown.buttons))
    pressed = wired.ends.brings("interactive", slack.payload_of(wired.house.slack.press(title, SARI)))
    await wired.until(lambda: pressed.acked)
    assert pressed.shown is None
    assert (await stored())[-1].startswith("press:")


async def test_what_an_app_says_of_other_workspaces_is_dropped(wired: Wired) -> None:
    other = json.loads(slack.event("sisa cuti", SARI, team="T0OTHER").body)
    one = wired.ends.brings("events_api", other)
    await wired.until(lambda: one.acked)
    assert await stored() == []


async def test_the_page_is_told_that_the_connection_stands(wired: Wired) -> None:
    async def connected() -> bool:
        async with database.reading(wired.house.maju.company):
            app = await workspaces.app()
        return app is not None and app.connected_at is not None

    for _ in range(100):
        if await connected():
            break
        await asyncio.sleep(0.05)
    assert await connected()


async def test_an_app_that_no_longer_wants_a_connection_has_none(wired: Wired) -> None:
    async with database.transaction(wired.house.maju.company):
        await workspaces.begin("http", by=Actor(SUPER, "web"))
    await wired.until(lambda: not wired.ends.open)


async def test_a_refused_token_is_not_asked_for_without_end(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "LOOK", 0.02)
    async with opened(maju) as house:
        async with database.transaction(maju.company):
            await workspaces.begin("socket", by=Actor(SUPER, "web"))
            await workspaces.save({"app_token": "xapp-1-refused-token"}, by=Actor(SUPER, "web"))
        stop = asyncio.Event()
        listening = asyncio.create_task(sockets.listen(stop))
        await house.slack.until(lambda: house.slack.calls_of("apps.connections.open"))
        await asyncio.sleep(0.5)
        stop.set()
        await listening
        assert [one.error for one in house.slack.calls_of("apps.connections.open")] == ["invalid_auth"]


async def test_an_address_that_is_not_encrypted_is_not_opened(
    keys: None,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever answered in Slack's place cannot have the talk led over a line that others read."""

    async def answers(asked: Any) -> dict[str, str]:
        asked.close()
        return {"url": "ws://wss-primary.slack.com/link/?ticket=x"}

    monkeypatch.setattr(slack_calls, "call", answers)
    with pytest.raises(Later):
        await slack_socket.Connection(APP_TOKEN, print).open()  # type: ignore[arg-type]
