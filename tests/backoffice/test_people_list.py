"""The list of people: how many they are, and the way back to it from one of them."""

import html
import re

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
