"""Files and their rows: neither without the other for longer than an hour, nor without a purpose longer than a week."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, database, files, settings
from core.errors import Refused
from core.messaging import attachments
from core.messaging.tables import Attachment
from tests.core.cast import Cast

PDF = b"%PDF-1.7 surat dokter Budi: demam berdarah"


@pytest.fixture
async def house(maju: Cast, tmp_path: Path) -> AsyncIterator[Cast]:
    settings.use(replace(settings.current(), files=str(tmp_path / "files")))
    yield maju


async def kept(cast: Cast, name: str = "surat.pdf") -> Attachment:
    taken = await attachments.take(cast.company, PDF, name)
    async with database.transaction(cast.company):
        return await attachments.keep(cast.budi.person, taken, name)


async def read(cast: Cast, row: Attachment) -> bytes:
    async with database.reading(cast.company):
        return b"".join(attachments.content(row))


def on_disk(cast: Cast) -> list[Path]:
    return sorted((Path(settings.current().files) / str(cast.company)).glob("*/*"))


async def test_what_was_sent_is_read_again_and_lies_sealed(house: Cast) -> None:
    row = await kept(house)
    assert await read(house, row) == PDF
    (file,) = on_disk(house)
    assert b"demam" not in file.read_bytes()
    async with database.reading(house.company):
        (stored,) = await Attachment.select()
    assert "surat" not in str(stored)
    assert attachments.name_of(row) == "surat.pdf"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"), ("a\\b\\c.exe", "c.pdf"), ('x"; filename="y.html', "x__ filename=_y.pdf"), ("", "file.pdf"),
        ("surat\r\nset-cookie: a", "surat__set-cookie_ a.pdf"), ("é" * 300 + ".jpg", "é" * 120 + ".pdf"),
    ],
)  # fmt: skip
async def test_a_name_leads_nowhere_and_ends_as_its_bytes_are(house: Cast, name: str, shown: str) -> None:
    assert attachments.name_of(await kept(house, name)) == shown.replace("=", "_")


async def test_a_file_is_sorted_once_and_only_by_its_sender(house: Cast) -> None:
    row = await kept(house)
    async with database.transaction(house.company):
        for person in (house.sari.person, 0):
            with pytest.raises(Refused):
                await attachments.sort(row.id, attachments.HEALTH, person=person)
        assert (await attachments.sort(row.id, attachments.HEALTH, person=house.budi.person)).purpose == "health"
        with pytest.raises(Refused):
            await attachments.sort(row.id, attachments.HEALTH, person=house.budi.person)


async def test_a_file_whose_row_never_came_is_swept_and_no_other(house: Cast) -> None:
    row = await kept(house)
    await asyncio.to_thread(files.write, b"%PDF- orphan", company=house.company)
    await attachments.sweep(house.company)
    assert len(on_disk(house)) == 2, "its row may still be on the way"
    for file in on_disk(house):
        os.utime(file, (time.time(), clock.now().timestamp() - files.ORPHAN - 1))
    await attachments.sweep(house.company)
    assert [file.name for file in on_disk(house)] == [row.path]
    assert await read(house, row) == PDF


async def test_what_nobody_says_a_purpose_for_goes_after_a_week(house: Cast) -> None:
    from core import jobs

    alone, needed = await kept(house), await kept(house)
    async with database.transaction(house.company):
        await attachments.sort(needed.id, attachments.HEALTH, person=house.budi.person)
    start = clock.now()
    for days, left in ((7, 2), (8, 1)):
        with clock.freeze(start + timedelta(days=days)):
            await attachments.sweep(house.company)
            await jobs.drain()
        assert len(on_disk(house)) == left
    async with database.reading(house.company):
        assert await attachments.by_public(alone.public) is None
        assert not await attachments.waiting(alone.id, house.budi.person)
    assert await read(house, needed) == PDF
