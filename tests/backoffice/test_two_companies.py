"""Accounts that act in two companies: whoever leads one gains nothing in the other, and shuts nobody out of it."""

import json
from datetime import timedelta

import pytest

from core import clock, database
from core.accounts import appointing, blocks, joining, second_factor, sign_in, totp
from core.accounts.tables import Account
from core.errors import Refused
from core.jobs import Job
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY

BOSS, PASSWORD = "boss@sinar.example", "four unrelated words here"


async def boss_of(cast: Cast) -> int:
    """A Super Administrator with a password and a second factor."""
    async with database.transaction(cast.company):
        account = await joining.join(BOSS, "super_administrator", person=None, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    secret, _ = await second_factor.begin(account)
    await second_factor.confirm(account, totp.code_at(secret, totp.step_of(clock.now())), session=0)
    return account


async def narrowed() -> None:
    """Do what a block left to be done."""
    async with database.installation(writes=False):
        left = await Job.select().where(Job.name == blocks.NARROW).order_by(Job.id)
    for job in left:
        await blocks.narrow(job["company"], *json.loads(job["args"]))


async def test_no_second_step_is_taken_off_whoever_has_a_role_elsewhere(house: Installation) -> None:
    account, slug = await boss_of(house.sinar), await house.slug(house.maju)
    other = await house.as_role(house.maju, "super_administrator")
    assert (await other.post(f"/{slug}/roles", email=BOSS, role="agent", sure="1")).status_code == 303
    async with database.reading(house.maju.company):
        held = next(one for one in await appointing.holders() if one.account == account)
    answer = await other.post(f"/{slug}/roles/{held.public}/second-factor", reason="ponselnya hilang")
    assert answer.status_code == 422 and "perusahaan lain" in answer.text
    assert await second_factor.is_on(account)


async def test_no_link_into_another_company_waits_where_this_one_reads_it(house: Installation) -> None:
    async with database.transaction(house.sinar.company):
        await joining.join(BOSS, "super_administrator", person=None, language="id")  # invited, and not yet there
    other, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    for email, mails in ((BOSS, 0), ("baru@maju.example", 1)):
        assert (await other.post(f"/{slug}/roles", email=email, role="agent", sure="1")).status_code == 303
        async with database.reading(house.maju.company):
            assert await Outbound.count().where(Outbound.key == "accounts.mail_welcome") == mails


async def test_a_block_in_a_chat_shuts_the_company_of_that_chat_alone(house: Installation) -> None:
    account, budi = await boss_of(house.sinar), house.maju.budi
    async with database.transaction(house.maju.company):
        await joining.join(BOSS, "employee", person=budi.person, language="id")
        await blocks.block(budi.person, channel="telegram", by=as_(budi))
    with pytest.raises(Refused, match="blocked_sign_in"):
        await sign_in.enter(BOSS, PASSWORD)
    await narrowed()
    assert await sign_in.waiting(await sign_in.enter(BOSS, PASSWORD)) is not None
    visitor = await house.as_account(account)
    assert (await visitor.get(f"/{await house.slug(house.sinar)}/today")).status_code == 200
    assert (await visitor.get("/me/")).status_code == 403
    assert (await visitor.post("/chat", words="sisa cuti")).status_code == 403
    async with database.transaction(house.maju.company):
        await blocks.lift(budi.person, "KTP diperiksa", by=as_(house.maju.ratna), by_person=house.maju.ratna.person)
    assert (await visitor.get("/me/")).status_code == 200


async def test_who_acts_in_one_company_alone_stays_shut_out(house: Installation) -> None:
    budi = house.maju.budi
    async with database.transaction(house.maju.company):
        await joining.join("budi@maju.example", "employee", person=budi.person, language="id")
        await blocks.block(budi.person, channel="telegram", by=as_(budi))
    await narrowed()
    async with database.installation(writes=False):
        row = await Account.objects().where(Account.email_index == joining.index_of("budi@maju.example")).first()
    assert row is not None and row.blocked_at is not None


async def test_one_company_does_not_open_what_its_owner_shut(house: Installation) -> None:
    account, budi = await boss_of(house.sinar), house.maju.budi
    async with database.transaction(house.maju.company):
        await joining.join(BOSS, "employee", person=budi.person, language="id")
    owner = await house.as_account(account)
    slug = await house.slug(house.sinar)
    assert (await owner.post(f"/account/block?company={slug}")).status_code == 200
    with clock.freeze(MONDAY + timedelta(hours=1)):
        async with database.transaction(house.maju.company):
            await blocks.block(budi.person, channel="telegram", by=as_(budi))
    await narrowed()
    async with database.transaction(house.maju.company):
        await blocks.lift(budi.person, "KTP diperiksa", by=as_(house.maju.ratna), by_person=house.maju.ratna.person)
    with pytest.raises(Refused, match="blocked_sign_in"):
        await sign_in.enter(BOSS, PASSWORD)
