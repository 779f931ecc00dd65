"""Which record a day of leave gave way to, so that it holds again once that record is taken back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0035-gave-way"
VERSION = "1.38.0"
DESCRIPTION = "The record that a day of leave gave way to"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "leave_day" add column "gave_way_to" {to:leave_request}',
        'alter table "leave_day" add column "stays" varchar(8)',
    ),
    pointers=(("leave_day", "gave_way_to", "leave_request"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
