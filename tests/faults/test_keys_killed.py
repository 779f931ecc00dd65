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
