"""The README's own commands, taken from it word for word and run against a running server."""

import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp
from tests.services import free_port

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"<!-- run: (?P<name>\S+) -->\n\s*```sh\n(?P<script>.*?)\n\s*```", re.S)


def blocks(guide: str) -> dict[str, str]:
    """The scripts of a guide that are run, by name, in the order in which they are read."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    return {found["name"]: textwrap.dedent(found["script"]) for found in BLOCK.finditer(text)}


SCRIPTS = blocks("README.md")
PEOPLE = "employee_number,name,manager\n0001,Sari Wulandari,\n0002,Budi Santoso,0001\n"


def said(script: str, environment: dict[str, str], folder: Path) -> str:
    """What the commands print; they must all succeed."""
    command = ["bash", "-euo", "pipefail", "-c", script]
    done = subprocess.run(
        command, check=False, env=environment, cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A server with the channels connected to stand-ins of their platforms."""
    with Telegram() as telegram, Slack() as slack, WhatsApp() as whatsapp:
        port = free_port()
        environment = surroundings() | {
            "SERAMBI_DATABASE_URL": f"sqlite:///{tmp_path}/serambi.db",
            "SERAMBI_KEYS": f"{tmp_path}/keys.db",
            "SERAMBI_PORT": str(port),
            "SERAMBI_BASE_URL": f"http://127.0.0.1:{port}",
            "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
            "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters",
            **telegram.environ(),
            **slack.environ(),
            **whatsapp.environ(),
        }
        said("serambi migrate", environment, tmp_path)
        with running(["serambi", "run"], environment, tmp_path) as process:
            wait_until_ready(process, environment)
            yield environment


def test_every_script_of_the_readme_is_run_here() -> None:
    assert set(SCRIPTS) == {
        "company", "telegram-connect", "telegram-hello", "slack-hello", "whatsapp-handshake", "whatsapp-hello",
    }  # fmt: skip


@pytest.mark.needs("curl")
def test_the_channels_answer_the_readme(installation: dict[str, str], tmp_path: Path) -> None:
    from_outside = installation | {"SERAMBI_BASE_URL": "https://hr.contoh.co.id"}  # Telegram takes nothing but https
    connected = said(SCRIPTS["telegram-connect"], from_outside, tmp_path)
    assert "Telegram delivers to https://hr.contoh.co.id/hooks/telegram" in connected
    assert said("serambi telegram check", from_outside, tmp_path).count("ok  ") == 5
    assert said(SCRIPTS["telegram-hello"], installation, tmp_path).strip() == "200"
    assert "halo" in said(SCRIPTS["slack-hello"], installation, tmp_path)
    assert said(SCRIPTS["whatsapp-handshake"], installation, tmp_path) == "halo"
    assert said(SCRIPTS["whatsapp-hello"], installation, tmp_path).strip() == "200"


@pytest.mark.needs("curl")
def test_a_wrong_secret_is_refused(installation: dict[str, str], tmp_path: Path) -> None:
    named = ("TELEGRAM_SECRET", "SLACK_SIGNING_SECRET", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN")
    wrong = installation | {f"SERAMBI_{name}": "guessed" for name in named}
    assert said(SCRIPTS["telegram-hello"], wrong, tmp_path).strip() in {"401", "403"}
    for name in ("slack-hello", "whatsapp-handshake"):
        assert "halo" not in said(SCRIPTS[name], wrong, tmp_path)
    assert said(SCRIPTS["whatsapp-hello"], wrong, tmp_path).strip() == "401"


def test_the_templates_of_whatsapp_are_printed_to_be_pasted(tmp_path: Path) -> None:
    printed = said("serambi whatsapp templates", surroundings(), tmp_path)
    assert "request_waiting\tid\tUTILITY\nAda pengajuan" in printed and "[Buka] (quick reply)" in printed
    told = json.loads(said("serambi whatsapp templates --json", surroundings(), tmp_path))["templates"]
    assert {(one["name"], one["language"]) for one in told} == WhatsApp().templates.keys()
    assert all(0 < len(one["button"]) <= 20 and "{" not in one["text"] for one in told)


def test_a_company_is_set_up_as_the_readme_says(tmp_path: Path) -> None:
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parents[1])
    (tmp_path / "people.csv").write_text(PEOPLE)
    printed = said(SCRIPTS["company"], surroundings(), tmp_path)
    assert "http://127.0.0.1:8000/" in printed, "there is no sign-in link"
    assert (tmp_path / "var" / "serambi.db").is_file()
