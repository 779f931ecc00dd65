"""Slack, heard and spoken."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from msgspec.structs import replace
from slack_sdk.signature import SignatureVerifier

from bot.channels import Forged, Later, Never, Unknown, contract, slack_calls
from bot.channels.slack import CHANNEL
from bot.channels.slack_reading import challenge, parse_body
from core import clock, settings
from core.messaging.messages import Choice, Enclosed, Incoming, Message
from tests.bot.channels.any_json import any_json, bent
from tests.outside import block_kit, slack
from tests.outside.slack import Slack

PAYLOADS = Path(__file__).parents[2] / "payloads" / "slack"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.json"))
TOKEN = "a:Zm9vYmFyYmF6cXV4MTIzNA"
SARI = "U1SARI"
HELLO = Message(key="dialog.hello", text="Halo, Sari.")
CARD = Message(
    key="approvals.card",
    title="Cuti tahunan",
    text="Budi, Senin 9 - Kamis 12 Maret, 4 hari.",
    choices=(Choice("Setujui", "a:1"), Choice("Tolak", "a:2"), Choice("Lihat kalender tim", "a:3")),
)
WHY = Message(key="approvals.why", title="Tolak", text="Kenapa ditolak?", dialog="d:1", language="id")
NASTY = "<!channel> <@U2BUDI> <http://x|gaji> & &lt; @here #umum serambi.id"
FORM = "application/x-www-form-urlencoded"


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def heard(external_id: str, kind: str = "message", **more: Any) -> Incoming:
    usual = {
        "account": "T0MAJU",
        "sender": SARI,
        "place": "D1SARI",
        "at": datetime(2026, 3, 2, 3, 40, 0, 200, tzinfo=UTC),
    }
    return Incoming(channel="slack", external_id=external_id, kind=kind, **{**usual, **more})


PRESSED: dict[str, Any] = {
    "kind": "press",
    "token": TOKEN,
    "at": datetime(2026, 3, 2, 3, 40, 10, 334455, tzinfo=UTC),
    "trigger": "1772422810.123456789012.7fd72f290ae1dd3f4e1f3c9b1c1e1a1b",
}
EXPECTED: dict[str, Incoming] = {
    "message": heard("event:Ev08MAJU0001", words="cuti besok"),
    "message_with_markup": heard(
        "event:Ev08MAJU0002", words="gaji < 5 jt & serambi.example/a, tanya @U2BUDI > hr@maju.example #umum here"
    ),
    "message_shared_from_another_team": heard(
        "event:Ev08MAJU0003", words="cuti besok", account="T9LAIN", sender="U9LAIN"
    ),
    "file": heard(
        "event:Ev08MAJU0009", "file", words="surat dokter", file=Enclosed("F1", "surat.pdf", 20480, account="T0MAJU")
    ),
    "mention_in_a_channel": heard(
        "event:Ev08MAJU0011",
        words="sisa cuti saya?",
        place="C1UMUM",
        private=False,
        at=datetime(2026, 3, 2, 3, 40, 0, 400, tzinfo=UTC),
    ),
    "press": heard(
        "press:D1SARI:1772422700.000100:1772422810.334455:U1SARI", ref="D1SARI:1772422700.000100", **PRESSED
    ),
    "press_on_a_grid": heard(
        "press:D1SARI:1772422700.000100:1772422810.334455:W1SARI",
        ref="D1SARI:1772422700.000100",
        **{**PRESSED, "sender": "W1SARI"},
    ),
    "press_in_a_channel": heard(
        "press:C1UMUM:1772422700.000100:1772422810.334455:U1SARI",
        ref="C1UMUM:1772422700.000100",
        **{**PRESSED, "place": "C1UMUM", "private": False},
    ),
    "submission": heard(
        "view:V08MAJU0001:1772422820.aBcDeF12",
        "submission",
        words="Minggu itu stok opname.\nMinggu depan boleh.",
        place=SARI,
        at=datetime(2026, 3, 2, 3, 40, 20, tzinfo=UTC),
        trigger=PRESSED["trigger"],
        view="d:Zm9vYmFyYmF6cXV4MTIzNA",
    ),
}
IGNORED = {
    "own_message", "own_message_without_bot_id", "bot_message", "message_changed", "message_deleted",
    "message_in_a_channel", "reaction", "url_verification", "app_rate_limited", "press_in_a_window", "window_closed",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_request_is_read_as_what_the_person_did(name: str) -> None:
    assert (name in EXPECTED) is not (name in IGNORED)
    assert CHANNEL.parse(payload(name)) == ([EXPECTED[name]] if name in EXPECTED else [])


@effort(max_examples=300, deadline=None)
@given(any_json)
def test_no_json_makes_the_parser_stumble(anything: object) -> None:
    assert CHANNEL.parse(anything) == [] or isinstance(anything, dict)
    assert challenge(anything) is None


@effort(max_examples=800, deadline=None)
@given(st.sampled_from(NAMES).flatmap(lambda name: bent(payload(name))))
def test_no_bent_request_makes_the_parser_stumble(bent_payload: object) -> None:
    challenge(bent_payload)
    for incoming in CHANNEL.parse(bent_payload):
        assert len(incoming.sender) <= 128 and len(incoming.external_id) <= 200
        json.dumps([incoming.words, incoming.token]).encode()
        assert "\x00" not in (incoming.words or "")


@effort(max_examples=300, deadline=None)
@given(st.binary(max_size=80) | st.just(b"[" * 100_000), st.sampled_from([FORM, "application/json", "", "text/plain"]))
def test_no_bytes_make_the_reader_stumble(raw: bytes, content_type: str) -> None:
    CHANNEL.parse(parse_body(raw, content_type))
    CHANNEL.parse(parse_body(b"payload=" + raw, FORM))


def test_an_event_is_json_and_an_interaction_is_a_form() -> None:
    event, press = slack.event("cuti & libur", SARI), slack.press(TOKEN, SARI, channel="D1SARI", ts="1.2")
    (said,) = CHANNEL.parse(parse_body(event.body, event.headers["content-type"]))
    (pressed,) = CHANNEL.parse(parse_body(press.body, press.headers["content-type"] + "; charset=utf-8"))
    assert (event.path, said.words) == ("/hooks/slack/events", "cuti & libur")
    assert (press.path, pressed.token, pressed.ref) == ("/hooks/slack/interactions", TOKEN, "D1SARI:1.2")


def test_a_form_with_a_thousand_fields_is_nothing() -> None:
    assert parse_body(urlencode({f"f{n}": "x" for n in range(1000)}).encode(), FORM) is None


def test_slack_may_test_the_address_of_events() -> None:
    assert challenge(payload("url_verification")) == payload("url_verification")["challenge"]
    assert challenge(payload("message")) is None


def test_a_repeat_carries_the_same_id() -> None:
    first, again = (slack.event("halo", SARI, event_id="Ev1", retry=retry) for retry in (None, 1))
    assert again.headers["x-slack-retry-num"] == "1"
    ids = [CHANNEL.parse(parse_body(hook.body, "application/json"))[0].external_id for hook in (first, again)]
    assert ids == ["event:Ev1", "event:Ev1"]


def test_a_signed_request_is_slacks(secrets: None) -> None:
    for hook in (slack.event("halo 👋", SARI), slack.press(TOKEN, SARI, channel="D1SARI", ts="1.2")):
        CHANNEL.verify(hook.headers, hook.body)
        assert SignatureVerifier(slack.SIGNING_SECRET).is_valid_request(hook.body, hook.headers)


@pytest.mark.parametrize(
    "header, value",
    [
        ("x-slack-signature", None),
        ("x-slack-signature", ""),
        ("x-slack-signature", "v0=" + "0" * 64),
        ("x-slack-signature", "v0=é"),
        ("x-slack-request-timestamp", None),
        ("x-slack-request-timestamp", ""),
        ("x-slack-request-timestamp", "now"),
        ("x-slack-request-timestamp", "-1"),
        ("x-slack-request-timestamp", "²"),
        ("x-slack-request-timestamp", "9" * 5000),
    ],
)
def test_a_request_signed_otherwise_is_forged(header: str, value: str | None, secrets: None) -> None:
    hook = slack.event("halo", SARI)
    headers = {name: kept for name, kept in hook.headers.items() if name != header}
    with pytest.raises(Forged):
        CHANNEL.verify(headers if value is None else {**headers, header: value}, hook.body)


def test_a_changed_body_is_forged(secrets: None) -> None:
    hook = slack.event("halo", SARI)
    with pytest.raises(Forged):
        CHANNEL.verify(hook.headers, hook.body.replace(b"halo", b"Halo"))


def test_another_secrets_signature_is_forged(secrets: None) -> None:
    hook = slack.event("halo", SARI, secret="another")
    with pytest.raises(Forged):
        CHANNEL.verify(hook.headers, hook.body)


def test_bytes_that_are_not_text_are_verified_as_they_are(secrets: None) -> None:
    hook = slack.signed(slack.EVENTS, b"\xff\xfe{", "application/json")
    CHANNEL.verify(hook.headers, hook.body)
    assert parse_body(hook.body, "application/json") is None


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_request_recorded_earlier_is_forged(minutes: int, secrets: None) -> None:
    hook = slack.event("halo", SARI)
    with clock.freeze(clock.now() + timedelta(minutes=minutes)), pytest.raises(Forged):
        CHANNEL.verify(hook.headers, hook.body)


def test_a_new_time_on_an_old_signature_is_forged(secrets: None) -> None:
    hook = slack.event("halo", SARI)
    now = clock.now() + timedelta(minutes=10)
    with clock.freeze(now), pytest.raises(Forged):
        CHANNEL.verify({**hook.headers, "x-slack-request-timestamp": str(int(now.timestamp()))}, hook.body)


def test_without_a_secret_of_ours_everything_is_forged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_current", settings.Settings())
    hook = slack.event("halo", SARI, secret="")
    with pytest.raises(Forged):
        CHANNEL.verify(hook.headers, hook.body)


async def test_a_card_goes_out_with_its_buttons(slack_api: Slack) -> None:
    sent = await CHANNEL.send(CARD, to=SARI, edits=None)
    shown = slack_api.last(SARI)
    assert sent.ref == shown.ref and shown.ref.startswith("D1SARI:")
    assert shown.words == "Cuti tahunan\nBudi, Senin 9 - Kamis 12 Maret, 4 hari."
    assert shown.buttons == {"Setujui": "a:1", "Tolak": "a:2", "Lihat kalender tim": "a:3"}
    assert shown.body["blocks"][0]["text"]["text"] == "*Cuti tahunan*"
    assert (slack_api.refusals, slack_api.warnings) == ([], [])


async def test_the_number_of_a_card_stands_beside_its_title(slack_api: Slack) -> None:
    card = Message(
        key="approvals.card", title="Cuti tahunan: Budi Santoso", text="(C-121)\nRabu 12 Agustus, 1 hari kerja"
    )
    await CHANNEL.send(card, to=SARI, edits=None)
    assert slack_api.words(SARI) == ["*Cuti tahunan: Budi Santoso* (C-121)\nRabu 12 Agustus, 1 hari kerja"]


async def test_what_somebody_typed_calls_nobody(slack_api: Slack) -> None:
    await CHANNEL.send(Message(key="x", title=f"*{NASTY}*", text=NASTY), to=SARI, edits=None)
    assert slack_api.words(SARI) == [f"∗{NASTY}∗\n{NASTY}"]
    assert slack_api.pings == []
    blocks = slack_api.last(SARI).body["blocks"]
    assert all(block["text"]["verbatim"] for block in blocks)


@effort(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(st.sampled_from("&<>a😀\n \ud83d"), max_size=9000))
def test_any_text_is_taken(title: str, text: str) -> None:
    body = CHANNEL.render(Message(key="x", title=f".{title}", text=f".{text}", choices=(Choice("Ya", "a:1"),) * 30))
    json.dumps(body, ensure_ascii=False).encode()
    assert list(block_kit.of_message(body["blocks"])) == []
    assert 0 < len(str(body["text"])) <= 4000


async def test_a_very_long_text_is_whole(slack_api: Slack) -> None:
    await CHANNEL.send(Message(key="x", text="kata & lagi\n" * 900), to=SARI, edits=None)
    assert slack_api.words(SARI)[0].count("kata & lagi") == 900
    assert slack_api.refusals == []


def test_a_text_without_end_ends_in_an_ellipsis() -> None:
    body = CHANNEL.render(Message(key="x", text="kata & lagi\n" * 90_000))
    blocks: Any = body["blocks"]
    assert list(block_kit.of_message(blocks)) == []
    assert blocks[-1]["text"]["text"].endswith("…")


def test_a_token_too_long_for_slack_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="2000 characters"):
        CHANNEL.render(Message(key="x", text="x", choices=(Choice("Ya", "a" * 2001),)))


async def test_an_edit_replaces_the_message_and_its_buttons(slack_api: Slack) -> None:
    first = await CHANNEL.send(CARD, to=SARI, edits=None)
    again = await CHANNEL.send(HELLO, to=SARI, edits=first.ref)
    assert again == first
    assert [(shown.words, shown.buttons, shown.edits) for shown in slack_api.sent] == [("Halo, Sari.", {}, 1)]


async def test_an_edit_of_a_message_that_is_gone_is_a_new_message(slack_api: Slack) -> None:
    sent = await CHANNEL.send(HELLO, to=SARI, edits="D1SARI:1.000001")
    assert sent.ref != "D1SARI:1.000001"
    assert slack_api.words(SARI) == ["Halo, Sari."]


async def test_a_message_for_one_pair_of_eyes(slack_api: Slack) -> None:
    assert (await CHANNEL.send(replace(HELLO, only_to=SARI), to="C1UMUM", edits=None)).ref is None
    assert [(shown.place, shown.only_to) for shown in slack_api.sent] == [("C1UMUM", SARI)]


async def test_a_connection_lost_after_sending_leaves_us_not_knowing(slack_api: Slack) -> None:
    slack_api.accept_then_drop()
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert slack_api.words(SARI) == ["Halo, Sari."]
    assert [call.status for call in slack_api.calls] == [0]


async def test_an_answer_that_does_not_come_leaves_us_not_knowing(
    slack_api: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_calls, "PATIENCE", 0.1)
    slack_api.delay(0.5)
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    await slack_api.until(lambda: slack_api.words(SARI) == [HELLO.text])


async def test_too_many_calls_means_later_exactly_then(slack_api: Slack) -> None:
    slack_api.too_many(11)
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert later.value.seconds == 11
    assert slack_api.sent == []


@pytest.mark.parametrize("status, meaning", [(500, Later), (502, Later), (503, Later), (504, Unknown)])
async def test_a_sick_server_means_later_but_a_gateway_that_gave_up_tells_nothing(
    slack_api: Slack, status: int, meaning: type[Exception]
) -> None:
    slack_api.fail(status)
    with pytest.raises(meaning):
        await CHANNEL.send(HELLO, to=SARI, edits=None)


async def test_a_server_that_is_away_means_later(slack_api: Slack) -> None:
    slack_api.stop()
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert later.value.seconds is None
    slack_api.start()
    await CHANNEL.send(HELLO, to=SARI, edits=None)


@pytest.mark.parametrize(
    "error, meaning",
    [
        ("fatal_error", Unknown),  # Slack: some of it may have happened
        ("internal_error", Unknown),
        ("service_unavailable", Later),
        ("ratelimited", Later),
        ("token_revoked", Later),  # ours to repair: no message may be lost for it
        ("missing_scope", Later),
        ("account_inactive", Later),  # of the app, not of the person
        ("invalid_blocks", Never),
        ("restricted_action", Never),
        ("channel_not_found", Never),
    ],
)
async def test_each_error_says_what_became_of_the_message(
    slack_api: Slack, error: str, meaning: type[Exception]
) -> None:
    slack_api.error = error
    with pytest.raises(meaning):
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert len(slack_api.calls) == 1


async def test_a_person_who_left_is_gone(slack_api: Slack) -> None:
    slack_api.deactivated.add(SARI)
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert never.value.gone


async def test_a_refused_message_does_not_make_the_person_gone(slack_api: Slack) -> None:
    slack_api.error = "restricted_action"
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert (never.value.reason, never.value.gone) == ("restricted_action", False)


async def test_a_refused_token_loses_no_message(slack_api: Slack) -> None:
    slack_api.token_error = "token_revoked"
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert (later.value.seconds, later.value.reason) == (300, "token_revoked")


async def test_a_window_asks_and_its_answer_comes_back(slack_api: Slack) -> None:
    sent = await CHANNEL.open_dialog(WHY, slack.trigger())
    (view,) = slack_api.views
    assert sent.ref == view["id"]
    assert [view[part]["text"] for part in ("title", "submit", "close")] == ["Tolak", "Kirim", "Batal"]
    hook = slack_api.submission("stok opname & <libur>", SARI)
    CHANNEL.verify(hook.headers, hook.body)
    (incoming,) = CHANNEL.parse(parse_body(hook.body, hook.headers["content-type"]))
    assert (incoming.kind, incoming.view, incoming.words) == ("submission", "d:1", "stok opname & <libur>")


async def test_a_window_speaks_english_and_fits(slack_api: Slack) -> None:
    long = Message(key="x", title="A title of more than 24 letters", text="?" * 3000, dialog="d:2", language="en")
    await CHANNEL.open_dialog(long, slack.trigger())
    (view,) = slack_api.views
    assert [view[part]["text"] for part in ("submit", "close")] == ["Send", "Cancel"]
    assert len(view["title"]["text"]) <= 24


async def test_a_trigger_opens_one_window_within_three_seconds(slack_api: Slack) -> None:
    used, stale = slack.trigger(), slack.trigger()
    await CHANNEL.open_dialog(WHY, used)
    slack_api.trigger_lives = 0.01
    await asyncio.sleep(0.02)
    for trigger in (used, stale, "made.up"):
        with pytest.raises(Never, match="trigger"):
            await CHANNEL.open_dialog(WHY, trigger)
    assert len(slack_api.views) == 1


async def test_a_press_needs_no_acknowledging(slack_api: Slack) -> None:
    await CHANNEL.send(CARD, to=SARI, edits=None)
    hook = slack_api.press("Tolak", SARI)
    (incoming,) = CHANNEL.parse(parse_body(hook.body, hook.headers["content-type"]))
    await CHANNEL.acknowledge(incoming)
    assert (incoming.token, incoming.ref) == ("a:2", slack_api.last(SARI).ref)
    assert len(slack_api.calls) == 1


async def test_a_transaction_never_waits_for_the_network(slack_api: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "in_transaction", lambda: True)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert slack_api.calls == []


async def test_each_event_loop_has_its_own_connections(slack_api: Slack) -> None:
    async def elsewhere() -> None:
        await CHANNEL.send(HELLO, to=SARI, edits=None)
        await CHANNEL.close()

    await CHANNEL.send(HELLO, to=SARI, edits=None)
    await asyncio.gather(*(asyncio.to_thread(asyncio.run, elsewhere()) for _ in range(3)))
    await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert len(slack_api.sent) == 5


async def test_a_closed_channel_opens_again(slack_api: Slack) -> None:
    await CHANNEL.send(HELLO, to=SARI, edits=None)
    await CHANNEL.close()
    await CHANNEL.close()
    await CHANNEL.send(HELLO, to=SARI, edits=None)
    assert len(slack_api.sent) == 2


def section(text: Any) -> list[Any]:
    return [{"type": "section", "text": text}]


def buttons(*elements: dict[str, Any]) -> list[Any]:
    return [{"type": "actions", "elements": list(elements)}]


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "x"}, **more}


@pytest.mark.parametrize(
    "blocks",
    [
        section({"type": "mrkdwn", "text": "a" * 3001}),
        section({"type": "mrkdwn", "text": ""}),
        section({"type": "mrkdwn", "text": "a", "emoji": True}),
        section({"type": "html", "text": "a"}),
        section("a"),
        [{"type": "section"}],
        [{"type": "header", "text": {"type": "plain_text", "text": "a" * 151}}],
        [{"type": "divider"}] * 51,
        [{"type": "divider", "block_id": "a"}] * 2,
        [{"type": "input"}],
        buttons(),
        buttons(button(), button()),
        buttons(*(button(action_id=f"a{n}") for n in range(26))),
        buttons(button(text={"type": "plain_text", "text": "a" * 76})),
        buttons(button(text={"type": "mrkdwn", "text": "a"})),
        buttons(button(value="a" * 2001)),
        buttons(button(style="green")),
        buttons(button(token="a")),
    ],
)
def test_the_stand_in_refuses_what_slack_refuses(blocks: list[Any]) -> None:
    stand_in = Slack()
    body = {"channel": SARI, "text": "a", "blocks": blocks}
    answer = stand_in.answer("/api/chat.postMessage", {"authorization": f"Bearer {stand_in.token}"}, body)
    said = json.loads(answer.body)
    assert (said["ok"], said["error"]) == (False, "invalid_blocks")
    assert said["response_metadata"]["messages"]
    assert stand_in.sent == []
