"""Files that go out on WhatsApp: uploaded first, named by their number, and nothing said where that fails."""

import json
from typing import Any

import pytest

from bot.channels import Later, Never
from bot.channels.whatsapp import CHANNEL
from core.messaging.messages import Choice, Enclosing, Message
from tests.outside.serving import File
from tests.outside.whatsapp import PHONE, TOKEN, VERSION, WhatsApp

BUDI = "6281234567890"
PDF = Enclosing("slip-gaji.pdf", "application/pdf", b"%PDF-1.7 of Budi")


def said(file: Enclosing = PDF, *, choices: int = 0, text: str = "Slip gajimu.") -> Message:
    titles = tuple(Choice(f"Pilihan {number}", f"a:{number}") for number in range(choices))
    return Message("payroll.slip", text, titles, title="Slip Juli", file=file)


async def test_a_file_is_uploaded_and_sent_by_its_number(whatsapp_api: WhatsApp) -> None:
    await CHANNEL.send(said(), to=BUDI, edits=None)
    shown = whatsapp_api.last(BUDI)
    assert shown.file == File("slip-gaji.pdf", "application/pdf", PDF.raw)
    assert shown.words == "*Slip Juli*\nSlip gajimu."
    assert "link" not in str(shown.body) and whatsapp_api.refusals == []


@pytest.mark.parametrize("choices", [0, 2])
async def test_a_picture_is_shown_as_one(whatsapp_api: WhatsApp, choices: int) -> None:
    await CHANNEL.send(
        said(Enclosing("pos 2.jpg", "image/jpeg", b"\xff\xd8\xff of pos 2"), choices=choices), to=BUDI, edits=None
    )
    shown = whatsapp_api.last(BUDI)
    assert shown.file == File("pos 2.jpg", "image/jpeg", b"\xff\xd8\xff of pos 2")
    assert '"image"' in json.dumps(shown.body) and "document" not in json.dumps(shown.body)
    assert whatsapp_api.refusals == []


async def test_buttons_stand_below_the_file_and_many_choices_as_digits(whatsapp_api: WhatsApp) -> None:
    await CHANNEL.send(said(choices=3), to=BUDI, edits=None)
    assert list(whatsapp_api.last(BUDI).buttons) == ["Pilihan 0", "Pilihan 1", "Pilihan 2"]
    assert whatsapp_api.last(BUDI).file is not None
    await CHANNEL.send(said(choices=5), to=BUDI, edits=None)
    assert whatsapp_api.last(BUDI).buttons == {} and "5" in whatsapp_api.last(BUDI).words
    assert whatsapp_api.last(BUDI).file is not None and whatsapp_api.refusals == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("cuti.ics", "text/calendar"), ("daftar.csv", "text/csv"), ("daftar.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")],
)  # fmt: skip
async def test_calendars_and_lists_arrive_under_their_own_names(whatsapp_api: WhatsApp, name: str, kind: str) -> None:
    await CHANNEL.send(said(Enclosing(name, kind, b"BEGIN:VCALENDAR")), to=BUDI, edits=None)
    shown = whatsapp_api.last(BUDI)
    assert shown.file is not None and shown.file.name == name and whatsapp_api.refusals == []


@pytest.mark.parametrize("text", ["a" * 5000, "😀" * 2000])
async def test_long_words_below_a_file_are_cut_to_what_fits(whatsapp_api: WhatsApp, text: str) -> None:
    await CHANNEL.send(said(text=text), to=BUDI, edits=None)
    assert whatsapp_api.last(BUDI).words.endswith("…") and whatsapp_api.refusals == []


@pytest.mark.parametrize(
    "file",
    [
        Enclosing("x.zip", "application/zip", b"PK"),
        Enclosing("x.pdf", "application/pdf", b""),
        Enclosing("x.png", "image/png", bytes(5 * 1024 * 1024 + 1)),
        Enclosing("x.pdf", "application/pdf", bytes(100 * 1024 * 1024 + 1)),
    ],
)
async def test_what_meta_would_not_take_is_refused_before_it_is_asked(whatsapp_api: WhatsApp, file: Enclosing) -> None:
    with pytest.raises(Never):
        await CHANNEL.send(said(file), to=BUDI, edits=None)
    assert whatsapp_api.calls == []


async def test_an_upload_that_is_lost_is_tried_again_since_nothing_was_said(whatsapp_api: WhatsApp) -> None:
    whatsapp_api.accept_then_drop(methods=["media"])
    with pytest.raises(Later):
        await CHANNEL.send(said(), to=BUDI, edits=None)
    assert whatsapp_api.sent == []
    await CHANNEL.send(said(), to=BUDI, edits=None)
    assert len(whatsapp_api.sent) == 1


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"id": "1", "filename": "x.pdf"}, "no such media"),
        ({"link": "https://example.com/x.pdf", "filename": "x.pdf"}, "unknown fields of document"),
        ({"id": "1"}, "filename"),
        ({"id": "1", "filename": "x.pdf", "caption": "a" * 1025}, "caption"),
    ],
)
def test_the_stand_in_refuses_what_meta_refuses(document: dict[str, Any], told: str) -> None:
    stand_in = WhatsApp()
    body = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": BUDI, "type": "document"}
    proof = {"authorization": f"Bearer {TOKEN}", ":method": "POST"}
    answer = stand_in.answer(f"/{VERSION}/{PHONE}/messages", proof, {**body, "document": document})
    assert answer.status == 400 and told in str(answer.error)
    zipped = {"messaging_product": "whatsapp", "type": "application/zip", "file": File("x", "application/zip", b"1")}
    assert stand_in.answer(f"/{VERSION}/{PHONE}/media", proof, zipped).status == 400
    assert stand_in.sent == []
