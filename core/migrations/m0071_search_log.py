"""What was asked of the articles."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0071-search-log"
VERSION = "1.38.0"
DESCRIPTION = "Questions put to the articles"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "search_log" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "person" {to:person}, "words" text not null, "language" varchar(2) not null, "place" varchar(4) not null,
           "outcome" varchar(7) not null, "article" varchar(80), "confirmed" boolean,
           "asked_at" timestamptz not null)""",
    ),
    indexes=(
        ("search_log_company", "search_log", "company, asked_at", None),
        ("search_log_person", "search_log", "company, person", None),
    ),
    checks=(
        (
            "search_log",
            "{}outcome in ('answer', 'choices', 'nothing') and {}place in ('chat', 'page')",
            "an outcome or a place that there is not",
        ),
    ),
    sealed=(("search_log", "words"),),
    company_tables=("search_log",),
    pointers=(("search_log", "person", "person"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
