"""Lists that somebody keeps under a name."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0010-views"
VERSION = "1.38.0"
DESCRIPTION = "Named views of lists"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "saved_view" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"list" varchar(24) not null, "by" varchar(64) not null, "name" text not null, "state" text not null, '
        '"shared" boolean not null, "changed_at" timestamptz not null, "dropped_at" timestamptz)',
    ),
    indexes=(
        ("saved_view_company", "saved_view", "company", None),
        ("saved_view_list", "saved_view", "company, list, id", None),
        ("assignment_begins", "assignment", "company, from_, id", None),
        ("employment_begins", "employment", "company, joins, id", None),
    ),
    company_tables=("saved_view",),
    sealed=(("saved_view", "name"), ("saved_view", "state")),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
