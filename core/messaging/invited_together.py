"""Many people invited at once: mailed where there is an address and a server, and otherwise written onto a sheet.

Each part of them is a job, which says what became of everybody in it and has the next part done after its mails: so it
ends before its lease does, and answers in the chats wait behind one part of the mail, not behind all of it. What was
not used can be taken back as a whole.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from core import audit, bulk, clock, database, jobs, settings, vault
from core.accounts import inviting, joining, offers, reach
from core.accounts.inviting import Choice
from core.accounts.tables import Block, Company, Invitation, InvitationBatch, Invited, Token
from core.audit import Actor
from core.errors import Refused
from core.messaging import entrances, mail
from core.messaging.account_mail import url
from core.messaging.entrances import Entrance
from core.people import directory, identities, standing
from core.people.directory import Employee
from core.people.tables import Person
from core.phrases import saat

RUNNING, DONE, REVOKED = "running", "done", "revoked"
WAITING, MAILED, SHEET, STOPPED, REFUSED = "waiting", "mailed", "sheet", "stopped", "refused"
ABOVE, BLOCKED, OFTEN, GONE = "above", "blocked", "often", "gone"  # why somebody was not invited
INVITE = "invitations.invite"
MARK = "mail:invitation:"
PART = 25
CODE = "invitation.code"


async def begin(company: int, choice: Choice, *, by: Actor) -> str:
    """Have everybody who is chosen invited; returns the address of the batch. One at a time."""
    async with database.transaction(company):
        await database.lock_name(f"invitations:{company}")
        if await InvitationBatch.exists().where(InvitationBatch.state == RUNNING):
            raise Refused("invitations.running")
        spells = await inviting.spells(choice)  # in the order in which codes are handed out
        if not spells:
            raise Refused("invitations.nobody")
        batch = InvitationBatch(
            public=database.new_public(), by=by.name, state=RUNNING, total=len(spells), made_at=clock.now()
        )
        await InvitationBatch.insert(batch)
        await bulk.insert(Invited, ({"batch": batch.id, "employment": one, "outcome": WAITING} for one in spells))
        audit.record("invitations.begun", f"invitations:{batch.id}", by=by, people=len(spells))
        await jobs.enqueue(INVITE, batch.id, by.name, by.channel, 0)
        return str(batch.public)


@jobs.job(INVITE, lane=jobs.BULK)
async def invite(company: int, number: int, name: str, channel: str, done: int | None = None) -> None:
    """Invite the next of a batch who still wait, and have the rest follow, until it is taken back; `done` are those who
    were gone through when this was written down: a job that is repeated after its part was kept does nothing."""
    async with database.transaction(company):
        await _part(number, Actor(name, channel), done)


async def _part(number: int, by: Actor, done: int | None) -> None:
    await database.lock(InvitationBatch, number)  # who takes it back waits for this part, and ends its codes too
    batch = await InvitationBatch.objects().get(InvitationBatch.id == number)
    assert batch is not None
    if batch.state != RUNNING or (done is not None and batch.done != done):
        return
    rows = (
        await Invited.select(Invited.id, Invited.employment)
        .where((Invited.batch == number) & (Invited.outcome == WAITING))
        .order_by(Invited.id)
        .limit(PART)
    )
    if not rows:
        await InvitationBatch.update({InvitationBatch.state: DONE, InvitationBatch.finished_at: clock.now()}).where(
            InvitationBatch.id == number
        )
        return
    spells = [row["employment"] for row in rows]
    here = {one.id: one for one in await directory.several(spells, at_work=True)}
    why = await _in_the_way(list(here.values()), by)
    whom = [one for one in here.values() if one.id not in why]
    made = await _invite(whom, by)
    told = [
        {
            "id": row["id"], "invitation": None, "token_hash": None,
            "outcome": why.get(row["employment"], GONE), **made.get(row["employment"], {}),
        }
        for row in rows
    ]  # fmt: skip
    await bulk.update(Invited, told, Invited.outcome, Invited.invitation, Invited.token_hash)
    reached = batch.done + len(rows)
    await InvitationBatch.update({InvitationBatch.done: reached}).where(InvitationBatch.id == number)
    await jobs.enqueue(INVITE, number, by.name, by.channel, reached)


async def _in_the_way(whom: Sequence[Employee], by: Actor) -> dict[int, str]:
    """Who of these may not be invited, and why: as with one invitation."""
    people = [one.person for one in whom] or [0]
    far = (await reach.of(by)).people
    shut = await Block.select(Block.person).where(Block.person.is_in(people) & Block.lifted_at.is_null())
    since = clock.now() - identities.INVITED_WITHIN + identities.CODE_LIFE
    lately = await Invitation.select(Invitation.employment.person.as_alias("person")).where(
        Invitation.employment.person.is_in(people) & (Invitation.expires_at > since)
    )
    often = Counter(row["person"] for row in lately)
    blocked = {row["person"] for row in shut}
    found = {}
    for one in whom:
        if one.person in far:
            found[one.id] = ABOVE
        elif one.person in blocked:
            found[one.id] = BLOCKED
        elif often[one.person] >= identities.MOST_INVITATIONS:
            found[one.id] = OFTEN
    return found


async def _invite(whom: Sequence[Employee], by: Actor) -> dict[int, dict[str, Any]]:
    """Make everybody's code, and mail it or keep it for the sheet."""
    served, expires = bool(settings.current().smtp_url), clock.now() + identities.CODE_LIFE
    vault.prepare(database.company(), [one.person for one in whom])
    rows = await Person.select(Person.id, Person.email).where(Person.id.is_in([one.person for one in whom] or [0]))
    sealed = {row["id"]: row["email"] for row in rows if row["email"] and served}
    company = await Company.objects().get(Company.id == database.company())
    assert company is not None
    open_here = await entrances.open_here() if sealed else ()
    await identities.replace([one.id for one in whom])
    numbers = dict(zip((one.id for one in whom), await bulk.reserve(Invitation, len(whom)), strict=True))
    codes = {one.id: identities.new_code() for one in whom}
    await bulk.insert(
        Invitation,
        [
            {
                "id": numbers[one.id], "employment": one.id, "code_hash": identities.hash_of(codes[one.id]),
                "expires_at": expires,
                "code": None if one.person in sealed else _seal(codes[one.id], one.person),
            }
            for one in whom
        ],
    )  # fmt: skip
    made: dict[int, dict[str, Any]] = {}
    for one in whom:
        audit.record("invitation.made", f"employment:{one.id}", by=by)
        made[one.id] = {"outcome": SHEET, "invitation": numbers[one.id]}
        if one.person in sealed:
            email = vault.unseal(
                sealed[one.person], company=one.company, column="person.email", subject=one.person
            )  # fmt: skip
            secret = await _mail(one, email, codes[one.id], expires, company.name, open_here, by)
            made[one.id] |= {"outcome": MAILED, "token_hash": joining.digest(secret) if secret else None}
    return made


async def _mail(
    one: Employee, email: str, code: str, expires: datetime, company: str, chats: Sequence[Entrance], by: Actor
) -> str | None:  # fmt: skip
    account, asked = await joining.offer(email, "employee", person=one.person, language=one.language, by=by)
    secret = await joining.way_in(account, asked)
    await mail.post(
        "accounts.mail_invitation_portal" if secret else "accounts.mail_invitation", to=f"person:{one.person}",
        language=one.language, dedupe=_mark(identities.hash_of(code)), company=company, code=identities.spelled(code),
        until=saat(expires, one.zone, one.language), link=url("sign-in", secret) if secret else "",
        where=entrances.where(chats, one.language, identities.spelled(code)),
    )  # fmt: skip
    return secret


def _mark(code_hash: str) -> str:
    """By what the mail that holds a code is found in the outbox."""
    return f"{MARK}{code_hash[:32]}"


def _seal(code: str, person: int) -> str:
    return vault.seal(code, company=database.company(), column=CODE, subject=person)


async def revoke(company: int, public: str, *, by: Actor) -> None:
    """Take back what was not used: codes and links open nothing any more, mail that holds them and has not left stays
    here, and who still waits is not invited."""
    async with database.transaction(company):
        found = await InvitationBatch.select(InvitationBatch.id).where(InvitationBatch.public == public).first()
        await database.lock(InvitationBatch, found["id"] if found else 0)
        batch = await InvitationBatch.objects().where(InvitationBatch.public == public).first()
        if batch is None or batch.state == REVOKED:
            raise Refused("invitations.revoked_already")
        far = (await reach.of(by)).people
        mine = Invited.batch == batch.id
        got = mine & Invited.invitation.is_not_null()
        if far and await Invited.exists().where(got & Invited.employment.person.is_in(list(far))):
            raise Refused("invitations.above_you")
        await InvitationBatch.update(
            {InvitationBatch.state: REVOKED, InvitationBatch.revoked_at: clock.now()}
        ).where(InvitationBatch.id == batch.id)  # fmt: skip
        await Invited.update({Invited.outcome: STOPPED}).where(mine & (Invited.outcome == WAITING))
        theirs = Invited.select(Invited.invitation).where(mine & Invited.invitation.is_not_null())
        ended = await _end(Invitation.id.is_in(theirs), mine)
        audit.record("invitations.revoked", f"invitations:{batch.id}", by=by, people=ended)


@standing.lets_go
async def never_began(spells: Collection[int]) -> None:
    """The file that brought them was taken back: their codes and links open nothing, unsent mail is withdrawn."""
    some = list(spells)
    await _end(Invitation.employment.is_in(some), Invited.employment.is_in(some))


async def refused(dedupe: str) -> None:
    """The mail of this name reached no mailbox: whoever was invited by it is not said to have been mailed."""
    company, _, mark = dedupe.partition(":")
    if not mark.startswith(MARK) or not company.isdecimal():
        return
    first = mark.removeprefix(MARK)
    of_it = (Invitation.code_hash >= first) & (Invitation.code_hash < first + "g")  # what follows is hexadecimal
    row = await Invitation.select(Invitation.id).where(of_it).first()
    if row is not None:
        mailed = (Invited.invitation == row["id"]) & (Invited.outcome == MAILED)
        await Invited.update({Invited.outcome: REFUSED}).where(mailed)


async def _end(invitations: Any, invited: Any) -> int:
    """End the codes that nobody used, withdraw the mail that holds them and has not left, and shut its links; returns
    how many there were."""
    ended = (
        await Invitation.update({Invitation.replaced: True, Invitation.code: None})
        .where(invitations & Invitation.used_at.is_null())
        .returning(Invitation.code_hash)
    )
    await mail.withdraw([_mark(row["code_hash"]) for row in ended])
    links = await Invited.select(Invited.token_hash).where(invited & Invited.token_hash.is_not_null())
    for some in _parts([row["token_hash"] for row in links]):
        unused = Token.token_hash.is_in(some) & Token.used_at.is_null()
        await Token.update({Token.used_at: clock.now()}).where(unused)
    whom = await Invited.select(Invited.employment.person.as_alias("person")).where(
        invited & Invited.invitation.is_not_null()
    )
    await offers.uninvite({row["person"] for row in whom})
    return len(ended)


def _parts(values: Sequence[Any]) -> list[list[Any]]:
    return [list(values[start : start + bulk.AT_A_TIME]) for start in range(0, len(values), bulk.AT_A_TIME)]
