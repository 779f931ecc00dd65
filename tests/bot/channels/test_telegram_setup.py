"""Connecting the bot, its menu, and how Telegram finds us, said in words to act on."""

from dataclasses import replace
from typing import Any

import pytest

from bot.asking import BY_INTENT
from bot.channels import telegram_setup
from bot.channels.telegram_setup import Refusal
from bot.dialog import intents, interrupts
from core import clock, settings
from core.health import Check
from tests.outside.telegram import SECRET, Telegram

HOME = "https://hr.contoh.co.id"
HOOK = f"{HOME}/hooks/telegram"
HEARD = {
    "menu": "menu", "leave": "leave_request", "balance": "leave_balance", "help": "help", "person": "person",
    "cancel": "cancel", "language": "language",
}  # fmt: skip


@pytest.fixture
def at_home(telegram_api: Telegram) -> Telegram:
    """An installation that the internet reaches."""
    installed(base_url=HOME)
    return telegram_api


def installed(**more: Any) -> None:
    settings.use(replace(settings.current(), **more))


def wrong(checks: list[Check]) -> dict[str, tuple[str, str]]:
    return {one.name: (one.told, one.advice) for one in checks if not one.well}


async def test_telegram_delivers_here_and_its_menu_is_filled(at_home: Telegram) -> None:
    assert await telegram_setup.connect() == ("serambi_bot", HOOK)
    hook = at_home.webhook
    assert (hook["url"], hook["secret_token"], str(hook["drop_pending_updates"]).lower()) == (HOOK, SECRET, "false")
    assert set(hook["allowed_updates"]) == {"message", "edited_message", "callback_query", "my_chat_member"}
    assert at_home.commands["id"]["sisa"] == "Sisa cutimu"
    assert at_home.commands["en"]["balance"] == "Your days of leave"
    assert at_home.commands[""] == at_home.commands["id"]
    assert at_home.refusals == []
    assert wrong(await telegram_setup.look()) == {}


async def test_connecting_again_changes_nothing(at_home: Telegram) -> None:
    await telegram_setup.connect()
    before = dict(at_home.webhook)
    await telegram_setup.connect()
    assert at_home.webhook == before


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", telegram_setup.COMMANDS)
def test_each_word_of_the_menu_is_understood(name: str, language: str) -> None:
    sent = f"/{telegram_setup.menu(language)[telegram_setup.COMMANDS.index(name)].command}"
    heard = interrupts.command(sent) or intents.guess(sent).intent
    assert heard == HEARD[name]
    assert heard in BY_INTENT or interrupts.command(sent)


async def test_a_bot_that_asks_itself_is_delivered_nothing(at_home: Telegram) -> None:
    await telegram_setup.connect()
    installed(telegram_mode="polling", telegram_secret="")
    (told, advice) = wrong(await telegram_setup.look())["delivery"]
    assert HOOK in told and "serambi telegram connect" in advice
    assert await telegram_setup.connect() == ("serambi_bot", "")
    assert at_home.webhook == {}
    assert wrong(await telegram_setup.look()) == {}


@pytest.mark.parametrize("home", ["http://127.0.0.1:8000", "https://hr.contoh.co.id:8444"])
async def test_an_address_that_telegram_does_not_deliver_to_is_refused_here(home: str, at_home: Telegram) -> None:
    installed(base_url=home)
    with pytest.raises(Refusal, match="polling"):
        await telegram_setup.connect()
    assert at_home.calls == []


async def test_a_bot_that_was_never_connected_is_told_how(at_home: Telegram) -> None:
    told, advice = wrong(await telegram_setup.look())["delivery"]
    assert "does not know where to deliver" in told and "serambi telegram connect" in advice


async def test_a_webhook_of_another_installation_is_seen(at_home: Telegram) -> None:
    await telegram_setup.connect()
    installed(base_url="https://new.contoh.co.id")
    told, advice = wrong(await telegram_setup.look())["delivery"]
    assert HOOK in told and "https://new.contoh.co.id" in advice


async def test_updates_that_an_older_release_did_not_ask_for_are_named(at_home: Telegram) -> None:
    await telegram_setup.connect()
    at_home.webhook["allowed_updates"] = ["message"]
    told, _ = wrong(await telegram_setup.look())["updates"]
    assert told == "it leaves out callback_query, edited_message, my_chat_member"


@pytest.mark.parametrize(
    "said, told, advice",
    [
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "does not accept the certificate of hr.contoh.co.id", "Let's Encrypt"),
        ("Wrong response from the webhook: 401 Unauthorized", "hr.contoh.co.id refused its secret", "telegram connect"),
        ("Wrong response from the webhook: 404 Not Found", "no Serambi at /hooks/telegram", "proxy"),
        ("Wrong response from the webhook: 502 Bad Gateway", "ill", "serambi doctor"),
        ("Failed to resolve host: Name or service not known", "cannot find hr.contoh.co.id", "DNS"),
        ("Connection timed out", "cannot reach hr.contoh.co.id", "149.154.160.0/20"),
        ("Something of tomorrow", "Something of tomorrow", "log"),
    ],
)  # fmt: skip
async def test_why_deliveries_fail_is_said_in_words_to_act_on(
    said: str, told: str, advice: str, at_home: Telegram
) -> None:
    await telegram_setup.connect()
    at_home.webhook_trouble = {
        "last_error_date": int(clock.now().timestamp()) - 600,
        "last_error_message": said,
        "pending_update_count": 3,
    }
    found = wrong(await telegram_setup.look())["arrival"]
    assert told in found[0] and advice in found[1]


async def test_a_failure_that_is_over_worries_nobody(at_home: Telegram) -> None:
    await telegram_setup.connect()
    at_home.webhook_trouble = {
        "last_error_date": int(clock.now().timestamp()) - 600, "last_error_message": "Connection timed out",
    }  # fmt: skip
    assert wrong(await telegram_setup.look()) == {}


async def test_many_updates_that_wait_are_seen(at_home: Telegram) -> None:
    await telegram_setup.connect()
    at_home.webhook_trouble = {"pending_update_count": 21}
    assert list(wrong(await telegram_setup.look())) == ["waiting"]


async def test_a_token_that_telegram_does_not_know_is_said_without_showing_it(at_home: Telegram) -> None:
    installed(telegram_token="123456:mistyped")
    with pytest.raises(Refusal, match="does not know this token") as refused:
        await telegram_setup.connect()
    assert "mistyped" not in str(refused.value)
    assert list(wrong(await telegram_setup.look())) == ["bot"]


async def test_without_a_way_to_telegram_it_is_said_where_to_look(at_home: Telegram) -> None:
    at_home.stop()
    with pytest.raises(Refusal, match="check the way to http://127"):
        await telegram_setup.connect()


async def test_disconnecting_keeps_what_people_write_meanwhile(at_home: Telegram) -> None:
    await telegram_setup.connect()
    await telegram_setup.disconnect()
    assert at_home.webhook == {}
    assert [str(call.body.get("drop_pending_updates")).lower() for call in at_home.calls_of("deleteWebhook")] == [
        "false"
    ]
