"""What no code of ours may do, and that every row of the security table names a test that there is."""

import ast
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture import locks
from tests.architecture.source import ROOT

PRODUCT = [
    path for folder in ("core", "bot", "backoffice") for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "serambi.py"]  # fmt: skip
SCRIPTS = sorted((ROOT / "backoffice" / "static").glob("*.js"))
TABLE = ROOT / "knowledge_base" / "developers" / "asvs.md"
ROW = re.compile(r"^\| (V\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| (passed|not applicable|open) \| ([^|]*) \|$", re.M)
# How many requirements of levels 1 and 2 each section of ASVS 5.0 has, the first chapter first.
SECTIONS = {
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4), 5: (1, 3, 2, 3),
    6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1), 9: (3, 4), 10: (2, 2, 4, 11, 5, 2, 3),
    11: (2, 3, 3, 4, 1, 1), 12: (3, 2, 4), 13: (1, 5, 2, 5), 14: (2, 4, 3), 15: (3, 3, 7), 16: (1, 5, 4, 3, 3), 17: (1, 4, 2),
}  # fmt: skip
FORBIDDEN = {
    "eval", "exec", "compile_command", "os.system", "os.popen", "pickle.loads", "pickle.load", "marshal.loads", "yaml.load",
    "asyncio.create_subprocess_shell", "__import__",
}  # fmt: skip
# A format that knows no other: TOTP (RFC 6238), and the locked ZIP of WinZip, whose counters are AES blocks.
OLD = {"core/accounts/totp.py", "core/privacy/locked_zip.py"}
WEAK = re.compile(r"\b(md5|sha1|SHA1|MD5|ECB|ARC4|TripleDES|Blowfish|PKCS1v15)\b")


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_shell_no_eval_no_pickle() -> None:
    found = []
    for path in PRODUCT:
        for name, call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            shell = [one for one in call.keywords if one.arg == "shell" and ast.unparse(one.value) != "False"]
            if name in FORBIDDEN or shell:
                found.append(f"{path.relative_to(ROOT)}:{call.lineno} {name}")
    assert found == []


def test_no_weak_cipher_or_hash() -> None:
    found = {str(path.relative_to(ROOT)) for path in PRODUCT if WEAK.search(path.read_text(encoding="utf-8"))}
    assert found == OLD


def test_no_secret_comes_from_a_weak_generator() -> None:
    """`random` draws what may be guessed: it stands where sentences are shuffled, in a process of its own, and nowhere else."""
    found = {
        str(path.relative_to(ROOT))
        for path in PRODUCT
        if re.search(r"^\s*(import random|from random import)", path.read_text(encoding="utf-8"), re.M)
    }
    assert found == {"bot/dialog/learn.py"}


def test_no_client_follows_redirects() -> None:
    """A platform that leads elsewhere would be given our token there."""
    found = []
    for path in PRODUCT:
        for name, call in _calls(ast.parse(path.read_text(encoding="utf-8"))):
            told = {one.arg: ast.unparse(one.value) for one in call.keywords}
            if told.get("follow_redirects") == "True" or told.get("allow_redirects") == "True":
                found.append(f"{path.relative_to(ROOT)}:{call.lineno} {name}")
        if re.search(
            r"^\s*(import requests$|from requests import|import urllib\.request|from urllib import request)",
            path.read_text(),
            re.M,
        ):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_pages_keep_nothing_in_the_browser() -> None:
    """But words that were not sent, until they are back in their box, and whether keys are wanted; nothing makes code."""
    kept = set()
    for path in SCRIPTS:
        told = path.read_text(encoding="utf-8")
        kept |= set(re.findall(r'\.(?:setItem|getItem|removeItem)\("([^"]+)"', told))
        assert not re.search(
            r"\beval\(|new Function|\.innerHTML\s*=|insertAdjacentHTML|document\.write|__proto__|indexedDB", told
        )
    assert kept == {"unsent", "keys"}


def test_password_fields_are_masked_and_take_what_is_pasted() -> None:
    fields = []
    for path in sorted((ROOT / "backoffice" / "templates").rglob("*.html")):
        told = path.read_text(encoding="utf-8")
        for at in re.finditer(r'name="password"|form\.field\("(?:current|password)"', told):
            fields.append(told[at.start() : told.index("}}", at.start())])
    assert len(fields) >= 4
    assert all('type="password"' in one for one in fields)
    assert not any("onpaste" in one for one in fields)


def test_locks_and_licences_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """One package under a licence that is not on the list, one that is not locked, one without its hash: each is told."""
    assert list(locks.complaints()) == []
    monkeypatch.setattr(locks, "ALLOWED", locks.ALLOWED - {"ISC"})
    assert any("which is not on the list" in one for one in locks.complaints())
    monkeypatch.undo()
    real = dict(locks.pins("requirements-dev.lock"))
    without = {name: version for name, version in real.items() if name != "httpx"}
    monkeypatch.setattr(locks, "pins", lambda lock: iter(without.items()))
    assert any(one.startswith("httpx is installed but not locked") for one in locks.complaints())


def test_the_licence_of_a_package_that_must_not_come_in_is_refused() -> None:
    for said, allowed in (
        ("AGPL-3.0-only", False), ("GPL-2.0 OR MIT", True), ("MIT AND GPL-3.0-only", False), ("", False),
        ("Proprietary", False), ("Apache-2.0 AND BSD-3-Clause", True),
    ):  # fmt: skip
        assert locks._licence_allowed("something", said) is allowed, said
    assert locks.licence(metadata.distribution("httpx")) == "BSD-3-Clause"


def test_every_requirement_stands_in_the_table_once() -> None:
    told = [row[0] for row in ROW.findall(TABLE.read_text(encoding="utf-8"))]
    doubles = sorted({one for one in told if told.count(one) > 1})
    assert doubles == []
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| V")]
    assert len(lines) == len(told), "a line that cannot be read"
    count: dict[int, dict[int, int]] = {}
    for one in told:
        chapter, section, _ = (int(part) for part in one[1:].split("."))
        count.setdefault(chapter, {})[section] = count.setdefault(chapter, {}).get(section, 0) + 1
    wanted = {
        chapter: {number: many for number, many in enumerate(sections, 1) if many}
        for chapter, sections in SECTIONS.items()
    }
    assert count == wanted
    assert len(told) == 253


def test_every_test_and_document_that_the_table_names_is_there() -> None:
    for number, _, _, state, shown in ROW.findall(TABLE.read_text(encoding="utf-8")):
        named = re.findall(r"`([^`]+)`", shown)
        assert state != "passed" or named, f"{number} passed, and nothing shows it"
        for one in named:
            path, _, test = one.partition("::")
            assert (ROOT / path).is_file(), f"{number}: {path}"
            if test:
                written = (ROOT / path).read_text(encoding="utf-8")
                assert re.search(rf"^(?:async )?def {test}\(", written, re.M), f"{number}: {one}"
            else:
                assert not path.startswith("tests/") or path.endswith("audit.py"), f"{number} names no test in {path}"


def test_what_is_not_passed_says_why() -> None:
    for number, _, words, state, shown in ROW.findall(TABLE.read_text(encoding="utf-8")):
        assert len(words.strip()) > 3, number
        assert state == "passed" or len(shown.strip()) > 5, number


def test_the_table_counts_itself() -> None:
    told = TABLE.read_text(encoding="utf-8")
    rows = ROW.findall(told)
    states = [row[3] for row in rows]
    sentence = (
        f"{len(rows)} requirements: {states.count('passed')} passed, {states.count('not applicable')} not applicable, "
        f"{states.count('open')} open."
    )
    assert sentence in told, sentence


def test_shown_by_a_test() -> None:
    """Nearly all that applies is shown by a test that runs, not by a document."""
    rows = [row for row in ROW.findall(TABLE.read_text(encoding="utf-8")) if row[3] != "not applicable"]
    tried = [row for row in rows if "::test_" in row[4]]
    assert len(tried) >= 0.8 * len(rows), f"{len(tried)} of {len(rows)}"
    assert Path(TABLE).stat().st_size > 10_000
