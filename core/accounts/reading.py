"""The language in which somebody reads pages, their account's. In a chat they may speak another: their person's."""

from core.accounts.tables import Membership


async def language_of(person: int) -> str | None:
    """In which language this person of the company in scope reads pages; None without an account."""
    row = (
        await Membership.select(Membership.account.language.as_alias("language"))
        .where(Membership.person == person)
        .order_by(Membership.account, ascending=False)
        .first()
    )
    return row["language"] if row else None
