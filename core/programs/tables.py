"""Other programs of a company: what lets them in, and what they asked for once already."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

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
