"""How a company's promises are read, the priorities and categories of tickets, and disputes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0067-terms"
VERSION = "1.38.0"
DESCRIPTION = "Terms, priorities, categories and disputes of the help desk"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_terms" ("company" {big} not null, "id" {id}, "number" integer not null,
           "desk" varchar(16) not null, "reading" varchar(1) not null, "promised" text not null, "aimed" text not null,
           "at" timestamptz not null, "by" varchar(64) not null, "why" varchar(200) not null)""",
        """create table "ticket_category" ("company" {big} not null, "id" {id}, "name" varchar(60) not null,
           "name_en" varchar(60) not null, "ended_at" timestamptz)""",
        """alter table "ticket" add column "priority" varchar(6) not null default 'normal'""",
        """alter table "ticket" add column "kind" varchar(8) not null default 'question'""",
        'alter table "ticket" add column "category" {to:ticket_category}',
        'alter table "ticket" add column "location" {to:location}',
        'alter table "ticket" add column "outcome" varchar(9)',
    ),
    indexes=(
        ("desk_terms_number", "desk_terms", "company, desk, number", "unique"),
        ("ticket_category_name", "ticket_category", "company, name", "unique where ended_at is null"),
        ("ticket_opened", "ticket", "company, opened_at, id", None),
    ),
    checks=(("desk_terms", "{}reading in ('A', 'B', 'C', 'D')", "a reading of the promise that there is not"),),
    append_only=("desk_terms",),
    company_tables=("desk_terms", "ticket_category"),
    pointers=(("ticket", "category", "ticket_category"), ("ticket", "location", "location")),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
