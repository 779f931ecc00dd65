"""What people said yes and no to about their data, each time, with the words that stood there."""

from piccolo.columns import BigInt, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class ConsentEvent(CompanyTable):
    """Somebody gave their word for one purpose, or took it back; never changed, the newest one holds."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    purpose = Varchar(length=12)  # consents.PURPOSES
    act = Varchar(length=9)  # given | withdrawn
    version = Integer()  # of the words
    hash = Varchar(length=64)  # of the words as they were read
    words = Sealed(of="person", null=True)  # the words themselves; null: from before they were kept
    language = Varchar(length=2)
    channel = Varchar(length=16)  # through which door
    message = BigInt(null=True, default=None)  # the message that said so, where it was one
    by = Varchar(length=64)
    at = Timestamptz(default=None)
