"""What was typed into a form and not sent yet."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0019-drafts"
VERSION = "1.38.0"
DESCRIPTION = "Forms keep what was typed and not sent"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "draft" ("company" {big} not null, "id" {id}, "writer" varchar(64) not null, '
        '"form" varchar(80) not null, "seen" varchar(40) not null, "fields" text not null, '
        '"saved_at" timestamptz not null)',
    ),
    indexes=(("draft_form", "draft", "company, writer, form", "unique"),),
    company_tables=("draft",),
    sealed=(("draft", "fields"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
