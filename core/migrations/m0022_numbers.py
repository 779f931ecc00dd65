"""Some would rather type digits than press buttons."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0022-numbers"
VERSION = "1.38.0"
DESCRIPTION = "Choices as digits, for who wants them so"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "person" add column "numbers" boolean not null default false',),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
