"""Up to which day each employee's leave was brought: a night that comes late makes up for those that were missed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0034-leave-nights"
VERSION = "1.38.0"
DESCRIPTION = "The day up to which leave was brought"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "leave_night" ("company" {big} not null, "id" {id}, "employment" {to:employment} not null, '
        '"day" date not null)',
    ),
    indexes=(
        ("leave_night_once", "leave_night", "company, employment", "unique"),
        # Each night asks for the days of five hundred people at a time.
        ("leave_day_of", "leave_day", 'company, employment, "date"', None),
    ),
    company_tables=("leave_night",),
    pointers=(("leave_night", "employment", "employment"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
