"""The guide for whoever runs a Telegram bot: its own commands, word for word, against Telegram's stand-in."""

import re
from pathlib import Path

from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.faults.books import until
from tests.journeys.test_readme import ROOT, blocks, said
from tests.outside.telegram import SECRET, Telegram
from tests.services import free_port

GUIDE = (ROOT / "knowledge_base/operators/telegram.md").read_text(encoding="utf-8")
SCRIPTS = blocks("knowledge_base/operators/telegram.md")
STRANGER = 9_600_001


def environment(telegram: Telegram, folder: Path, **more: str) -> dict[str, str]:
    """What the guide has exported so far."""
    return surroundings() | {
        "SERAMBI_DATABASE_URL": f"sqlite:///{folder}/serambi.db",
        "SERAMBI_KEYS": f"{folder}/keys.db",
        "SERAMBI_PORT": str(free_port()),
        "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
        "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters",
        "SERAMBI_TELEGRAM_TOKEN": telegram.token,
        "SERAMBI_TELEGRAM_API": telegram.url,
        **more,
    }


def test_every_script_of_the_guide_is_run_here() -> None:
    assert set(SCRIPTS) == {"connect", "check", "disconnect"}


def test_a_bot_that_is_brought_its_updates(tmp_path: Path) -> None:
    with Telegram() as telegram:
        here = environment(
            telegram, tmp_path, SERAMBI_BASE_URL="https://hr.contoh.co.id", SERAMBI_TELEGRAM_SECRET=SECRET
        )
        assert "https://hr.contoh.co.id/hooks/telegram" in said(SCRIPTS["connect"], here, tmp_path)
        assert telegram.webhook["secret_token"] == SECRET
        lines = re.findall(r"^ok +(\w+):", said(SCRIPTS["check"], here, tmp_path), re.M)
        assert lines == re.findall(r"^\| `(\w+)` \|", GUIDE, re.M)
        said(SCRIPTS["disconnect"], here, tmp_path)
        assert telegram.webhook == {}
        assert telegram.refusals == []


async def test_a_bot_that_asks_for_them_answers_without_a_public_address(tmp_path: Path) -> None:
    with Telegram() as telegram:
        here = environment(telegram, tmp_path, SERAMBI_TELEGRAM_MODE="polling")
        assert "we ask Telegram" in said(SCRIPTS["connect"], here, tmp_path)
        said("serambi migrate", here, tmp_path)
        with running(["serambi", "run"], here, tmp_path) as process:
            wait_until_ready(process, here)
            telegram.queue(telegram.update("halo", STRANGER))
            await until(lambda: telegram.words(str(STRANGER)), "the bot answers", 30)
        assert "asisten HR" in telegram.last(str(STRANGER)).words
        assert said(SCRIPTS["check"], here, tmp_path).count("ok  ") == 3
