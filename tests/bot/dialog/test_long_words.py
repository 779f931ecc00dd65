"""Names, departments and days of real length: every message stays inside the limits of every channel."""

import random

import pytest

from bot.dialog.engine import FLOWS
from core import database
from core.people import directory, names
from core.people.tables import Department, Person
from core.phrases import LANGUAGES
from tests.bot.dialog import walks
from tests.bot.dialog.test_every_flow import database_url, empty_url  # noqa: F401  found by name
from tests.bot.dialog.walks import Walker
from tests.core.cast import Cast
from tests.core.conftest import maju, open_database  # noqa: F401  found by name
from tests.transcripts import fitting

NAMES = {
    "Hendra Wijaya": "Wiradikusumahadiningrat Prawirodirdjo",
    "Ratna Dewanti": "R.Ay. Kusumaningtyaswidyastuti, S.Psi., M.M.",
    "Rina Kusuma": "Kusumaningtyaspurnamawidyastuti Nilasari",
    "Sari Wulandari": "Brotodiningratwijayakusuma Sastroatmodjo",
    "Tono Prasetyo": "Muhammad",
    "Budi Santoso": "Aryasatyanugrahawiratama",
}
DEPARTMENT = "Direktorat Pengembangan Sumber Daya Manusia, Organisasi dan Budaya Kerja Wilayah Indonesia Timur"
WALKS = 6


async def _renamed(cast: Cast) -> Cast:
    async with database.transaction(cast.company):
        for name, long in NAMES.items():
            await Person.update({Person.name: long}).where(Person.name == name)
        await Department.update({Department.name: DEPARTMENT}).where(Department.name == "Gudang")
        people = {key: await directory.employee(one.id) for key, one in cast.people.items()}
    return Cast(cast.company, people)


@pytest.mark.parametrize("seed", range(2))
async def test_no_name_is_too_long_for_a_channel(maju: Cast, seed: int) -> None:  # noqa: F811
    cast, chance, seen = await _renamed(maju), random.Random(seed), 0
    brings = await walks.brought(cast)
    for name in FLOWS:
        for language in LANGUAGES:
            async with walks.pretended(cast):
                walker = Walker(cast.sari if chance.random() < 0.4 else cast.budi, language)
                told = await walker.begins(name, brings)
                for _ in range(WALKS):
                    for message in told:
                        fitting.fits(message)
                        seen += 1
                    told = await walker.does(**walks.anything(walker, chance))  # type: ignore[arg-type]
    assert seen > 100


async def test_a_stand_in_is_offered_however_long_the_name(maju: Cast) -> None:  # noqa: F811
    cast = await _renamed(maju)
    await cast.night()
    async with walks.pretended(cast):
        walker = Walker(cast.sari, "en")
        await walker.does("leave next monday for a family matter")
        told = await walker.does("skip") if walker.state.asked == "leave.reason" else []
        assert walker.state.asked == "leave.stand_in", walker.path
        for message in told:
            fitting.fits(message)


@pytest.mark.parametrize(("language", "words"), [
    ("en", "leave on wednesday 24 september"),
    ("id", "cuti rabu 24 september 2027"),
])  # fmt: skip
async def test_two_days_to_choose_between_fit_their_buttons(maju: Cast, language: str, words: str) -> None:  # noqa: F811
    async with walks.pretended(maju):
        walker = Walker(maju.budi, language)
        for message in await walker.does(words):
            fitting.fits(message)
        assert walker.state.asked == "leave.which_day", (walker.path, walker.state)


@pytest.mark.parametrize(("people", "said"), [
    (["Sari Wulandari", "Budi Santoso"], ["Sari", "Budi"]),
    (["Sari Wulandari", "Budi Santoso", "Sari Dewi"], ["Sari W.", "Budi", "Sari D."]),
    (["Sari Wulandari", "Sari Wiryawan", "Sari"], ["Sari Wulandari", "Sari Wiryawan", "Sari"]),
])  # fmt: skip
def test_people_of_one_first_name_are_told_apart(people: list[str], said: list[str]) -> None:
    assert names.told_apart(people) == said
