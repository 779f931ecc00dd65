"""Where no head is found the administrators decide, also those of whom the company keeps no employee."""

from datetime import date, timedelta

import pytest

from core import database
from core.accounts import joining
from core.accounts.tables import Account, Membership
from core.approvals import chains, decisions, routing, signers
from core.approvals.kinds import APPLIED
from core.approvals.tables import Request, Signer, StepApprover
from core.leave.policy import Period
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people.tables import Employment, Person
from tests.core.approvals.acts import at, grant, refused
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


@pytest.fixture
async def alone(maju: Cast) -> Request:
    """Hendra heads everybody, Ratna has left, and the owner's account is nobody's employee: Hendra asks for leave."""
    await grant(maju, maju.hendra)
    async with database.transaction(maju.company):
        yesterday = MONDAY.date() - timedelta(days=1)
        await Employment.update({Employment.leaves: yesterday}).where(Employment.id == maju.ratna.id)
    return await maju.asks(maju.hendra, AUGUST)


async def owner(cast: Cast) -> int:
    """Under which person the owner decides."""
    async with database.reading(cast.company):
        row = await Signer.select(Signer.person).first()
    assert row is not None
    return int(row["person"])


async def test_an_administrator_without_an_employee_record_is_asked_by_mail_and_decides(
    maju: Cast, alone: Request
) -> None:
    who = await owner(maju)
    async with database.reading(maju.company):
        (row,) = await StepApprover.select(StepApprover.person, StepApprover.added_by)
        (mail,) = await Outbound.select().where(Outbound.channel == "email")
        said = outbox.unseal(mail)
        assert await decisions.approvers_of(alone) == ["Owner"]
        assert [one.id for one in await decisions.waiting_for(who)] == [alone.id]
    assert row == {"person": who, "added_by": "administrator"}
    assert alone.number in (said.title or "") and f"/approvals/{alone.public}" in said.text
    await decisions.decide(alone, "approve", reason=None, person=who, version=1, channel="web")
    assert (await maju.request(alone.number)).state == APPLIED
    assert [one.key for one in await maju.told(maju.hendra)] == ["leave.approved"]


async def test_whoever_asks_is_not_asked_by_way_of_their_own_account(maju: Cast) -> None:
    await grant(maju, maju.hendra)
    async with database.transaction(maju.company):
        await Membership.update({Membership.person: None}).where(Membership.person == maju.hendra.person)
        await Membership.delete().where(Membership.person.is_not_null())
        mine = await Person.select(Person.email_index).where(Person.id == maju.hendra.person).first()
        assert mine is not None
        others = await Account.select(Account.id).where(Account.email_index != mine["email_index"])
        await Membership.delete().where(Membership.account.is_in([row["id"] for row in others]))
    assert await refused(maju.asks(maju.hendra, AUGUST)) == "approvals.nobody"


async def test_a_role_that_was_taken_is_no_right_any_more(maju: Cast, alone: Request) -> None:
    who = await owner(maju)
    async with database.transaction(maju.company):
        await joining.join("next@maju.example", "administrator", person=None, language="en", by=HR)
        account = await signers.account_of(who)
        await Membership.delete().where(Membership.account == account)
    told = decisions.decide(alone, "approve", reason=None, person=who, version=1, channel="web")
    assert await refused(told) == "approvals.not_yours"
    await routing.follow(maju.company)
    async with database.reading(maju.company):
        assert await decisions.approvers_of(alone) == ["Next"]


async def test_what_is_only_looked_at_makes_nobody(maju: Cast) -> None:
    async with database.reading(maju.company):
        names = [one.name for one in await chains.above_all(maju.ratna.person)]
        assert names == ["Hendra Wijaya", "Owner"]
        assert not await Signer.exists()


async def test_who_does_not_answer_is_reminded_and_the_silence_ends_in_no_crash(maju: Cast, alone: Request) -> None:
    for day in (7, 8, 9, 10):
        await at(7, day, 9)
    async with database.reading(maju.company):
        told = await Outbound.select(Outbound.dedupe).where(Outbound.channel == "email")
    assert len(told) >= 2


@pytest.mark.parametrize(
    ("email", "name"),
    [("ratna.dewi@maju.example", "Ratna Dewi"), ("hr2@maju.example", "Hr"), ("007@maju.example", "Administrator")],
)
def test_an_account_is_called_by_its_address(email: str, name: str) -> None:
    assert signers.name_of(email) == name
