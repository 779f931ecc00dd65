"""Reports that somebody misuses personal data, an account or the system, what happened to each, and whom they name."""

from piccolo.columns import Boolean, ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class MisuseReport(CompanyTable):
    """Somebody reports misuse. `person` is nobody's employee: a row of its own whose key seals the words, so that no
    list of what is held of an employee tells that they reported."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # M-7K2Q9P: not counted up, so that it tells nothing
    about = Varchar(length=7)  # misuse_way.ABOUT
    desk = Varchar(length=8)  # company | operator: who looks into it
    origin = Varchar(length=120, null=True, default=None)  # at the operator's desk: the company it came from
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    words = Sealed(of="person", null=True)  # null: it went to the operator's desk
    accused = Sealed(of="person", null=True)  # who is reported, as it was written
    reporter = Sealed(of="person", null=True)  # the employee who reported, where they gave their name
    shows_name = Boolean(default=False)  # whether whoever looks into it may know the name
    channel = Varchar(length=16)
    secret_index = Varchar(length=32, null=True, default=None)
    state = Varchar(length=9)  # misuse_way.STATES
    owner = Varchar(length=64, null=True, default=None)
    outcome = Varchar(length=9, null=True, default=None)  # measure | unfounded
    answer = Sealed(of="person", null=True)  # what whoever reported reads
    measures = Varchar(length=60, default="")  # misuse_way.MEASURES, parted by commas
    breach = Varchar(length=16, null=True, default=None)  # the number at the breach desk
    decided_by = Varchar(length=64, null=True, default=None)
    second_by = Varchar(length=64, null=True, default=None)
    received_at = Timestamptz(default=None)
    decided_at = Timestamptz(null=True, default=None)


class MisuseNamed(CompanyTable):
    """An employee whom a report names: it is shut to them, whatever role they have."""

    id: Serial
    report = ForeignKey(MisuseReport, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # who is named; the report is another's
    at = Timestamptz(default=None)
    by = Varchar(length=64)


class MisuseEvent(CompanyTable):
    """Something that happened to a report; never changed."""

    id: Serial
    report = ForeignKey(MisuseReport, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)  # whose key seals the words
    kind = Varchar(length=10)  # misuse_way.EVENTS
    at = Timestamptz(default=None)
    by = Varchar(length=64)
    public = Boolean()  # whoever reported may read it
    words = Sealed(of="person", null=True)
