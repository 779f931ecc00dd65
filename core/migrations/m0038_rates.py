"""How fast each bot and each chat was spoken to, and which service does not answer: one truth for every process."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0038-rates"
VERSION = "1.38.0"
DESCRIPTION = "The rates of messages and the services that do not answer"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "pace" ("id" {id}, "mark" varchar(32) not null, "full_at" timestamptz not null, '
        '"closed_until" timestamptz, "refused_at" timestamptz, "refused_by" varchar(32))',
        'create table "circuit" ("id" {id}, "name" varchar(90) not null, '
        '"failures" integer not null, "last" {big}, "opened_at" timestamptz, "shut_until" timestamptz, '
        '"probing_until" timestamptz, "times" integer not null, "reason" varchar(60))',
        'alter table "outbound" add column "gate" integer not null default 0',
        'alter table "outbound" add column "slot_at" timestamptz',
    ),
    indexes=(
        ("pace_once", "pace", "mark", "unique"),
        ("circuit_once", "circuit", "name", "unique"),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
