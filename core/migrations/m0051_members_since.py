"""Since when an account acts in a company, in a role: whoever invited reads when that was accepted."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0051-members-since"
VERSION = "1.38.0"
DESCRIPTION = "Since when somebody acts in a company"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "membership" add column "since" timestamptz',),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
