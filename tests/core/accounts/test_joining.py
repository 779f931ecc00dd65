"""A company and its people come to have accounts: one address, one account, a role in each company."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, settings
from core.accounts import joining, sign_in
from core.accounts.inviting import Choice
from core.accounts.tables import Account, Company, InvitationBatch, Membership, Token
from core.audit import Actor, AuditEntry
from core.errors import Refused
from core.messaging import invited_together, outbox
from core.messaging.tables import Outbound
from core.people import imports
from core.people.tables import Person
from tests.core.cast import HR, Cast, lay
from tests.core.conftest import MONDAY

OF_MAJU = """\
employee_number,name,email,role
0001,Lina Gunawan,lina@{at},administrator
0002,Hendra Palsu,Hendra@maju.example,agent
"""


async def count(table: type[Account] | type[Token] | type[Company]) -> int:
    async with database.installation(writes=False):
        return int(await table.count())


async def test_a_company_begins_with_one_who_may_do_everything(open_database: str) -> None:
    company, secret = await joining.add_company("  PT Maju Bersama Tbk ", "hendra@maju.example", zone="Asia/Makassar")
    assert (company.slug, company.name, company.zone) == ("maju-bersama", "PT Maju Bersama Tbk", "Asia/Makassar")
    assert await sign_in.link_holder(secret) == "hendra@maju.example"
    async with database.reading(company.id):
        assert not await Membership.exists(), "its owner was only asked"
    await sign_in.redeem(secret, "gerimis lumbung kenari tujuh")
    async with database.reading(company.id):
        assert [row["role"] for row in await Membership.select()] == ["super_administrator"]


async def test_no_account_begins_with_a_password(maju: Cast) -> None:
    """Neither the first administrator nor anybody of a file: what comes ready for everybody is known to everybody."""
    async with database.installation(writes=False):
        rows = await Account.select(Account.password_hash)
    assert len(rows) >= 3, "the owner, and those of the file with a role"
    assert {row["password_hash"] for row in rows} == {None}


async def test_companies_whose_names_sound_alike_have_addresses_of_their_own(open_database: str) -> None:
    slugs = [(await joining.add_company(name, "a@maju.example"))[0].slug for name in ("PT Maju", "CV Maju", "Maju")]
    assert slugs == ["maju", "maju-2", "maju-3"]


async def test_a_company_is_added_once(open_database: str) -> None:
    await joining.add_company("PT Maju", "hendra@maju.example")
    with pytest.raises(Refused, match="company_exists"):
        await joining.add_company("PT Maju", "penipu@contoh.example")


@pytest.mark.parametrize("name", ["Operator", "API", "PT", "CV 99", "Status", "日本"])
async def test_no_companys_address_hides_one_of_ours(open_database: str, name: str) -> None:
    company, _ = await joining.add_company(name, "a@contoh.example")
    assert company.slug not in joining.RESERVED
    assert joining.SLUG.fullmatch(company.slug)


@pytest.mark.parametrize("address", ["", "hendra", "hendra@maju", "hen dra@maju.example"])
async def test_a_company_needs_an_address_that_can_be_written_to(open_database: str, address: str) -> None:
    before = await count(Company)
    with pytest.raises(Refused, match="not_an_email"):
        await joining.add_company("PT Maju", address)
    assert await count(Company) == before


async def test_an_address_has_one_account_however_it_is_written(maju: Cast) -> None:
    before = await count(Account)
    async with database.transaction(maju.company):
        first = await joining.join("baru@maju.example", "agent", person=None, language="id")
        again = await joining.join(" BARU@Maju.example ", "administrator", person=maju.tono.person, language="en")
        roles = await Membership.select(Membership.role, Membership.person).where(Membership.account == first)
    assert first == again
    assert await count(Account) == before + 1
    assert {(row["role"], row["person"]) for row in roles} == {
        ("agent", maju.tono.person),
        ("administrator", maju.tono.person),
    }


async def test_the_address_is_sealed(maju: Cast) -> None:
    async with database.installation(writes=False):
        rows = str(await Account.select())
    assert "ratna" not in rows
    assert "maju.example" not in rows


async def test_an_employee_with_an_address_gets_a_link_that_works_once_for_three_days(maju: Cast) -> None:
    secret, _ = await joining.portal_link(maju.budi)
    assert secret is not None
    async with database.installation(writes=False):
        assert secret not in str(await Token.select())
    for hours, holder in ((0, "budi@maju.example"), (72, None)):
        with clock.freeze(MONDAY + timedelta(hours=hours)):
            assert await sign_in.link_holder(secret) == holder
    await sign_in.redeem(secret, "sandi yang panjang sekali")
    assert await sign_in.link_holder(secret) is None
    with pytest.raises(Refused, match="link_spent"):
        await sign_in.redeem(secret, "sandi yang lain sekali")


async def test_who_has_a_password_and_accepted_is_mailed_a_code_and_no_link(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For three days it would let whoever reads the letter choose their password."""
    secret, _ = await joining.portal_link(maju.budi)
    await sign_in.redeem(str(secret), "sandi yang panjang sekali")
    assert await joining.portal_link(maju.budi) == (None, None)
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    await invited_together.begin(maju.company, Choice(department="Gudang"), by=HR)
    async with database.reading(maju.company):
        batch = await InvitationBatch.select(InvitationBatch.id).first()
    await invited_together.invite(maju.company, batch["id"] if batch else 0, HR.name, HR.channel)
    async with database.reading(maju.company):
        rows = await Outbound.select().where(Outbound.channel == "email")
        letters = {
            row["address"]: outbox.unseal(row).text for row in rows if row["key"].startswith("accounts.mail_inv")
        }
    mine = letters.pop(f"{maju.company}:person:{maju.budi.person}")
    assert "/sign-in/" not in mine
    assert letters
    assert all("/sign-in/" in one for one in letters.values())


async def test_whoever_has_no_address_gets_no_link(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Person.update({Person.email: None}).where(Person.id == maju.budi.person)
    assert await joining.portal_link(maju.budi) == (None, "no_address")


async def test_nobody_gets_a_link_into_another_company_by_naming_its_people(maju: Cast) -> None:
    """The file of one company holds the address of another's administrator; its HR would be handed the link."""
    sinar = await lay("PT Sinar Laut", at="sinar.example", people=OF_MAJU, granted=())
    assert await joining.portal_link(sinar.people["hendra"]) == (None, "elsewhere")
    assert await joining.portal_link(maju.hendra) == (None, "elsewhere")
    assert (await joining.portal_link(sinar.people["lina"]))[0] is not None


@pytest.mark.parametrize("password", ["Santoso-Budi-90", "MajuBersama2026", "budi@maju2026"])
async def test_what_who_knows_somebody_tries_first_is_no_password(maju: Cast, password: str) -> None:
    secret, _ = await joining.portal_link(maju.budi)
    with pytest.raises(Refused, match="password_guessable"):
        await sign_in.redeem(str(secret), password)
    assert await sign_in.link_holder(str(secret)) == "budi@maju.example"


async def test_whoever_registers_themself_is_that_person_at_once(open_database: str) -> None:
    """The first administrator of a company, who adds herself by her own address; nobody else's act does so."""
    company, secret = await joining.add_company("PT Maju", "ratna@maju.example")
    async with database.installation(writes=False):
        account = await joining.account_of("ratna@maju.example")
    me = Actor(f"account:{account}", "web")
    cells = {"employee_number": "0001", "name": "Ratna Permata", "email": "Ratna@maju.example"}

    async def mine() -> set[tuple[str, bool]]:
        async with database.reading(company.id):
            rows = await Membership.select().where(Membership.account == account)
        return {(row["role"], row["person"] is not None) for row in rows}

    not_proven = {"employee_number": "0001", "name": "Ratna Permata", "email": "Ratna@maju.example"}
    assert await imports.change(company.id, not_proven, actor=me) == []
    assert await mine() == set(), "its link was not used yet"
    await sign_in.redeem(secret, "gerimis lumbung kenari tujuh")
    assert await imports.change(company.id, cells | {"email": "-"}, actor=me) == []
    assert await imports.change(company.id, cells, actor=HR) == []
    assert await mine() == {("super_administrator", False)}, "an address that somebody else typed proves nothing"
    assert await imports.change(company.id, cells | {"email": "-"}, actor=me) == []
    assert await imports.change(company.id, cells, actor=me) == []
    assert await mine() == {("super_administrator", True), ("employee", True)}
    async with database.reading(company.id):
        entry = await AuditEntry.objects().where(AuditEntry.action == "membership.tied").first()
    assert entry is not None
    assert entry.actor == me.name
