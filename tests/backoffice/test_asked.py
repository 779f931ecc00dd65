"""Whatever asks something about a person says whether it is needed, and why it is asked for (Law 27/2022, article 21)."""

import re

import pytest

from core.people.columns import ASKED, IDENTITY
from core.phrases import LANGUAGES, phrase
from tests.backoffice.conftest import Installation

FIELD = re.compile(r'<label for="(?:f|i)-(\w+)">(.*?)</label>(.*?)<(?:input|select|textarea)', re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_about_a_person_says_why(language: str) -> None:
    for name in {*ASKED, *IDENTITY}:
        assert phrase(f"asked.why_{name}", language).endswith("."), name


async def test_forms_say_what_is_needed_and_why(house: Installation) -> None:
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    new = (await ratna.get(f"/{slug}/people/new")).text
    budi = re.search(rf"/{slug}/people/([\w-]{{22}})", (await ratna.get(f"/{slug}/people?q=budi")).text)
    assert budi is not None
    page = (await ratna.get(f"/{slug}/people/{budi[1]}")).text
    seen = set()
    for name, label, between in FIELD.findall(new + page):
        if name in {*ASKED, *IDENTITY}:
            seen.add(name)
            must = phrase("asked.needed" if name in ASKED else "lists.optional", "id")
            assert must in label, (name, label)
            assert phrase(f"asked.why_{name}", "id") in between, name
    assert seen == {*ASKED, *IDENTITY}


async def test_ones_own_page_says_why_it_is_held(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = (await budi.get("/me/data")).text
    assert all(phrase(f"asked.why_{name}", "id") in page for name in IDENTITY if name != "name")
