"""Tickets, and everything that happened to each."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.messaging.tables import Attachment
from core.people.tables import Location, Person
from core.vault import Sealed


class DeskTerms(CompanyTable):
    """How a desk's promise is read and how much it is, from a saving on; the newest holds."""

    id: Serial
    number = Integer()
    desk = Varchar(length=16)  # company
    reading = Varchar(length=1)  # A: running hours | B: office hours | C: office days | D: close of a working day
    promised = Text()  # JSON: {"normal": 48, ...}, by priority; hours, and working days in C and D
    aimed = Text()  # JSON: office hours by priority
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    why = Varchar(length=200)


class TicketCategory(CompanyTable):
    """What a company sorts its tickets by; one that is not used any more keeps its tickets."""

    id: Serial
    name = Varchar(length=60)
    name_en = Varchar(length=60)
    ended_at = Timestamptz(null=True, default=None)


class Ticket(CompanyTable):
    """A question somebody put to the desk: whose it is, who looks after it, and its clocks as they run now.

    What happened stands in its events; the instants here are made from them, so that a list can be sorted by them.
    """

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # T-2041: what people quote
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    subject = Sealed(of="person")
    state = Varchar(length=17)  # new | open | waiting_requester | resolved | closed
    urgent = Boolean(default=False)
    agent = Varchar(length=64, null=True, default=None)  # person:7 or account:8, as the audit names them
    channel = Varchar(length=16)  # where the question came from, and the answer goes to
    account = Varchar(length=64)
    place = Varchar(length=128, null=True, default=None)
    opened_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)
    answer_promise = Timestamptz(null=True, default=None)  # null: no answer is owed
    answer_target = Timestamptz(null=True, default=None)
    solve_promise = Timestamptz(null=True, default=None)  # null: it is solved, or waits for who asked
    solve_target = Timestamptz(null=True, default=None)
    next_at = Timestamptz(default=None)  # the target that comes first, far away where none runs: lists are sorted by it
    first_answered_at = Timestamptz(null=True, default=None)
    resolved_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    rating = Integer(null=True, default=None)  # 1 to 5
    priority = Varchar(length=6, default="normal")  # normal | high | top, as the desk sees it
    kind = Varchar(length=8, default="question")  # question | dispute
    category = ForeignKey(TicketCategory, null=True, default=None, on_delete=OnDelete.restrict)
    location = ForeignKey(Location, null=True, default=None, on_delete=OnDelete.restrict)  # where who asked worked then
    alarm_at = Timestamptz(null=True, default=None)  # when the desk is next told of its clocks
    excused = Varchar(length=200, null=True, default=None)  # why a missed promise is none by the calendar of now
    outcome = Varchar(length=9, null=True, default=None)  # of a dispute: upheld | partly | denied
    last = BigInt(default=0)  # the newest event that whoever answers should have read
    merged_into = BigInt(null=True, default=None)  # the ticket in which this one goes on
    snoozed_until = Timestamptz(null=True, default=None)  # put aside until then


class DeskReplay(CompanyTable):
    """A quarter replayed against other hours, days, promises or staff: what was asked, and what came of it so far."""

    id: Serial
    public = Varchar(length=22, unique=True)
    by = Varchar(length=64)
    work = BigInt()  # how far it is
    first = Date(default=None)  # the first day of the quarter
    asked = Text()  # what is to be otherwise, as JSON
    found = Text()  # both sides as counted so far, as JSON
    after = BigInt(default=0)  # the last ticket that was counted
    made_at = Timestamptz(default=None)


class DeskAgent(CompanyTable):
    """What one agent is given: without a row tickets come to them, as many as the company's choice allows."""

    id: Serial
    agent = Varchar(length=64)  # person:7 or account:8, as the audit names them
    receives = Boolean(default=True)  # whether they are given tickets by turns or load; they may take some all the same
    room = Integer(null=True, default=None)  # open tickets up to which they are given more; null: as the company chose
    given_at = Timestamptz(null=True, default=None)  # when they were last given one
    changed_at = Timestamptz(default=None)


class DeskPresence(CompanyTable):
    """Somebody of the desk has a ticket open; gone an hour after they were last seen."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    agent = Varchar(length=64)
    seen_at = Timestamptz(default=None)
    typed_at = Timestamptz(null=True, default=None)


class TicketAlarm(CompanyTable):
    """That the desk was told of a clock; each is told once."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=6)  # warned | late | broken
    metric = Varchar(length=5)  # first | next | solve
    since = Timestamptz(default=None)  # with the metric it says which clock
    due = Timestamptz(default=None)
    at = Timestamptz(default=None)


class TicketEvent(CompanyTable):
    """One thing that happened to a ticket; never changed. `words` are for the desk alone unless it is `public`."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose ticket it is: their key seals it
    kind = Varchar(length=12)  # service_level.KINDS
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    channel = Varchar(length=16)
    public = Boolean(default=False)
    words = Sealed(of="person", null=True)
    facts = Sealed(of="person", null=True)  # JSON: what the talk knew when it was handed over
    attachment = ForeignKey(Attachment, null=True, default=None, on_delete=OnDelete.restrict)
    meta = Text(default="{}")  # JSON: what the kind needs besides; no personal data


class SavedReply(CompanyTable):
    """An answer that a company keeps to be sent again, in both languages; with acts of its own it is a macro."""

    id: Serial
    public = Varchar(length=22, unique=True)
    shortcut = Varchar(length=24)  # what is typed after "::"
    title = Varchar(length=80)
    words_id = Text()
    words_en = Text()
    leads_to = Varchar(length=17)  # the state after it: open | waiting_requester | resolved
    tag = Varchar(length=30, null=True, default=None)  # put on the ticket with it
    changed_at = Timestamptz(default=None)
    changed_by = Varchar(length=64)


class OutgoingAnswer(CompanyTable):
    """An answer that was sent and can still be taken back; gone once it left, or was taken back."""

    id: Serial
    public = Varchar(length=22, unique=True)
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose ticket it is: their key seals it
    by = Varchar(length=64)
    channel = Varchar(length=16)
    words = Sealed(of="person")
    read = BigInt()  # the newest message its writer had read
    leads_to = Varchar(length=17)
    leaves_at = Timestamptz(default=None)
    stopped = Varchar(length=40, null=True, default=None)  # why it did not leave: the key of the refusal


class TicketLink(CompanyTable):
    """Two tickets that belong together: related, the same asked twice, one that follows the other, or was split off."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    other = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=10)
    at = Timestamptz(default=None)
    by = Varchar(length=64)


class TicketTag(CompanyTable):
    """A word by which tickets are found."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    name = Varchar(length=30)


class DeskField(CompanyTable):
    """What a company wants to know of its tickets, of all or of one category; one that has ended keeps its values."""

    id: Serial
    kind = Varchar(length=6)  # text | number | date | choice
    name = Varchar(length=60)
    name_en = Varchar(length=60)
    category = ForeignKey(TicketCategory, null=True, default=None, on_delete=OnDelete.restrict)
    choices = Text(
        default="[]"
    )  # JSON: [["Gudang", "Warehouse"], ...]; what was chosen is kept as the first of the two
    needed = Boolean(default=False)  # before the ticket is marked as done
    why = Varchar(length=200, default="")
    ended_at = Timestamptz(null=True, default=None)


class TicketValue(CompanyTable):
    """What the desk found out for a field of a ticket."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose ticket it is: their key seals it
    field = ForeignKey(DeskField, null=False, on_delete=OnDelete.restrict)
    value = Sealed(of="person")
    mark = Varchar(length=32, null=True, default=None)  # keyed hash, by which tickets with this value are found


class TicketMention(CompanyTable):
    """A colleague who was named in a note, and whether they have seen it."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    event = ForeignKey(TicketEvent, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # who was named
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    seen_at = Timestamptz(null=True, default=None)
