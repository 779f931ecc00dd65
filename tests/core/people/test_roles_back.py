"""A file that is taken back leaves nobody a role by it: what was accepted ends, what was held before stays."""

from datetime import timedelta

import pytest

from core import clock, database
from core.accounts import appointing, joining, offers, sign_in
from core.accounts.tables import Account, Membership, MembershipOffer
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.messaging import account_mail
from core.messaging.tables import Outbound
from core.people import directory, imports
from core.people.tables import ImportBatch
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY
from tests.core.people.test_batches import applied, undone

NEW = "employee_number,name,email,role\n0904,Aji Pratama,aji@maju.example,agent\n"
ADDRESS, PASSWORD = "aji@maju.example", "gerimis lumbung kenari tujuh"


async def roles(cast: Cast, email: str = ADDRESS) -> set[tuple[str, bool]]:
    """What an address may do, and whether as somebody who works here."""
    async with database.reading(cast.company):
        account = await joining.account_of(email)
        rows = await Membership.select().where(Membership.account == account)
    return {(row["role"], row["person"] is not None) for row in rows}


async def offered(cast: Cast, email: str = ADDRESS) -> set[str]:
    async with database.reading(cast.company):
        account = await joining.account_of(email)
        rows = await MembershipOffer.select().where(MembershipOffer.account == account)
    return {row["role"] for row in rows}


async def accepts(cast: Cast, email: str = ADDRESS) -> None:
    """The owner of an address signs in by a link, and so accepts."""
    async with database.transaction(cast.company):
        secret = await joining.sign_in_link(await joining.account_of(email))
    await sign_in.redeem(secret, PASSWORD)


async def mails(cast: Cast) -> list[str]:
    async with database.reading(cast.company):
        rows = await Outbound.select(Outbound.key, Outbound.state).where(Outbound.channel == "email")
    return [row["state"] for row in rows if row["key"] in ("accounts.mail_welcome", "offers.mail")]


async def sends(cast: Cast) -> None:
    async with database.transaction(cast.company):
        (one,) = [one for one in await offers.standing() if one.email == ADDRESS]
        assert await account_mail.offer(one, elsewhere=False, by=HR)


async def test_who_accepted_a_role_holds_none_once_the_file_is_taken_back(maju: Cast) -> None:
    public = await applied(maju, NEW)
    await accepts(maju)
    assert await roles(maju) == {("agent", True)}
    assert (await undone(maju, public)).state == "undone"
    assert await roles(maju) == set()
    async with database.reading(maju.company):
        acts = [row["action"] for row in await AuditEntry.select().order_by(AuditEntry.seq)]
        assert [one.email for one in await appointing.holders() if one.email == ADDRESS] == []
    assert acts[-2:] == ["membership.taken", "people.undone"]


async def test_what_was_given_by_hand_to_a_person_of_the_file_ends_with_them(maju: Cast) -> None:
    public = await applied(maju, NEW)
    await accepts(maju)
    async with database.transaction(maju.company):
        await appointing.appoint(ADDRESS, "supporting_administrator", by=HR)
    await undone(maju, public)
    assert await roles(maju) == set()


async def test_an_offer_that_nobody_accepted_goes_and_its_links_open_nothing(maju: Cast) -> None:
    public = await applied(maju, NEW)
    async with database.transaction(maju.company):
        secret = await joining.sign_in_link(await joining.account_of(ADDRESS))
    await undone(maju, public)
    assert await offered(maju) == set()
    assert await sign_in.link_holder(secret) is None


async def test_mail_about_a_role_that_has_not_left_stays_here(maju: Cast) -> None:
    public = await applied(maju, NEW)
    await sends(maju)
    assert await mails(maju) == ["queued"]
    await undone(maju, public)
    assert await mails(maju) == ["dropped"]


async def test_mail_to_the_owner_of_an_account_stays_here_too(maju: Cast) -> None:
    public = await applied(maju, NEW)
    async with database.installation():
        await Account.update({Account.password_hash: "x"}).where(Account.email_index == joining.index_of(ADDRESS))
    await sends(maju)
    assert await mails(maju) == ["queued"]
    await undone(maju, public)
    assert await mails(maju) == ["dropped"]


async def test_an_offer_taken_back_by_hand_withdraws_its_mail_and_a_new_one_the_mail_before(maju: Cast) -> None:
    await applied(maju, NEW)
    await sends(maju)
    with clock.freeze(MONDAY + timedelta(hours=2)):
        await sends(maju)
        assert await mails(maju) == ["dropped", "queued"], "the link of the first opens nothing by now"
        async with database.transaction(maju.company):
            (one,) = [one for one in await offers.standing() if one.email == ADDRESS]
            await offers.revoke(one, by=HR)
    assert await mails(maju) == ["dropped", "dropped"]


@pytest.mark.parametrize("accepted", [False, True])
async def test_a_role_for_somebody_who_works_here_goes_with_the_file_that_gave_it(maju: Cast, accepted: bool) -> None:
    email = "budi@maju.example"
    public = await applied(maju, "employee_number,name,role\n0412,Budi Santoso,agent\n")
    if accepted:
        await accepts(maju, email)
    await undone(maju, public)
    assert (await roles(maju, email), await offered(maju, email)) == (set(), set())


async def test_what_somebody_held_before_the_file_stays_theirs(maju: Cast) -> None:
    """Ratna is Administrator; another file makes her an agent as well, and is taken back."""
    email = "ratna@maju.example"
    await accepts(maju, email)
    before = await roles(maju, email)
    public = await applied(maju, "employee_number,name,role\n0002,Ratna Dewanti,agent\n")
    assert await roles(maju, email) == before | {("agent", True)}
    await undone(maju, public)
    assert await roles(maju, email) == before == {("administrator", True)}


async def test_whoever_led_before_they_registered_themself_leads_after_it_is_taken_back(open_database: str) -> None:
    company, secret = await joining.add_company("PT Maju", "hendra@maju.example")
    await sign_in.redeem(secret, PASSWORD)
    async with database.installation(writes=False):
        account = await joining.account_of("hendra@maju.example")
    me, cast = Actor(f"account:{account}", "web"), Cast(company.id, {})
    cells = {"employee_number": "0001", "name": "Hendra Wijaya", "email": "hendra@maju.example"}
    assert await imports.change(company.id, cells, actor=me) == []
    assert await roles(cast, "hendra@maju.example") == {("super_administrator", True), ("employee", True)}
    async with database.reading(company.id):
        batch = await ImportBatch.objects().first()
    assert batch is not None
    found = await undone(cast, batch.public)
    assert found.state == "undone", found.why
    assert await roles(cast, "hendra@maju.example") == {("super_administrator", False)}
    async with database.reading(company.id):
        assert await directory.by_number("0001") is None


async def test_the_only_one_who_leads_keeps_the_file_in_place(open_database: str) -> None:
    company, _ = await joining.add_company("PT Maju", "owner@maju.example")
    cast = Cast(company.id, {})
    public = await applied(cast, NEW.replace("agent", "super_administrator"))
    await accepts(cast)
    found = await undone(cast, public)
    assert (found.state, (found.why or "").partition("|")[0]) == ("applied", "accounts.last_super")
    assert await roles(cast) == {("super_administrator", True)}


async def test_accepting_after_the_file_was_taken_back_is_refused(maju: Cast) -> None:
    public = await applied(maju, NEW)
    async with database.installation(writes=False):
        account = await joining.account_of(ADDRESS)
    (one,) = await offers.of_account(account)
    await undone(maju, public)
    with pytest.raises(Refused, match="gone"):
        await offers.accept(account, one.publics)
    assert await roles(maju) == set()


async def test_a_link_of_another_company_is_left_alone(maju: Cast) -> None:
    _, secret = await joining.add_company("PT Sinar", ADDRESS)
    await undone(maju, await applied(maju, NEW))
    assert await sign_in.link_holder(secret) == ADDRESS
