"""The page of a person says what became of their invitations: the code for a chat and the place in the portal, with the day."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, settings
from core.accounts import appointing, joining, offers, sign_in
from core.accounts.roles import SUPER, SUPPORTING
from core.accounts.tables import Account
from core.people import identities
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_people import public_of
from tests.core.cast import HR
from tests.core.conftest import MONDAY

PASSWORD = "gerimis lumbung kenari tujuh"


async def shown(house: Installation, who: Visitor, number: str = "0412") -> str:
    """What stands in that part of a page."""
    there = f"/{await house.slug(house.maju)}/people/{await public_of(house, number)}"
    page = (await who.get(there)).text
    part = page.partition('<section class="panel" id="invited"')[2].partition(">")[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


async def test_who_was_not_invited_is_said_to_be_so(house: Installation) -> None:
    chief = await house.as_role(house.maju, SUPER)
    assert await shown(house, chief) == "Undangan Belum diundang."


async def test_an_invitation_is_open_until_its_day_and_then_ran_out(house: Installation) -> None:
    chief, slug = await house.as_role(house.maju, SUPER), await house.slug(house.maju)
    await chief.post(f"/{slug}/people/{await public_of(house, '0412')}/invite")
    told = await shown(house, chief)
    assert "Menyambungkan chat Bisa diterima sampai Kamis 9 Juli 09.00 WIB. masih terbuka" in told
    assert "Masuk ke portal Bisa diterima sampai Kamis 9 Juli 09.00 WIB. masih terbuka" in told
    with clock.freeze(MONDAY + timedelta(days=4)):
        chief = await house.as_role(house.maju, SUPER)
        told = await shown(house, chief)
        assert told.count("habis waktunya") == 2 and "Kamis 9 Juli" in told
        await chief.post("/language", language="en", back="/")
        told = await shown(house, chief)
        assert told.count("ran out") == 2 and "Ran out Thursday 9 July" in told


async def test_what_was_accepted_is_said_with_its_day(house: Installation) -> None:
    maju, chief = house.maju, await house.as_role(house.maju, SUPER)
    code, _ = await identities.invite(maju.budi, actor=HR)
    link, _ = await joining.portal_link(maju.budi)
    with clock.freeze(MONDAY + timedelta(days=1)):
        async with database.installation(writes=False):
            found = await identities.offered(code)
        assert found is not None
        async with database.transaction(maju.company):
            await identities.link(
                found.invitation, channel="telegram", account="1", external_id="77", place=None, consent="ya"
            )
        await sign_in.redeem(str(link), PASSWORD)
    told = await shown(house, chief)
    assert "Menyambungkan chat Diterima Selasa 7 Juli 09.00 WIB. diterima" in told
    assert "Masuk ke portal Diterima Selasa 7 Juli 09.00 WIB. diterima" in told
    async with database.transaction(maju.company):
        await joining.sign_in_link(await joining.account_of("budi@maju.example"))
    assert "Masuk ke portal Diterima Selasa 7 Juli" in await shown(house, chief), "a later link changes nothing"


async def test_a_declined_role_is_said_to_who_may_see_roles_alone(house: Installation) -> None:
    maju = house.maju
    async with database.transaction(maju.company):
        account, asked = await appointing.appoint("budi@maju.example", "agent", by=HR)
        assert asked
    (one,) = await offers.of_account(account)
    with clock.freeze(MONDAY + timedelta(days=1)):
        await offers.decline(account, one.publics)
    chief, helper = await house.as_role(maju, SUPER), await house.as_role(maju, SUPPORTING)
    assert "Sebagai Petugas Bantuan Ditolak Selasa 7 Juli 09.00 WIB. ditolak" in await shown(house, chief)
    assert "Petugas Bantuan" not in await shown(house, helper)


async def test_what_was_taken_back_opens_nothing_and_is_said_so(house: Installation) -> None:
    chief = await house.as_role(house.maju, SUPER)
    await identities.invite(house.maju.budi, actor=HR)
    async with database.transaction(house.maju.company):
        await identities.replace([house.maju.budi.id])
    assert "Menyambungkan chat tidak berlaku lagi" in await shown(house, chief)


async def test_whoever_has_an_account_answers_on_their_page_where_there_is_no_mail_server(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju, chief = house.maju, await house.as_role(house.maju, SUPER)
    async with database.transaction(maju.company):
        account, _ = await appointing.appoint("budi@maju.example", "agent", by=HR)
    async with database.installation():
        await Account.update({Account.password_hash: "x"}).where(Account.id == account)
    with clock.freeze(MONDAY + timedelta(days=30)):
        chief = await house.as_role(maju, SUPER)
        assert "Sebagai Petugas Bantuan masih terbuka" in await shown(house, chief)
        monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
        assert "habis waktunya" in await shown(house, chief), "the mail that would prove it is long gone"
