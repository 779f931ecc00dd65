"""What became of somebody's invitations: the code that links a chat, and the offers of a place or a role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core import clock, settings
from core.accounts import joining
from core.accounts.roles import ROLES
from core.accounts.tables import Account, Invitation, Membership, MembershipOffer, Token
from core.database import company
from core.people.tables import Employment

CHAT = "chat"
ACCEPTED, OPEN, EXPIRED, DECLINED, ENDED = "accepted", "open", "expired", "declined", "ended"


@dataclass(frozen=True)
class Became:
    """To what somebody was invited, how that stands, and the instant that belongs to it: of what is open, its end."""

    to: str  # chat, or a role
    state: str
    at: datetime | None = None


async def of_person(person: int) -> Sequence[Became]:
    """How each invitation of somebody in the company in scope stands, the chat first, then the roles."""
    return [*await _chat(person), *await _roles(person)]


async def _chat(person: int) -> Sequence[Became]:
    """What became of the newest code."""
    spells = Employment.select(Employment.id).where(Employment.person == person)
    mine = Invitation.employment.is_in(spells)
    row = await Invitation.objects().where(mine).order_by(Invitation.id, ascending=False).first()
    if row is None:
        return []
    if row.used_at is not None:
        return [Became(CHAT, ACCEPTED, row.used_at)]
    if row.replaced:
        return [Became(CHAT, ENDED)]
    return [Became(CHAT, OPEN if row.expires_at > clock.now() else EXPIRED, row.expires_at)]


async def _roles(person: int) -> Sequence[Became]:
    members = await Membership.select(Membership.role, Membership.since).where(Membership.person == person)
    found = {row["role"]: Became(row["role"], ACCEPTED, row["since"]) for row in members}
    for offer in await MembershipOffer.objects().where(MembershipOffer.person == person):
        if offer.role not in found:
            found[offer.role] = await _offered(offer)
    return [found[role] for role in ROLES if role in found]


async def _offered(offer: MembershipOffer) -> Became:
    """What becomes of an offer: it is accepted by a link, or by who signs in already where no mail could prove more."""
    if offer.declined_at is not None:
        return Became(offer.role, DECLINED, offer.declined_at)
    links = await Token.select(Token.expires_at, Token.used_at).where(
        (Token.account == offer.account) & (Token.inviter == company()) & Token.kind.is_in(["sign_in", "offer"])
    )
    until = max((row["expires_at"] for row in links if row["used_at"] is None), default=None)
    if until is not None and until > clock.now():
        return Became(offer.role, OPEN, until)
    owned = (Account.id == offer.account) & Account.password_hash.is_not_null()
    if not settings.current().smtp_url and await Account.exists().where(owned):
        return Became(offer.role, OPEN)
    if not links and offer.sent_at is None and offer.offered_at + joining.LINK_LIFE > clock.now():
        return Became(offer.role, OPEN)  # no link was made yet: it waits to be sent
    over = [min(one for one in (row["expires_at"], row["used_at"]) if one is not None) for row in links]
    return Became(offer.role, EXPIRED, max(over, default=(offer.sent_at or offer.offered_at) + joining.LINK_LIFE))
