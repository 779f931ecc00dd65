"""Asks what is publicly known to be vulnerable in the locked packages; says so when it could not ask.

Run by `make audit` as `python -m tests.architecture.audit`. It fails on a finding, never on a missing network.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from tests.architecture.locks import LOCKS, ROOT

PIP_AUDIT = "pip-audit==2.10.1"
NPM_PACKAGES = {"htmx.org": "HTMX_VERSION", "axe-core": "AXE_VERSION"}


def python_packages(folder: Path) -> bool | None:
    """Whether the locked Python packages are free of known vulnerabilities; None when nobody could be asked."""
    venv.create(folder / "venv", with_pip=True)
    program = folder / "venv" / "bin"
    if _run([str(program / "python"), "-m", "pip", "install", "-q", PIP_AUDIT]).returncode:
        return None
    for lock in LOCKS:
        done = _run(
            [str(program / "pip-audit"), "--disable-pip", "--require-hashes", "-f", "json", "-r", str(ROOT / lock)]
        )
        try:
            packages = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            return None
        # A package that the list does not know was not looked at, however clean the exit.
        if any("skip_reason" in package for package in packages):
            return None
        for package in packages:
            for finding in package.get("vulns", []):
                print(f"{package['name']} {package['version']}: {finding['id']}, mended in {finding['fix_versions']}")
        if done.returncode:
            return False
    return True


def npm_packages(folder: Path) -> bool | None:
    """The same for what the pages and the tests load from npm."""
    makefile = dict(line.split(" := ") for line in (ROOT / "Makefile").read_text().splitlines() if " := " in line)
    wanted = {name: makefile[variable] for name, variable in NPM_PACKAGES.items()}
    (folder / "package.json").write_text(json.dumps({"name": "audit", "version": "0.0.0", "dependencies": wanted}))
    if _run(["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit"], folder).returncode:
        return None
    done = _run(["npm", "audit", "--json"], folder)
    try:
        counts = json.loads(done.stdout)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        return None
    if counts["total"]:
        print(done.stdout)
    return not counts["total"]


def _run(command: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as failed:
        return subprocess.CompletedProcess(command, 1, "", str(failed))


if __name__ == "__main__":
    verdicts = {
        None: "COULD NOT ASK (no network to the list of vulnerabilities)",
        True: "none known",
        False: "FOUND, see above",
    }
    with tempfile.TemporaryDirectory() as temporary:
        answers = {"Python": python_packages(Path(temporary)), "npm": npm_packages(Path(temporary))}
    for registry, verdict in answers.items():
        print(f"{registry} packages: {verdicts[verdict]}")
    sys.exit(False in answers.values())
