"""What happened to a request, beside its decisions: written when it happens, never changed."""

from core import clock, vault
from core.approvals.tables import Request, RequestEvent
from core.people.tables import Employment

SUBMITTED, ACKNOWLEDGED, CHANGED, RETURNED = "submitted", "acknowledged", "changed", "returned"
OPENED, REMINDED, ESCALATED, STARTED = "opened", "reminded", "escalated", "started"
MOVED, REASSIGNED, SEEN = "moved", "reassigned", "seen"
WITHDRAWN, EXPIRED, APPLIED = "withdrawn", "expired", "applied"
CANCEL_ASKED, CANCELLED, KEPT = "cancel_asked", "cancelled", "kept"
OBJECTED = "objected"  # one who was asked too wishes that it be called off
STANDS_AGAIN = "stands_again"  # what it had given way to was taken back
ENTERED, TAKEN_OUT = "entered", "taken_out"  # recorded for the asker by somebody else, and taken back by them
WORDS = "request_event.words"


async def note(
    request: Request, what: str, *, person: int | None = None, other: int | None = None, level: int | None = None,
    channel: str = "job", subject: int | None = None, words: str | None = None,
) -> None:  # fmt: skip
    """Write down that this happened."""
    await RequestEvent.insert(
        RequestEvent(
            request=request.id, version=request.version, what=what, at=clock.now(), person=person, other=other,
            level=level, channel=channel, subject=subject,
            words=await _sealed(words, request) if words else None,
        )
    )  # fmt: skip


async def _sealed(words: str, request: Request) -> str:
    """Whoever says why, it is said of the person who asked."""
    row = await Employment.select(Employment.person).where(Employment.id == request.employment).first()
    assert row is not None
    return vault.seal(words, company=request.company, column=WORDS, subject=row["person"])


async def former_subject(request: Request) -> int | None:
    """What the version before this one asked for, if it asked for something else."""
    row = (
        await RequestEvent.select(RequestEvent.subject)
        .where(
            (RequestEvent.request == request.id) & (RequestEvent.version == request.version - 1)
            & (RequestEvent.what == CHANGED)
        )
        .first()
    )  # fmt: skip
    return row["subject"] if row is not None and row["subject"] != request.subject else None
