"""The file with a closure: what shows that nobody could help it. Kept as every file is: its type by its bytes, sealed
under its own key, opened from its closure alone and each time written down.

It is added while the closure waits, by whoever may change the calendar, so that the second person decides on what they
can see; once it holds, a file may still come where there was none, and never in another's place.
"""

from core import audit
from core.audit import Actor
from core.calendar import versions
from core.calendar.tables import Closure
from core.errors import Refused
from core.files import Examined, Written
from core.messaging import attachments
from core.messaging.tables import Attachment

CLOSURE = "closure"


async def add(number: int, taken: tuple[Examined, Written], name: str, *, person: int | None, by: Actor) -> None:
    """Put a file to a closure. Refused: by an account that is nobody here, or where another file stands."""
    if person is None:
        raise Refused("calendar.evidence_nobody")
    kept = await attachments.keep(person, taken, name)
    await attachments.sort(int(kept.id), CLOSURE, person=person)
    await versions.attach(number, int(kept.id))
    audit.record("calendar.evidence_added", f"closure:{number}", by=by, attachment=kept.id)


async def of(number: int) -> Attachment | None:
    """The file of this closure, unless it has none or it was removed."""
    row = await Closure.select(Closure.attachment).where(Closure.id == number).first()
    if row is None or row["attachment"] is None:
        return None
    where = (Attachment.id == row["attachment"]) & (Attachment.purpose == CLOSURE) & Attachment.removed_at.is_null()
    return await Attachment.objects().where(where).first()
