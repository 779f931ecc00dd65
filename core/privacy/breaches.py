"""The breach desk: declared in one form, then everybody concerned is listed and every letter drafted; sent once.

The law gives three times 24 hours from the first sign (art. 46): to those whose data it was, and to the authority. The
same clock as for requests reminds the officer. A drill does all of it but sending.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core import audit, bulk, clock, database, jobs, vault
from core.accounts.roles import PROTECTION, SUPER
from core.approvals import chains, decisions
from core.audit import Actor
from core.errors import Refused
from core.messaging import mail, outbox
from core.messaging.messages import Message
from core.people.tables import Assignment, ChannelIdentity, Department, Employment, Location, Person
from core.phrases import one_line, phrase, saat
from core.privacy import breach_rules, deadlines
from core.privacy.breach_rules import (
    CHAT,
    CLOSED,
    DEPARTMENT,
    EVERYBODY,
    LISTING,
    LOCATION,
    MAIL,
    NUMBERS,
    OPEN,
    PAPER,
    PORTAL,
    SENDING,
    TOLD,
    Facts,
)
from core.privacy.breach_tables import Breach, BreachLetter

LETTER = "B"
LIST, SEND, REMIND = "privacy.breach_list", "privacy.breach_send", "privacy.breach_remind"
FACTS, CLOSING = "breach.facts", "breach.closing"
PART, AT_ONCE = 2_000, 200
MOST_NUMBERS = 500
LONGEST_AUTHORITY = 160


async def declare(
    *, whose: str, of: int | None, numbers: str, kinds: Sequence[str], facts: Facts, authority: str, found_at: datetime,
    by: Actor, drill: bool = False,
) -> Breach:  # fmt: skip
    """Write it down and have everybody concerned listed, in the open transaction.

    Refused: nobody chosen, no kind of data, too few words, a first sign that is still to come.
    """
    to = one_line(authority)
    if not kinds or any(one not in breach_rules.KINDS for one in kinds):
        raise Refused("breach.kinds_needed")
    for name in ("how", "handling", "advice"):
        if not breach_rules.SHORTEST <= len(getattr(facts, name)) <= breach_rules.LONGEST:
            raise Refused(f"breach.{name}_needed", least=breach_rules.SHORTEST, most=breach_rules.LONGEST)
    if any(len(getattr(facts, f"{name}_en")) > breach_rules.LONGEST for name in ("how", "handling", "advice")):
        raise Refused("breach.english_too_long", most=breach_rules.LONGEST)
    if not to or len(to) > LONGEST_AUTHORITY:
        raise Refused("breach.authority_needed", most=LONGEST_AUTHORITY)
    if found_at > clock.now():
        raise Refused("breach.found_later")
    people = await _named(whose, of, numbers)
    row = Breach(
        public=database.new_public(), number=await decisions.next_number(LETTER), drill=drill, state=LISTING,
        whose=whose, of=of, kinds=",".join(kinds), authority=to, found_at=found_at, declared_at=clock.now(),
        declared_by=by.name, facts=vault.seal(json.dumps(asdict(facts)), company=database.company(), column=FACTS),
    )  # fmt: skip
    await Breach.insert(row)
    if people:
        await _keep(row, people)
    await jobs.enqueue(LIST, row.id, 0)
    if not drill:
        await _remind_next(row, found_at)
    audit.record("breach.declared", f"breach:{row.id}", by=by, number=row.number, whose=whose, drill=drill)
    return row


async def _named(whose: str, of: int | None, numbers: str) -> Sequence[int]:
    """The people who were named; nobody where a job lists them."""
    if whose == EVERYBODY:
        return []
    if whose in (DEPARTMENT, LOCATION):
        table = Department if whose == DEPARTMENT else Location
        if of is None or not await table.exists().where(table.id == of):
            raise Refused("breach.whose_needed")
        return []
    if whose != NUMBERS or not numbers.strip():
        raise Refused("breach.whose_needed")
    asked = list(dict.fromkeys(numbers.replace(",", " ").replace(";", " ").split()))[: MOST_NUMBERS + 1]
    if len(asked) > MOST_NUMBERS:
        raise Refused("breach.too_many_numbers", most=MOST_NUMBERS)
    rows = await Employment.select(Employment.number, Employment.person).where(Employment.number.is_in(asked))
    known = {row["number"] for row in rows}
    missing = [one for one in asked if one not in known]
    if missing:
        raise Refused("breach.numbers_unknown", numbers=", ".join(missing[:10]))
    return sorted({row["person"] for row in rows})


@jobs.job(LIST, lane=jobs.BULK)
async def list_part(company: int, number: int, after: int) -> None:
    """List the next who are concerned; whoever follows them is listed by a job of its own."""
    last = await list_next(company, number, after)
    if last is not None:
        async with database.transaction(company):
            await jobs.enqueue(LIST, number, last)


async def list_next(company: int, number: int, after: int) -> int | None:
    """List the next who are concerned, each with the way by which they are reached; whom it ended with, or None when
    all are there and it is open."""
    async with database.transaction(company):
        await database.lock(Breach, number)
        row = await Breach.objects().where(Breach.id == number).first()
        if row is None or row.state != LISTING:
            return None
        rows = [] if row.whose == NUMBERS else await _next(row, after)
        if rows:
            await _keep(row, [one["person"] for one in rows])
        if len(rows) == PART:
            return int(rows[-1]["person"])
        people = await BreachLetter.count().where(BreachLetter.breach == number)
        await Breach.update({Breach.state: OPEN, Breach.people: people}).where(Breach.id == number)
        return None


async def _next(row: Breach, after: int) -> list[dict[str, Any]]:
    """Everybody of whom something is kept, also who has left: their data are as exposed."""
    wanted: Any = Employment.person > after
    if row.whose in (DEPARTMENT, LOCATION):
        column = Assignment.department if row.whose == DEPARTMENT else Assignment.location
        wanted = wanted & Employment.id.is_in(Assignment.select(Assignment.employment).where(column == row.of))
    found: list[dict[str, Any]] = (
        await Employment.select(Employment.person).where(wanted).group_by(Employment.person).order_by(
            Employment.person
        ).limit(PART)
    )  # fmt: skip
    return found


async def _keep(row: Breach, people: Sequence[int]) -> None:
    ways = await _ways(people)
    told = [{"breach": row.id, "person": one, "way": ways[one], "sent_at": None} for one in people]
    await bulk.insert(BreachLetter, told, passing_over=True)


async def _ways(people: Sequence[int]) -> Mapping[int, str]:
    """By which way each of these is reached: their chat, their mail, their pages, or a letter on paper."""
    chats = {
        row["person"]
        for row in await ChannelIdentity.select(ChannelIdentity.person).where(
            ChannelIdentity.person.is_in(list(people)) & ChannelIdentity.ended_at.is_null()
            & ChannelIdentity.unreachable_at.is_null()
        )
    }  # fmt: skip
    rows = await Person.select(Person.id, Person.email).where(Person.id.is_in(list(people)))
    mails = {row["id"] for row in rows if row["email"]}
    here = {
        row["person"]
        for row in await Employment.select(Employment.person).where(
            Employment.person.is_in(list(people)) & Employment.leaves.is_null()
        )
    }
    return {one: CHAT if one in chats else MAIL if one in mails else PORTAL if one in here else PAPER for one in people}


async def send(row: Breach, *, by: Actor) -> None:
    """Have every letter go, each once, in the open transaction. Refused: a drill, a list that is not ready."""
    await database.lock(Breach, row.id)
    fresh = await Breach.objects().where(Breach.id == row.id).first()
    assert fresh is not None
    if fresh.drill:
        raise Refused("breach.drill_sends_nothing")
    if fresh.state == LISTING:
        raise Refused("breach.still_listing")
    if fresh.state != OPEN:
        raise Refused("breach.sent_already")
    await Breach.update({Breach.state: SENDING}).where(Breach.id == row.id)
    await jobs.enqueue(SEND, row.id, 0)
    audit.record("breach.sent", f"breach:{row.id}", by=by, number=row.number, people=fresh.people)


@jobs.job(SEND, lane=jobs.BULK)
async def send_part(company: int, number: int, after: int) -> None:
    """Put the next letters on their way; whom only paper reaches stays on the list that is printed."""
    async with database.transaction(company):
        await database.lock(Breach, number)
        row = await Breach.objects().where(Breach.id == number).first()
        if row is None or row.state != SENDING:
            return
        mine = (BreachLetter.breach == number) & (BreachLetter.id > after)
        letters = await BreachLetter.objects().where(mine).order_by(BreachLetter.id).limit(AT_ONCE)
        languages = {
            one["id"]: one["language"]
            for one in await Person.select(Person.id, Person.language).where(
                Person.id.is_in([one.person for one in letters] or [0])
            )
        }
        told, gone = facts_of(row), list[int]()
        for one in letters:
            if one.way == PAPER or one.sent_at is not None:
                continue
            await _post(row, told, one, languages[one.person])
            gone.append(one.id)
        if gone:
            await BreachLetter.update({BreachLetter.sent_at: clock.now()}).where(BreachLetter.id.is_in(gone))
        values: dict[Any, Any] = {Breach.sent: row.sent + len(gone)}
        if len(letters) < AT_ONCE:
            values |= {Breach.state: TOLD, Breach.sent_at: clock.now()}
        else:
            await jobs.enqueue(SEND, number, letters[-1].id)
        await Breach.update(values).where(Breach.id == number)


async def _post(row: Breach, facts: Facts, one: BreachLetter, language: str) -> None:
    filled = breach_rules.letter(facts, row.kinds.split(","), language, number=row.number)
    mark = f"breach:{row.id}:{one.person}"
    if one.way == MAIL:
        await mail.post(
            "breach.mail", to=f"person:{one.person}", language=language, dedupe=mark, person=one.person, **filled
        )
        return
    message = Message("breach.letter", phrase("breach.letter", language, **filled), language=language)
    await outbox.post_once(await outbox.address_of(one.person), message, dedupe=mark)


async def told_authority(row: Breach, *, by: Actor) -> None:
    """The officer handed the notice to the authority."""
    if row.drill:
        raise Refused("breach.drill_sends_nothing")
    if row.authority_told_at is None:
        await Breach.update({Breach.authority_told_at: clock.now()}).where(Breach.id == row.id)
        audit.record("breach.authority_told", f"breach:{row.id}", by=by, number=row.number)


async def close(row: Breach, learnt: str, *, by: Actor) -> None:
    """It is over: what was learnt stands beside it. Refused: somebody was not told, or no word on it."""
    words = one_line(learnt)
    if not breach_rules.SHORTEST <= len(words) <= breach_rules.LONGEST:
        raise Refused("breach.learnt_needed", least=breach_rules.SHORTEST, most=breach_rules.LONGEST)
    if row.state == CLOSED:
        raise Refused("breach.closed_already")
    if row.state in (LISTING, SENDING):
        raise Refused("breach.still_listing")
    if not row.drill and (row.state != TOLD or row.authority_told_at is None):
        raise Refused("breach.not_told_yet")
    sealed = vault.seal(words, company=database.company(), column=CLOSING)
    await Breach.update({Breach.state: CLOSED, Breach.closed_at: clock.now(), Breach.closing: sealed}).where(
        Breach.id == row.id
    )
    audit.record("breach.closed", f"breach:{row.id}", by=by, number=row.number)


# -- the clock ---------------------------------------------------------------------------------------------------------


async def _remind_next(row: Breach, since: datetime) -> None:
    ahead = deadlines.following(row.found_at, max(since, clock.now()))
    if ahead is not None:
        mark = f"{REMIND}:{database.company()}:{row.id}:{ahead.isoformat()}"
        await jobs.enqueue(REMIND, row.id, run_at=ahead, dedupe=mark)


@jobs.job(REMIND, lane=jobs.PROMPT)
async def remind(company: int, number: int) -> None:
    """Tell the officers, and at the end the top, that people or the authority are still to be told."""
    async with database.transaction(company):
        row = await Breach.objects().where(Breach.id == number).first()
        if row is None or row.state == CLOSED or (row.state == TOLD and row.authority_told_at is not None):
            return
        now = clock.now()
        for hours in deadlines.to_tell(row.found_at, now, ()):
            for one in await chains.holders([PROTECTION, SUPER]):
                by = saat(deadlines.due(row.found_at), one.zone, one.language)
                key = "breach.told_late" if hours == deadlines.OVERDUE else "breach.told_hours"
                told = phrase(key, one.language, number=row.number, by=by, hours=str(hours))
                await outbox.post_once(
                    await outbox.address_of(one.person), Message(key, told, language=one.language),
                    dedupe=f"breach:{row.id}:hours:{hours}:{one.person}",
                )  # fmt: skip
        await _remind_next(row, now)


# -- reading -----------------------------------------------------------------------------------------------------------


def facts_of(row: Breach) -> Facts:
    """What was written about it."""
    return Facts(**json.loads(vault.unseal(row.facts, company=row.company, column=FACTS)))


def closing_of(row: Breach) -> str:
    """What was learnt of it; empty while it is open."""
    return vault.unseal(row.closing, company=row.company, column=CLOSING) if row.closing else ""


async def of_public(public: str) -> Breach | None:
    """The breach at this address."""
    found: Breach | None = await Breach.objects().where(Breach.public == public).first()
    return found


async def ways_of(row: Breach) -> Mapping[str, int]:
    """How many are reached by which way."""
    return {
        way: await BreachLetter.count().where((BreachLetter.breach == row.id) & (BreachLetter.way == way))
        for way in breach_rules.WAYS
    }
