"""Tickets that came by mail or the public form and are an employee's; several secrets may open one ticket."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0120-ticket-claims"
VERSION = "1.38.0"
DESCRIPTION = "Tickets tied to employees who proved who they are"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'drop index "report_access_of"',
        """create table "ticket_claim" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "person" {to:person} not null, "since" {big} not null, "until" {big}, "at" timestamptz not null,
           "by" varchar(64) not null, "ended_at" timestamptz, "ended_by" varchar(64), "why" varchar(200))""",
    ),
    indexes=(
        ("report_access_ticket", "report_access", "company, ticket", None),
        ("ticket_claim_of", "ticket_claim", "company, ticket", None),
        ("ticket_claim_mine", "ticket_claim", "company, person", None),
        ("ticket_claim_one", "ticket_claim", "ticket", "unique where ended_at is null"),
    ),
    checks=(
        ("ticket_claim", "({}ended_at is null) = ({}until is null)", "a tie that ended nowhere"),
    ),
    company_tables=("ticket_claim",),
    pointers=(("ticket_claim", "ticket", "ticket"), ("ticket_claim", "person", "person")),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
