"""What may only be kept is read by nobody but its owner, on every way there is, until it is lifted."""

import pytest
from piccolo.columns import Text

from core import database, jobs, vault
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import finding, tickets
from core.leave import requests as leave
from core.leave.policy import Period
from core.leave.tables import LeaveRequest
from core.messaging import outbox
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people import reveals
from core.people.tables import Person
from core.privacy import packs, restriction
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.privacy.planted import Planted
from tests.core.privacy.unlocked import unlocked

OFFICER = Actor("account:9001", "web")


async def restricted(company: int, person: int) -> str:
    async with database.transaction(company):
        return str((await restriction.put(person, by=OFFICER)).public)


async def test_no_column_of_theirs_opens_but_to_themselves(house: Cast, planted: Planted) -> None:
    """By construction: every sealed column of every table, whoever adds one."""
    await restricted(house.company, planted.person)
    opened, shut = [], 0
    for table in database.tables():
        for column in table._meta.columns:
            if not isinstance(column, vault.Sealed) or column.of is None:
                continue
            name = f"{table._meta.tablename}.{column._meta.name}"
            envelope = vault.seal("rahasia", company=house.company, column=name, subject=planted.person)
            assert isinstance(column, Text)
            try:
                vault.unseal(envelope, company=house.company, column=name, subject=planted.person)
                opened.append(name)
            except vault.Restricted:
                shut += 1
            with vault.own(house.company, planted.person):
                assert vault.unseal(envelope, company=house.company, column=name, subject=planted.person) == "rahasia"
    assert opened == []
    assert shut > 30


async def test_what_people_see_is_a_bar_and_what_they_see_of_themselves_is_not(house: Cast) -> None:
    day = MONDAY.date()
    await house.asks(house.budi, Period(day.replace(day=20), day.replace(day=20)), "operasi ibu")
    async with database.transaction(house.company):
        here = Address("web", "web", "w1", house.budi.person)
        row = (await tickets.submit(house.budi, "gaji istimewa saya", address=here, by=as_(house.budi))).ticket
        assert await finding.find("istimewa") == {row.id}
    public = await restricted(house.company, house.budi.person)
    async with database.reading(house.company):
        (asked,) = await LeaveRequest.objects()
        assert leave.reason_of(asked, house.budi) == vault.BAR
        assert tickets.subject(row) == vault.BAR
        assert {tickets.words_of(one) for one in await tickets.events_of(row)} <= {vault.BAR, ""}
        assert await finding.find("istimewa") == frozenset(), "the index in memory forgets it at once"
        told = [outbox.unseal(one) for one in await Outbound.objects().where(Outbound.person == house.sari.person)]
        assert any(one.key == outbox.WITHHELD for one in told)
        assert "operasi" not in str(told)
        with vault.own(house.company, house.budi.person):
            assert leave.reason_of(asked, house.budi) == "operasi ibu"
    with pytest.raises(Refused, match=r"vault\.restricted"):
        looked = await reveals.reveal(
            house.company, await _public(house), "email", "perlu untuk BPJS",
            resource="identity", by=as_(house.ratna),
        )  # fmt: skip
        await reveals.shown(house.company, looked, resource="identity", by=as_(house.ratna))
    async with database.transaction(house.company):
        await restriction.lift(public, by=OFFICER)
    async with database.reading(house.company):
        assert leave.reason_of(asked, house.budi) == "operasi ibu"
        assert await finding.find("istimewa") == {row.id}


async def test_their_own_pack_is_whole_all_the_same(house: Cast) -> None:
    await restricted(house.company, house.budi.person)
    async with database.transaction(house.company):
        made = await packs.make_pack(house.budi.person, by=OFFICER)
    await jobs.drain()
    async with database.transaction(house.company):
        secret = await packs.password(made.public, by=OFFICER)
        fetched = await packs.fetch(made.public, by=OFFICER)
    assert b"budi@maju.example" in unlocked(fetched.raw, secret)["data.json"]


async def test_keys_and_rows_come_in_step_again(house: Cast) -> None:
    await restricted(house.company, house.budi.person)
    vault.keyring().restrict(house.company, house.budi.person, lifted=True)
    vault.keyring().restrict(house.company, house.sari.person)
    await restriction.put_in_step(house.company)
    assert vault.keyring().restricted == {(house.company, house.budi.person)}


async def _public(house: Cast) -> str:
    async with database.reading(house.company):
        row = await Person.select(Person.public).where(Person.id == house.budi.person).first()
    assert row is not None
    return str(row["public"])
