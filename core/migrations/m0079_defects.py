"""Defects, and the tickets that told of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0079-defects"
VERSION = "1.38.0"
DESCRIPTION = "Defects and the releases that mend them"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "defect" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "title" varchar(120) not null, "title_en" varchar(120) not null,
           "affected" varchar(32) not null, "fixed_in" varchar(32), "by" varchar(64) not null,
           "found_at" timestamptz not null, "told_at" timestamptz)""",
        """create table "defect_ticket" ("company" {big} not null, "id" {id}, "defect" {to:defect} not null,
           "ticket" {to:ticket} not null, "at" timestamptz not null, "told_at" timestamptz)""",
    ),
    indexes=(
        ("defect_number", "defect", "company, number", "unique"),
        ("defect_ticket_once", "defect_ticket", "company, ticket", "unique"),
        ("defect_ticket_of", "defect_ticket", "company, defect, id", None),
    ),
    checks=(("defect", "{}told_at is null or {}fixed_in is not null", "mended in no release"),),
    company_tables=("defect", "defect_ticket"),
    pointers=(("defect_ticket", "defect", "defect"), ("defect_ticket", "ticket", "ticket")),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
