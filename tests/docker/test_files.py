"""The containers' files: nothing in them that is unsafe, unknown or gone."""

import json
from dataclasses import MISSING, fields

import pytest

from core.settings import Settings
from tests.docker.compose import (
    DOCKER,
    FILES,
    ROOT,
    filled_in,
    image_environment,
    instructions,
    ours,
    required,
    services,
)
from tests.docker.test_commands import GIVEN


def test_the_image_does_not_run_as_root_and_installs_only_what_is_locked() -> None:
    last_stage = list(instructions())
    last_stage = last_stage[max(number for number, (name, _) in enumerate(last_stage) if name == "FROM") :]
    assert [words for name, words in last_stage if name == "USER"] == ["serambi"]
    installs = [words for name, words in instructions() if name == "RUN" and "pip install" in words]
    assert installs
    assert all("--require-hashes" in words for words in installs)


def test_the_image_copies_what_is_there_and_all_of_the_product() -> None:
    copied = [
        word
        for name, words in instructions()
        if name == "COPY" and "--from" not in words
        for word in words.split()[:-1]
    ]
    assert [word for word in copied if not (ROOT / word).exists()] == []
    assert {"serambi.py", "core", "bot", "backoffice"} <= set(copied)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(copied) <= let_in


def test_the_image_carries_no_secret() -> None:
    assert [name for name in image_environment() if "KEY" in name or "TOKEN" in name or "SECRET" in name] == []


@pytest.mark.parametrize("file", FILES)
def test_secrets_come_from_the_operator(file: str) -> None:
    for name, service in services(file).items():
        for variable, value in service.get("environment", {}).items():
            if any(word in variable for word in ("KEY", "TOKEN", "SECRET", "PASSWORD")):
                assert str(value).startswith("${"), f"{file}: {name}: {variable} is written down"


# Where things are inside is the file's own matter; one address of an API for all, and no file of an authority.
ITS_OWN = {"files", "host", "port", "probe_port", "database_url", "migration_url", "broker_url", "smtp_ca", "imap_ca"}
DIFFERENT = {"base_url", "secret_key", "master_key", "keys", "proxies"}
ITS_OWN |= {"telegram_api", "whatsapp_api", "whatsapp_api_version", "slack_api"}


@pytest.mark.parametrize("file", FILES)
def test_every_setting_of_an_operator_is_handed_through_with_its_default(file: str) -> None:
    for service in ours(file).values():
        inside = {name: filled_in(str(value), GIVEN) for name, value in service["environment"].items()}
        for one in fields(Settings):
            if one.name not in ITS_OWN and one.default is not MISSING:
                given = inside.get(f"SERAMBI_{one.name.upper()}")
                assert given is not None, f"{file}: {one.name} cannot be set"
                assert one.name in DIFFERENT or given == str(one.default), f"{file}: {one.name} is {given}"


@pytest.mark.parametrize("file", FILES)
def test_the_head_of_the_file_names_what_must_be_given(file: str) -> None:
    head = (DOCKER / file).read_text().partition("\nname:")[0]
    assert [variable for variable in required(file) if f"{variable}=" not in head] == []


@pytest.mark.parametrize("file", FILES)
def test_a_missing_secret_stops_the_start(file: str) -> None:
    for service in ours(file).values():
        with pytest.raises(KeyError, match="SERAMBI_MASTER_KEY"):
            filled_in(service["environment"]["SERAMBI_MASTER_KEY"], {})


@pytest.mark.parametrize("file", FILES)
def test_every_container_of_ours_is_confined(file: str) -> None:
    for service in ours(file).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert not service.get("privileged")


@pytest.mark.parametrize("file", FILES)
def test_data_and_keys_lie_in_volumes_of_their_own(file: str) -> None:
    for service in ours(file).values():
        places = dict(reversed(one.split(":")) for one in service["volumes"])
        keys = filled_in(service["environment"]["SERAMBI_KEYS"], {})
        assert places[f"/{keys.split('/')[1]}"] == "keys"
        assert "keys" not in {volume for place, volume in places.items() if place != "/keys"}
    made = next(words for name, words in instructions() if name == "RUN" and "useradd" in words)
    assert "/keys" in made, "a volume belongs to root unless the image has the folder"


def test_caddy_sends_to_a_service_that_is_there() -> None:
    caddyfile = (DOCKER / "Caddyfile").read_text()
    assert "dynamic a web 8000" in caddyfile
    assert "web" in services("compose.scale-out.yaml")
    assert image_environment()["SERAMBI_PORT"] == "8000"


def test_a_part_without_pages_is_asked_how_it_is_where_it_answers() -> None:
    for name in ("worker", "scheduler"):
        service = ours("compose.scale-out.yaml")[name]
        port = service["environment"]["SERAMBI_PROBE_PORT"]
        assert f"http://127.0.0.1:{port}/readyz" in service["healthcheck"]["test"][-1]


def test_the_image_starts_with_the_command_people_know() -> None:
    said = {name: words for name, words in instructions() if name in {"ENTRYPOINT", "CMD"}}
    assert json.loads(said["ENTRYPOINT"]) == ["serambi"]
    assert json.loads(said["CMD"]) == ["run"]
