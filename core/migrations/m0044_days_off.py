"""Who has a day of collective leave off, found and counted by the index alone: one day is twenty thousand rows."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0044-days-off"
VERSION = "1.38.0"
DESCRIPTION = "Collective days that people had off, found by their date"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    indexes=(
        (
            "leave_day_off", "leave_day", 'company, "date", employment',
            " where request is null and ended_at is null and counted",
        ),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
