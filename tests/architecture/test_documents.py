"""What is written for people: its links lead somewhere, the paths it names are there, the commands exist."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from core.people.imports import COLUMNS
from tests.architecture.source import ROOT
from tests.architecture.test_names import committed

LINK = re.compile(r"\[[^]]+]\((?!https?://|#|mailto:)(?P<path>[^)#\s]+)")
NAMED = re.compile(r"`((?:core|bot|backoffice|tests|docker|knowledge_base)/[\w./-]+\.\w+|serambi\.py)`")
SECTION = re.compile(r"^## Commands$(.*?)^## ", re.M | re.S)
DOCUMENTS = committed("*.md")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_links_lead_somewhere(document: Path) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    broken = [link["path"] for link in LINK.finditer(text) if not (ROOT / document.parent / link["path"]).exists()]
    assert not broken


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_files_that_are_named_are_there(document: Path) -> None:
    named = set(NAMED.findall((ROOT / document).read_text(encoding="utf-8")))
    assert {path for path in named if not (ROOT / path).exists() and "/x." not in path and "/x/" not in path} == set()


def test_every_article_says_what_it_is_and_is_written_once_per_language() -> None:
    said = []
    for document in committed("knowledge_base/*.md"):
        if document.parent.name == "decisions" or document.name == "progress.md":
            continue
        head = re.match(r"---\n(.*?)\n---\n", (ROOT / document).read_text(encoding="utf-8"), re.S)
        assert head, f"{document} has no front matter"
        front = dict(line.split(": ", 1) for line in head[1].splitlines() if ": " in line)
        assert {"id", "language", "title"} <= set(front), document
        said.append((front["id"], front["language"]))
    assert [article for article, times in Counter(said).items() if times > 1] == []


def test_every_column_of_the_people_file_is_documented() -> None:
    text = (ROOT / "knowledge_base/operators/install.md").read_text(encoding="utf-8")
    table = text.partition("## The people file")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert {name for cell in cells for name in re.findall("`([a-z_]+)`", cell)} == set(COLUMNS)


def help_of(*words: str) -> str:
    program = Path(sys.executable).parent / "serambi"
    return subprocess.run([program, *words, "--help"], check=True, capture_output=True, text=True, timeout=60).stdout


def test_every_command_of_the_readme_exists_and_every_command_is_in_the_readme() -> None:
    section = SECTION.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert section
    rows = [line.split("|")[1] for line in section[1].splitlines() if line.startswith("| `")]
    told = {name for row in rows for quoted in re.findall(r"`([^`]+)`", row) for name in _command(quoted)}
    assert told == set(re.findall(r"^    ([a-z]+)\b", help_of(), re.M))


def _command(quoted: str) -> set[str]:
    """`serambi people import FILE` -> people; `worker` -> worker; `--host` -> nothing."""
    words = quoted.removeprefix("serambi ").split()
    return {words[0]} if words and re.fullmatch("[a-z]+", words[0]) else set()
