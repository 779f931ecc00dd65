"""What reached nobody's chat, for HR to see and settle, and what waits for the morning of its person."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0039-undelivered"
VERSION = "1.38.0"
DESCRIPTION = "Messages that reached nobody, and those that wait for the morning"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "outbound" add column "trouble" varchar(16)',
        'alter table "outbound" add column "settled_at" timestamptz',
        'alter table "outbound" add column "settled_by" varchar(64)',
        'alter table "outbound" add column "held_until" timestamptz',
        'create index outbound_trouble on "outbound" (company, id) where trouble is not null and settled_at is null',
        'create index outbound_charged on "outbound" (company, queued_at) where category is not null',
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
