"""People are found by name, their facts end where the next begin, and what came from a file can be taken back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0004-people"
VERSION = "1.38.0"
DESCRIPTION = "Search, the end of each fact, imports as batches, leavers closed"

# Each fact ends where the next of the same spell begins.
ENDS = (
    'update "assignment" set "until" = (select min(later."from_") from "assignment" later '
    'where later."company" = "assignment"."company" and later."employment" = "assignment"."employment" '
    'and later."from_" > "assignment"."from_")'
)
NAMES = 'update "person" set "search" = lower("name")'
CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "person" add column "search" varchar(160) not null default \'\'',
        'alter table "employment" add column "closed_at" timestamptz',
        'alter table "assignment" add column "until" date',
        'create table "import_batch" ("id" {id}, "company" {big} not null, "public" varchar(22) unique not null, '
        '"kind" varchar(8) not null, "name" varchar(120) not null, "format" varchar(4) not null, '
        '"file_hash" varchar(64) not null, "file" text, "state" varchar(10) not null, "begins" date not null, '
        '"seen" {big} not null, "total" integer not null, "done" integer not null, "new" integer not null, '
        '"changed" integer not null, "same" integer not null, "refused" integer not null, "why" varchar(200), '
        '"by" varchar(64) not null, "barred" varchar(120) not null, "made_at" timestamptz not null, '
        '"applied_at" timestamptz, "undone_at" timestamptz)',
        'create table "import_row" ("id" {id}, "company" {big} not null, "batch" {to:import_batch} not null, '
        '"row" integer not null, "number" varchar(40) not null, "verdict" varchar(8) not null, '
        '"employment" {to:employment}, "person" {to:person}, "before" text, "after" text, "reasons" text)',
    ),
    only_on={
        "sqlite": (NAMES, ENDS),
        # The owner of the tables is bound by the policies like everybody, and is of no company.
        "postgres": (
            'alter table "person" no force row level security',
            'alter table "assignment" no force row level security',
            NAMES,
            ENDS,
            'alter table "person" force row level security',
            'alter table "assignment" force row level security',
        ),
    },
    indexes=(
        ("person_search", "person", "company, search, id", None),
        ("person_email", "person", "company, email_index", None),
        ("employment_leaves", "employment", "company, leaves", None),
        ("employment_joins", "employment", "company, joins", None),
        ("assignment_location", "assignment", "company, location", None),
        ("import_batch_made", "import_batch", "company, id", None),
        ("import_row_once", "import_row", "company, batch, row", "unique"),
        ("import_row_employment", "import_row", "company, employment", None),
    ),
    company_tables=("import_batch", "import_row"),
    sealed=(
        ("import_batch", "file"),
        ("import_row", "before"),
        ("import_row", "after"),
        ("import_row", "reasons"),
    ),
    pointers=(
        ("import_row", "batch", "import_batch"),
        ("import_row", "employment", "employment"),
        ("import_row", "person", "person"),
    ),
)


async def forwards() -> MigrationManager:
    return CHANGE.manager()
