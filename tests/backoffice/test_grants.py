"""What somebody of the operator sees of a company: nothing, or while the company lets them look, what it lets them."""

from datetime import timedelta

import pytest

from core import clock, database
from core.accounts import grants, joining, operators, sign_in
from core.accounts.roles import ADMINISTRATOR, MATRIX, OPERATOR_ADMINISTRATOR, OPERATOR_AGENT, PROTECTION, SUPER
from core.accounts.tables import Membership, OperatorGrant, Session
from core.audit import AuditEntry
from core.messaging import mail, outbox
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.operators import BY, account_of, visitor
from tests.backoffice.test_roles import ROUTES
from tests.core.conftest import MONDAY

WHY = "Tiket T-41: saldo cuti Budi tampak salah"


async def asked(house: Installation, who: Visitor, minutes: int = 30) -> str:
    """Ask PT Maju Bersama, by its form; returns the address of the grant."""
    slug = await house.slug(house.maju)
    sent = await who.post(f"/operator/companies/{slug}/ask", reason=WHY, minutes=str(minutes))
    assert sent.status_code == 303, sent.text
    async with database.reading(house.maju.company):
        return (await grants.all_of_them())[0].public


async def let_in(house: Installation, who: Visitor, minutes: int = 30) -> str:
    """Ask, and have the Super Administrator say yes."""
    public, slug = await asked(house, who, minutes), await house.slug(house.maju)
    hendra = await house.as_role(house.maju, SUPER)
    assert (await hendra.post(f"/{slug}/operator/{public}/give")).status_code == 303
    return public


def there(path: str, slug: str) -> str:
    for mark, put in (
        ("{company:str}", slug), ("{public:str}", "nothing"), ("{number:int}", "7"), ("{code:str}", "annual"),
        ("{number:str}", "C-999"), ("{name:str}", "nothing"), ("{channel:str}", "telegram"), ("{slug:str}", slug),
    ):  # fmt: skip
        path = path.replace(mark, put)
    return path


async def test_without_a_grant_no_address_of_a_company_is_there_for_the_operator(house: Installation) -> None:
    slug = await house.slug(house.maju)
    for role in (OPERATOR_AGENT, OPERATOR_ADMINISTRATOR):
        dian = await visitor(house, role, role.replace("_", "."))
        nowhere = (await dian.get("/no-such-company/people")).text
        for method, path in ROUTES:
            if "{company" in path and not path.startswith("/{company:str}/companies"):
                here = there(path, slug)
                answer = await (dian.get(here) if method == "GET" else dian.post(here, words="x", verdict="approve"))
                assert answer.status_code == 404, (role, method, path)
                assert "PT Maju Bersama" not in answer.text
        assert "Budi" not in nowhere


async def test_a_company_is_asked_with_a_reason_and_its_super_administrator_says_yes(house: Installation) -> None:
    dian, slug = await visitor(house), await house.slug(house.maju)
    assert "PT Sinar Laut" in (await dian.get("/operator/companies")).text
    refused = await dian.post(f"/operator/companies/{slug}/ask", reason="x", minutes="30")
    assert (refused.status_code, "paling sedikit 5 huruf" in refused.text) == (422, True)
    assert (await dian.post(f"/operator/companies/{slug}/ask", reason=WHY, minutes="100000")).status_code == 422
    public = await asked(house, dian)
    assert (await dian.get(f"/{slug}/people")).status_code == 404
    twice = await dian.post(f"/operator/companies/{slug}/ask", reason=WHY, minutes="30")
    assert (twice.status_code, "masih berlaku" in twice.text) == (422, True)

    ratna, hendra = await house.as_role(house.maju, ADMINISTRATOR), await house.as_role(house.maju, SUPER)
    assert "permintaan operator menunggu" in (await ratna.get(f"/{slug}/today")).text
    page = (await hendra.get(f"/{slug}/operator")).text
    assert (WHY in page, "Dian (Serambi)" in page, "Izinkan 30 menit" in page) == (True, True, True)
    async with database.reading(house.maju.company):
        mails = [outbox.unseal(one) for one in await Outbound.select().where(Outbound.channel == mail.CHANNEL)]
    assert [f"/{slug}/operator" in one.text for one in mails if WHY in one.text] == [True, True]
    assert (await ratna.post(f"/{slug}/operator/{public}/give")).status_code == 403
    assert (await hendra.post(f"/{slug}/operator/{public}/give")).status_code == 303
    assert (await hendra.post(f"/{slug}/operator/{public}/give")).status_code == 409

    people = await dian.get(f"/{slug}/people")
    assert (people.status_code, "Budi Santoso" in people.text, "sebagai tamu" in people.text) == (200, True, True)
    assert "sedang bisa melihat" in (await hendra.get(f"/{slug}/today")).text
    seen = (await hendra.get(f"/{slug}/operator")).text
    assert f"/{slug}/people" in seen
    audit = (await hendra.get(f"/{slug}/audit")).text
    assert ("membuka halaman sebagai tamu" in audit, "Dian (Serambi)" in audit) == (True, True)


async def test_under_a_grant_pages_of_the_matrix_are_seen_and_nothing_is_sent(house: Installation) -> None:
    slug, dian = await house.slug(house.maju), await visitor(house)
    await let_in(house, dian, 480)
    before = await _rows(house)
    for method, path in ROUTES:
        if "{company" not in path or path.startswith("/{company:str}/companies"):
            continue
        answer = await (dian.get(there(path, slug)) if method == "GET" else dian.post(there(path, slug), words="x"))
        assert answer.status_code in ((200, 204, 303, 403, 404, 422) if method == "GET" else (403, 404)), (method, path)
        assert not (method == "POST" and "guest" in answer.text)
    for shut in ("tickets", "approvals", "audit", "mail", "roles", "operator", "undelivered", "costs", "misses"):
        assert (await dian.get(f"/{slug}/{shut}")).status_code == 403, shut
    sent = await dian.post(f"/{slug}/settings/company", name="PT Lain", zone="Asia/Jakarta")
    assert (sent.status_code, "hanya bisa melihat" in sent.text) == (403, True)
    assert (await dian.post(f"/{slug}/people/export", format="csv")).status_code == 403
    assert await _rows(house) == before
    assert ("pay", "reveal") in MATRIX and "guest" not in MATRIX["pay", "reveal"] | MATRIX["identity", "reveal"]
    other = await house.slug(house.sinar)
    assert (await dian.get(f"/{other}/people")).status_code == 404


async def test_a_grant_ends_on_its_second(house: Installation) -> None:
    slug, dian = await house.slug(house.maju), await visitor(house)
    await let_in(house, dian)
    with clock.freeze(MONDAY + timedelta(minutes=29, seconds=59)):
        again = await house.as_account(await account_of())
        assert (await again.get(f"/{slug}/people")).status_code == 200
    with clock.freeze(MONDAY + timedelta(minutes=30)):
        gone = await again.get(f"/{slug}/people")
        assert (gone.status_code, "PT Maju Bersama" in gone.text) == (404, False)
        page = (await (await house.as_role(house.maju, SUPER)).get(f"/{slug}/operator")).text
        assert "Waktunya habis" in page


@pytest.mark.parametrize("role", [SUPER, ADMINISTRATOR])
async def test_the_company_ends_it_at_once(house: Installation, role: str) -> None:
    slug, dian = await house.slug(house.maju), await visitor(house)
    public = await let_in(house, dian)
    assert (await dian.get(f"/{slug}/people")).status_code == 200
    theirs = await house.as_role(house.maju, role)
    officer = await house.as_role(house.maju, PROTECTION)
    assert (await officer.post(f"/{slug}/operator/{public}/end")).status_code == 403
    assert (await theirs.post(f"/{slug}/operator/{public}/end")).status_code == 303
    assert (await dian.get(f"/{slug}/people")).status_code == 404
    assert (await theirs.post(f"/{slug}/operator/{public}/end")).status_code == 409
    assert (await dian.get(f"/{slug}/people")).status_code == 404


async def test_a_request_that_was_declined_or_not_answered_opens_nothing(house: Installation) -> None:
    slug, dian = await house.slug(house.maju), await visitor(house)
    public, hendra = await asked(house, dian), await house.as_role(house.maju, SUPER)
    assert (await hendra.post(f"/{slug}/operator/{public}/end")).status_code == 303
    assert (await hendra.post(f"/{slug}/operator/{public}/give")).status_code == 409
    assert (await dian.get(f"/{slug}/people")).status_code == 404
    late = await asked(house, dian)
    with clock.freeze(MONDAY + grants.WAITS):
        hendra = await house.as_role(house.maju, SUPER)
        assert (await hendra.post(f"/{slug}/operator/{late}/give")).status_code == 409


async def test_a_grant_is_of_one_person_and_one_company_and_ends_with_their_work(house: Installation) -> None:
    slug, dian = await house.slug(house.maju), await visitor(house)
    public = await let_in(house, dian)
    bayu = await visitor(house, name="bayu")
    assert (await bayu.get(f"/{slug}/people")).status_code == 404
    lina = await house.as_person(house.sinar, "lina")
    theirs = await house.slug(house.sinar)
    assert (await lina.post(f"/{theirs}/operator/{public}/end")).status_code == 404
    assert (await lina.post(f"/{slug}/operator/{public}/end")).status_code == 404
    assert (await dian.get(f"/{slug}/people")).status_code == 200
    async with database.transaction(await operators.company()):
        account = await joining.account_of("dian@serambi.example")
        await Membership.delete().where(Membership.account == account)
    assert (await dian.get(f"/{slug}/people")).status_code == 404


async def test_an_employee_with_a_grant_in_their_name_sees_nothing_by_it(house: Installation) -> None:
    """A row alone lets nobody in: who is not the operator's has no desk to look from."""
    lina, slug = await house.as_person(house.sinar, "lina"), await house.slug(house.maju)
    async with database.reading(house.sinar.company):
        row = await Membership.select(Membership.account).where(Membership.person == house.sinar.lina.person).first()
    assert row is not None
    async with database.transaction(house.maju.company):
        forged = await grants.ask(row["account"], WHY, 30, by=BY)
        await grants.give(forged, by=BY)
    assert (await lina.get(f"/{slug}/people")).status_code == 404


async def test_the_operator_enters_with_a_second_factor_or_not_at_all(house: Installation) -> None:
    account = await account_of(OPERATOR_ADMINISTRATOR, "rudi")
    rudi = house.visitor()
    rudi.holds(await sign_in.open_for(account))
    answer = await rudi.get("/operator/tickets")
    assert (answer.status_code, "/account/second-factor" in answer.headers["location"]) == (303, True)
    rudi = await house.as_account(account)
    assert (await rudi.get("/operator")).headers["location"] == "/operator/tickets"
    assert (await rudi.get("/operator/tickets")).status_code == 200
    page = (await rudi.get("/operator/roles")).text
    assert ("Kepala Meja Bantuan Operator" in page, "Super Administrator" in page) == (True, False)
    last = await rudi.post(f"/operator/roles/{await _public(account)}/dismiss", role=OPERATOR_ADMINISTRATOR, sure="1")
    assert (last.status_code, "terakhir" in last.text) == (422, True)
    async with database.installation(writes=False):
        assert await Session.exists().where((Session.account == account) & Session.ended_at.is_null())


async def test_a_role_of_the_operator_means_nothing_in_a_company_nor_one_of_a_company_at_the_desk(
    house: Installation,
) -> None:
    slug = await house.slug(house.maju)
    there = await house.as_role(house.maju, OPERATOR_ADMINISTRATOR)
    for path in ("tickets", "companies", "roles", "audit"):
        assert (await there.get(f"/{slug}/{path}")).status_code in (403, 404), path
        assert (await there.get(f"/operator/{path}")).status_code == 404, path
    hendra = await house.as_role(house.maju, SUPER)
    sent = await hendra.post(f"/{slug}/roles", email="x@maju.example", role=OPERATOR_ADMINISTRATOR, sure="1")
    assert sent.status_code == 422


async def _public(account: int) -> str:
    from core.accounts.tables import Account

    async with database.installation(writes=False):
        row = await Account.select(Account.public).where(Account.id == account).first()
    assert row is not None
    return str(row["public"])


async def _rows(house: Installation) -> tuple[int, int]:
    """How many grants there are, and entries of the audit that a guest did not cause."""
    async with database.reading(house.maju.company):
        acts = await AuditEntry.count().where(AuditEntry.action != "grant.looked")
        return acts, await OperatorGrant.count()
