"""What is not well is said with what to type."""

from dataclasses import replace
from datetime import timedelta

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
