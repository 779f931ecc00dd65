"""Processors that were agreed to, and what was given to others."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0100-register"
VERSION = "1.38.0"
DESCRIPTION = "Processors and disclosures"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "processor_approval" ("company" {big} not null, "id" {id}, "processor" varchar(16) not null,
           "name" varchar(120) not null, "country" varchar(2) not null, "verdict" varchar(8) not null,
           "safeguard" varchar(12) not null, "document" varchar(200) not null, "by" varchar(64) not null,
           "at" timestamptz not null)""",
        """create table "disclosure" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "number" varchar(16) not null, "person" {to:person}, "crowd" varchar(120), "people" integer not null,
           "receiver" varchar(120) not null, "data" varchar(300) not null, "basis" varchar(12) not null,
           "why" text not null, "by" varchar(64) not null, "given_at" timestamptz not null,
           "at" timestamptz not null)""",
    ),
    indexes=(
        ("processor_approval_newest", "processor_approval", "company, processor, id", None),
        ("disclosure_number", "disclosure", "company, number", "unique"),
        ("disclosure_in_order", "disclosure", "company, given_at, id", None),
        ("disclosure_of", "disclosure", "company, person, id", None),
    ),
    checks=(
        (
            "processor_approval",
            "{}verdict in ('approved', 'refused') and {}safeguard in ('home', 'equal', 'contract', 'consent')",
            "a word on a processor that says neither yes nor no, or a transfer without its ground",
        ),
        (
            "disclosure",
            "{}basis in ('law', 'contract', 'consent', 'order') and {}people > 0 "
            "and ({}person is not null or {}crowd is not null)",
            "data given away on no basis there is, or of nobody",
        ),
    ),
    append_only=("processor_approval", "disclosure"),
    company_tables=("processor_approval", "disclosure"),
    pointers=(("disclosure", "person", "person"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
