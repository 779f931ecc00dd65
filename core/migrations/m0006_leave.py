"""Leave as a whole: kinds of a company, plans, batches, blackouts; days know their kind, entries what they reverse."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0006-leave"
VERSION = "1.38.0"
DESCRIPTION = "Kinds of leave, accrual plans, batches, blackouts"

COMPANY = '"company" {big} NOT NULL, "id" {id}'
STATEMENTS = (
    f'create table "leave_type" ({COMPANY}, "public" VARCHAR(22) UNIQUE NOT NULL, "code" VARCHAR(40) NOT NULL, '
    '"from_" DATE NOT NULL, "terms" TEXT NOT NULL, "examples" TEXT NOT NULL, "published_at" TIMESTAMPTZ, '
    '"published_by" VARCHAR(64))',
    f'create table "leave_batch" ({COMPANY}, "public" VARCHAR(22) UNIQUE NOT NULL, "kind" VARCHAR(12) NOT NULL, '
    '"year" INTEGER NOT NULL, "short" VARCHAR(8), "file_hash" VARCHAR(64), "people" INTEGER NOT NULL, '
    '"made_by" VARCHAR(64) NOT NULL, "made_at" TIMESTAMPTZ NOT NULL, "undone_at" TIMESTAMPTZ)',
    f'create table "accrual_line" ({COMPANY}, "employment" {{to:employment}} NOT NULL, '
    '"leave_type" VARCHAR(40) NOT NULL, "year" INTEGER NOT NULL, "due" DATE NOT NULL, "quantity" INTEGER NOT NULL, '
    '"valid_to" DATE NOT NULL, "state" VARCHAR(8) NOT NULL, "why" VARCHAR(120))',
    f'create table "blackout" ({COMPANY}, "public" VARCHAR(22) UNIQUE NOT NULL, "starts" DATE NOT NULL, '
    '"ends" DATE NOT NULL, "department" {to:department}, "location" {to:location}, "why" VARCHAR(120) NOT NULL, '
    '"made_by" VARCHAR(64) NOT NULL, "ended_at" TIMESTAMPTZ)',
    'alter table "lot" add column "overdraft" INTEGER NOT NULL DEFAULT 0',
    'alter table "lot" add column "encashable" BOOLEAN NOT NULL DEFAULT false',
    'alter table "leave_request" add column "clash" TEXT',
    'alter table "leave_request" add column "document_due" DATE',
    'alter table "leave_request" add column "document_met_at" TIMESTAMPTZ',
    'alter table "leave_request" add column "attachment" {big}',
    "alter table \"leave_day\" add column \"leave_type\" VARCHAR(40) NOT NULL DEFAULT 'annual'",
    'alter table "leave_day" add column "batch" {to:leave_batch}',
    'alter table "leave_day" add column "taken_at" TIMESTAMPTZ',
    'alter table "leave_day" add column "cancel_asked_at" TIMESTAMPTZ',
    'alter table "leave_entry" add column "reversal_of" {big}',
    'alter table "leave_balance" add column "floor" INTEGER NOT NULL DEFAULT 0',
)  # fmt: skip

# What was approved, or has come, before this release knew when. The owner too sees one company at a time otherwise.
KNOWN_AS_TAKEN = (
    'update "leave_day" set taken_at = (select min(recorded_at) from "leave_entry" '
    "where leave_entry.leave_day = leave_day.id and leave_entry.kind = 'consume')"
)
ALL_COMPANIES = [f'alter table "{table}" %s row level security' for table in ("leave_day", "leave_entry")]

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=STATEMENTS,
    only_on={
        "sqlite": [KNOWN_AS_TAKEN],
        "postgres": [
            *(one % "no force" for one in ALL_COMPANIES), KNOWN_AS_TAKEN, *(one % "force" for one in ALL_COMPANIES),
        ],
    },
    indexes=(
        ("leave_type_company", "leave_type", "company", None),
        ("leave_type_once", "leave_type", "company, code, from_", "unique where published_at is not null"),
        ("leave_batch_company", "leave_batch", "company", None),
        ("leave_batch_collective", "leave_batch", "company, kind, year", None),
        ("accrual_line_company", "accrual_line", "company", None),
        ("accrual_line_once", "accrual_line", "company, employment, leave_type, due", "unique"),
        ("accrual_line_due", "accrual_line", "company, state, due", None),
        ("blackout_company", "blackout", "company, ends", None),
        ("lot_left", "lot", "company, employment, leave_type, valid_to", None),
        ("leave_day_batch", "leave_day", "company, batch", None),
        ("leave_request_document", "leave_request", "company, document_due", None),
    ),
    checks=(
        ("leave_balance", "{}available >= {}floor and {}held >= 0", "a leave balance below what is allowed"),
        ("accrual_line", "{}state in ('planned', 'posted', 'failed', 'skipped')", "a planned grant of no known state"),
        ("blackout", "{}ends >= {}starts", "a blackout that ends before it starts"),
    ),
    company_tables=("leave_type", "leave_batch", "accrual_line", "blackout"),
    pointers=(
        ("accrual_line", "employment", "employment"), ("blackout", "department", "department"),
        ("blackout", "location", "location"), ("leave_day", "batch", "leave_batch"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    return CHANGE.manager()
