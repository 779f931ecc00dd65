"""What shows that a closure was nobody's fault."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0082-closure-evidence"
VERSION = "1.38.0"
DESCRIPTION = "A file with a closure of the calendar"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "closure" add column "attachment" {big}',),
    pointers=(("closure", "attachment", "attachment"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
