"""What is shipped for a server without containers: systemd and Caddy take it, and it is confined."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docker.compose import DOCKER, ROOT

SERVER = DOCKER / "server"
UNITS = sorted(path.name for path in SERVER.glob("*.service"))
PROGRAM = "/opt/serambi/current/.venv/bin/python"
MOST_EXPOSED = 2.5  # of ten, as systemd reckons; a service without any of its walls has 9.6


def said(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def lines(unit: str) -> list[str]:
    return (SERVER / unit).read_text().splitlines()


def test_there_is_a_unit_for_each_way_to_run() -> None:
    verbs = {
        re.findall(r"serambi\.py (\w+)$", line)[0] for unit in UNITS for line in lines(unit) if "ExecStart" in line
    }
    assert verbs == {"run", "web", "worker", "scheduler"}


@pytest.mark.needs("systemd")
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_unit_and_finds_it_confined(unit: str, tmp_path: Path) -> None:
    name = unit.replace("@.", "@9100.")
    (tmp_path / name).write_text("\n".join(lines(unit)).replace(PROGRAM, sys.executable))
    assert said("systemd-analyze", "verify", f"./{name}", folder=tmp_path).strip() == ""
    told = said("systemd-analyze", "security", "--offline=true", f"./{name}", folder=tmp_path)
    assert float(re.findall(r"exposure level for \S+: ([\d.]+)", told)[0]) <= MOST_EXPOSED


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_has_the_same_walls_and_writes_where_the_guide_makes_folders(unit: str) -> None:
    its_own = ("Description=", "After=", "ExecStart=", "# ")
    walls = [[line for line in lines(one) if not line.startswith(its_own)] for one in (unit, "serambi.service")]
    assert walls[0] == walls[1]
    guide = (ROOT / "knowledge_base/operators/install.md").read_text()
    for folder in re.findall("^ReadWritePaths=(.*)$", "\n".join(lines(unit)), re.M)[0].replace(" -", " ").split():
        assert re.search(rf"install -d -o serambi .*{folder}\b", guide)


def test_a_port_in_the_settings_of_all_does_not_win_over_the_unit_s_own() -> None:
    """EnvironmentFile= would win over Environment=: so the unit says it in its command."""
    for unit in UNITS:
        text = "\n".join(lines(unit))
        assert ("@" in unit) is bool(re.search(r"^ExecStart=/usr/bin/env SERAMBI_\w*PORT=%i /", text, re.M))
        assert not re.search("^Environment=", text, re.M)


@pytest.mark.needs("caddy")
@pytest.mark.parametrize("file", ["Caddyfile", "server/Caddyfile"])
def test_caddy_takes_the_file_and_keeps_the_figures_inside(file: str, tmp_path: Path) -> None:
    shutil.copy(DOCKER / file, tmp_path / "Caddyfile")
    text = (tmp_path / "Caddyfile").read_text().replace("{$SITE_NAME}", "hr.contoh.co.id")
    (tmp_path / "Caddyfile").write_text(text)
    told = said("caddy", "validate", "--config", "Caddyfile", "--adapter", "caddyfile", folder=tmp_path)
    assert "Valid configuration" in told
    assert "@monitors path /metrics" in text and "respond @monitors 404" in text


def test_the_command_of_the_server_reads_only_settings_and_becomes_its_user(tmp_path: Path) -> None:
    """A line of the settings is never run: a password may hold anything."""
    (tmp_path / "environment").write_text(
        "# settings\nPATH=/nowhere\nSERAMBI_SMTP_URL=smtp://u:$(touch made)`touch made`@h:25?a=b c\n"
    )
    (tmp_path / "setpriv").write_text('#!/bin/sh\nenv | grep ^SERAMBI\nfor word; do echo "[$word]"; done\n')
    (tmp_path / "setpriv").chmod(0o755)
    script = (SERVER / "serambi").read_text().replace("/etc/serambi/environment", str(tmp_path / "environment"))
    (tmp_path / "serambi").write_text(script)
    told = subprocess.run(
        ["sh", "serambi", "people", "import", "a b.csv"], cwd=tmp_path, check=True, capture_output=True, text=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    ).stdout.splitlines()  # fmt: skip
    assert told[0] == "SERAMBI_SMTP_URL=smtp://u:$(touch made)`touch made`@h:25?a=b c"
    assert told[1:5] == ["[--reuid=serambi]", "[--regid=serambi]", "[--init-groups]", "[--]"]
    assert told[-3:] == ["[people]", "[import]", "[a b.csv]"]
    assert not (tmp_path / "made").exists()
