"""The open tickets of a desk, by which they are counted without being read."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0118-open-tickets"
VERSION = "1.38.0"
DESCRIPTION = "Open tickets are counted in an index of their own"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    # The condition stands word for word in core/helpdesk/queue.py: else SQLite does not see that it is the same.
    indexes=(
        (
            "ticket_open", "ticket", "company, state, next_at, agent, snoozed_until",
            " where state in ('new', 'open', 'waiting_requester') and snoozed_until is null",
        ),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
