"""Who worked on a day of collective leave is kept: what a head agreed to before, and what HR records afterwards."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0021-worked-days"
VERSION = "1.38.0"
DESCRIPTION = "Who worked on days of collective leave"

# What heads have agreed to so far. The owner too sees one company at a time otherwise.
AGREED = (
    'insert into "worked_day" ("company", "leave_day", "given_at", "stays") '
    'select d."company", d."id", d."ended_at", false from "leave_day" d '
    'join "request" r on r."company" = d."company" and r."kind" = \'collective_work\' and r."subject" = d."id" '
    'where r."state" = \'applied\' and d."ended_at" is not null'
)
ALL_COMPANIES = [f'alter table "{table}" %s row level security' for table in ("leave_day", "request")]

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "worked_day" ("company" {big} not null, "id" {id}, "leave_day" {to:leave_day} not null, '
        '"batch" {to:leave_batch}, "given_at" timestamptz, "put_back_at" timestamptz, "stays" boolean not null)',
    ),
    only_on={
        "sqlite": [AGREED],
        "postgres": [*(one % "no force" for one in ALL_COMPANIES), AGREED, *(one % "force" for one in ALL_COMPANIES)],
    },
    indexes=(
        ("worked_day_once", "worked_day", "company, leave_day", "unique where put_back_at is null"),
        ("worked_day_batch", "worked_day", "company, batch", None),
    ),
    company_tables=("worked_day",),
    pointers=(("worked_day", "leave_day", "leave_day"), ("worked_day", "batch", "leave_batch")),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
