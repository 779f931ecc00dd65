"""What a company wants to know of its tickets beside what is asked, and what the desk found out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0084-desk-fields"
VERSION = "1.38.0"
DESCRIPTION = "Fields of a company's own on tickets"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "desk_field" ("company" {big} not null, "id" {id}, "kind" varchar(6) not null,
           "name" varchar(60) not null, "name_en" varchar(60) not null, "category" {to:ticket_category},
           "choices" text not null, "needed" boolean not null, "why" varchar(200) not null,
           "ended_at" timestamptz)""",
        """create table "ticket_value" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "person" {to:person} not null, "field" {to:desk_field} not null, "value" text not null,
           "mark" varchar(32))""",
    ),
    indexes=(
        ("desk_field_company", "desk_field", "company", None),
        ("desk_field_category", "desk_field", "company, category", None),
        ("ticket_value_once", "ticket_value", "company, ticket, field", "unique"),
        ("ticket_value_marked", "ticket_value", "company, field, mark", None),
        ("ticket_value_of", "ticket_value", "company, person", None),
    ),
    checks=(
        (
            "desk_field",
            "{}kind in ('text', 'number', 'date', 'choice') and (not {}needed or {}why <> '')",
            "a field of no kind there is, or one that is needed without a reason",
        ),
    ),
    sealed=(("ticket_value", "value"),),
    company_tables=("desk_field", "ticket_value"),
    pointers=(
        ("desk_field", "category", "ticket_category"), ("ticket_value", "ticket", "ticket"),
        ("ticket_value", "person", "person"), ("ticket_value", "field", "desk_field"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
