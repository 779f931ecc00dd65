"""Killed while everybody gets new keys: it goes on where it was, and whatever was sealed is still read."""

import sqlite3
from contextlib import closing

import pytest

from tests.faults import story
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import LEASE, Installation
from tests.faults.story import Told

DEATHS = (2, 6, 11)  # at the so-manieth commit after a start


def current(installation: Installation) -> set[str]:
    """The ids of the keys that seal now."""
    with closing(sqlite3.connect(installation.folder / "keys.db")) as store:
        rows = store.execute(
            "select kid from subject_key where retired_at is null union select kid from company_key "
            "where retired_at is null"
        ).fetchall()
    return {kid for (kid,) in rows}


async def envelopes(installation: Installation) -> list[str]:
    """What is sealed of people and of what they wrote."""
    rows = await installation.books.rows(
        "select email as held from person where email is not null union all select payload from outbound "
        "union all select body from inbound union all select state from conversation"
    )
    return [row["held"] for row in rows]


async def test_new_keys_survive_every_death(on_file: Shape, tried: Tried) -> None:
    await _survive(on_file, tried)


@pytest.mark.whole
async def test_new_keys_survive_every_death_on_postgres(on_postgres: Shape, tried: Tried) -> None:
    await _survive(on_postgres, tried)


MANY = 5_000  # people: ten parts of each of two tables
# At the so-manieth passing after a start: first beyond the few tables of the installation itself. A job that kills five
# times is given up.
AMID = ((1, "keys.renewed"), (12, "keys.sealed"), (3, "keys.sealed"), (3, "keys.sealed"))


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_killed_amid_the_fields_of_a_company(on_file: Shape, on_postgres: Shape, tried: Tried) -> None:
    for made in (on_file, on_postgres):
        await _amid(made, tried)


async def _amid(made: Shape, tried: Tried) -> None:
    """It dies while some rows of a table are under the new key and some under the old, and before either is noted."""
    async with made.opened() as installation:
        crowd = installation.folder / "crowd.csv"
        rows = [f"N{nth:04},Warga {nth},n{nth}@ramai.example,0812{nth:07}" for nth in range(MANY)]
        crowd.write_text("\n".join(["employee_number,name,email,phone", *rows]) + "\n")
        told = await installation.command("people", "import", str(crowd), "--company", story.COMPANY)
        assert told["new"] == MANY
        await installation.command("keys", "rotate")
        amid = 0
        for nth, point in AMID:
            installation.is_to_die("run", [point], nth)
            await installation.start()
            process = installation.processes["run"]
            await until(lambda: process.died, f"it dies at {point}", 120)  # noqa: B023  asked in this turn
            process.popen.wait()
            installation.deaths += 1
            installation.ahead["run"] = installation.ahead.get("run", 0.0) + LEASE
            amid += bool(await _standing(installation, "stage <> 'keys' and after > 0"))
        await installation.start()

        async def done() -> bool:
            return not (await installation.command("keys", "rotate", "--status"))["waiting"]

        await until(done, "everything is sealed anew", 180)
        kids = current(installation)
        left = [one for one in await envelopes(installation) if one.split(".")[1] not in kids]
        # Every field is read and compared with the file.
        again = await installation.command("people", "import", str(crowd), "--company", story.COMPANY, "--dry-run")
        lost = left or again["same"] != MANY
        tried("killed amid a company's fields while keys are renewed", made.name, len(AMID), lost=lost)
        assert left == []
        assert (again["new"], again["changed"], again["same"]) == (0, 0, MANY)
        assert amid, "it never died between two parts of one table"
        assert "Traceback" not in installation.complaints()


async def _standing(installation: Installation, where: str) -> list[dict[str, object]]:
    return await installation.books.rows(f"select stage, after from key_renewal where ended_at is null and {where}")


async def _survive(made: Shape, tried: Tried) -> None:
    async with made.opened() as installation:
        await installation.command("keys", "rotate")
        for nth in DEATHS:
            await installation.start(crash={"run": f"database.before_commit#{nth}"})
            await until(lambda: installation.processes["run"].died, "it dies", 60)
            installation.processes["run"].popen.wait()
            installation.ahead["run"] = installation.ahead.get("run", 0.0) + LEASE  # what it had taken is free again
        await installation.start()

        async def done() -> bool:
            return not (await installation.command("keys", "rotate", "--status"))["waiting"]

        await until(done, "everything is sealed anew", 90)
        # Sari's old talk and Budi's first words are read as before.
        told = Told(made.founded.code)
        for act in (story.types_code, story.agrees):
            await installation.hand_over(await act(installation, told))
            await installation.settle()
        kids = current(installation)
        left = [one for one in await envelopes(installation) if one.split(".")[1] not in kids]
        tried("killed while keys are renewed", made.name, len(DEATHS), lost=left)
        assert left == []
        assert "Traceback" not in installation.complaints()
