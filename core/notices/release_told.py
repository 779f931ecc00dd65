"""The news of a quarter reaches whoever wants it: counted first, then sent company by company, each person once, never
at night, and taken back as long as it has not left. The operator sees numbers alone (decision 0096)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, settings
from core.accounts import operators
from core.accounts.tables import Company
from core.audit import Actor
from core.errors import Refused
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.notices import releases
from core.notices.release_tables import NewsReach, NewsShare, ReleaseNews
from core.notices.releases import Notes
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Person
from core.phrases import phrase

COUNT, TELL, TAKE = "releases.count", "releases.tell", "releases.take_back"
KEY = "releases.told"
AT_ONCE, COUNTED_AT_ONCE = 100, 500
COUNTING, COUNTED, SENDING, DONE, STOPPED = "counting", "counted", "sending", "done", "stopped"
NEW, READY = "new", "ready"


@dataclass(frozen=True)
class Standing:
    """How the news of a quarter stands, over all companies."""

    row: ReleaseNews | None
    state: str  # new | counting | ready | sending | done | stopped
    companies: int = 0
    people: int = 0
    unwanted: int = 0
    told: int = 0
    taken: int = 0
    chats: Mapping[str, int] | None = None


def words(notes: Notes, language: str) -> str:
    """What is sent: the notes in one sentence, where all of them stand, and how to hear no more of it."""
    address = f"{settings.current().public_url}/releases/{notes.quarter.lower()}"
    return phrase(KEY, language, title=notes.titles[language], lead=notes.leads[language], address=address)


async def standing(quarter: str) -> Standing:
    """How far it is; needs the operator's row open."""
    row = await ReleaseNews.objects().where(ReleaseNews.quarter == quarter).first()
    if row is None:
        return Standing(None, NEW)
    found = await NewsReach.objects().where(NewsReach.news == row.id)
    chats: Counter[str] = Counter()
    for one in found:
        chats.update(json.loads(one.chats or "{}"))
    return Standing(
        row, _state(row, found), len(found), sum(one.people or 0 for one in found),
        sum(one.unwanted for one in found), sum(one.told for one in found), sum(one.taken for one in found),
        dict(chats.most_common()),
    )  # fmt: skip


def _state(row: ReleaseNews, found: Sequence[NewsReach]) -> str:
    if row.stopped_at is not None:
        return STOPPED
    if row.sent_at is not None:
        return DONE if all(one.state == DONE for one in found) else SENDING
    return COUNTING if any(one.state == COUNTING for one in found) else READY


async def count(notes: Notes, *, by: Actor) -> None:
    """Have it counted how many would get it, and where; nobody is told anything. Refused: it was sent already."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    async with database.transaction(await operators.company()):
        made = ReleaseNews(quarter=notes.quarter, by=by.name, counted_at=clock.now())
        await ReleaseNews.insert(made).on_conflict(action=OnConflictAction.do_nothing)
        row = await _held(notes.quarter)
        if row.sent_at is not None:
            raise Refused("releases.sent_already")
        await ReleaseNews.update({ReleaseNews.counted_at: clock.now()}).where(ReleaseNews.id == row.id)
        await NewsReach.delete().where(NewsReach.news == row.id)
        for origin in companies:
            await NewsReach.insert(NewsReach(news=row.id, origin=origin, state=COUNTING))
        await jobs.enqueue_each(COUNT, [(notes.quarter, origin) for origin in companies])


async def send(notes: Notes, *, by: Actor) -> None:
    """Send it to whoever wants it and has not had it. Refused: it is not counted yet, or on its way already."""
    async with database.transaction(await operators.company()):
        row = await _held(notes.quarter)
        found = await NewsReach.select(NewsReach.origin, NewsReach.state).where(NewsReach.news == row.id)
        if any(one["state"] == COUNTING for one in found):
            raise Refused("releases.not_counted")
        if row.sent_at is not None and row.stopped_at is None:
            raise Refused("releases.sent_already")
        sendings = row.sendings + 1
        changes = {
            ReleaseNews.sent_at: clock.now(), ReleaseNews.stopped_at: None, ReleaseNews.by: by.name,
            ReleaseNews.sendings: sendings,
        }  # fmt: skip
        await ReleaseNews.update(changes).where(ReleaseNews.id == row.id)
        await NewsReach.update({NewsReach.state: SENDING}).where(NewsReach.news == row.id)
        audit.record("release.sent", f"release:{row.id}", by=by, number=notes.quarter)
        await jobs.enqueue_each(TELL, [([notes.quarter, sendings], int(one["origin"])) for one in found])


async def take_back(notes: Notes, *, by: Actor) -> None:
    """Tell nobody else, and take back what has not left. Refused: it is not on its way."""
    async with database.transaction(await operators.company()):
        row = await _held(notes.quarter)
        if row.sent_at is None or row.stopped_at is not None:
            raise Refused("releases.not_sent")
        await ReleaseNews.update({ReleaseNews.stopped_at: clock.now()}).where(ReleaseNews.id == row.id)
        audit.record("release.taken_back", f"release:{row.id}", by=by, number=notes.quarter)
        found = await NewsReach.select(NewsReach.origin).where(NewsReach.news == row.id)
        await jobs.enqueue_each(TAKE, [([notes.quarter, row.sendings], int(one["origin"])) for one in found])


async def _held(quarter: str) -> ReleaseNews:
    """The row of a quarter, nobody else's until the end of the transaction. Refused: it was never counted."""
    row = await ReleaseNews.objects().where(ReleaseNews.quarter == quarter).first()
    if row is None:
        raise Refused("releases.not_counted")
    await database.lock(ReleaseNews, int(row.id))
    held: ReleaseNews | None = await ReleaseNews.objects().where(ReleaseNews.id == row.id).first()
    assert held is not None
    return held


@jobs.job(COUNT, lane=jobs.BULK)
async def count_one(company: int, quarter: str) -> None:
    """Count those of a company who would get it, by the chat that it would reach them in."""
    chats: Counter[str] = Counter()
    unwanted, after = 0, 0
    more: int | None = 0
    while more is not None:
        async with database.reading(company):
            people, more = await directory.batch(after, COUNTED_AT_ONCE)
            wanting = await _wanting(people)
            unwanted += len({one.person for one in people} - wanting)
            chats.update((await outbox.channels_of(wanting)).values())
        after = more or 0
    values = {
        NewsReach.people: chats.total(), NewsReach.unwanted: unwanted, NewsReach.chats: json.dumps(chats),
        NewsReach.state: COUNTED,
    }  # fmt: skip
    await _note(company, quarter, values, only=COUNTING)


async def _wanting(people: Sequence[Employee]) -> set[int]:
    mine = Person.id.is_in([one.person for one in people] or [0]) & (Person.news == True)  # noqa: E712
    return {row["id"] for row in await Person.select(Person.id).where(mine)}


@jobs.job(TELL, lane=jobs.BULK)
async def tell(company: int, which: tuple[str, int]) -> None:
    """Tell the next hundred of a company, and have the rest told after them."""
    quarter, sending = which
    notes = releases.of(quarter, clock.today(DEFAULT_ZONE))
    async with database.transaction(company):
        share = await _share(quarter, sending)
        if notes is not None and share.state == SENDING and share.sending == sending:
            people, more = await directory.batch(share.reached, AT_ONCE)
            told = await _post(notes, people)
            state = SENDING if more is not None else DONE
            changes = {
                NewsShare.reached: more or share.reached, NewsShare.told: share.told + told, NewsShare.state: state,
            }  # fmt: skip
            await NewsShare.update(changes).where(NewsShare.id == share.id)
            if more is not None:
                await jobs.enqueue(TELL, which)
    await _mirror(company, quarter)


async def _post(notes: Notes, people: Sequence[Employee]) -> int:
    """Put it on its way to those who want it and have not had it; returns how many those are."""
    wanting = await _wanting(people)
    name = f"{database.company()}:{_once(notes.quarter)}"
    asked = [f"{name}{one}" for one in wanting]
    had = {row["dedupe"] for row in await Outbound.select(Outbound.dedupe).where(Outbound.dedupe.is_in(asked or [""]))}
    told = 0
    for one in people:
        if one.person in wanting and f"{name}{one.person}" not in had:
            wanting.discard(one.person)  # who works in two places hears it once
            message = Message(KEY, words(notes, one.language), language=one.language)
            await outbox.post(
                await outbox.address_of(one.person), message, dedupe=f"{_once(notes.quarter)}{one.person}",
                after_unknown=outbox.DROP,
            )  # fmt: skip
            told += 1
    return told


def _once(quarter: str) -> str:
    return f"news:{quarter}:"


@jobs.job(TAKE, lane=jobs.BULK)
async def take_back_in(company: int, which: tuple[str, int]) -> None:
    """Stop it in a company, and take back the next hundred that have not left."""
    quarter, sending = which
    async with database.transaction(company):
        share = await _share(quarter, sending)
        if share.sending == sending:
            await NewsShare.update({NewsShare.state: STOPPED}).where(NewsShare.id == share.id)
            waits = (Outbound.key == KEY) & Outbound.state.is_in(["queued", "waiting"]) & Outbound.dedupe.like(
                f"{company}:{_once(quarter)}%"
            )  # fmt: skip
            rows = await Outbound.select(Outbound.id).where(waits).order_by(Outbound.id).limit(AT_ONCE)
            taken = 0
            for row in rows:
                # Its name is free again: what was taken back may be sent later.
                values = {
                    Outbound.state: "dropped", Outbound.error: outbox.TAKEN_BACK,
                    Outbound.dedupe: f"{company}:taken:{row['id']}",
                }  # fmt: skip
                unsent = (Outbound.id == row["id"]) & Outbound.state.is_in(["queued", "waiting"])
                taken += len(await Outbound.update(values).where(unsent).returning(Outbound.id))
            counts = {NewsShare.told: share.told - taken, NewsShare.taken: share.taken + taken}
            await NewsShare.update(counts).where(NewsShare.id == share.id)
            if len(rows) == AT_ONCE:
                await jobs.enqueue(TAKE, which)
    await _mirror(company, quarter)


async def _share(quarter: str, sending: int) -> NewsShare:
    """The row of a quarter in the company in scope, held; begun anew by a newer sending."""
    made = NewsShare(quarter=quarter, sending=sending, state=SENDING)
    await NewsShare.insert(made).on_conflict(action=OnConflictAction.do_nothing)
    row = await NewsShare.objects().where(NewsShare.quarter == quarter).first()
    assert row is not None
    await database.lock(NewsShare, int(row.id))
    again = (NewsShare.id == row.id) & (NewsShare.sending < sending)
    await NewsShare.update({NewsShare.sending: sending, NewsShare.state: SENDING, NewsShare.reached: 0}).where(again)
    held: NewsShare | None = await NewsShare.objects().where(NewsShare.id == row.id).first()
    assert held is not None
    return held


async def _mirror(company: int, quarter: str) -> None:
    """Say at the operator's how far it is there: how things stand, not what was added, so that twice is harmless."""
    async with database.reading(company):
        share = await NewsShare.objects().where(NewsShare.quarter == quarter).first()
    assert share is not None
    values = {NewsReach.told: share.told, NewsReach.taken: share.taken, NewsReach.state: share.state}
    await _note(company, quarter, values)


async def _note(company: int, quarter: str, values: Mapping[Any, object], *, only: str | None = None) -> None:
    async with database.transaction(await operators.company()):
        row = await _held(quarter)
        mine = (NewsReach.news == row.id) & (NewsReach.origin == company)
        mine = mine & (NewsReach.state == only) if only is not None else mine
        await NewsReach.update(dict(values)).where(mine)
