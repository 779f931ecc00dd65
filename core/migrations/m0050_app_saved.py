"""When a company last changed something about its Slack app: one that nobody uses or thinks of goes after a year."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0050-app-saved"
VERSION = "1.38.0"
DESCRIPTION = "When a Slack app was last changed"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "slack_app" add column "saved_at" timestamptz',),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
