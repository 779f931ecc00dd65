"""The command `serambi` as it is, in a process whose clock the test chose and which may be told to die.

CLOCK_AHEAD: by how many seconds this process's clock is ahead of the machine's, so that a story is told on the same day
whenever it is told, and the minute of a lease goes by in no time. POINTS_PASSED: a file that notes each crash point
passed. DEATHS: a folder; who passes a crash point that a file there is named after takes the file away and dies, or a
byte of it as long as there is one.
DIE_BEFORE_STATEMENT: the number of the statement of a migration before which to die. UNPACED: one chat takes as many
messages in a second as come, and what may wait a moment for more of its kind waits no longer than it must. MACHINE: the
machine whose clock that is.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from core import clock, crash

_ahead = timedelta()
_noted: int | None = None
_deaths = ""
_passed = crash.crashpoint


def now() -> datetime:
    """The instant on this process's own clock."""
    return datetime.now(UTC) + _ahead


def crashpoint(name: str) -> None:
    """Write the name down where that is asked for, then die there where that is asked for."""
    if _noted is not None:
        os.write(_noted, f"{name}\n".encode())
    if _deaths:
        path = f"{_deaths}/{name}"
        with suppress(FileNotFoundError):
            if spared := os.stat(path).st_size:  # noqa: PTH116  it is passed often
                os.truncate(path, spared - 1)
            else:
                os.unlink(path)  # noqa: PTH108
                os.kill(os.getpid(), signal.SIGKILL)
    _passed(name)


# Before anybody imports them by name.
clock.now = now
crash.crashpoint = crashpoint


def die_before(statement: int) -> None:
    """Die by SIGKILL before the so-manieth statement that changes the tables."""
    from piccolo.engine.base import Engine
    from piccolo.engine.postgres import PostgresEngine
    from piccolo.engine.sqlite import SQLiteEngine

    left = statement

    def counting(kind: type[Engine[Any]]) -> None:
        run = kind.run_ddl

        async def run_ddl(self: Any, *words: Any, **more: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return await run(self, *words, **more)

        kind.run_ddl = run_ddl  # type: ignore[method-assign]

    counting(SQLiteEngine)
    counting(PostgresEngine)


def unpaced() -> None:
    """Let a chat take what comes: how fast people are spoken to is tested elsewhere, and here it would be waited for."""
    from core.messaging import homes, pacing

    pacing.TELEGRAM_CHAT = pacing.SLACK_CHANNEL = pacing.WHATSAPP_PAIR = (timedelta(milliseconds=10), 1000)
    homes.TOGETHER = 1


def _on_machine(name: str) -> None:
    # Not above: it reads what takes the clock and the crash points by name.
    from core import set_back

    set_back.machine = lambda: name


def live(words: Sequence[str], environ: Mapping[str, str]) -> int:
    """Do one command of the product in this process, in these circumstances; its exit status."""
    global _ahead, _noted, _deaths
    _ahead = timedelta(seconds=float(environ.get("CLOCK_AHEAD", "0")))
    crash.die_at(environ.get("CRASH_AT", ""))
    _deaths = environ.get("DEATHS", "")
    if name := environ.get("MACHINE"):
        _on_machine(name)
    if path := environ.get("POINTS_PASSED"):
        _noted = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    if statement := environ.get("DIE_BEFORE_STATEMENT"):
        die_before(int(statement))
    if environ.get("UNPACED"):
        unpaced()
    from serambi import main

    return main(words)


if __name__ == "__main__":
    sys.exit(live(sys.argv[1:], os.environ))
