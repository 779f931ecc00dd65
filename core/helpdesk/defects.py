"""Defects at the operator's desk: named with the release that has them and the one that mends them. Whoever told of one
is answered once, when that release is the one that runs here (decision 0080)."""

import re
from collections.abc import Mapping, Sequence

from piccolo.query.mixins import OnConflictAction

from core import audit, clock, database, jobs, release
from core.accounts import operators
from core.approvals import decisions
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import tickets, words_back
from core.helpdesk.defect_tables import Defect, DefectTicket
from core.helpdesk.tables import Ticket
from core.phrases import one_line, phrase

LETTER = "B"
RELEASE = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")
LONGEST = 120
LOOK, TELL = "defects.look", "defects.tell"


async def open_one(title: str, title_en: str, affected: str, *, by: Actor) -> Defect:
    """Keep a defect under a number. Refused: no title in both languages, or what is no release."""
    said = [one_line(one) for one in (title, title_en)]
    if not all(said) or any(len(one) > LONGEST for one in said):
        raise Refused("defects.title_needed", most=LONGEST)
    row = Defect(
        public=database.new_public(), number=await decisions.next_number(LETTER), title=said[0], title_en=said[1],
        affected=_release(affected), by=by.name, found_at=clock.now(),
    )  # fmt: skip
    await Defect.insert(row)
    audit.record("defect.opened", f"defect:{row.id}", by=by, number=row.number)
    return row


async def fix(row: Defect, in_release: str, *, by: Actor) -> None:
    """Say which release mends it; its reporters are told once that is installed. Refused: it was told already, what is
    no release, or one that is not after the release that has it."""
    await database.lock(Defect, row.id)
    named = _release(in_release)
    if _order(named) <= _order(row.affected):
        raise Refused("defects.not_after", affected=row.affected)
    changes = {Defect.fixed_in: named, Defect.by: by.name}
    open_ = (Defect.id == row.id) & Defect.told_at.is_null()
    if not await Defect.update(changes).where(open_).returning(Defect.id):
        raise Refused("defects.told_already")
    audit.record("defect.fixed", f"defect:{row.id}", by=by, number=row.number, release=named)
    await jobs.enqueue(LOOK + ".now")


async def tie(ticket: Ticket, number: str, *, by: Actor) -> Defect:
    """Say that a ticket tells of a defect; another one before is forgotten. Refused: there is none of this number."""
    row = await of_number(number)
    if row is None:
        raise Refused("defects.no_such_number")
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    await DefectTicket.delete().where((DefectTicket.ticket == ticket.id) & DefectTicket.told_at.is_null())
    made = (
        await DefectTicket.insert(DefectTicket(defect=row.id, ticket=ticket.id, at=clock.now()))
        .on_conflict(action=OnConflictAction.do_nothing)
        .returning(DefectTicket.id)
    )
    if not made:
        raise Refused("defects.told_already")
    audit.record("defect.tied", f"ticket:{ticket.id}", by=by, number=row.number)
    if row.told_at is not None:  # it is mended here already: this reporter hears it, too
        await jobs.enqueue(TELL, made[0]["id"])
    return row


async def every() -> Sequence[Defect]:
    """All of them, those that are not mended first, the newest first."""
    rows: Sequence[Defect] = await Defect.objects().order_by(Defect.id, ascending=False).limit(500)
    return sorted(rows, key=lambda one: one.told_at is not None)


async def counts() -> Mapping[int, int]:
    """How many tickets tell of each."""
    found: dict[int, int] = {}
    for row in await DefectTicket.select(DefectTicket.defect):
        found[row["defect"]] = found.get(row["defect"], 0) + 1
    return found


async def of_number(number: str) -> Defect | None:
    """The one with this number, in the letters people use."""
    plain = number.strip().upper().replace(" ", "")
    plain = plain if "-" in plain else plain.replace(LETTER, f"{LETTER}-", 1)
    row: Defect | None = await Defect.objects().where(Defect.number == plain).first()
    return row


async def by_public(public: str) -> Defect | None:
    """The one with this address."""
    row: Defect | None = await Defect.objects().where(Defect.public == public).first()
    return row


async def of_ticket(ticket: Ticket) -> Defect | None:
    """The defect that a ticket tells of."""
    tied = await DefectTicket.select(DefectTicket.defect).where(DefectTicket.ticket == ticket.id).first()
    if tied is None:
        return None
    row: Defect | None = await Defect.objects().where(Defect.id == tied["defect"]).first()
    return row


async def tickets_of(row: Defect) -> Sequence[Ticket]:
    """The tickets that tell of it, in order."""
    tied = await DefectTicket.select(DefectTicket.ticket).where(DefectTicket.defect == row.id)
    found: Sequence[Ticket] = (
        await Ticket.objects().where(Ticket.id.is_in([one["ticket"] for one in tied] or [0])).order_by(Ticket.id)
    )
    return found


@jobs.cron("11 * * * *", LOOK)
async def look() -> None:
    """See which defects the release that runs here mends, and have their reporters told."""
    async with database.transaction(await operators.company()):
        waits = Defect.fixed_in.is_not_null() & Defect.told_at.is_null()
        for row in await Defect.objects().where(waits):
            if _order(str(row.fixed_in)) <= _order(release.number()):
                await Defect.update({Defect.told_at: clock.now()}).where(Defect.id == row.id)
                for tied in await DefectTicket.select(DefectTicket.id).where(DefectTicket.defect == row.id):
                    await jobs.enqueue(TELL, tied["id"])


@jobs.job(LOOK + ".now")
async def look_now(_: int | None) -> None:
    """The same, as soon as somebody has named the release."""
    await look()


@jobs.job(TELL, lane=jobs.BULK)
async def tell(company: int, number: int) -> None:
    """Answer whoever told of it, once: it is mended, in the release that runs now; the ticket is solved by that."""
    async with database.transaction(company):
        tied = DefectTicket.update({DefectTicket.told_at: clock.now()})
        found = await tied.where((DefectTicket.id == number) & DefectTicket.told_at.is_null()).returning(
            DefectTicket.defect, DefectTicket.ticket
        )  # fmt: skip
        if not found:
            return
        row = await Defect.objects().where(Defect.id == found[0]["defect"]).first()
        ticket = await Ticket.objects().where(Ticket.id == found[0]["ticket"]).first()
        assert row is not None and ticket is not None
        await tickets.hold(ticket)
        if ticket.state == tickets.CLOSED:
            return
        language = await words_back.language_of(ticket.person)
        title = row.title_en if language == "en" else row.title
        words = phrase("defects.mended", language, number=row.number, title=title, release=str(row.fixed_in))
        by = Actor(row.by, "web")
        await tickets.answer(ticket, words, by=by, read=ticket.last, then=tickets.RESOLVED)


def _release(named: str) -> str:
    said = named.strip().removeprefix("v")
    if not RELEASE.fullmatch(said):
        raise Refused("defects.no_release")
    return said


def _order(named: str) -> tuple[int, ...]:
    found = RELEASE.match(named)
    return tuple(int(one) for one in found.groups()) if found else (0, 0, 0)
