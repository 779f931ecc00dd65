"""What came in, what is being talked about, what goes out."""

from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.approvals.tables import Request
from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class Inbound(Table):
    """One message or press, stored once under the id its platform gave it."""

    id: Serial
    channel = Varchar(length=16)
    account = Varchar(length=64)
    sender = Varchar(length=128)
    external_id = Varchar(length=200)
    body = Sealed(of="person")
    state = Varchar(length=8)  # new | done | failed
    tries = Integer(default=0)
    received_at = Timestamptz(default=None)
    answered_at = Timestamptz(null=True, default=None)
    company = BigInt(null=True, default=None)  # known once it is answered
    person = BigInt(null=True, default=None)  # likewise, if somebody of that company wrote it: whose key seals it now
    trace = Text(null=True, default=None)  # the stops it passed, with their instants; no personal data


class Polled(Table):
    """A bot that asks for its updates instead of being brought them: the one it stored last, and when."""

    id: Serial
    account = Varchar(length=64, unique=True)
    after = BigInt()
    at = Timestamptz(default=None)


class Conversation(CompanyTable):
    """Where the talk with somebody stands: the flow, the answers so far, the open question."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    stranger = Varchar(length=220, null=True, default=None)  # channel|account|sender of one who is not linked
    language = Varchar(length=2)
    state = Sealed(of="person")
    ticket = BigInt(null=True, default=None)  # the Ticket whose agent has the word: until then the talk is silent
    failures = Integer(default=0)  # unused since the misses are part of the state; to be dropped
    changed_at = Timestamptz(default=None)


class Outbound(CompanyTable):
    """One message on its way to one person, written in the transaction that caused it."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    channel = Varchar(length=16)
    account = Varchar(length=64)
    address = Varchar(length=128)
    key = Varchar(length=64)
    about = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # whom it describes
    payload = Sealed(of="about")
    after_unknown = Varchar(length=13)  # resend_marked | drop
    state = Varchar(length=10)  # queued | waiting | sending | sent | failed | unknown | dropped | parked
    attempts = Integer(default=0)
    dedupe = Varchar(length=200, unique=True)
    caused_by = BigInt(null=True, default=None)  # the Inbound it answers
    card_of = ForeignKey(Request, null=True, default=None, on_delete=OnDelete.restrict)
    card_version = Integer(null=True, default=None)  # of the request, as the card shows it
    edits = BigInt(null=True, default=None)  # the Outbound whose message it replaces
    provider_ref = Varchar(length=128, null=True, default=None)
    queued_at = Timestamptz(default=None)
    sent_at = Timestamptz(null=True, default=None)
    error = Varchar(length=200, null=True, default=None)
    progress = Varchar(length=9, null=True, default=None)  # delivered | read, as far as its platform told
    category = Varchar(length=24, null=True, default=None)  # what WhatsApp charges it as
    billable = Boolean(default=False)
    gate = Integer(default=0)  # the gate of its rate at which it waits
    slot_at = Timestamptz(null=True, default=None)  # its place there, by the clock of that gate
    held_until = Timestamptz(null=True, default=None)  # it can wait for the morning of its person
    trouble = Varchar(length=16, null=True, default=None)  # why it reached no chat of its person: undelivered.WHY
    bulk = Boolean(default=False)  # one of many that nobody waits for; answers do not wait for it
    settled_at = Timestamptz(null=True, default=None)  # somebody of HR saw to it
    settled_by = Varchar(length=64, null=True, default=None)


class Pace(Table):
    """How full one gate is through which messages leave; a gate of pacing.py, by a keyed hash of its name.

    Its instants are those of a clock of its own, which is never set back.
    """

    id: Serial
    mark = Varchar(length=32, unique=True)
    ahead = Integer(default=0)  # by so many seconds its clock is ahead of the machine's, which was set back by them
    full_at = Timestamptz(default=None)
    closed_until = Timestamptz(null=True, default=None)  # the platform told us to wait
    refused_at = Timestamptz(null=True, default=None)  # of our bot's gate: when the last chat was refused
    refused_by = Varchar(length=32, null=True, default=None)  # and which one that was


class Circuit(Table):
    """Whether one bot's service answers; `circuits.py` says what follows from it."""

    id: Serial
    name = Varchar(length=90, unique=True)  # channel|account
    failures = Integer(default=0)  # in a row, of different messages
    last = BigInt(null=True, default=None)  # the Outbound that failed last
    opened_at = Timestamptz(null=True, default=None)
    shut_until = Timestamptz(null=True, default=None)
    probing_until = Timestamptz(null=True, default=None)  # one message finds out whether it answers again
    times = Integer(default=0)  # how often in a row it was shut
    reason = Varchar(length=60, null=True, default=None)


class MessageTemplate(Table):
    """How Meta sees one of our templates in one language, as it told last; `business` is the account it is kept in."""

    id: Serial
    business = Varchar(length=64)
    name = Varchar(length=64)
    language = Varchar(length=8)
    state = Varchar(
        length=24
    )  # approved | pending | rejected | paused | disabled | ... as Meta calls it, in lower case
    reason = Varchar(length=60, null=True, default=None)  # why it was rejected, in Meta's own word
    category = Varchar(length=24, null=True, default=None)  # what it is charged as
    category_before = Varchar(length=24, null=True, default=None)  # what it was before Meta changed that
    seen_at = Timestamptz(default=None)


class Button(CompanyTable):
    """What a press means: the token is all that the platform carries."""

    id: Serial
    token = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    action = Varchar(length=24)
    subject = BigInt(null=True, default=None)
    value = Sealed(of="person")  # JSON
    version = Integer(default=1)
    expires_at = Timestamptz(default=None)


class Attachment(CompanyTable):
    """A file that somebody sent, sealed in the folder of files under its own key; `purpose` says what it is for."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    purpose = Varchar(length=12)  # unsorted | health | ticket
    type = Varchar(length=4)  # jpg | png | webp | pdf | xlsx | csv, as its bytes show
    size = Integer()
    sha256 = Varchar(length=64)
    path = Varchar(length=32, unique=True)
    key = Sealed(of="person")
    name = Sealed(of="person")
    kept_at = Timestamptz(default=None)
    removed_at = Timestamptz(null=True, default=None)


class Miss(CompanyTable):
    """A sentence of an employee that was not understood, and what an administrator says that it asks for."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # whose key seals it
    words = Sealed(of="person")
    language = Varchar(length=2)
    why = Varchar(length=8)  # unheard | offered | answer | person
    guessed = Varchar(length=120, default="")  # what came close, the closest first
    chosen = Varchar(length=24, null=True, default=None)  # what the person chose of what was offered
    label = Varchar(length=24, null=True, default=None)  # an intent, out_of_scope, or ignore
    labelled_by = Varchar(length=64, null=True, default=None)
    said_at = Timestamptz(default=None)
    changed_at = Timestamptz(null=True, default=None)  # when its label was last given or taken


class Lesson(CompanyTable):
    """What a labelled sentence taught that was kept long enough itself: it is tied to nobody."""

    id: Serial
    public = Varchar(length=22, unique=True)
    words = Sealed(of=None)
    language = Varchar(length=2)
    label = Varchar(length=24)
    changed_at = Timestamptz(default=None)  # when the sentence went


class Rehearsal(CompanyTable):
    """A chat of which an administrator has said how it should go, and how it went when it was last replayed."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # as whom, and whose key seals it
    title = Sealed(of="person")
    turns = Sealed(of="person")  # JSON of rehearsals.Turn; names stand in it as {0}, {1}
    language = Varchar(length=2)
    made_by = Varchar(length=64)
    made_at = Timestamptz(default=None)
    verdict = Varchar(length=8, default="unplayed")  # unplayed | passes | differs | nobody
    differs_at = Integer(null=True, default=None)  # the first turn that went another way
    wanted = Sealed(of="person", null=True)  # what should have been there, and what was
    got = Sealed(of="person", null=True)
    played_at = Timestamptz(null=True, default=None)
    version = Varchar(length=80, default="")  # of what the talk knew then
