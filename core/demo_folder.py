"""The folder of a demo installation: its keys, its database, and what a second terminal needs to speak to it."""

import json
import secrets
import shutil
import socket
from dataclasses import replace
from pathlib import Path

from core.settings import Misconfigured, Settings

FOLDER = Path("var/demo")


def settle(made: Settings, *, reset: bool) -> Settings:
    """The settings of the demo: its own file, keys made once, a free port; `reset` begins anew."""
    if reset:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    keys = FOLDER / "keys.json"
    if not keys.exists():
        keys.write_text(json.dumps({"master_key": secrets.token_urlsafe(32), "secret_key": secrets.token_urlsafe(32)}))
        keys.chmod(0o600)
    return replace(
        made, database_url=f"sqlite:///{FOLDER}/serambi.db", keys=f"{FOLDER}/keys.db", files=f"{FOLDER}/files",
        migration_url="", broker_url="", port=_free_port(made), base_url="", old_master_key="",
        **json.loads(keys.read_text()),
    )  # fmt: skip


def _free_port(made: Settings) -> int:
    for wanted in (made.port, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((made.host, wanted))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Misconfigured(f"no free port on {made.host}: set SERAMBI_PORT")


def moved(made: Settings, wished: int) -> str:
    """Said loudly when the demo is not where it is looked for: another program, maybe an older demo, has the port."""
    line = "!" * 78
    return (
        f"\n{line}\n! Port {wished} on {made.host} is taken by another program, maybe a demo that still runs.\n"
        f"! This demo is at {made.public_url} instead; what answers at port {wished} is NOT this one.\n"
        f"! To have it at {wished}: stop the other program and start again. Or choose another:\n"
        f"! SERAMBI_PORT=8123 serambi demo\n{line}"
    )


def write_environment(made: Settings) -> None:
    """What a second terminal needs to speak to the demo: `. var/demo/environment`."""
    file = FOLDER / "environment"
    lines = {
        "DATABASE_URL": made.database_url,
        "BASE_URL": made.public_url,
        "PORT": str(made.port),
        "SECRET_KEY": made.secret_key,
        "MASTER_KEY": made.master_key,
        "KEYS": made.keys,
        "FILES": made.files,
    }
    file.write_text("".join(f"export SERAMBI_{name}='{value}'\n" for name, value in lines.items()))
    file.chmod(0o600)
