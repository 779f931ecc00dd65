"""Why days were paid out or a batch was made; days without leave of one kind alone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0013-leave"
VERSION = "1.38.0"
DESCRIPTION = "The reason of a batch of leave, and the kind that a stretch without leave is about"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "leave_batch" add column "why" text',
        'alter table "blackout" add column "leave_type" varchar(40)',
    ),
    sealed=(("leave_batch", "why"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
