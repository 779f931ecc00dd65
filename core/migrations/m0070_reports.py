"""The public report form: who may follow which ticket, by a secret alone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0070-reports"
VERSION = "1.38.0"
DESCRIPTION = "The public report form"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "report_access" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "kind" varchar(8) not null, "matched" boolean not null, "secret_index" varchar(32) not null unique,
           "made_at" timestamptz not null)""",
    ),
    indexes=(("report_access_of", "report_access", "company, ticket", "unique"),),
    checks=(("report_access", "{}kind in ('help', 'data', 'misuse')", "a report of no kind there is"),),
    company_tables=("report_access",),
    looked_up=("report_access",),
    pointers=(("report_access", "ticket", "ticket"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
