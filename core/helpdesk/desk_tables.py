"""What of a ticket went to the operator's desk with its asker's yes, and what was carried between the two."""

from piccolo.columns import BigInt, ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.helpdesk.tables import Ticket
from core.people.tables import Person
from core.vault import Sealed


class DeskMove(CompanyTable):
    """A ticket that is to go to the operator's desk, or went there: in the words its asker was shown."""

    id: Serial
    public = Varchar(length=22, unique=True)
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose ticket it is: they agree, or not
    words = Sealed(of="person")
    state = Varchar(length=8)  # asked | declined | moved | back
    asked_by = Varchar(length=64)
    asked_at = Timestamptz(default=None)
    answered_at = Timestamptz(null=True, default=None)
    back_at = Timestamptz(null=True, default=None)


class DeskCarried(CompanyTable):
    """Something that came over from the other desk, once: which it was, and the ticket it belongs to here."""

    id: Serial
    what = Varchar(length=64)  # move:<public> | event:<company>:<number>
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    origin = BigInt()  # the company it came from
    at = Timestamptz(default=None)


class TicketClaim(CompanyTable):
    """That a ticket which came by mail or the public form is an employee's, who signed in and had its secret."""

    id: Serial
    ticket = ForeignKey(Ticket, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose it is
    since = BigInt()  # the event by which it became theirs: number and secret show nothing that came later
    until = BigInt(null=True, default=None)  # the event by which the desk untied it
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    ended_at = Timestamptz(null=True, default=None)
    ended_by = Varchar(length=64, null=True, default=None)
    why = Varchar(length=200, null=True, default=None)
