"""A file holds the rows of its page, in its order; what would run in a spreadsheet does not; who took it is written down."""

import asyncio
import csv
import html
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from backoffice import exports
from core import clock, database, jobs, sheets
from core.accounts.roles import ADMINISTRATOR
from core.audit import AuditEntry
from core.leave.policy import Period
from core.people import imports
from core.people.tables import Employment, Person
from core.phrases import LANGUAGES
from core.work import Work
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY


@pytest.fixture
async def asked(house: Installation) -> Installation:
    """Three requests that wait; the name of whoever asked for the first is a formula."""
    maju = house.maju
    for day in (20, 21):
        await maju.asks(maju.budi, Period(date(2026, 7, day), date(2026, 7, day)))
    await maju.asks(maju.tono, Period(date(2026, 7, 22), date(2026, 7, 22)))
    async with database.transaction(maju.company):
        await Person.update({Person.name: "=HYPERLINK(1)"}).where(Person.id == maju.budi.person)
    return house


async def take(visitor: Visitor, slug: str, state: str = "", format: str = "csv") -> Any:
    return await visitor.post(f"/{slug}/leave/export", state=state, format=format)


def lines(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


@pytest.mark.parametrize("state", ["", "show=all", "show=all&sort=asked", "q=tono", "show=decided"])
async def test_a_file_holds_the_rows_of_its_page_in_their_order(asked: Installation, state: str) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    page = (await ratna.get(f"/{slug}/leave?{state}")).text
    answer = await take(ratna, slug, state)
    assert answer.headers["content-disposition"].startswith('attachment; filename="serambi-leave-')
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = lines(answer.content)
    empty = rows.index([])
    assert [row[0] for row in rows[:empty]] == re.findall(r'nowrap">(?:<a [^>]*>)?(C-\d+)<', page)
    assert (head[0], len(rows) - empty) == ("Nomor", 3)
    assert rows[-2][0].startswith(f"Baris: {empty}.")
    assert "Ratna" in rows[-1][0]


async def test_nothing_in_a_file_runs_and_a_workbook_says_the_same(asked: Installation) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    raw = (await take(ratna, slug, "show=all")).content
    assert not re.search(rb'(^|,)"?[=+@]', raw)
    workbook = (await take(ratna, slug, "show=all", "xlsx")).content
    book = sheets.read(workbook)
    told = [cells for _, cells in book.lines]
    first = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()[1]
    assert first[2:6] == [date(2026, 7, 22), date(2026, 7, 22), 1, 3], "a sheet can add them up and sort them"
    assert [row[:2] for row in told[1:4]] == [
        ["C-3", "Tono Prasetyo"],
        ["C-2", "=HYPERLINK(1)"],
        ["C-1", "=HYPERLINK(1)"],
    ]


async def test_leave_that_is_not_counted_in_days_has_no_rest(asked: Installation) -> None:
    maju = asked.maju
    slug, ratna = await asked.slug(maju), await asked.as_person(maju, "ratna")
    period = Period(date(2026, 7, 23), date(2026, 7, 23))
    unpaid = await maju.asks(maju.tono, period, leave_type="unpaid")
    rows = {row[0]: row for row in lines((await take(ratna, slug)).content) if row and row[0].startswith("C-")}
    assert (rows["C-3"][5], rows[unpaid.number][5]) == ("3", "")
    page = (await ratna.get(f"/{slug}/leave")).text
    cells = dict(re.findall(r'nowrap">(?:<a [^>]*>)?(C-\d+)<.*?"number left-out">([^<]*)<', page))
    assert (cells["C-3"], cells[unpaid.number]) == ("3", "")


async def test_who_took_a_list_away_is_written_down_without_what_was_typed(asked: Installation) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    await take(ratna, slug, "show=all&q=tono")
    async with database.reading(asked.maju.company):
        (entry,) = await AuditEntry.select().where(AuditEntry.action == "list.exported")
    assert (entry["actor"], entry["object"]) == (f"person:{asked.maju.ratna.person}", "export:leave")
    assert "tono" not in entry["meta"]
    assert '"rows": 1' in entry["meta"]


async def test_a_long_list_is_made_by_a_job_and_fetched_by_whoever_asked(
    asked: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    monkeypatch.setattr(exports, "PART", 2)
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    support = await asked.as_role(asked.maju, "supporting_administrator")
    there = (await take(ratna, slug, "show=all")).headers["location"]
    assert re.fullmatch(rf"/{slug}/work/[\w-]+", there)
    assert "sedang dibuat" in (await ratna.get(there)).text
    assert (await ratna.get(f"{there}/file")).status_code == 404
    await jobs.drain()
    page = html.unescape((await ratna.get(there)).text)
    assert ("sudah jadi" in page, "3 dari 3" in page) == (True, True)
    rows = lines((await ratna.get(f"{there}/file")).content)
    assert [row[0] for row in rows[1:4]] == ["C-3", "C-2", "C-1"]
    hendra = await asked.as_person(asked.maju, "hendra")
    assert (await hendra.get(there)).status_code == 200  # he sees the jobs, and may not have the file
    assert (await hendra.get(f"{there}/file")).status_code == 404
    assert (await support.get(there)).status_code == 404


async def test_work_that_is_stopped_makes_no_file(asked: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    there = (await take(ratna, slug, "show=all")).headers["location"]
    assert (await ratna.post(f"{there}/stop")).status_code == 303
    await jobs.drain()
    async with database.reading(asked.maju.company):
        (one,) = await Work.select(Work.state)
    assert one["state"] == "stopped"
    assert (await ratna.get(f"{there}/file")).status_code == 404


async def test_an_export_that_fails_says_so(asked: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    there = (await take(ratna, slug, "show=all")).headers["location"]

    async def broken(*_: Any, **__: Any) -> Any:
        raise OSError

    monkeypatch.setattr(exports, "_read", broken)
    await jobs.drain()
    assert "gagal dibuat" in (await ratna.get(there)).text


async def test_times_in_a_file_sort_and_its_name_has_the_day_of_the_company(asked: Installation) -> None:
    """At 18:30 UTC it is tomorrow in Jakarta."""
    slug = await asked.slug(asked.maju)
    with clock.freeze(datetime(2026, 7, 6, 18, 30, tzinfo=UTC)):
        ratna = await asked.as_person(asked.maju, "ratna")
        leave = await take(ratna, slug, "show=all")
        trail = await ratna.post(f"/{slug}/audit/export", state="", format="csv")
    assert leave.headers["content-disposition"] == 'attachment; filename="serambi-leave-20260707-0130.csv"'
    for answer, column in ((leave, 6), (trail, 1)):
        head, *rows = lines(answer.content)
        times = [row[column] for row in rows[: rows.index([])]]
        assert times, head
        assert {one[10:] for one in times} <= {" 09:00:00+07:00", " 01:30:00+07:00"}, (head, times)
        assert times == sorted(times, reverse=True)
        assert "2026-07-07 01:30:00+07:00" in rows[-1][0]


async def test_nobody_takes_more_than_two_files_a_minute_nor_twenty_an_hour(asked: Installation) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    hendra, other = await asked.as_person(asked.maju, "hendra"), await asked.as_role(asked.sinar, "administrator")

    async def statuses(count: int) -> list[int]:
        return [(await take(ratna, slug)).status_code for _ in range(count)]

    assert await statuses(3) == [200, 200, 422]
    refused = html.unescape((await take(ratna, slug)).text)
    assert "dua berkas semenit; yang berikutnya mulai Senin 6 Juli 09.01 WIB" in refused
    assert f'href="/{slug}/' in refused.partition("<main")[2], "there is a way back to the list"
    assert (await take(hendra, slug)).status_code == 200, "each is counted alone"
    assert (await take(other, await asked.slug(asked.sinar))).status_code == 200
    for minute in range(1, 10):
        with clock.freeze(MONDAY + timedelta(minutes=minute)):
            assert await statuses(2) == [200, 200]
    with clock.freeze(MONDAY + timedelta(minutes=20)):
        assert "dua puluh berkas sejam" in (await take(ratna, slug)).text
    with clock.freeze(MONDAY + timedelta(minutes=60)):
        ratna = await asked.as_person(asked.maju, "ratna")
        assert await statuses(3) == [200, 200, 422]
    async with database.reading(asked.maju.company):
        taken = await AuditEntry.count().where(AuditEntry.action == "list.exported")
    assert taken == 23, "what was refused was not taken"


async def test_files_of_one_moment_are_counted_one_after_the_other(asked: Installation) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    answers = await asyncio.gather(*(take(ratna, slug) for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 200, 422, 422, 422]


@pytest.mark.parametrize("state", ["", "state=in_review", "number=C-2", "employee=0412", "sort=asked"])
async def test_the_history_of_approvals_leaves_as_its_page(asked: Installation, state: str) -> None:
    slug, ratna = await asked.slug(asked.maju), await asked.as_person(asked.maju, "ratna")
    page = (await ratna.get(f"/{slug}/approvals/history?{state}")).text
    answer = await ratna.post(f"/{slug}/approvals/history/export", state=state, format="csv")
    head, *rows = lines(answer.content)
    assert [row[0] for row in rows[: rows.index([])]] == re.findall(r">(C-\d+)</a></td><th", page)
    assert (head[0], head[-1]) == ("Nomor", "Keadaan")
    raw = (await ratna.post(f"/{slug}/approvals/history/export", state=state, format="xlsx")).content
    _, first, *_ = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    day = {"C-1": 20, "C-2": 21, "C-3": 22}[str(first[0])]
    assert first[2:4] == [date(2026, 7, day)] * 2, "days are days, with their year"
    # A head sees what she decided, and takes no list of all.
    sari = await asked.as_person(asked.maju, "sari")
    assert (await sari.post(f"/{slug}/approvals/history/export", state="", format="csv")).status_code == 403


async def test_what_is_planned_leaves_as_its_page_without_grades(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    async with database.reading(house.maju.company):
        spell = await Employment.objects().get(Employment.id == house.maju.budi.id)
    assert spell is not None
    there = f"/{slug}/people/{spell.public}"
    day = (clock.today("Asia/Jakarta") + timedelta(days=20)).isoformat()
    assert (await ratna.post(f"{there}/work", begins=day, position="Kepala gudang", grade="7B")).status_code == 303
    book = await ratna.post(f"/{slug}/careers/export", state="days=30", format="xlsx")
    assert book.headers["content-disposition"].startswith('attachment; filename="serambi-careers-')
    _, first, *_ = lines((await ratna.post(f"/{slug}/careers/export", state="days=30", format="csv")).content)
    assert (first[0], first[2]) == (day, "Budi Santoso")
    assert "-> Kepala gudang" in first[4]
    assert "7B" not in " ".join(first)
    with clock.freeze(clock.now() + timedelta(minutes=2)):  # two files a minute are enough for one person
        none = await ratna.post(f"/{slug}/careers/export", state="days=30&kind=ends", format="csv")
    assert lines(none.content)[1] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", list(sheets.KINDS))
async def test_the_list_of_people_is_read_in_again_as_it_came(house: Installation, format: str, language: str) -> None:
    """Nothing changes by it, whatever people are called."""
    maju = house.maju
    slug, ratna = await house.slug(maju), await house.as_person(maju, "ratna")
    await ratna.post("/language", language=language)
    odd = ["=HYPERLINK(1)", "'Abd al-Malik", "Ma'ruf; Budi, S.T.", "- Wati", 'Tono "Ton" P', "0123", "Nama Lengkap"]
    async with database.transaction(maju.company):
        people = await Person.select(Person.id).order_by(Person.id).limit(len(odd))
        for row, name in zip(people, odd, strict=False):
            await Person.update({Person.name: name}).where(Person.id == row["id"])
        total = await Employment.count()
    for state in ("status=all", "status=all&department=Gudang"):
        answer = await ratna.post(f"/{slug}/people/export", state=state, format=format)
        assert answer.status_code == 200
        checked = await imports.check(maju.company, answer.content)
        assert (checked.bad, checked.new, checked.changed) == ([], 0, 0)
        assert (checked.same == total) if state == "status=all" else (0 < checked.same < total)


async def test_what_is_owed_by_department_is_taken_away_with_a_name_and_stands_in_the_audit(
    house: Installation,
) -> None:
    slug, boss = await house.slug(house.maju), await house.as_role(house.maju, ADMINISTRATOR)
    assert "/reports/departments/export" in (await boss.get(f"/{slug}/reports/departments")).text
    file = await boss.post(f"/{slug}/reports/departments/export", format="csv", state="type=annual")
    assert file.status_code == 200
    assert "Gudang" in file.text
    assert "oleh Administrator" in file.text, "an account that is nobody's employee is called by its address"
    async with database.reading(house.maju.company):
        entry = await AuditEntry.select().where(AuditEntry.object == "export:departments").first()
    assert entry is not None
    assert entry["action"] == "list.exported"
