"""Who may let the operator in is told by mail that somebody asks to look; where no mail leaves, the board says it."""

from core import settings
from core.accounts import grants
from core.accounts.tables import Account, Company, OperatorGrant
from core.messaging import mail


async def asked(row: OperatorGrant, *, who: str) -> None:
    """Tell the Super Administrators of the company in scope, each in their language; with what was asked."""
    company = await Company.objects().get(Company.id == row.company)
    assert company is not None
    accounts = Account.id.is_in([*await grants.givers(), 0]) & Account.blocked_at.is_null()
    for one in await Account.select(Account.id, Account.language).where(accounts):
        await mail.post(
            "grants.mail_asked", to=f"account:{one['id']}", language=one["language"],
            dedupe=f"mail:grant:{row.public}:{one['id']}", company=company.name, who=who,
            reason=grants.reason_of(row), minutes=row.minutes,
            link=f"{settings.current().public_url}/{company.slug}/operator",
        )  # fmt: skip
