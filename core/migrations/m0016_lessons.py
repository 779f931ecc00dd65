"""What labelled sentences taught stays when they go."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0016-lessons"
VERSION = "1.38.0"
DESCRIPTION = "What labelled sentences taught"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "lesson" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"words" text not null, "language" varchar(2) not null, "label" varchar(24) not null, '
        '"changed_at" timestamptz not null)',
    ),
    indexes=(("lesson_company", "lesson", "company, id", None),),
    company_tables=("lesson",),
    sealed=(("lesson", "words"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
