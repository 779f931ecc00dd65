"""A bare server in a folder: what the guides type as root happens below it, with the shipped files as they are.

Debian's own programs that would change this computer (apt-get, useradd, systemctl, ...) are stood in for by scripts:
`systemctl` starts what a unit file says, with its environment; Caddy is the real one, with a certificate of its own.
"""

import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path
from urllib.parse import urlsplit

from tests.docker.test_commands import surroundings
from tests.services import free_port

ROOT = Path(__file__).parents[2]
SITE = "hr.contoh.co.id"
FOLDERS = ("/opt/serambi", "/etc/", "/var/lib/serambi", "/var/backups", "/usr/local/bin/")
QUIET = ("apt-get", "useradd", "chown", "journalctl", "docker")
SCRIPTS = {
    # -o and -g name a user that is not there; what is laid down has our folders in it.
    "install": """
        import shutil, sys; from pathlib import Path
        sys.path.insert(0, {root!r}); from tests.journeys.server import placed
        words, mode, folder, rest = iter(sys.argv[1:]), 0o755, False, []
        for word in words:
            if word in ("-o", "-g"): next(words)
            elif word == "-m": mode = int(next(words), 8)
            elif word == "-d": folder = True
            else: rest.append(Path(word))
        for one in rest if folder else ():
            one.mkdir(parents=True, exist_ok=True); one.chmod(mode)
        for one in rest[:-1] if not folder else ():
            to = rest[-1] / one.name if rest[-1].is_dir() else rest[-1]
            to.write_text(placed(one.read_text(), Path({here!r}), {ports!r})); to.chmod(mode)
        """,
    # The checkout as it lies here, what is not committed yet included; the script of the pages beside it.
    "git": """
        import shutil, subprocess, sys; from pathlib import Path
        assert sys.argv[1] == "clone", sys.argv
        source, to = sys.argv[-2], Path(sys.argv[-1])
        listed = subprocess.run(["/usr/bin/git", "-C", source, "ls-files", "-z", "--cached", "--others",
            "--exclude-standard"], check=True, capture_output=True, text=True).stdout
        for name in filter(None, listed.split("\\0")):
            if Path(source, name).is_file():
                (to / name).parent.mkdir(parents=True, exist_ok=True); shutil.copy(Path(source, name), to / name)
        vendor = "backoffice/static/vendor"
        shutil.copytree(Path(source, vendor), to / vendor, dirs_exist_ok=True)
        """,
    # A second environment with the same packages would only take time: pip still looks at every hash of the lock.
    "python3": """
        import os, sys
        if sys.argv[1:] == ["-m", "venv", ".venv"]: os.path.lexists(".venv") or os.symlink({venv!r}, ".venv")
        else: os.execv({python!r}, ["python3", *sys.argv[1:]])
        """,
    "runuser": """
        import os, sys
        words = sys.argv[sys.argv.index("--") + 1:]
        os.execvp(words[0], words)
        """,
    "setpriv": """
        import os, sys
        words = sys.argv[sys.argv.index("--") + 1:]
        os.execv(words[0], words)
        """,
    "systemctl": """
        import sys; from pathlib import Path
        sys.path.insert(0, {root!r}); from tests.journeys.server import systemctl
        systemctl(Path({here!r}), {ports!r}, sys.argv[1:])
        """,
}


def placed(text: str, here: Path, ports: dict[str, int]) -> str:
    """What a guide or a shipped file says, below the folder and at ports that are free."""
    for folder in FOLDERS:
        text = text.replace(folder, f"{here}{folder}")
    for usual, ours in ports.items():
        text = re.sub(rf"127\.0\.0\.1:{usual}\b", f"127.0.0.1:{ours}", text)
    return text


class Server:
    """One server; `types` runs a block of a guide on it."""

    def __init__(self, here: Path, postgres: str, redis: str) -> None:
        self.here = here
        self.postgres = urlsplit(postgres)
        self.name = f"serambi_guide_{os.getpid()}"
        self.tls, self.plain = free_port(), free_port()
        self.redis = redis
        self.ports = {port: free_port() for port in ("8000", "8001", "9100", "9101", "9102")}
        self.ports["5432"] = self.postgres.port or 5432
        self.exported: dict[str, str] = {}
        bin_ = here / "bin"
        bin_.mkdir()
        for folder in ("opt", "etc/systemd/system", "etc/caddy", "etc/prometheus", "var/lib", "var/backups", "run"):
            (here / folder).mkdir(parents=True)
        (here / "usr/local").mkdir(parents=True)
        (here / "usr/local/bin").symlink_to(bin_)
        facts = {
            "root": str(ROOT), "here": str(here), "venv": sys.prefix, "python": sys.executable, "ports": self.ports,
        }  # fmt: skip
        told = {name: textwrap.dedent(script).format(**facts) for name, script in SCRIPTS.items()}
        for name, script in (told | dict.fromkeys(QUIET, "")).items():
            program = bin_ / name
            program.write_text(f"#!{sys.executable}\n{script}")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        self.authority = here / "caddy/pki/authorities/local/root.crt"
        (here / ".curlrc").write_text(
            f'connect-to = "{SITE}:443:127.0.0.1:{self.tls}"\ncacert = "{self.authority}"\nsilent\n'
        )
        (here / "caddy.head").write_text(
            f"{{\n\thttps_port {self.tls}\n\thttp_port {self.plain}\n\tlocal_certs\n\tskip_install_trust\n"
            f"\tadmin off\n\tstorage file_system {here}/caddy\n}}\n"
        )

    def types(self, script: str, **exported: str) -> str:
        """What a block prints; its commands must all succeed, and what it exports stays."""
        self.exported |= exported
        script = placed(script, self.here, self.ports)
        for said, ours in (
            ("role serambi_owner", f"role {self.name}_owner"), ("role serambi ", f"role {self.name} "),
            ("database serambi owner serambi_owner", f"database {self.name} owner {self.name}_owner"),
            ("//serambi:", f"//{self.name}:"), ("//serambi_owner:", f"//{self.name}_owner:"),
            (f":{self.ports['5432']}/serambi\n", f":{self.ports['5432']}/{self.name}\n"), ("redis://127.0.0.1:6379/0", self.redis), ("--dbname=serambi ", f"--dbname={self.name} "),
        ):  # fmt: skip
            script = script.replace(said, ours)
        command = ["bash", "-euo", "pipefail", "-c", f"{script}\nenv -0 > {self.here}/run/env"]
        path = f"{self.here}/bin{os.pathsep}{surroundings()['PATH']}"
        given = surroundings() | self.exported | {
            "PATH": path, "CURL_HOME": str(self.here), "PGHOST": self.postgres.hostname or "",
            "PGPORT": str(self.ports["5432"]), "PGUSER": self.postgres.username or "postgres",
        }  # fmt: skip
        done = subprocess.run(
            command, check=False, env=given, cwd=self.here, capture_output=True, text=True, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}{self.logs()}"
        caddyfile = self.here / "etc/caddy/Caddyfile"
        if caddyfile.exists():
            caddyfile.write_text(placed(caddyfile.read_text(), self.here, self.ports))
        after = dict(one.split("=", 1) for one in (self.here / "run/env").read_text().split("\0") if "=" in one)
        self.exported |= {name: after[name] for name in after if name not in given}
        return done.stdout

    def logs(self) -> str:
        """What the services said, newest last."""
        return "\n".join(log.read_text()[-3000:] for log in (self.here / "run").glob("*.log"))

    def adds(self, **settings: str) -> None:
        """Lines of the settings that no guide has: where the stand-ins are."""
        with (self.here / "etc/serambi/environment").open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in settings.items())

    def close(self) -> None:
        """Stop what runs, and drop what was made outside the folder."""
        for file in (self.here / "run").glob("*.pid"):
            _stop(self.here, file.stem)
        names = [f'drop database if exists "{self.name}" with (force)']
        names += [f'drop role if exists "{self.name}{end}"' for end in ("", "_owner")]
        for sql in names:
            subprocess.run(["psql", self.postgres.geturl(), "-qc", sql], check=True, capture_output=True)


# -- systemctl ---------------------------------------------------------------------------------------------------------


def systemctl(here: Path, ports: dict[str, int], words: list[str]) -> None:
    """Do what systemd would, as far as the guides ask for it."""
    verb, *rest = (word for word in words if not word.startswith("--"))
    if verb == "daemon-reload":
        return
    for unit in rest:
        if verb == "status":
            os.kill(int((here / f"run/{unit}.pid").read_text()), 0)
            continue
        _stop(here, unit)
        if verb in ("enable", "start", "restart", "reload"):
            _start(here, unit, ports)
        else:
            assert verb in ("disable", "stop"), words


def _start(here: Path, unit: str, ports: dict[str, int]) -> None:
    environment, folder = dict(os.environ), here
    if unit == "caddy":
        config = here / "run/Caddyfile"
        config.write_text(
            (here / "caddy.head").read_text() + placed((here / "etc/caddy/Caddyfile").read_text(), here, ports)
        )
        command = [shutil.which("caddy") or "caddy", "run", "--config", str(config), "--adapter", "caddyfile"]
    else:
        name, at, port = unit.partition("@")
        text = (here / f"etc/systemd/system/{name}{at}.service").read_text()
        lines = text.replace("%i", str(ports.get(port, port))).splitlines()
        said = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        command, folder = said["ExecStart"].split(), Path(said["WorkingDirectory"])
        environment = {name: value for name, value in environment.items() if not name.startswith("SERAMBI_")}
        environment |= dict(
            line.split("=", 1) for line in Path(said["EnvironmentFile"]).read_text().splitlines() if "=" in line
        )
    with (here / f"run/{unit}.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    (here / f"run/{unit}.pid").write_text(str(process.pid))


def _stop(here: Path, unit: str) -> None:
    file = here / f"run/{unit}.pid"
    if not file.exists():
        return
    number = int(file.read_text())
    file.unlink()
    try:
        os.kill(number, signal.SIGTERM)
        for _ in range(300):
            if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
            signal.sigtimedwait([], 0.1)
        os.kill(number, signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError):
        return
