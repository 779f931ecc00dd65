"""Every command the compose files name, run as a plain process with the environment the file gives it.

There need be no Docker for this: only the addresses change, from the containers' names to the servers of the tests.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.docker.compose import command, filled_in, image_environment, ours, required
from tests.services import free_port

GIVEN = {
    "SERAMBI_SECRET_KEY": "a-secret-key-of-at-least-thirty-two-characters",
    "SERAMBI_MASTER_KEY": "a-master-key-of-at-least-thirty-two-characters",
    "POSTGRES_PASSWORD": "not-asked-for-here",
    "SITE_NAME": "hr.contoh.co.id",
}
PATIENCE = 60


def environment(service: dict[str, Any], folder: Path, addresses: dict[str, str]) -> dict[str, str]:
    """What the container would have, with the addresses of this machine."""
    inside = image_environment() | {name: filled_in(str(v), GIVEN) for name, v in service["environment"].items()}
    inside = {name: value for name, value in inside.items() if name.startswith("SERAMBI_")}
    inside["SERAMBI_DATABASE_URL"] = inside["SERAMBI_DATABASE_URL"].replace("/data/", f"{folder}/")
    inside["SERAMBI_KEYS"] = inside["SERAMBI_KEYS"].replace("/keys/", f"{folder}/")
    changed = {name: value for name, value in addresses.items() if name in inside}
    return surroundings() | inside | changed | here()


def here() -> dict[str, str]:
    """Ports of this machine that nobody has."""
    ports = {"SERAMBI_PORT": str(free_port()), "SERAMBI_PROBE_PORT": str(free_port())}
    return {"SERAMBI_HOST": "127.0.0.1", **ports}


def surroundings() -> dict[str, str]:
    """The environment of this process without anything of Serambi's, and with its command in reach."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("SERAMBI_")}
    return bare | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{bare['PATH']}"}


@contextmanager
def running(command: list[str], env: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, ended as Docker ends it: it must stop by itself when asked, and well."""
    with (folder / f"log-{env['SERAMBI_PORT']}").open("wb") as log:
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0, f"{command} did not stop well:\n{Path(log.name).read_text()}"
    except BaseException:
        print(Path(log.name).read_text())
        raise
    finally:
        process.kill()
        process.wait()


def wait_until_ready(process: subprocess.Popen[bytes], env: dict[str, str], port: str = "SERAMBI_PORT") -> None:
    deadline = time.monotonic() + PATIENCE
    answer: object = None
    while time.monotonic() < deadline:
        assert process.poll() is None, f"it ended with {process.returncode}"
        try:
            answer = httpx.get(f"http://127.0.0.1:{env[port]}/readyz", timeout=5)
            if answer.status_code == httpx.codes.OK:
                return
        except httpx.TransportError as not_yet:
            answer = not_yet
        time.sleep(0.2)
    pytest.fail(f"not ready within {PATIENCE} seconds: {getattr(answer, 'text', answer)}")


def figures_of(port: str) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=10).text


def test_what_an_operator_must_give_is_known_here() -> None:
    assert required("compose.yaml") | required("compose.scale-out.yaml") <= set(GIVEN)


def test_the_one_container_becomes_ready_and_stops_well(tmp_path: Path) -> None:
    (service,) = ours("compose.yaml").values()
    env = environment(service, tmp_path, {})
    with running(command(service), env, tmp_path) as process:
        wait_until_ready(process, env)
    assert (tmp_path / "serambi.db").is_file(), "the data is not in the volume"
    assert (tmp_path / "keys.db").is_file(), "the keys are not in theirs"


def test_the_parts_become_ready_together_and_stop_well(tmp_path: Path, fresh_postgres_url: str, redis_url: str) -> None:
    addresses = {"SERAMBI_DATABASE_URL": fresh_postgres_url, "SERAMBI_BROKER_URL": redis_url}
    with ExitStack() as stack:
        processes = []
        for name, service in ours("compose.scale-out.yaml").items():
            env = environment(service, tmp_path, addresses)
            if service.get("restart") == "no":
                subprocess.run(command(service), env=env, cwd=tmp_path, check=True, timeout=PATIENCE)
                continue
            for _ in range(service.get("deploy", {}).get("replicas", 1)):
                processes.append((name, stack.enter_context(running(command(service), env, tmp_path)), env))
                env = env | here()
        assert sorted(name for name, *_ in processes) == ["scheduler", "web", "web", "worker", "worker"]
        for name, process, env in processes:
            wait_until_ready(process, env, "SERAMBI_PORT" if name == "web" else "SERAMBI_PROBE_PORT")
            assert f'parts="{name}"' in figures_of(env["SERAMBI_PORT" if name == "web" else "SERAMBI_PROBE_PORT"])
        assert [name for name, process, _ in processes if process.poll() is not None] == []
