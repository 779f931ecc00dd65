"""What is kept of data that went, must stay, or was handed out: never more about anybody than that."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person
from core.vault import Sealed


class Erasure(CompanyTable):
    """That somebody's data go: who asked for it, who agreed, how far it is. It says nothing about whose they were."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    scope = Varchar(length=8)  # whole | here: somebody still works here, and what the work needs stays
    state = Varchar(length=8)  # planned | running | done | dropped
    asked_by = Varchar(length=64)
    asked_at = Timestamptz(default=None)
    request = Varchar(length=22, null=True, default=None)  # the address of the request that it answers
    agreed_by = Varchar(length=64, null=True, default=None)  # never who asked
    agreed_at = Timestamptz(null=True, default=None)
    runs_at = Timestamptz(null=True, default=None)  # not before; until then whoever asked may take it back
    plan = Text()  # JSON: table, act, reason, until when, how many rows, as it was shown
    accounts = Text(default="[]")  # JSON: the numbers of their accounts
    stage = Varchar(length=40, default="")  # the last step that is done
    counts = Text(default="{}")  # JSON: what was done, by table
    finished_at = Timestamptz(null=True, default=None)
    signature = Varchar(length=64, null=True, default=None)  # of the certificate


class Retained(CompanyTable):
    """A fact that the law wants kept of somebody whose data went, under a key that goes when its year is over."""

    id: Serial
    erasure = ForeignKey(Erasure, null=False, on_delete=OnDelete.restrict)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    place = Varchar(length=64)  # table.column
    row = BigInt()
    law = Varchar(length=24)
    until = Date(default=None)  # the last day on which it opens
    value = Text()  # an envelope under the key of that year, which is no person's


class LegalHold(CompanyTable):
    """Somebody's data must not go, since a dispute or an order needs them; open until it is released."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    basis = Varchar(length=12)  # dispute | order | audit
    reason = Sealed(of="person")
    by = Varchar(length=64)
    at = Timestamptz(default=None)
    released_by = Varchar(length=64, null=True, default=None)
    released_at = Timestamptz(null=True, default=None)


class Restriction(CompanyTable):
    """Somebody's data may only be kept for now; open until it is lifted."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    by = Varchar(length=64)
    at = Timestamptz(default=None)
    request = Varchar(length=22, null=True, default=None)
    lifted_by = Varchar(length=64, null=True, default=None)
    lifted_at = Timestamptz(null=True, default=None)


class AccessPack(CompanyTable):
    """Everything held about somebody, packed for them and locked; fetched a few times, then gone."""

    id: Serial
    public = Varchar(length=22, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    request = Varchar(length=22, null=True, default=None)
    state = Varchar(length=8)  # making | ready | gone
    by = Varchar(length=64)
    asked_at = Timestamptz(default=None)
    password = Sealed(of="person", null=True)  # until it was shown
    shown_at = Timestamptz(null=True, default=None)
    file = Sealed(of="person", null=True)
    sha256 = Varchar(length=64, null=True, default=None)
    size = Integer(default=0)
    made_at = Timestamptz(null=True, default=None)
    expires_at = Timestamptz(null=True, default=None)
    fetched = Integer(default=0)
    token_hash = Varchar(length=64, null=True, default=None)  # of the address for who cannot sign in


class RetentionRun(CompanyTable):
    """What a night let go because it was kept long enough, by table, and how many rows a hold kept back; signed."""

    id: Serial
    public = Varchar(length=22, unique=True)
    at = Timestamptz(default=None)
    dry = Boolean(default=False)
    counts = Text()  # JSON: table -> rows
    held = Text(default="{}")
    signature = Varchar(length=64)
