"""What is not well is said with what to type."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, database, health, jobs, settings
from core.audit import Actor
from core.engines import PooledPostgres
from core.jobs import Job
from core.messaging import bot_accounts
from tests.core.cast import Cast
from tests.core.conftest import MONDAY


async def of(name: str) -> health.Check:
    return next(check for check in await health.doctor() if check.name == name)


async def test_a_house_in_order(open_database: str) -> None:
    checks = {check.name: check for check in await health.doctor()}
    assert {name for name, check in checks.items() if not check.well} <= {"clock", "disk"}
    assert ("role" in checks) is isinstance(database.engine(), PooledPostgres)
    assert checks["migrations"].told == "in step"


async def test_parked_jobs_and_jobs_that_nobody_does_are_seen(open_database: str) -> None:
    async with database.installation():
        await jobs.enqueue("work")
    assert (await of("jobs")).well
    with clock.freeze(MONDAY + timedelta(minutes=11)):
        late = await of("jobs")
    assert not late.well
    assert "serambi worker" in late.advice
    async with database.installation():
        await Job.update({Job.state: "parked"}).where(Job.name == "work")
    assert not (await of("jobs")).well


async def test_a_database_that_does_not_answer_is_said_not_raised(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(**_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(database.engine().__class__, "begin", away)
    (check,) = [check for check in await health.ready() if check.name == "database"]
    assert not check.well
    assert "SERAMBI_DATABASE_URL" in check.advice


async def test_another_master_key_is_said_not_raised(maju: Cast) -> None:
    made = settings.current()
    settings.use(replace(made, master_key="another-key-for-tests-0123456789abcdef"))
    try:
        last = (await health.doctor())[-1]
    finally:
        settings.use(made)
    assert (last.name, last.well, last.told) == ("secrets", False, "not those this database was sealed with")
    assert "SERAMBI_MASTER_KEY" in last.advice


async def test_a_bot_of_a_company_that_is_the_installation_s_too_is_told(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.transaction(maju.company):
        named = bot_accounts.Named("700001", "maju_hr_bot")
        await bot_accounts.save("telegram", {"token": "700001:x"}, named, by=Actor("test", "web"))
    assert (await of("accounts")).told == "1 of companies"
    monkeypatch.setattr(settings, "_current", replace(settings.current(), telegram_token="700001:x"))
    told = await of("accounts")
    assert not told.well and "maju_hr_bot" in told.told and "disconnect" in told.advice


async def test_each_place_that_fills_is_named_with_what_follows(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = {"data": health.LEAST_DISK + 1, "files": 1024, "backups": 5 * health.LEAST_DISK}
    monkeypatch.setattr(health, "free_bytes", lambda: rooms)
    short = await of("disk")
    assert not short.well and short.told == "files 0 MiB free"
    assert "where files lie" in short.advice and "come again" in short.advice
    rooms["files"] = rooms["data"]
    assert (await of("disk")).well


async def test_a_backup_needs_as_much_room_as_the_last_one_and_is_no_reason_to_take_no_requests(
    open_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with (tmp_path / "serambi-20261101T010000Z.backup").open("wb") as last:
        last.truncate(health.LEAST_DISK)
    monkeypatch.setattr(settings, "_current", replace(settings.current(), backups=str(tmp_path)))
    rooms = {"data": 2 * health.LEAST_DISK, "backups": 2 * health.LEAST_DISK}
    monkeypatch.setattr(health, "free_bytes", lambda: rooms)
    assert (await of("disk")).told == f"backups {2 * health.LEAST_DISK // 1024 // 1024} MiB free"
    assert all(check.well for check in await health.ready() if check.name == "disk")


async def test_the_room_of_a_folder_that_is_not_there_yet_is_that_of_the_one_above(
    open_database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = replace(settings.current(), files=str(tmp_path / "later" / "files"), backups=str(tmp_path))
    monkeypatch.setattr(settings, "_current", made)
    free = health.free_bytes()
    assert free["files"] > 0 and {"keys", "files", "backups"} <= free.keys()
