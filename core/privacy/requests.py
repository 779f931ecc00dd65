"""Requests about personal data: recorded whatever door they come by, numbered, and answered within the law's clock.

The clock begins when a request is received, also where it is typed in later from a paper. Who asks is found out inside
it. What is asked, said and decided is sealed with the asker's key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import audit, clock, database, jobs, vault
from core.approvals import decisions
from core.audit import Actor
from core.errors import Refused
from core.phrases import first_line
from core.privacy import deadlines, kinds, way
from core.privacy.tables import DataRequest, DataRequestEvent

LETTER = "D"
LONGEST = 4000
MOST_OPEN = 20  # of one person: whoever has more is asked to add to one of them
REMIND, TELL = "privacy.remind", "privacy.tell"


@dataclass(frozen=True)
class Come:
    """How a request came, and how it is known who asks."""

    door: str
    channel: str
    identity: str = kinds.UNKNOWN
    subject: int | None = None  # whose data, where that is known
    received_at: datetime | None = None  # where it lay on paper before
    vouched: str = ""
    secret_index: str | None = None


async def submit(kind: str, person: int, words: str, come: Come, *, by: Actor) -> DataRequest:
    """Record what somebody asks about personal data; its number and its deadline hold from now on.

    Refused: a kind there is not, too many words, a receipt that lies ahead or too far back, or too many that wait.
    """
    told, now = words.strip(), clock.now()
    if kind not in kinds.KINDS:
        raise Refused("privacy.kind_needed")
    if len(told) > LONGEST:
        raise Refused("privacy.too_long", most=LONGEST)
    if kind == kinds.COMPLAIN and not told:
        raise Refused("privacy.words_needed")
    received = come.received_at or now
    if received > now or received < now - deadlines.EARLIEST_ENTRY:
        raise Refused("privacy.received_then")
    if await DataRequest.count().where((DataRequest.person == person) & _open()) >= MOST_OPEN:
        raise Refused("privacy.too_many", most=MOST_OPEN)
    row = DataRequest(
        public=database.new_public(), number=await decisions.next_number(LETTER), kind=kind, person=person,
        subject=come.subject, door=come.door, channel=come.channel, state=way.RECEIVED, identity=come.identity,
        words=seal(told, "words", person) if told else None, received_at=received, recorded_at=now,
        vouched=seal(come.vouched, "vouched", person) if come.vouched else None,
        vouched_by=by.name if come.vouched else None, due_at=deadlines.due(received), secret_index=come.secret_index,
        breach=False,
    )  # fmt: skip
    await DataRequest.insert(row)
    await note(row, "received", by=by, words=told, public=True)
    audit.record("privacy.received", f"data_request:{row.id}", by=by, number=row.number, kind=kind, door=come.door)
    await jobs.enqueue(REMIND, row.id)
    if (ahead := deadlines.following(received, now)) is not None:
        await jobs.enqueue(REMIND, row.id, run_at=ahead)
    return row


async def add(row: DataRequest, words: str, *, by: Actor) -> None:
    """Whoever asked adds something; the clock goes on as it did. Refused: it is answered, or no words."""
    told = words.strip()
    if not told:
        raise Refused("privacy.words_needed")
    if len(told) > LONGEST:
        raise Refused("privacy.too_long", most=LONGEST)
    await hold(row)
    if row.state not in way.OPEN:
        raise Refused("privacy.answered_already", number=row.number)
    await note(row, "added", by=by, words=told, public=True)
    audit.record("privacy.added", f"data_request:{row.id}", by=by, number=row.number)


async def withdraw(row: DataRequest, *, by: Actor) -> None:
    """Whoever asked wants it no longer."""
    await hold(row)
    way.check(row.state, way.WITHDRAWN)
    await change(row, {DataRequest.state: way.WITHDRAWN, DataRequest.closed_at: clock.now()})
    await note(row, "withdrawn", by=by, public=True)
    audit.record("privacy.withdrawn", f"data_request:{row.id}", by=by, number=row.number)


async def own_up(row: DataRequest, *, by: Actor) -> None:
    """Whoever asked in a chat says so once more where they have signed in: now it is known to be them."""
    await hold(row)
    if row.state in way.OPEN and row.identity in (kinds.UNKNOWN, kinds.LINKED):
        await change(row, {DataRequest.identity: kinds.STEPPED})
        await note(row, "owned", by=by, public=True)
        audit.record("privacy.proved_own", f"data_request:{row.id}", by=by, number=row.number)


async def note(row: DataRequest, kind: str, *, by: Actor, words: str = "", public: bool = False) -> int:
    """Write down that something happened to it."""
    event = DataRequestEvent(
        request=row.id,
        person=row.person,
        kind=kind,
        at=clock.now(),
        by=by.name,
        channel=by.channel,
        public=public,
        words=vault.seal(words, company=row.company, column="data_request_event.words", subject=row.person)
        if words
        else None,
    )
    await DataRequestEvent.insert(event)
    return int(event.id)


async def events_of(row: DataRequest, *, public: bool = False) -> Sequence[DataRequestEvent]:
    """All that happened to it, in order; with `public` only what its asker may read."""
    where: Any = DataRequestEvent.request == row.id
    if public:
        where = where & (DataRequestEvent.public == True)  # noqa: E712
    rows: Sequence[DataRequestEvent] = await DataRequestEvent.objects().where(where).order_by(DataRequestEvent.id)
    return rows


def said(event: DataRequestEvent) -> str:
    """The words of something that happened."""
    if event.words is None:
        return ""
    with vault.lawfully():  # a request is answered whatever it asks for
        return vault.shown(event.words, company=event.company, column="data_request_event.words", subject=event.person)


async def by_public(public: str, *, person: int | None = None) -> DataRequest | None:
    """The request at this address; with `person` only one of theirs."""
    return await _one(DataRequest.public == public, person)


async def of_number(number: str, *, person: int | None = None) -> DataRequest | None:
    """The request with this number; with `person` only one of theirs."""
    plain = number.strip().upper().replace(" ", "")
    plain = plain if "-" in plain else plain.replace(LETTER, f"{LETTER}-", 1)
    return await _one(DataRequest.number == plain, person)


async def of_person(person: int, *, most: int = 50) -> Sequence[DataRequest]:
    """What somebody asked, the newest first."""
    rows: Sequence[DataRequest] = (
        await DataRequest.objects().where(DataRequest.person == person)
        .order_by(DataRequest.id, ascending=False).limit(most)
    )  # fmt: skip
    return rows


async def alike(row: DataRequest) -> Sequence[DataRequest]:
    """Other requests of the same kind about the same person that still wait: perhaps it is asked twice."""
    same = _open() & (DataRequest.kind == row.kind) & (DataRequest.id != row.id)
    whose = row.subject or row.person
    about = (DataRequest.subject == whose) | (DataRequest.person == whose)
    rows: Sequence[DataRequest] = await DataRequest.objects().where(same & about).order_by(DataRequest.id).limit(10)
    return rows


async def waiting_like(person: int, kind: str) -> DataRequest | None:
    """A request of this kind of theirs that still waits."""
    mine = (DataRequest.person == person) & (DataRequest.kind == kind) & _open()
    row: DataRequest | None = await DataRequest.objects().where(mine).order_by(DataRequest.id).first()
    return row


def opened(row: DataRequest | Mapping[str, Any], column: str) -> str:
    """What a sealed column says; empty where nothing stands in it."""
    of = row if isinstance(row, Mapping) else row.to_dict()
    if of[column] is None:
        return ""
    with vault.lawfully():  # a request is answered whatever it asks for
        return vault.shown(of[column], company=of["company"], column=f"data_request.{column}", subject=of["person"])


def shortened(row: DataRequest | Mapping[str, Any], most: int = 80) -> str:
    """The first line of what was asked."""
    return first_line(opened(row, "words"), most)


def seal(words: str, column: str, person: int) -> str:
    """Seal what stands in this column of a request."""
    return vault.seal(words, company=database.company(), column=f"data_request.{column}", subject=person)


async def change(row: DataRequest, changes: Mapping[Any, Any]) -> None:
    """Write these columns, and have the row say the same."""
    await DataRequest.update(dict(changes)).where(DataRequest.id == row.id)
    for column, value in changes.items():
        setattr(row, column._meta.name, value)


async def hold(row: DataRequest) -> None:
    """Hold it until the end of the transaction, as it stands now."""
    if await database.lock(DataRequest, row.id):
        fresh = await DataRequest.objects().where(DataRequest.id == row.id).first()
        assert fresh is not None
        for column in DataRequest._meta.columns:
            setattr(row, column._meta.name, getattr(fresh, column._meta.name))


async def _one(where: Any, person: int | None) -> DataRequest | None:
    whole = where if person is None else where & (DataRequest.person == person)
    row: DataRequest | None = await DataRequest.objects().where(whole).first()
    return row


def _open() -> Any:
    return DataRequest.state.is_in(list(way.OPEN))
