"""How late each machine was last, and the clocks of the gates, which are never set back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0055-set-back"
VERSION = "1.38.0"
DESCRIPTION = "What waits when a clock is set back"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "clock_seen" ("id" {id}, "machine" varchar(64) not null, "seen_at" timestamptz not null)',
        'alter table "pace" add column "ahead" integer not null default 0',
    ),
    indexes=(("clock_seen_once", "clock_seen", "machine", "unique"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
