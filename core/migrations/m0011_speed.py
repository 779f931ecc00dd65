"""Indexes that hold all that the figures of leave ask for: where somebody is on a day, days taken, what is owed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0011-speed"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of the team calendar and the reports"

TAKEN = "where taken_at is not null and ended_at is null and counted"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    indexes=(
        ("leave_day_taken", "leave_day", 'company, "date", leave_type, fraction', f" {TAKEN}"),
        ("assignment_place", "assignment", 'company, employment, from_, "until", department, location', None),
        ("leave_balance_owed", "leave_balance", "company, leave_type, employment, available, held", None),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
