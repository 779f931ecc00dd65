"""Quarters of the desk that were replayed."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0081-desk-replays"
VERSION = "1.38.0"
DESCRIPTION = "Quarters of the help desk replayed against other hours, days or staff"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_replay" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "by" varchar(64) not null, "work" {big} not null, "first" date not null, "asked" text not null,
           "found" text not null, "after" {big} not null, "made_at" timestamptz not null)""",
    ),
    indexes=(("desk_replay_company", "desk_replay", "company, made_at", None),),
    company_tables=("desk_replay",),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
