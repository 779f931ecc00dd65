"""`/help`: found in one's own words, one's own figures in it, roles respected, no HTML of an author's."""

import html

from backoffice import markdown
from tests.backoffice.conftest import Installation


async def test_an_employee_finds_an_article_and_reads_their_own_figures(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    found = html.unescape((await budi.get("/help", params={"q": "cuti nikah brp hari"})).text)
    assert "3 hari, dibayar penuh" in found
    assert "/help/cuti-menikah?q=" in found
    page = html.unescape((await budi.get("/help/cuti-menikah")).text)
    assert "Lebih lama? Sambung dengan cuti tahunan: sisamu 4 hari." in page.replace("<strong>", "").replace(
        "</strong>", ""
    )
    assert "UU 13/2003 pasal 93" in page
    await budi.post("/language", language="en", next="/help")
    assert "3 days with full pay" in (await budi.get("/help/cuti-menikah")).text


async def test_what_is_not_found_leads_to_the_desk_with_the_words(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = (await budi.get("/help", params={"q": 'helm "proyek"'})).text
    assert "Tidak ada artikel" in page
    assert 'href="/me/tickets?words=helm%20%22proyek%22"' in page
    assert "helm &#34;proyek&#34;" in (await budi.get("/me/tickets", params={"words": 'helm "proyek"'})).text


async def test_roles_decide_what_is_listed_found_and_opened(house: Installation) -> None:
    budi, ratna = await house.as_person(house.maju, "budi"), await house.as_role(house.maju, "administrator")
    assert "/help/tenggat-thr" not in (await budi.get("/help")).text
    assert (await budi.get("/help/tenggat-thr")).status_code == 404
    assert "/help/tenggat-thr" in (await ratna.get("/help")).text
    assert (await ratna.get("/help/tenggat-thr")).status_code == 200
    assert (await budi.get("/help/tidak-ada")).status_code == 404


def test_markdown_does_no_harm() -> None:
    told = str(
        markdown.html(
            "<script>alert(1)</script> <img src=x onerror=alert(1)> ![p](https://x.y/p.png) [a](javascript:alert(1)) "
            "[b](data:text/html,x) [c](https://x.y) [d](../employees/thr.id.md) [e](//evil.x) [f](/me/leave)\n\n|a|b|\n|-|-|\n|1|2|"
        )
    )
    assert "<script" not in told and "<img" not in told
    assert 'href="javascript' not in told and 'href="data' not in told and "evil" not in told
    assert 'href="https://x.y" rel="noopener noreferrer"' in told
    assert 'href="/help/thr"' in told and 'href="/me/leave"' in told
    assert "<td>1</td>" in told
