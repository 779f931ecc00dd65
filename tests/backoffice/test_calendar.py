"""The leave calendar: the same numbers in the table and the list, each viewer only what is theirs to see."""

import html
import re
from datetime import timedelta

from core import database
from core.leave.policy import Period
from core.people import directory
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY

TUESDAY = MONDAY.date() + timedelta(days=1)


async def text(house: Installation, who: Visitor, query: str = "") -> str:
    answer = await who.get(f"/{await house.slug(house.maju)}/calendar{query}")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def numbers(page: str) -> int:
    """The sum of all cells of departments."""
    body = page.partition("</thead><tbody>")[2].partition("</tbody>")[0]
    return sum(int(one) for one in re.findall(r'<td class="t\d[^"]*">(?:<a[^>]*>)?(\d+)', body))


async def test_hr_sees_everybody_and_the_numbers_add_up(house: Installation) -> None:
    maju = house.maju
    for who in (maju.budi, maju.tono):
        await maju.asks(who, Period(TUESDAY, TUESDAY + timedelta(days=1)))
    ratna = await house.as_person(maju, "ratna")
    page = await text(house, ratna)
    assert "Siapa tidak masuk, Juli 2026" in page
    assert f"Terbanyak Selasa 7 Juli: 2 dari {len(maju.people)} orang." in page
    assert numbers(page) == 4
    footer = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert sum(int(one) for one in re.findall(r"<td[^>]*>(\d+)</td>", footer)) == 4
    assert "Siapa tidak masuk, Agustus 2026" in await text(house, ratna, "?month=2026-08")
    assert "Hari Kemerdekaan" in await text(house, ratna, "?month=2026-08")
    for odd in ("?month=9999-99", "?month=2900-01", "?place=x&from=-1", "?department=99999999999&day=2026-02-31"):
        assert "Juli 2026" in await text(house, ratna, odd)


async def test_a_cell_opens_names_without_a_reason(house: Installation) -> None:
    maju = house.maju
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY), "operasi gigi")
    ratna = await house.as_person(maju, "ratna")
    page = await text(house, ratna)
    link = re.search(r'<td class="t4"><a href="([^"#]+)#names">1</a>', page)
    assert link
    opened = await text(house, ratna, link[1])
    names = opened.partition('id="names"')[2]
    assert "Budi Santoso" in names
    assert "menunggu" in names
    assert "operasi" not in opened


async def test_a_head_sees_only_those_under_him(house: Installation) -> None:
    maju = house.maju
    for who in (maju.budi, maju.sari):
        await maju.asks(who, Period(TUESDAY, TUESDAY))
    sari = await house.as_person(maju, "sari")
    page = await text(house, sari)
    assert "Yang tampak hanya orang-orang di bawah Anda." in page
    assert numbers(page) == 1
    opened = await text(house, sari, f"?department={maju.budi.department}&day={TUESDAY}")
    assert "Budi Santoso" in opened.partition('id="names"')[2]
    assert "Sari" not in opened.partition('id="names"')[2].partition("</section>")[0]


async def test_below_the_minimum_is_framed_and_can_be_looked_for(house: Installation) -> None:
    maju = house.maju
    assert maju.budi.department
    async with database.transaction(maju.company):
        await directory.minimum_of(maju.budi.department, 3)
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY))
    ratna = await house.as_person(maju, "ratna")
    page = await text(house, ratna, "?thin=1")
    assert "1 kali di bawah jumlah minimum." in page
    assert 'class="t4 thin"' in page
    assert "Toko" not in page.partition("</thead><tbody>")[2].partition("</tbody>")[0]
