"""Two lanes of work, and turns in them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0045-lanes"
VERSION = "1.38.0"
DESCRIPTION = "Work that somebody waits for apart from work by the thousand, and companies in turn"

DUE = "where state = 'queued' and turn is not null"
CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """alter table "job" add column "lane" varchar(6) not null default 'prompt'""",
        'alter table "job" add column "turn" {big}',
        'alter table "outbound" add column "bulk" boolean not null default false',
    ),
    indexes=(
        ("job_next", "job", "lane, turn, id", f" {DUE}"),
        ("job_whose", "job", "lane, coalesce(company, 0), turn", f" {DUE}"),
        ("job_later", "job", "run_at", " where state = 'queued' and turn is null"),
    ),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
