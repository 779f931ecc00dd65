"""Which release of Serambi this is."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def number() -> str:
    """Its number, as the installed package says it, else as `pyproject.toml` beside the code does."""
    try:
        return version("serambi")
    except PackageNotFoundError:
        beside = Path(__file__).parents[1] / "pyproject.toml"
        return str(tomllib.loads(beside.read_text(encoding="utf-8"))["project"]["version"])
