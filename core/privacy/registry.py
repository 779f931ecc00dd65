"""The register of processing (art. 31 of Law 27/2022): what is done with whose data, on what ground, for how long, and
who outside receives some of it. It follows from the classification and from what is connected; nobody types it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core import audit, clock, settings
from core.audit import Actor
from core.errors import Refused
from core.messaging.mailboxes import Mailbox
from core.people.tables import ChannelIdentity, Employment
from core.phrases import one_line
from core.privacy import holdings
from core.privacy.registry_tables import ProcessorApproval

SAID = Path(__file__).parent / "processing.toml"
PERSONAL = ("identity", "contact", "employment", "leave", "message", "secret")
BASES = {"consent": "20(2)a", "contract": "20(2)b", "law": "20(2)c", "interest": "20(2)f"}
HOME = "ID"
APPROVED, REFUSED = "approved", "refused"
HERE, EQUAL, CONTRACT, CONSENT = "home", "equal", "contract", "consent"
SAFEGUARDS = (HERE, EQUAL, CONTRACT, CONSENT)
LARGE = 1_000  # people: what counts as large scale here; the law names no number
LONGEST_NAME, LONGEST_DOCUMENT = 120, 200


@dataclass(frozen=True)
class Activity:
    """One line of the register."""

    id: str
    basis: str
    tables: Sequence[str]
    about: Sequence[str]
    special: Sequence[str]
    to: Sequence[str]
    categories: Sequence[str]  # of PERSONAL
    kept: Sequence[str]  # how long at most, as holdings.toml calls it


@dataclass(frozen=True)
class DataReceiver:
    """Who works with the company's data in its name, and the company's newest word on them."""

    id: str
    name: str
    country: str  # ISO 3166; empty: nobody has said
    used: bool
    activities: Sequence[str]
    approval: ProcessorApproval | None

    @property
    def abroad(self) -> bool:
        """Whether giving them data is a transfer (art. 56)."""
        return self.country not in ("", HOME)

    @property
    def open(self) -> bool:
        """Whether they are used without the company's yes."""
        return self.used and (self.approval is None or self.approval.verdict != APPROVED)


@cache
def activities() -> tuple[Activity, ...]:
    """Every activity there is, in the order of the file."""
    known, found = holdings.every(), []
    for name, said in tomllib.loads(SAID.read_text(encoding="utf-8"))["activity"].items():
        tables = [known[table] for table in said["tables"]]
        columns = {column.category for one in tables for column in one.columns.values()}
        found.append(
            Activity(
                name, said["basis"], tuple(said["tables"]), tuple(said["about"]), tuple(said["special"]),
                tuple(said["to"]), tuple(one for one in PERSONAL if one in columns),
                tuple(dict.fromkeys(one.kept for one in tables if one.kept)),
            )
        )  # fmt: skip
    return tuple(found)


async def processors() -> Sequence[DataReceiver]:
    """Who outside receives data, which of them are used here, and what the company has said of them."""
    rows = await ChannelIdentity.select(ChannelIdentity.channel).where(
        ChannelIdentity.ended_at.is_null()
    ).group_by(ChannelIdentity.channel)  # fmt: skip
    used = {row["channel"] for row in rows} | {"host"}
    if settings.current().smtp_url or await Mailbox.exists().where(Mailbox.ended_at.is_null()):
        used.add("mail")
    newest = {row.processor: row for row in await ProcessorApproval.objects().order_by(ProcessorApproval.id)}
    return [
        DataReceiver(
            name, (newest[name].name if name in newest else "") or said["name"],
            (newest[name].country if name in newest else "") or said["country"], name in used,
            tuple(one.id for one in activities() if name in one.to), newest.get(name),
        )
        for name, said in _processors().items()
    ]  # fmt: skip


@cache
def _processors() -> Mapping[str, Mapping[str, str]]:
    made: Mapping[str, Mapping[str, str]] = tomllib.loads(SAID.read_text(encoding="utf-8"))["processor"]
    return made


async def say(
    processor: str, verdict: str, *, name: str, country: str, safeguard: str, document: str, by: Actor
) -> None:
    """Write down the company's word on a processor (art. 51): the newest one holds, the others stay to be read.

    Refused: nobody of that name in the register, no name or country, a transfer abroad without its ground, an agreement
    that is nowhere.
    """
    known = _processors().get(processor)
    if known is None or verdict not in (APPROVED, REFUSED):
        raise LookupError(processor)
    called, where = one_line(known["name"] or name), one_line(document)
    seat = (known["country"] or country).strip().upper()
    if not called or len(called) > LONGEST_NAME:
        raise Refused("register.name_needed", most=LONGEST_NAME)
    if len(seat) != 2 or not seat.isascii() or not seat.isalpha():
        raise Refused("register.country_needed")
    if safeguard not in SAFEGUARDS or (safeguard == HERE) != (seat == HOME):
        raise Refused("register.safeguard_needed")
    if not where or len(where) > LONGEST_DOCUMENT:
        raise Refused("register.document_needed", most=LONGEST_DOCUMENT)
    await ProcessorApproval.insert(
        ProcessorApproval(
            processor=processor, name=called, country=seat, verdict=verdict, safeguard=safeguard, document=where,
            by=by.name, at=clock.now(),
        )
    )  # fmt: skip
    audit.record(f"processor.{verdict}", f"processor:{processor}", by=by, safeguard=safeguard, country=seat)


@dataclass(frozen=True)
class Risk:
    """A ground of art. 34 on which an assessment of the impact is due, and whether it is given here."""

    id: str
    given: bool


async def risks() -> Sequence[Risk]:
    """The grounds of art. 34, judged by what is really done here."""
    people = await Employment.count().where(Employment.leaves.is_null())
    special = any(one.special for one in activities())
    return [
        Risk("automatic", False),  # no decision about somebody is made by a machine alone: every refusal has its person
        Risk("special", special),
        Risk("large", people >= LARGE),
        Risk("watching", False),  # no attendance is kept
        Risk("joining", True),  # chat accounts are joined with the file of the employee
        Risk("new", True),  # a machine reads what people write in a chat
        Risk("limiting", False),
    ]
