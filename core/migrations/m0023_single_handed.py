"""Why a company chose what needs a reason."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0023-single-handed"
VERSION = "1.38.0"
DESCRIPTION = "Choices that need a reason keep it"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "choice" add column "why" text',),
    sealed=(("choice", "why"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
