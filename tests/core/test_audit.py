"""Whoever changes the record of who did what, with whatever tool, is found out at the first entry that was touched."""

import asyncio
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import asyncpg
import pytest

from core import anchors, audit, clock, health, jobs, moments, vault
from core.accounts import audit_nightly
from core.audit import START, Actor, AuditEntry, first_broken
from core.database import reading, transaction
from core.engines import OutsideTransaction
from core.errors import Refused
from tests.core.cast import Cast, lay
from tests.core.conftest import MONDAY


@pytest.fixture
async def company(open_database: str) -> int:
    """A company with five acts of its own on record, whatever registering it wrote put before them."""
    cast = await lay("PT Catat", people="employee_number,name\n1,Ani\n")
    for number in range(1, 6):
        with clock.freeze(MONDAY + timedelta(minutes=number)):
            async with transaction(cast.company):
                audit.record("thing.done", f"thing:{number}", by=Actor("person:1", "web"), number=number)
    return cast.company


async def entries(company: int) -> list[AuditEntry]:
    async with reading(company):
        return await AuditEntry.objects().order_by(AuditEntry.seq)


async def broken(company: int) -> int | None:
    async with reading(company):
        return await first_broken()


async def past_the_guards(url: str, *statements: str) -> None:
    """What a thief with the owner's password, or the file, could do."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            for act in ("update", "delete"):
                connection.execute(f"drop trigger if exists audit_entry_no_{act}")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return
    connected = await asyncpg.connect(url)
    try:
        await connected.execute("alter table audit_entry disable trigger all")
        for statement in statements:
            await connected.execute(statement)
        await connected.execute("alter table audit_entry enable trigger all")
    finally:
        await connected.close()


async def test_entries_are_numbered_without_a_gap_and_chained(company: int) -> None:
    rows = await entries(company)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.prev for row in rows] == [START, *(row.hash for row in rows[:-1])]
    assert len({row.hash for row in rows}) == len(rows)
    assert await broken(company) is None


TAMPERING: dict[str, tuple[Callable[[int, int], tuple[str, ...]], int]] = {
    # what is done to the entry numbered last-2, and how far from it the first broken one is
    "edit the act": (lambda c, n: (f"update audit_entry set action = 'x' where company = {c} and seq = {n}",), 0),
    "edit who": (lambda c, n: (f"update audit_entry set actor = 'person:2' where company = {c} and seq = {n}",), 0),
    "edit the figures": (lambda c, n: (f"update audit_entry set meta = '{{}}' where company = {c} and seq = {n}",), 0),
    "edit the hash": (lambda c, n: (f"update audit_entry set hash = '0' where company = {c} and seq = {n}",), 0),
    "cut one out": (lambda c, n: (f"delete from audit_entry where company = {c} and seq = {n}",), 0),
    "cut one out and close the gap": (
        lambda c, n: (
            f"delete from audit_entry where company = {c} and seq = {n}",
            f"update audit_entry set seq = {n} where company = {c} and seq = {n + 1}",
            f"update audit_entry set seq = {n + 1} where company = {c} and seq = {n + 2}",
        ),
        0,
    ),
    "change places": (
        lambda c, n: (
            f"update audit_entry set seq = 999 where company = {c} and seq = {n}",
            f"update audit_entry set seq = {n} where company = {c} and seq = {n + 1}",
            f"update audit_entry set seq = {n + 1} where company = {c} and seq = 999",
        ),
        0,
    ),
    "put one in": (
        lambda c, n: (
            "insert into audit_entry (company, seq, at, actor, channel, action, object, meta, prev, hash) "
            "select company, seq + 100, at, actor, channel, action, object, meta, prev, hash "
            f"from audit_entry where company = {c} and seq = {n}",
        ),
        3,
    ),
    "cut out the first": (lambda c, n: (f"delete from audit_entry where company = {c} and seq = 1",), -99),
}


@pytest.mark.parametrize("how", TAMPERING)
async def test_tampering_is_found_where_it_happened(company: int, open_database: str, how: str) -> None:
    at = len(await entries(company)) - 2
    statements, further = TAMPERING[how]
    await past_the_guards(open_database, *statements(company, at))
    assert await broken(company) == max(1, at + further)


async def test_an_entry_written_anew_with_its_own_hash_breaks_the_next(company: int, open_database: str) -> None:
    """Who knows how the hash is made can make one entry whole again, but then the one after it must be made anew too."""
    row = (await entries(company))[-3]
    forged = audit.digest(
        company, row.seq, row.at, "person:2", row.channel, row.action, row.object, row.meta, row.prev
    )  # fmt: skip
    await past_the_guards(
        open_database,
        f"update audit_entry set actor = 'person:2', hash = '{forged}' where company = {company} and seq = {row.seq}",
        f"update audit_entry set prev = '{forged}' where company = {company} and seq = {row.seq + 1}",
    )
    assert await broken(company) == row.seq + 1


async def test_a_moved_instant_is_found(company: int, open_database: str) -> None:
    at = len(await entries(company)) - 2
    later = "'2026-07-06 02:59:00+00:00'"
    await past_the_guards(
        open_database, f"update audit_entry set at = {later} where company = {company} and seq = {at}"
    )
    assert await broken(company) == at


async def test_the_chains_of_two_companies_do_not_touch(company: int, open_database: str) -> None:
    other = (await lay("PT Sebelah", at="sebelah.example", people="employee_number,name\n1,Adi\n")).company
    await past_the_guards(open_database, f"update audit_entry set action = 'x' where company = {company} and seq = 1")
    assert (await broken(company), await broken(other)) == (1, None)


async def test_what_did_not_happen_is_not_on_record(company: int) -> None:
    before = len(await entries(company))

    async def fails() -> None:
        async with transaction(company):
            audit.record("thing.done", "thing:6")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fails()
    assert len(await entries(company)) == before


async def test_acts_at_the_same_time_are_all_on_record(maju: Cast) -> None:
    async def act(number: int) -> None:
        async with transaction(maju.company):
            audit.record("thing.done", f"thing:{number}")

    await asyncio.gather(*(act(number) for number in range(20)))
    rows = await entries(maju.company)
    assert {row.object for row in rows if row.action == "thing.done"} == {f"thing:{number}" for number in range(20)}
    assert await broken(maju.company) is None


async def test_nobody_outside_a_transaction_acts() -> None:
    with pytest.raises(OutsideTransaction):
        audit.record("thing.done", "thing:1")


# -- what the chain alone would not show -------------------------------------------------------------------------------


async def anchored(company: int) -> list[AuditEntry]:
    """Have the newest entry kept with the keys; returns the chain."""
    async with reading(company):
        assert await audit.anchor()
    return await entries(company)


async def test_a_chain_whose_end_was_cut_off_is_not_whole(company: int, open_database: str) -> None:
    last = (await anchored(company))[-1].seq
    assert await broken(company) is None
    await past_the_guards(open_database, f"delete from audit_entry where company = {company} and seq > {last - 2}")
    assert await broken(company) == last - 1


async def test_a_chain_that_was_emptied_is_not_whole(company: int, open_database: str) -> None:
    await anchored(company)
    await past_the_guards(open_database, f"delete from audit_entry where company = {company}")
    assert await broken(company) == 1
    async with reading(company):
        assert not await audit.anchor()


async def test_a_chain_that_was_written_anew_as_a_whole_is_found(company: int, open_database: str) -> None:
    (*_, third, fourth, last) = await anchored(company)
    await past_the_guards(open_database, *forged(company, [third, fourth, last], actor="person:9"))
    assert await broken(company) is not None
    async with reading(company):
        assert not await audit.anchor(), "what is not whole is never signed"


async def test_the_end_is_kept_every_five_minutes_and_only_what_was_added_is_read(
    company: int, open_database: str
) -> None:
    await anchored(company)
    async with transaction(company):
        audit.record("thing.done", "thing:9")
    with clock.freeze(MONDAY + timedelta(minutes=5)):
        assert moments.last_due(jobs.CRONS["audit.anchors"][0], clock.now()) == clock.now()
        await audit_nightly.keep()
    last = (await entries(company))[-1].seq
    assert anchors.of(company)[-1].seq == last
    await past_the_guards(open_database, f"delete from audit_entry where company = {company} and seq = {last}")
    assert await broken(company) == last


async def test_an_entry_that_was_changed_since_is_not_kept(company: int, open_database: str) -> None:
    await anchored(company)
    async with transaction(company):
        audit.record("thing.done", "thing:9")
    last = (await entries(company))[-1].seq
    await past_the_guards(
        open_database, f"update audit_entry set actor = 'person:9' where company = {company} and seq = {last}"
    )
    async with reading(company):
        assert not await audit.anchor()
    assert anchors.of(company)[-1].seq == last - 1


async def test_a_day_keeps_one_anchor_and_what_fits_is_not_doubted(company: int) -> None:
    await anchored(company)
    async with transaction(company):
        audit.record("thing.done", "thing:9")
    with clock.freeze(MONDAY + timedelta(hours=2)):
        await anchored(company)
    assert len(anchors.of(company)) == 1
    with clock.freeze(MONDAY + timedelta(days=1)):
        async with transaction(company):
            audit.record("thing.done", "thing:10")
        last = (await anchored(company))[-1].seq
    assert [one.seq for one in anchors.of(company)] == [last - 1, last]
    assert await broken(company) is None


async def test_who_puts_an_older_database_back_answers_for_the_gap_once(company: int, open_database: str) -> None:
    last = (await anchored(company))[-1].seq
    await past_the_guards(open_database, f"delete from audit_entry where company = {company} and seq > {last - 2}")
    assert "breaks at entry" in (await health_of_audit())[1]
    with clock.freeze(MONDAY + timedelta(days=1)):
        with pytest.raises(Refused, match="needs_reason"):
            async with transaction(company):
                await audit.acknowledge(" ", by=Actor("command", "command"))
        async with transaction(company):
            gap = await audit.acknowledge("cadangan hari Minggu dipasang", by=Actor("command", "command"))
        assert gap.number == last - 1
        for number in range(4):
            async with transaction(company):
                audit.record("thing.done", f"thing:{number}")
        assert await health_of_audit() == (True, "acknowledged on 2026-07-07 by command: cadangan hari Minggu dipasang")
        newest = (await anchored(company))[-1].seq
        with pytest.raises(Refused, match="audit_is_whole"):
            async with transaction(company):
                await audit.acknowledge("sekali lagi", by=Actor("command", "command"))
    await past_the_guards(open_database, f"delete from audit_entry where company = {company} and seq = {newest}")
    assert await broken(company) == newest, "what comes after it is watched as before"


async def test_an_edited_entry_that_was_answered_for_hides_no_later_one(company: int, open_database: str) -> None:
    rows = await entries(company)
    edited = f"update audit_entry set actor = 'person:9' where company = {company} and seq = "
    await past_the_guards(open_database, f"{edited}{rows[-3].seq}")
    async with transaction(company):
        await audit.acknowledge("dikoreksi langsung di basis data", by=Actor("command", "command"))
    assert await broken(company) is None
    async with transaction(company):
        audit.record("thing.done", "thing:9")
    newest = (await entries(company))[-1].seq
    await past_the_guards(open_database, f"{edited}{newest}")
    assert await broken(company) == newest


async def test_an_answer_that_the_keys_did_not_sign_is_none(company: int, open_database: str) -> None:
    last = (await anchored(company))[-1].seq
    await past_the_guards(open_database, f"delete from audit_entry where company = {company} and seq = {last}")
    told = (company, last, last - 1, "0" * 64, clock.now().isoformat(), "command", "percaya saja", "0" * 64)
    vault.keyring().store.write(("insert into audit_gap values (?, ?, ?, ?, ?, ?, ?, ?)", [told]))
    assert await broken(company) == last


async def health_of_audit() -> tuple[bool, str]:
    found = next(one for one in await health.doctor() if one.name == "audit")
    return found.well, found.told


async def test_an_anchor_that_is_not_ours_is_not_believed(company: int) -> None:
    last = (await anchored(company))[-1].seq
    vault.keyring().store.write(("update audit_anchor set seq = ? where company = ?", [(last - 1, company)]))
    assert await broken(company) is not None


def forged(company: int, rows: list[AuditEntry], **changed: str) -> list[str]:
    """Statements that write these entries anew, each with its own hash, so that the chain stays whole."""
    prev, statements = rows[0].prev, []
    for row in rows:
        actor = changed.get("actor", row.actor)
        made = audit.digest(company, row.seq, row.at, actor, row.channel, row.action, row.object, row.meta, prev)
        statements.append(
            f"update audit_entry set actor = '{actor}', prev = '{prev}', hash = '{made}' "
            f"where company = {company} and seq = {row.seq}"
        )
        prev = made
    return statements


def tampered(chance: random.Random, company: int, rows: list[AuditEntry]) -> tuple[list[str], int]:
    """One random way to change the record, and the first entry that it touches."""
    at = chance.randrange(len(rows))
    seq, here = rows[at].seq, f"where company = {company} and seq = "
    way = chance.choice(("edit", "delete", "swap", "insert", "cut", "forge"))
    if way == "edit":
        column = chance.choice(("actor", "channel", "action", "object", "meta", "hash", "prev"))
        return [f"update audit_entry set {column} = 'x' || substr({column}, 2) {here}{seq}"], seq
    if way == "delete":
        return [f"delete from audit_entry {here}{seq}"], seq
    if way == "swap":
        other = rows[(at + 1 + chance.randrange(len(rows) - 1)) % len(rows)].seq
        return [
            f"update audit_entry set seq = -1 {here}{seq}",
            f"update audit_entry set seq = {seq} {here}{other}",
            f"update audit_entry set seq = {other} {here}-1",
        ], min(seq, other)
    if way == "insert":
        made = audit.digest(company, rows[-1].seq + 1, rows[-1].at, "a", "b", "c", "d", "{}", START)
        return [
            "insert into audit_entry (company, seq, at, actor, channel, action, object, meta, prev, hash) "
            f"select company, {rows[-1].seq + 1}, at, 'a', 'b', 'c', 'd', '{{}}', '{'0' * 64}', '{made}' "
            f"from audit_entry {here}{rows[-1].seq}"
        ], rows[-1].seq + 1
    if way == "cut":
        return [f"delete from audit_entry where company = {company} and seq >= {seq}"], seq
    return forged(company, rows[at:], actor="person:9"), rows[-1].seq


ROUNDS = int(os.environ.get("TAMPERINGS", "120"))  # TAMPERINGS=10000 tries as many; it takes a few minutes


@pytest.mark.timeout(120 + ROUNDS // 5)
async def test_random_tampering_is_always_found(company: int, open_database: str) -> None:
    """Every way to change, cut, swap, insert or forge; the entry that is named is the first that was touched, or, where
    the end was written anew with hashes of its own, lies behind the last anchor that still fits."""
    rows, chance = await anchored(company), random.Random(7)
    await past_the_guards(open_database, "create table audit_copy as select * from audit_entry")
    for turn in range(ROUNDS):
        statements, first = tampered(chance, company, rows)
        await changed_bare(open_database, *statements)
        found = await broken(company)
        assert found is not None, (turn, statements)
        if "hash = '" not in statements[0]:
            assert found == first, (turn, statements)
        await changed_bare(
            open_database, "delete from audit_entry where id > 0", "insert into audit_entry select * from audit_copy"
        )
    assert await broken(company) is None
    await changed_bare(open_database, "drop table audit_copy")


async def changed_bare(url: str, *statements: str) -> None:
    """As above, once the guards of the file are gone."""
    if not url.startswith("sqlite"):
        await past_the_guards(url, *statements)
        return
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
