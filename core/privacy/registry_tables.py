"""What the register of processing holds beside what follows from the classification."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person


class ProcessorApproval(CompanyTable):
    """The company's written word on somebody who works with its data: the newest one holds."""

    id: Serial
    processor = Varchar(length=16)  # processing.toml
    name = Varchar(length=120)  # who they are, where the installation and not this file knows
    country = Varchar(length=2)  # ISO 3166
    verdict = Varchar(length=8)  # approved | refused
    safeguard = Varchar(length=12)  # home | equal | contract | consent: art. 56
    document = Varchar(length=200)  # where the agreement is kept
    by = Varchar(length=64)
    at = Timestamptz(default=None)


class Disclosure(CompanyTable):
    """Data of somebody, or of a group, were given to somebody outside: to whom, which, on what basis."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # what people quote
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)  # null: a group
    crowd = Varchar(length=120, null=True, default=None)  # who they are, where it was not one person
    people = Integer(default=1)  # how many
    receiver = Varchar(length=120)
    data = Varchar(length=300)  # which kinds of data, never the data
    basis = Varchar(length=12)  # law | contract | consent | order
    why = Text()
    by = Varchar(length=64)
    given_at = Timestamptz(default=None)  # when they got it
    at = Timestamptz(default=None)


class PolicyAcceptance(CompanyTable):
    """The company accepted a version of the terms or of the privacy policy: these words, in this language, by whom."""

    id: Serial
    kind = Varchar(length=8)  # terms | privacy
    version = Integer()
    hash = Varchar(length=64)  # of its words in every language
    language = Varchar(length=2)  # in which it was read
    by = Varchar(length=64)
    at = Timestamptz(default=None)
