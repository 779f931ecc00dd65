"""Who may sign in, to which company, as what; and the codes and links that prove it once."""

from piccolo.columns import BigInt, Boolean, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
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
    trial = Boolean(default=False)  # the demo's: administrators may do without a second factor
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
    totp = Sealed(of=None, null=True)  # the secret of the second factor, once it was shown to work
    totp_new = Sealed(of=None, null=True)  # one that is being set up
    totp_step = BigInt(default=0)  # the last half minute whose code was used: each is good once
    blocked_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)


class Session(Table):
    """A browser that signed in; only the hash of its cookie is kept."""

    id: Serial
    public = Varchar(length=22, null=True, default=None)
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    waits = Varchar(length=8, null=True, default=None)  # code | setup: of the second factor, before anything opens
    agent = Varchar(length=60, default="")  # browser and system, as people call them
    seen_from = Sealed(of=None, null=True)  # the network address
    shut = Text(default="")  # the companies that ended it for themselves, each as `,7,`
    frame = BigInt(null=True, default=None)  # the ChatFrame in which it opens the chat, and nothing else
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)


class ChatFrame(CompanyTable):
    """A page of the company's own, by its origin, that may show the chat in a frame."""

    id: Serial
    public = Varchar(length=22, unique=True)
    origin = Varchar(length=255)
    made_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)
    shown_at = Timestamptz(null=True, default=None)  # when that page last asked for it, to the minute
    refused_at = Timestamptz(null=True, default=None)  # when another page did
    refused_from = Varchar(length=255, null=True, default=None)


class Token(Table):
    """A link that may be used once, to prove an address and set a password or accept an offer; or a code that opens a
    chat in a frame."""

    id: Serial
    kind = Varchar(length=16)  # sign_in | reset | frame | offer
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
    shut = Text(default="")  # as of a session; what it opens is shut there, too
    inviter = BigInt(null=True, default=None)  # the company whose offers its use accepts; none of a reset


class Membership(CompanyTable):
    """An account acts in a company, in one role; the person is who it is there as an employee. Its owner agreed."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    role = Varchar(length=32)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    since = Timestamptz(null=True, default=None)  # when that was; null: before it was written down


class MembershipOffer(CompanyTable):
    """A membership that a company offers and the account's owner did not accept yet: it opens and demands nothing."""

    id: Serial
    public = Varchar(length=22, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    role = Varchar(length=32)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    by = Varchar(length=64)
    offered_at = Timestamptz(default=None)
    sent_at = Timestamptz(null=True, default=None)  # when its owner was last told
    declined_at = Timestamptz(null=True, default=None)


class Invitation(CompanyTable):
    """A code that HR hands to an employee, by which a chat account is linked once."""

    id: Serial
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    code_hash = Varchar(length=64, unique=True)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
    replaced = Boolean(default=False)
    tries = Integer(default=0)  # how often somebody gave this code and was not linked
    code = Sealed(of="employment.person", null=True)  # for the sheet of those without mail, while it opens something


class InvitationBatch(CompanyTable):
    """People who were invited together."""

    id: Serial
    public = Varchar(length=22, unique=True)
    by = Varchar(length=64)
    state = Varchar(length=8)  # running | done | revoked
    total = Integer(default=0)
    done = Integer(default=0)
    made_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)
    revoked_at = Timestamptz(null=True, default=None)


class Invited(CompanyTable):
    """Somebody in a batch of invitations, and what became of theirs."""

    id: Serial
    batch = ForeignKey(InvitationBatch, null=False, on_delete=OnDelete.restrict)
    employment = ForeignKey(Employment, null=False, on_delete=OnDelete.restrict)
    outcome = Varchar(length=8)  # waiting | mailed | sheet | refused, or why not: above | blocked | often | gone
    invitation = ForeignKey(Invitation, null=True, default=None, on_delete=OnDelete.restrict)
    token_hash = Varchar(length=64, null=True, default=None)  # of the link that was mailed with the code


class OperatorGrant(CompanyTable):
    """Somebody of the operator asks to look into this company, and a Super Administrator lets them for some hours."""

    id: Serial
    public = Varchar(length=22, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)  # one of the operator's own
    reason = Sealed(of=None)
    minutes = Integer()
    asked_at = Timestamptz(default=None)
    given_at = Timestamptz(null=True, default=None)
    given_by = Varchar(length=64, null=True, default=None)
    until = Timestamptz(null=True, default=None)  # from this very instant on nothing opens any more
    ended_at = Timestamptz(null=True, default=None)  # before its time, or declined
    ended_by = Varchar(length=64, null=True, default=None)


class KeyRenewal(CompanyTable):
    """How far a company's data have been sealed with its new keys: a table, and the row after which to go on."""

    id: Serial
    begun_at = Timestamptz(default=None)
    stage = Varchar(length=40)  # a table, or `keys` while persons get theirs
    after = BigInt(default=0)
    sealed = BigInt(default=0)  # fields so far
    ended_at = Timestamptz(null=True, default=None)


class RecoveryCode(Table):
    """One of ten codes that stand in for a lost second factor, once."""

    id: Serial
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    code_hash = Varchar(length=64)
    used_at = Timestamptz(null=True, default=None)


class Passkey(Table):
    """A key pair on somebody's device that signs in for their account; here is its public half alone."""

    id: Serial
    public = Varchar(length=22, unique=True)
    account = ForeignKey(Account, null=False, on_delete=OnDelete.restrict)
    credential = Varchar(length=1400, unique=True)  # the number by which browsers call it, in Base64
    public_key = Varchar(length=2800)
    sign_count = BigInt(default=0)  # how often it has signed, as it says itself; of synced ones always 0
    name = Sealed(of=None)  # what its owner calls it
    transports = Varchar(length=80, default="")  # how browsers reach it: usb, internal, hybrid; by comma
    made_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)


class Guess(Table):
    """Wrong passwords for one account from one address in a row, tries from an address in five minutes, what somebody
    took out of the house in twenty seconds, or a challenge that a passkey has signed."""

    id: Serial
    mark = Varchar(length=32, unique=True)  # keyed hash of what is counted
    failures = Integer(default=0)
    failed_at = Timestamptz(default=None)


class Block(CompanyTable):
    """Somebody's accounts were blocked because somebody else may be using them; open until it is lifted."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    account = BigInt(null=True, default=None)
    channel = Varchar(length=16)  # where it was asked for
    sessions = Integer(default=0)  # how many were ended
    chats = Varchar(length=120, default="")  # the channels that were ended, by comma
    blocked_at = Timestamptz(default=None)
    lifted_at = Timestamptz(null=True, default=None)
    lifted_by = Varchar(length=64, null=True, default=None)
    reason = Sealed(of="person", null=True)  # why it was lifted


class AccountReason(CompanyTable):
    """Why somebody's sessions were ended, or their second factor was taken off; the audit entry has its number."""

    id: Serial
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.restrict)
    words = Sealed(of="person")
    at = Timestamptz(default=None)
