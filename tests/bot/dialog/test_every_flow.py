"""Whatever was answered before, a restart asks the same, and dropping it leaves nothing; for every flow there is."""

import random

import pytest

from bot.dialog.engine import FLOWS
from core import database
from core.phrases import LANGUAGES
from tests.bot.dialog import walks
from tests.bot.dialog.walks import Walker
from tests.core.cast import Cast
from tests.core.conftest import maju, open_database  # noqa: F401  found by name

WALKS, STEPS = 4, 5
ELSEWHERE = {"paper"}  # begins with a file that came: tests/bot/test_papers.py


@pytest.fixture
def empty_url(tmp_path: object) -> str:
    """SQLite alone: what is looked at is the talk, not the database."""
    return f"sqlite:///{tmp_path}/serambi.db"


@pytest.fixture
async def database_url(empty_url: str) -> str:
    from tests.core.conftest import prepared

    return await prepared(empty_url)


async def test_a_restart_asks_the_same_and_dropping_it_leaves_nothing(maju: Cast) -> None:  # noqa: F811
    brings = await walks.brought(maju)
    chance = random.Random(20260706)
    asked, left = set(), set()
    async with database.reading(maju.company):
        before = await walks.everything()
    for name in FLOWS:
        for language in LANGUAGES:
            for length in range(WALKS):
                async with walks.pretended(maju):
                    who = maju.sari if name in ("reject", "change", "object") else maju.budi
                    walker = Walker(who, language)
                    await walker.begins(name, brings)
                    for _ in range(min(length, STEPS)):
                        if walker.state.flow != name:
                            break
                        await _same_after_a_restart(walker)
                        asked.add(walker.state.asked)
                        options = [title for value, title in walker.state.options if value != "yes"]
                        await walker.does(chance.choice([*options, *walks.SAID[walker.language]]))
                    if walker.state.flow != name:
                        continue  # answered to its end, or left for another
                    await _same_after_a_restart(walker)
                    await walker.does("batal")
                    assert walker.state.flow != name, walker.path
                    assert await walks.everything() == before, walker.path
                    left.add(name)
    assert left == {name for name, one in FLOWS.items() if not one.brief} - ELSEWHERE
    assert len(asked) > 8, asked


async def _same_after_a_restart(walker: Walker) -> None:
    again, state = (await walker.asked_anew()).open, walker.state
    assert again is not None
    assert again.key == state.asked, walker.path
    name = f", {walker.employee.first_name}"  # said once, as people do
    assert state.text.replace(name, "") in (again.text, again.short), walker.path
    assert [[one.value, one.title] for one in again.options] == state.options, walker.path
