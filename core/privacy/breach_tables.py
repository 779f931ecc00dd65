"""What is kept of a breach: what happened, whose data it was, and what each of them was told."""

from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class Breach(CompanyTable):
    """Personal data came where they must not (art. 46): one event, from the first sign of it to its end."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # what people quote
    drill = Boolean(default=False)  # nobody outside is told
    state = Varchar(length=8)  # listing | open | sending | told | closed
    whose = Varchar(length=12)  # everybody | department | location | numbers
    of = Integer(null=True, default=None)  # the department or location
    kinds = Varchar(length=120)  # of data, parted by commas: breach_rules.KINDS
    facts = Sealed(of=None)  # JSON: how it came about and what is done, in the languages of the letters
    authority = Varchar(length=160)  # who is told of it beside the people
    found_at = Timestamptz(default=None)  # the first sign of it here: the clock of the law begins
    declared_at = Timestamptz(default=None)
    declared_by = Varchar(length=64)
    people = Integer(default=0)
    sent = Integer(default=0)
    sent_at = Timestamptz(null=True, default=None)  # when the last letter was put on its way
    authority_told_at = Timestamptz(null=True, default=None)
    closed_at = Timestamptz(null=True, default=None)
    closing = Sealed(of=None, null=True)  # what was learnt of it


class BreachLetter(CompanyTable):
    """Somebody whose data it was, and by which way they are told."""

    id: Serial
    breach: Any = ForeignKey(Breach, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    way = Varchar(length=6)  # chat | mail | portal | paper
    sent_at = Timestamptz(null=True, default=None)
