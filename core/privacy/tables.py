"""Requests about personal data, all that happened to each, what was told of its clock, and what it wants put right."""

from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.columns.reference import LazyTableReference

from core.database import CompanyTable
from core.messaging.tables import Attachment
from core.people.tables import Person
from core.vault import Sealed


class DataRequest(CompanyTable):
    """Somebody uses a right they have over their personal data; its clock began when it was received."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # D-11: what people quote
    kind = Varchar(length=8)  # kinds.KINDS
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # who asks: an employee, or an outsider's row
    subject = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # whose data; null: not known
    door = Varchar(length=6)  # kinds.DOORS
    channel = Varchar(length=16)  # telegram, web, paper, phone ...
    words = Sealed(of="person", null=True)  # what was asked, in their words
    state = Varchar(length=21)  # way.STATES
    identity = Varchar(length=8)  # kinds.IDENTITIES
    vouched = Sealed(of="person", null=True)  # by what somebody vouches for who asks
    vouched_by = Varchar(length=64, null=True, default=None)
    owner = Varchar(length=64, null=True, default=None)  # who looks after it, as the audit names them
    outcome = Varchar(length=9, null=True, default=None)  # way.OUTCOMES; kept when it is delivered and closed
    article = Varchar(length=120, null=True, default=None)  # of a law, where a part of it is refused
    answer = Sealed(of="person", null=True)  # what was done, or why not, as whoever asked reads it
    decided_by = Varchar(length=64, null=True, default=None)
    second_by = Varchar(length=64, null=True, default=None)  # the second person, where one is needed
    late_why = Sealed(of="person", null=True)  # why it was not answered in time
    duplicate_of: Any = ForeignKey(
        LazyTableReference("DataRequest", module_path=__name__), null=True, default=None, on_delete=OnDelete.restrict
    )
    breach = Boolean(default=False)  # what is told of may be a breach
    secret_index = Varchar(length=32, null=True, default=None)  # opens it for whoever came by the public form
    received_at = Timestamptz(default=None)
    recorded_at = Timestamptz(default=None)  # later than received where it came on paper
    due_at = Timestamptz(default=None)
    decided_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)


class DataRequestEvent(CompanyTable):
    """Something that happened to a request; never changed."""

    id: Serial
    request = ForeignKey(DataRequest, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # who asked: whose key seals the words
    kind = Varchar(length=12)
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    channel = Varchar(length=16)
    public = Boolean()  # whoever asked may read it
    words = Sealed(of="person", null=True)


class DataRequestReminder(CompanyTable):
    """That somebody was told how many hours are left (0: none); each once."""

    id: Serial
    request = ForeignKey(DataRequest, null=False, on_delete=OnDelete.restrict)
    hours = Integer()
    at = Timestamptz(default=None)


class Correction(CompanyTable):
    """What a request wants to stand in the record: the value that stood there, the one it should be, and its proof."""

    id: Serial
    request = ForeignKey(DataRequest, null=False, unique=True, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose record
    field = Varchar(length=20)  # a column of the people file, or "other"
    old = Sealed(of="person", null=True)
    new = Sealed(of="person")
    proof = ForeignKey(Attachment, null=True, default=None, on_delete=OnDelete.restrict)
    proof_hash = Varchar(length=64, null=True, default=None)  # stays when the file is gone
    applied_at = Timestamptz(null=True, default=None)


class DataCheck(CompanyTable):
    """Once a year each person is asked whether what is held of them is still right."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    year = Integer()
    asked_at = Timestamptz(default=None)
    answered_at = Timestamptz(null=True, default=None)
    right = Boolean(null=True, default=None)
