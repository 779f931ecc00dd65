"""A backup file that somebody made up: refused in words, and nothing is written where its names lead."""

import hashlib
import os
import stat
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from core import backup_file, backup_hourly, backups, clock, settings
from core.backup_file import MANIFEST, Manifest, Table
from tests.core.conftest import using

OUTSIDE = "../../outside"


def told(**more: object) -> Manifest:
    empty = Manifest("1", "2026-07-06T09:00:00+07:00", "sqlite", [], {}, {}, {}, [], [])
    return msgspec.structs.replace(empty, **more)


def made_up(path: Path, manifest: Manifest, inside: Mapping[str, bytes], link: str = "") -> Path:
    """A file whose hash fits, as whoever can write one writes it."""
    with backup_file.writing(path) as tar:
        backup_file.add(tar, MANIFEST, msgspec.json.encode(manifest))
        for name, raw in inside.items():
            backup_file.add(tar, name, raw)
        if link:
            entry = tarfile.TarInfo("files/1/" + "a" * 32)
            entry.type, entry.linkname = tarfile.SYMTYPE, link
            tar.addfile(entry)
    return path


def there(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def hashed(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


FILE = "1/" + "a" * 32
HOSTILE = {
    "a table of which the manifest says nothing": (told(), {"rows/secrets": b"[1]\n"}, ""),
    "a table that is not there": (
        told(tables={"nothing": Table(["id"], 1, hashed(b"[1]\n"))}), {"rows/nothing": b"[1]\n"}, "",
    ),
    "a table whose name is SQL": (
        told(tables={'x" --': Table(['a"'], 1, hashed(b"[1]\n"))}), {'rows/x" --': b"[1]\n"}, "",
    ),
    "a row that is none": (told(tables={"nothing": Table(["id"], 1, hashed(b"7\n"))}), {"rows/nothing": b"7\n"}, ""),
    "a file that leads out": (told(files={f"1/{OUTSIDE}": hashed(b"x")}), {f"files/1/{OUTSIDE}": b"x"}, ""),
    "a company that leads out": (told(files={"../aa": hashed(b"x")}), {"files/../aa": b"x"}, ""),
    "a link": (told(files={FILE: hashed(b"x")}), {}, "/etc/passwd"),
}  # fmt: skip


@pytest.mark.parametrize("which", HOSTILE)
async def test_what_is_made_up_is_refused_in_words_and_leaves_its_folder_alone(tmp_path: Path, which: str) -> None:
    place = tmp_path / "here"
    place.mkdir()
    path = made_up(tmp_path / "one.backup", *HOSTILE[which])
    with using(f"sqlite:///{place}/serambi.db"):
        settings.use(replace(settings.current(), files=f"{place}/files"))
        with pytest.raises(backups.Refusal, match="cannot be put back"):
            await backups.restore(path)
    assert there(tmp_path) == ["here", "one.backup"]
    assert not [one for _, _, files in os.walk(place / "files") for one in files]


async def test_a_stream_that_ends_in_nonsense_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "one.backup"
    body = backup_file.FIRST_LINE + b"\x1f\x8bnonsense" * 100
    path.write_bytes(body + hashlib.sha256(body).digest())
    with using(f"sqlite:///{tmp_path}/serambi.db"), pytest.raises(backups.Refusal, match="cannot be put back"):
        await backups.restore(path)


def test_a_little_that_unpacks_to_very_much_is_unpacked_a_little_at_a_time(tmp_path: Path) -> None:
    """A thousandfold is packed in the bytes of one read: it is never held at once."""
    bomb = zlib.compressobj(9, wbits=31)
    body = backup_file.FIRST_LINE + bomb.compress(bytes(64 * 1024 * 1024)) + bomb.flush()
    path = tmp_path / "one.backup"
    path.write_bytes(body + hashlib.sha256(body).digest())
    with path.open("rb") as held:
        length = backup_file._proven(held, path)
        unpacked = backup_file._Body(held, length)
        into, most, total = bytearray(4096), 0, 0
        while given := unpacked.readinto(into):
            most, total = max(most, len(unpacked._ready)), total + given
            if total > 8 * 1024 * 1024:
                break
    assert most <= backup_file.PART


def test_a_backup_is_its_owners_from_the_first_instant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens it before its rights are taken away goes on reading it."""
    seen: list[int] = []
    opened = os.open

    def watched(path: str, flags: int, mode: int = 0o777) -> int:
        number = opened(path, flags, mode)
        seen.append(stat.S_IMODE(os.fstat(number).st_mode))
        return number

    monkeypatch.setattr(os, "open", watched)
    before = os.umask(0)
    try:
        made_up(tmp_path / "one.backup", told(), {})
    finally:
        os.umask(before)
    assert seen == [0o600]


def test_what_killed_processes_left_of_backups_does_not_fill_the_disk(tmp_path: Path) -> None:
    for name in (".backup-abc", ".proof-old", ".proof-new", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rows").touch()
    kept = [tmp_path / name for name in ("serambi-20260706T020000Z.backup", ".other", "mine.backup")]
    for one in [*kept, tmp_path / ".serambi-20260706T020000Z.backup.77"]:
        one.touch()
    with using("sqlite:///unused.db"):
        now = clock.now().timestamp()
        os.utime(tmp_path / ".proof-old", (now - 90_000, now - 90_000))
        os.utime(tmp_path / ".proof-new", (now, now))
        backup_hourly.clear(tmp_path)
    assert there(tmp_path) == sorted([".proof-new", "mine", *(one.name for one in kept)])
