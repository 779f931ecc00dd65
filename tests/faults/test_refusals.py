"""What is not a request of the platform, or says nothing we know: a clear answer, and no row of it anywhere."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import BUDI, SARI
from tests.outside import slack, telegram
from tests.outside.serving import Hook
from tests.outside.slack import EVENTS, INTERACTIONS, Slack
from tests.outside.telegram import PATH, Telegram

LARGEST = 1024 * 1024
HOSTILE = (
    "'; drop table leave_request; --",
    "<script>alert(1)</script> {{7*7}} ${jndi:ldap://x} %s %n",
    "\u202e\u0000\ufeff\ud83d\udc69\u200d\ud83d\udc67 \u0430\u0434\u043c\u0438\u043d",
    "ya " * 1500,
    "{ $name }\n.attr = { $x ->\n *[a] b }",
)


@dataclass
class Refusal:
    """A request, and the status it must be answered with."""

    what: str
    hook: Hook
    status: int


def _changed(hook: Hook, body: bytes | None = None, drop: str = "", **headers: str) -> Hook:
    kept = {name: value for name, value in hook.headers.items() if name != drop}
    changed = kept | {name.replace("_", "-"): value for name, value in headers.items()}
    return Hook(hook.path, changed, hook.body if body is None else body)


def _deep(levels: int) -> bytes:
    return (b'{"a":' * levels) + b"1" + b"}" * levels


def refusals(installation: Installation) -> list[Refusal]:
    """Everything that must change nothing."""
    by_telegram, by_slack = installation.telegram, installation.slack
    update = by_telegram.update("cuti besok", BUDI)
    event = by_slack.event("cuti besok", SARI, at=installation.at)
    large = json.dumps({"update_id": 1, "pad": ""}).encode()
    padded = large[:-2] + b"x" * (LARGEST + 1 - len(large)) + large[-2:]
    assert len(padded) == LARGEST + 1
    at = installation.at
    return [
        Refusal("telegram without its secret", _changed(update, drop="x-telegram-bot-api-secret-token"), 401),
        Refusal(
            "telegram with another secret", _changed(update, x_telegram_bot_api_secret_token="Stand-in_secret-2"), 401
        ),
        Refusal("telegram with an empty secret", _changed(update, x_telegram_bot_api_secret_token=""), 401),
        Refusal("slack without a signature", _changed(event, drop="x-slack-signature"), 401),
        Refusal("slack without a timestamp", _changed(event, drop="x-slack-request-timestamp"), 401),
        Refusal("slack with a forged signature", _changed(event, x_slack_signature="v0=" + "0" * 64), 401),
        Refusal("slack with another body", _changed(event, event.body.replace(b"besok", b"lusa!")), 401),
        Refusal("slack of six minutes ago", by_slack.event("cuti besok", SARI, at=at - 360), 401),
        Refusal("slack of six minutes ahead", by_slack.event("cuti besok", SARI, at=at + 360), 401),
        Refusal("slack signed by another app", slack.event("cuti", SARI, secret="another", at=at), 401),
        Refusal("a stale press", slack.press("a:x", SARI, channel="D0SARI", ts="1.1", at=at - 360), 401),
        Refusal("telegram, a byte too large", _changed(update, padded), 413),
        Refusal("slack, a byte too large", slack.signed(EVENTS, padded, "application/json", at=at), 413),
        Refusal("telegram, nested 40 deep", _changed(update, _deep(40)), 400),
        Refusal("slack, nested 40 deep", slack.signed(EVENTS, _deep(40), "application/json", at=at), 400),
        Refusal("telegram, nested 100 000 deep", _changed(update, _deep(100_000)), 400),
        Refusal("telegram, not JSON", _changed(update, b"\xff\xfe{"), 400),
        Refusal("telegram, an unknown kind of update", telegram.hook({"update_id": 7, "poll": {"id": "1"}}), 200),
        Refusal("telegram, a list", telegram.hook([1, 2]), 200),
        Refusal("telegram, null", telegram.hook(None), 200),
        Refusal("telegram, wrong types", telegram.hook({"update_id": {}, "message": {"from": 3, "text": []}}), 200),
        Refusal("slack, an unknown kind", slack.posted({"type": "app_rate_limited"}, at=at), 200),
        Refusal("slack, an event of a bot", by_slack.event("cuti", SARI, at=at, bot_id="B0OTHER"), 200),
        Refusal("slack, an unknown interaction", slack.interacted({"type": "shortcut"}, at=at), 200),
        Refusal("slack, no payload", slack.signed(INTERACTIONS, b"", "application/x-www-form-urlencoded", at=at), 200),
    ]


# The scheduler writes by its own clock, whatever is asked.
BY_THE_CLOCK = ("cron_run", "clock_seen", "job")


async def rows_of(installation: Installation) -> dict[str, int]:
    """How many rows each table has, but for those that grow with the time."""
    return {name: n for name, n in (await installation.books.counts()).items() if name not in BY_THE_CLOCK}


@pytest.fixture
async def running(on_file: Shape) -> AsyncIterator[Installation]:
    """An installation that takes requests."""
    async with on_file.opened() as installation:
        await installation.start()
        await installation.settle()
        yield installation


async def test_what_is_refused_leaves_no_row(running: Installation, tried: Tried) -> None:
    before = await rows_of(running)
    everything = refusals(running)
    wrong = []
    for one in everything:
        answer = await running.post(one.hook)
        if answer.status_code != one.status:
            wrong.append(f"{one.what}: {answer.status_code} instead of {one.status}")
        if "Traceback" in answer.text or len(answer.content) > 2000:
            wrong.append(f"{one.what}: answered at length: {answer.text[:300]}")
    await running.settle()
    after = await rows_of(running)
    tried("requests that must change nothing", "SQLite, one process", len(everything), lost=wrong or before != after)
    assert not wrong
    assert after == before
    assert not running.telegram.sent


async def test_other_ways_in_are_closed(running: Installation) -> None:
    for path in (PATH, EVENTS, INTERACTIONS):
        assert (await running.client.get(path)).status_code == 405
        assert (await running.client.put(path, content=b"{}")).status_code == 405


async def test_slack_may_ask_whether_the_address_is_ours(running: Installation) -> None:
    question = slack.posted({"type": "url_verification", "challenge": "c-1"}, at=running.at)
    assert (await running.post(question)).json() == {"challenge": "c-1"}
    forged = _changed(question, x_slack_signature="v0=" + "0" * 64)
    assert (await running.post(forged)).status_code == 401


async def test_hostile_words_are_answered_and_change_nothing_else(running: Installation, tried: Tried) -> None:
    before = await running.books.counts()
    hooks = [running.telegram.update(words, BUDI) for words in HOSTILE]
    hooks += [running.slack.event(words, SARI, at=running.at) for words in HOSTILE]
    for hook in hooks:
        await running.hand_over(hook)
    await running.settle()
    after = await running.books.counts()
    bad = await running.books.rows("select id, state from inbound where state <> 'done'")
    tried("hostile words", "SQLite, one process", len(hooks), lost=bad)
    assert not bad, running.complaints()
    assert after["inbound"] == before["inbound"] + len(hooks)
    for table in ("request", "leave_request", "leave_entry", "decision", "channel_identity", "person", "audit_entry"):
        assert after[table] == before[table], table
    for platform in (running.telegram, running.slack):
        assert isinstance(platform, Telegram | Slack)
        assert not platform.refusals
    assert not running.slack.pings
