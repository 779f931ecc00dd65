"""What was told of late clocks, what was excused, and closures of the help desk alone."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0068-alarms"
VERSION = "1.38.0"
DESCRIPTION = "Alarms and excuses of tickets, closures of the desk"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "ticket_alarm" ("company" {big} not null, "id" {id}, "ticket" {to:ticket} not null,
           "kind" varchar(6) not null, "metric" varchar(5) not null, "since" timestamptz not null,
           "due" timestamptz not null, "at" timestamptz not null)""",
        'alter table "ticket" add column "alarm_at" timestamptz',
        'alter table "ticket" add column "excused" varchar(200)',
        'alter table "closure" add column "desk" boolean not null default false',
    ),
    indexes=(("ticket_alarm_once", "ticket_alarm", "company, ticket, kind, metric, since", "unique"),),
    checks=(("ticket_alarm", "{}kind in ('warned', 'late', 'broken')", "an alarm of a kind that there is not"),),
    company_tables=("ticket_alarm",),
    pointers=(("ticket_alarm", "ticket", "ticket"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
