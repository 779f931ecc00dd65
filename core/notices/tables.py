"""What people wish the product could do, and who else wishes it."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.columns.reference import LazyTableReference

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class FeatureRequest(CompanyTable):
    """A wish: in the words of whoever had it, and, once HR has read it, under the title that everybody sees."""

    id: Serial
    public = Varchar(length=22, unique=True)
    number = Varchar(length=16)  # U-17: what people quote
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    words = Sealed(of="person")
    title = Varchar(length=80, null=True, default=None)  # written by HR; null: seen by nobody but them and its author
    state = Varchar(length=9)  # feature_rules.STATES
    law = Text(null=True, default=None)  # what of labour and tax law it was checked against, and what came of it
    answer = Text(null=True, default=None)  # what is said about it where it stands now
    release = Varchar(length=32, null=True, default=None)  # the release that brought it
    into: Any = ForeignKey(  # the one it was merged into
        LazyTableReference("FeatureRequest", module_path=__name__), null=True, default=None, on_delete=OnDelete.restrict
    )
    votes = Integer(default=0)
    told = Integer(default=0)  # how often its state was told: names each telling
    opened_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)


class Vote(CompanyTable):
    """Somebody wishes it too, and is told what becomes of it."""

    id: Serial
    request = ForeignKey(FeatureRequest, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(default=None)
