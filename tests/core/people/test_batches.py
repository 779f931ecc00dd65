"""A file is read, shown, applied as a whole and taken back as a whole; a kill on the way costs nothing."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest

from core import bulk, clock, database, jobs, sheets
from core.approvals import standing  # noqa: F401  registers what stands on a spell
from core.audit import AuditEntry
from core.errors import Refused
from core.leave.policy import Period
from core.people import applying, batches, columns, copies, directory, endings, identities, imports
from core.people.batches import Sent
from core.people.tables import Assignment, ChannelIdentity, Employment, ImportBatch, ImportRow, Person
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

HEAD = "employee_number,name,department,position,join_date,basic_salary,resign_date"
MIXED = f"""\
{HEAD}
0904,Aji Pratama,Gudang,Staf,2024-01-08,5000000,
0412,Budi Santoso,Toko,Kasir,,6000000,
0413,Tono Prasetyo,Gudang,,,,
0905,Ayu Lestari,Gudang,Staf,31/02/2024,,
"""
GOOD = MIXED.rsplit("0905", 1)[0]


async def sent(cast: Cast, text: str | bytes, *, begins: date | None = None, name: str = "orang.csv") -> str:
    raw = text.encode() if isinstance(text, str) else text
    made = Sent("file", name, "", "", begins or MONDAY.date(), HR)
    public = await batches.receive(cast.company, raw, made)
    await jobs.drain()
    return public


async def batch(cast: Cast, public: str) -> ImportBatch:
    async with database.reading(cast.company):
        found = await ImportBatch.objects().get(ImportBatch.public == public)
    assert found is not None
    return found


async def applied(cast: Cast, text: str, **more: Any) -> str:
    public = await sent(cast, text, **more)
    await applying.apply(cast.company, public, by=HR)
    await jobs.drain()
    assert (await batch(cast, public)).state == "applied"
    return public


async def undone(cast: Cast, public: str) -> ImportBatch:
    await applying.undo(cast.company, public, by=HR)
    await jobs.drain()
    return await batch(cast, public)


async def test_a_file_is_shown_before_anything_is_true(maju: Cast) -> None:
    found = await batch(maju, await sent(maju, MIXED))
    assert (found.state, found.new, found.changed, found.same, found.refused) == ("refused", 1, 1, 1, 1)
    assert (found.total, found.done) == (4, 4)
    async with database.reading(maju.company):
        assert await directory.by_number("0904") is None
        rows = await ImportRow.select().where(ImportRow.batch == found.id).order_by(ImportRow.row)
        told = [(row["row"], row["number"], row["verdict"]) for row in rows]
        changed = (batches.opened(rows[1], "before"), batches.opened(rows[1], "after"))
        reasons = batches.opened(rows[2], "reasons")
    assert told == [(2, "0904", "new"), (3, "0412", "changed"), (5, "0905", "refused")]
    assert changed[0] == {"department": "Gudang", "position": "", "basic_salary": "", "_at": "2024-02-01"}
    assert changed[1] == {"department": "Toko", "position": "Kasir", "basic_salary": "6000000"}
    assert reasons == [["join_date", "people.no_such_day", "31/02/2024", "E5"]]
    with pytest.raises(Refused, match="batch_not_so"):
        await applying.apply(maju.company, found.public, by=HR)


async def test_what_a_line_holds_is_sealed(maju: Cast) -> None:
    await sent(maju, MIXED)
    async with database.reading(maju.company):
        stored = str(await ImportRow.select()) + str(await ImportBatch.select())
        audit = str(await AuditEntry.select())
    assert [word for word in ("6000000", "Kasir", "Aji Pratama") if word in stored + audit] == []


async def test_an_applied_file_registers_and_changes_and_keeps_what_was(maju: Cast) -> None:
    await applied(maju, GOOD)
    async with database.reading(maju.company):
        aji, budi = await directory.by_number("0904"), await directory.by_number("0412")
        history = (
            await Assignment.select(Assignment.from_, Assignment.until, Assignment.position, Assignment.department.name)
            .where(Assignment.employment == maju.budi.id)
            .order_by(Assignment.from_)
        )
        acts = [row["action"] for row in await AuditEntry.select().order_by(AuditEntry.seq)]
    assert aji is not None
    assert budi is not None
    assert (aji.department_name, budi.department_name, budi.manager) == ("Gudang", "Toko", maju.sari.id)
    assert [tuple(row.values()) for row in history] == [
        (date(2024, 2, 1), MONDAY.date(), None, "Gudang"),
        (MONDAY.date(), None, "Kasir", "Toko"),
    ]
    assert {"people.received", "people.imported"} <= set(acts)


async def test_taking_it_back_leaves_everybody_as_before(maju: Cast) -> None:
    async def seen() -> Any:
        async with database.reading(maju.company):
            facts = await Assignment.select().where(Assignment.employment == maju.budi.id)
            return facts, await directory.by_number("0904"), len(await directory.everyone())

    before = await seen()
    public = await applied(maju, GOOD)
    assert await seen() != before
    assert (await undone(maju, public)).state == "undone"
    assert await seen() == before
    await applied(maju, GOOD, name="lagi.csv")
    async with database.reading(maju.company):
        assert (await directory.by_number("0904")) is not None, "a number that was taken back can come again"
        assert await Employment.count().where(Employment.number == "0904") == 1


async def test_a_change_of_the_same_day_is_corrected_and_comes_back(maju: Cast) -> None:
    await applied(maju, "employee_number,name,position\n0412,Budi Santoso,Kasir\n")
    second = await applied(maju, "employee_number,name,position\n0412,Budi Santoso,Kepala Kasir\n", name="dua.csv")
    async with database.reading(maju.company):
        rows = await Assignment.select(Assignment.position).where(Assignment.employment == maju.budi.id)
    assert sorted(str(row["position"]) for row in rows) == ["Kepala Kasir", "None"]
    await undone(maju, second)
    async with database.reading(maju.company):
        rows = await Assignment.select(Assignment.position).where(Assignment.employment == maju.budi.id)
    assert sorted(str(row["position"]) for row in rows) == ["Kasir", "None"]


async def test_a_change_may_begin_earlier_or_later(maju: Cast) -> None:
    late, early = MONDAY.date() + timedelta(days=30), MONDAY.date() - timedelta(days=30)
    await applied(maju, "employee_number,name,position\n0412,Budi,Nanti\n", begins=late)
    await applied(maju, "employee_number,name,position\n0412,Budi,Dulu\n", begins=early, name="dua.csv")
    async with database.reading(maju.company):
        rows = (
            await Assignment.select(Assignment.position, Assignment.from_, Assignment.until)
            .where(Assignment.employment == maju.budi.id)
            .order_by(Assignment.from_)
        )
    assert [tuple(row.values()) for row in rows] == [
        (None, date(2024, 2, 1), early),
        ("Dulu", early, late),
        ("Nanti", late, None),
    ]


async def test_identity_changes_in_place_and_comes_back(maju: Cast) -> None:
    text = "employee_number,name,email,nik,phone\n0412,Budi Santoso Putra,putra@maju.example,3175010101900001,-\n"
    public = await applied(maju, text)

    async def person() -> tuple[str, str, str]:
        async with database.reading(maju.company):
            row = await Person.select().where(Person.id == maju.budi.person).first()
            assert row is not None
            from core.people.present import opened

            return row["name"], row["search"], opened(row["email"], "person.email", maju.budi.person)

    assert await person() == ("Budi Santoso Putra", "budi santoso putra", "putra@maju.example")
    await undone(maju, public)
    assert await person() == ("Budi Santoso", "budi santoso", "budi@maju.example")


async def test_what_was_built_on_since_keeps_a_batch_in_place(maju: Cast) -> None:
    public = await applied(maju, GOOD)
    await applied(maju, "employee_number,name,position\n0412,Budi Santoso,Mandor\n", name="dua.csv")
    found = await undone(maju, public)
    assert (found.state, found.why) == ("applied", "people.undo_changed|0412")


async def test_a_linked_chat_keeps_a_new_person(maju: Cast) -> None:
    public = await applied(maju, GOOD)
    async with database.transaction(maju.company):
        aji = await directory.by_number("0904")
        assert aji is not None
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=aji.person,
                channel="slack",
                account="T1",
                external_id="U9",
                verified_at=clock.now(),
                consent_hash="",
            )
        )
    found = await undone(maju, public)
    assert (found.state, found.why) == ("applied", "people.undo_linked|0904")


async def test_a_request_keeps_a_new_person(maju: Cast) -> None:
    public = await applied(maju, "employee_number,name,manager,join_date\n0904,Aji Pratama,0101,2024-01-08\n")
    await maju.night()
    async with database.reading(maju.company):
        aji = await directory.by_number("0904")
    assert aji is not None
    await maju.asks(aji, Period(date(2026, 7, 20), date(2026, 7, 20)))
    found = await undone(maju, public)
    assert (found.state, found.why) == ("applied", "people.undo_requests|0904")


async def test_people_who_changed_after_reading_have_it_read_again(maju: Cast) -> None:
    public = await sent(maju, GOOD)
    await imports.change(maju.company, {"employee_number": "0412", "name": "Budi Santoso", "position": "X"}, actor=HR)
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    found = await batch(maju, public)
    assert (found.state, found.why) == ("checked", "people.read_again")
    async with database.reading(maju.company):
        rows = await ImportRow.select().where(ImportRow.batch == found.id).order_by(ImportRow.row)
        before = batches.opened(rows[1], "before")
    assert before["position"] == "X"
    await applying.apply(maju.company, public, by=HR)
    await jobs.drain()
    assert (await batch(maju, public)).state == "applied"


async def test_reading_goes_on_where_it_was_stopped(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "AT_A_TIME", 2)
    monkeypatch.setattr("core.people.present.AT_A_TIME", 2)
    text = "employee_number,name\n" + "".join(f"8{n:03},Orang {n}\n" for n in range(7))
    staged, stops = batches.stage, [2]

    async def stage(*given: Any) -> None:
        stops[0] -= 1
        if stops[0] == 0:
            raise ConnectionError("the machine went away")
        await staged(*given)

    monkeypatch.setattr(batches, "stage", stage)
    public = await sent(maju, text)
    found = await batch(maju, public)
    assert (found.state, found.done, found.total) == ("reading", 2, 7)
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        await jobs.drain()
    found = await batch(maju, public)
    assert (found.state, found.done, found.new) == ("checked", 7, 7)
    async with database.reading(maju.company):
        assert [
            row["row"]
            for row in await ImportRow.select(ImportRow.row).where(ImportRow.batch == found.id).order_by(ImportRow.row)
        ] == list(range(2, 9))


async def test_a_fault_while_applying_takes_nothing(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    public = await sent(maju, GOOD)

    async def breaks(*_: Any, **__: Any) -> None:
        raise ConnectionError("the machine went away")

    with monkeypatch.context() as here:
        here.setattr("core.people.leavers.expect", breaks)
        await applying.apply(maju.company, public, by=HR)
        await jobs.drain()
    async with database.reading(maju.company):
        assert await directory.by_number("0904") is None
        assert await Assignment.count().where(Assignment.employment == maju.budi.id) == 1
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        await jobs.drain()
    assert (await batch(maju, public)).state == "applied"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_the_copy_is_their_file_with_the_reasons(maju: Cast, kind: str) -> None:
    table = [line.split(",") for line in MIXED.splitlines()]
    raw = sheets.written(kind, table[0], table[1:], delimiter=";")
    public = await sent(maju, raw, name=f"orang.{kind}")
    name, found, made = await copies.with_reasons(maju.company, public, "id")
    assert (name, found) == (f"orang-alasan.{kind}", kind)
    sheet = sheets.read(made)
    assert [cells[:-1] for _, cells in sheet.lines] == table
    assert [cells[-1] for _, cells in sheet.lines] == [
        "alasan", "", "", "",
        "E5 Tanggal masuk: 31/02/2024 tidak ada di kalender. Periksa tanggal dan bulannya.",
    ]  # fmt: skip
    again = sheets.written(kind, sheet.lines[0][1], [cells for _, cells in sheet.lines[1:4]])
    assert columns.read(again).bad == [], "the corrected copy is taken back with its column of reasons"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_each_reason_of_a_row_has_a_line_with_its_column(maju: Cast, kind: str) -> None:
    table = [["Daftar karyawan"], ["Nomor Induk", "Nama", "Tgl Masuk", "Email"], ["0905", "", "31/02/2024", "ayu"]]
    public = await sent(maju, sheets.written(kind, table[0], table[1:]), name=f"orang.{kind}")
    _, _, made = await copies.with_reasons(maju.company, public, "id")
    lines = [cells for _, cells in sheets.read(made).lines]
    assert [cell for cell in lines[0] if cell] == ["Daftar karyawan"]
    assert lines[1][-1] == "alasan"
    assert [one.partition(":")[0] for one in lines[2][-1].split("\n")] == [
        "B3 Nama", "C3 Tanggal masuk", "D3 E-mail",
    ]  # fmt: skip
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(made)) as packed:
            assert b'wrapText="1"' in packed.read("xl/styles.xml")
            assert packed.read("xl/worksheets/sheet1.xml").count(b'<c s="1"') == 1


async def test_a_batch_that_is_put_aside_keeps_nothing(maju: Cast) -> None:
    public = await sent(maju, MIXED)
    await batches.drop(maju.company, public, by=HR)
    async with database.reading(maju.company):
        assert await ImportRow.count() == len(maju.people)
    with pytest.raises(Refused, match="file_gone"):
        await copies.with_reasons(maju.company, public, "en")


async def test_files_are_forgotten_after_thirty_days(maju: Cast) -> None:
    kept, unused = await applied(maju, GOOD), await sent(maju, MIXED, name="dua.csv")
    with clock.freeze(MONDAY + timedelta(days=31)):
        await endings.forget()
    for public, state in ((kept, "applied"), (unused, "dropped")):
        found = await batch(maju, public)
        assert found.file is None
        assert found.state == state


async def test_somebody_who_comes_back_is_the_same_person_in_a_new_spell(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: MONDAY.date() - timedelta(days=90)}).where(
            Employment.id == maju.budi.id
        )
    await applied(maju, "employee_number,name,email,join_date\n1412,Budi Santoso,budi@maju.example,2026-07-01\n")
    async with database.reading(maju.company):
        budi = await directory.by_number("1412")
        assert budi is not None
        assert (budi.person, budi.joins) == (maju.budi.person, date(2026, 7, 1))
        assert (await directory.of_person(maju.budi.person)) == budi
        assert await identities.cooling_until(budi.person) is None


async def test_a_form_says_what_is_wrong_beside_its_field(maju: Cast) -> None:
    cells = {"employee_number": "0412", "name": "Budi Santoso", "manager": "0412", "nik": "12"}
    bad = await imports.change(maju.company, cells, actor=HR)
    assert [(one.column, one.key) for one in bad] == [("manager", "people.own_manager"), ("nik", "people.wrong_length")]
    barred = {"employee_number": "0412", "name": "Budi Santoso", "basic_salary": "1", "role": "administrator"}
    bad = await imports.change(maju.company, barred, actor=HR, barred=("role", "basic_salary"))
    assert [(one.column, one.key) for one in bad] == [
        ("basic_salary", "people.column_not_yours"),
        ("role", "people.role_not_yours"),
    ]


async def test_a_move_that_was_planned_before_undoes_nothing_that_changed_since(maju: Cast) -> None:
    later, today = MONDAY.date() + timedelta(days=30), MONDAY.date()
    await applied(maju, "employee_number,name,position\n0412,Budi Santoso,Nanti\n", begins=later)
    public = await applied(
        maju, "employee_number,name,department,grade\n0412,Budi Santoso,Toko,7\n", begins=today, name="dua.csv"
    )

    async def rows() -> list[tuple[date, str | None, str | None]]:
        async with database.reading(maju.company):
            found = await Assignment.select(Assignment.from_, Assignment.position, Assignment.grade).where(
                Assignment.employment == maju.budi.id
            ).order_by(Assignment.from_)  # fmt: skip
        return [(row["from_"], row["position"], row["grade"]) for row in found]

    before = (await rows())[0]
    assert (await rows())[-2:] == [(today, before[1], "7"), (later, "Nanti", "7")]
    assert (await undone(maju, public)).state == "undone"
    assert (await rows())[-1] == (later, "Nanti", before[2])
