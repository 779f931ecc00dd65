"""Processes of the product that are there at once: forked from one that has read the code and done nothing else yet.

Starting Python, reading the product, its words and its three hundred routes takes seconds, and a test of deaths starts it
again and again. What is forked is a process like any other: it has its own environment, threads and files, and dies of
SIGKILL.

`python -m tests.faults.nursery` is the one that forks. It reads a line of JSON for each birth, and says one for each
birth and each death; when nobody listens any more, it ends what still runs.
"""

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class Child:
    """A process that was forked; as much of `subprocess.Popen` as is needed."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended = threading.Event()

    def poll(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, once it has ended."""
        if not self._ended.wait(timeout) or self.returncode is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.returncode is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                return

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)

    def ended(self, status: int) -> None:
        """Told by the nursery."""
        self.returncode = status
        self._ended.set()


class Nursery:
    """The process that forks, and those it has forked; one for each process that tests, and each release it tests."""

    def __init__(self, root: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=root, env={"PATH": os.environ["PATH"]}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        assert self._process.stdin is not None and self._process.stdout is not None
        self._asked, self._told = self._process.stdin, self._process.stdout
        self._children: dict[int, Child] = {}
        self._one_birth = threading.Lock()
        self._born: list[Child] = []
        self._birth = threading.Semaphore(0)
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.close)

    def fork(self, words: Sequence[str], environ: Mapping[str, str], out: Path, error: Path | None = None) -> Child:
        """A process that does this command of the product, and writes to the end of these files."""
        out.touch()
        asked = {"words": list(words), "environ": dict(environ), "out": str(out), "error": str(error or out)}
        with self._one_birth:
            self._asked.write(json.dumps(asked).encode() + b"\n")
            self._asked.flush()
            if not self._birth.acquire(timeout=60) or not self._born:
                raise RuntimeError("the nursery is gone; what it said is above")
            return self._born.pop()

    def close(self) -> None:
        """End it and whatever it has forked."""
        self._asked.close()
        self._process.wait(10)

    def _listen(self) -> None:
        for line in self._told:
            pid, status = json.loads(line)
            if status is None:
                self._children[pid] = child = Child(pid)
                self._born.append(child)
                self._birth.release()
            else:
                self._children.pop(pid).ended(status)
        self._birth.release()  # whoever waits for a birth waits in vain


_nurseries: dict[Path, Nursery] = {}


def fork(
    words: Sequence[str], environ: Mapping[str, str], out: Path, error: Path | None = None, *, root: Path = ROOT
) -> Child:
    """A process that does this command of the product, of the release in this folder, and writes to the end of these
    files.
    """
    if root not in _nurseries:
        _nurseries[root] = Nursery(root)
    return _nurseries[root].fork(words, environ, out, error)


def close(root: Path) -> None:
    """End whatever runs of the release in this folder."""
    if (one := _nurseries.pop(root, None)) is not None:
        one.close()


# -- the process that forks --------------------------------------------------------------------------------------------

SPENT = tuple(os.environ)  # what stood in the environment before the product was read; it adds to it by itself


def _learn() -> None:
    """Read once what each process would read again: the routes, the phrases, the words of the talk."""
    import serambi
    from bot import slack_hooks, webhooks
    from bot.dialog.understood import understood
    from core import settings
    from core.phrases import LANGUAGES, phrase

    def hooks() -> frozenset[str]:
        """Where these settings let platforms post: the one thing about routes that is not said by the code alone."""
        return frozenset(path for one in (*webhooks.routes(), *slack_hooks.routes()) for path in one.paths)

    make, known = serambi.make_app, {}
    shared: dict[str, Any] = {"telegram_token": "1:a", "slack_bot_token": "a", "slack_signing_secret": "a"}
    for platforms in (shared, shared | {"whatsapp_token": "a"}):
        settings.use(settings.Settings(**platforms))
        known[hooks()] = make()
    settings._current = None
    serambi.make_app = lambda *, trial=None: known.get(hooks()) or make(trial=trial)
    for language in LANGUAGES:
        phrase("dialog.menu", language)
    understood("cuti besok sampai jumat, antar ibu kontrol", datetime.now(UTC))
    gc.freeze()
    assert threading.active_count() == 1, f"a thread would not be forked: {threading.enumerate()}"


def _tend() -> None:
    """Fork whenever asked and tell what ended, until nobody listens."""
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    running: set[int] = set()
    asked = b""
    while True:
        ready, _, _ = select.select([0, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_ends(running)
        if 0 in ready:
            more = os.read(0, 65536)
            if not more:
                break
            *lines, asked = (asked + more).split(b"\n")
            for line in lines:
                pid = os.fork()
                if pid == 0:
                    for held in (woken, wakes):
                        os.close(held)
                    _live(json.loads(line))
                running.add(pid)
                _tell(pid, None)
    for pid in running:
        os.kill(pid, signal.SIGKILL)


def _tell_ends(running: set[int]) -> None:
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        running.discard(pid)
        _tell(pid, os.waitstatus_to_exitcode(status))


def _tell(pid: int, status: int | None) -> None:
    os.write(1, json.dumps([pid, status]).encode() + b"\n")


def _live(asked: dict[str, Any]) -> None:
    """Be the child: its own environment, its own files, nothing of the nursery's; never returns."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for name in SPENT:
        os.environ.pop(name, None)
    os.environ.update(asked["environ"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for path, number in ((os.devnull, 0), (asked["out"], 1), (asked["error"], 2)):
        opened = os.open(path, os.O_RDONLY if number == 0 else flags, 0o644)
        os.dup2(opened, number)
        os.close(opened)
    sys.exit(another_time.live(asked["words"], os.environ))


if __name__ == "__main__":
    from tests.faults import another_time  # before the product is read: it changes what that reads

    _learn()
    _tend()
