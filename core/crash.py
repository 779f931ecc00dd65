"""Named places where a test may kill the process, to show that nothing is lost there.

A crash point fires only in a process that was started with its name in `CRASH_AT`; no setting of Serambi reaches it.
"""

import os
import signal

_at, _left = "", 1


def die_at(place: str) -> None:
    """Die at this crash point; `name#3` the third time it is passed, nothing nowhere."""
    global _at, _left
    _at, _, nth = place.partition("#")
    _left = int(nth or 1)


def crashpoint(name: str) -> None:
    """Die here, by SIGKILL, if this process was started to die here."""
    global _left
    if name == _at:
        _left -= 1
        if _left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


die_at(os.environ.get("CRASH_AT", ""))
