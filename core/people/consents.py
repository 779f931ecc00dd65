"""For which purposes somebody's data are used only as long as they let us, and whether they do.

Two kinds: what rests on consent (art. 20(2)a of Law 27/2022) begins with a yes; what rests on the company's interest
(art. 20(2)f) goes on until somebody says no. Whatever rests on contract or law is neither, and is not asked about.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core import audit, clock, database, vault
from core.audit import Actor
from core.people.consent_tables import ConsentEvent

CONSENT, INTEREST = "consent", "interest"
GIVEN, WITHDRAWN = "given", "withdrawn"
TELEGRAM, WHATSAPP = "telegram", "whatsapp"
TRAINING, NEWS, LEARNING, YEARLY = "training", "news", "learning", "yearly"
COLUMN = "consent_event.words"


@dataclass(frozen=True)
class Purpose:
    """What data are used for, on which ground, and the version of the words in which it is asked."""

    id: str
    basis: str
    version: int = 1

    @property
    def is_chat(self) -> bool:
        """Whether it is a chat account of their own: a yes to it is the link itself."""
        return self.id in (TELEGRAM, WHATSAPP)


# Slack is not among them: it is the company's own workspace, which the work itself needs.
PURPOSES: Mapping[str, Purpose] = {
    one.id: one
    for one in (
        Purpose(TELEGRAM, CONSENT), Purpose(WHATSAPP, CONSENT),
        Purpose(TRAINING, INTEREST), Purpose(NEWS, INTEREST, 2), Purpose(LEARNING, INTEREST),
        Purpose(YEARLY, INTEREST),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """The words that somebody said yes or no to, and where they stood."""

    words: str
    language: str
    message: int | None = None


async def note(person: int, purpose: str, act: str, said: Said, *, by: Actor) -> None:
    """Write down that somebody gave their word for this purpose or took it back, in the open transaction."""
    await ConsentEvent.insert(
        ConsentEvent(
            person=person, purpose=purpose, act=act, version=PURPOSES[purpose].version,
            hash=hashlib.sha256(said.words.encode()).hexdigest(), language=said.language, channel=by.channel,
            words=vault.seal(said.words, company=database.company(), column=COLUMN, subject=person),
            message=said.message, by=by.name, at=clock.now(),
        )
    )  # fmt: skip
    audit.record(f"consent.{act}", f"person:{person}", by=by, purpose=purpose)


async def allows(person: int, purpose: str) -> bool:
    """Whether their data may be used for this now: asked anew each time it is used, so a no holds from its commit."""
    last = (
        await ConsentEvent.select(ConsentEvent.act)
        .where((ConsentEvent.person == person) & (ConsentEvent.purpose == purpose))
        .order_by(ConsentEvent.id, ascending=False)
        .first()
    )
    if last is None:
        return PURPOSES[purpose].basis == INTEREST
    return bool(last["act"] == GIVEN)


async def newest(person: int) -> Mapping[str, ConsentEvent]:
    """The newest word for each purpose that somebody has said one for."""
    return {row.purpose: row for row in reversed(await of_person(person))}


async def of_person(person: int, *, most: int = 100) -> Sequence[ConsentEvent]:
    """Every word of somebody, the newest first."""
    rows: Sequence[ConsentEvent] = (
        await ConsentEvent.objects().where(ConsentEvent.person == person)
        .order_by(ConsentEvent.id, ascending=False).limit(most)
    )  # fmt: skip
    return rows


async def refusing(purpose: str, people: Collection[int]) -> frozenset[int]:
    """Which of these people have said no to it, or never yes where a yes is needed."""
    rows = (
        await ConsentEvent.select(ConsentEvent.person, ConsentEvent.act)
        .where((ConsentEvent.purpose == purpose) & ConsentEvent.person.is_in(list(people) or [0]))
        .order_by(ConsentEvent.id)
    )
    last = {row["person"]: row["act"] for row in rows}
    usual = GIVEN if PURPOSES[purpose].basis == INTEREST else WITHDRAWN
    return frozenset(one for one in people if last.get(one, usual) == WITHDRAWN)


def told(row: ConsentEvent) -> str:
    """The words of it, for whoever gave them; empty where they were not kept yet."""
    if row.words is None:
        return ""
    with vault.lawfully():  # a proof stands whatever else may only be kept
        return vault.shown(row.words, company=row.company, column=COLUMN, subject=row.person)
