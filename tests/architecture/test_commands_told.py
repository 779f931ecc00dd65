"""What operators are told to type: every block is run by a test or is made of commands that there are, options included."""

import re
import shlex
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import serambi
from core import command_line
from tests.architecture.source import ROOT
from tests.architecture.test_names import committed

GUIDES = ["README.md", *sorted(str(path) for path in committed("knowledge_base/operators/*.md"))]
FENCE = re.compile(r"(?P<run><!-- run: (?P<name>\S+) -->\n\s*)?```sh\n(?P<script>.*?)\n\s*```", re.S)
INLINE = re.compile(r"`(?:\.venv/bin/)?(serambi [^`]+)`")
SKIPPED = re.compile(r"\.\.\.|'\[|@|^serambi (?:run|web|worker|scheduler)$")
# What is typed in a block that no test runs, and how the words after it must look.
OTHERS = {
    "export": r"[A-Z_]+=.*", "git": r"clone .*", "cd": r"\S+", "make": r"(demo|setup|run|test)",
    "docker": r"compose -f docker/compose(\.scale-out)?\.yaml (up -d( --build)?|exec serambi serambi doctor|build|logs)",
}  # fmt: skip
# Each guide with the tests that run its blocks.
RUN_BY = {
    "README.md": "tests/journeys/test_readme.py", "install.md": "tests/journeys/test_server_guide.py",
    "upgrade.md": "tests/journeys/test_server_guide.py", "scale_out.md": "tests/journeys/test_server_guide.py",
    "whatsapp.md": "tests/journeys/test_whatsapp_guide.py", "backup.md": "tests/journeys/test_backup_guide.py",
    "telegram.md": "tests/journeys/test_telegram_guide.py", "slack.md": "tests/journeys/test_channel_guides.py",
    "live-checklist.md": "tests/journeys/test_channel_guides.py", "monitoring.md": "tests/journeys/test_channel_guides.py",
}  # fmt: skip


def blocks(guide: str) -> Iterator[tuple[str | None, str]]:
    """Each block of a guide: under which name it is run, and what it says."""
    for found in FENCE.finditer((ROOT / guide).read_text(encoding="utf-8")):
        yield found["name"], textwrap.dedent(found["script"])


@pytest.mark.parametrize("guide", GUIDES)
def test_every_block_is_run_or_made_of_commands_that_there_are(guide: str) -> None:
    for name, script in blocks(guide):
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
        if name is not None:
            assert Path(guide).name in RUN_BY and (ROOT / RUN_BY[Path(guide).name]).is_file(), f"who runs {name}?"
            continue
        for line in script.replace("\\\n", " ").splitlines():
            for one in re.split(r"\s&&\s", line.strip().strip("()")):
                check(one)


def check(command: str) -> None:
    """Fail unless this could be typed."""
    words = shlex.split(command, comments=True)
    if not words or words[0] == ".":
        return
    program = words[0].removeprefix(".venv/bin/")
    if program == "serambi":
        parsed(words[1:])
    else:
        assert program in OTHERS, f"{command}: run it in a test, or say here how it looks"
        assert re.fullmatch(OTHERS[program], " ".join(words[1:])), command


def parsed(words: list[str]) -> None:
    """Fail unless our own commands take these words; the bare name of a command is one, too."""
    if words in [one.words.split() for one in serambi.COMMANDS]:
        return
    try:
        command_line.parser(serambi.COMMANDS).parse_args(words)
    except SystemExit:
        pytest.fail(f"serambi {' '.join(words)}: there is no such command, or it does not take this")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_in_a_sentence_is_taken(guide: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / guide).read_text(encoding="utf-8"), flags=re.S)
    for told in INLINE.findall(text):
        if SKIPPED.search(told):
            continue
        for way in re.split(r"\s+or\s+", told):
            whole = re.sub(r"\\\|\S*", "", way.replace("[", "").replace("]", ""))
            parsed(shlex.split(whole)[1:])
