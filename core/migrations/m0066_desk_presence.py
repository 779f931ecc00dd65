"""Who of the desk has a ticket open, and writes in it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0066-desk-presence"
VERSION = "1.38.0"
DESCRIPTION = "Who looks at a ticket now"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_presence" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "agent" varchar(64) not null, "seen_at" timestamptz not null, "typed_at" timestamptz)""",
    ),
    indexes=(
        ("desk_presence_company", "desk_presence", "company", None),
        ("desk_presence_once", "desk_presence", "company, ticket, agent", "unique"),
    ),
    company_tables=("desk_presence",),
    pointers=(("desk_presence", "ticket", "ticket"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
