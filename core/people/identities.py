"""Linking a chat account to a person by the code that HR handed out, and ending the link."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import audit, clock, database
from core.accounts import blocks, reach
from core.accounts.tables import Block, Invitation
from core.audit import Actor
from core.errors import Refused
from core.people import consents, directory
from core.people.consents import GIVEN, PURPOSES, WITHDRAWN, Said
from core.people.directory import Employee
from core.people.tables import ChannelIdentity, Person
from core.phrases import phrase
from core.stated import stated

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
CODE_LIFE = timedelta(hours=72)
MOST_TRIES = 5
MOST_INVITATIONS, INVITED_WITHIN = 5, timedelta(hours=24)
COOLING = timedelta(hours=24)
SEVERAL = frozenset({"slack"})  # channels in which somebody may have a chat with each of our bots


Ended = Callable[[dict[str, Any]], Awaitable[None]]
ENDED: list[Ended] = []  # who is told of a link that ended: the row as it was


def on_end(told: Ended) -> Ended:
    """Register who is told when a chat no longer speaks for somebody."""
    ENDED.append(told)
    return told


@dataclass(frozen=True)
class Known:
    """Whose a chat account is."""

    identity: int
    company: int
    person: int
    unreachable: bool = False  # until now
    verified_at: datetime | None = None  # when it was last shown to be theirs; none = by a session


async def whose(channel: str, account: str, external_id: str) -> Known | None:
    """The person behind a chat account, in whatever company; needs installation()."""
    row = await _linked(channel, account, external_id)
    if row is None:
        return None
    unreachable = row["unreachable_at"] is not None
    return Known(row["id"], row["company"], row["person"], unreachable, row["verified_at"])


@stated
def _linked(channel: str, account: str, external_id: str) -> Any:
    return ChannelIdentity.select(
        ChannelIdentity.id, ChannelIdentity.company, ChannelIdentity.person, ChannelIdentity.unreachable_at,
        ChannelIdentity.verified_at,
    ).where(
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & (ChannelIdentity.external_id == external_id) & ChannelIdentity.ended_at.is_null()
    ).first()  # fmt: skip


async def companies(channel: str, account: str, external_ids: Collection[str]) -> dict[str, int]:
    """Whose company each of these accounts of a channel speaks for, where it is known; needs installation()."""
    rows = await ChannelIdentity.select(ChannelIdentity.external_id, ChannelIdentity.company).where(
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & ChannelIdentity.external_id.is_in(list(external_ids)) & ChannelIdentity.ended_at.is_null()
    )  # fmt: skip
    return {row["external_id"]: row["company"] for row in rows}


async def invite(employee: Employee, *, actor: Actor) -> tuple[str, datetime]:
    """Make the code by which this employee links a chat account: 72 hours, once; an older one ends.

    Whoever has the code can act as this employee: refused where they hold a role above the actor's. The sixth within a
    day is refused too: each is a chance to be the one who reads it, and a mail.
    """
    async with database.transaction(employee.company):
        await reach.hold(actor, person=employee.person)
        if await blocks.of_person(employee.person) is not None:
            raise Refused("accounts.blocked_first")
        await _not_too_often(employee.person)
        await replace([employee.id])
        code = new_code()
        expires = clock.now() + CODE_LIFE
        await Invitation.insert(Invitation(employment=employee.id, code_hash=hash_of(code), expires_at=expires))
        audit.record("invitation.made", f"employment:{employee.id}", by=actor)
        return code, expires


async def replace(employments: Collection[int]) -> None:
    """End the codes that these were given before and have not used."""
    theirs = Invitation.employment.is_in(list(employments) or [0]) & Invitation.used_at.is_null()
    await Invitation.update({Invitation.replaced: True, Invitation.code: None}).where(theirs)


def new_code() -> str:
    """A code that nobody guesses, of letters and digits that nobody takes for another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def spelled(code: str) -> str:
    """`K7QF-3MWT`, as it is read out."""
    return f"{code[:4]}-{code[4:]}"


async def _not_too_often(person: int) -> None:
    """Refuse one more invitation of somebody who had too many of late; after a block was lifted it counts anew."""
    await database.lock(Person, person)
    since = clock.now() - INVITED_WITHIN
    lifted = (
        await Block.select(Block.lifted_at)
        .where((Block.person == person) & (Block.lifted_at > since))
        .order_by(Block.lifted_at, ascending=False)
        .first()
    )
    ends = (lifted["lifted_at"] if lifted else since) + CODE_LIFE
    made = (
        await Invitation.select(Invitation.expires_at)
        .where((Invitation.employment.person == person) & (Invitation.expires_at > ends))
        .order_by(Invitation.expires_at, ascending=False)
        .limit(MOST_INVITATIONS)
    )
    if len(made) == MOST_INVITATIONS:
        again = made[-1]["expires_at"] - CODE_LIFE + INVITED_WITHIN
        raise Refused("linking.invited_too_often", most=MOST_INVITATIONS, again=again)


def hash_of(code: str) -> str:
    """What is stored of a code; typed in either case, 4-4 or in one piece."""
    return hashlib.sha256(code.upper().replace("-", "").replace(" ", "").encode()).hexdigest()


@dataclass(frozen=True)
class Offered:
    """An invitation that a code opens, and whose it is."""

    invitation: int
    company: int
    employment: int


async def offered(code: str) -> Offered | None:
    """What a code opens, in whatever company; None for a wrong, used, replaced or expired one. Needs installation()."""
    row = await Invitation.select().where(Invitation.code_hash == hash_of(code)).first()
    if row is None or row["used_at"] is not None or row["replaced"] or row["expires_at"] < clock.now():
        return None
    return Offered(row["id"], row["company"], row["employment"])


async def tried(invitation: int) -> bool:
    """Count that this code was given; False when it was given too often, and with that it ends."""
    rows = (
        await Invitation.update({Invitation.tries: Invitation.tries + 1})
        .where(Invitation.id == invitation)
        .returning(Invitation.tries)
    )
    if rows and rows[0]["tries"] <= MOST_TRIES:
        return True
    await Invitation.update({Invitation.replaced: True, Invitation.code: None}).where(Invitation.id == invitation)
    return False


async def link(
    invitation: int, *, channel: str, account: str, external_id: str, place: str | None, consent: str,
    message: int | None = None,
) -> Employee:  # fmt: skip
    """Use the invitation up and let this chat account speak for its employee; refuse when it is gone meanwhile.

    `consent` is the sentence that was agreed to and `message` the one that did; both are kept as the proof of it.
    """
    now = clock.now()
    used = (
        await Invitation.update({Invitation.used_at: now, Invitation.code: None})
        .where(
            (Invitation.id == invitation) & Invitation.used_at.is_null() & (Invitation.replaced == False)  # noqa: E712
            & (Invitation.expires_at >= now)
        )
        .returning(Invitation.employment)
    )  # fmt: skip
    if not used:
        raise Refused("linking.wrong_code")
    employee = await directory.at_work(used[0]["employment"])
    if employee is None or await blocks.of_person(employee.person) is not None:
        raise Refused("linking.wrong_code")
    # One chat of a kind speaks for somebody: a new one ends the old, which is told. In Slack that is one a workspace.
    old = (ChannelIdentity.person == employee.person) & (ChannelIdentity.channel == channel)
    if channel in SEVERAL:
        old = old & (ChannelIdentity.account == account)
    await _end(old, audit.NOBODY, here=(account, external_id), at=now)
    await ChannelIdentity.insert(
        ChannelIdentity(
            person=employee.person, channel=channel, account=account, external_id=external_id, place=place,
            verified_at=now, consent_hash=hashlib.sha256(consent.encode()).hexdigest(),
        )
    )  # fmt: skip
    by = Actor(f"person:{employee.person}", channel)
    audit.record("identity.linked", f"person:{employee.person}", by=by, channel=channel)
    if channel in PURPOSES:
        await consents.note(employee.person, channel, GIVEN, Said(consent, employee.language, message), by=by)
    return employee


async def unlink(person: int, channel: str, *, actor: Actor) -> int:
    """End this person's links on a channel, at once; returns how many there were. By themselves, it is their word."""
    if channel in PURPOSES and actor.name == f"person:{person}":
        row = await Person.select(Person.language).where(Person.id == person).first()
        language = row["language"] if row is not None else "id"
        said = Said(phrase(f"consents.withdraw_{channel}", language), language)
        return await withdraw(person, channel, said, actor=actor)
    await reach.hold(actor, person=person)
    return await _end((ChannelIdentity.person == person) & (ChannelIdentity.channel == channel), actor)


async def withdraw(person: int, channel: str, said: Said, *, actor: Actor) -> int:
    """They want this channel no longer, by their own word or one that was asked of the officer: whoever they are."""
    ended = await _end((ChannelIdentity.person == person) & (ChannelIdentity.channel == channel), actor)
    if ended:
        await consents.note(person, channel, WITHDRAWN, said, by=actor)
    return ended


async def confirm(person: int, channel: str, *, actor: Actor) -> None:
    """Their owner says, where they have signed in, that the chats of this channel are still theirs."""
    rows = (
        await ChannelIdentity.update({ChannelIdentity.verified_at: clock.now()})
        .where(
            (ChannelIdentity.person == person) & (ChannelIdentity.channel == channel)
            & ChannelIdentity.ended_at.is_null()
        )
        .returning(ChannelIdentity.id)
    )  # fmt: skip
    if rows:
        audit.record("identity.confirmed", f"person:{person}", by=actor, channel=channel)


async def left(channel: str, account: str, external_id: str, *, actor: Actor) -> int:
    """A platform says that this account was shut: it speaks for nobody from now on, and nothing is said in it."""
    theirs = (ChannelIdentity.account == account) & (ChannelIdentity.external_id == external_id)
    return await _end((ChannelIdentity.channel == channel) & theirs, actor)


async def unlink_all(person: int, *, actor: Actor) -> int:
    """End every chat that speaks for this person; returns how many there were."""
    await reach.hold(actor, person=person)
    return await _end(ChannelIdentity.person == person, actor)


async def _end(
    which: Any, actor: Actor, *, here: tuple[str, str] | None = None, at: datetime | None = None
) -> int:  # fmt: skip
    """End these links; each chat is told, but the one that is being linked anew this moment, which is `at`: a link that
    ended after the new one began would make it the first, and the first does not cool down."""
    ended = (
        await ChannelIdentity.update({ChannelIdentity.ended_at: at or clock.now()})
        .where(which & ChannelIdentity.ended_at.is_null())
        .returning(*ChannelIdentity.all_columns())
    )
    for row in ended:
        audit.record("identity.unlinked", f"person:{row['person']}", by=actor, channel=row["channel"])
        # In the chat in which it was asked for, the talk itself says so.
        if actor.channel != row["channel"] and (row["account"], row["external_id"]) != here:
            for told in ENDED:
                await told(row)
    return len(ended)


async def cooling_until(person: int) -> datetime | None:
    """Until when pay and bank account stay shut after a chat was linked anew; None when they may be asked for.

    The first link of all proved itself by HR's code; after a break the number may have found another owner.
    """
    rows = await ChannelIdentity.select(ChannelIdentity.verified_at, ChannelIdentity.ended_at).where(
        ChannelIdentity.person == person
    )
    open_now = [row["verified_at"] for row in rows if row["ended_at"] is None]
    ended = [row["ended_at"] for row in rows if row["ended_at"] is not None]
    if not open_now or not ended or min(ended) > max(open_now):
        return None
    until: datetime = max(open_now) + COOLING
    return until if until > clock.now() else None


async def of_person(person: int) -> Sequence[ChannelIdentity]:
    """The chat accounts that speak for a person now."""
    return (
        await ChannelIdentity.objects()
        .where((ChannelIdentity.person == person) & ChannelIdentity.ended_at.is_null())
        .order_by(ChannelIdentity.id)
    )


async def companies_of(channel: str, account: str, names: Collection[str]) -> Sequence[int]:
    """Whose people these chats speak for, by id or by where messages go; for installation() to look up."""
    wanted = list(names) or [""]
    rows = await ChannelIdentity.select(ChannelIdentity.company).where(
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & (
            (ChannelIdentity.external_id.is_in(wanted) & ChannelIdentity.ended_at.is_null())
            | ChannelIdentity.place.is_in(wanted)
        )
    )  # fmt: skip
    return sorted({row["company"] for row in rows})


async def unreachable(channel: str, account: str, address: str) -> None:
    """The person has closed this chat to us: write to them elsewhere until they come back."""
    await ChannelIdentity.update({ChannelIdentity.unreachable_at: clock.now()}).where(_chat(channel, account, address))


async def shut(channel: str, account: str, address: str) -> None:
    """Its platform tells that the person has just closed this chat to us: HR is told before a message fails there."""
    now = clock.now()
    await ChannelIdentity.update({ChannelIdentity.unreachable_at: now, ChannelIdentity.shut_at: now}).where(
        _chat(channel, account, address) & ChannelIdentity.ended_at.is_null()
    )


async def reachable(identity: int) -> None:
    """The person wrote in this chat again: it is open to us."""
    await ChannelIdentity.update({ChannelIdentity.unreachable_at: None, ChannelIdentity.shut_at: None}).where(
        ChannelIdentity.id == identity
    )


def _chat(channel: str, account: str, address: str) -> Any:
    """This chat, by where messages to it go or by who writes there."""
    return (
        (ChannelIdentity.channel == channel) & (ChannelIdentity.account == account)
        & ((ChannelIdentity.place == address) | (ChannelIdentity.external_id == address))
    )  # fmt: skip
