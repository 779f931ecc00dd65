"""WhatsApp, heard and spoken."""

import hashlib
import hmac
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.channels import Forged, Kept, Later, Never, Shut, Slower, Unknown, contract, whatsapp_calls, whatsapp_reading
from bot.channels.whatsapp import CHANNEL, challenge
from bot.channels.whatsapp_calls import meaning
from core import settings
from core.files import MOST
from core.messaging.messages import Choice, Enclosed, Incoming, Message, Report
from core.messaging.templates import Seen
from tests.bot.channels.any_json import any_json, bent
from tests.outside import whatsapp
from tests.outside.serving import Answer
from tests.outside.whatsapp import SECRET, VERIFY, WhatsApp

PAYLOADS = Path(__file__).parents[2] / "payloads" / "whatsapp"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.json"))
TOKEN = "a:Zm9vYmFyYmF6cXV4MTIzNA"
ID, BUDI = "ID.13491208655302741918", "6281234567890"
HELLO = Message(key="dialog.hello", text="Halo, Budi.")
CARD = Message(
    key="approvals.card",
    title="Cuti tahunan",
    text="Budi, Senin 9 - Kamis 12 Maret, 4 hari.",
    choices=(Choice("Setujui", "a:1"), Choice("Tolak", "a:2"), Choice("Lihat kalender tim", "a:3")),
)


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def heard(number: str, kind: str = "message", **more: Any) -> Incoming:
    usual = {
        "account": whatsapp.PHONE, "sender": ID, "place": BUDI, "ref": f"wamid.{number}",
        "at": datetime(2026, 3, 2, 3, 40, tzinfo=UTC),
    }  # fmt: skip
    return Incoming(channel="whatsapp", external_id=f"wa:wamid.{number}", kind=kind, **{**usual, **more})


def told(state: str, **more: Any) -> Report:
    at = datetime(2026, 3, 2, 3, 40, 10, tzinfo=UTC)
    usual = {"ref": "wamid.OURS", "people": (BUDI, ID), "at": at}
    return Report(channel="whatsapp", account=whatsapp.PHONE, state=state, **{**usual, **more})


EXPECTED: dict[str, list[Incoming]] = {
    "text": [heard("TEXT", words="cuti 9 sampai 13 maret pulang kampung")],
    "text_with_emoji": [heard("EMOJI", words="ya 👍🏽")],
    "text_of_an_older_version": [heard("OLD", words="cuti besok", sender=BUDI)],
    "text_with_the_id_among_the_contacts": [heard("OLD", words="cuti besok")],
    "text_without_a_number": [heard("HIDDEN", words="sisa cuti", place=ID)],
    "text_of_nobody": [],
    "two_messages_in_one_post": [heard("A", words="cuti"), heard("B", words="besok")],
    "several_entries": [heard("A", words="cuti"), heard("B", words="besok")],
    "button_reply": [heard("BUTTON", "press", token=TOKEN)],
    "list_reply": [heard("LIST", "press", token=TOKEN)],
    "template_button": [heard("OPEN", "opened")],
    "flow_reply": [heard("FLOW", "unsupported")],
    "image": [heard("IMAGE", "file", words="surat dokter", file=Enclosed("1003383421387256"))],
    "document": [heard("DOCUMENT", "file", file=Enclosed("1003383421387257", "surat.pdf"))],
    "audio": [heard("AUDIO", "voice")],
    "sticker": [heard("STICKER", "sticker")],
    "reaction": [heard("REACTION", "sticker")],
    "location": [heard("LOCATION", "unsupported")],
    "contacts": [heard("CONTACTS", "unsupported")],
    "unsupported": [heard("UNSUPPORTED", "unsupported")],
    "number_changed": [heard("MOVED", "moved")],
    "identity_changed": [],
    "in_a_group": [heard("GROUP", words="sisa cuti saya?", private=False)],
    "edited": [heard("EDIT", "edited")],
    "revoked": [],
    "of_tomorrow": [heard("TOMORROW", "unsupported")],
}
REPORTED: dict[str, list[Report]] = {
    "sent": [told("sent", category="utility", billable=True)],
    "delivered": [told("delivered", category="utility", billable=True)],
    "read": [told("read")],
    "failed": [told("failed", code=131047)],
    "several_entries": [told("read", people=(BUDI,))],
}


def seen(name: str, language: str, state: str, reason: str, category: str) -> Seen:
    at = datetime(2026, 3, 2, 3, 40, tzinfo=UTC)
    return Seen(whatsapp.ACCOUNT, name, language, state, reason, category, at)


TEMPLATED: dict[str, list[Seen]] = {
    "template_rejected": [seen("notice", "id", "rejected", "INVALID_FORMAT", "utility")],
    "template_paused": [seen("request_waiting", "en", "paused", "NONE", "utility")],
    "template_recategorised": [seen("notice", "en", "", "", "marketing")],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_post_is_read_as_what_people_did_and_what_became_of_ours(name: str) -> None:
    assert CHANNEL.parse(payload(name)) == EXPECTED.get(name, [])
    assert CHANNEL.reports(payload(name)) == REPORTED.get(name, [])
    assert list(whatsapp_reading.templates(payload(name))) == TEMPLATED.get(name, [])


def test_whoever_cannot_be_named_is_told_to_the_operator() -> None:
    with capture_logs() as logged:
        assert CHANNEL.parse(payload("text_of_nobody")) == []
    assert [one["event"] for one in logged] == ["webhook_sender_unknown"]


@effort(max_examples=300, deadline=None)
@given(any_json)
def test_no_json_makes_the_parser_stumble(anything: object) -> None:
    assert CHANNEL.parse(anything) == [] or isinstance(anything, dict)
    assert CHANNEL.reports(anything) == [] or isinstance(anything, dict)
    assert list(whatsapp_reading.templates(anything)) == [] or isinstance(anything, dict)


@effort(max_examples=800, deadline=None)
@given(st.sampled_from(NAMES).flatmap(lambda name: bent(payload(name))))
def test_no_bent_post_makes_the_parser_stumble(post: object) -> None:
    for told in whatsapp_reading.templates(post):
        assert max(map(len, (told.name, told.language, told.state, told.reason, told.category))) <= 64
        assert len(told.business) <= 64
    for incoming in CHANNEL.parse(post):
        assert len(incoming.sender) <= 128 and len(incoming.external_id) <= 200 and len(incoming.account) <= 64
        json.dumps([incoming.words, incoming.token]).encode()
        assert "\x00" not in (incoming.words or "")
    for report in CHANNEL.reports(post):
        assert len(report.ref) <= 128 and len(report.category or "") <= 24


# -- the signature, on the very bytes


def sign(raw: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"x-hub-signature-256": "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()}


RAW = rb'{"entry": [{"text": "\ud83d\udc4d caf\u00e9"}]}'  # Meta writes what is not ASCII escaped


def test_what_is_signed_with_the_apps_secret_is_metas(secrets: None) -> None:
    CHANNEL.verify(sign(RAW), RAW)
    hook = whatsapp.hook(SECRET, messages=[whatsapp.wrote("ya 👍", BUDI)])
    CHANNEL.verify(hook.headers, hook.body)


def test_the_bytes_count_and_not_what_they_mean(secrets: None) -> None:
    again = json.dumps(json.loads(RAW), ensure_ascii=False).encode()
    with pytest.raises(Forged):
        CHANNEL.verify(sign(RAW), again)


@pytest.mark.parametrize(
    "headers", [{}, {"x-hub-signature-256": ""}, {"x-hub-signature-256": "sha256=é"}, sign(RAW, "another secret")]
)
def test_what_is_signed_otherwise_is_forged(headers: dict[str, str], secrets: None) -> None:
    with pytest.raises(Forged):
        CHANNEL.verify(headers, RAW)


def test_without_a_secret_of_ours_everything_is_forged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_current", settings.Settings())
    with pytest.raises(Forged):
        CHANNEL.verify(sign(RAW, ""), RAW)


HANDSHAKE = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}


def test_meta_is_answered_with_its_own_words() -> None:
    assert challenge(VERIFY, HANDSHAKE) == "1158201444"
    assert challenge(VERIFY, {**HANDSHAKE, "hub.challenge": "<é>"}) == ""


@pytest.mark.parametrize(
    "wrong", [{"hub.verify_token": "guessed"}, {"hub.verify_token": ""}, {"hub.verify_token": "é"}, {"hub.mode": "x"}]
)
def test_whoever_does_not_know_the_token_is_told_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(Forged):
        challenge(VERIFY, HANDSHAKE | wrong)


def test_without_a_token_of_ours_nobody_is_answered() -> None:
    with pytest.raises(Forged):
        challenge("", {**HANDSHAKE, "hub.verify_token": ""})


# -- saying


def many(count: int) -> Message:
    return Message("x", "Yang mana?", tuple(Choice(f"Pilihan nomor {n}", f"a:{n}") for n in range(1, count + 1)))


async def test_three_choices_are_buttons(whatsapp_api: WhatsApp) -> None:
    sent = await CHANNEL.send(CARD, to=BUDI, edits=None)
    shown = whatsapp_api.last(BUDI)
    assert sent.ref == shown.ref
    assert shown.words == "Cuti tahunan\nBudi, Senin 9 - Kamis 12 Maret, 4 hari."
    assert shown.buttons == {"Setujui": "a:1", "Tolak": "a:2", "Lihat kalender tim": "a:3"}
    assert (shown.body["interactive"]["type"], whatsapp_api.refusals) == ("button", [])


@pytest.mark.parametrize("count", [4, 10])
async def test_up_to_ten_choices_are_a_list(whatsapp_api: WhatsApp, count: int) -> None:
    await CHANNEL.send(many(count), to=BUDI, edits=None)
    shown = whatsapp_api.last(BUDI)
    assert (shown.body["interactive"]["type"], len(shown.buttons)) == ("list", count)
    assert shown.body["interactive"]["action"]["button"] == "Pilih"
    assert whatsapp_api.refusals == []


async def test_more_choices_are_digits_below_the_text(whatsapp_api: WhatsApp) -> None:
    await CHANNEL.send(many(11), to=BUDI, edits=None)
    shown = whatsapp_api.last(BUDI)
    assert shown.buttons == {}
    assert shown.words.splitlines()[-1] == "11 Pilihan nomor 11"


async def test_a_very_long_text_ends_in_an_ellipsis(whatsapp_api: WhatsApp) -> None:
    long = "kata & lagi\n" * 900
    await CHANNEL.send(Message("x", long, title="Kabar *baru*\ndari HR"), to=BUDI, edits=None)
    await CHANNEL.send(Message("x", long, title="x" * 90, choices=CARD.choices), to=BUDI, edits=None)
    first, second = whatsapp_api.words(BUDI)
    assert first.startswith("*Kabar ∗baru∗ dari HR*\nkata") and first.endswith("kata & lagi…") and len(first) <= 4096
    assert second.endswith("kata & lagi…")
    assert whatsapp_api.refusals == []


async def test_a_title_twice_is_told_apart(whatsapp_api: WhatsApp) -> None:
    await CHANNEL.send(Message("x", "?", (Choice("Budi Santoso yang lama", "a:1"),) * 3), to=BUDI, edits=None)
    assert list(whatsapp_api.last(BUDI).buttons) == ["Budi Santoso yang…", "Budi Santoso… 2", "Budi Santoso… 3"]


@effort(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(min_size=1, max_size=90),
    st.text(st.sampled_from("*_a😀\n é"), max_size=6000),
    st.lists(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40), max_size=12),
)
def test_any_message_is_taken(secrets: None, title: str, text: str, titles: list[str]) -> None:
    choices = tuple(Choice(f".{one}", f"a:{number}") for number, one in enumerate(titles))
    stand_in = WhatsApp()
    body = CHANNEL.render(Message("x", f".{text}", choices, title=f".{title}"))
    made = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": BUDI, **body}
    where = f"/{whatsapp.VERSION}/{whatsapp.PHONE}/messages"
    answer = stand_in.answer(where, {"authorization": f"Bearer {stand_in.token}"}, made)
    assert (answer.status, stand_in.refusals) == (200, [])


@pytest.mark.parametrize("to, field", [(BUDI, "to"), (ID, "recipient")])
async def test_a_number_and_an_id_are_different_fields(whatsapp_api: WhatsApp, to: str, field: str) -> None:
    await CHANNEL.send(HELLO, to=to, edits=None)
    assert whatsapp_api.last(to).body[field] == to
    assert len({"to", "recipient"} & whatsapp_api.last(to).body.keys()) == 1


async def test_what_was_said_cannot_be_changed_so_an_edit_says_nothing(whatsapp_api: WhatsApp) -> None:
    first = await CHANNEL.send(CARD, to=BUDI, edits=None)
    assert await CHANNEL.send(HELLO, to=BUDI, edits=first.ref) == first
    assert len(whatsapp_api.calls) == 1


async def test_a_template_opens_the_talk_with_one_button(whatsapp_api: WhatsApp) -> None:
    await CHANNEL.send_template("request_waiting", "id", to=BUDI)
    shown = whatsapp_api.last(BUDI)
    assert (shown.words, list(shown.buttons)) == ("<request_waiting>", ["Buka"])
    hook = whatsapp_api.press("Buka", BUDI)
    (pressed,) = CHANNEL.parse(json.loads(hook.body))
    assert (pressed.kind, pressed.token) == ("opened", None)


async def test_a_template_that_meta_has_not_approved_is_refused(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.templates.clear()
    with pytest.raises(Never, match="132001"):
        await CHANNEL.send_template("request_waiting", "id", to=BUDI)


# -- what goes wrong


async def test_a_connection_lost_after_sending_leaves_us_not_knowing(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.accept_then_drop()
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert whatsapp_api.words(BUDI) == ["Halo, Budi."]


async def test_an_answer_that_does_not_come_leaves_us_not_knowing(
    whatsapp_api: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatsapp_calls, "PATIENCE", 0.1)
    whatsapp_api.delay(0.5)
    with pytest.raises(Unknown):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    await whatsapp_api.until(lambda: whatsapp_api.words(BUDI) == [HELLO.text])


async def test_too_many_calls_means_later(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.too_many(7)
    with pytest.raises(Later):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert whatsapp_api.sent == []


@pytest.mark.parametrize(
    "status, then",
    [(429, Later), (500, Unknown), (502, Later), (503, Later), (504, Unknown), (404, Never)],
)
async def test_an_answer_without_a_code_goes_by_its_status(
    whatsapp_api: WhatsApp, status: int, then: type[Exception]
) -> None:
    whatsapp_api.fail(status)
    with pytest.raises(then):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)


async def test_a_server_that_is_away_means_later(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.stop()
    with pytest.raises(Later):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    whatsapp_api.start()
    await CHANNEL.send(HELLO, to=BUDI, edits=None)


async def test_whoever_is_not_on_whatsapp_is_gone(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.absent.add(BUDI)
    with pytest.raises(Never) as never:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert never.value.gone


async def test_a_window_that_meta_says_is_shut_keeps_the_message(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.closed.add(BUDI)
    with pytest.raises(Kept):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)


async def test_a_refused_token_loses_no_message(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.token = "another"
    with pytest.raises(Later) as later:
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert later.value.seconds == 300


async def test_without_a_token_the_message_is_kept(whatsapp_api: WhatsApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_current", settings.Settings())
    with pytest.raises(Kept):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)


@pytest.mark.parametrize(
    "codes, kind, seconds",
    [
        ((131047,), Kept, None),
        ((131056,), Slower, 6),
        ((4, 80007, 130429, 131048, 133016), Slower, None),
        ((0, 3, 10, 190, 200, 219, 299, 368, 131005, 131031, 131042, 131045, 133010), Shut, 300),
        ((1, 2, 131000, 131016, 131057), Later, None),
        (
            (33, 100, 130472, 131008, 131009, 131049, 131051, 131052, 131053, 132000, 132001, 132015, 132016),
            Never,
            None,
        ),
    ],
)
def test_codes_decide(codes: tuple[int, ...], kind: type[Exception], seconds: float | None) -> None:
    for code in codes:
        found = meaning(code)
        assert type(found) is kind, code
        assert getattr(found, "seconds", None) == seconds, code
        assert not getattr(found, "gone", False), code


@pytest.mark.parametrize("code", [131026, 131030])
def test_some_codes_say_that_nobody_is_there(code: int) -> None:
    found = meaning(code)
    assert isinstance(found, Never) and found.gone


async def test_there_are_no_windows_and_nothing_spins(secrets: None) -> None:
    with pytest.raises(Never):
        await CHANNEL.open_dialog(HELLO, "trigger")
    await CHANNEL.acknowledge(heard("X", "press", token=TOKEN))


async def test_the_token_is_never_logged(whatsapp_api: WhatsApp, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert whatsapp_api.token not in caplog.text


async def test_a_transaction_never_waits_for_the_network(
    whatsapp_api: WhatsApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "in_transaction", lambda: True)
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await CHANNEL.send(HELLO, to=BUDI, edits=None)
    assert whatsapp_api.calls == []


# -- files


def enclosed(api: WhatsApp, raw: bytes) -> Enclosed:
    (said,) = CHANNEL.parse(json.loads(api.upload(raw, BUDI, name="surat.pdf").body))
    assert said.file is not None
    return said.file


async def test_a_file_is_fetched_where_meta_says_it_is(whatsapp_api: WhatsApp) -> None:
    assert await CHANNEL.fetch(enclosed(whatsapp_api, b"%PDF-")) == b"%PDF-"


async def test_a_file_that_meta_forgot_never_comes(whatsapp_api: WhatsApp) -> None:
    with pytest.raises(Never):
        await CHANNEL.fetch(Enclosed("1"))


async def test_a_sick_meta_is_asked_again(whatsapp_api: WhatsApp) -> None:
    file = enclosed(whatsapp_api, b"%PDF-")
    whatsapp_api.fail(502, methods=(file.ref,))
    whatsapp_api.accept_then_drop(methods=(file.ref,))
    for _ in range(2):
        with pytest.raises(Later):
            await CHANNEL.fetch(file)
    assert await CHANNEL.fetch(file) == b"%PDF-"


async def test_what_is_too_large_is_not_read(whatsapp_api: WhatsApp) -> None:
    with pytest.raises(Never, match="large"):
        await CHANNEL.fetch(enclosed(whatsapp_api, b"x" * (MOST + 1)))


@pytest.mark.parametrize("there", ["the address of another server", "http://lookaside.fbsbx.com/a", "", None, "/etc"])
async def test_our_token_goes_to_meta_alone(whatsapp_api: WhatsApp, there: object) -> None:
    with WhatsApp() as other:
        file = enclosed(whatsapp_api, b"%PDF-")
        named = f"{other.url}/media/{file.ref}" if there == "the address of another server" else there
        answer = Answer(200, json.dumps({"url": named, "file_size": 5}).encode())
        whatsapp_api.answer = lambda *_: answer  # type: ignore[method-assign]
        with pytest.raises(Never, match="elsewhere"):
            await CHANNEL.fetch(file)
        assert other.calls == []


@pytest.mark.parametrize(
    "body, code",
    [
        ({"text": {"body": ""}}, 131008),
        ({"text": {"body": "a" * 4097}}, 131009),
        ({"type": "interactive", "interactive": {"type": "button", "body": {"text": "a"}, "action": {}}}, 131009),
        ({"type": "hologram"}, 131009),
        ({"to": "+62 812"}, 131009),
        ({"recipient": ID}, 131008),
        ({"messaging_product": None}, 131008),
    ],
)
def test_the_stand_in_refuses_what_meta_refuses(body: dict[str, Any], code: int) -> None:
    stand_in = WhatsApp()
    usual = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": BUDI, "type": "text"}
    headers = {"authorization": f"Bearer {stand_in.token}"}
    answer = stand_in.answer(f"/{whatsapp.VERSION}/{whatsapp.PHONE}/messages", headers, {**usual, **body})
    assert json.loads(answer.body)["error"]["code"] == code
    assert stand_in.sent == []
