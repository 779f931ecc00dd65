"""What was asked for stands on a spell of work: its import can no longer be taken back."""

from collections.abc import Collection

from core.approvals.tables import Request
from core.people.standing import stands


@stands("people.undo_requests")
async def requests(spells: Collection[int]) -> Collection[int]:
    """The spells that have asked for something."""
    rows = await Request.select(Request.employment).where(Request.employment.is_in(list(spells)))
    return {row["employment"] for row in rows}
