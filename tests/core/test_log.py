"""A log line helps to find a fault and tells nothing about anybody."""

import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from core import jobs, log
from core.database import installation


@pytest.fixture
def lines(logged: io.StringIO) -> Callable[[], list[dict[str, Any]]]:
    """The lines of the log, read as a machine reads them."""
    return lambda: [json.loads(line) for line in logged.getvalue().splitlines()]


@pytest.mark.parametrize(
    "secret",
    [
        "3175010101900001", "081234567890", "+6281234567890", "6281234567890", "budi.santoso@maju.example",
        "xoxb-1234-abcd", "123456789:AAF0example0example0example0example", "Bearer abc.def",
        "postgresql://serambi:rahasia@db/serambi", "redis://:rahasia@cache:6379/0", "amqps://u:rahasia@mq/",
    ],
)  # fmt: skip
def test_what_looks_personal_or_secret_is_struck_out(lines: Any, secret: str) -> None:
    log.warning("channel_failed", reason=f"said {secret} to us")
    (line,) = lines()
    assert secret not in json.dumps(line)
    assert "<struck>" in line["reason"]


def test_ordinary_figures_stay_readable(lines: Any) -> None:
    log.info("job_done", number=1234567, ms=12, reason="status 503 after 3 tries", route="/hooks/telegram")
    (line,) = lines()
    assert (line["number"], line["reason"], line["route"]) == (1234567, "status 503 after 3 tries", "/hooks/telegram")
    assert (line["event"], line["level"]) == ("job_done", "info")


def test_only_listed_facts_are_written(lines: Any) -> None:
    log.error("failed", words="cuti besok, anak sakit", name="Budi", nik="1", job="answer")
    (line,) = lines()
    assert set(line) == {"event", "level", "timestamp", "job"}


def test_a_fault_is_told_by_its_kind_and_place_never_by_its_values(lines: Any) -> None:
    pay: dict[str, int] = {}
    try:
        pay["gaji Budi 5920000"] += 1
    except KeyError as fault:
        log.error("failed", fault=fault)
    (line,) = lines()
    assert line["fault"] == "KeyError"
    assert line["at_line"].startswith("test_log.py:")
    assert "5920000" not in json.dumps(line)


def test_libraries_that_would_log_requests_are_quiet(logged: io.StringIO, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("httpx", "slack_sdk.web", "telegram.ext", "aiosqlite"):
        logging.getLogger(name).error("POST https://api.telegram.org/bot123456789:AAF0/sendMessage")
    assert (caplog.text, logged.getvalue()) == ("", "")


async def test_a_job_that_fails_leaves_no_value_in_the_log_or_the_table(
    open_database: str, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(company: int | None) -> None:
        raise ValueError("gaji Budi 5920000")

    monkeypatch.setitem(jobs.HANDLERS, "work", fails)
    async with installation():
        await jobs.enqueue("work")
    await jobs.drain()
    told = json.dumps(lines())
    assert "job_failed" in told
    assert "5920000" not in told
    async with installation(writes=False):
        assert "5920000" not in str(await jobs.Job.select())
