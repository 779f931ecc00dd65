"""New keys for everybody: all that can be changed is sealed anew, nothing is lost on the way, and all of it is read."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core import clock, database, jobs, key_renewal, settings, vault
from core.accounts import keys
from core.accounts.tables import Account, Company, KeyRenewal
from core.approvals.tables import Decision
from core.keyring import INSTALLATION, derive
from core.leave import requests as leave
from core.leave.policy import Period
from core.leave.tables import LeaveRequest
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people.tables import Person
from tests.core.cast import Cast
from tests.core.conftest import MASTER, MONDAY

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
async def own_keys(open_database: str, tmp_path: Path) -> Iterator[None]:  # type: ignore[misc]
    """A key store of this test alone, which the installation's own check was sealed with."""
    before = settings.current()
    settings.use(replace(before, keys=str(tmp_path / "keys.db")))
    async with database.installation():
        await Company.update({Company.key_check: keys.check()}).where(Company.key_check.is_not_null())
    yield
    settings.use(before)
    async with database.installation():
        await Company.update({Company.key_check: keys.check()}).where(Company.key_check.is_not_null())


@pytest.fixture
async def talked(own_keys: None, maju: Cast) -> Cast:
    """Budi asked with a reason, and Sari said no with one."""
    day = MONDAY.date() + timedelta(days=30)
    asked = await maju.asks(maju.budi, Period(day, day), "operasi ibu")
    await maju.decides(maju.sari, asked, "reject", "stok opname")
    return maju


async def envelopes(company: int) -> dict[str, list[str]]:
    """Every envelope of the company that may be changed, by table.column."""
    found: dict[str, list[str]] = {}
    async with database.reading(company):
        for table in key_renewal._tables(company):
            for column in key_renewal._columns(table):
                rows: list[dict[str, Any]] = await table.select(column.as_alias("held")).where(column.is_not_null())
                name = f"{table._meta.tablename}.{column._meta.name}"
                found[name] = [row["held"] for row in rows]
    return {name: held for name, held in found.items() if held}


def kids(held: dict[str, list[str]]) -> set[str]:
    return {one.split(".")[1] for some in held.values() for one in some}


async def readable(maju: Cast) -> None:
    """What was written is read as it was written."""
    async with database.reading(maju.company):
        rows = await Outbound.objects()
        assert any("stok opname" in outbox.unseal(row).text for row in rows)
        (asked,) = await LeaveRequest.objects()
        assert leave.reason_of(asked, maju.budi) == "operasi ibu"
        decision = await Decision.objects().first()
        people = await Person.select(Person.id, Person.email)
    assert decision is not None
    reason = vault.unseal(decision.reason, company=maju.company, column="decision.reason", subject=maju.budi.person)
    assert reason == "stok opname"
    for row in people:
        assert "@" in vault.unseal(row["email"], company=maju.company, column="person.email", subject=row["id"])


async def test_everything_that_may_be_changed_is_sealed_with_the_new_keys(talked: Cast) -> None:
    before = await envelopes(talked.company)
    with clock.freeze(LATER):
        await key_renewal.begin(before=LATER)
        await jobs.drain()
        assert await key_renewal.standing() == []
        after = await envelopes(talked.company)
        assert kids(before) & kids(after) == set()
        assert {name: len(held) for name, held in after.items()} == {name: len(held) for name, held in before.items()}
        assert not set().union(*before.values()) & set().union(*after.values())
        await readable(talked)
        async with database.installation(writes=False):
            account = await Account.objects().first()
            assert account is not None
            assert "@" in vault.unseal(account.email, company=0, column="account.email")
        assert await keys.trouble() is None


async def test_what_may_only_be_kept_is_kept_under_the_new_keys_too(talked: Cast) -> None:
    before = await envelopes(talked.company)
    vault.keyring().restrict(talked.company, talked.budi.person)
    with clock.freeze(LATER):
        await key_renewal.begin(before=LATER)
        await jobs.drain()
        after = await envelopes(talked.company)
    assert kids(before) & kids(after) == set()


async def test_it_goes_on_where_it_was_stopped(talked: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_renewal, "AT_A_TIME", 2)
    before = await envelopes(talked.company)
    with clock.freeze(LATER):
        await key_renewal.begin(before=LATER)
        async with database.reading(talked.company):
            row = await KeyRenewal.objects().where(KeyRenewal.ended_at.is_null()).first()
        assert row is not None
        monkeypatch.setattr(key_renewal, "A_WHILE", 0.01)
        parts = 0
        seen = set()
        while True:
            parts += 1
            await readable(talked)
            try:
                await key_renewal.renew(talked.company, row.id)
            except jobs.Later:
                async with database.reading(talked.company):
                    mark = await KeyRenewal.objects().get(KeyRenewal.id == row.id)
                assert mark is not None
                seen.add((mark.stage, mark.after))
            else:
                break
        assert len(seen) > 1, "it stopped on the way"
        assert kids(before) & kids(await envelopes(talked.company)) == set()
        await readable(talked)


async def test_what_was_sealed_with_the_master_key_itself_comes_under_persons_keys_at_night(talked: Cast) -> None:
    words, nonce = "3175010101900001", b"0123456789ab"
    vault.keyring().store.write(("delete from company_key where purpose = ?", [("root",)]))
    vault.keyring()._forget()
    vault.keyring().found(adopting=MASTER)
    bound = f"{talked.company}|person.nik|m1".encode()
    box = AESGCM(derive(MASTER, f"company:{talked.company}")).encrypt(nonce, words.encode(), bound)
    old = "s1.m1." + base64.urlsafe_b64encode(nonce + box).decode()
    async with database.transaction(talked.company):
        await Person.update({Person.nik: old}).where(Person.id == talked.budi.person)
    before = await envelopes(talked.company)
    await key_renewal.nightly()
    await jobs.drain()
    after = await envelopes(talked.company)
    assert after["person.nik"][0].startswith("s1.p")
    assert after["person.email"] == before["person.email"], "what has its person's key already stays as it is"
    async with database.reading(talked.company):
        (row,) = await Person.select(Person.nik).where(Person.id == talked.budi.person)
    opened = vault.unseal(row["nik"], company=talked.company, column="person.nik", subject=talked.budi.person)
    assert opened == words


async def test_the_master_key_is_changed_without_a_moment_in_which_nothing_opens(talked: Cast) -> None:
    made = settings.current()
    new = "a-new-master-key-for-tests-0123456789abcdef"
    settings.use(replace(made, master_key=new))
    assert await keys.trouble() == keys.WRONG_KEY
    settings.use(replace(made, master_key=new, old_master_key=MASTER))
    assert await keys.trouble() is None
    await readable(talked)
    assert vault.keyring().rewrap() > 0
    assert vault.keyring().rewrap() == 0
    settings.use(replace(made, master_key=new))
    assert await keys.trouble() is None
    await readable(talked)
    settings.use(made)
    assert await keys.trouble() == keys.WRONG_KEY
    settings.use(replace(made, master_key=new))


async def test_a_destroyed_key_stays_destroyed_and_stops_nothing(talked: Cast) -> None:
    vault.destroy(talked.company, talked.sari.person)
    with clock.freeze(LATER):
        await key_renewal.begin(before=LATER)
        await jobs.drain()
        assert await key_renewal.standing() == []
    rows = vault.keyring().store.rows(
        "select wrapped from subject_key where company = ? and subject = ?", talked.company, talked.sari.person
    )
    assert rows == [(None,)]
    async with database.reading(INSTALLATION):
        assert await KeyRenewal.count() == 1
