"""The dashboard and the alerts: every figure in them is told by the product, every alert says what to do."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import CollectorRegistry

import serambi
from core import figures, metrics
from tests.docker.compose import DOCKER, ROOT

MONITORING = DOCKER / "monitoring"
GUIDE = ROOT / "knowledge_base/operators/monitoring.md"
RULES: dict[str, Any] = yaml.safe_load((MONITORING / "alerts.yaml").read_text())
ALERTS = {rule["alert"]: rule for group in RULES["groups"] for rule in group["rules"] if "alert" in rule}
RECORDED = {rule["record"]: rule for group in RULES["groups"] for rule in group["rules"] if "record" in rule}
BOARD: dict[str, Any] = json.loads((MONITORING / "dashboard.json").read_text())
PANELS = [panel for panel in BOARD["panels"] if panel["type"] != "row"]
ASKED = {f"{panel['title']}: {target['refId']}": target["expr"] for panel in PANELS for target in panel["targets"]}
EVERY = {name: rule["expr"] for name, rule in (ALERTS | RECORDED).items()} | ASKED
FIGURE = re.compile(r"\b((?:serambi|process)_\w+)(?:\{(?P<labels>[^}]*)})?")
OF_PROMETHEUS = {"job", "instance", "le"}
MOST_TO_WAKE_FOR = 10


def told() -> dict[str, set[str]]:
    """Every series that the product tells, with the names of its labels."""
    assert serambi.ANSWERS
    found: dict[str, set[str]] = {name: set() for name in _families(metrics.REGISTRY)}  # those of the process itself
    for registry in (metrics.REGISTRY, figures.REGISTRY):
        for collector, names in registry._collector_to_names.items():
            labels = set(getattr(collector, "_labelnames", ()))
            found |= dict.fromkeys(names, labels)
    return found


@pytest.mark.parametrize("where", EVERY, ids=str)
def test_every_figure_that_is_asked_for_is_told_with_these_labels(where: str) -> None:
    known, asked = told(), list(FIGURE.finditer(EVERY[where]))
    assert {one[1] for one in asked} - set(known) == set()
    for one in asked:
        named = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", one["labels"] or ""))
        assert named - known[one[1]] - OF_PROMETHEUS == set(), one[0]
    grouped = {label for group in re.findall(r"by \(([^)]*)\)", EVERY[where]) for label in re.split(r"[,\s]+", group)}
    assert grouped - {"", *OF_PROMETHEUS}.union(*(known[one[1]] for one in asked)) == set()


def test_what_is_recorded_is_what_is_read_again() -> None:
    read = {name for expr in EVERY.values() for name in re.findall(r"\bserambi:[\w:]+", expr)}
    assert read == set(RECORDED)


def test_no_figure_names_a_company_or_a_person() -> None:
    labels = {label for labels in told().values() for label in labels}
    assert labels == {
        "part", "method", "status", "channel", "outcome", "name", "writes", "state", "parts", "release", "lane", "why",
    }  # fmt: skip


def test_every_figure_is_explained_to_operators() -> None:
    explained = set(FIGURE.findall(GUIDE.read_text()))
    named = {name for name, _ in explained}
    for registry in (metrics.REGISTRY, figures.REGISTRY):
        assert {name for name in _families(registry) if name.startswith("serambi")} - named == set()
    assert named - set(told()) == set()


def _families(registry: CollectorRegistry) -> set[str]:
    return {f"{one.name}_total" if one.type == "counter" else one.name for one in registry.collect()}


def test_every_alert_has_its_heading_and_every_heading_its_alert() -> None:
    guide = GUIDE.read_text()
    headings = dict(re.findall(r"^### (Serambi\w+)\n\n(.+)$", guide, re.M))
    assert set(headings) == set(ALERTS)
    assert [name for name, first in headings.items() if len(first) < 40] == []
    for name, alert in ALERTS.items():
        assert alert["annotations"]["runbook"] == f"{GUIDE.relative_to(ROOT)}#{name.lower()}"
        assert alert["annotations"]["summary"].strip()


def test_few_are_worth_waking_for() -> None:
    severities = [alert["labels"]["severity"] for alert in ALERTS.values()]
    assert set(severities) == {"page", "ticket"}
    assert severities.count("page") < MOST_TO_WAKE_FOR


def test_what_is_the_same_from_every_process_is_never_added_up() -> None:
    """Two web processes tell of one queue: its length is not twice as long."""
    whole = "|".join(_families(figures.REGISTRY))
    wrong = re.compile(rf"(?:sum|avg)(?: by \([^)]*\))? \((?:rate\(|increase\()?(?:{whole})\b")
    assert {where: expr for where, expr in EVERY.items() if wrong.search(expr)} == {}


def test_the_board_can_be_imported() -> None:
    numbers = [panel["id"] for panel in BOARD["panels"]]
    assert len(set(numbers)) == len(numbers)
    assert [variable["name"] for variable in BOARD["templating"]["list"]] == ["datasource"]
    assert {panel["datasource"]["uid"] for panel in PANELS} == {"${datasource}"}
    taken: set[tuple[int, int]] = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken and at["x"] + at["w"] <= 24, f"{panel['title']} stands on another"
        taken |= cells


@pytest.mark.needs("promtool")
def test_prometheus_takes_the_files_and_the_alerts_do_what_their_nights_say(tmp_path: Path) -> None:
    for file in (*MONITORING.glob("*.yaml"), Path(__file__).with_name("alerts.test.yaml")):
        shutil.copy(file, tmp_path)
    asked = [
        {"record": f"panel:number{number}", "expr": expr.replace("$__rate_interval", "1m")}
        for number, expr in enumerate(ASKED.values())
    ]
    (tmp_path / "board.yaml").write_text(yaml.safe_dump({"groups": [{"name": "board", "rules": asked}]}))
    for words in ("config prometheus.yaml", "rules alerts.yaml", "rules board.yaml"):
        _promtool(tmp_path, "check", *words.split())
    _promtool(tmp_path, "test", "rules", "alerts.test.yaml")


def _promtool(folder: Path, *words: str) -> None:
    done = subprocess.run(["promtool", *words], cwd=folder, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
