"""What people have seen of the training films."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0076-training"
VERSION = "1.38.0"
DESCRIPTION = "What people have seen of the training films"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "lesson_progress" ("company" {big} not null, "id" {id}, "person" {to:person} not null,
           "film" varchar(40) not null, "seconds" integer not null, "seen_at" timestamptz not null,
           "done_at" timestamptz)""",
    ),
    indexes=(("lesson_progress_once", "lesson_progress", "company, person, film", "unique"),),
    checks=(("lesson_progress", "{}seconds >= 0", "a film cannot be seen for less than no time"),),
    company_tables=("lesson_progress",),
    pointers=(("lesson_progress", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
