"""Who of the desk is given tickets, and how many."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0065-desk-agents"
VERSION = "1.38.0"
DESCRIPTION = "What agents of the desk are given"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_agent" ("company" {big} not null, "id" {id}, "agent" varchar(64) not null,
           "receives" boolean not null, "room" integer, "given_at" timestamptz, "changed_at" timestamptz not null)""",
    ),
    indexes=(
        ("desk_agent_company", "desk_agent", "company", None),
        ("desk_agent_once", "desk_agent", "company, agent", "unique"),
    ),
    checks=(("desk_agent", "{}room is null or {}room between 1 and 500", "room for no ticket, or for too many"),),
    company_tables=("desk_agent",),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
