"""What people send: taken by its bytes, cleaned, sealed, and never read when a bit of it was changed."""

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core import files, settings
from core.errors import Refused


def picture(format_: str, size: tuple[int, int] = (60, 40), *, turned: bool = False) -> bytes:
    """A picture with a place and a camera in it; `turned` as a phone held upright writes it."""
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-OF-BUDI"
    exif[0x8825] = {2: (6.0, 10.0, 0.0)}
    if turned:
        exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", size, (200, 90, 10)).save(out, format_, exif=exif)
    return out.getvalue()


def workbook(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            packed.writestr(name, b"<x/>")
        for name, raw in entries.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "name", "type_"),
    [
        (picture("JPEG"), "x.pdf", "jpg"),
        (picture("PNG"), "", "png"),
        (picture("WEBP"), "foto", "webp"),
        (b"%PDF-1.7\n...", "surat.exe", "pdf"),
        (workbook(), "daftar", "xlsx"),
        ("nama;nomor\nBudi;0412\n".encode("utf-8-sig"), "Daftar.CSV", "csv"),
    ],
)
def test_a_file_is_what_its_bytes_are(raw: bytes, name: str, type_: str) -> None:
    assert files.examine(raw, name).type == type_


@pytest.mark.parametrize(
    ("raw", "name", "key"),
    [
        (b"", "x.jpg", "empty"),
        (b"x" * (files.MOST + 1), "x.csv", "too_large"),
        (b"MZ\x90\x00", "surat.pdf", "other_type"),
        (b"<html><script>alert(1)</script>", "x.csv", "other_type"),
        (b"a,b\x00c\n", "x.csv", "other_type"),
        (b"a,b\n", "x.txt", "other_type"),
        (b"\xff\xd8\xff\xe0 no picture at all", "x.jpg", "broken_picture"),
        (picture("PNG")[:60], "x.png", "broken_picture"),
        (b"PK\x03\x04 no zip", "x.xlsx", "other_type"),
        (workbook(xl__vbaProject_bin=b"macro"), "x.xlsx", "other_type"),
        (workbook(xl__a_xml=b"\0" * 20_000_000), "x.xlsx", "unpacks_too_large"),
        (workbook(**{f"a{n}": b"" for n in range(1100)}), "x.xlsx", "unpacks_too_large"),
        (b"GIF89a", "x.gif", "other_type"),
        (b"<svg onload=alert(1)>", "x.svg", "other_type"),
    ],
)
def test_what_is_not_on_the_list_is_refused(raw: bytes, name: str, key: str) -> None:
    with pytest.raises(Refused) as no:
        files.examine(raw, name)
    assert no.value.key == f"files.{key}"


def test_a_picture_that_unpacks_without_end_is_refused() -> None:
    """A few kilobytes that say of themselves that they are 30,000 points wide and high."""
    raw = bytearray(picture("PNG"))
    raw[16:24] = (30_000).to_bytes(4, "big") * 2
    with pytest.raises(Refused):
        files.examine(bytes(raw))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_is_kept_and_the_picture_stands_upright(format_: str) -> None:
    kept = files.examine(picture(format_, turned=True)).raw
    with Image.open(io.BytesIO(kept)) as opened:
        assert not opened.getexif()
        assert opened.size == (40, 60)
    assert b"CAMERA-OF-BUDI" not in kept


def test_what_hides_behind_a_picture_is_gone() -> None:
    kept = files.examine(picture("JPEG") + b"PK\x03\x04<script>").raw
    assert b"<script>" not in kept


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = settings._current
    settings.use(replace(settings.Settings(), files=str(tmp_path)))
    yield tmp_path
    settings._current = before


@pytest.mark.parametrize("size", [0, 1, files.PIECE - 1, files.PIECE, files.PIECE + 1, 3 * files.PIECE + 5])
def test_a_file_comes_back_as_it_was(folder: Path, size: int) -> None:
    raw = os.urandom(size)
    written = files.write(raw, company=7)
    assert b"".join(files.pieces(written.path, written.key, company=7)) == raw
    (file,) = folder.glob("7/*/*")
    assert file.stat().st_mode & 0o077 == 0, "only the house itself reads it"
    assert raw[:16] not in file.read_bytes() or size < 16


@given(data=st.data())
def test_a_changed_file_is_never_read_to_its_end(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A bit flipped, a piece cut off, left out, doubled or brought from elsewhere."""
    before = settings._current
    settings.use(replace(settings.Settings(), files=str(tmp_path_factory.mktemp("files"))))
    try:
        written = files.write(b"a" * (2 * files.PIECE + 9), company=7)
        file = files.path_of(7, written.path)
        raw = file.read_bytes()
        sealed = files.PIECE + 16
        pieces = [raw[4 + at : 4 + at + sealed] for at in range(0, len(raw) - 4, sealed)]
        at = data.draw(st.integers(0, len(raw) - 1))
        changed = data.draw(
            st.sampled_from(
                [
                    raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :],
                    raw[:at],
                    files.MARK + pieces[0] + pieces[2],
                    files.MARK + pieces[1] + pieces[0] + pieces[2],
                    files.MARK + pieces[0] + pieces[1],
                    raw + pieces[2],
                ]
            )
        )
        file.write_bytes(changed)
        with pytest.raises((InvalidTag, ValueError)):
            b"".join(files.pieces(written.path, written.key, company=7))
    finally:
        settings._current = before


def test_another_company_cannot_open_it(folder: Path) -> None:
    written = files.write(b"surat", company=7)
    there = folder / "8" / written.path[:2]
    there.mkdir(parents=True)
    (folder / "7" / written.path[:2] / written.path).rename(there / written.path)
    with pytest.raises((InvalidTag, ValueError)):
        b"".join(files.pieces(written.path, written.key, company=8))


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 31, "A" * 32, "", "/" * 32])
def test_a_name_that_is_none_of_ours_leads_nowhere(folder: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        list(files.pieces(name, "00" * 32, company=7))


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="no_room"):
        files.write(b"x" * 200_000, company=1)
    assert [one for one in folder.rglob("*") if one.is_file()] == []
