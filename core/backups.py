"""A copy of the whole installation but its keys, in one file, and the way back.

Nothing is believed that was not tried: a backup is kept under its name only after another process has put it back into
an empty place and found everything in order there. The keys are not in it, or whoever finds it could read it.
"""

import asyncio
import hashlib
import json
import os
import sys
import tarfile
import tempfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from core import (
    backup_file,
    backup_hourly,
    backup_proof,
    backup_rows,
    clock,
    database,
    files,
    leader,
    migrate,
    release,
    settings,
)
from core.backup_file import Manifest, Table
from core.backup_proof import Findings
from core.backup_rows import SPENT, Broken, Row, Source, Target
from core.settings import Settings

ROWS = "rows/"
FILES = "files/"
# Whether it left after the backup was made, nobody knows: as after a death while it was being sent.
LEFT = {"queued": "sending"}


class Refusal(Exception):
    """It can't be done like this; the message says what to do."""


@dataclass(frozen=True)
class Made:
    """A backup that was put back and found whole."""

    file: str
    bytes: int
    manifest: Manifest


async def make(path: Path) -> Made:
    """Write a backup there and prove it; nothing stays under that name if it could not be proven."""
    _refuse_place(path)
    async with leader.leading(backup_hourly.MADE_BY) as lead:
        if lead is None:
            raise Refusal("another process makes a backup at this moment: wait for its end")
        half = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            manifest = await _write(half)
            await _prove(half)
            half.rename(path)
        finally:
            half.unlink(missing_ok=True)
    return Made(str(path), _length(path), manifest)


def _refuse_place(path: Path) -> None:
    if path.exists():
        raise Refusal(f"{path} is there already: name another file, or take it away")
    if not path.parent.is_dir():
        raise Refusal(f"{path.parent} is no folder: make it first, on another disk than the database's")


def _length(path: Path) -> int:
    return path.stat().st_size


# -- writing -----------------------------------------------------------------------------------------------------------


async def _write(path: Path) -> Manifest:
    made = settings.current()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=path.parent) as folder:
        rows = Path(folder)
        async with backup_rows.source(made) as source:
            manifest = Manifest(
                release.number(), clock.now().isoformat(), "postgres" if made.on_postgres else "sqlite",
                await source.migrations(), {}, {}, {}, [], [],
            )  # fmt: skip
            named: list[tuple[int, str]] = []
            found = backup_proof.Findings()
            for name, columns in (await source.tables()).items():
                manifest.tables[name] = await _write_table(source, name, columns, rows / name, found, named)
            manifest.audit = {str(company): list(end) for company, end in found.ends.items()}
            manifest.wrong = found.told()
        # Its row is written after a file is, so whatever a row names was there; it may have been taken away since.
        for company, name in named:
            where = files.path_of(company, name)
            try:
                manifest.files[f"{company}/{name}"] = await asyncio.to_thread(_hash, where)
            except FileNotFoundError:
                manifest.absent.append(f"{company}/{name}")
        await asyncio.to_thread(_pack, path, manifest, rows)
    return manifest


async def _write_table(
    source: Source, name: str, columns: list[str], path: Path, found: Findings, named: list[tuple[int, str]]
) -> Table:
    """Write a table's rows, one in a line, and look at them on the way."""
    written, count = hashlib.sha256(), 0
    with path.open("wb") as out:
        async for part in source.rows(name):
            raw = b"".join(msgspec.json.encode(row) + b"\n" for row in part)
            written.update(raw)
            out.write(raw)
            count += len(part)
            for values in part:
                row = dict(zip(columns, values, strict=True))
                found.read(name, row)
                if name == "attachment" and row["removed_at"] is None:
                    named.append((row["company"], row["path"]))
    return Table(columns, count, written.hexdigest())


def _hash(path: Path) -> str:
    with path.open("rb") as held:
        return hashlib.file_digest(held, "sha256").hexdigest()


def _pack(path: Path, manifest: Manifest, rows: Path) -> None:
    with backup_file.writing(path) as tar:
        backup_file.add(tar, backup_file.MANIFEST, msgspec.json.encode(manifest))
        for name in manifest.tables:
            tar.add(rows / name, ROWS + name)
        for where in manifest.files:
            company, _, name = where.partition("/")
            tar.add(files.path_of(int(company), name), FILES + where)


# -- back --------------------------------------------------------------------------------------------------------------


async def restore(path: Path) -> Manifest:
    """Put a backup into the database and the folder of files that the settings name; both must be empty."""
    made = settings.current()
    try:
        with backup_file.reading(path) as (manifest, tar):
            _known(manifest)
            await _refuse_what_is_there(made)
            await migrate.migrate(only=manifest.migrations)
            async with backup_rows.target(made) as target:
                await _take(tar, manifest, target)
            await migrate.migrate()
    except OSError as fault:
        raise Refusal(f"{path}: {fault.strerror}") from fault
    except (tarfile.TarError, zlib.error, msgspec.MsgspecError, Broken, ValueError, TypeError, LookupError) as fault:
        raise Refusal(f"{path} cannot be put back: {fault}. {_again(made)}") from fault
    if wrong := await backup_proof.differences(manifest):
        raise Refusal("\n".join([f"{path} was put back, and something is wrong with it:", *wrong, _again(made)]))
    return manifest


def _known(manifest: Manifest) -> None:
    strange = sorted(set(manifest.migrations) - set(migrate.known()))
    if strange:
        raise Refusal(
            f"this backup was made by release {manifest.release}, which is newer than this one ({release.number()}): "
            f"it has {', '.join(strange)}. Install that release, or a newer one, and try again"
        )


async def _refuse_what_is_there(made: Settings) -> None:
    if made.on_postgres or _is_file(database.sqlite_path(made.database_url)):
        async with backup_rows.source(made) as source:
            tables = len(await source.tables())
        if tables:
            raise Refusal(
                f"there is a database already ({tables} tables). A backup goes into an empty one only: name another in "
                "SERAMBI_DATABASE_URL, or empty this one yourself"
            )
    if _holds_files(Path(made.files)):
        raise Refusal(f"there are files in {made.files}: name another folder in SERAMBI_FILES, or empty this yourself")


def _is_file(path: Path) -> bool:
    return path.exists()


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _again(made: Settings) -> str:
    return f"Empty {'the database' if made.on_postgres else 'the database file'} and {made.files} before another try"


async def _take(tar: tarfile.TarFile, manifest: Manifest, target: Target) -> None:
    seen = set()
    while (entry := tar.next()) is not None:
        held = tar.extractfile(entry)
        if held is None:
            raise Broken(f"it holds {entry.name}, which is no file")
        if entry.name.startswith(ROWS):
            name = entry.name.removeprefix(ROWS)
            if name not in manifest.tables or entry.name in seen:
                raise Broken(f"it holds {entry.name}, of which its manifest says nothing, or twice")
            table = manifest.tables[name]
            read = hashlib.sha256()
            part: list[Row] = []
            for line in held:
                read.update(line)
                part.append(_as_found(name, table.columns, msgspec.json.decode(line)))
                if len(part) == backup_rows.PART:
                    await _put(target, name, table.columns, part)
                    part = []
            await _put(target, name, table.columns, part)
            if read.hexdigest() != table.sha256:
                raise Broken(f"the rows of {name} are not those that were written")
        else:
            where = entry.name.removeprefix(FILES)
            if where not in manifest.files:
                raise Broken(f"it holds {entry.name}, of which its manifest says nothing")
            company, _, name = where.partition("/")
            await asyncio.to_thread(_lay, held, files.path_of(int(company), name), manifest.files[where])
        seen.add(entry.name)
    lacking = {ROWS + name for name in manifest.tables} | {FILES + where for where in manifest.files}
    if lacking - seen:
        raise Broken(f"it lacks {sorted(lacking - seen)[0]}")


async def _put(target: Target, table: str, columns: list[str], rows: list[Row]) -> None:
    if rows and table not in SPENT:
        await target.take(table, columns, rows)


def _as_found(table: str, columns: list[str], row: Row) -> Row:
    """A row as an installation may begin with it that does not know what came after the backup."""
    if table == "outbound":
        place = columns.index("state")
        row[place] = LEFT.get(row[place], row[place])
    return row


def _lay(held: Any, path: Path, wanted: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = hashlib.sha256()
    with backup_file.alone(path) as out:
        while part := held.read(backup_file.PART):
            made.update(part)
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    if made.hexdigest() != wanted:
        raise Broken(f"the file {path.name} is not the one that was written")


# -- the proof ---------------------------------------------------------------------------------------------------------


async def check(path: Path) -> Manifest:
    """Put a backup back into an empty place that is thrown away afterwards, and look whether everything is in order."""
    before = settings.current()
    with tempfile.TemporaryDirectory(prefix=".proof-", dir=path.parent) as place:
        where = f"sqlite:///{place}/serambi.db"
        settings.use(replace(before, database_url=where, migration_url="", files=f"{place}/files"))
        try:
            return await restore(path)
        finally:
            settings.use(before)


async def _prove(path: Path) -> None:
    """Check it in a process of its own: it works with another database than we do."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "serambi", "restore", str(path), "--check", "--json",
        env={**os.environ, **settings.environment(settings.current())},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, complaint = await process.communicate()
    if process.returncode != 0 or not json.loads(told).get("whole"):
        raise Refusal(f"the backup could not be put back, so there is none: {complaint.decode(errors='replace')}")
