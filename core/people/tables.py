"""Who works here: the person, the spells of work, the dated facts of a spell, the chat accounts that speak for them."""

from typing import Any

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.vault import Sealed


class Person(CompanyTable):
    """A human being; what identifies or describes them beyond the name is sealed."""

    id: Serial
    public = Varchar(length=22, unique=True)
    name = Varchar(length=120)
    search = Varchar(length=160, default="")  # the name as it is looked for and put in order: search.plain()
    language = Varchar(length=2)
    numbers = Boolean(default=False)  # would rather type digits than press buttons
    quiet_from = Integer(null=True, default=None)  # hour their own night begins; null: that of the company
    quiet_until = Integer(null=True, default=None)
    news = Boolean(default=True)  # is told of the wishes they support and of each quarter
    email = Sealed(of="id", null=True)
    email_index = Varchar(length=32, null=True, default=None)
    phone = Sealed(of="id", null=True)
    phone_index = Varchar(length=32, null=True, default=None)
    nik = Sealed(of="id", null=True)
    nik_index = Varchar(length=32, null=True, default=None)
    npwp = Sealed(of="id", null=True)
    npwp_index = Varchar(length=32, null=True, default=None)
    kk = Sealed(of="id", null=True)
    birth_date = Sealed(of="id", null=True)
    gender = Sealed(of="id", null=True)
    religion = Sealed(of="id", null=True)
    marital_status = Sealed(of="id", null=True)
    dependants = Sealed(of="id", null=True)
    ptkp = Sealed(of="id", null=True)
    bank = Sealed(of="id", null=True)
    bank_account = Sealed(of="id", null=True)
    bank_holder = Sealed(of="id", null=True)


class Department(CompanyTable):
    """A part of the company; `minimum` is how many of its people must be in on a working day, if it says so."""

    id: Serial
    name = Varchar(length=120)
    minimum = Integer(null=True, default=None)
    # By name, since a spell of work is declared below; who approves where a chain says "the head of the department".
    head: ForeignKey[Any] = ForeignKey("Employment", null=True, default=None, on_delete=OnDelete.restrict)


class Location(CompanyTable):
    """A place of work, which decides the clock its people live by."""

    id: Serial
    name = Varchar(length=120)
    zone = Varchar(length=40)


class Employment(CompanyTable):
    """One spell of work for the company, under one number; one that ends before it begins was taken back."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    number = Varchar(length=40)
    type = Varchar(length=20)
    joins = Date(default=None)
    leaves = Date(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)  # when what the person could do here was ended for good


class Assignment(CompanyTable):
    """What a spell is from a date on, until the next: place, department, head, pay. The newest begun is in force."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    from_ = Date(default=None)
    until = Date(null=True, default=None)  # the first day of the next one; none = still open
    position = Varchar(length=120, null=True, default=None)
    grade = Varchar(length=40, null=True, default=None)
    department = ForeignKey(Department, null=True, default=None, on_delete=OnDelete.restrict)
    location = ForeignKey(Location, null=False, on_delete=OnDelete.restrict)
    manager = ForeignKey(Employment, null=True, default=None, on_delete=OnDelete.restrict)
    basic_salary = Sealed(of="employment.person", null=True)


class ChannelIdentity(CompanyTable):
    """A chat account that was shown to belong to a person."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    channel = Varchar(length=16)
    account = Varchar(length=64)  # the bot or workspace it talks to
    external_id = Varchar(length=128)
    place = Varchar(length=128, null=True, default=None)  # where messages to it go
    verified_at = Timestamptz(default=None)
    consent_hash = Varchar(length=64)  # of the words that were agreed to
    ended_at = Timestamptz(null=True, default=None)
    blocked_by = BigInt(null=True, default=None)  # the Block that ended it, until that is lifted
    unreachable_at = Timestamptz(null=True, default=None)
    shut_at = Timestamptz(null=True, default=None)  # when its person shut it to us, until somebody of HR saw to it


class MovedContact(CompanyTable):
    """An address or number of somebody was replaced; kept until they were told, and the old address with it."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    fields = Varchar(length=12)  # email | phone | email_phone
    replaced = Boolean(default=False)  # something stood there before
    email = Sealed(of="person", null=True)  # the address that was
    at = Timestamptz(default=None)
    told_at = Timestamptz(null=True, default=None)


class ImportBatch(CompanyTable):
    """People that came or changed together: a file, or one form. It is applied and taken back as a whole."""

    id: Serial
    public = Varchar(length=22, unique=True)
    kind = Varchar(length=8)  # file | form
    name = Varchar(length=120)  # what the file was called
    format = Varchar(length=4)  # csv | xlsx
    file_hash = Varchar(length=64)
    file = Sealed(of=None, null=True)  # the file itself, for its copy with reasons; dropped after 30 days
    state = Varchar(length=10)  # reading | checked | refused | applying | applied | undoing | undone | dropped
    begins = Date(default=None)  # from when changes of work hold
    seen = BigInt(default=0)  # the last entry about people in the audit when it was checked
    total = Integer(default=0)
    done = Integer(default=0)
    new = Integer(default=0)
    changed = Integer(default=0)
    same = Integer(default=0)
    refused = Integer(default=0)
    why = Varchar(length=200, null=True, default=None)  # why it could not be undone: a phrase, and the numbers
    by = Varchar(length=64)
    barred = Varchar(length=120, default="")  # columns that whoever sent it may not fill in
    places = Text(null=True, default=None)  # those it brings with it, with their clock and how many begin there
    made_at = Timestamptz(default=None)
    applied_at = Timestamptz(null=True, default=None)
    undone_at = Timestamptz(null=True, default=None)


class ImportRow(CompanyTable):
    """One line of a batch: who it is about, what was and what is to be, or why it is refused."""

    id: Serial
    batch = ForeignKey(ImportBatch, null=False, on_delete=OnDelete.restrict)
    row = Integer()  # as a spreadsheet counts it
    number = Varchar(length=40)
    verdict = Varchar(length=8)  # new | changed | refused
    employment = ForeignKey(Employment, null=True, default=None, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    before = Sealed(of="person", null=True)
    after = Sealed(of="person", null=True)
    reasons = Sealed(of="person", null=True)


class RevealRecord(CompanyTable):
    """Somebody looked at one sealed fact about a person, and why. Never changed; the person may read it."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    field = Varchar(length=24)
    actor = Varchar(length=64)  # as the audit names them
    channel = Varchar(length=16)
    why = Sealed(of="person")
    at = Timestamptz(default=None)
