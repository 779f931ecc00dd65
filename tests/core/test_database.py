"""A company sees its own rows and no others; a transaction is kept whole or not at all."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import asyncpg
import pytest

from core import audit, clock, database
from core.accounts.tables import Company, Invitation, Membership
from core.approvals.tables import Decision, Step
from core.database import CompanyTable, installation, reading, transaction
from core.engines import OutsideTransaction, PooledPostgres
from core.errors import Refused
from core.leave.policy import Period
from core.leave.tables import LeaveBalance, LeaveEntry, Lot
from core.messaging.tables import Button
from core.people.tables import Assignment, ChannelIdentity, Department, Employment, Location, Person
from core.piccolo_app import TABLES
from tests.core.cast import Cast

DATABASE_REFUSES = (sqlite3.IntegrityError, asyncpg.PostgresError)
COMPANY_TABLES: list[Any] = [table for table in TABLES if issubclass(table, CompanyTable)]
VERBS: dict[str, Callable[[Any], Any]] = {
    "select": lambda table: table.select(),
    "objects": lambda table: table.objects(),
    "count": lambda table: table.count(),
    "exists": lambda table: table.exists(),
    "update": lambda table: table.update({table.company: 1}, force=True),
    "delete": lambda table: table.delete(force=True),
    "insert": lambda table: table.insert(table(company=1)),
    "make": lambda table: table(company=1),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("table", COMPANY_TABLES, ids=lambda table: table.__name__)
async def test_a_company_table_is_shut_outside_a_transaction(table: type[CompanyTable], verb: str) -> None:
    with pytest.raises(OutsideTransaction):
        await VERBS[verb](table)


@pytest.mark.parametrize("table", COMPANY_TABLES, ids=lambda table: table.__name__)
async def test_raw_sql_on_a_company_table_is_refused(table: type[CompanyTable]) -> None:
    with pytest.raises(PermissionError):
        table.raw(f"select * from {table._meta.tablename}")


async def test_the_engine_itself_speaks_only_inside_a_transaction(open_database: str) -> None:
    with pytest.raises(OutsideTransaction):
        await Company.select()


async def test_each_company_sees_only_its_own_rows(two: tuple[Cast, Cast]) -> None:
    for mine, other in (two, two[::-1]):
        async with reading(mine.company):
            for table in COMPANY_TABLES:
                rows = await table.select()
                assert {row["company"] for row in rows} <= {mine.company}
                assert await table.count() == len(rows)
                assert await table.exists() == bool(rows)
                assert len(await table.objects()) == len(rows)
            assert not await Person.exists().where(Person.id == other.budi.person)
            assert await Person.objects().get(Person.id == other.budi.person) is None
            named = await Person.select(Person.id).where(Person.name == "Budi Santoso")
            assert [row["id"] for row in named] == [mine.budi.person]


async def test_an_or_in_a_query_does_not_let_other_rows_in(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with reading(mine.company):
        either = (Person.id == other.budi.person) | (Person.name == "Budi Santoso")
        assert [row["id"] for row in await Person.select().where(either)] == [mine.budi.person]


async def test_changes_stop_at_the_border(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with transaction(mine.company):
        changed = await Person.update({Person.name: "Diganti"}, force=True).returning(Person.id)
        assert other.budi.person not in {row["id"] for row in changed}
        await Invitation.delete(force=True)
        await Button.delete().where(Button.person == other.budi.person)
    async with reading(other.company):
        assert await Person.count() == 9
        assert not await Person.exists().where(Person.name == "Diganti")


async def test_a_row_that_was_read_cannot_be_saved_or_removed_from_elsewhere(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with reading(other.company):
        budi = await Person.objects().get(Person.id == other.budi.person)
        warehouse = await Department.objects().get(Department.name == "HR")
    assert budi is not None
    assert warehouse is not None
    budi.name = "Diganti"
    async with transaction(mine.company):
        await budi.save()
        await warehouse.remove()
    async with reading(other.company):
        assert not await Person.exists().where(Person.name == "Diganti")
        assert await Department.exists().where(Department.name == "HR")


async def test_a_row_of_another_company_is_neither_made_nor_written(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with transaction(other.company):
        theirs = Department(name="Seludupan")
    async with transaction(mine.company):
        with pytest.raises(PermissionError):
            Department(company=other.company, name="Seludupan")
        with pytest.raises(PermissionError):
            Department.insert(theirs)


async def test_a_row_cannot_be_handed_to_another_company(two: tuple[Cast, Cast]) -> None:
    mine, other = two

    async def hand_over() -> None:
        async with transaction(mine.company):
            await Membership.update({Membership.company: other.company}).where(Membership.person == mine.ratna.person)

    with pytest.raises(DATABASE_REFUSES):
        await hand_over()


POINTING: dict[str, Callable[[Cast, Cast, int], Any]] = {
    "employment.person": lambda mine, other, place: Employment(
        public=database.new_public(), person=other.budi.person, number="9", type="pkwtt", joins=date(2026, 1, 1)
    ),
    "assignment.manager": lambda mine, other, place: Assignment(
        employment=mine.budi.id, from_=date(2026, 8, 1), location=place, manager=other.sari.id
    ),
    "assignment.department": lambda mine, other, place: Assignment(
        employment=mine.budi.id, from_=date(2026, 8, 1), location=place, department=other.sari.department
    ),
    "lot.employment": lambda mine, other, place: Lot(
        employment=other.budi.id, leave_type="annual", origin="adjustment", year=2026, valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    ),
    "leave_balance.employment": lambda mine, other, place: LeaveBalance(employment=other.ika.id, leave_type="sick"),
    "channel_identity.person": lambda mine, other, place: ChannelIdentity(
        person=other.budi.person, channel="slack", account="T1", external_id="U1", verified_at=clock.now(),
        consent_hash="x",
    ),
    "button.person": lambda mine, other, place: Button(
        token="a:x", person=other.budi.person, action="nothing", value="s1.x.AAAA", expires_at=clock.now()
    ),
    "membership.person": lambda mine, other, place: Membership(account=1, role="agent", person=other.budi.person),
    "invitation.employment": lambda mine, other, place: Invitation(
        employment=other.budi.id, code_hash="x", expires_at=clock.now()
    ),
}  # fmt: skip


@pytest.mark.parametrize("pointer", POINTING)
async def test_no_row_points_into_another_company(two: tuple[Cast, Cast], pointer: str) -> None:
    mine, other = two

    async def point() -> None:
        async with transaction(mine.company):
            place = await Location.select(Location.id).first()
            assert place is not None
            row = POINTING[pointer](mine, other, place["id"])
            await type(row).insert(row)

    with pytest.raises(DATABASE_REFUSES, match=f"{pointer} points into another company"):
        await point()


async def test_an_existing_row_cannot_be_turned_to_another_company(two: tuple[Cast, Cast]) -> None:
    mine, other = two

    async def turn() -> None:
        async with transaction(mine.company):
            await Assignment.update({Assignment.manager: other.sari.id}).where(Assignment.employment == mine.budi.id)

    with pytest.raises(DATABASE_REFUSES, match=r"assignment\.manager points into another company"):
        await turn()


async def test_installation_finds_whose_a_row_is_and_changes_nothing(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with installation():
        seen = await Membership.select(Membership.company).where(
            Membership.person.is_in([mine.ratna.person, other.ratna.person])
        )
        assert {row["company"] for row in seen} == {mine.company, other.company}
        for table in COMPANY_TABLES:
            if table._meta.tablename not in database.LOOKED_UP:
                with pytest.raises(OutsideTransaction):
                    table.select()
            with pytest.raises(OutsideTransaction):
                table.update({table.company: 1}, force=True)
            with pytest.raises(OutsideTransaction):
                table.delete(force=True)


# -- what a transaction keeps ------------------------------------------------------------------------------------------


async def departments(company: int) -> set[str]:
    async with reading(company):
        return {row["name"] for row in await Department.select(Department.name)}


async def add(company: int, name: str) -> None:
    async with transaction(company):
        await Department.insert(Department(name=name))


async def test_a_refusal_in_a_part_undoes_that_part_alone(maju: Cast) -> None:
    async with transaction(maju.company):
        await add(maju.company, "pertama")
        with pytest.raises(Refused):
            async with transaction(maju.company):
                await add(maju.company, "kedua")
                audit.record("never", "happened")
                raise Refused("leave.no_lot")
        await add(maju.company, "ketiga")
    assert {"pertama", "ketiga"} <= await departments(maju.company)
    assert "kedua" not in await departments(maju.company)
    async with reading(maju.company):
        assert not await audit.AuditEntry.exists().where(audit.AuditEntry.action == "never")


async def test_what_the_database_refuses_in_a_part_leaves_the_rest_alive(maju: Cast) -> None:
    async with transaction(maju.company):
        await add(maju.company, "pertama")
        with pytest.raises(DATABASE_REFUSES):
            await add(maju.company, "Gudang")
        await add(maju.company, "ketiga")
    assert {"pertama", "ketiga"} <= await departments(maju.company)


async def test_a_fault_undoes_all_of_it(maju: Cast) -> None:
    rung: list[str] = []

    async def fails() -> None:
        async with transaction(maju.company) as opened:
            await add(maju.company, "pertama")
            opened.after_commit.append(lambda: rung.append("rung"))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fails()
    assert "pertama" not in await departments(maju.company)
    assert rung == []


async def test_what_waits_for_the_commit_sees_it_done(maju: Cast) -> None:
    rung: list[bool] = []
    async with transaction(maju.company) as opened:
        await add(maju.company, "baru")
        opened.after_commit.append(lambda: rung.append(database.in_transaction()))
        assert rung == []
    assert rung == [False]


async def test_what_a_failed_part_asked_for_after_the_commit_is_not_done(maju: Cast) -> None:
    rung: list[str] = []
    async with transaction(maju.company) as opened:
        opened.after_commit.append(lambda: rung.append("whole"))
        with pytest.raises(Refused):
            async with transaction(maju.company) as part:
                part.after_commit.append(lambda: rung.append("part"))
                raise Refused("leave.no_lot")
    assert rung == ["whole"]


async def test_nothing_is_written_while_reading(maju: Cast) -> None:
    async with reading(maju.company):
        with pytest.raises(RuntimeError, match="reading"):
            await add(maju.company, "baru")
    assert "baru" not in await departments(maju.company)


async def test_no_other_company_is_touched_inside_a_transaction(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with transaction(mine.company):
        with pytest.raises(RuntimeError, match="cannot be touched"):
            await add(other.company, "baru")
        with pytest.raises(RuntimeError, match="cannot be touched"):
            async with installation():
                pass


async def test_a_cancelled_request_gives_its_connection_back(maju: Cast) -> None:
    """More of them than there are connections, each cancelled in the middle; then all still answers."""
    inside = asyncio.Event()

    async def request(writes: bool) -> None:
        async with transaction(maju.company) if writes else reading(maju.company):
            if writes:
                await Department.insert(Department(name="setengah"))
            inside.set()
            await asyncio.Event().wait()

    for writes in (True, False) * 12:
        inside.clear()
        task = asyncio.create_task(request(writes))
        async with asyncio.timeout(10):
            await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with asyncio.timeout(10):
        await add(maju.company, "sesudahnya")
        assert await departments(maju.company) >= {"sesudahnya"}
    assert "setengah" not in await departments(maju.company)


async def test_a_request_that_is_cancelled_while_it_begins_leaves_its_connection_whole(maju: Cast) -> None:
    """Its thread begins all the same; whoever gets the connection next finds nothing begun in it."""
    for steps in range(1, 40):
        for door in (reading, transaction):

            async def request(door: Any = door) -> None:
                async with door(maju.company):
                    await departments(maju.company)

            task = asyncio.create_task(request())
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(10):
        await add(maju.company, "sesudahnya")
        for _ in range(8):
            assert await departments(maju.company) >= {"sesudahnya"}


async def test_writers_follow_each_other_without_losing_anything(maju: Cast) -> None:
    async def one_more() -> None:
        async with transaction(maju.company):
            await Department.update({Department.minimum: Department.minimum + 1}).where(Department.name == "Gudang")

    async with transaction(maju.company):
        await Department.update({Department.minimum: 0}).where(Department.name == "Gudang")
    await asyncio.gather(*(one_more() for _ in range(40)))
    async with reading(maju.company):
        row = await Department.select(Department.minimum).where(Department.name == "Gudang").first()
    assert row == {"minimum": 40}


# -- what only PostgreSQL can promise beside it ------------------------------------------------------------------------

on_postgres = pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)
NAMES = [table._meta.tablename for table in COMPANY_TABLES]


async def raw(sql: str) -> Any:
    """Speak to PostgreSQL past every door of ours, on the connection that the application holds."""
    held: Any = database.engine().current_transaction.get()
    return await held.connection.fetch(sql)


async def refused(sql: str) -> bool:
    """Whether PostgreSQL will not do this for the application."""
    try:
        async with transaction(1):
            await raw(sql)
    except asyncpg.PostgresError:
        return True
    return False


@on_postgres
async def test_sql_that_forgets_the_company_sees_nothing(two: tuple[Cast, Cast]) -> None:
    engine = database.engine()
    assert isinstance(engine, PooledPostgres)
    assert engine.pool is not None
    async with engine.pool.acquire() as bare:
        assert [name for name in NAMES if await bare.fetch(f'select 1 from "{name}"')] == []
    async with installation():
        seen = {name for name in NAMES if await raw(f'select 1 from "{name}"')}
    assert seen <= set(database.LOOKED_UP)


@on_postgres
async def test_sql_past_our_doors_still_sees_one_company(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with transaction(mine.company):
        for name in NAMES:
            rows = await raw(f'select distinct company from "{name}"')
            assert {row["company"] for row in rows} <= {mine.company}, name
        assert await raw(f"update person set name = 'x' where company = {other.company} returning id") == []
        assert await raw(f"delete from button where company = {other.company} returning id") == []
    assert await refused(f"insert into department (company, name) values ({other.company}, 'x')")


@on_postgres
async def test_the_scope_of_a_transaction_does_not_outlive_it(two: tuple[Cast, Cast]) -> None:
    async with transaction(two[0].company):
        assert await raw("select 1 from person")
    engine = database.engine()
    assert isinstance(engine, PooledPostgres)
    assert engine.pool is not None
    async with engine.pool.acquire() as same:
        assert await same.fetch("select 1 from person") == []


@on_postgres
async def test_the_application_is_nobody_special(open_database: str) -> None:
    async with installation():
        (row,) = await raw(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole, "
            "(select count(*) from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'S')) as owns "
            "from pg_roles r where rolname = current_user"
        )
    assert dict(row) == {
        "rolname": database.APP_ROLE, "rolsuper": False, "rolbypassrls": False, "rolcreaterole": False, "owns": 0,
    }  # fmt: skip


@on_postgres
async def test_the_application_cannot_take_its_guards_away(maju: Cast) -> None:
    for table in ("leave_entry", "decision", "audit_entry"):
        assert await refused(f"alter table {table} disable trigger all"), table
        assert await refused(f"drop trigger {table}_fixed on {table}"), table
        assert await refused(f"truncate {table}"), table
        assert await refused(f"update {table} set company = company"), table
        assert await refused(f"delete from {table}"), table
    assert await refused("set session_replication_role = replica")
    assert await refused("alter table person disable row level security")
    assert await refused("drop policy one_company on person")
    assert await refused("drop table person")


# -- ledgers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [LeaveEntry, audit.AuditEntry], ids=lambda table: table.__name__)
async def test_what_a_ledger_says_is_neither_changed_nor_taken_out(maju: Cast, table: Any) -> None:
    async with reading(maju.company):
        before = await table.select().order_by(table.id)
    assert before

    async def change() -> None:
        async with transaction(maju.company):
            await table.update({table.company: table.company}, force=True)

    async def take_out() -> None:
        async with transaction(maju.company):
            await table.delete(force=True)

    for act in (change, take_out):
        with pytest.raises(DATABASE_REFUSES):
            await act()
    async with reading(maju.company):
        assert await table.select().order_by(table.id) == before


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_ledger_row_cannot_be_replaced_by_another(maju: Cast) -> None:
    """`insert or replace` deletes without a word unless SQLite is told to mind."""

    async def replace() -> None:
        async with transaction(maju.company):
            await raw_sqlite("insert or replace into leave_entry select * from leave_entry limit 1")

    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        await replace()


async def raw_sqlite(sql: str) -> None:
    held: Any = database.engine().current_transaction.get()
    await held.connection.execute(sql)


async def test_impossible_rows_are_refused_by_the_database_itself(maju: Cast) -> None:
    async def overdraw() -> None:
        async with transaction(maju.company):
            await LeaveBalance.update({LeaveBalance.available: -1}).where(LeaveBalance.employment == maju.budi.id)

    async def decide_maybe() -> None:
        async with transaction(maju.company):
            step = await Step.select(Step.id).first()
            assert step is not None
            await Decision.insert(
                Decision(
                    step=step["id"], actor=maju.sari.person, verdict="maybe", channel="web", decided_at=clock.now()
                )
            )

    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    for act in (overdraw, decide_maybe):
        with pytest.raises(DATABASE_REFUSES):
            await act()
