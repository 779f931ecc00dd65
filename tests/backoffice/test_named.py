"""People are named by what one knows of them: a part of the name leads to suggestions, and what was chosen is understood."""

import html
import re

import httpx

from core import database
from core.accounts.roles import ADMINISTRATOR, EMPLOYEE
from core.people import directory, named
from core.people.tables import Person
from tests.backoffice.conftest import Installation


def offered(answer: httpx.Response) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<option value="([^"]*)"', answer.text)]


async def test_a_part_of_a_name_or_number_is_enough_for_a_suggestion(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/named?field=to&to="
    assert offered(await ratna.get(there + "budi")) == ["Budi Santoso (0412)"]
    assert offered(await ratna.get(there + "wul sari")) == ["Sari Wulandari (0101)"]
    assert "Rina Kusuma (0003)" in offered(await ratna.get(there + "000"))
    for nothing in ("", "b", "zzzz", "Budi Santoso (0412)", "%25", "gudang", "budi@maju.example"):
        assert offered(await ratna.get(there + nothing)) == [], nothing
    several = await ratna.get(f"/{slug}/named?field=away&many=1&away=Budi+Santoso+(0412),+wayan")
    assert offered(several) == ["Budi Santoso (0412), Wayan Sudarma (0301)"]
    again = await ratna.get(f"/{slug}/named?field=away&many=1&away=Budi+Santoso+(0412),+budi")
    assert offered(again) == []
    assert offered(await ratna.get(there + "ri"))[0] == "Rina Kusuma (0003)"  # before Sari, whose name holds it
    assert (await ratna.get(f"/{slug}/named?field=nothing")).status_code == 200


async def test_only_who_names_people_finds_them_and_only_their_own(house: Installation) -> None:
    slug = await house.slug(house.maju)
    there = f"/{slug}/named?field=to&to=budi"
    assert offered(await (await house.as_person(house.maju, "sari")).get(there)) == ["Budi Santoso (0412)"]
    assert (await (await house.as_role(house.maju, EMPLOYEE)).get(there)).status_code == 403
    other = await house.as_role(house.sinar, ADMINISTRATOR)
    assert (await other.get(there)).status_code == 404
    sinar = await house.slug(house.sinar)
    assert offered(await other.get(f"/{sinar}/named?field=to&to=budi+santoso")) == []


async def test_what_is_typed_without_suggestions_is_understood_or_asked_about(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    sari = await house.as_person(maju, "sari")
    dates = {"starts": "2026-07-20", "ends": "2026-07-21"}
    near = html.unescape((await sari.post(f"/{slug}/delegation", to="rina", **dates)).text)
    assert "Mungkin maksudnya Rina Kusuma (0003)?" in near
    assert "Mungkin maksudnya Rina Kusuma (0003)?" in html.unescape(
        (await sari.post(f"/{slug}/delegation", to="Rina Kusumo", **dates)).text
    )
    nobody = html.unescape((await sari.post(f"/{slug}/delegation", to="Xaverius", **dates)).text)
    assert "Tidak ada yang bekerja di sini dengan nama atau nomor Xaverius" in nobody
    assert 'value="Xaverius"' in nobody
    assert (await sari.post(f"/{slug}/delegation", to="rina kusuma", **dates)).status_code == 303


async def test_who_shares_a_name_is_never_guessed(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await Person.update({Person.name: "Budi Santoso", Person.search: "budi santoso"}).where(
            Person.id == maju.tono.person
        )
    ratna = await house.as_person(maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/chains?who=budi+santoso")).text)
    assert f"Budi Santoso ({maju.budi.number})" in page and f"Budi Santoso ({maju.tono.number})" in page
    page = (await ratna.get(f"/{slug}/chains?who=Budi+Santoso+({maju.tono.number})")).text
    assert "tanpa jawaban sesudah 48 jam hari kerja, naik ke" in page


async def test_several_are_named_at_once_and_who_is_unknown_is_told(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.reading(maju.company):
        for words in ("Budi Santoso (0412), Wayan Sudarma", "0412 0301", "0412,0301", "0301; budi santoso; 0412"):
            assert {one.person for one in await named.several(words)} == {maju.budi.person, maju.wayan.person}, words
    ratna = await house.as_person(maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/chains?who=0412&away=Sari+Wulandari")).text)
    assert "Sari Wulandari" in page and ", tidak masuk" in page
    page = html.unescape((await ratna.get(f"/{slug}/chains?who=0412&away=9999")).text)
    assert "Tidak ada yang bekerja di sini dengan nama atau nomor 9999" in page


async def test_a_head_is_chosen_by_name_in_the_forms_of_people_and_departments(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    page = (await ratna.get(f"/{slug}/people/{maju.budi.public}")).text
    form = page[page.index(f"/people/{maju.budi.public}/work") :]
    begun = {"seen": re.findall(r'name="seen" value="([^"]*)"', form)[0]}
    done = await ratna.post(
        f"/{slug}/people/{maju.budi.public}/work", manager="Rina Kusuma (0003)", begins="2026-07-06", **begun
    )
    assert done.status_code == 303
    async with database.reading(maju.company):
        now = await directory.employee(maju.budi.id)
    assert now.manager == maju.rina.id
    department = maju.budi.department
    done = await ratna.post(f"/{slug}/chains/heads", department=str(department), number="rina kusuma")
    assert done.status_code == 303
    assert "Rina Kusuma" in (await ratna.get(f"/{slug}/chains")).text
