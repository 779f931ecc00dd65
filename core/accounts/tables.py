"""Who may sign in, to which company, as what; and the codes and links that prove it once."""

from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar
from piccolo.table import Table

from core.database import CompanyTable
from core.people.tables import Employment, Person
from core.vault import Sealed


class Company(Table):
    """A customer of the installation; the row of kind `operator` is the installation, for strangers' talk."""

    id: Serial
    slug = Varchar(length=40, unique=True)
    name = Varchar(length=120)
    kind = Varchar(length=8)  # company | operator
    language = Varchar(length=2)
    zone = Varchar(length=40)
    key_check = Sealed(of=None, null=True)  # of the operator only: opens with the keys of this database
    created_at = Timestamptz(default=None)


class Account(Table):
    """Somebody who may sign in to web pages, with one address in the whole installation."""

    id: Serial
    public = Varchar(length=22, unique=True)
    email = Sealed(of=None)
    email_index = Varchar(length=32, unique=True)
    password_hash = Varchar(length=200, null=True, default=None)
    language = Varchar(length=2)
    failures = Integer(default=0)
    failed_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class Session(Table):
    """A browser that signed in; only the hash of its cookie is kept."""

    id: Serial
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)


class Token(Table):
    """A link that may be used once, to prove an address and set a password."""

    id: Serial
    kind = Varchar(length=16)  # sign_in
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class Membership(CompanyTable):
    """An account acts in a company, in one role; the person is who it is there as an employee."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    role = Varchar(length=32)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)


class Invitation(CompanyTable):
    """A code that HR hands to an employee, by which a chat account is linked once."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    code_hash = Varchar(length=64, unique=True)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
    replaced = Boolean(default=False)


class KeyRenewal(CompanyTable):
    """How far a company's data have been sealed with its new keys: a table, and the row after which to go on."""

    id: Serial
    begun_at = Timestamptz(default=None)
    stage = Varchar(length=40)  # a table, or `keys` while persons get theirs
    after = BigInt(default=0)
    sealed = BigInt(default=0)  # fields so far
    ended_at = Timestamptz(null=True, default=None)
