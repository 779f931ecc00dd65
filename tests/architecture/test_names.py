"""Names that say nothing, modules that hold too much, and the unfinished: not in this house."""

import ast
import re
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT, modules, tree

SAYS_NOTHING = {
    "util", "utils", "helper", "helpers", "common", "misc", "shared", "manager", "managers", "handler", "handlers",
    "processor", "processors", "service", "services", "repository", "repositories", "base", "models", "mixins",
}  # fmt: skip
CLASS_SAYS_NOTHING = re.compile(r"^Base[A-Z]|(Service|Manager|Handler|Processor|Repository|Helper|Util|Utils|Mixin)$")
LONGEST_MODULE = 400
LONGEST_TESTS = 500
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
TEXT = {".py", ".html", ".css", ".js", ".ftl", ".md", ".toml", ".yaml", ".sql", ".cfg", ""}


def committed(*patterns: str) -> list[Path]:
    """Files under version control (or about to be), so that what is built or private is not read."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (ROOT / (path := Path(name))).is_file()]


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    wrong = [str(path) for path in modules() if {part.removesuffix(".py") for part in path.parts} & SAYS_NOTHING]
    assert not wrong


def test_no_class_has_a_name_that_says_nothing() -> None:
    wrong = [
        f"{path}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and CLASS_SAYS_NOTHING.search(node.name)
    ]
    assert not wrong


def test_no_module_holds_too_much() -> None:
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in committed("*.py")}
    limits = {path: LONGEST_TESTS if path.parts[0] == "tests" else LONGEST_MODULE for path in lengths}
    assert {str(path): length for path, length in lengths.items() if length > limits[path]} == {}


def test_no_test_is_switched_off() -> None:
    """What cannot run here says what it needs, and fails in CI; nothing else may be left out."""
    switched_off = re.compile(r"\b(mark\.(skip|skipif|xfail)|pytest\.(xfail|importorskip|skip\b(?!\(f?.needs )))")
    wrong = [
        f"{path}:{number}"
        for path in committed("tests/*.py")
        if path not in {Path("tests/conftest.py"), Path(__file__).relative_to(ROOT)}
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if switched_off.search(line)
    ]
    assert not wrong


def test_no_path_leads_to_somebody_s_computer() -> None:
    """A home folder in a file works for one person."""
    homes = re.compile(r"(?<![\w.~-])/(home|root|Users)/\w")
    wrong = [
        str(path)
        for path in committed()
        if path.suffix in TEXT and homes.search((ROOT / path).read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [str(path) for path in modules() if tree(path).body and not ast.get_docstring(tree(path))]
    assert not silent


def test_nothing_is_left_unfinished() -> None:
    wrong = []
    for path in committed():
        if path.suffix not in TEXT or path.name in {Path(__file__).name, "LICENSE"}:
            continue
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8").splitlines(), 1):
            if UNFINISHED.search(line):
                wrong.append(f"{path}:{number}")
    assert not wrong


def test_pages_carry_no_style_no_script_and_nothing_from_elsewhere() -> None:
    """The content security policy allows only our own files, so an inline one would silently not work."""
    forbidden = {
        "a style in the tag": re.compile(r"<[^>]*\sstyle\s*=", re.I),
        "an on... attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
        "hx-on": re.compile(r"\bhx-on\b", re.I),
        "a style sheet in the page": re.compile(r"<style\b", re.I),
        "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
        "javascript:": re.compile(r"javascript:", re.I),
        "a file from another host": re.compile(
            r"<(script|img|link|iframe)\b[^>]*(src|href)\s*=\s*[\"']?(https?:)?//", re.I
        ),
    }
    wrong = []
    for path in committed("*.html"):
        page = (ROOT / path).read_text(encoding="utf-8")
        page = re.sub(r"\{#.*?#\}", "", page, flags=re.S)
        wrong += [f"{path}: {what}" for what, pattern in forbidden.items() if pattern.search(page)]
    assert not wrong
