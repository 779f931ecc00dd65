"""What was asked for, who is to decide, who answers for whom, and what was decided."""

from piccolo.columns import BigInt, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.accounts.tables import Account
from core.database import CompanyTable
from core.people.tables import Employment, Person
from core.vault import Sealed


class Counter(CompanyTable):
    """The last number given out under a letter, for numbers that people quote."""

    id: Serial
    letter = Varchar(length=1)
    last = Integer(default=0)


class Chain(CompanyTable):
    """A version of the rules by which a kind of request is approved, in force from a date until the next version."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=24)
    version = Integer(default=1)
    from_ = Date(default=None)
    rules = Text()  # JSON of core.approvals.rules.Rules
    published_by = Varchar(length=64)
    published_at = Timestamptz(default=None)


class Request(CompanyTable):
    """Something an employee asked for, and how far it has come: the only state machine."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=24)
    subject = BigInt()  # id of the row asked for, in the table of its kind; of the version in force
    number = Varchar(length=16)
    version = Integer(default=1)
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    state = Varchar(length=20)  # see kinds.py
    submitted_at = Timestamptz(default=None)
    begins = Timestamptz(null=True, default=None)  # when what is asked for begins
    facts = Text(default="{}")  # JSON: what the conditions of a chain look at
    chain = ForeignKey(Chain, null=True, default=None, on_delete=OnDelete.restrict)  # null: the head decides


class Step(CompanyTable):
    """One level of approval, written down when the request was submitted; of its clocks, the first to strike."""

    id: Serial
    request = ForeignKey(Request, null=False, on_delete=OnDelete.restrict)
    version = Integer(default=1)
    level = Integer(default=1)
    state = Varchar(length=10)  # waiting | open | approved | rejected | closed
    mode = Varchar(length=6, default="any")  # any | all | quorum
    needed = Integer(default=1)  # of a quorum, how many
    asks = Varchar(length=6, default="it")  # it | cancel: whether to do it, or to undo it
    who = Text(default="[]")  # JSON of the resolvers; [] = the head
    opens_at = Timestamptz(default=None)  # of a step that waits for another, when it was written down
    remind_at = Timestamptz(default=None)
    reminded_at = Timestamptz(null=True, default=None)
    escalate_at = Timestamptz(default=None)
    escalated_at = Timestamptz(null=True, default=None)


class StepApprover(CompanyTable):
    """A person who may decide a step, why, and when they are reminded and their head is asked too."""

    id: Serial
    step = ForeignKey(Step, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    # manager | managers_manager | department_head | role | person | administrator | escalation | reassigned
    added_by = Varchar(length=20)
    beside = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # whose answer theirs stands for
    remind_at = Timestamptz(null=True, default=None)
    reminded = Integer(default=0)
    escalate_at = Timestamptz(null=True, default=None)
    escalated_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)  # lost the right to decide


class Decision(CompanyTable):
    """A verdict, given once, never changed."""

    id: Serial
    step = ForeignKey(Step, null=False, on_delete=OnDelete.restrict)
    actor = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    for_whom = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # in whose place
    verdict = Varchar(length=8)  # approve | reject | change
    reason = Sealed(of="step.request.employment.person", null=True)
    channel = Varchar(length=16)
    version = Integer(default=1)
    decided_at = Timestamptz(default=None)


class Delegation(CompanyTable):
    """Somebody lets another decide in their place from `starts` until `ends`, once the other has accepted."""

    id: Serial
    public = Varchar(length=22, unique=True)
    giver = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    taker = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    kinds = Varchar(length=200)  # of requests, parted by spaces
    most = Integer(null=True, default=None)  # thousandths of a day; null: any length
    starts = Timestamptz(default=None)
    ends = Timestamptz(default=None)
    request = ForeignKey(Request, null=True, default=None, on_delete=OnDelete.restrict)  # the leave that it stands for
    offered_at = Timestamptz(default=None)
    accepted_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    why = Varchar(length=12, null=True, default=None)  # it ended: declined | ended


class Signer(CompanyTable):
    """Under which person an account decides that is nobody's employee; see signers.py."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    made_at = Timestamptz(default=None)


class RequestEvent(CompanyTable):
    """Something that happened to a request beside the decisions: never changed, never deleted."""

    id: Serial
    request = ForeignKey(Request, null=False, on_delete=OnDelete.restrict)
    version = Integer(default=1)
    what = Varchar(length=20)  # see history.py
    at = Timestamptz(default=None)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # who did it, or to whom
    other = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # in whose place, or instead
    level = Integer(null=True, default=None)
    channel = Varchar(length=16)
    subject = BigInt(null=True, default=None)  # of a version: the row it asked for
    words = Sealed(of="request.employment.person", null=True)
