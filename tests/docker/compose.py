"""Reads the containers' files as Docker would, so that what they name can be run here without Docker."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
FILES = ("compose.yaml", "compose.scale-out.yaml")
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<sign>[-?])(?P<rest>[^}]*))?}")


def services(file: str) -> dict[str, dict[str, Any]]:
    """The services of a compose file by name."""
    read: dict[str, Any] = yaml.safe_load((DOCKER / file).read_text(encoding="utf-8"))
    return dict(read["services"])


def ours(file: str) -> dict[str, dict[str, Any]]:
    """The services that run Serambi itself, in the order in which their dependencies let them start."""
    everything = services(file)
    waiting = {name: service for name, service in everything.items() if service["image"] == "serambi"}
    ordered: dict[str, dict[str, Any]] = {}
    while waiting:
        ready = [name for name, service in waiting.items() if not set(service.get("depends_on", {})) & set(waiting)]
        assert ready, f"{file}: these wait for each other: {sorted(waiting)}"
        ordered |= {name: waiting.pop(name) for name in ready}
    return ordered


def filled_in(text: str, environment: Mapping[str, str]) -> str:
    """Put the operator's variables in place; one without a default that is not given is an error, as in Docker."""

    def value(found: re.Match[str]) -> str:
        given = environment.get(found["name"], "")
        if not given and found["sign"] != "-":
            raise KeyError(f"{found['name']}: {found['rest']}")
        return given or found["rest"]

    return _VARIABLE.sub(value, text)


def required(file: str) -> set[str]:
    """The variables that an operator must give."""
    text = (DOCKER / file).read_text(encoding="utf-8")
    return {found["name"] for found in _VARIABLE.finditer(text) if found["sign"] != "-"}


def instructions() -> Iterator[tuple[str, str]]:
    """Each instruction of the Dockerfile with its words, continued lines joined."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, words = line.partition(" ")
            yield name, words.strip()


def command(service: dict[str, Any]) -> list[str]:
    """What the container runs: its own words, or the image's, as Docker puts them together."""
    said = {name: json.loads(words) for name, words in instructions() if name in {"ENTRYPOINT", "CMD"}}
    entrypoint = service.get("entrypoint", said["ENTRYPOINT"])
    return [*entrypoint, *service.get("command", said["CMD"])]


def image_environment() -> dict[str, str]:
    """What the image sets by itself."""
    pairs = [word.partition("=") for name, words in instructions() if name == "ENV" for word in shlex.split(words)]
    return {name: value for name, _, value in pairs}
