"""Whatever a platform, or somebody else, posts to a hook: the door before the routes answers as the routes do."""

import json
from collections.abc import AsyncIterator, Iterator
from functools import lru_cache
from typing import Any

import httpx
import pytest

import serambi
from bot import door, slack_hooks, webhooks
from bot.channels import telegram
from core import database, settings
from core.jobs import Job
from core.messaging import inbox
from core.messaging.tables import Inbound
from tests.bot.conftest import Talk

SECRET, SIGNING = "Stand-in_secret-1", "stand-in-signing-secret"
GIVEN = {"content-type": "application/json", "x-telegram-bot-api-secret-token": SECRET}
BUDI = {"id": 777, "is_bot": False, "first_name": "Budi", "language_code": "id"}
CHAT = {"id": 777, "type": "private"}
SAYS = {"message_id": 5, "from": BUDI, "chat": CHAT, "date": 1_772_000_000, "text": "sisa cuti"}
PRESS = {"id": "9", "from": BUDI, "data": "a:Zm9v", "message": {"message_id": 4, "date": 1, "chat": CHAT}}


def update(number: int, **told: Any) -> bytes:
    return json.dumps({"update_id": number, **told}).encode()


@pytest.fixture
def installed(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An installation with a bot and a Slack app; the presses that were acknowledged."""
    made = settings.current()
    kept = {one: getattr(made, one) for one in made.__dataclass_fields__} | {
        "telegram_token": "123456:stand-in", "telegram_secret": SECRET, "telegram_mode": "webhook",
        "slack_bot_token": "xoxb-stand-in", "slack_signing_secret": SIGNING,
    }  # fmt: skip
    monkeypatch.setattr(settings, "_current", settings.Settings(**kept))
    stopped: list[str] = []

    async def acknowledge(one: Any) -> None:
        stopped.append(one.external_id)

    monkeypatch.setattr(telegram.CHANNEL, "acknowledge", acknowledge)
    yield stopped


@lru_cache(maxsize=1)
def applications() -> tuple[Any, Any]:
    """The application with its door, and without; made once, since they keep nothing."""
    with_door = serambi.make_app()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(door, "before", lambda app, hooks: app)
        return with_door, serambi.make_app()


@pytest.fixture
async def ways(installed: list[str]) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Somebody who posts to either."""
    made = [
        httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://testserver")
        for app in applications()
    ]
    yield made
    for one in made:
        await one.aclose()


async def both(ways: list[httpx.AsyncClient], *asked: Any, **more: Any) -> httpx.Response:
    """What both ways answer alike."""
    first, second = [await one.request(*asked, **more) for one in ways]
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert dict(first.headers) == dict(second.headers)
    return first


async def test_what_is_well_is_kept_once_and_answered_200(ways: list[httpx.AsyncClient], installed: list[str]) -> None:
    said = await both(ways, "POST", "/hooks/telegram", content=update(1, message=SAYS), headers=GIVEN)
    assert (said.status_code, said.content) == (200, b"")
    await both(ways, "POST", "/hooks/telegram", content=update(2, callback_query=PRESS), headers=GIVEN)
    await both(ways, "POST", "/hooks/telegram", content=update(3, channel_post=SAYS), headers=GIVEN)
    async with database.installation(writes=False):
        rows = await Inbound.objects().order_by(Inbound.id)
        assert [(row.external_id, inbox.unseal(row).kind) for row in rows] == [("tg:1", "message"), ("tg:2", "press")]
        assert await Job.count().where(Job.name == "answer") == 2
    assert installed == ["tg:2", "tg:2"], "each way stops the button"


@pytest.mark.parametrize(
    ("status", "asked", "more"),
    [
        (401, ("POST", "/hooks/telegram"), {"content": update(4, message=SAYS)}),
        (401, ("POST", "/hooks/telegram"), {"content": b"{", "headers": GIVEN | {"x-telegram-bot-api-secret-token": "x"}}),
        (400, ("POST", "/hooks/telegram"), {"content": b"{", "headers": GIVEN}),
        (400, ("POST", "/hooks/telegram"), {"content": b"[" * 40 + b"]" * 40, "headers": GIVEN}),
        (413, ("POST", "/hooks/telegram"), {"content": b" " * (webhooks.LARGEST + 1), "headers": GIVEN}),
        (404, ("POST", "/hooks/telegram/unknown"), {"content": update(5, message=SAYS), "headers": GIVEN}),
        (404, ("POST", "/hooks/telegram/a/b"), {"content": update(5, message=SAYS), "headers": GIVEN}),
        (404, ("POST", "/hooks/telegram/%2e%2e"), {"content": update(5, message=SAYS), "headers": GIVEN}),
        (404, ("POST", "/hooks/elsewhere"), {"content": b"{}"}),
        (404, ("POST", "/hooks/whatsapp/unknown"), {"content": b"{}"}),
        (405, ("GET", "/hooks/telegram"), {"headers": GIVEN}),
        (405, ("PUT", "/hooks/telegram"), {"content": update(6, message=SAYS), "headers": GIVEN}),
        (401, ("POST", "/hooks/slack/events"), {"content": b"{}"}),
        (404, ("POST", "/hooks/slack/commands/unknown"), {"content": b"{}"}),
    ],
)  # fmt: skip
async def test_what_is_not_well_is_answered_alike(
    ways: list[httpx.AsyncClient], status: int, asked: Any, more: Any
) -> None:
    assert (await both(ways, *asked, **more)).status_code == status
    async with database.installation(writes=False):
        assert await Inbound.count() == 0


async def test_where_the_database_is_away_the_platform_is_asked_to_come_again(
    ways: list[httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(inbox, "receive", away)
    said = await both(ways, "POST", "/hooks/telegram", content=update(7, message=SAYS), headers=GIVEN)
    assert (said.status_code, said.headers["retry-after"]) == (503, "5")


async def test_a_fault_is_told_by_a_number_alone(
    ways: list[httpx.AsyncClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr(inbox, "receive", breaks)
    for one in ways:
        said = await one.post("/hooks/telegram", content=update(8, message=SAYS), headers=GIVEN)
        assert said.status_code == 500 and set(said.json()) == {"error", "quote"}


async def test_a_body_in_pieces_is_one(ways: list[httpx.AsyncClient]) -> None:
    whole = update(9, message=SAYS)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(whole), 50):
            yield whole[start : start + 50]

    for one in ways:
        assert (await one.post("/hooks/telegram", content=pieces(), headers=GIVEN)).status_code == 200
    async with database.installation(writes=False):
        assert await Inbound.count() == 1


def test_every_hook_stands_at_the_door(installed: list[str]) -> None:
    posts = [next(iter(one.paths)) for one in [*webhooks.routes(), *slack_hooks.routes()] if "POST" in one.http_methods]
    known = {one.path: one.alone for one in [*webhooks.hooks(), *slack_hooks.hooks()]}
    assert {path for path in posts if not path.endswith("}")} == {path for path, alone in known.items() if alone}
    assert {path.rpartition("/")[0] for path in posts if path.endswith("}")} == set(known)
