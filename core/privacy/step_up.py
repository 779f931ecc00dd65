"""Showing in a chat that it is really oneself: a page that is open once, for a quarter of an hour, asks for the PIN.

The PIN is set where its owner has signed in, so it proves more than the chat in which the page's address arrives. A
guess is counted before it is looked at; after too many the PIN opens nothing until a new one is set.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from core import audit, clock, database, settings
from core.accounts import pins
from core.audit import Actor
from core.errors import Refused
from core.messaging import outbox
from core.messaging.messages import Message
from core.people import present
from core.people.tables import Person
from core.phrases import phrase
from core.privacy import kinds, requests, way
from core.privacy.pin_tables import Pin, ProofLink
from core.privacy.tables import DataRequest

LIFE = timedelta(minutes=15)
MOST_AN_HOUR = 5  # addresses of one person


@dataclass(frozen=True)
class Opened:
    """What a page is about: whose, and which request."""

    company: int
    link: int
    person: int
    request: DataRequest
    language: str


async def has_pin(person: int) -> bool:
    """Whether somebody has set one that still opens something."""
    mine = (Pin.person == person) & (Pin.shut == False)  # noqa: E712
    return bool(await Pin.exists().where(mine))


async def of_person(person: int) -> Pin | None:
    """Somebody's PIN, never the digits."""
    row: Pin | None = await Pin.objects().where(Pin.person == person).first()
    return row


async def choose(company: int, person: int, pin: str, again: str, *, by: Actor) -> None:
    """Set it, or a new one in its place; where it was shut it opens again. Refused: too easy, or typed twice otherwise.

    Nothing else is open meanwhile: hashing takes its time.
    """
    async with database.reading(company):
        born = await _birthday(person)
    pins.check(pin, known=_dates(born))
    if pin != again:
        raise Refused("pins.not_the_same")
    made, now = await pins.hashed(pin), clock.now()
    async with database.transaction(company):
        await database.lock(Person, person)
        fresh = {
            Pin.pin_hash: made, Pin.set_at: now, Pin.failures: 0, Pin.failed_at: None, Pin.shut: False,
        }  # fmt: skip
        if await Pin.exists().where(Pin.person == person):
            await Pin.update(fresh).where(Pin.person == person)
        else:
            await Pin.insert(Pin(person=person, pin_hash=made, set_at=now, failures=0, shut=False))
        await ProofLink.update({ProofLink.token_hash: None}).where(ProofLink.person == person)
        audit.record("pin.chosen", f"person:{person}", by=by)
        await _tell(person, "pins.told_chosen", f"pin:{person}:{now.isoformat()}")


def needs(row: DataRequest) -> bool:
    """Whether its asker may still show that it is they; a correction is the better for it, whatever its field."""
    enough = kinds.is_known_enough(row.kind, row.identity) and row.kind not in kinds.REWRITES
    return row.state in way.OPEN and row.identity not in kinds.CERTAIN and not enough


async def link(row: DataRequest) -> str | None:
    """The address of a page for this request, in the open transaction; None without a PIN, or after too many."""
    if not needs(row) or not await has_pin(row.person):
        return None
    now = clock.now()
    lately = (ProofLink.person == row.person) & (ProofLink.made_at > now - timedelta(hours=1))
    if await ProofLink.count().where(lately) >= MOST_AN_HOUR:
        return None
    await ProofLink.update({ProofLink.token_hash: None}).where(ProofLink.person == row.person)
    secret = secrets.token_urlsafe(32)
    await ProofLink.insert(
        ProofLink(
            person=row.person, request=row.id, token_hash=_hashed(secret), made_at=now, expires_at=now + LIFE
        )
    )  # fmt: skip
    return f"{settings.current().public_url}/p/{secret}"


async def opened(secret: str) -> Opened | None:
    """What an address is about; None for any other, one that was used, or whose time is over."""
    async with database.installation(writes=False):
        row = await ProofLink.objects().where(ProofLink.token_hash == _hashed(secret)).first()
    if row is None or row.used_at is not None or row.expires_at <= clock.now():
        return None
    async with database.reading(row.company):
        request = await DataRequest.objects().where(DataRequest.id == row.request).first()
        person = await Person.select(Person.language).where(Person.id == row.person).first()
    if request is None or person is None or not needs(request):
        return None
    return Opened(int(row.company), int(row.id), int(row.person), request, person["language"])


async def prove(secret: str, pin: str) -> Opened:
    """Take the PIN of whoever the page was made for: the request is known to be theirs, and the page is used up.

    Refused: the page is over; the PIN is wrong, rests, or is shut.
    """
    found = await opened(secret)
    if found is None:
        raise Refused("pins.page_over")
    stored = await _counted(found)
    right = await pins.fits(stored, pin.strip())
    by = Actor(f"person:{found.person}", "web")
    async with database.transaction(found.company):
        await database.lock(Person, found.person)
        row = await Pin.objects().where(Pin.person == found.person).first()
        if row is None or row.pin_hash != stored:
            raise Refused("pins.page_over")
        if not right:
            if row.failures >= pins.MOST and not row.shut:
                await Pin.update({Pin.shut: True}).where(Pin.id == row.id)
                await ProofLink.update({ProofLink.token_hash: None}).where(ProofLink.person == found.person)
                audit.record("pin.shut", f"person:{found.person}", by=by)
                await _tell(found.person, "pins.told_shut", f"pin:{found.person}:shut:{row.set_at.isoformat()}")
        else:
            used = (
                await ProofLink.update({ProofLink.used_at: clock.now(), ProofLink.token_hash: None})
                .where((ProofLink.id == found.link) & ProofLink.used_at.is_null() & ProofLink.token_hash.is_not_null())
                .returning(ProofLink.id)
            )
            if not used:
                raise Refused("pins.page_over")
            await Pin.update({Pin.failures: 0, Pin.failed_at: None}).where(Pin.id == row.id)
            await requests.own_up(found.request, by=by)
    if not right:
        raise Refused("pins.wrong")
    return found


async def _counted(found: Opened) -> str:
    """Count a guess before it is looked at, so that many at once are many; what is kept of the PIN."""
    async with database.transaction(found.company):
        await database.lock(Person, found.person)
        row = await Pin.objects().where(Pin.person == found.person).first()
        if row is None or row.shut or row.failures >= pins.MOST:
            raise Refused("pins.shut")
        now, wait = clock.now(), pins.wait_after(row.failures)
        if row.failed_at is not None and now < row.failed_at + wait:
            left = row.failed_at + wait - now
            minutes = max(1, -int(-left // timedelta(minutes=1)))
            raise Refused("pins.rests", number=str(minutes), count=minutes)
        await Pin.update({Pin.failures: row.failures + 1, Pin.failed_at: now}).where(Pin.id == row.id)
        return str(row.pin_hash)


async def _tell(person: int, key: str, mark: str) -> None:
    row = await Person.select(Person.language).where(Person.id == person).first()
    assert row is not None
    address = await outbox.address_of(person)
    await outbox.post_once(address, Message(key, phrase(key, row["language"]), language=row["language"]), dedupe=mark)


async def _birthday(person: int) -> str:
    row = await Person.select(Person.birth_date).where(Person.id == person).first()
    held = row["birth_date"] if row is not None else None
    return present.opened(held, "person.birth_date", person) if held is not None else ""


def _dates(born: str) -> tuple[str, ...]:
    """A birthday as people type it in six digits."""
    year, _, rest = born.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return ()
    short = year[2:]
    return (f"{day}{month}{short}", f"{short}{month}{day}", f"{month}{day}{short}", f"{day}{short}{month}")


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
