"""Reports of misuse: taken in by any door, read by those alone who look into them and are not named, and never with
the name of who reported, unless they said so (decision 0117).

A report about whoever runs a company's Serambi, or about the service itself, is the operator's. It goes there by a job:
no transaction spans two companies.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core import audit, clock, database, jobs, vault
from core.accounts import operators
from core.accounts.acts_in import OPERATOR
from core.accounts.joining import EMAIL_COLUMN
from core.accounts.roles import ADMINISTRATOR, PROTECTION, SUPER
from core.accounts.tables import Account, Company, Membership
from core.approvals import chains
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import outsiders, reports
from core.messaging import mail, outbox
from core.messaging.messages import Message
from core.people.names import plain
from core.people.tables import Employment, Person
from core.phrases import one_line, phrase
from core.privacy import misuse_way, officers, whose
from core.privacy.misuse_tables import MisuseEvent, MisuseNamed, MisuseReport

LETTER, DIGITS = "M", 6
CARRY = "misuse.carry"
REPORTER = "reporter"  # by whom it is, wherever the trail would name somebody
MOST_MEANT = 5
ADDRESSED = frozenset("pak bapak ibu bang kak mas mbak sdr saudara mrs miss sir admin".split())
POSTS = frozenset(
    "admin administrator superadmin dpo pelindungan perlindungan protection".split()
)  # whose posts these are
RUN_IT = (SUPER, ADMINISTRATOR, PROTECTION)  # about these, a company does not look into itself


@dataclass(frozen=True)
class Told:
    """What somebody reports, and of themself nothing, a name that stays sealed, or a name that may be shown."""

    about: str
    accused: str
    words: str
    reporter: int | None = None
    name: str = ""
    shows_name: bool = False


@dataclass(frozen=True)
class Receipt:
    """What opens it again, shown once, and who looks into it."""

    number: str
    secret: str
    desk: str


async def desk_for(about: str, accused: str) -> str:
    """Who looks into it; in the company's scope. Where somebody who runs it may be meant, it is not the company."""
    if about == misuse_way.SERVICE:
        return misuse_way.OPERATOR
    said = set(_parts(accused))
    for person in await _meant(accused):
        if await runs_it(person):
            return misuse_way.OPERATOR
    called = [*(one.name for one in await chains.holders(RUN_IT)), *await _outside(RUN_IT)]
    alike = bool(set(plain(accused).split()) & POSTS) or any(said & set(_parts(one)) for one in called)
    return misuse_way.OPERATOR if alike else misuse_way.COMPANY


async def _outside(roles: Sequence[str]) -> Sequence[str]:
    """What those are called who have one of these roles and are nobody's employee, as far as their address tells."""
    rows = await Membership.select(Membership.account).where(
        Membership.role.is_in(list(roles)) & Membership.person.is_null()
    )
    found = await Account.select(Account.email).where(Account.id.is_in([one["account"] for one in rows] or [0]))
    return [vault.unseal(one["email"], company=0, column=EMAIL_COLUMN).partition("@")[0] for one in found]


async def is_meant(row: MisuseReport, by: Actor) -> bool:
    """Whether an account that is nobody's employee may be who is reported: nothing else shuts it to them."""
    kind, _, number = by.name.partition(":")
    if kind != "account":
        return False
    found = await Account.select(Account.email).where(Account.id == int(number)).first()
    mail_ = vault.unseal(found["email"], company=0, column=EMAIL_COLUMN) if found else ""
    return bool(set(_parts(mail_.partition("@")[0])) & set(_parts(opened_of(row, "accused"))))


async def runs_it(person: int) -> bool:
    """Whether they administer this company, or look after its data."""
    return await Membership.exists().where((Membership.person == person) & Membership.role.is_in(list(RUN_IT)))


async def submit(told: Told, *, channel: str, language: str) -> Receipt:
    """Take it in, in the open transaction of the company it is about. Refused: nothing said, or too much."""
    accused, words = one_line(told.accused), told.words.strip()
    misuse_way.check_told(told.about, accused, words)
    here = await at_operator()
    desk = misuse_way.OPERATOR if here else await desk_for(told.about, accused)
    goes = desk == misuse_way.OPERATOR and not here
    number = f"{LETTER}-" + "".join(secrets.choice(reports.LETTERS) for _ in range(DIGITS))
    secret, named = reports.new_secret(), ""
    if told.shows_name:
        named = told.name.strip() or await _name(told.reporter)
    who = await outsiders.by_report(named or phrase("publicform.nameless", language), language=language)
    row = MisuseReport(
        public=database.new_public(), number=number, about=told.about, desk=desk, person=who.person,
        words=seal(words, "words", who.person), accused=seal(accused, "accused", who.person) if accused else None,
        reporter=seal(str(told.reporter), "reporter", who.person) if told.reporter is not None and not goes else None,
        shows_name=bool(named), channel=channel, secret_index=reports.index_of(secret), state=misuse_way.RECEIVED,
        received_at=clock.now(),
    )  # fmt: skip
    await MisuseReport.insert(row)
    if goes:
        await jobs.enqueue(CARRY, row.id)
    else:
        for person in await _meant(accused):
            await name(row, person, by=REPORTER)
        await note(row, misuse_way.RECEIVED, by=REPORTER, words=words, public=True)
        await _tell_desk(row)
    audit.record("misuse.received", f"misuse_report:{row.id}", by=Actor("serambi", channel), number=number)
    return Receipt(number, reports.grouped(secret), desk)


async def by_form(company: str, told: Told, *, language: str) -> Receipt:
    """The same of a stranger, who types the company in full and is told alike whether it is here."""
    typed = reports.typed_company(company)
    found, theirs = await reports.called(typed)
    async with database.transaction(found):
        receipt = await submit(told, channel=reports.CHANNEL, language=language)
        if not theirs:
            row = await MisuseReport.objects().where(MisuseReport.number == receipt.number).first()
            assert row is not None
            said = phrase("misuse.unknown_company", language, company=typed)
            await note(row, misuse_way.NOTED, by="serambi", words=said)
    return receipt


@jobs.job(CARRY)
async def carry(company: int, number: int) -> None:
    """Bring it to the operator's desk, once, and leave nothing of it at the company's."""
    async with database.reading(company):
        row = await MisuseReport.objects().where(MisuseReport.id == number).first()
        if row is None or row.words is None:
            return
        place = await Company.select(Company.name).where(Company.id == company).first()
        who = await Person.select(Person.name, Person.language).where(Person.id == row.person).first()
        said = [opened(one) for one in await events_of(row) if one.public and one.by == REPORTER]
        words, accused = opened_of(row, "words"), opened_of(row, "accused")
    assert place is not None and who is not None
    async with database.transaction(await operators.company()):
        await database.lock_name(f"misuse:{row.number}")
        if not await MisuseReport.exists().where(MisuseReport.number == row.number):
            there = await outsiders.by_report(who["name"], language=who["language"])
            made = MisuseReport(
                public=database.new_public(), number=row.number, about=row.about, desk=misuse_way.OPERATOR,
                origin=place["name"][:120], person=there.person, words=seal(words, "words", there.person),
                accused=seal(accused, "accused", there.person) if accused else None, shows_name=row.shows_name,
                channel=row.channel, secret_index=row.secret_index, state=misuse_way.RECEIVED,
                received_at=row.received_at,
            )  # fmt: skip
            await MisuseReport.insert(made)
            for one, kind in ((words, misuse_way.RECEIVED), *((more, misuse_way.ADDED) for more in said)):
                await note(made, kind, by=REPORTER, words=one, public=True)
            by = Actor("serambi", "job")
            audit.record("misuse.received", f"misuse_report:{made.id}", by=by, number=row.number)
            await _tell_desk(made)
    async with database.transaction(company):
        await MisuseReport.update(
            {
                MisuseReport.words: None, MisuseReport.accused: None, MisuseReport.reporter: None,
                MisuseReport.secret_index: None, MisuseReport.state: misuse_way.CARRIED,
            }
        ).where(MisuseReport.id == row.id)  # fmt: skip
        await Person.update({Person.name: "?", Person.search: ""}).where(Person.id == row.person)


async def name(row: MisuseReport, person: int, *, by: str) -> None:
    """Shut it to somebody whom it names."""
    if not await MisuseNamed.exists().where((MisuseNamed.report == row.id) & (MisuseNamed.person == person)):
        await MisuseNamed.insert(MisuseNamed(report=row.id, person=person, at=clock.now(), by=by))
    elif by != REPORTER:  # one of several who may have been meant: now somebody says that it is them
        here = (MisuseNamed.report == row.id) & (MisuseNamed.person == person)
        await MisuseNamed.update({MisuseNamed.by: by}).where(here & (MisuseNamed.by == REPORTER))


async def named_in(row: MisuseReport) -> Sequence[int]:
    """Whom it names."""
    rows = await MisuseNamed.select(MisuseNamed.person).where(MisuseNamed.report == row.id).order_by(MisuseNamed.id)
    return [int(one["person"]) for one in rows]


async def meant_by(row: MisuseReport) -> Sequence[int]:
    """Who is surely meant: the only one it names, or those whom somebody who looks into it wrote down."""
    rows = await MisuseNamed.select(MisuseNamed.person, MisuseNamed.by).where(MisuseNamed.report == row.id)
    sure = rows if len(rows) == 1 else [one for one in rows if one["by"] != REPORTER]
    return [int(one["person"]) for one in sure]


async def note(row: MisuseReport, kind: str, *, by: str, words: str = "", public: bool = False) -> None:
    """Write down that something happened to it."""
    sealed = seal(words, "words", row.person, table="misuse_event") if words else None
    await MisuseEvent.insert(
        MisuseEvent(report=row.id, person=row.person, kind=kind, at=clock.now(), by=by, public=public, words=sealed)
    )


async def events_of(row: MisuseReport, *, public: bool = False) -> Sequence[MisuseEvent]:
    """All that happened to it, in order; with `public` only what whoever reported may read."""
    where: Any = MisuseEvent.report == row.id
    if public:
        where = where & (MisuseEvent.public == True)  # noqa: E712
    return list(await MisuseEvent.objects().where(where).order_by(MisuseEvent.id))


async def tell_reporter(row: MisuseReport) -> None:
    """Tell who gave their name that there is news: where it is read, and nothing of it, for chats lie open."""
    told = opened_of(row, "reporter")
    if not told:
        return
    person = int(told)
    language = await Person.select(Person.language).where(Person.id == person).first()
    if language is None:
        return
    text = phrase("misuse.news", language["language"], number=row.number)
    message = Message("misuse.news", text, language=language["language"])
    happened = await MisuseEvent.count().where(MisuseEvent.report == row.id)
    dedupe = f"misuse:{row.number}:news:{happened}"
    await outbox.post(await outbox.address_of(person), message, dedupe=dedupe)


def opened_of(row: MisuseReport, column: str) -> str:
    """What a sealed column says; empty where nothing stands in it."""
    envelope = getattr(row, column)
    if envelope is None:
        return ""
    return vault.shown(envelope, company=row.company, column=f"misuse_report.{column}", subject=row.person)


def opened(event: MisuseEvent) -> str:
    """The words of something that happened."""
    if event.words is None:
        return ""
    return vault.shown(event.words, company=event.company, column="misuse_event.words", subject=event.person)


def seal(words: str, column: str, person: int, *, table: str = "misuse_report") -> str:
    """Seal what stands in this column."""
    return vault.seal(words, company=database.company(), column=f"{table}.{column}", subject=person)


async def _tell_desk(row: MisuseReport) -> None:
    """Tell those who look into it, and are not named, that one came."""
    shut = set(await named_in(row))
    for roles in ([PROTECTION], [SUPER]):
        if found := [one for one in await chains.holders(roles) if one.person not in shut]:
            break
    for one in found:
        text = phrase("misuse.came", one.language, number=row.number)
        message = Message("misuse.came", text, language=one.language)
        await outbox.post(
            await outbox.address_of(one.person), message, dedupe=f"misuse:{row.number}:{one.person}"
        )  # fmt: skip
    for account, language in (await officers.outside()).items():
        told = phrase("misuse.came", language, number=row.number)
        await mail.post(
            "misuse.mail", to=f"account:{account}", language=language, told=told, number=row.number,
            dedupe=f"misuse:{row.number}:account:{account}",
        )  # fmt: skip


async def _meant(accused: str) -> Sequence[int]:
    """Who is or may be meant by what was typed: it is shut to each of a few; nobody where it says too little."""
    try:
        return [(await whose.person_of(accused))[0]] if accused else []
    except Refused:
        parts = _parts(accused)
    wanted: Any = Employment.id > 0
    for part in parts:
        wanted = wanted & Employment.person.search.like(f"%{part}%")
    rows = await Employment.select(Employment.person).where(wanted).limit(MOST_MEANT * 3) if parts else []
    found = sorted({int(row["person"]) for row in rows})
    return found if len(found) <= MOST_MEANT else []


def _parts(called: str) -> Sequence[str]:
    """The parts of a name by which somebody is known; how they are addressed is none."""
    return [one for one in plain(called).split() if len(one) > 2 and one.isalnum() and one not in ADDRESSED]


async def at_operator() -> bool:
    """Whether the open scope is the operator's own."""
    return await Company.exists().where((Company.id == database.company()) & (Company.kind == OPERATOR))


async def _name(person: int | None) -> str:
    row = await Person.select(Person.name).where(Person.id == (person or 0)).first()
    return str(row["name"]) if row is not None else ""
