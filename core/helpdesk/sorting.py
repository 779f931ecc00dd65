"""What the desk says of a ticket for itself: how much it presses, and what it is about; and the categories to choose
from. Neither is told to who asked, and neither makes a promise longer or shorter that was given.
"""

from collections.abc import Sequence

from core import audit, clock, database, look_alikes
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import service_level, terms, tickets
from core.helpdesk.tables import Ticket, TicketCategory
from core.phrases import one_line

LONGEST, MOST = 60, 40
# What a company finds when it sorts its first ticket: Indonesian, and English.
SHIPPED = (
    ("Cuti", "Leave"), ("Gaji dan pajak", "Pay and tax"), ("BPJS", "BPJS"), ("Absensi dan lembur", "Time and overtime"),
    ("Data diri", "Personal data"), ("Surat dan dokumen", "Letters and documents"), ("Aplikasi", "The application"),
)  # fmt: skip


async def rank(ticket: Ticket, priority: str, *, by: Actor) -> None:
    """Say how much it presses: its targets follow, and what is promised from now on. Refused: no such priority, or a
    ticket that is closed."""
    if priority not in terms.PRIORITIES:
        raise Refused("promise.priority_unknown")
    await tickets.hold(ticket)
    _refuse_closed(ticket)
    if ticket.priority != priority:
        ticket.priority = priority
        await tickets.happen(ticket, service_level.RANKED, by, priority=priority)
        audit.record("ticket.ranked", f"ticket:{ticket.id}", by=by, number=ticket.number, priority=priority)


async def sort(ticket: Ticket, category: int | None, *, by: Actor) -> None:
    """Say what it is about. Refused: a category that is not offered."""
    row = None
    if category is not None:
        row = await TicketCategory.objects().where(TicketCategory.id == category).first()
        if row is None or row.ended_at is not None:
            raise Refused("promise.category_unknown")
    await tickets.hold(ticket)
    if ticket.category != category:
        ticket.category = category
        await tickets.happen(ticket, service_level.SORTED, by, category=category)
        audit.record("ticket.sorted", f"ticket:{ticket.id}", by=by, number=ticket.number, category=category)


async def categories(*, ended: bool = False) -> Sequence[TicketCategory]:
    """Those that are offered, by name; with `ended` those too that only older tickets have."""
    query = TicketCategory.objects().order_by(TicketCategory.name)
    rows: Sequence[TicketCategory] = await (query if ended else query.where(TicketCategory.ended_at.is_null()))
    return rows


async def fill(*, by: Actor) -> None:
    """Offer the usual categories, where the company never had any."""
    await database.lock_name(f"categories:{database.company()}")
    if not await TicketCategory.exists():
        await TicketCategory.insert(*(TicketCategory(name=one, name_en=other) for one, other in SHIPPED))
        audit.record("category.filled", "company", by=by, number=len(SHIPPED))


async def add(name: str, name_en: str, *, by: Actor) -> TicketCategory:
    """Offer another category. Refused: no name, one that is too long or there already, or too many."""
    told, english = one_line(name), one_line(name_en) or one_line(name)
    if not 0 < len(told) <= LONGEST or len(english) > LONGEST:
        raise Refused("promise.category_name", most=str(LONGEST))
    look_alikes.refuse(told, english)
    await database.lock_name(f"categories:{database.company()}")
    held = await categories()
    if any(told.casefold() == one.name.casefold() for one in held):
        raise Refused("promise.category_there", name=told)
    if len(held) >= MOST:
        raise Refused("promise.categories_many", most=str(MOST))
    row = TicketCategory(name=told, name_en=english)
    await TicketCategory.insert(row)
    audit.record("category.added", f"category:{row.id}", by=by)
    return row


async def end(category: int, *, by: Actor) -> None:
    """Offer it no longer; the tickets that have it keep it. LookupError: it is not offered."""
    gone = (
        await TicketCategory.update({TicketCategory.ended_at: clock.now()})
        .where((TicketCategory.id == category) & TicketCategory.ended_at.is_null())
        .returning(TicketCategory.id)
    )
    if not gone:
        raise LookupError(f"there is no category {category}")
    audit.record("category.ended", f"category:{category}", by=by)


def name_of(row: TicketCategory, language: str) -> str:
    """What it is called in that language."""
    return row.name_en if language == "en" else row.name


def _refuse_closed(ticket: Ticket) -> None:
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
