"""The list of people: how many they are, and the way back to it from one of them."""

import html
import re
from urllib.parse import quote

import pytest

from core import database, vault
from core.accounts.roles import AGENT, SUPPORTING
from core.people import search
from core.people.tables import Employment, Person
from tests.backoffice.conftest import Installation


async def test_the_list_says_how_many_there_are_and_a_person_leads_back_to_it(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    everybody = len(house.maju.people)
    page = (await ratna.get(f"/{slug}/people")).text
    assert f">{everybody} orang<" in page
    page = (await ratna.get(f"/{slug}/people?department=Gudang&sort=-name")).text
    assert ">3 orang<" in page
    link = html.unescape(re.findall(rf'href="(/{slug}/people/[^"]+list=[^"]+)"', page)[0])
    person = html.unescape((await ratna.get(link)).text)
    back = re.findall(rf'href="(/{slug}/people\\?[^"]+)">Kembali ke daftar', person)[0]
    assert ">3 orang<" in (await ratna.get(back)).text
    assert "Kembali ke daftar" not in (await ratna.get(link.partition("?")[0])).text
    for odd in ("%22%3E%3Cscript%3E", "%0d%0a", "q=" + "x" * 5000):
        answer = await ratna.get(f"{link.partition('?')[0]}?list={odd}")
        assert (answer.status_code, "<script>" in answer.text.partition("<main")[2]) == (200, False)


def listed(page: str) -> list[str]:
    """Who stands in the list, by name."""
    return [html.unescape(one) for one in re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)]


async def test_every_form_of_a_person_leads_back_to_the_list(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    page = (await ratna.get(f"/{slug}/people?q=budi&department=Gudang")).text
    link = html.unescape(re.findall(rf'href="(/{slug}/people/[^"]+list=[^"]+)"', page)[0])
    person = (await ratna.get(link)).text
    back = re.findall(rf'href="(/{slug}/people\\?[^"]+)">Kembali ke daftar', person)[0]
    forms = {
        found.rpartition("?")[0].rpartition("/")[2]: html.unescape(found)
        for found in re.findall(rf'<form[^>]*method="post" action="(/{slug}/people/[^"]+)"', person)
    }
    assert {"work", "identity", "end", "invite", "sign-out"} <= set(forms)
    filled = {"position": "Kepala gudang", "begins": "2026-07-06", "name": "Budi Santoso", "reason": "Laptopnya hilang"}
    for name, there in forms.items():
        answer = await ratna.post(there, **filled)
        if answer.status_code == 303:
            answer = await ratna.get(answer.headers["location"].partition("#")[0])
        assert f'href="{back}">Kembali ke daftar' in answer.text, name
    assert '<input type="hidden" name="list" value="' in person


@pytest.mark.parametrize(
    "written", ["+62 812-3456-7890", "0812 3456 7890", "(0812) 3456.7890", "6281234567890", "+62 (0)812 34567890"]
)
async def test_a_phone_number_finds_its_owner_however_it_is_written(house: Installation, written: str) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    budi = house.maju.budi.person
    async with database.transaction(house.maju.company):
        index = vault.blind_index("081234567890", field="phone", company=house.maju.company)
        await Person.update({Person.phone_index: index}).where(Person.id == budi)
    assert listed((await ratna.get(f"/{slug}/people?q={quote(written)}")).text) == ["Budi Santoso"]


async def test_an_address_finds_its_owner_alone_for_whoever_may_look_at_it(house: Installation) -> None:
    slug, desk = await house.slug(house.maju), await house.as_role(house.maju, SUPPORTING)
    budi = house.maju.budi.person
    async with database.transaction(house.maju.company):
        index = vault.blind_index("budi@maju.example", field="email")
        await Person.update({Person.email_index: index}).where(Person.id == budi)
    for path in (f"/{slug}/people?q=", f"/{slug}/leave/record?q=", "/go/found?q="):
        page = await desk.get(path + quote("Budi@Maju.example"))
        assert "Budi Santoso" in page.text, path
    assert listed((await desk.get(f"/{slug}/people?q=budi%40maju.example")).text) == ["Budi Santoso"]
    agent = await house.as_role(house.maju, AGENT)
    assert "Budi Santoso" not in (await agent.get(f"/{slug}/people?q=budi%40maju.example")).text
    assert "Budi Santoso" not in (await agent.get("/go/found?q=budi%40maju.example")).text


@pytest.mark.parametrize("typed", ["%", "_", "%%", "b%di", "_udi", ",", "04_2", "%12"])
async def test_signs_of_a_pattern_are_letters_like_any_other(house: Installation, typed: str) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    answer = await ratna.get(f"/{slug}/people?q={quote(typed)}")
    assert (answer.status_code, listed(answer.text)) == (200, [])
    assert "Santoso" not in (await ratna.get(f"/go/found?q={quote(typed + ' ')}")).text


async def test_a_number_is_found_as_it_is_written_with_letters_and_signs(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        await Employment.update({Employment.number: "MJB-04_12/B"}).where(Employment.id == house.maju.budi.id)
        for typed in ("MJB-04", "mjb-04", "Budi MJB-04", "MJB-04_12/B", "mjb-04_12/b", "Santoso, Budi"):
            found = await search.page(search.Wanted(typed), None, 5)
            assert [one.name for one in found] == ["Budi Santoso"], typed
