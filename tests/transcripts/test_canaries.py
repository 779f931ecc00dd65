"""Words that nobody else would write, said on Telegram and in Slack's window; they lie open nowhere behind the chats."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import settings
from tests.core.conftest import logged  # noqa: F401  pytest finds fixtures by name
from tests.transcripts.scene import Hears, Says, Scene
from tests.transcripts.stage import Stage
from tests.transcripts.test_scenes import SCENES, perform, stage, wardrobe  # noqa: F401  the fixtures


def planted(language: str, name: str, said: str, canary: str) -> Scene:
    """A scene in which somebody says this instead."""
    played = next(one for one in SCENES if (one.language, one.name) == (language, name))

    def instead(line: Any) -> Any:
        return replace(line, words=line.words.replace(said, canary)) if isinstance(line, Says | Hears) else line

    changed = replace(played, lines=[(number, instead(line)) for number, line in played.lines])
    assert canary in str(changed.lines)
    return changed


PLANTED = {
    "telegram": planted("en", "leave.one_sentence", "family trip", "kenaritelegram trip"),
    "slack": planted("id", "approvals.rejected", "stok opname", "kenarislack opname"),
}


@pytest.mark.parametrize("stage", PLANTED.values(), ids=PLANTED, indirect=True)
async def test_what_is_said_in_a_chat_lies_open_nowhere(
    stage: Stage,  # noqa: F811
    logged: io.StringIO,  # noqa: F811
) -> None:
    await perform(stage)
    raw = [*_bytes(), logged.getvalue()]
    assert sum(map(len, raw)) > 100_000
    assert not [at for at, text in enumerate(raw) if "kenari" in text]


def _bytes() -> Iterator[str]:
    """The database of the scene, with what lies beside it."""
    path = Path(settings.current().database_url.removeprefix("sqlite:///"))
    for file in path.parent.glob(f"{path.stem}*"):
        if file.is_file():
            yield file.read_bytes().decode("latin-1")
