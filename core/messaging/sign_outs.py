"""An administrator ends whatever speaks for somebody, with a reason; the person reads it in each chat and by mail."""

from core import audit, clock
from core.accounts import reach, reasons, sessions
from core.accounts.tables import Membership
from core.audit import Actor
from core.messaging import mail
from core.people import identities
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Person
from core.phrases import saat


async def everywhere(person: int, reason: str, *, by: Actor, zone: str = DEFAULT_ZONE) -> tuple[int, int]:
    """End every session, unused link and chat of this person here, in the company's transaction; how many of each.

    Unlike a block it shuts nothing: the person signs in again with their password, and is invited to link a chat anew.
    """
    await reach.hold(by, person=person)
    why = await reasons.keep(reason, person=person)
    rows = await Membership.select(Membership.account).where(Membership.person == person)
    accounts, ended = sorted({int(row["account"]) for row in rows}), 0
    for one in accounts:
        ended += await sessions.end_here(one)
    chats = await identities.unlink_all(person, actor=by)
    audit.record("sessions.ended", f"person:{person}", by=by, count=ended, chats=chats, reason=why)
    await _tell(person, accounts, (await reasons.told([why])).get(why, reason.strip()), zone)
    return ended, chats


async def _tell(person: int, accounts: list[int], reason: str, zone: str) -> None:
    row = await Person.select(Person.language).where(Person.id == person).first()
    assert row is not None
    to = [f"account:{one}" for one in accounts]
    if not to and await mail.has_address(person):
        to = [f"person:{person}"]
    at = clock.now()
    for one in to:
        await mail.post(
            "accounts.mail_signed_out", to=one, language=row["language"], dedupe=f"mail:out:{one}:{at.isoformat()}",
            at=saat(at, zone, row["language"]), reason=reason,
        )  # fmt: skip
