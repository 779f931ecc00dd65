"""The shorter guides, word for word: Slack's own test, what is typed before the checklist, and Prometheus's files."""

import json
import re
from pathlib import Path

import pytest

from core.messaging.workspaces import App, manifest
from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.journeys.server import ROOT, placed
from tests.journeys.test_readme import PEOPLE, blocks, said
from tests.outside.slack import Slack
from tests.outside.telegram import SECRET, Telegram
from tests.services import free_port

SLACK, CHECKLIST, MONITORING = (
    blocks(f"knowledge_base/operators/{name}.md") for name in ("slack", "live-checklist", "monitoring")
)


def environment(folder: Path, **more: str) -> dict[str, str]:
    return surroundings() | {
        "SERAMBI_DATABASE_URL": f"sqlite:///{folder}/serambi.db", "SERAMBI_KEYS": f"{folder}/keys.db",
        "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
        "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters", **more,
    }  # fmt: skip


def test_every_block_is_run_here() -> None:
    assert (tuple(SLACK), tuple(CHECKLIST), tuple(MONITORING)) == (("hello",), ("before",), ("monitoring",))


def test_the_manifest_asks_slack_for_what_the_product_s_own_does() -> None:
    """But the way back from an installation, which one app for all has not, and its words."""
    text = (ROOT / "knowledge_base/operators/slack.md").read_text()
    told = json.loads(re.findall(r"```json\n(.*?)\n```", text, re.S)[0])
    ours = manifest(
        "https://hr.contoh.co.id", App(1, 1, "KEY", "http", "", "", "", "", None, None), "back",
        words={"about": "HR", "command": "HR", "hint": ""},
    )  # fmt: skip
    ours = json.loads(json.dumps(ours).replace("/KEY", ""))
    del ours["oauth_config"]["redirect_urls"], ours["features"]["slash_commands"][0]["usage_hint"]
    assert told == ours


@pytest.mark.needs("curl")
def test_slack_s_question_is_answered(tmp_path: Path) -> None:
    with Slack() as slack:
        port = str(free_port())
        here = environment(tmp_path, SERAMBI_PORT=port, SERAMBI_BASE_URL=f"http://127.0.0.1:{port}", **slack.environ())
        said("serambi migrate", here, tmp_path)
        with running(["serambi", "run"], here, tmp_path) as process:
            wait_until_ready(process, here)
            assert "halo" in said(SLACK["hello"], here, tmp_path)


@pytest.mark.timeout(400)  # seven processes, one after the other
def test_what_is_typed_before_the_checklist(tmp_path: Path) -> None:
    with Telegram() as telegram:
        here = environment(
            tmp_path, SERAMBI_TELEGRAM_TOKEN=telegram.token, SERAMBI_TELEGRAM_API=telegram.url,
            SERAMBI_TELEGRAM_SECRET=SECRET, SERAMBI_BASE_URL="https://hr.contoh.co.id",
        )  # fmt: skip
        (tmp_path / "people.csv").write_text(PEOPLE)
        said("serambi migrate", here, tmp_path)
        said('serambi company add "PT Contoh" --admin hr@contoh.co.id', here, tmp_path)
        said('serambi people import people.csv --company "PT Contoh"', here, tmp_path)
        said("serambi telegram connect", here, tmp_path)
        printed = said(CHECKLIST["before"], here, tmp_path)
    assert re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", printed), printed
    assert printed.count("ok  ") > 5


@pytest.mark.needs("promtool")
def test_prometheus_takes_its_files_where_the_guide_lays_them(tmp_path: Path) -> None:
    (tmp_path / "etc/prometheus").mkdir(parents=True)
    (tmp_path / "docker").symlink_to(ROOT / "docker")
    script = placed(MONITORING["monitoring"], tmp_path, {})
    assert said(script, surroundings(), tmp_path).count("SUCCESS") >= 2
