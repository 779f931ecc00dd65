"""Who works here: the person, the spells of work, the dated facts of a spell, the chat accounts that speak for them."""

from piccolo.columns import Date, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.vault import Sealed


class Person(CompanyTable):
    """A human being; what identifies or describes them beyond the name is sealed."""

    id: Serial
    public = Varchar(length=22, unique=True)
    name = Varchar(length=120)
    language = Varchar(length=2)
    email = Sealed(null=True)
    email_index = Varchar(length=32, null=True, default=None)
    phone = Sealed(null=True)
    nik = Sealed(null=True)
    npwp = Sealed(null=True)
    kk = Sealed(null=True)
    birth_date = Sealed(null=True)
    gender = Sealed(null=True)
    religion = Sealed(null=True)
    marital_status = Sealed(null=True)
    dependants = Sealed(null=True)
    ptkp = Sealed(null=True)
    bank = Sealed(null=True)
    bank_account = Sealed(null=True)
    bank_holder = Sealed(null=True)


class Department(CompanyTable):
    """A part of the company; `minimum` is how many of its people must be in on a working day, if it says so."""

    id: Serial
    name = Varchar(length=120)
    minimum = Integer(null=True, default=None)


class Location(CompanyTable):
    """A place of work, which decides the clock its people live by."""

    id: Serial
    name = Varchar(length=120)
    zone = Varchar(length=40)


class Employment(CompanyTable):
    """One spell of work for the company, under one number."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    number = Varchar(length=40)
    type = Varchar(length=20)
    joins = Date(default=None)
    leaves = Date(null=True, default=None)


class Assignment(CompanyTable):
    """What a spell is from a date on: place, department, head, pay. The newest that has begun is in force."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    from_ = Date(default=None)
    position = Varchar(length=120, null=True, default=None)
    grade = Varchar(length=40, null=True, default=None)
    department = ForeignKey(Department, null=True, default=None, on_delete=OnDelete.restrict)
    location = ForeignKey(Location, null=False, on_delete=OnDelete.restrict)
    manager = ForeignKey(Employment, null=True, default=None, on_delete=OnDelete.restrict)
    basic_salary = Sealed(null=True)


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
    unreachable_at = Timestamptz(null=True, default=None)
