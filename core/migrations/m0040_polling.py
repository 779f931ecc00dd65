"""From where a bot that asks for its updates asks on."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0040-polling"
VERSION = "1.38.0"
DESCRIPTION = "The update of Telegram that was stored last"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "polled" ("id" {id}, "account" varchar(64) not null, "after" {big} not null, '
        '"at" timestamptz not null)',
    ),
    indexes=(("polled_once", "polled", "account", "unique"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
