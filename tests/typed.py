"""A command of the product as it is typed: what it ends with and what it writes.

It is forked from a process that has read the product (tests/faults/nursery.py): starting Python and reading everything
again takes ten times as long as what most commands do. tests/docker and the guides of tests/journeys start it for real.
"""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.faults import nursery


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def typed(*words: str | Path, environ: Mapping[str, str] | None = None) -> Done:
    """Do `serambi` with these words; nothing of this process's environment is there but what is given."""
    with tempfile.TemporaryDirectory() as folder:
        said, complained = Path(folder, "said"), Path(folder, "complained")
        around = {"PATH": os.environ["PATH"], **(environ or {})}
        ended = nursery.fork([str(word) for word in words], around, said, complained).wait(60)
        return Done(ended, said.read_text(), complained.read_text())
