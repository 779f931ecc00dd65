"""Wishes for the product: had, supported by others, read by HR, checked for the law, planned, released or declined.

What somebody writes is seen by HR and its author alone until HR gives it a title: colleagues never read words that
nobody has looked at. Whoever supports a wish is told each time its state changes.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, vault
from core.approvals import decisions
from core.audit import Actor
from core.errors import Refused
from core.notices import feature_rules
from core.notices.feature_rules import MERGED, NEW, OPEN, SEEN, Step
from core.notices.tables import FeatureRequest, Vote
from core.phrases import first_line

LETTER = "U"
WORDS = "feature_request.words"
TELL = "ideas.tell"
LONGEST, LONGEST_TITLE, LONGEST_ANSWER, LONGEST_RELEASE = 1000, 80, 500, 32
MOST_UNREAD = 5  # of one person: whoever has more ideas waits until somebody has read those
MOST_COMPARED = 2000


async def submit(person: int, words: str, *, by: Actor) -> FeatureRequest:
    """Keep a wish for HR to read; its author is the first who supports it.

    Refused: no words, too many, or too many that nobody has read yet.
    """
    told = said(words, LONGEST)
    mine = (FeatureRequest.person == person) & (FeatureRequest.state == NEW)
    if await FeatureRequest.count().where(mine) >= MOST_UNREAD:
        raise Refused("ideas.too_many", most=MOST_UNREAD)
    now = clock.now()
    row = FeatureRequest(
        public=database.new_public(), number=await decisions.next_number(LETTER), person=person, state=NEW, votes=1,
        words=vault.seal(told, company=database.company(), column=WORDS, subject=person), opened_at=now,
        changed_at=now,
    )  # fmt: skip
    await FeatureRequest.insert(row)
    await Vote.insert(Vote(request=row.id, person=person, at=now))
    audit.record("idea.sent", f"idea:{row.id}", by=by, number=row.number)
    return row


async def alike(words: str) -> str | None:
    """The number of the open wish that is most like these words, if one is."""
    rows = (
        await FeatureRequest.select(FeatureRequest.id, FeatureRequest.number, FeatureRequest.title)
        .where(FeatureRequest.state.is_in(list(OPEN)))
        .order_by(FeatureRequest.votes, FeatureRequest.id, ascending=False)
        .limit(MOST_COMPARED)
    )
    found = feature_rules.alike(words, ((row["id"], row["title"]) for row in rows))
    return next((row["number"] for row in rows if row["id"] == found), None)


async def support(row: FeatureRequest, person: int, *, by: Actor) -> int:
    """Support a wish, once; returns how many do. Refused: it is not open."""
    await _hold(row)
    if row.state not in OPEN:
        raise Refused("ideas.not_open", number=row.number)
    made = (
        await Vote.insert(Vote(request=row.id, person=person, at=clock.now()))
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(Vote.id)
    )
    if made:
        audit.record("idea.supported", f"idea:{row.id}", by=by, number=row.number)
    return await _count(row)


async def leave(row: FeatureRequest, person: int, *, by: Actor) -> int:
    """Support it no longer, and hear of it no longer; returns how many still do."""
    await _hold(row)
    gone = await Vote.delete().where((Vote.request == row.id) & (Vote.person == person)).returning(Vote.id)
    if gone:
        audit.record("idea.left", f"idea:{row.id}", by=by, number=row.number)
    return await _count(row)


async def move(row: FeatureRequest, step: Step, *, by: Actor) -> None:
    """Take a wish to its next state; whoever supports it is told. Refused: see `feature_rules.check`."""
    await _hold(row)
    feature_rules.check(row.state, step)
    changes: dict[Any, Any] = {
        FeatureRequest.state: step.to, FeatureRequest.changed_at: clock.now(), FeatureRequest.told: row.told + 1,
        FeatureRequest.answer: _optional(step.answer, LONGEST_ANSWER),
    }  # fmt: skip
    if step.title.strip():
        changes[FeatureRequest.title] = said(step.title, LONGEST_TITLE)
    if step.law.strip():
        changes[FeatureRequest.law] = said(step.law, LONGEST_ANSWER)
    if step.release.strip():
        changes[FeatureRequest.release] = said(step.release, LONGEST_RELEASE)
    await _change(row, changes)
    await jobs.enqueue(TELL, row.id, row.told, 0)
    audit.record(f"idea.{step.to}", f"idea:{row.id}", by=by, number=row.number)


async def merge(row: FeatureRequest, into: FeatureRequest, *, by: Actor) -> None:
    """Make it one with another: who supported it supports that. Refused: into itself, or into one that is not open."""
    if row.id == into.id:
        raise Refused("ideas.into_itself")
    for one in sorted((row, into), key=lambda each: each.id):
        await _hold(one)
    feature_rules.check(row.state, Step(MERGED))
    if into.state not in OPEN:
        raise Refused("ideas.not_open", number=into.number)
    for voice in await Vote.select(Vote.person).where(Vote.request == row.id):
        vote = Vote(request=into.id, person=voice["person"], at=clock.now())
        await Vote.insert(vote).on_conflict(action=OnConflictAction.do_nothing)
    changes: dict[Any, Any] = {
        FeatureRequest.state: MERGED, FeatureRequest.into: into.id, FeatureRequest.changed_at: clock.now(),
        FeatureRequest.told: row.told + 1,
    }  # fmt: skip
    await _change(row, changes)
    await _count(into)
    await jobs.enqueue(TELL, row.id, row.told, 0)
    audit.record("idea.merged", f"idea:{row.id}", by=by, number=row.number, into=into.number)


async def of_number(number: str, *, person: int | None = None) -> FeatureRequest | None:
    """The wish with this number; with `person` only if it is theirs or everybody's."""
    plain = number.strip().upper().replace(" ", "")
    plain = plain if "-" in plain else plain.replace(LETTER, f"{LETTER}-", 1)
    row = await FeatureRequest.objects().where(FeatureRequest.number == plain).first()
    return row if row is not None and _may_see(row, person) else None


async def by_public(public: str, *, person: int | None = None) -> FeatureRequest | None:
    """The wish at this address; with `person` only if it is theirs or everybody's."""
    row = await FeatureRequest.objects().where(FeatureRequest.public == public).first()
    return row if row is not None and _may_see(row, person) else None


async def of_person(person: int, *, most: int = 50) -> Sequence[FeatureRequest]:
    """What somebody wished or supports, the newest first."""
    votes = await Vote.select(Vote.request).where(Vote.person == person).order_by(Vote.id, ascending=False).limit(most)
    numbers = [row["request"] for row in votes]
    mine = (FeatureRequest.person == person) | FeatureRequest.id.is_in(numbers or [0])
    rows: Sequence[FeatureRequest] = (
        await FeatureRequest.objects().where(mine).order_by(FeatureRequest.id, ascending=False).limit(most)
    )
    return rows


async def supported(person: int) -> frozenset[int]:
    """The ids of the wishes that this person supports."""
    rows = await Vote.select(Vote.request).where(Vote.person == person)
    return frozenset(row["request"] for row in rows)


def words_of(row: FeatureRequest | Mapping[str, Any]) -> str:
    """What its author wrote."""
    of = row if isinstance(row, Mapping) else row.to_dict()
    return vault.shown(of["words"], company=of["company"], column=WORDS, subject=of["person"])


def titled(row: FeatureRequest) -> str:
    """Its title; before HR gave it one, its author's words, for its author and HR alone."""
    return row.title if row.title is not None else shortened(words_of(row))


def shortened(words: str) -> str:
    """The first line, cut between words where it is long."""
    return first_line(words, LONGEST_TITLE)


def said(words: str, most: int) -> str:
    """The words as they are kept. Refused: none, or more than are held."""
    told = words.strip()
    if not told:
        raise Refused("ideas.words_needed")
    if len(told) > most:
        raise Refused("ideas.too_long", most=most)
    return told


def _optional(words: str, most: int) -> str | None:
    return said(words, most) if words.strip() else None


def _may_see(row: FeatureRequest, person: int | None) -> bool:
    return person is None or row.state in SEEN or row.person == person


async def _change(row: FeatureRequest, changes: Mapping[Any, Any]) -> None:
    await FeatureRequest.update(dict(changes)).where(FeatureRequest.id == row.id)
    for column, value in changes.items():
        setattr(row, column._meta.name, value)


async def _count(row: FeatureRequest) -> int:
    row.votes = await Vote.count().where(Vote.request == row.id)
    await FeatureRequest.update({FeatureRequest.votes: row.votes}).where(FeatureRequest.id == row.id)
    return row.votes


async def _hold(row: FeatureRequest) -> None:
    """Hold it until the end of the transaction, as it stands now."""
    if await database.lock(FeatureRequest, row.id):
        fresh = await FeatureRequest.objects().where(FeatureRequest.id == row.id).first()
        assert fresh is not None
        row.state, row.told, row.title, row.votes = fresh.state, fresh.told, fresh.title, fresh.votes
