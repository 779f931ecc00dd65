"""HR ticks who worked on a past collective day, looks at what comes of it, records it, and puts it back."""

import html
import re

import pytest

from core import clock, database, jobs
from core.leave import lots
from core.leave.policy import DAY
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY


@pytest.fixture(autouse=True)
def july() -> object:
    """Most collective days of the year are over."""
    with clock.freeze(MONDAY):
        yield


async def text(visitor: Visitor, path: str) -> str:
    return html.unescape((await visitor.get(path)).text)


async def free(house: Installation, name: str) -> int:
    async with database.reading(house.maju.company):
        return await lots.balance(house.maju.people[name].id)


async def test_who_worked_is_ticked_looked_at_recorded_and_put_back(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await house.maju.night()
    there = f"/{slug}/leave/worked"
    assert there in await text(ratna, f"/{slug}/leave")
    page = await text(ratna, f"{there}?q=budi")
    assert "Budi Santoso masuk" in page
    assert "Tono Prasetyo masuk" not in page
    day = re.findall(r'name="day" value="([^"]+)"', page)[0]
    item = re.findall(r'name="item" value="([^"]+)"', page)[0]
    before = await free(house, "budi")
    form = {"day": day, "state": "q=budi", "item": item}
    assert (await ratna.post(there, **form, why="")).status_code == 422
    nobody = await ratna.post(there, day=day, state="", why="Stok opname")
    assert "Centang paling sedikit satu orang" in html.unescape(nobody.text)
    looked = html.unescape((await ratna.post(there, **form, why="Stok opname")).text)
    assert "1 orang masuk" in looked
    assert "1 hari kembali ke jatah semula." in looked
    assert await free(house, "budi") == before, "looking writes nothing"
    answer = await ratna.post(there, **form, why="Stok opname", seen="1", sure="1")
    page = await text(ratna, answer.headers["location"])
    assert "data-poll" in page
    assert "0 dari 1 orang" in page
    await jobs.drain()
    assert await free(house, "budi") == before + DAY
    page = await text(ratna, there)
    assert "Stok opname" in page
    undo = re.findall(r'action="([^"]*/undo)"', page)[0]
    assert "dihitung cuti bersama lagi" in await text(ratna, (await ratna.post(undo)).headers["location"])
    await jobs.drain()
    assert await free(house, "budi") == before
    assert (await ratna.post(undo)).status_code == 422


async def test_all_who_match_are_recorded_but_never_oneself(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await house.maju.night()
    there = f"/{slug}/leave/worked"
    page = await text(ratna, there)
    assert "Untuk Anda sendiri harus dicatat orang lain" in page
    day = re.findall(r'name="day" value="([^"]+)"', page)[0]
    total = re.findall(r"semua (\d+) orang yang cocok", page)[0]
    before = {name: await free(house, name) for name in ("budi", "ratna")}
    form = {"day": day, "state": "", "all": "1", "why": "Stok opname"}
    assert f"{total} orang masuk" in html.unescape((await ratna.post(there, **form)).text)
    assert (await ratna.post(there, **form, seen="1", sure="1")).status_code == 422, "not what was looked at"
    await ratna.post(there, **form, seen=total, sure="1")
    await jobs.drain()
    assert {name: await free(house, name) for name in before} == {**before, "budi": before["budi"] + DAY}


async def test_a_day_that_is_none_any_more_and_other_companies_are_refused(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await house.maju.night()
    there = f"/{slug}/leave/worked"
    gone = await ratna.post(there, day="2026-07-01", state="", all="1", why="Stok opname")
    assert gone.status_code == 422
    assert "Tidak ada lagi yang libur" in html.unescape(gone.text)
    other = await house.slug(house.sinar)
    assert (await ratna.get(f"/{other}/leave/worked")).status_code in (403, 404)
    await ratna.post(there, day=re.findall(r'name="day" value="([^"]+)"', await text(ratna, there))[0], state="",
                     all="1", why="Stok opname")  # fmt: skip
    assert (await ratna.post(f"{there}/nothing/undo")).status_code == 404


async def test_a_company_without_past_collective_days_says_so(house: Installation) -> None:
    lina, slug = await house.as_person(house.sinar, "lina"), await house.slug(house.sinar)
    page = await text(lina, f"/{slug}/leave/worked")
    assert "Belum ada cuti bersama yang sudah lewat" in page
    refused = await lina.post(f"/{slug}/leave/worked", day="", state="", all="1", why="Stok opname")
    assert refused.status_code == 422
