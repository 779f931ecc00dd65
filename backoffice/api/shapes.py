"""What goes in and comes out, as JSON: instants in UTC, leave in days, columns named as in the people file."""

import hashlib
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from backoffice.api.problems import Stopped

T = TypeVar("T")
MOST, USUAL = 100, 50  # of one page
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str, QueryParameter(max_length=64, description="`next` of the page before.")]
# No control character: a database keeps no NUL, and no name has one.
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
Line = Annotated[str, Meta(max_length=200, pattern=PLAIN)]
Words = Annotated[str, Meta(max_length=4000, pattern=PLAIN)]
Id = Annotated[str, Meta(examples=["kQ2c8x1mTn6yZpV0aBdE3w"])]


class Page(Struct, Generic[T]):
    """A part of a list; `next` is the cursor of the part after it, or null."""

    items: list[T]
    next: str | None


class WhoAsks(Struct):
    """What the token may."""

    name: str
    company: str
    company_name: str
    scopes: list[str]
    expires_at: datetime


class PersonLine(Struct):
    """Somebody in the list, as of today."""

    id: Id
    employee_number: Annotated[str, Meta(examples=["0412"])]
    name: Annotated[str, Meta(examples=["Budi Santoso"])]
    position: str
    department: str
    location: str
    manager: Annotated[str, Meta(description="The employee number of whom they report to.")]
    join_date: date
    resign_date: date | None
    status: Annotated[str, Meta(description="here, joining, leaving or left")]


class Work(Struct):
    """What somebody's work is from a day until another."""

    begins: date
    ends: date | None
    position: str
    department: str
    location: str
    timezone: str
    manager: str


class PersonWhole(Struct):
    """Somebody with their career, the newest first. What is sealed is never told."""

    id: Id
    employee_number: str
    name: str
    employment_type: str
    join_date: date
    resign_date: date | None
    status: str
    work: list[Work]


class NewPerson(Struct, forbid_unknown_fields=True):
    """Somebody new, by the columns of the people file; address and number go in, and never come out."""

    employee_number: Annotated[str, Meta(min_length=1, max_length=40, pattern=PLAIN, examples=["0777"])]
    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=PLAIN, examples=["Nadia Putri"])]
    join_date: date
    email: Line = ""
    phone: Line = ""
    department: Line = ""
    position: Line = ""
    location: Line = ""
    manager: Line = ""
    employment_type: Line = ""


class ChangedPerson(Struct, forbid_unknown_fields=True):
    """What changes of somebody, work from `effective` on (else today); what is left out stays, null empties."""

    effective: date | UnsetType = UNSET
    name: Annotated[str, Meta(min_length=1, max_length=120, pattern=PLAIN)] | UnsetType = UNSET
    employment_type: Line | UnsetType = UNSET
    resign_date: date | UnsetType | None = UNSET
    department: Line | UnsetType | None = UNSET
    position: Line | UnsetType | None = UNSET
    location: Line | UnsetType = UNSET
    manager: Line | UnsetType | None = UNSET


class DepartmentLine(Struct):
    """A department, with how many work in it today."""

    name: str
    people: int
    minimum: int | None
    head: Annotated[str, Meta(description="An employee number.")]


class LocationLine(Struct):
    """A place of work."""

    name: str
    timezone: str
    people: int


class DayOff(Struct):
    """A day on which nobody works."""

    date: date
    kind: Annotated[str, Meta(description="national, collective, company or closure")]
    name: str
    status: str


class Due(Struct):
    """When an answer is promised, and by when the desk aims to have given it."""

    policy: str
    since: datetime
    promised_at: datetime | None
    aimed_at: datetime | None
    calendar: str


class LeaveKind(Struct):
    """A kind of leave as it is today."""

    code: str
    name: str
    source: str
    decision: Annotated[str, Meta(description="approve: somebody decides; acknowledge: it is recorded")]
    from_balance: bool
    half_days: bool


class LeaveBalance(Struct):
    """What is free of a kind of leave today."""

    kind: str
    name: str
    days: float
    ends: list["LeaveEnd"]


class LeaveEnd(Struct):
    """How many of the free days can be taken until when."""

    days: float
    until: date


class LeaveAsked(Struct):
    """A request for leave; its reason is not told."""

    number: Annotated[str, Meta(examples=["C-118"])]
    state: str
    person: Id
    employee_number: str
    kind: str
    starts: date
    ends: date
    part: str | None
    days: float
    submitted_at: datetime


class NewLeave(Struct, forbid_unknown_fields=True):
    """Leave that somebody told HR, to be recorded for them; it goes the way of its chain."""

    person: Annotated[str, Meta(max_length=40, pattern=PLAIN)]
    starts: date
    ends: date
    told_by: Annotated[str, Meta(min_length=1, max_length=200, pattern=PLAIN, examples=["formulir 12/2026"])]
    kind: Annotated[str, Meta(max_length=40, pattern=PLAIN)] = "annual"
    part: Annotated[str, Meta(pattern="^(am|pm)$")] | None = None
    told_on: date | None = None
    reason: Annotated[str, Meta(max_length=500, pattern=PLAIN)] = ""


class Waiting(Struct):
    """A request that waits for somebody's decision."""

    id: Id
    number: str
    kind: str
    state: str
    person: Id
    employee_number: str
    submitted_at: datetime
    approvers: list[str]


class TicketLine(Struct):
    """A ticket of the desk."""

    id: Id
    number: Annotated[str, Meta(examples=["T-2041"])]
    state: str
    kind: str
    priority: str
    channel: str
    urgent: bool
    opened_at: datetime
    changed_at: datetime
    answer_promised_at: datetime | None
    resolved_at: datetime | None


class TicketWords(Struct):
    """What was written, by whoever asked or by the desk."""

    at: datetime
    by: Annotated[str, Meta(description="requester or desk")]
    words: str


class TicketWhole(Struct):
    """A ticket with what both sides wrote, without notes of the desk; an answer must have read its `revision`."""

    ticket: TicketLine
    subject: str
    employee_number: str | None
    revision: int
    messages: list[TicketWords]


class NewTicket(Struct, forbid_unknown_fields=True):
    """A question that an employee asked by telephone or in person; they are told of it."""

    employee_number: Annotated[str, Meta(min_length=1, max_length=40, pattern=PLAIN)]
    words: Annotated[str, Meta(min_length=1, max_length=4000, pattern=PLAIN)]
    recognised: Annotated[
        str, Meta(min_length=1, max_length=200, pattern=PLAIN, description="How it is known that it was them.")
    ]
    way: Annotated[str, Meta(pattern="^(phone|counter)$")] = "phone"


class NewAnswer(Struct, forbid_unknown_fields=True):
    """An answer to whoever asked; with `then` as resolved they are asked whether it helped."""

    words: Annotated[str, Meta(min_length=1, max_length=4000, pattern=PLAIN)]
    revision: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    then: Annotated[str, Meta(pattern="^(open|waiting_requester|resolved)$")] = "open"


class Solved(Struct, forbid_unknown_fields=True):
    """That it is done; whoever asked may say that it is not."""

    revision: Annotated[int, Meta(ge=0, le=2**53 - 1)]


class ArticleLine(Struct):
    """An article that was found."""

    id: str
    title: str
    answer: str
    score: float


class PrivacyLine(Struct):
    """A request about personal data, without whose it is and what it says."""

    id: Id
    number: Annotated[str, Meta(examples=["D-11"])]
    kind: str
    state: str
    door: str
    received_at: datetime
    due_at: datetime
    hours_left: float | None
    outcome: str | None


class PrivacyClock(Struct):
    """How the clock of the law stands for this company."""

    waiting: int
    within_six_hours: int
    overdue: int
    next_due_at: datetime | None


class AuditLine(Struct):
    """One act of the chain, each sealed to the one before by its hash."""

    seq: int
    at: datetime
    actor: str
    channel: str
    action: str
    thing: str
    prev: str
    hash: str


def days(thousandths: int) -> float:
    """Days as a number that programs count with."""
    return thousandths / 1000


def utc(at: datetime) -> datetime:
    """An instant as the API tells it."""
    return at.astimezone(UTC)


def utc_or_none(at: datetime | None) -> datetime | None:
    """The same of what may be nothing."""
    return None if at is None else utc(at)


def cut(items: list[Any], most: int, key: str = "id") -> Page[Any]:
    """The page of a list that was read one longer than it shall be."""
    kept = items[:most]
    return Page(kept, str(getattr(kept[-1], key)) if len(items) > most else None)


def no_such_cursor() -> Stopped:
    """A cursor that leads nowhere."""
    return Stopped(400, "cursor")


def mark(body: Any) -> str:
    """The ETag of what is told."""
    return f'"{hashlib.sha256(msgspec.json.encode(body)).hexdigest()[:32]}"'
