"""Two companies replay each other's identifiers through every public verb: nothing is seen, nothing happens."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core import database
from core.accounts import acts_in, joining
from core.accounts.tables import Membership
from core.approvals import decisions, nudges
from core.approvals.tables import Request, Step
from core.engines import OutsideTransaction
from core.errors import Refused
from core.leave import collective, lapses, lots, plans
from core.leave import requests as leave
from core.leave.plans import Spell
from core.leave.policy import Period
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import directory, identities
from core.piccolo_app import TABLES
from tests.core.cast import HR, Cast, as_

AUGUST = Period(date(2026, 8, 12), date(2026, 8, 14))


async def everything(company: int) -> dict[str, list[dict[str, Any]]]:
    """Every row of a company."""
    async with database.reading(company):
        return {
            table._meta.tablename: await table.select().order_by(table._meta.primary_key)
            for table in TABLES
            if issubclass(table, database.CompanyTable)
        }


@pytest.fixture
async def theirs(two: tuple[Cast, Cast]) -> Request:
    """The other company's request, waiting."""
    return await two[1].asks(two[1].budi, AUGUST, "rahasia mereka")


async def test_nothing_of_another_company_is_found(two: tuple[Cast, Cast], theirs: Request) -> None:
    mine, other = two
    async with database.reading(mine.company):
        assert await decisions.by_number(theirs.number) is None
        assert await decisions.by_public(theirs.public) is None
        assert await decisions.waiting_for(other.sari.person) == []
        assert await decisions.of_employee(other.budi.id) == []
        assert await decisions.approvers_of(theirs) == []
        assert await directory.of_person(other.budi.person) is None
        assert await directory.at_work(other.budi.id) is None
        assert await directory.of_department(other.budi.department or 0) == []
        assert await identities.of_person(other.budi.person) == []
        assert await lots.balance(other.budi.id) == 0
        assert await lots.left(other.budi.id) == []
        assert await lots.lines(other.budi.id) == []
        assert await lots.stored(other.budi.id) is None
        assert await outbox.cards(theirs.id) == []
        with pytest.raises(LookupError):
            await directory.employee(other.budi.id)
        with pytest.raises(LookupError):
            await directory.person_name(other.budi.person)
        with pytest.raises(LookupError):
            await leave.of_request(theirs)
        assert {one.company for one in await directory.everyone()} == {mine.company}


async def test_the_same_number_means_each_companys_own_request(two: tuple[Cast, Cast], theirs: Request) -> None:
    own = await two[0].asks(two[0].budi, AUGUST, "milik sendiri")
    assert own.number == theirs.number == "C-1"
    assert (await two[0].request("C-1")).id == own.id
    assert (await two[1].request("C-1")).id == theirs.id


async def test_a_press_on_another_companys_button_means_nothing(two: tuple[Cast, Cast], theirs: Request) -> None:
    mine, other = two
    (card,) = await other.told(other.sari)
    for choice in card.choices:
        async with database.reading(mine.company):
            for person in (mine.sari.person, other.sari.person, None):
                assert await buttons.find(choice.token, person=person) is None


async def test_another_companys_people_decide_nothing_here(two: tuple[Cast, Cast], theirs: Request) -> None:
    mine, other = two
    before = await everything(other.company)
    for person in (mine.sari.person, mine.hendra.person):
        with pytest.raises(Refused, match="not_yours"):
            await decisions.decide(theirs, "approve", reason=None, person=person, version=1, channel="web")
    with pytest.raises(LookupError):
        await leave.withdraw(mine.budi, theirs, actor=as_(mine.budi))
    assert await everything(other.company) == before


async def test_verbs_in_this_companys_scope_cannot_be_turned_on_another(
    two: tuple[Cast, Cast], theirs: Request
) -> None:
    """Whatever is forged, a verb that is called inside company A touches company A or raises."""
    mine, other = two
    async with database.reading(other.company):
        step = await Step.select(Step.id).first()
    assert step is not None
    before = await everything(other.company)
    forged: list[Callable[[], Any]] = [
        lambda: decisions.decide(theirs, "approve", reason=None, person=other.sari.person, version=1, channel="web"),
        lambda: leave.submit(other.budi, "annual", Period(date(2026, 9, 1), date(2026, 9, 1)), None, actor=HR),
        lambda: identities.invite(other.budi, actor=HR),
        lambda: decisions.withdraw(theirs, by=other.budi, actor=HR),
    ]
    for act in forged:
        with pytest.raises(RuntimeError):
            async with database.transaction(mine.company):
                await act()
    async with database.transaction(mine.company):
        assert await identities.unlink(other.budi.person, "telegram", actor=HR) == 0
        await directory.minimum_of(other.budi.department or 0, 1)
        await identities.unreachable("web", "web", str(other.budi.person))
        assert await collective.take([other.budi.id], date(2026, 12, 31)) == 0
        assert await lapses.lapse([other.budi.id], date(2027, 12, 31)) == 0
    await nudges.remind(mine.company, step["id"])
    await nudges.escalate(mine.company, step["id"])
    assert await everything(other.company) == before


async def test_leave_is_neither_granted_nor_corrected_across_the_border(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    before = await everything(other.company), await everything(mine.company)

    async def grant() -> None:
        async with database.transaction(mine.company):
            await plans.grant([Spell(other.ika.id, date(2016, 3, 1))], date(2026, 7, 6))

    async def adjust() -> None:
        async with database.transaction(mine.company):
            await lots.adjust(other.budi.id, 1000, year=2026, today=date(2026, 7, 6))

    for act in (grant, adjust):
        with pytest.raises(Exception, match="another company"):
            await act()
    assert (await everything(other.company), await everything(mine.company)) == before


async def test_a_message_cannot_be_addressed_to_another_companys_person(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with database.reading(mine.company):
        address = await outbox.address_of(other.budi.person)

    async def post() -> None:
        async with database.transaction(mine.company):
            await outbox.post(address, Message("dialog.hello", "Halo"), dedupe="x")

    with pytest.raises(Exception, match="another company"):
        await post()
    async with database.reading(mine.company):
        assert not await Outbound.exists().where(Outbound.dedupe.like("%:x"))


async def test_a_code_links_to_the_company_that_handed_it_out(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    code, _ = await identities.invite(other.budi, actor=HR)
    async with database.installation(writes=False):
        found = await identities.offered(code)
    assert found is not None
    assert found.company == other.company

    async def link() -> None:
        async with database.transaction(mine.company):
            await identities.link(
                found.invitation, channel="telegram", account="bot", external_id="1", place=None, consent="ya"
            )

    with pytest.raises(Refused, match="wrong_code"):
        await link()
    async with database.installation(writes=False):
        assert await identities.whose("telegram", "bot", "1") is None
        assert await identities.offered(code) is not None


async def test_an_account_acts_where_it_was_given_a_role_and_nowhere_else(two: tuple[Cast, Cast]) -> None:
    mine, other = two
    async with database.transaction(mine.company):
        account = await joining.join("pindah@contoh.example", "agent", person=None, language="id")
    assert [(place.company, place.roles) for place in await acts_in.places(account, shut=())] == [
        (mine.company, frozenset({"agent"}))
    ]
    async with database.transaction(other.company):
        assert await joining.join("Pindah@Contoh.example", "administrator", person=None, language="id") == account
        assert await Membership.count().where(Membership.account == account) == 1
    assert {(place.company, place.roles) for place in await acts_in.places(account, shut=())} == {
        (mine.company, frozenset({"agent"})),
        (other.company, frozenset({"administrator"})),
    }


async def test_without_a_company_in_scope_no_verb_speaks(two: tuple[Cast, Cast], theirs: Request) -> None:
    mine, _ = two
    for act in (
        decisions.by_number("C-1"), directory.everyone(), lots.balance(mine.budi.id), outbox.address_of(mine.budi.person),
        buttons.find("a:x", person=None), directory.person_name(mine.budi.person),
    ):  # fmt: skip
        with pytest.raises(OutsideTransaction):
            await act
