"""Other programs of a company: what lets them in, what they asked for once already, and what they are told."""

from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.vault import Sealed


class ApiToken(CompanyTable):
    """A program that may ask in the company's name, until a day, what its scopes say; of its secret a hash is kept."""

    id: Serial
    public = Varchar(length=22, unique=True)
    name = Varchar(length=80)
    scopes = Varchar(length=400)  # scopes.SCOPES, parted by blanks
    token_hash = Varchar(length=64, unique=True)
    hint = Varchar(length=4)  # how its secret ends
    made_by = Varchar(length=64)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    window_at = Timestamptz(null=True, default=None)  # when the minute began in which its requests are counted
    window_used = Integer(default=0)


class ApiWrite(CompanyTable):
    """What a program was answered under an Idempotency-Key: asked again, it is told the same and nothing is done."""

    id: Serial
    token: Any = ForeignKey(ApiToken, null=False, on_delete=OnDelete.restrict)
    mark = Varchar(length=64)  # of the key
    asked = Varchar(length=64)  # of method, address and body
    status = Integer()
    answer = Sealed(of=None)
    at = Timestamptz(default=None)


class Webhook(CompanyTable):
    """An address of a program that is told what happens, as long as its owner wants and it answers."""

    id: Serial
    public = Varchar(length=22, unique=True)
    address = Sealed(of=None)  # addresses of some services open what they lead to
    kinds = Varchar(length=600)  # happenings.KINDS, parted by blanks
    secret = Sealed(of=None)
    old_secret = Sealed(of=None, null=True)  # signs, too, until old_until
    old_until = Timestamptz(null=True, default=None)
    state = Varchar(length=8)  # on | paused | off: given up by us
    why = Varchar(length=8, null=True, default=None)  # it is off: gone | failing
    failures = Integer(default=0)  # in a row
    failing_since = Timestamptz(null=True, default=None)
    shut_until = Timestamptz(null=True, default=None)  # it is left alone
    busy_until = Timestamptz(null=True, default=None)  # a worker is calling it
    slow = Boolean(default=False)
    made_by = Varchar(length=64)
    made_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)


class WebhookDelivery(CompanyTable):
    """Something that happened, on its way to one address; its words name rows by their ids and nobody by name."""

    id: Serial
    webhook: Any = ForeignKey(Webhook, null=False, on_delete=OnDelete.restrict)
    event = Varchar(length=40)  # by which a receiver knows what it has had already
    kind = Varchar(length=32)
    body = Text()
    made_at = Timestamptz(default=None)
    state = Varchar(length=8)  # queued | done | dead
    attempts = Integer(default=0)
    next_at = Timestamptz(null=True, default=None)
    tried_at = Timestamptz(null=True, default=None)
    took = Integer(null=True, default=None)  # milliseconds
    status = Integer(null=True, default=None)
    error = Varchar(length=16, null=True, default=None)  # retries.ERRORS
