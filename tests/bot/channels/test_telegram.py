"""Telegram, heard and spoken."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.channels import Forged, Later, Never, Unknown, contract, telegram_calls
from bot.channels.telegram import CHANNEL
from core import settings
from core.messaging.messages import Choice, Enclosed, Incoming, Message
from tests.bot.channels.any_json import any_json, bent
from tests.outside import telegram, telegram_markup
from tests.outside.telegram import Telegram

PAYLOADS = Path(__file__).parents[2] / "payloads" / "telegram"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.json"))
TOKEN = "a:Zm9vYmFyYmF6cXV4MTIzNA"
BUDI = "5550001"
HELLO = Message(key="dialog.hello", text="Halo, Budi.")
CARD = Message(
    key="approvals.card",
    title="Cuti tahunan",
    text="Budi, Senin 9 - Kamis 12 Maret, 4 hari.",
    choices=(Choice("Setujui", "a:1"), Choice("Tolak", "a:2"), Choice("Lihat kalender tim", "a:3")),
)
NASTY = '<b>gaji</b> & <a href="x">klik</a> &lt; </b> <script>'


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def heard(number: int, kind: str = "message", **more: Any) -> Incoming:
    usual = {"at": datetime(2026, 3, 2, 3, 40, tzinfo=UTC), "place": BUDI, "language": "id"}
    return Incoming(
        channel="telegram", account="123456", sender=BUDI, external_id=f"tg:{number}", kind=kind, **{**usual, **more}
    )


EXPECTED: dict[str, Incoming | None] = {
    "message": heard(812345001, words="cuti 9 sampai 13 maret pulang kampung"),
    "start_with_code": heard(812345002, words="/start AB7K-M2QX"),
    "reply_with_emoji": heard(812345003, words="ya 👍🏽"),
    "press": heard(812345004, "press", token=TOKEN, ref="101", callback="23858822", at=None),
    "press_on_an_old_message": heard(812345005, "press", token=TOKEN, ref="12", callback="23858823", at=None),
    "press_of_a_game": None,
    "edited": heard(812345007, "edited", words="cuti 9 sampai 12 maret"),
    "blocked": heard(812345008, "blocked", at=datetime(2026, 3, 2, 3, 41, 40, tzinfo=UTC)),
    "unblocked": heard(812345009, "unblocked", at=datetime(2026, 3, 2, 3, 41, 50, tzinfo=UTC)),
    "group_that_moved": heard(812345021, "migrated", place="-4001", ref="-1001700000123", private=False, language=None),
    "removed_from_a_group": None,
    "in_a_group": heard(812345011, words="/cuti", place="-1001700000123", private=False),
    "by_a_bot_in_a_group": None,
    "channel_post": None,
    "contact": heard(812345014, "contact", words="6281200000001"),
    "contact_of_somebody_else": heard(812345022, "contact"),
    "contact_without_an_account": heard(812345023, "contact"),
    "location": heard(812345024, "location"),
    "photo": heard(812345015, "file", words="surat dokter", file=Enclosed("AgACAgUAAxkBAAI", "", 1420)),
    "sticker": heard(812345016, "sticker"),
    "voice": heard(812345017, "voice"),
    "pinned": None,
    "inline_query": None,
    "of_tomorrow": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_an_update_is_read_as_what_the_person_did(name: str, secrets: None) -> None:
    update, expected = payload(name), EXPECTED[name]
    said = update.get("message") or update.get("edited_message")
    if said is not None and expected is not None and expected.ref is None:
        expected = replace(expected, ref=str(said["message_id"]))
    assert CHANNEL.parse(payload(name)) == ([] if expected is None else [expected])


@effort(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(any_json)
def test_no_json_makes_the_parser_stumble(secrets: None, anything: object) -> None:
    assert CHANNEL.parse(anything) == [] or isinstance(anything, dict)


@effort(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(NAMES).flatmap(lambda name: bent(payload(name))))
def test_no_bent_update_makes_the_parser_stumble(secrets: None, update: object) -> None:
    for incoming in CHANNEL.parse(update):
        assert len(incoming.sender) <= 128 and len(incoming.external_id) <= 200
        json.dumps([incoming.words, incoming.token]).encode()
        assert "\x00" not in (incoming.words or "")


@pytest.mark.parametrize("code, language", [("id", "id"), ("in", "id"), ("en-GB", "en"), ("", None), (7, None)])
def test_the_app_tells_the_language(code: object, language: str | None, secrets: None) -> None:
    update = payload("message")
    update["message"]["from"]["language_code"] = code
    assert CHANNEL.parse(update)[0].language == language


def test_halves_of_characters_do_not_travel_on(secrets: None) -> None:
    update = payload("message")
    update["message"]["text"] = "cuti\x00 \ud83d besok"
    assert CHANNEL.parse(update)[0].words == "cuti ? besok"


def test_a_request_with_the_secret_is_telegrams(secrets: None) -> None:
    hook = telegram.update("halo", BUDI)
    CHANNEL.verify(hook.headers, hook.body)


@pytest.mark.parametrize("given", [None, "", "Stand-in_secret-2", "stand-in_secret-1", "Stand-in_secret-1 ", "é"])
def test_a_request_without_the_secret_is_forged(given: str | None, secrets: None) -> None:
    hook = telegram.update("halo", BUDI)
    headers = {name: value for name, value in hook.headers.items() if name != "x-telegram-bot-api-secret-token"}
    if given is not None:
        headers["x-telegram-bot-api-secret-token"] = given
    with pytest.raises(Forged):
        CHANNEL.verify(headers, hook.body)


def test_without_a_secret_of_ours_everything_is_forged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_current", settings.Settings())
    with pytest.raises(Forged):
        CHANNEL.verify({"x-telegram-bot-api-secret-token": ""}, b"{}")


def test_short_choices_share_a_row() -> None:
    keyboard: Any = CHANNEL.render(CARD)["reply_markup"]
    assert [[button["text"] for button in row] for row in keyboard["inline_keyboard"]] == [
        ["Setujui", "Tolak"],
        ["Lihat kalender tim"],
    ]


async def test_a_button_below_the_input_shows_the_own_number_and_goes_again(telegram_api: Telegram) -> None:
    await CHANNEL.send(Message(key="x", text="Ketik kode.", contact="Pakai nomor HP-ku"), to=BUDI, edits=None)
    assert telegram_api.keyboards == {BUDI: ["Pakai nomor HP-ku"]}
    await CHANNEL.send(Message(key="x", text="Tersambung.", contact=""), to=BUDI, edits=None)
    assert telegram_api.keyboards == {}
    assert telegram_api.refusals == []


def test_a_token_too_long_for_telegram_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        CHANNEL.render(Message(key="x", text="x", choices=(Choice("Ya", "a" * 65),)))


async def test_the_number_of_a_card_stands_beside_its_title(telegram_api: Telegram) -> None:
    card = Message(
        key="approvals.card", title="Cuti tahunan: Budi Santoso", text="(C-121)\nRabu 12 Agustus, 1 hari kerja"
    )
    await CHANNEL.send(card, to=BUDI, edits=None)
    assert telegram_api.words(BUDI) == ["Cuti tahunan: Budi Santoso (C-121)\nRabu 12 Agustus, 1 hari kerja"]


async def test_what_somebody_typed_is_shown_as_typed(telegram_api: Telegram) -> None:
    await CHANNEL.send(Message(key="x", title=NASTY, text=f"{NASTY}\n*_`[]()~"), to=BUDI, edits=None)
    assert telegram_api.words(BUDI) == [f"{NASTY}\n{NASTY}\n*_`[]()~"]


@effort(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(st.sampled_from("&<>a😀\n \ud83d"), max_size=5000))
def test_any_text_is_taken(title: str, text: str) -> None:
    body = CHANNEL.render(Message(key="x", title=f".{title}", text=f".{text}"))
    shown = telegram_markup.plain(str(body["text"]))
    assert len(shown.encode("utf-16-le")) // 2 <= 4096
    assert shown.startswith(".")


async def test_a_very_long_text_ends_in_an_ellipsis(telegram_api: Telegram) -> None:
    await CHANNEL.send(Message(key="x", text="kata & lagi\n" * 900), to=BUDI, edits=None)
    (words,) = telegram_api.words(BUDI)
    assert words.endswith("kata & lagi…") and 4000 < len(words) <= 4096
    assert telegram_api.refusals == []


async def test_a_card_goes_out_with_its_buttons(telegram_api: Telegram) -> None:
    sent = await CHANNEL.send(CARD, to=BUDI, edits=None)
    shown = telegram_api.last(BUDI)
    assert sent.ref == shown.ref
    assert shown.words == "Cuti tahunan\nBudi, Senin 9 - Kamis 12 Maret, 4 hari."
    assert shown.buttons == {"Setujui": "a:1", "Tolak": "a:2", "Lihat kalender tim": "a:3"}


async def test_an_edit_replaces_the_message_and_its_buttons(telegram_api: Telegram) -> None:
    first = await CHANNEL.send(CARD, to=BUDI, edits=None)
    again = await CHANNEL.send(HELLO, to=BUDI, edits=first.ref)
    assert again == first
    assert [(shown.words, shown.buttons, shown.edits) for shown in telegram_api.sent] == [("Halo, Budi.", {}, 1)]


async def test_an_edit_that_changes_nothing_is_a_success(telegram_api: Telegram) -> None:
    first = await CHANNEL.send(CARD, to=BUDI, edits=None)
    assert await CHANNEL.send(CARD, to=BUDI, edits=first.ref) == first
    assert len(telegram_api.sent) == 1


async def test_an_edit_of_a_message_that_is_gone_is_a_new_message(telegram_api: Telegram) -> None:
    first = await CHANNEL.send(CARD, to=BUDI, edits=None)
    telegram_api.delete(BUDI, str(first.ref))
    second = await CHANNEL.send(HELLO, to=BUDI, edits=first.ref)
    assert second != first
    assert telegram_api.words(BUDI) == ["Halo, Budi."]


async def test_a_connection_lost_after_sending_leaves_us_not_knowing(telegram_api: Telegram) -> None:
    telegram_api.accept_then_drop()
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert telegram_api.words(BUDI) == ["Halo, Budi."]
    assert [call.status for call in telegram_api.calls] == [0]


async def test_an_edit_whose_connection_is_lost_says_nothing_twice(telegram_api: Telegram) -> None:
    first = await CHANNEL.send(CARD, to=BUDI, edits=None)
    telegram_api.accept_then_drop()
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=BUDI, edits=first.ref)
    assert len(telegram_api.sent) == 1


async def test_an_answer_that_does_not_come_leaves_us_not_knowing(
    telegram_api: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_calls, "PATIENCE", 0.1)
    telegram_api.delay(0.5)
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    await telegram_api.until(lambda: telegram_api.words(BUDI) == [HELLO.text])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the library, about its own next version
async def test_too_many_calls_means_later_exactly_then(telegram_api: Telegram) -> None:
    telegram_api.too_many(7)
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert later.value.seconds == 7
    assert telegram_api.sent == []


@pytest.mark.parametrize("status, meaning", [(500, Later), (502, Later), (503, Later), (504, Unknown)])
async def test_a_sick_server_means_later_but_a_gateway_that_gave_up_tells_nothing(
    telegram_api: Telegram, status: int, meaning: type[Exception]
) -> None:
    telegram_api.fail(status)
    with pytest.raises(meaning):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)


async def test_a_server_that_is_away_means_later(telegram_api: Telegram) -> None:
    telegram_api.stop()
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert later.value.seconds is None
    telegram_api.start()
    await CHANNEL.send(HELLO, to=BUDI, edits=None)


async def test_a_person_who_blocked_the_bot_is_gone(telegram_api: Telegram) -> None:
    telegram_api.blocked.add(BUDI)
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert never.value.gone
    assert "blocked" in never.value.reason


async def test_a_person_who_never_started_the_bot_is_gone(telegram_api: Telegram) -> None:
    telegram_api.strangers.add(BUDI)
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert never.value.gone


async def test_a_group_that_moved_is_followed(telegram_api: Telegram) -> None:
    telegram_api.migrated["-100"] = -100200
    await CHANNEL.send(HELLO, to="-100", edits=None)
    assert telegram_api.words("-100200") == [HELLO.text]


async def test_a_group_that_moved_on_and_on_is_not_followed_for_ever(telegram_api: Telegram) -> None:
    telegram_api.migrated |= {"-100": -100200, "-100200": -100}
    with pytest.raises(Never, match="chat migrated"):
        await CHANNEL.send(HELLO, to="-100", edits=None)


async def test_an_account_that_was_deleted_is_gone(telegram_api: Telegram) -> None:
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to="0", edits=None)
    assert (never.value.reason, never.value.gone) == ("Chat not found", True)


async def test_a_refused_message_is_never_tried_again(telegram_api: Telegram) -> None:
    with pytest.raises(Never) as never:
        await CHANNEL.send(Message(key="x", text=" "), to=BUDI, edits=None)
    assert not never.value.gone


async def test_a_refused_token_loses_no_message(telegram_api: Telegram) -> None:
    telegram_api.token = "123456:another"
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert later.value.seconds == 300


async def test_a_press_stops_spinning(telegram_api: Telegram) -> None:
    await CHANNEL.send(CARD, to=BUDI, edits=None)
    hook = telegram_api.press("Setujui", BUDI)
    CHANNEL.verify(hook.headers, hook.body)
    (incoming,) = CHANNEL.parse(json.loads(hook.body))
    assert (incoming.token, incoming.ref) == ("a:1", telegram_api.last(BUDI).ref)
    await CHANNEL.acknowledge(incoming)
    assert telegram_api.answered == [incoming.callback]


async def test_a_press_answered_too_late_harms_nothing(telegram_api: Telegram) -> None:
    telegram_api.queries_expired = True
    await CHANNEL.acknowledge(heard(1, "press", token=TOKEN, callback="4000000000"))
    telegram_api.stop()
    await CHANNEL.acknowledge(heard(1, "press", token=TOKEN, callback="4000000000"))
    assert telegram_api.answered == []


async def test_there_are_no_windows(secrets: None) -> None:
    with pytest.raises(Never):
        await CHANNEL.open_dialog(HELLO, "trigger")


async def test_the_token_is_never_logged(telegram_api: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    telegram_api.fail(502)
    with pytest.raises(Later):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert telegram_api.token not in caplog.text


async def test_a_transaction_never_waits_for_the_network(
    telegram_api: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "in_transaction", lambda: True)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert telegram_api.calls == []


async def test_each_event_loop_has_its_own_connections(telegram_api: Telegram) -> None:
    async def elsewhere() -> None:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
        await CHANNEL.close()

    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    await asyncio.gather(*(asyncio.to_thread(asyncio.run, elsewhere()) for _ in range(3)))
    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert len(telegram_api.sent) == 5


async def test_a_closed_channel_opens_again(telegram_api: Telegram) -> None:
    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    await CHANNEL.close()
    await CHANNEL.close()
    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert len(telegram_api.sent) == 2


@pytest.mark.parametrize(
    "text, buttons, error",
    [
        ("", [], "message text is empty"),
        ("<i></i> ", [], "message text is empty"),
        ("a" * 4097, [], "message is too long"),
        ("<p>a</p>", [], "Unsupported start tag"),
        ("1 < 2", [], "Unsupported start tag"),
        ("<b>a", [], "Can't find end tag"),
        ("a</b>", [], "Unexpected end tag"),
        ("a", [[{"text": "x", "callback_data": "é" * 33}]], "BUTTON_DATA_INVALID"),
        ("a", [[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ("a", [[{"text": "x"}]], "Text buttons are unallowed"),
        ("a", [[{"text": " ", "callback_data": "1"}]], "BUTTON_TEXT_INVALID"),
        ("a", [{"text": "x", "callback_data": "1"}], "row must be an array"),
    ],
)
def test_the_stand_in_refuses_what_telegram_refuses(text: str, buttons: list[Any], error: str) -> None:
    stand_in = Telegram()
    body = {"chat_id": 99, "text": text, "parse_mode": "HTML", "reply_markup": {"inline_keyboard": buttons}}
    answer = stand_in.answer(f"/bot{stand_in.token}/sendMessage", {}, body)
    assert answer.status == 400
    assert error in json.loads(answer.body)["description"]
    assert stand_in.sent == []
