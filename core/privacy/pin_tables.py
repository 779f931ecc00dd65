"""The PIN by which somebody shows that it is they who ask in a chat, and the one-time pages that take it."""

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.privacy.tables import DataRequest


class Pin(CompanyTable):
    """Somebody's PIN, set where they had signed in."""

    id: Serial
    person = ForeignKey(Person, null=False, unique=True, on_delete=OnDelete.restrict)
    pin_hash = Varchar(length=120)
    set_at = Timestamptz(default=None)
    failures = Integer(default=0)  # in a row
    failed_at = Timestamptz(null=True, default=None)
    shut = Boolean(default=False)  # guessed at too often: only a new one opens anything


class ProofLink(CompanyTable):
    """The address of a page that takes a PIN for one request: once, and for a quarter of an hour."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    request = ForeignKey(DataRequest, null=False, on_delete=OnDelete.restrict)
    token_hash = Varchar(length=64, null=True, default=None)  # null: it opens nothing any more
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
