"""Films in the talk: asked for in many words, sent as what the chat plays, and as a link where it takes no files."""

from dataclasses import replace

import pytest

from bot import delivery
from bot.channels import telegram, whatsapp
from bot.flows.training import wanted
from core import database, jobs, settings
from core.audit import Actor
from core.messaging import inbox
from core.messaging.messages import Choice, Enclosing, Message
from core.messaging.tables import Outbound
from core.people.consents import TRAINING, Said
from core.privacy import consents
from core.training import catalogue
from tests.bot.conftest import Talk
from tests.outside.telegram import Telegram

FILM = Enclosing("ajukan-cuti.mp4", "video/mp4", b"", film=("ajukan-cuti", "id"))


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("video cara ajukan cuti", True), ("ada vidio tutorialnya ga min", True), ("cara pake aplikasinya gmn sih", True),
        ("where are the training videos", True), ("how do i use this app", True), ("mau nonton videonya dong", True),
        ("gimana cara pakai serambi", True), ("cuti besok", False), ("cara pakai bpjs gimana", False),
        ("video call jam 3", False), ("cuti besok mau nonton film", False), ("daftar training K3", False),
        ("rekaman video cctv gudang", False), ("how to use my leave", False),
    ],
)  # fmt: skip
def test_who_asks_for_a_film(sentence: str, asks: bool) -> None:
    assert wanted(sentence) is asks


async def test_telegram_plays_it_where_it_stands(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with Telegram() as platform:
        here = replace(settings.current(), telegram_token=platform.token, telegram_api=platform.url)
        monkeypatch.setattr(settings, "_current", here)
        await talk.writes("777", "video cara ajukan cuti")
        await jobs.drain()
        shown = platform.last("777")
        assert shown.file is not None and "video" in shown.body
        assert shown.file.raw == catalogue.films()["ajukan-cuti"].files["chat.id.mp4"].read_bytes()
        assert shown.words.startswith('"Mengajukan cuti lewat obrolan"')
        assert platform.refusals == []
        async with database.reading(talk.cast.company):
            row = await Outbound.objects().where(Outbound.key == "training.sent").first()
        assert row is not None and len(row.payload) < 5_000, "the film itself is not kept with each message"
        await telegram.CHANNEL.close()


def test_whatsapp_gets_a_video_above_its_buttons() -> None:
    message = Message("training.sent", "Ini videonya", (Choice("Sudah ditonton", "a:1"),), file=FILM)
    body = whatsapp.CHANNEL.render(message)
    assert body["interactive"]["header"] == {"type": "video", "video": {}}  # type: ignore[index]
    assert whatsapp.CHANNEL.render(replace_choices(message))["type"] == "video"


def replace_choices(message: Message) -> Message:
    return Message(message.key, message.text, file=message.file)


async def test_where_no_files_are_taken_it_is_a_link(talk: Talk) -> None:
    who = talk.cast.budi
    (number,) = await inbox.write(who.company, who.person, words="video cara ajukan cuti")
    (said,) = await talk.answered(number)
    assert said.key == "training.sent_link" and said.file is None
    assert said.text.endswith("/training/ajukan-cuti")


async def test_a_film_that_is_for_others_is_not_offered(talk: Talk) -> None:
    (said,) = await talk.writes("777", "video cara impor karyawan")
    assert "Impor karyawan" not in [choice.title for choice in said.choices]
    assert said.file is None


async def test_asked_in_between_the_open_question_comes_back(talk: Talk) -> None:
    await talk.writes("777", "mau cuti")
    film, asked = await talk.writes("777", "video cara ajukan cuti")
    assert film.file is not None and asked.file is None
    (summary,) = await talk.writes("777", "besok")
    assert summary.key == "leave.confirm"


async def test_who_wants_nothing_kept_is_told_that_nothing_was(talk: Talk) -> None:
    who = talk.cast.budi
    async with database.transaction(talk.cast.company):
        await consents.withdraw(who.person, TRAINING, Said("tidak", "id"), by=Actor(f"person:{who.person}", "web"))
    (film,) = await talk.writes("777", "video cara ajukan cuti")
    (said,) = await talk.writes("777", None, token=film.choices[0].token)
    assert said.text.startswith("Tidak dicatat, sesuai pilihanmu.")
