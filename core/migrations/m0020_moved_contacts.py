"""Whose address or number was replaced, so that they are told where they were reached before."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0020-moved-contacts"
VERSION = "1.38.0"
DESCRIPTION = "Telling people that their address or number was replaced"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "moved_contact" ("company" {big} not null, "id" {id}, "person" {to:person} not null, '
        '"fields" varchar(12) not null, "replaced" boolean not null default false, "email" text, '
        '"at" timestamptz not null, "told_at" timestamptz)',
    ),
    indexes=(
        ("moved_contact_untold", "moved_contact", "company, id", " where told_at is null"),
        ("moved_contact_told", "moved_contact", "company, told_at", None),
    ),
    company_tables=("moved_contact",),
    sealed=(("moved_contact", "email"),),
    pointers=(("moved_contact", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
