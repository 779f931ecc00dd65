"""An installation that is set up wrongly does not start, and says which line to correct."""

from dataclasses import fields
from pathlib import Path

import pytest

from core.settings import Misconfigured, Settings, load, require_secrets

KEY = "0123456789abcdef0123456789abcdef"


def refused(**environ: str) -> str:
    with pytest.raises(Misconfigured) as wrong:
        load({f"SERAMBI_{name}": value for name, value in environ.items()})
    return str(wrong.value)


def test_nothing_set_is_a_small_installation_on_this_machine() -> None:
    made = load({"PATH": "/usr/bin", "TELEGRAM_TOKEN": "of somebody else"})
    assert made == Settings()
    assert (made.public_url, made.on_postgres, made.secure) == ("http://127.0.0.1:8000", False, False)


def test_an_unknown_variable_is_named() -> None:
    assert "SERAMBI_DATABSE_URL" in refused(DATABSE_URL="sqlite:///x.db")
    assert "SERAMBI_FILE" in refused(FILE="/etc/passwd")
    assert "SERAMBI_NOTHING_FILE" in refused(NOTHING_FILE="/etc/passwd")


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    assert load({"SERAMBI_MASTER_KEY_FILE": str(file)}).master_key == KEY


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "SERAMBI_MASTER_KEY_FILE" in refused(MASTER_KEY_FILE=str(tmp_path / "gone"))


def test_a_number_must_be_one() -> None:
    assert load({"SERAMBI_PORT": "9000"}).port == 9000
    assert "SERAMBI_PORT" in refused(PORT="http")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://db"), ("DATABASE_URL", "serambi.db"), ("BROKER_URL", "kafka://b"),
        ("SLACK_API", "https://slack.com/api"), ("TELEGRAM_TOKEN", "1:a"), ("SLACK_BOT_TOKEN", "xoxb-1"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_before_the_start(name: str, value: str) -> None:
    assert f"SERAMBI_{name}" in refused(**{name: value})


@pytest.mark.parametrize("url", ["http://hr.maju.example", "http://8.8.8.8:8000", "http://127.0.0.1.maju.example"])
def test_plain_http_is_refused_where_others_could_read_along(url: str) -> None:
    assert "SERAMBI_BASE_URL" in refused(BASE_URL=url)


@pytest.mark.parametrize(
    "url",
    ["https://hr.maju.example", "http://localhost:8000", "http://10.0.0.5", "http://[::1]:8000", "http://hr.internal"],
)
def test_other_addresses_are_taken(url: str) -> None:
    made = load({"SERAMBI_BASE_URL": url + "/"})
    assert made.public_url == url
    assert made.secure == url.startswith("https")


def test_listening_to_the_world_needs_an_address_that_people_can_trust() -> None:
    assert load({"SERAMBI_HOST": "0.0.0.0"}).host == "0.0.0.0"
    assert "SERAMBI_BASE_URL" in refused(HOST="8.8.4.4")


@pytest.mark.parametrize("length", [0, 31])
@pytest.mark.parametrize("name", ["secret_key", "master_key"])
def test_short_keys_are_refused_with_the_command_that_makes_one(name: str, length: int) -> None:
    made = load({"SERAMBI_SECRET_KEY": KEY, "SERAMBI_MASTER_KEY": KEY} | {f"SERAMBI_{name.upper()}": "x" * length})
    with pytest.raises(Misconfigured, match=f"SERAMBI_{name.upper()}[^$]*export"):
        require_secrets(made)
    require_secrets(load({"SERAMBI_SECRET_KEY": KEY, "SERAMBI_MASTER_KEY": KEY}))


def test_settings_never_print_a_secret() -> None:
    texts = {field.name: f"canary-{field.name}" for field in fields(Settings) if field.type is str}
    told = repr(Settings(**texts))  # type: ignore[arg-type]
    assert [name for name in texts if f"canary-{name}" in told and name != "base_url"] == []


def test_a_proxy_is_an_address_or_a_network() -> None:
    for wrong in ("*", "caddy", "10.0.0.1/8", "127.0.0.1,"):
        assert "SERAMBI_PROXIES" in refused(PROXIES=wrong)
    for right in ("", "127.0.0.1, ::1", "172.16.0.0/12,fd00::/8"):
        assert load({"SERAMBI_PROXIES": right}).proxies == right


def test_a_day_has_room_for_some_file() -> None:
    assert "SERAMBI_FILES_A_DAY must be at least 1" in refused(FILES_A_DAY="0")
    assert "SERAMBI_COMPANY_FILE_MB_A_DAY" in refused(COMPANY_FILE_MB_A_DAY="-5")
