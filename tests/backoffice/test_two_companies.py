"""Accounts that act in two companies: whoever leads one gains nothing in the other, and shuts nobody out of it."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from core import clock, database, settings, vault
from core.accounts import (
    abroad,
    acts_in,
    appointing,
    blocks,
    joining,
    new_passwords,
    offers,
    second_factor,
    sessions,
    sign_in,
    totp,
    tries,
)
from core.accounts.tables import Account
from core.audit import AuditEntry
from core.errors import Refused
from core.jobs import Job
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people.directory import Employee
from core.people.tables import Employment, Person
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
    async with database.transaction(house.maju.company):
        assert account not in [one.account for one in await appointing.holders()], "asked, and nothing more"
        await offers.take(account)
        held = next(one for one in await appointing.holders() if one.account == account)
    answer = await other.post(f"/{slug}/roles/{held.public}/second-factor", reason="ponselnya hilang")
    assert answer.status_code == 422 and "perusahaan lain" in answer.text
    assert await second_factor.is_on(account)


async def test_whoever_appoints_another_s_employee_takes_no_step_off_them(house: Installation) -> None:
    """Known there first, by a file; here only since a role was offered."""
    chief, slug = await house.as_role(house.maju, "super_administrator"), await house.slug(house.maju)
    async with database.transaction(house.sinar.company):
        account = await joining.join("lama@sinar.example", "employee", person=house.sinar.bambang.person, language="id")
    assert (await chief.post(f"/{slug}/roles", email="lama@sinar.example", role="agent", sure="1")).status_code == 303
    await abroad.hold(account, here=house.sinar.company)  # their own go on being helped
    async with database.transaction(house.maju.company):
        assert await appointing.holders() and account not in [one.account for one in await appointing.holders()]
        await offers.take(account)
    with pytest.raises(Refused, match="acts_elsewhere"):
        await abroad.hold(account, here=house.maju.company)
    # The other way round: a file of people of theirs keeps nobody from helping their own.
    async with database.transaction(house.maju.company):
        own = await joining.join("pos@maju.example", "agent", person=None, language="id")
    async with database.transaction(house.sinar.company):
        await joining.join("pos@maju.example", "employee", person=house.sinar.bambang.person, language="id")
    await abroad.hold(own, here=house.maju.company)


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


async def shared(house: Installation) -> tuple[int, str]:
    """An account that leads PT Sinar Laut and works in PT Maju Bersama as Budi; and its session."""
    account = await boss_of(house.sinar)
    async with database.transaction(house.maju.company):
        await joining.join(BOSS, "employee", person=house.maju.budi.person, language="id")
    return account, await sign_in.open_for(account)


async def test_whoever_ends_all_sessions_ends_them_in_their_own_company_alone(house: Installation) -> None:
    account, session = await shared(house)
    slug, other = await house.slug(house.maju), await house.slug(house.sinar)
    async with database.installation():
        link = await joining.one_time_link(account, "reset", timedelta(minutes=30))
    async with database.reading(house.maju.company):
        budi = await Employment.objects().get(Employment.id == house.maju.budi.id)
    assert budi is not None
    ratna = await house.as_person(house.maju, "ratna")
    answer = await ratna.post(f"/{slug}/people/{budi.public}/sign-out", reason="ponselnya hilang")
    assert answer.status_code in (200, 303)
    visitor = house.visitor()
    visitor.holds(session)
    assert (await visitor.get(f"/{other}/today")).status_code == 200  # what is theirs goes on
    asked = await visitor.get("/me/")
    assert (asked.status_code, asked.headers["location"].rstrip("/")) == (303, "/sign-in?next=/me")
    assert "sudah diakhiri" in (await visitor.get("/sign-in?next=/me/")).text  # not led round in a circle
    assert (await visitor.post("/chat", words="sisa cuti")).status_code in (303, 401)
    assert house.maju.budi.name not in (await visitor.get("/go?q=budi")).text
    assert await sign_in.link_holder(link) == BOSS  # no company voids what opens the other one
    again = house.visitor()
    again.holds(await sign_in.open_for(account))
    assert (await again.get("/me/")).status_code == 200


async def test_a_link_from_before_does_not_open_the_company_that_ended_it(house: Installation) -> None:
    account, _ = await shared(house)
    async with database.installation():
        link = await joining.one_time_link(account, "reset", timedelta(minutes=30))
    async with database.transaction(house.maju.company):
        await sessions.end_here(account)
    waits = await sign_in.redeem(link, PASSWORD + " new")
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None and await sign_in.waiting(waits) is not None
    assert (await sign_in.waiting(waits) or pytest.fail()).shut == f",{house.maju.company},"


@pytest.fixture
async def offered(house: Installation) -> tuple[int, str]:
    """Somebody who works in PT Maju Bersama as Budi, and is offered a role by PT Sinar Laut; and the offering slug."""
    async with database.transaction(house.maju.company):
        account = await joining.join(BOSS, "employee", person=house.maju.budi.person, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    lina, slug = await house.as_person(house.sinar, "lina"), await house.slug(house.sinar)
    given = await lina.post(f"/{slug}/roles", email=BOSS, role="administrator", sure="1")
    assert given.headers["location"] == f"/{slug}/roles?done=offered"
    return account, slug


async def test_an_offer_changes_nothing_elsewhere_before_it_is_accepted(
    house: Installation, offered: tuple[int, str]
) -> None:
    account, slug = offered
    assert [one.slug for one in await acts_in.places(account, shut=())] == [await house.slug(house.maju)]
    async with database.installation():
        row = await Account.objects().get(Account.id == account)
        assert await tries.free_of(row) == tries.FREE_TRIES, "five wrong tries, as before"
    assert not await second_factor.demanded_by(account)
    await abroad.hold(account, here=house.maju.company)  # a lost step is taken off at home
    await new_passwords.check(BOSS, "lumbung7kenari"[:11], await acts_in.places(account, shut=()))  # eight signs do
    visitor = house.visitor()
    visitor.holds(await sign_in.open_for(account))
    assert (await visitor.get(f"/{slug}/people")).status_code == 404
    assert "Bambang Irawan" not in (await visitor.get("/go?q=bambang")).text
    async with database.reading(house.sinar.company):
        assert [one.email for one in await offers.standing()] == [BOSS]
        assert account not in [one.account for one in await appointing.holders()]


async def test_the_owner_reads_who_offers_what_and_accepts(house: Installation, offered: tuple[int, str]) -> None:
    account, slug = offered
    visitor = house.visitor()
    visitor.holds(await sign_in.open_for(account))
    page = (await visitor.get("/account/offers")).text
    assert "PT Sinar Laut" in page and "Administrator" in page and "Lina" in page
    assert 'href="/account/offers"' in (await visitor.get("/me/")).text
    public = re.findall(r'name="offers" value="([^"]+)"', page)[0]
    other = await house.as_person(house.maju, "tono")
    assert (await other.post("/account/offers/accept", offers=public)).status_code == 422, "not their own"
    assert (await visitor.post("/account/offers/accept", offers=public)).status_code == 303
    asked = await visitor.get(f"/{slug}/people")
    assert asked.headers["location"] == f"/account/second-factor?next=/{slug}/people"
    assert (await visitor.post("/account/offers/accept", offers=public)).status_code == 422, "once"
    assert 'href="/account/offers"' not in (await visitor.get("/me/")).text
    async with database.reading(house.sinar.company):
        assert not await offers.standing()
        acts = {row["action"] for row in await AuditEntry.select().where(AuditEntry.action.like("membership.%"))}
    assert {"membership.offered", "membership.accepted"} <= acts


async def test_an_offer_is_declined_and_its_company_reads_that(house: Installation, offered: tuple[int, str]) -> None:
    account, slug = offered
    visitor = house.visitor()
    visitor.holds(await sign_in.open_for(account))
    public = re.findall(r'name="offers" value="([^"]+)"', (await visitor.get("/account/offers")).text)[0]
    answer = await visitor.post("/account/offers/decline", offers=public)
    assert answer.headers["location"] == "/account/offers?done=declined"
    assert "PT Sinar Laut" not in (await visitor.get("/account/offers")).text
    assert (await visitor.post("/account/offers/accept", offers=public)).status_code == 422
    lina = await house.as_person(house.sinar, "lina")
    page = (await lina.get(f"/{slug}/roles")).text
    assert BOSS in page and "Ditolak" in page and f"/roles/offers/{public}/send" not in page
    assert (await lina.post(f"/{slug}/roles/offers/{public}/send")).status_code == 422
    assert (await lina.post(f"/{slug}/roles/offers/{public}/revoke")).status_code == 303
    assert BOSS not in (await lina.get(f"/{slug}/roles")).text


async def test_an_offer_is_taken_back_and_sent_again_once_an_hour(
    house: Installation, offered: tuple[int, str]
) -> None:
    account, slug = offered
    lina = await house.as_person(house.sinar, "lina")
    async with database.reading(house.sinar.company):
        public = (await offers.standing())[0].public

    async def told() -> int:
        async with database.reading(house.sinar.company):
            return int(await Outbound.count().where(Outbound.key == "offers.mail"))

    assert await told() == 1
    assert (await lina.post(f"/{slug}/roles/offers/{public}/send")).status_code == 422
    with clock.freeze(MONDAY + timedelta(hours=1, minutes=1)):
        lina = await house.as_person(house.sinar, "lina")
        assert (await lina.post(f"/{slug}/roles/offers/{public}/send")).status_code == 303
        assert await told() == 2
        other = await house.as_role(house.maju, "super_administrator")
        maju = await house.slug(house.maju)
        assert (await other.post(f"/{maju}/roles/offers/{public}/revoke")).status_code == 404
        assert (await lina.post(f"/{slug}/roles/offers/{public}/revoke")).status_code == 303
    with pytest.raises(Refused, match="gone"):
        await offers.accept(account, [public])


async def test_the_link_of_one_company_accepts_what_that_one_offers_alone(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        account, _ = await joining.offer("dua@luar.example", "agent", person=None, language="id")
        link = await joining.sign_in_link(account)
    async with database.transaction(house.sinar.company):
        await joining.offer("dua@luar.example", "administrator", person=None, language="id")
    visitor = house.visitor()
    page = (await visitor.get(f"/sign-in/{link}")).text
    assert "PT Maju Bersama" in page and "PT Sinar Laut" not in page
    answer = await visitor.post(f"/sign-in/{link}", password="lumbung7kenari")
    assert answer.headers["location"] == f"/{await house.slug(house.maju)}/leave"
    assert [one.company for one in await acts_in.places(account, shut=())] == [house.maju.company]
    assert [one.company for one in await offers.of_account(account)] == [house.sinar.company]


async def test_a_company_that_knew_an_address_first_does_not_become_somebody_else_s_employee(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its people may have set the account up: only what is mailed to the address makes it an employee elsewhere."""
    account = await boss_of(house.sinar)
    async with database.transaction(house.maju.company):
        await Person.update({Person.email: sealed(BOSS, house.maju.budi)}).where(Person.id == house.maju.budi.person)
    assert await joining.portal_link(house.maju.budi) == (None, "elsewhere")
    assert not await offers.of_account(account), "without a mail server it is not even offered"
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    link, _ = await joining.portal_link(house.maju.budi, mailed=True)
    visitor = await house.as_account(account)
    page = (await visitor.get("/account/offers")).text
    assert "tautan yang dikirim" in page and 'formaction="/account/offers/decline"' in page
    public = re.findall(r'name="offers" value="([^"]+)"', page)[0]
    assert (await visitor.post("/account/offers/accept", offers=public)).status_code == 422
    assert (await visitor.post(f"/sign-in/{link}", password="gerimis lumbung kenari tujuh")).status_code == 303
    assert house.maju.company in [one.company for one in await acts_in.places(account, shut=())]


async def test_a_role_is_accepted_by_what_was_mailed_to_its_address_alone(
    house: Installation, offered: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever set an account up before its owner came signs in with it: a role of another company is not theirs."""
    account, slug = offered
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    async with database.reading(house.sinar.company):
        row = await Outbound.objects().where(Outbound.key == "offers.mail").first()
        public = (await offers.standing())[0].public
        assert row is not None
        link = re.findall(r"/account/offers\S+", outbox.unseal(row).text)[0]
    proof = link.partition("proof=")[2]
    assert len(proof) == 43
    visitor = await house.as_account(account)
    for wrong in ("", "x" * 43, proof[:-1]):
        page = (await visitor.get(f"/account/offers?proof={wrong}")).text
        assert "tautan yang dikirim" in page and 'class="button go"' not in page
        answer = await visitor.post("/account/offers/accept", offers=public, proof=wrong)
        assert answer.status_code == 422 and slug not in [one.slug for one in await acts_in.places(account, shut=())]
    other = await house.as_person(house.maju, "tono")
    assert (await other.post("/account/offers/accept", offers=public, proof=proof)).status_code == 422, "not their own"
    stranger = house.visitor()
    asked = await stranger.get(link)
    assert asked.headers["location"].startswith("/sign-in?next=/account/offers%3Fproof%3D")
    assert (await stranger.get(f"/reset/{proof}")).status_code == 410, "it sets no password"
    assert 'class="button go"' in (await visitor.get(link)).text
    assert (await visitor.post("/account/offers/accept", offers=public, proof=proof)).status_code == 303
    assert slug in [one.slug for one in await acts_in.places(account, shut=())]


async def test_what_proves_an_address_is_worth_nothing_elsewhere_or_once_it_was_taken_back(
    house: Installation, offered: tuple[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    account, _ = offered
    monkeypatch.setattr(settings, "_current", replace(settings.current(), smtp_url="smtp://127.0.0.1:9"))
    async with database.transaction(house.maju.company):
        elsewhere = await offers.prove(account)
    async with database.transaction(house.sinar.company):
        here, found = await offers.prove(account), (await offers.standing())[0]
    with pytest.raises(Refused, match="by_mail"):
        await offers.accept(account, [found.public], proof=elsewhere)
    async with database.transaction(house.sinar.company):
        await offers.revoke(found, by=as_(house.sinar.lina))
        await joining.offer(BOSS, "agent", person=None, language="id")
        again = (await offers.standing())[0].public
    with pytest.raises(Refused, match="by_mail"):
        await offers.accept(account, [again], proof=here)


def sealed(email: str, of: Employee) -> str:
    return vault.seal(email, company=of.company, column="person.email", subject=of.person)


async def test_whoever_was_only_invited_signs_in_to_the_offers(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        account, _ = await joining.offer("tiga@luar.example", "agent", person=None, language="id")
    async with database.installation():
        link = await joining.one_time_link(account, "reset", timedelta(minutes=30))
    visitor = house.visitor()
    answer = await visitor.post(f"/reset/{link}", password="lumbung kenari tujuh")
    assert answer.headers["location"] == "/account/offers"
    page = (await visitor.get("/account/offers")).text
    public = re.findall(r'name="offers" value="([^"]+)"', page)[0]
    assert (await visitor.get(f"/{await house.slug(house.maju)}/leave")).status_code == 404
    answer = await visitor.post("/account/offers/accept", offers=public)
    assert answer.headers["location"] == f"/{await house.slug(house.maju)}/leave"
    assert (await visitor.get(answer.headers["location"])).status_code == 200


async def test_a_role_given_or_taken_ends_nothing_in_another_company(house: Installation) -> None:
    account, session = await shared(house)
    slug, other = await house.slug(house.maju), await house.slug(house.sinar)
    chief = await house.as_role(house.maju, "super_administrator")
    visitor = house.visitor()
    visitor.holds(session)
    assert (await chief.post(f"/{slug}/roles", email=BOSS, role="agent", sure="1")).status_code == 303
    assert (await visitor.get(f"/{other}/today")).status_code == 200
    # The new role needs the proof that belongs to it.
    assert (await visitor.get(f"/{slug}/today")).headers["location"] == f"/sign-in?next=/{slug}/today"
    async with database.reading(house.maju.company):
        held = next(one for one in await appointing.holders() if one.account == account)
    for act in ({"path": "sign-out"}, {"path": "dismiss", "role": "agent", "sure": "1"}):
        path = act.pop("path")
        assert (await chief.post(f"/{slug}/roles/{held.public}/{path}", **act)).status_code == 303
        assert (await visitor.get(f"/{other}/today")).status_code == 200
    async with database.transaction(house.maju.company):
        await blocks.block(house.maju.budi.person, channel="telegram", by=as_(house.maju.budi))
    await narrowed()
    assert (await visitor.get(f"/{other}/today")).status_code == 200


async def test_a_session_is_over_once_every_company_of_its_account_has_ended_it(house: Installation) -> None:
    account, session = await shared(house)
    for company, alive in ((house.maju.company, True), (house.sinar.company, False)):
        async with database.transaction(company):
            assert await sessions.end_here(account) >= 1
            assert await sessions.end_here(account) == 0  # once is enough
        assert (await sign_in.recognise(session) is not None) is alive


async def test_a_role_that_another_company_gave_asks_for_the_second_step_there_alone(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        account = await joining.join(BOSS, "employee", person=house.maju.budi.person, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    lina = await house.as_person(house.sinar, "lina")
    slug = await house.slug(house.sinar)
    assert (await lina.post(f"/{slug}/roles", email=BOSS, role="administrator", sure="1")).status_code == 303
    async with database.transaction(house.sinar.company):
        await offers.take(account)
    visitor = house.visitor()
    answer = await visitor.post("/sign-in", email=BOSS, password=PASSWORD)
    assert answer.headers["location"] == "/me/"  # whoever leads there goes on here as before
    assert (await visitor.get("/me/")).status_code == 200
    assert (await visitor.post("/chat", words="sisa cuti")).status_code == 303
    assert "Bambang Irawan" not in (await visitor.get("/go?q=bambang")).text
    asked = await visitor.get(f"/{slug}/people")
    assert (asked.status_code, asked.headers["location"]) == (303, f"/account/second-factor?next=/{slug}/people")
    assert (await visitor.post(f"/{slug}/blocked/x", reason="sudah diperiksa")).status_code == 303
    assert (await visitor.get("/me/", params={"company": slug})).status_code == 200  # nobody works there
    page = await visitor.get(asked.headers["location"])
    secret = "".join(re.findall(r"<p class=\"mono\">([A-Z2-7 ]+)</p>", page.text)[0].split())
    code = totp.code_at(secret, totp.step_of(clock.now()))
    codes = await visitor.post("/account/second-factor", code=code, next=f"/{slug}/people")
    assert f'href="/{slug}/people"' in codes.text
    assert (await visitor.get(f"/{slug}/people")).status_code == 200
