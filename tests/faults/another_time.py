"""The command `serambi` as it is, in a process whose clock the test chose and which may be told to die.

CLOCK_AHEAD: by how many seconds this process's clock is ahead of the machine's, so that a story is told on the same day
whenever it is told, and the minute of a lease goes by in no time. POINTS_PASSED: a file that notes each crash point
passed. DIE_BEFORE_STATEMENT: the number of the statement of a migration before which to die.
"""

import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from core import clock, crash

AHEAD = timedelta(seconds=float(os.environ.get("CLOCK_AHEAD", "0")))


def now() -> datetime:
    """The instant on this process's own clock."""
    return datetime.now(UTC) + AHEAD


def note_points(path: str) -> None:
    """Write down the name of each crash point that is passed; before anybody has imported `crashpoint`."""
    noted = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    passed = crash.crashpoint

    def crashpoint(name: str) -> None:
        os.write(noted, f"{name}\n".encode())
        passed(name)

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


if __name__ == "__main__":
    clock.now = now
    if path := os.environ.get("POINTS_PASSED"):
        note_points(path)
    if statement := os.environ.get("DIE_BEFORE_STATEMENT"):
        die_before(int(statement))
    from serambi import main

    sys.exit(main(sys.argv[1:]))
