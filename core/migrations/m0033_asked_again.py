"""What was refused or taken back may be asked for again: only one request for the same thing stands at a time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0033-asked-again"
VERSION = "1.38.0"
DESCRIPTION = "A request for the same thing may follow one that is over"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('drop index "request_subject"',),
    indexes=(
        ("request_subject", "request", "company, kind, subject, version", None),
        (
            "request_stands", "request", "company, kind, subject",
            "unique where state not in ('rejected', 'withdrawn', 'expired', 'cancelled')",
        ),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
