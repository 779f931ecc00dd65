"""Collective leave is looked at, posted for everybody, and taken back; kinds of leave are shown as they hold."""

import html
import re

from core import clock, database, jobs
from core.leave import lots
from core.leave.tables import LeaveBatch, LeaveDay, LeaveType
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY


async def text(visitor: Visitor, path: str) -> str:
    return html.unescape((await visitor.get(path)).text)


async def free(house: Installation) -> int:
    async with database.reading(house.maju.company):
        return await lots.balance(house.maju.budi.id)


async def test_a_year_whose_days_are_not_granted_yet_finds_nobody_short(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    page = await text(ratna, f"/{slug}/collective?year=2027")
    assert "orang, belum ditetapkan" in page
    assert "Jatah 2027 belum diberikan" in page
    assert "kurang jatahnya" not in page
    assert f"Tetapkan untuk {len(maju.people)} orang" in page
    await ratna.post(f"/{slug}/collective", year="2027", short="unpaid")
    await jobs.drain()
    assert "Cuti bersama 2027 sudah ditetapkan" in await text(ratna, f"/{slug}/collective?year=2027")


async def unposted(house: Installation, ratna: Visitor, slug: str) -> None:
    """What is granted at the beginning is covered by itself: begin from there."""
    async with database.reading(house.maju.company):
        batch = await LeaveBatch.objects().where(LeaveBatch.kind == "collective").first()
    if batch is not None:
        await ratna.post(f"/{slug}/collective/{batch.public}/undo")
        await jobs.drain()


async def test_who_is_behind_each_figure_can_be_opened(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    await maju.night()
    await unposted(house, ratna, slug)
    page = (await ratna.get(f"/{slug}/collective?year=2026")).text
    assert f'href="/{slug}/collective/people?year=2026&amp;outcome=enough"' in page
    assert f'href="/{slug}/collective/people?year=2026&amp;outcome=short"' in page
    told = {}
    for outcome in ("enough", "short"):
        there = await text(ratna, f"/{slug}/collective/people?year=2026&outcome={outcome}")
        told[outcome] = re.findall(r'<th scope="row"><a href="/[^"]+">([^<]+)</a>', there)
    names = {one.name for one in maju.people.values()}
    assert told["short"] == ["Ika Suryani"]
    assert sorted(told["enough"]) == sorted(names - {"Ika Suryani"})
    assert (await ratna.get(f"/{slug}/collective/people?year=2026&outcome=nothing")).status_code == 404
    ahead = await ratna.get(f"/{slug}/collective/people?year=2027")
    assert ahead.headers["location"] == f"/{slug}/collective?year=2027", "whose days are to be granted is told there"
    await ratna.post(f"/{slug}/collective", year="2026", short="exempt")
    assert (await ratna.get(f"/{slug}/collective/people?year=2026")).status_code == 303


async def test_a_year_whose_days_are_over_is_said_to_be_posted(house: Installation) -> None:
    slug = await house.slug(house.maju)
    await house.maju.night()
    with clock.freeze(MONDAY.replace(month=12, day=30)):
        ratna = await house.as_person(house.maju, "ratna")
        page = await text(ratna, f"/{slug}/collective?year=2026")
    assert "Cuti bersama 2026 sudah ditetapkan, semua harinya sudah lewat." in page


async def test_a_year_is_posted_for_everybody_and_taken_back(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    async with database.transaction(maju.company):
        batch = await LeaveBatch.objects().where(LeaveBatch.kind == "collective").first()
    if batch is not None:  # what is granted is covered by itself: begin from there
        await ratna.post(f"/{slug}/collective/{batch.public}/undo")
        await jobs.drain()
    before = await free(house)
    page = await text(ratna, f"/{slug}/collective?year=2026")
    days, people = re.findall(r"Cuti bersama 2026: (\d+) hari untuk (\d+) orang", page)[0]
    assert (int(people), int(days) > 0) == (len(maju.people), True)
    assert re.search(rf"Ika Suryani.*?>{days}<.*?>0<.*?{days} tetap dibebaskan: belum ada jatah", page, re.DOTALL)
    answer = await ratna.post(f"/{slug}/collective", year="2026", short="exempt")
    there = answer.headers["location"]
    page = await text(ratna, there)
    assert "Sedang dikerjakan bagian demi bagian" in page
    assert "data-poll" in page
    assert f"Selesai untuk 0 dari {people} orang" in page
    await jobs.drain()
    page = await text(ratna, there)
    assert "sudah ditetapkan" in page
    assert "data-poll" not in page
    assert 'class="toast"' in page
    assert await free(house) < before
    again = await ratna.post(f"/{slug}/collective", year="2026", short="exempt")
    assert again.status_code == 422
    undo = re.findall(r'action="([^"]*/undo)"', page)[0]
    assert "diurungkan" in await text(ratna, (await ratna.post(undo)).headers["location"])
    page = await text(ratna, f"/{slug}/collective?year=2026")
    assert "hari sudah kembali" in page
    assert "Tetapkan untuk" not in page, "what is being given back is not posted yet"
    assert (await ratna.post(f"/{slug}/collective", year="2026", short="exempt")).status_code == 422
    await jobs.drain()
    assert "Tetapkan untuk" in await text(ratna, f"/{slug}/collective?year=2026")
    assert await free(house) == before
    async with database.reading(maju.company):
        assert await LeaveDay.count().where(LeaveDay.request.is_null() & LeaveDay.ended_at.is_null()) == 0


async def test_what_nobody_offered_is_not_posted(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    assert (await ratna.post(f"/{slug}/collective", year="2026", short="nothing")).status_code == 404
    assert (await ratna.post(f"/{slug}/collective", year="99999", short="exempt")).status_code == 400
    assert (await ratna.post(f"/{slug}/collective", year="2031", short="exempt")).status_code == 422
    assert "Belum ada cuti bersama untuk 2031." in await text(ratna, f"/{slug}/collective?year=2031")


async def test_every_kind_says_what_it_gives_and_by_which_law(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    page = await text(ratna, f"/{slug}/types")
    assert "Cuti tahunan" in page
    assert "12 hari setahun" in page
    one = await text(ratna, f"/{slug}/types/annual")
    assert "UU 13/2003 ps. 79 ayat (3)" in one
    assert "sesudah 12 bulan bekerja" in one
    assert (await ratna.get(f"/{slug}/types/nonsense")).status_code == 404
    for code in set(re.findall(r'/types/([a-z_]+)"', page)):
        assert (await ratna.get(f"/{slug}/types/{code}")).status_code == 200, code


async def test_a_failing_example_holds_publication_back_and_is_shown(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    assert "2 hari sebulan" in await text(ratna, f"/{slug}/types/menstrual")
    there = f"/{slug}/types/annual"
    form = await text(ratna, there)
    assert "Sisa yang boleh ikut ke tahun berikutnya." in form and 'id="f-carry_days-hint"' in form
    terms = {
        "from_": "2027-01-01", "name_id": "Cuti tahunan", "name_en": "Annual leave", "active": "1", "days": "14",
        "after_months": "12", "examples": "granted joins=2024-02-01 year=2027 days=12",
    }  # fmt: skip
    assert (await ratna.post(f"{there}/draft", **{**terms, "days": "many"})).status_code == 422
    assert (await ratna.post(f"{there}/draft", **{**terms, "from_": "soon"})).status_code == 422
    assert (await ratna.post(f"{there}/draft", **{**terms, "examples": "gives me=more"})).status_code == 422
    page = await text(ratna, (await ratna.post(f"{there}/draft", **terms)).headers["location"])
    assert "tidak cocok" in page
    assert 'value="2027-01-01"' in page  # the draft is in the form
    assert re.search(r'name="days"[^>]*value="14"|value="14"[^>]*name="days"', page)
    publish = re.findall(r'action="([^"]*/publish)"', page)[0]
    refused = await ratna.post(publish)
    assert refused.status_code == 422
    assert "Belum diterbitkan" in html.unescape(refused.text)
    page = await text(
        ratna,
        (
            await ratna.post(f"{there}/draft", **{**terms, "examples": "granted joins=2024-02-01 year=2027 days=14"})
        ).headers["location"],
    )
    publish = re.findall(r'action="([^"]*/publish)"', page)[0]
    support = await house.as_role(house.maju, "supporting_administrator")
    assert (await support.post(publish)).status_code == 403
    page = await text(ratna, (await ratna.post(publish)).headers["location"])
    assert "Diterbitkan. Berlaku sejak tanggalnya." in page
    assert "Sejak 1 Januari 2027" in page
    assert (await ratna.post(publish)).status_code == 404


async def test_where_no_kind_pays_it_is_said_before_and_posting_is_refused(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(LeaveBatch.kind == "collective")
        await LeaveType.insert(
            LeaveType(
                public=database.new_public(), code="annual", from_=MONDAY.date(), terms='{"collective": false}',
                examples="[]", published_at=clock.now(), published_by="HR",
            )
        )  # fmt: skip
    ratna = await house.as_person(maju, "ratna")
    for year in ("2026", "2027"):
        page = await text(ratna, f"/{slug}/collective?year={year}")
        assert "Belum ada jenis cuti yang dipotong untuk hari-hari ini" in page
        assert 'centang "Cuti bersama memotong jatah ini"' in page
        assert f'href="/{slug}/types"' in page
        assert "orang cukup" not in page
        assert "Tetapkan untuk" not in page
        refused = await ratna.post(f"/{slug}/collective", year=year, short="exempt")
        assert refused.status_code == 422
        assert f"menetapkan {year} tidak menyisihkan apa pun" in html.unescape(refused.text)
    async with database.reading(maju.company):
        assert await LeaveBatch.count().where(LeaveBatch.undone_at.is_null() & (LeaveBatch.kind == "collective")) == 0
