"""A company ends a session, or a link, for itself alone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0031-shut-sessions"
VERSION = "1.38.0"
DESCRIPTION = "The companies that ended a session or a link for themselves"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "session" add column "shut" text not null default \'\'',
        'alter table "token" add column "shut" text not null default \'\'',
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
