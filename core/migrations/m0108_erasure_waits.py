"""An erasure that was asked for waits, so that whoever asked can take it back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0108-erasure-waits"
VERSION = "1.38.0"
DESCRIPTION = "The moment from which an erasure runs"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=('alter table "erasure" add column "runs_at" timestamptz',),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
