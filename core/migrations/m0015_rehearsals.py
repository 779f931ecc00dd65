"""Chats that an administrator keeps: how they should go, and how they went when they were last replayed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0015-rehearsals"
VERSION = "1.38.0"
DESCRIPTION = "Chats that are replayed"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "rehearsal" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"person" {to:person}, "title" text not null, "turns" text not null, "language" varchar(2) not null, '
        '"made_by" varchar(64) not null, "made_at" timestamptz not null, "verdict" varchar(8) not null, '
        '"differs_at" integer, "wanted" text, "got" text, "played_at" timestamptz, "version" varchar(80) not null)',
    ),
    indexes=(("rehearsal_company", "rehearsal", "company, made_at, id", None),),
    company_tables=("rehearsal",),
    sealed=(("rehearsal", "title"), ("rehearsal", "turns"), ("rehearsal", "wanted"), ("rehearsal", "got")),
    pointers=(("rehearsal", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
