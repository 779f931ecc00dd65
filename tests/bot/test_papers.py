"""A file in the talk: fetched before it is answered, kept with the answer, asked for again when the platform is away."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels import Later, Never, telegram
from bot.papers import NotFetched
from core import clock, database, settings
from core.audit import Actor
from core.errors import Refused
from core.leave import documents
from core.leave.tables import LeavePaper, LeaveRequest
from core.messaging import attachments
from core.messaging.messages import Enclosed, Message
from core.messaging.tables import Attachment
from core.migrations import m0017_leave_papers
from tests.bot.conftest import Talk
from tests.core.conftest import MONDAY

PDF = b"%PDF-1.7 surat dokter"


class Shelf:
    """What Telegram would give, and how often it was asked."""

    def __init__(self) -> None:
        self.raw: bytes = PDF
        self.faults: list[Exception] = []
        self.asked = 0

    async def fetch(self, file: Enclosed) -> bytes:
        assert not database.in_transaction(), "the network waits for nobody's transaction"
        self.asked += 1
        if self.faults:
            raise self.faults.pop(0)
        return self.raw


@pytest.fixture
async def shelf(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shelf]:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))
    made = Shelf()
    monkeypatch.setattr(telegram.CHANNEL, "fetch", made.fetch)
    yield made


async def sends(talk: Talk, sender: str = "777", words: str | None = None, size: int | None = 21) -> list[Message]:
    return await talk.writes(sender, words, kind="file", file=Enclosed("f1", "surat.pdf", size))


async def rows(talk: Talk) -> list[Attachment]:
    async with database.reading(talk.cast.company):
        return await Attachment.objects().order_by(Attachment.id)


async def test_a_file_alone_is_kept_and_asked_about(talk: Talk, shelf: Shelf) -> None:
    (said,) = await sends(talk)
    assert said.key.startswith("files.")
    (row,) = await rows(talk)
    assert (row.person, row.purpose, row.type) == (talk.cast.budi.person, "unsorted", "pdf")
    async with database.reading(talk.cast.company):
        assert b"".join(attachments.content(row)) == PDF


async def test_it_is_thrown_away_on_request(talk: Talk, shelf: Shelf) -> None:
    (said,) = await sends(talk)
    drop = next(choice for choice in said.choices if choice.title == "Hapus sekarang")
    (told,) = await talk.writes("777", None, kind="press", token=drop.token)
    assert told.key == "files.dropped"
    (row,) = await rows(talk)
    assert row.removed_at is not None
    (again,) = await talk.writes("777", None, kind="press", token=drop.token)
    assert again.key == "files.gone"


async def test_an_open_question_stays_open(talk: Talk, shelf: Shelf) -> None:
    await talk.writes("777", "mau cuti")
    (said,) = await sends(talk)
    assert said.text.startswith("Berkasnya saya simpan dulu; sesudah ini saya tanya untuk apa.\nCuti tanggal berapa")
    (summary,) = await talk.writes("777", "besok")
    assert summary.key == "leave.confirm"


@pytest.mark.parametrize(
    ("raw", "size", "key"),
    [(b"MZ", 2, "files.other_type"), (PDF, 11_000_000, "files.too_large"), (b"", 0, "files.empty")],
)
async def test_what_cannot_be_kept_is_said_and_leaves_nothing(
    talk: Talk, shelf: Shelf, raw: bytes, size: int, key: str
) -> None:
    shelf.raw = raw
    (said,) = await sends(talk, size=size)
    assert said.key == key
    assert await rows(talk) == []


async def test_a_platform_that_is_away_is_asked_again_and_the_file_kept_once(talk: Talk, shelf: Shelf) -> None:
    shelf.faults = [Later(1, "away"), Later(1, "away")]
    number = await talk.arrives("777", None, kind="file", file=Enclosed("f1", "surat.pdf"))
    for _ in range(2):
        with pytest.raises(NotFetched):
            await talk.answered(number)
    (said,) = await talk.answered(number)
    assert said.key.startswith("files.")
    assert len(await rows(talk)) == 1


@pytest.mark.parametrize("fault", [Later(1, "away"), Never("gone")])
async def test_after_the_last_try_it_is_said(talk: Talk, shelf: Shelf, fault: Exception) -> None:
    shelf.faults = [fault] * 3
    number = await talk.arrives("777", None, kind="file", file=Enclosed("f1", "surat.pdf"))
    said: list[Message] = []
    for _ in range(3):
        try:
            said = await talk.answered(number)
            break
        except NotFetched:
            continue
    assert [one.key for one in said] == ["files.not_fetched"]
    assert await talk.state(number) == "done"


async def test_nothing_is_fetched_for_strangers_in_groups_or_past_the_limit(talk: Talk, shelf: Shelf) -> None:
    await sends(talk, sender="999")
    await talk.writes("777", None, kind="file", file=Enclosed("f1"), place="-1", private=False)
    for _ in range(20):
        await talk.writes("777", "sisa cuti")
    assert [one.key for one in await sends(talk)] == ["dialog.too_fast"]
    assert await sends(talk) == []
    assert shelf.asked == 0


async def test_a_second_sheet_is_put_to_the_same_days_until_there_are_enough(
    talk: Talk, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.writes("777", "sakit hari ini sampai besok")
    await talk.writes("777", "ya")
    (asked,) = await sends(talk)
    assert asked.key == "paper.for"
    assert asked.text.startswith("Ini surat dokter untuk")
    (had,) = await talk.writes("777", "ya")
    assert had.key == "leave.certificate_received"
    (asked,) = await sends(talk)
    assert asked.text == "Berkas ini saya tambahkan ke surat untuk Senin 6 - Selasa 7 Juli?"
    (more,) = await talk.writes("777", "ya")
    assert more.text == "Ditambahkan: sekarang 2 berkas. Isinya hanya bisa dibuka HR."
    async with database.reading(talk.cast.company):
        leave = await LeaveRequest.objects().first()
        assert leave is not None
        assert [row.id for row in await documents.papers_of(leave.id)] == [row.id for row in await rows(talk)]
        assert leave.attachment == (await rows(talk))[0].id, "an older release still finds the first"
    monkeypatch.setattr(documents, "MOST_PAPERS", 2)
    (full,) = await sends(talk)
    assert full.key == "files.unplaced"
    with pytest.raises(Refused, match="papers_full"):
        await documents.added(leave, (await rows(talk))[2].id, actor=Actor("person:1", "web"))
    with clock.freeze(MONDAY + timedelta(days=15)):
        async with database.reading(talk.cast.company):
            assert await documents.takes_more(talk.cast.budi) == []


async def test_the_paper_of_an_older_release_is_the_first_of_a_leave(talk: Talk, shelf: Shelf) -> None:
    await talk.writes("777", "sakit hari ini sampai besok")
    await talk.writes("777", "ya")
    await sends(talk)
    await talk.writes("777", "ya")
    (copies,) = (one for one in m0017_leave_papers.CHANGE.statements if one.startswith("insert"))
    async with database.transaction(talk.cast.company):
        await LeavePaper.delete().where(LeavePaper.id > 0)
        await database.engine().run_ddl(copies)
        leave = await LeaveRequest.objects().first()
        assert leave is not None
        assert [row.id for row in await documents.papers_of(leave.id)] == [row.id for row in await rows(talk)]


def on_disk(tmp_path: Path) -> list[Path]:
    return [one for one in (tmp_path / "files").rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("limit", "key", "words"),
    [
        ({"files_a_day": 2}, "files.day_full", "2 buah"),
        ({"file_mb_a_day": 1}, "files.day_full", "1 MB"),
        ({"company_files_a_day": 2}, "files.company_full", "perusahaanmu"),
        ({"company_file_mb_a_day": 1}, "files.company_full", "perusahaanmu"),
    ],
)
async def test_a_day_has_room_for_so_many_files_and_the_next_leaves_nothing(
    talk: Talk, shelf: Shelf, tmp_path: Path, limit: dict[str, int], key: str, words: str
) -> None:
    settings.use(replace(settings.current(), **limit))  # type: ignore[arg-type]
    shelf.raw = PDF + b" " * 500_000
    for _ in range(2):
        (said,) = await sends(talk)
        assert said.key != key
    fetched = shelf.asked
    (said,) = await sends(talk, size=500_021)
    assert said.key == key
    assert words in said.text
    assert shelf.asked == fetched  # it was not even fetched
    assert len(await rows(talk)) == len(on_disk(tmp_path)) == 2
    with clock.freeze(clock.now() + timedelta(days=1, seconds=1)):
        (said,) = await sends(talk)
    assert said.key != key


async def test_a_file_that_is_larger_than_was_said_is_off_the_disk_again(
    talk: Talk, shelf: Shelf, tmp_path: Path
) -> None:
    settings.use(replace(settings.current(), file_mb_a_day=1))
    shelf.raw = PDF + b" " * 2_000_000
    (said,) = await sends(talk, size=None)
    assert said.key == "files.day_full"
    assert await rows(talk) == [] and on_disk(tmp_path) == []


async def test_what_was_thrown_away_counts_as_kept(talk: Talk, shelf: Shelf) -> None:
    settings.use(replace(settings.current(), files_a_day=1))
    (said,) = await sends(talk)
    drop = next(choice for choice in said.choices if choice.title == "Hapus sekarang")
    await talk.writes("777", None, kind="press", token=drop.token)
    (said,) = await sends(talk)
    assert said.key == "files.day_full"


async def test_twenty_files_wait_to_be_told_what_they_are_for_and_no_more(talk: Talk, shelf: Shelf) -> None:
    settings.use(replace(settings.current(), files_a_day=50))
    for _ in range(20):
        await sends(talk)
    with clock.freeze(clock.now() + timedelta(minutes=2)):
        (said,) = await sends(talk)
    assert said.key == "files.too_many"
    assert len(await rows(talk)) == 20
