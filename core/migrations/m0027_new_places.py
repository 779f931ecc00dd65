"""A file of people says which places are new, and the clock that each is to have."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0027-new-places"
VERSION = "1.38.0"
DESCRIPTION = "The new places of a file of people"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "import_batch" add column "places" text',),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
