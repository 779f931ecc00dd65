"""What was asked for, who is to decide, and what they decided."""

from piccolo.columns import BigInt, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Employment, Person
from core.vault import Sealed


class Counter(CompanyTable):
    """The last number given out under a letter, for numbers that people quote."""

    id: Serial
    letter = Varchar(length=1)
    last = Integer(default=0)


class Request(CompanyTable):
    """Something an employee asked for, and how far it has come: the only state machine."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=24)
    subject = BigInt()  # id of the row asked for, in the table of its kind
    number = Varchar(length=16)
    version = Integer(default=1)
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    state = Varchar(length=12)
    submitted_at = Timestamptz(default=None)


class Step(CompanyTable):
    """One level of approval, written down when the request was submitted."""

    id: Serial
    request = ForeignKey(Request, null=False, on_delete=OnDelete.restrict)
    version = Integer(default=1)
    level = Integer(default=1)
    state = Varchar(length=10)  # open | approved | rejected | closed
    opens_at = Timestamptz(default=None)
    remind_at = Timestamptz(default=None)
    reminded_at = Timestamptz(null=True, default=None)
    escalate_at = Timestamptz(default=None)
    escalated_at = Timestamptz(null=True, default=None)


class StepApprover(CompanyTable):
    """A person who may decide a step, and why."""

    id: Serial
    step = ForeignKey(Step, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    added_by = Varchar(length=16)  # manager | administrator


class Decision(CompanyTable):
    """A verdict, given once, never changed."""

    id: Serial
    step = ForeignKey(Step, null=False, on_delete=OnDelete.restrict)
    actor = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    verdict = Varchar(length=8)  # approve | reject
    reason = Sealed(null=True)
    channel = Varchar(length=16)
    version = Integer(default=1)
    decided_at = Timestamptz(default=None)
