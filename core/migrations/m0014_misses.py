"""Sentences that were not understood, and what an administrator says they ask for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0014-misses"
VERSION = "1.38.0"
DESCRIPTION = "Sentences that were not understood"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "miss" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null, '
        '"person" {to:person}, "words" text not null, "language" varchar(2) not null, "why" varchar(8) not null, '
        '"guessed" varchar(120) not null, "chosen" varchar(24), "label" varchar(24), "labelled_by" varchar(64), '
        '"said_at" timestamptz not null, "changed_at" timestamptz)',
    ),
    indexes=(
        ("miss_company", "miss", "company", None),
        ("miss_said", "miss", "company, said_at, id", None),
        ("miss_label", "miss", "company, label, id", None),
    ),
    company_tables=("miss",),
    sealed=(("miss", "words"),),
    pointers=(("miss", "person", "person"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
