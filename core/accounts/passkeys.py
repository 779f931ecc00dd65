"""Passkeys: keys on a phone, a computer or a stick that prove who signs in, by a challenge that is signed once.

The challenge is kept nowhere: it says itself until when it is good and for whom, under our key. Only one that was
signed rightly is noted, so that it is good once; strangers who only ask for challenges write nothing.
"""

import base64
import binascii
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from core import audit, clock, database, settings, vault
from core.accounts import changed, reach, reasons, second_factor, sessions
from core.accounts.joining import EMAIL_COLUMN, digest
from core.accounts.tables import Account, Guess, Passkey, RecoveryCode
from core.audit import Actor
from core.errors import Refused

NAME = "passkey.name"
LONGEST_NAME, MOST = 60, 10
LONGEST_ANSWER = 40_000  # what an authenticator answers, certificates included, is a tenth of it
LONGEST_ID = 1400
GOOD_FOR = timedelta(minutes=5)
ADD, ENTER, PROVE = "add", "enter", "prove"  # what a challenge is for


@dataclass(frozen=True)
class Site:
    """What a passkey is made for: it signs for no other name, and browsers say from which page they were asked."""

    name: str
    origin: str


@dataclass(frozen=True)
class Kept:
    """A passkey as its owner knows it."""

    public: str
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Asking:
    """For what, and in whose session or browser, a challenge is given; it is good for nobody else."""

    purpose: str
    bound: str
    site: Site


@dataclass(frozen=True)
class Shown:
    """A passkey that was found by its number, before its signature was looked at."""

    passkey: int
    public: str
    account: int


def site(host: str) -> Site | None:
    """The site of this installation, or None where browsers make no passkeys: at a number, or without https.

    On one's own computer the name `localhost` counts, also where the settings say 127.0.0.1.
    """
    where = urlsplit(settings.current().public_url)
    name, asked = (where.hostname or "").lower(), host.lower()
    if _is_number(name):
        at_home = ip_address(name).is_loopback or ip_address(name).is_unspecified
        if at_home and where.scheme == "http" and asked.partition(":")[0] == "localhost":
            return Site("localhost", f"http://{asked}")
        return None
    if where.scheme != "https" and name != "localhost":
        return None
    usual = {"https": 443, "http": 80}[where.scheme]
    port = "" if where.port in (None, usual) else f":{where.port}"
    return Site(name, f"{where.scheme}://{name}{port}")


def by_name() -> str | None:
    """The address at which passkeys work on this very computer, where the settings say a number."""
    where = urlsplit(settings.current().public_url)
    name = where.hostname or ""
    if where.scheme != "http" or not _is_number(name):
        return None
    if not (ip_address(name).is_loopback or ip_address(name).is_unspecified):
        return None
    return f"http://localhost:{where.port or 80}"


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


# -- challenges --------------------------------------------------------------------------------------------------------


def challenge(asking: Asking) -> bytes:
    """A new challenge for a signature."""
    until = int((clock.now() + GOOD_FOR).timestamp())
    said = secrets.token_bytes(16) + until.to_bytes(8, "big")
    return said + _seal(said, asking)


def _seal(said: bytes, asking: Asking) -> bytes:
    words = f"{asking.purpose}|{digest(asking.bound)}|{asking.site.name}|{said.hex()}"
    return bytes.fromhex(vault.blind_index(words, field="passkey"))


def checked(answer: dict[str, Any], asking: Asking) -> bytes:
    """The challenge that was signed, if we gave it for this and it is still good."""
    try:
        said = json.loads(_bytes(answer["response"]["clientDataJSON"]))
        found = _bytes(said["challenge"])
        until = int.from_bytes(found[16:24], "big")
        ours = len(found) == 40 and hmac.compare_digest(found[24:], _seal(found[:24], asking))
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Refused("passkeys.wrong") from None
    if said.get("crossOrigin"):
        raise Refused("passkeys.wrong")
    if not ours or clock.now().timestamp() >= until:
        raise Refused("passkeys.late")
    return found


async def _spend(found: bytes) -> None:
    """Note that a challenge was answered; a second time it is refused. Needs installation()."""
    mark = vault.blind_index(found.hex(), field="passkey")
    await database.lock_name(f"challenge:{mark}")
    if await Guess.exists().where(Guess.mark == mark):
        raise Refused("passkeys.late")
    await Guess.insert(Guess(mark=mark, failures=0, failed_at=clock.now()))


def _bytes(said: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
    except binascii.Error:
        raise ValueError("no base64") from None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(answer: str) -> dict[str, Any]:
    """What a browser hands over, or Refused where it is no such thing."""
    try:
        found = json.loads(answer) if len(answer) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("response"), dict):
        raise Refused("passkeys.wrong")
    return found


# -- what browsers are asked -------------------------------------------------------------------------------------------


async def to_add(account: int, asking: Asking) -> dict[str, Any]:
    """What a browser needs to make a passkey for this account."""
    import webauthn
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None
    made = webauthn.generate_registration_options(
        rp_id=asking.site.name, rp_name="Serambi", user_id=row.public.encode(),
        user_name=vault.unseal(row.email, company=0, column=EMAIL_COLUMN), challenge=challenge(asking),
        exclude_credentials=await _descriptors(account),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )  # fmt: skip
    return dict(options_to_json_dict(made))


async def to_sign(asking: Asking, account: int | None = None) -> dict[str, Any]:
    """What a browser needs to have a passkey sign: any of this site, or one of this account."""
    import webauthn
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import UserVerificationRequirement

    made = webauthn.generate_authentication_options(
        rp_id=asking.site.name, challenge=challenge(asking),
        allow_credentials=[] if account is None else await _descriptors(account),
        user_verification=UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return dict(options_to_json_dict(made))


async def _descriptors(account: int) -> list[Any]:
    from webauthn.helpers.structs import AuthenticatorTransport, PublicKeyCredentialDescriptor

    async with database.installation(writes=False):
        rows = await Passkey.select(Passkey.credential, Passkey.transports).where(Passkey.account == account)
    return [
        PublicKeyCredentialDescriptor(
            id=_bytes(row["credential"]),
            transports=[AuthenticatorTransport(one) for one in row["transports"].split(",") if one] or None,
        )
        for row in rows
    ]


# -- one's own ---------------------------------------------------------------------------------------------------------


async def of_account(account: int) -> Sequence[Kept]:
    """The passkeys of an account, the oldest first."""
    async with database.installation(writes=False):
        rows = await Passkey.select().where(Passkey.account == account).order_by(Passkey.id)
    return [
        Kept(row["public"], vault.unseal(row["name"], company=0, column=NAME), row["made_at"], row["used_at"])
        for row in rows
    ]


async def one_of(account: int, public: str) -> Kept:
    """One of them; LookupError where it is not theirs."""
    found = next((one for one in await of_account(account) if one.public == public), None)
    if found is None:
        raise LookupError(public)
    return found


async def add(account: int, answer: str, name: str, asking: Asking, *, session: int) -> list[str]:
    """Let this passkey sign in for the account from now on. Returns the recovery codes, where it is the first second
    step: they are shown this once. Every other session ends, as with a new phone."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    told, said = read(answer), _name(name)
    found = checked(told, asking)
    try:
        made = webauthn.verify_registration_response(
            credential=told, expected_challenge=found, expected_rp_id=asking.site.name,
            expected_origin=asking.site.origin, require_user_verification=True,
        )  # fmt: skip
        how = webauthn.helpers.parse_registration_credential_json(told).response.transports or []
    except (WebAuthnException, ValueError, TypeError, LookupError, RecursionError):
        raise Refused("passkeys.wrong") from None
    credential = _text(made.credential_id)
    async with database.installation():
        await database.lock(Account, account)
        await database.lock_name(f"passkey:{credential[:64]}")
        await _spend(found)
        if len(credential) > LONGEST_ID or await Passkey.exists().where(Passkey.credential == credential):
            raise Refused("passkeys.known")
        if await Passkey.count().where(Passkey.account == account) >= MOST:
            raise Refused("passkeys.many", number=str(MOST))
        first = not await second_factor.stands(account)
        await Passkey.insert(
            Passkey(
                public=database.new_public(), account=account, credential=credential,
                public_key=_text(made.credential_public_key), sign_count=made.sign_count,
                name=vault.seal(said, company=0, column=NAME), transports=",".join(sorted({one.value for one in how})),
                made_at=clock.now(),
            )
        )  # fmt: skip
        codes = await second_factor.new_codes(account) if first else []
        await sessions.end_all(account, but=session)
        await changed.tell(account, changed.PASSKEY)
    await changed.record(account, "passkey.added", Actor(f"account:{account}", "web"))
    return codes


async def rename(account: int, public: str, name: str) -> None:
    """Call a passkey something else."""
    said = vault.seal(_name(name), company=0, column=NAME)
    async with database.installation():
        done = (
            await Passkey.update({Passkey.name: said})
            .where((Passkey.account == account) & (Passkey.public == public))
            .returning(Passkey.id)
        )
    if not done:
        raise LookupError(public)
    await changed.record(account, "passkey.renamed", Actor(f"account:{account}", "web"))


async def remove(account: int, public: str, *, session: int) -> None:
    """Have a passkey open nothing any more; never the last second step of somebody of whom a company demands one."""
    demanded = bool(await second_factor.demanded_by(account))
    async with database.installation():
        await database.lock(Account, account)
        await _delete(account, public)
        if not await second_factor.stands(account):
            if demanded:
                raise Refused("passkeys.last_one")
            await RecoveryCode.delete().where(RecoveryCode.account == account)
        await sessions.end_all(account, but=session)
        await changed.tell(account, changed.PASSKEY_OFF)
    await changed.record(account, "passkey.removed", Actor(f"account:{account}", "web"))


async def take_off(account: int, public: str, *, by: Actor, reason: str) -> None:
    """Take one passkey off somebody who has lost it; inside the transaction of the company that does it. The other
    ways of the account stay; its sessions here end."""
    await reach.hold(by, account=account)
    why = await reasons.keep(reason, person=await reasons.person_of(account))
    await database.lock(Account, account)
    await _delete(account, public)
    if not await second_factor.stands(account):
        await RecoveryCode.delete().where(RecoveryCode.account == account)
    await sessions.end_here(account)
    await changed.tell(account, changed.PASSKEY_OFF)
    audit.record("passkey.taken_off", f"account:{account}", by=by, reason=why)


async def _delete(account: int, public: str) -> None:
    mine = (Passkey.account == account) & (Passkey.public == public)
    if not await Passkey.delete().where(mine).returning(Passkey.id):
        raise LookupError(public)


def _name(said: str) -> str:
    name = " ".join(said.split())[:LONGEST_NAME].strip()
    if not name:
        raise Refused("passkeys.no_name")
    return name


# -- a signature -------------------------------------------------------------------------------------------------------


async def shown(told: dict[str, Any]) -> Shown | None:
    """Whose passkey this says to be."""
    said = told.get("id")
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_ID or "\0" in said or not said.isascii():
        return None
    async with database.installation(writes=False):
        row = (
            await Passkey.select(Passkey.id, Passkey.public, Passkey.account, Passkey.account.public.as_alias("owner"))
            .where(Passkey.credential == said)
            .first()
        )
    if row is None:
        return None
    handle = told["response"].get("userHandle")
    if handle and handle != _text(row["owner"].encode()):
        return None
    return Shown(row["id"], row["public"], row["account"])


async def check(told: dict[str, Any], found: Shown, asking: Asking) -> None:
    """Refuse a signature that is not this passkey's, for this very challenge, made now by who unlocked it.

    A counter that does not grow means that the key was copied: refused, told to its owner and written down.
    """
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    given = checked(told, asking)
    async with database.installation(writes=False):
        row = await Passkey.objects().get(Passkey.id == found.passkey)
    if row is None:
        raise Refused("passkeys.wrong")
    try:
        made = webauthn.verify_authentication_response(
            credential=told, expected_challenge=given, expected_rp_id=asking.site.name,
            expected_origin=asking.site.origin, credential_public_key=_bytes(row.public_key),
            credential_current_sign_count=0, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, LookupError, RecursionError):
        raise Refused("passkeys.wrong") from None
    count = made.new_sign_count
    async with database.installation():
        await _spend(given)
        grown = Passkey.sign_count < count if count else Passkey.sign_count == 0  # synced ones do not count at all
        taken = (
            await Passkey.update({Passkey.sign_count: count, Passkey.used_at: clock.now()})
            .where((Passkey.id == found.passkey) & grown)
            .returning(Passkey.id)
        )
        if not taken:
            await changed.tell(found.account, changed.PASSKEY_COPIED)
    if not taken:
        await changed.record(found.account, "passkey.refused", Actor(f"account:{found.account}", "web"))
        raise Refused("passkeys.copied")
