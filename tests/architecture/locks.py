"""What is installed is exactly what was locked, from any registry, under a licence that lets the product be given away.

Run by `make check` as `python -m tests.architecture.locks`.
"""

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>\S+)")

ALLOWED = {
    "Apache-2.0", "MIT", "MIT-0", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "MPL-2.0", "PSF-2.0", "Unlicense",
}  # fmt: skip
# Weak copyleft that binds only the library itself; NOTICE names them.
LIBRARIES_UNDER_LGPL = {"python-telegram-bot", "dramatiq"}
# Packages that say it only in words, as they spell it.
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}


def complaints() -> Iterator[str]:
    """Everything wrong with the locks and what is installed from them, one sentence each."""
    for lock in LOCKS:
        yield from _in_lock(lock)
    wanted, also_in_tests = (dict(pins(lock)) for lock in LOCKS)
    for name, version in wanted.items():
        if also_in_tests.get(name) != version:
            yield f"{name} {version} runs in production but tests have {also_in_tests.get(name)}: make locks"
    for distribution in metadata.distributions():
        name = normal(distribution.name)
        if name in {"pip", "serambi"}:
            continue
        if name not in also_in_tests:
            yield f"{name} is installed but not locked: rm -r .venv && make setup"
        elif distribution.version != also_in_tests[name]:
            yield f"{name} is {distribution.version}, locked is {also_in_tests[name]}: make setup"
        if not _licence_allowed(name, licence(distribution)):
            yield f"{name} is under {licence(distribution)!r}, which is not on the list in {Path(__file__).name}"


def _in_lock(lock: str) -> Iterator[str]:
    text = (ROOT / lock).read_text()
    if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
        yield f"{lock} names a registry's address"
    for block in re.split(r"\n(?=\S)", text.strip()):
        if not PIN.match(block):
            yield f"{lock}: not pinned to one version: {block.splitlines()[0]}"
        elif "--hash=sha256:" not in block:
            yield f"{lock}: no hash: {block.splitlines()[0]}"


def pins(lock: str) -> Iterator[tuple[str, str]]:
    """Each package of a lock file and its version."""
    for line in (ROOT / lock).read_text().splitlines():
        if pin := PIN.match(line):
            yield normal(pin["name"]), pin["version"]


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(distribution: metadata.Distribution) -> str:
    """The licence a package states, as an SPDX expression where it can be made one."""
    said = distribution.metadata.json
    if expression := said.get("license_expression"):
        return str(expression)
    named = [line.split(" :: ")[-1] for line in said.get("classifier", []) if line.startswith("License ::")]
    named = [word for word in named if word not in {"OSI Approved", "DFSG approved"}]
    if named:
        return " OR ".join(SPELLINGS.get(word, word) for word in named)
    words = str(said.get("license", "")).splitlines()
    return SPELLINGS.get(words[0], words[0]) if words else ""


def _licence_allowed(name: str, expression: str) -> bool:
    if name in LIBRARIES_UNDER_LGPL:
        return "LGPL" in expression
    choices = expression.replace("(", "").replace(")", "").split(" OR ")
    return any(set(choice.split(" AND ")) <= ALLOWED for choice in choices)


if __name__ == "__main__":
    found = list(complaints())
    print("\n".join(found) or f"{len(dict(pins(LOCKS[-1])))} locked packages: hashed, allowed, as installed")
    sys.exit(bool(found))
