"""Mail about accounts: the link that signs in first, the link that sets a new password, what happened to an account."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import audit, database, jobs, settings
from core.accounts import changed, joining, offers, resets
from core.accounts.tables import Account, Company, Membership, MembershipOffer
from core.audit import Actor
from core.messaging import entrances, mail
from core.messaging.tables import Outbound
from core.people.directory import Employee
from core.people.identities import spelled
from core.phrases import phrase, saat

SELF = Actor("nobody", "web")
FORGOT = "accounts.forgot"
WELCOME, OFFER = "mail:welcome:", "mail:offer:"


async def forgotten(email: str) -> None:
    """Somebody wants a new password for this address. What is known of it is looked up later, by a job: the answer and
    its time are the same for every address."""
    async with database.installation():
        await jobs.enqueue(FORGOT, joining.index_of(email))


@jobs.job(FORGOT)
async def send_reset(_: int | None, index: str) -> None:
    """Mail the link that sets a new password, if this is somebody's address who may act anywhere."""
    async with database.installation(writes=False):
        account = await Account.objects().where(Account.email_index == index).first()
    if account is None or account.blocked_at is not None:
        return
    home = await home_of(account.id)
    async with database.transaction(home):
        if await resets.are_many(account.id):
            return
        secret = await resets.renewed(account.id)
        await mail.post(
            "accounts.mail_reset", to=f"account:{account.id}", language=account.language,
            dedupe=f"mail:reset:{joining.digest(secret)[:32]}", link=url("reset", secret),
        )  # fmt: skip
        audit.record("reset.asked", f"account:{account.id}", by=SELF)


@jobs.job(changed.TELL)
async def tell_changed(_: int | None, number: int, what: str, at: str) -> None:
    """Mail the owner of an account what changed of how they sign in, and what to do if it wasn't them; once."""
    home = await home_of(number)
    async with database.transaction(home):
        company = await Company.objects().get(Company.id == home)
        account = await Account.select(Account.language).where(Account.id == number).first()
        assert company is not None and account is not None
        language, mark = account["language"], f"mail:changed:{number}:{what}:{at}"
        if await Outbound.exists().where(Outbound.dedupe == f"{home}:{mark}"):
            return
        await mail.post(
            "accounts.mail_changed", to=f"account:{number}", language=language, dedupe=mark, what=what,
            at=saat(datetime.fromisoformat(at), company.zone, language),
            forgot=f"{settings.current().public_url}/forgot", account=f"{settings.current().public_url}/account",
        )  # fmt: skip


async def welcome(account: int, secret: str) -> None:
    """Mail the link by which an account signs in first; needs the scope of the company that wants it."""
    company = await Company.objects().get(Company.id == database.company())
    row = await Account.select(Account.language).where(Account.id == account).first()
    assert company is not None and row is not None
    await mail.post(
        "accounts.mail_welcome", to=f"account:{account}", language=row["language"],
        dedupe=_mark(WELCOME, joining.digest(secret)), company=company.name, link=url("sign-in", secret),
    )  # fmt: skip


@offers.links_ended
async def withdraw(hashes: Collection[str]) -> None:
    """Mail about an offer whose link opens nothing any more, and which has not left, stays here."""
    await mail.withdraw([_mark(kind, one) for one in hashes for kind in (WELCOME, OFFER)])


def _mark(kind: str, link: str) -> str:
    """By what mail that holds a link is found in the outbox."""
    return f"{kind}{link[:32]}"


async def offer(found: offers.Standing, *, elsewhere: bool, by: Actor) -> bool:
    """Tell the owner of an account what the company in scope offers them: a link that signs in first and accepts, or,
    where they have signed in before, the page on which they answer. False where nothing can be sent: the link of an
    account that is `elsewhere`, too, leaves the house by a mail server or not at all."""
    if not found.owned and elsewhere and not settings.current().smtp_url:
        return False
    await offers.note_sent(found, by=by)
    if not found.owned:
        await welcome(found.account, await joining.sign_in_link(found.account))
        return True
    company = await Company.objects().get(Company.id == database.company())
    row = await Account.select(Account.language).where(Account.id == found.account).first()
    assert company is not None and row is not None
    language = row["language"]
    proof = await offers.prove(found.account)
    link = f"{settings.current().public_url}/account/offers?proof={proof}"
    await mail.post(
        "offers.mail", to=f"account:{found.account}", language=language,
        dedupe=_mark(OFFER, joining.digest(proof)), company=company.name,
        role=phrase(f"web.role_{found.role}", language), link=link,
    )  # fmt: skip
    return True


@dataclass(frozen=True)
class Invited:
    """Where an invitation went: to an address, by a server that takes it there; or only a link to hand over."""

    address: bool
    served: bool
    link: str  # to the portal, where it goes to nobody but its owner: no role, no password yet; otherwise empty


async def invite(employee: Employee, code: str, expires: datetime, *, by: Actor) -> Invited:
    """Mail an employee their code and the way into the portal; without a server the mail waits to be read."""
    served = bool(settings.current().smtp_url)
    link, _ = await joining.portal_link(employee, by=by, mailed=served)
    address = await invitation(employee, code, expires, link)
    async with database.reading(employee.company):
        rows: list[dict[str, Any]] = []
        for table in (Membership, MembershipOffer):
            rows += await table.select(table.role, table.account).where(table.person == employee.person)
    async with database.installation(writes=False):
        accounts = Account.id.is_in([row["account"] for row in rows] or [0])
        used = await Account.exists().where(accounts & Account.password_hash.is_not_null())
    first = not used and not {row["role"] for row in rows} & set(joining.GIVEN_BY_FILE)
    return Invited(address, served, url("sign-in", link) if link and first and not served else "")


async def invitation(employee: Employee, code: str, expires: Any, link: str | None) -> bool:
    """Mail an employee the code of a chat link, and the way into the portal if there is one; False without address."""
    if await mail.address(f"{employee.company}:person:{employee.person}") is None:
        return False
    key = "accounts.mail_invitation_portal" if link else "accounts.mail_invitation"
    async with database.transaction(employee.company):
        company = await Company.objects().get(Company.id == employee.company)
        assert company is not None
        await mail.post(
            key, to=f"person:{employee.person}", language=employee.language,
            dedupe=f"mail:invitation:{joining.digest(code)[:32]}", company=company.name,
            code=spelled(code), until=saat(expires, employee.zone, employee.language),
            link=url("sign-in", link) if link else "",
            where=entrances.where(await entrances.open_here(), employee.language, spelled(code)),
        )  # fmt: skip
    return True


async def home_of(account: int) -> int:
    """In whose outbox mail about an account waits: its company's; the installation's own if it acts in several, so that
    nobody of one company reads the link into another. One that acts nowhere and has no owner yet is its inviter's."""
    async with database.installation(writes=False):
        rows = await Membership.select(Membership.company).where(Membership.account == account)
        unowned = (Account.id == account) & Account.password_hash.is_null()
        if not rows and await Account.exists().where(unowned):
            rows = await MembershipOffer.select(MembershipOffer.company).where(MembershipOffer.account == account)
        companies = sorted({row["company"] for row in rows})
        if len(companies) == 1:
            return int(companies[0])
        operator = await Company.objects().where(Company.kind == "operator").first()
    assert operator is not None
    return int(operator.id)


def url(path: str, secret: str) -> str:
    """The address of a one-time link."""
    return f"{settings.current().public_url}/{path}/{secret}"
