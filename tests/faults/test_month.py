"""Days, weeks and a month of one company by a seed, with faults.

What failed is played once more by its seed and its test: `SEED=1007 make faults ROW=12 ARGS="-k a_week"`.
"""

import asyncio
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import asyncpg
import pytest

from tests.core.conftest import empty_url, prepared  # noqa: F401  pytest finds fixtures by name
from tests.faults import month_checker
from tests.faults.books import Books
from tests.faults.conftest import Tried, points
from tests.faults.month import Month, Rates, Told
from tests.faults.month_people import Company
from tests.faults.table import scaled

# Mondays and other days: a turn of the year, the weeks of Lebaran and of collective leave, and an ordinary month.
BEGINS = ((2026, 12, 14), (2026, 3, 2), (2026, 5, 4), (2026, 8, 3), (2027, 2, 20))
SEED = os.environ.get("SEED")
AGAIN = 'to play it again: SEED={} make faults ROW=12 ARGS="-k {}"'


async def played(seed: int, url: str, folder: Path, *, people: int, days: int, rates: Rates | None = None) -> Told:
    """A company of so many people for so many days."""
    await prepared(url)
    if url.startswith("postgres"):
        await _numbered_anew(url)
    year, month, day = Random(f"{seed}:begins").choice(BEGINS)
    begins = datetime(year, month, day, 1, 0, tzinfo=UTC)
    made = Month(seed, url, folder, begins, points(), rates or Rates())
    with made.running():
        await made.open()
        try:
            company = Company(made, people)
            await company.found()
            company.begin_days(days)
            for passed in range(1, days + 1):
                await made.play(begins + timedelta(days=passed))
                await made.look()
                if made.wrong:
                    return await made.told()
            await made.rest()
            await made.look(at_rest=True)
            return await made.told()
        finally:
            await made.close()


async def _numbered_anew(url: str) -> None:
    """Rows are counted from the beginning, as in an empty database: what is drawn by a number is drawn again."""
    connection = await asyncpg.connect(url)
    try:
        for row in await connection.fetch(
            "select table_name as name from information_schema.columns"
            " where table_schema = 'public' and column_name = 'id' and column_default like 'nextval%'"
        ):
            name = row["name"]
            await connection.execute(
                f"""select setval(pg_get_serial_sequence('"{name}"', 'id'), (select coalesce(max(id), 0) + 1 from "{name}"), false)"""
            )
    finally:
        await connection.close()


def _where(url: str) -> str:
    return "SQLite" if url.startswith("sqlite") else "PostgreSQL"


def _verdict(told: Told, where: str, tried: Tried) -> None:
    tried("days of one company by a seed", where, lost=told.wrong)
    name = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[2].partition("[")[0]
    assert not told.wrong, "\n".join(
        [f"seed {told.seed}", *told.wrong[:20], AGAIN.format(told.seed, name), str(told.met)]
    )


async def test_two_days_hold_whatever_goes_wrong(postgres_url: str, tmp_path: Path, tried: Tried) -> None:
    # Weeks are played on both databases at length.
    told = await played(1, postgres_url, tmp_path, people=8, days=2)
    _verdict(told, _where(postgres_url), tried)
    assert told.met["deaths"] and told.met["messages"] > 10, told.met


@pytest.mark.whole
def test_the_same_seed_is_the_same_history(tmp_path: Path) -> None:
    def once(name: str) -> Told:
        return asyncio.run(played(2, f"sqlite:///{tmp_path}/{name}.db", tmp_path, people=6, days=1))

    first, second = once("first"), once("second")
    assert not first.wrong, first.wrong[:20]
    differing = [pair for pair in zip(first.history, second.history, strict=False) if pair[0] != pair[1]]
    assert first.hash == second.hash, differing[:3]
    for tampered, noticed in TAMPERED.items():
        shutil.copy(tmp_path / "first.db", tmp_path / "tampered.db")
        assert noticed in " ".join(asyncio.run(_seen(f"sqlite:///{tmp_path}/tampered.db", tampered))), tampered


# What somebody changes behind the product's back, and what the checker says of it.
TAMPERED = {
    "update leave_balance set available = available + 1 where id = (select min(id) from leave_balance)": "the entries",
    "update inbound set state = 'new' where id = (select min(id) from inbound)": "is not answered",
    "update inbound set state = 'failed' where id = (select min(id) from inbound)": "its sender not told",
    "update job set state = 'running', lease_until = '2020-01-01' where id = (select min(id) from job)": "still runs",
    "update leave_day set ended_at = date where id = (select min(id) from leave_day where counted)": "moved",
    "update outbound set state = 'sending' where id = (select max(id) from outbound)": "is not out",
    "update audit_entry set action = 'nothing' where id = (select max(id) from audit_entry)": "is broken",
}


async def _seen(url: str, tampered: str) -> list[str]:
    books = Books(url)
    for row in await books.rows("select name from sqlite_master where type = 'trigger'"):
        await books.write(f'drop trigger "{row["name"]}"')
    await books.write(tampered)
    return await month_checker.complaints(books, {}, now=datetime(2030, 1, 1, tzinfo=UTC), at_rest=True)


def _seeds(first: int, times: int) -> list[int]:
    return [int(SEED)] if SEED else list(range(first, first + scaled(times)))


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", _seeds(1_000, 20))
async def test_a_week_holds_whatever_goes_wrong(
    empty_url: str,  # noqa: F811  the fixture of core
    tmp_path: Path,
    tried: Tried,
    seed: int,
) -> None:
    _verdict(await played(seed, empty_url, tmp_path, people=12, days=5), _where(empty_url), tried)


@pytest.mark.whole
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", _seeds(2_000, 2))
async def test_a_month_holds_whatever_goes_wrong(
    empty_url: str,  # noqa: F811  the fixture of core
    tmp_path: Path,
    tried: Tried,
    seed: int,
) -> None:
    _verdict(await played(seed, empty_url, tmp_path, people=30, days=30), _where(empty_url), tried)
