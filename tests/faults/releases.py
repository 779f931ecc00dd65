"""Another release of the product beside this one: the commit before the newest migration, in a folder of its own."""

import shutil
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.faults.nursery import ROOT

MIGRATIONS = "core/migrations"
FETCHED = ("backoffice/static/vendor",)  # what `make setup` brings and git does not keep


def before_the_newest_migration() -> str:
    """The commit that the newest migration was written on."""
    newest = _git("log", "--diff-filter=A", "--format=%H", "-1", "--", f"{MIGRATIONS}/m*.py")
    if not newest or not _git("rev-parse", "--verify", "--quiet", f"{newest}^"):
        pytest.skip("needs the history of this checkout back to its newest migration: git fetch --unshallow")
    return _git("rev-parse", f"{newest}^")


def laid(commit: str, folder: Path) -> Path:
    """The files of a commit in this folder, ready to run."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    for name in FETCHED:
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    return folder


def migrations(folder: Path) -> set[str]:
    """The names of the migrations in a release."""
    return {path.stem for path in (folder / MIGRATIONS).glob("m*.py")}


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=False, capture_output=True, text=True).stdout.strip()
