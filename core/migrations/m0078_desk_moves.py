"""Tickets that go to the operator's desk and come back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0078-desk-moves"
VERSION = "1.38.0"
DESCRIPTION = "Tickets that go to the operator's desk and come back"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_move" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "ticket" {to:ticket} not null, "person" {to:person} not null, "words" text not null,
           "state" varchar(8) not null, "asked_by" varchar(64) not null, "asked_at" timestamptz not null,
           "answered_at" timestamptz, "back_at" timestamptz)""",
        """create table "desk_carried" ("company" {big} not null, "id" {id}, "what" varchar(64) not null,
           "ticket" {to:ticket} not null, "origin" {big} not null, "at" timestamptz not null)""",
    ),
    indexes=(
        ("desk_move_of", "desk_move", "company, ticket, id", None),
        ("desk_move_person", "desk_move", "company, person", None),
        ("desk_move_open", "desk_move", "company, ticket", "unique where state in ('asked', 'moved')"),
        ("desk_carried_once", "desk_carried", "company, what", "unique"),
        ("desk_carried_of", "desk_carried", "company, ticket", None),
    ),
    checks=(
        (
            "desk_move",
            "{}state in ('asked', 'declined', 'moved', 'back') and ({}state = 'asked') = ({}answered_at is null) "
            "and ({}state = 'back') = ({}back_at is not null)",
            "a move that went without a yes",
        ),
    ),
    sealed=(("desk_move", "words"),),
    company_tables=("desk_move", "desk_carried"),
    pointers=(
        ("desk_move", "ticket", "ticket"), ("desk_move", "person", "person"), ("desk_carried", "ticket", "ticket"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
