"""A backup every hour in a folder, where the installation names one; old ones go, the last of each day stays longer."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core import clock, jobs, leader, log, settings

MADE_BY = "backup"  # the name of the one process that makes one
NAMED = re.compile(r"serambi-(\d{8}T\d{6})Z\.backup")
SPELLED = "%Y%m%dT%H%M%S"
EVERY_HOUR = timedelta(days=2)  # for so long each one is kept
TOO_OLD = timedelta(hours=3)  # since the last one: two were missed
LONGEST_PROOF = timedelta(days=1)
MOST = 50.0  # seconds for which the job waits; a large installation takes longer, and the job comes back
_making: asyncio.Task[str] | None = None


@jobs.cron("20 * * * *", "backups.hourly")
async def hourly() -> None:
    """Have one made by a process of its own, which proves it too, and take away what is too old."""
    global _making
    made = settings.current()
    if not made.backups:
        return
    folder = Path(made.backups)
    if _making is None:
        async with leader.leading(MADE_BY) as lead:
            if lead is None:
                return  # another process is at it
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True, mode=0o700)
            await asyncio.to_thread(clear, folder)
        _making = asyncio.create_task(_make(folder / f"serambi-{clock.now():{SPELLED}}Z.backup"))
    done, _ = await asyncio.wait({_making}, timeout=MOST)
    if not done:
        raise jobs.Later(clock.now() + timedelta(seconds=5))
    complaint, _making = _making.result(), None
    if complaint:
        log.error("backup_failed", reason=complaint[-500:])
    for old in spent(kept(folder), now=clock.now(), days=made.backup_days):
        old.unlink(missing_ok=True)


async def _make(path: Path) -> str:
    """What the process that makes it complains about; nothing when there is a backup now."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "serambi", "backup", str(path), "--json",
        env={**os.environ, **settings.environment(settings.current())},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, complaint = await process.communicate()
    return complaint.decode(errors="replace") or "it ended without a word" if process.returncode else ""


def clear(folder: Path) -> None:
    """Take away what killed processes left of backups there, while none is made: each would hold all rows once more."""
    for half in [*folder.glob(".serambi-*.backup.*"), *folder.glob(".backup-*"), *folder.glob(".proof-*")]:
        # Somebody may look through a backup by hand at this moment.
        since = clock.now().timestamp() - half.lstat().st_mtime
        if half.name.startswith(".proof-") and since < LONGEST_PROOF.total_seconds():
            continue
        if half.is_dir() and not half.is_symlink():
            shutil.rmtree(half, ignore_errors=True)
        else:
            half.unlink(missing_ok=True)


def kept(folder: Path) -> dict[Path, datetime]:
    """The backups in that folder, each with the instant at which it was begun; what has a name was proven."""
    found = {path: NAMED.fullmatch(path.name) for path in folder.glob("serambi-*.backup")}
    return {path: datetime.strptime(at[1], SPELLED).replace(tzinfo=UTC) for path, at in found.items() if at is not None}


def spent(backups: dict[Path, datetime], *, now: datetime, days: int) -> Collection[Path]:
    """Those that need not be kept any longer; the newest is, however old."""
    last_of_day = {at.date(): path for path, at in sorted(backups.items(), key=lambda one: one[1])}
    newest = max(backups, key=lambda path: backups[path], default=None)
    return [
        path
        for path, at in backups.items()
        if path != newest
        and at < now - EVERY_HOUR
        and (last_of_day[at.date()] != path or at < now - timedelta(days=days))
    ]
