"""Looking into a report of misuse: who may, what is asked and found, and how it ends, which takes two."""

import json
from collections.abc import Sequence

from core import audit, clock, database
from core.accounts import blocks
from core.accounts.tables import Membership
from core.audit import Actor, AuditEntry
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import reports
from core.helpdesk.reports import Followed, Line
from core.people.tables import RevealRecord
from core.phrases import phrase
from core.privacy import breaches, misuse, misuse_way, officers, whose
from core.privacy.breach_tables import Breach
from core.privacy.misuse_tables import MisuseNamed, MisuseReport

MOST, SHOWN = 200, 40


async def readable(by: Actor, public: str | None = None) -> Sequence[MisuseReport]:
    """The reports that this reader may look into, the newest first: none that names them."""
    person = await officers.person_of(by)
    shut = await MisuseNamed.select(MisuseNamed.report).where(MisuseNamed.person == (person or 0))
    where = (MisuseReport.state != misuse_way.CARRIED) & MisuseReport.words.is_not_null()
    if not await misuse.at_operator():  # what is on its way there is nobody's here
        where = where & (MisuseReport.desk == misuse_way.COMPANY)
    if public is not None:
        where = where & (MisuseReport.public == public)
    if shut:
        where = where & MisuseReport.id.not_in([row["report"] for row in shut])
    rows = await MisuseReport.objects().where(where).order_by(MisuseReport.id, ascending=False).limit(MOST)
    return [
        one for one in rows
        if (await _reported(one) != person or person is None) and not await misuse.is_meant(one, by)
    ]  # fmt: skip


async def by_public(public: str, by: Actor) -> MisuseReport | None:
    """The report at this address, where this reader may look into it."""
    return next(iter(await readable(by, public)), None)


async def take(row: MisuseReport, *, by: Actor) -> None:
    """Look into it from now on."""
    await _step(row, misuse_way.LOOKING, by, public=True)
    await MisuseReport.update({MisuseReport.owner: by.name}).where(MisuseReport.id == row.id)
    await misuse.tell_reporter(row)


async def write(row: MisuseReport, words: str, *, by: Actor, asks: bool) -> None:
    """Ask whoever reported, or write something down for those who look into it."""
    told = _said(words)
    await _still_open(row)
    await misuse.note(row, misuse_way.ASKED if asks else misuse_way.NOTED, by=by.name, words=told, public=asks)
    if asks:
        await misuse.tell_reporter(row)


async def name(row: MisuseReport, typed: str, *, by: Actor) -> None:
    """Write down who is meant: from now on it is shut to them. Refused: nobody, oneself, or who runs the company, about
    whom a company does not look into itself: then it goes to the operator."""
    await _still_open(row)
    person, called = await whose.person_of(typed)
    if person == await officers.person_of(by):
        raise Refused("misuse.yourself")
    if await misuse.runs_it(person):
        raise Refused("misuse.runs_it")
    await misuse.name(row, person, by=by.name)
    await misuse.note(row, misuse_way.NAMED, by=by.name, words=called)
    audit.record("misuse.named", f"misuse_report:{row.id}", by=by, number=row.number)


async def keep_evidence(row: MisuseReport, *, by: Actor) -> int:
    """Keep what the record says of those who are named as it is now: which facts they looked at, and what they did.

    Returns how many lines there are. Refused: nobody is named.
    """
    await _still_open(row)
    people = await misuse.named_in(row)
    if not people:
        raise Refused("misuse.nobody_named")
    accounts = await Membership.select(Membership.account).where(Membership.person.is_in(list(people)))
    actors = [f"person:{one}" for one in people] + [f"account:{one['account']}" for one in accounts]
    shown = (RevealRecord.person.name.as_alias("name"), RevealRecord.field, RevealRecord.at)
    theirs = RevealRecord.select(*shown).where(RevealRecord.actor.is_in(actors))
    looks = await theirs.order_by(RevealRecord.id, ascending=False).limit(MOST)
    done = AuditEntry.select().where(AuditEntry.actor.is_in(actors))
    acts = await done.order_by(AuditEntry.id, ascending=False).limit(MOST)
    kept = {
        "looks": [[one["at"].isoformat(), one["field"], one["name"]] for one in looks],
        "acts": [[one["at"].isoformat(), one["action"], one["object"], one["seq"], one["hash"]] for one in acts],
    }
    await misuse.note(row, misuse_way.EVIDENCE, by=by.name, words=json.dumps(kept))
    audit.record("misuse.evidence", f"misuse_report:{row.id}", by=by, number=row.number)
    return len(looks) + len(acts)


def evidence_in_words(words: str, language: str) -> str:
    """What was kept, as it is read: the newest of it line by line."""
    kept = json.loads(words)
    lines = [f"{at[:16].replace('T', ' ')} UTC · {field} · {name_}" for at, field, name_ in kept["looks"]]
    lines += [f"{at[:16].replace('T', ' ')} UTC · {act} · {what} · #{seq}" for at, act, what, seq, _ in kept["acts"]]
    looks, acts = str(len(kept["looks"])), str(len(kept["acts"]))
    return phrase("misuse.evidence_is", language, looks=looks, acts=acts, lines="\n".join(lines[:SHOWN]))


async def propose(
    row: MisuseReport, outcome: str, answer: str, measures: Sequence[str], breach: str, *, by: Actor
) -> None:
    """Say how it should end; a second person agrees or gives it back."""
    told, number = answer.strip(), breach.strip().upper()
    people = await misuse.meant_by(row)
    misuse_way.check_outcome(outcome, told, measures, breach=number, named=bool(people))
    if number and not await Breach.exists().where(Breach.number == number):
        raise Refused("misuse.breach_unknown", number=number, letter=breaches.LETTER)
    await _step(row, misuse_way.PROPOSED, by, words=told)
    await MisuseReport.update(
        {
            MisuseReport.outcome: outcome, MisuseReport.answer: misuse.seal(told, "answer", row.person),
            MisuseReport.measures: ",".join(measures), MisuseReport.breach: number or None,
            MisuseReport.decided_by: by.name,
        }
    ).where(MisuseReport.id == row.id)  # fmt: skip


async def agree(row: MisuseReport, *, by: Actor) -> None:
    """The second person agrees: the measures are taken, and whoever reported is told. Refused to who proposed it."""
    await _second(row, by)
    assert row.outcome is not None
    changes = {MisuseReport.second_by: by.name, MisuseReport.decided_at: clock.now()}
    await MisuseReport.update(changes).where(MisuseReport.id == row.id)
    await _step(row, str(row.outcome), by, words=misuse.opened_of(row, "answer"), public=True)
    if misuse_way.BLOCK in row.measures.split(","):
        for person in await misuse.meant_by(row):
            await blocks.block(person, channel="web", by=by)
    await misuse.tell_reporter(row)


async def give_back(row: MisuseReport, words: str, *, by: Actor) -> None:
    """The second person does not agree, and says why."""
    told = _said(words)
    await _second(row, by)
    await _step(row, misuse_way.LOOKING, by)
    await misuse.note(row, misuse_way.BACK, by=by.name, words=told)


async def follow(number: str, secret: str, *, language: str) -> Followed:
    """The report with this number and secret. Refused: one sentence for whatever is wrong."""
    company, row = await _found(number, secret)
    async with database.reading(company):
        return await _shown(row, language)


async def add(number: str, secret: str, words: str, *, language: str) -> Followed:
    """Whoever reported adds something, or answers what was asked."""
    company, row = await _found(number, secret)
    async with database.transaction(company):
        await _hold(row)
        if row.state not in misuse_way.OPEN:
            raise Refused("misuse.over", number=row.number)
        await misuse.note(row, misuse_way.ADDED, by=misuse.REPORTER, words=_said(words), public=True)
        return await _shown(row, language)


async def _shown(row: MisuseReport, language: str) -> Followed:
    events = await misuse.events_of(row, public=True)
    lines = [
        Line(one.at, one.by == misuse.REPORTER, misuse.opened(one) or phrase(f"misuse.event_{one.kind}", language))
        for one in events
    ]
    if not any(one.kind == misuse_way.RECEIVED for one in events):  # it is on its way to the operator's desk
        lines.insert(0, Line(row.received_at, True, misuse.opened_of(row, "words")))
    return Followed(row.number, row.state, "", lines, (await promises.times()).held.zone)


async def _found(number: str, secret: str) -> tuple[int, MisuseReport]:
    """The company and the report, where it is now; everything that is wrong is the same."""
    async with database.installation(writes=False):
        rows = await MisuseReport.select(MisuseReport.company, MisuseReport.id).where(
            MisuseReport.secret_index == reports.index_of(secret)
        ).order_by(MisuseReport.id, ascending=False).limit(1)  # fmt: skip
    if not rows:
        raise Refused("publicform.not_found")
    async with database.reading(rows[0]["company"]):
        row = await MisuseReport.objects().where(MisuseReport.id == rows[0]["id"]).first()
    if row is None or not reports.same_number(number, row.number):
        raise Refused("publicform.not_found")
    return int(rows[0]["company"]), row


async def _step(row: MisuseReport, to: str, by: Actor, *, words: str = "", public: bool = False) -> None:
    await _hold(row)
    misuse_way.check(row.state, to)
    row.state = to
    await MisuseReport.update({MisuseReport.state: to}).where(MisuseReport.id == row.id)
    await misuse.note(row, to, by=by.name, words=words, public=public)
    audit.record(f"misuse.{to}", f"misuse_report:{row.id}", by=by, number=row.number)


async def _second(row: MisuseReport, by: Actor) -> None:
    await _hold(row)
    if row.state != misuse_way.PROPOSED:
        raise Refused("misuse.no_such_step")
    mine, theirs = await officers.person_of(by), await officers.person_of(str(row.decided_by))
    if row.decided_by == by.name or (mine is not None and mine == theirs):
        raise Refused("misuse.second_needed")


async def _hold(row: MisuseReport) -> None:
    if await database.lock(MisuseReport, row.id):
        fresh = await MisuseReport.objects().where(MisuseReport.id == row.id).first()
        assert fresh is not None
        for column in MisuseReport._meta.columns:
            setattr(row, column._meta.name, getattr(fresh, column._meta.name))


async def _still_open(row: MisuseReport) -> None:
    await _hold(row)
    if row.state not in misuse_way.OPEN:
        raise Refused("misuse.no_such_step")


async def _reported(row: MisuseReport) -> int | None:
    told = misuse.opened_of(row, "reporter")
    return int(told) if told else None


def _said(words: str) -> str:
    told = words.strip()
    if not told:
        raise Refused("misuse.words_needed")
    if len(told) > misuse_way.LONGEST:
        raise Refused("misuse.too_long", most=misuse_way.LONGEST, accused=misuse_way.LONGEST_ACCUSED)
    return told
