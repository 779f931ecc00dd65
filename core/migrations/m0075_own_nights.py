"""What somebody wants to be told, and when not."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0075-own-nights"
VERSION = "1.38.0"
DESCRIPTION = "Quiet hours of one's own, and news about wishes"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "person" add column "quiet_from" integer',
        'alter table "person" add column "quiet_until" integer',
        'alter table "person" add column "news" boolean not null default true',
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
