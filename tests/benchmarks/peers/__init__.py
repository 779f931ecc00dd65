"""What the product is measured beside, in an environment of its own: it is never a dependency."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PLACE = HERE.parents[2] / ".venv-peers"


def python() -> Path:
    """The interpreter that has them; made when it is first asked for, with the hashes of the lock."""
    there, lock, done = PLACE / "bin/python", HERE / "requirements.lock", PLACE / "ready"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        print("Fetching what is measured beside ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        subprocess.run([there, "-m", "pip", "install", "-q", "--require-hashes", "-r", lock], check=True)
        done.write_bytes(lock.read_bytes())
    return there
