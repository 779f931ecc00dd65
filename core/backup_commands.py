"""The commands `backup` and `restore`."""

import argparse
from pathlib import Path
from typing import Any

from core import backups, database, migrate, vault
from core.accounts import keys
from core.backup_file import Damaged, Manifest
from core.command_line import Command, option
from core.commands import Stop
from core.privacy import erasure
from core.settings import Settings

FILE = option("file", metavar="FILE")


async def do_backup(made: Settings, given: argparse.Namespace) -> Any:
    """Write everything but the keys into a file, put it back into an empty place, and keep it if all was in order."""
    if await migrate.pending():
        raise Stop("there is no database of this release to back up. Run: serambi migrate")
    try:
        kept = await backups.make(Path(given.file))
    except (backups.Refusal, OSError) as no:
        raise Stop(str(no)) from None
    lines = [
        f"{kept.file}: {_size(kept.bytes)}, {_content(kept.manifest)}. Put back into an empty place, it was whole.",
        f"The keys are not in it. Without {'the key store' if '@' in made.keys else made.keys} and SERAMBI_MASTER_KEY "
        "nobody can read what is sealed: back those up apart from it (knowledge_base/operators/keys.md).",
    ]
    lines += [f"Gone already, though a row names it: files/{one}" for one in kept.manifest.absent]
    lines += [f"Wrong already before: {one}" for one in kept.manifest.wrong]
    return {"file": kept.file, "bytes": kept.bytes, **_told(kept.manifest), "text": "\n".join(lines)}


async def do_restore(made: Settings, given: argparse.Namespace) -> Any:
    """Put a backup into an empty database and folder, or with --check into a place that is thrown away."""
    path = Path(given.file)
    try:
        manifest = await (backups.check(path) if given.check else backups.restore(path))
    except (backups.Refusal, Damaged, OSError) as no:
        raise Stop(str(no)) from None
    if given.check:
        return {**_told(manifest), "text": f"{path} is whole: {_content(manifest)}. Nothing was changed here."}
    await database.open_database(made)
    try:
        wrong = await keys.trouble()
        # Whatever was erased since the backup was made goes again, before anybody signs in.
        erased = 0 if wrong else await erasure.replay()
    finally:
        await database.close_database()
        vault.close()
    lines = [
        f"{_content(manifest)} are back, as of {manifest.made_at}.",
        "Everybody signs in again. What was waiting to be sent may be out already: it is marked, or left unsaid.",
        "If the key store is newer than this backup, answer for the gap in each company's audit:",
        '  serambi audit acknowledge --company NAME --reason "put back from a backup"',
        *([f"{erased} whose data were erased since are erased again."] if erased else []),
        f"But: {wrong}" if wrong else "Next: serambi doctor, then start the processes.",
    ]
    return {**_told(manifest), "keys": wrong, "erased": erased, "text": "\n".join(lines)}


def _told(manifest: Manifest) -> dict[str, Any]:
    return {
        "whole": True, "made_at": manifest.made_at, "release": manifest.release,
        "rows": {name: table.rows for name, table in manifest.tables.items()},
        "files": len(manifest.files), "absent": manifest.absent, "wrong": manifest.wrong,
    }  # fmt: skip


def _content(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables.values())
    return f"{rows} rows of {len(manifest.tables)} tables and {len(manifest.files)} files"


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MiB"


COMMANDS = (
    Command("backup", "everything but the keys in one file, proven by putting it back", do_backup, (FILE,)),
    Command(
        "restore", "put a backup into an empty database and folder of files", do_restore,
        (FILE, option("--check", action="store_true", help="into a place that is thrown away: is it whole?")),
    ),
)  # fmt: skip
