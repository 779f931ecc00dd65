"""The first tables, and what guards them: unique keys, append-only ledgers, no row that points into another company.

Written by hand in SQL, one file per engine: SQLite cannot take most of what Piccolo would generate. Frozen: a later
change is a later migration.
"""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0001-skeleton"
VERSION = "1.38.0"
DESCRIPTION = "Companies, people, leave, approvals, messages, jobs, audit"

SQL = Path(__file__).parent / "sql"

INDEXES = (
    ("session_live", "session", "account, expires_at", None),
    ("holiday_once", "holiday", "date, kind, name", "unique"),
    ("inbound_once", "inbound", "channel, account, external_id", "unique"),
    ("inbound_new", "inbound", "channel, account, sender, state", None),
    ("cron_once", "cron_run", "name, due", "unique"),
    ("job_due", "job", "state, run_at", None),
    ("employment_number", "employment", "company, number", "unique"),
    ("employment_person", "employment", "company, person", None),
    ("assignment_once", "assignment", "company, employment, from_", "unique"),
    ("assignment_department", "assignment", "company, department", None),
    ("assignment_manager", "assignment", "company, manager", None),
    ("department_name", "department", "company, name", "unique"),
    ("location_name", "location", "company, name", "unique"),
    ("identity_once", "channel_identity", "channel, account, external_id", "unique where ended_at is null"),
    ("identity_person", "channel_identity", "company, person", None),
    ("membership_once", "membership", "company, account, role", "unique"),
    ("membership_account", "membership", "account", None),
    ("counter_letter", "counter", "company, letter", "unique"),
    ("request_subject", "request", "company, kind, subject, version", "unique"),
    ("request_number", "request", "company, number", "unique"),
    ("request_of", "request", "company, employment, state", None),
    ("step_of", "step", "company, request, version, level", "unique"),
    ("step_approver_once", "step_approver", "company, step, person", "unique"),
    ("step_approver_person", "step_approver", "company, person", None),
    ("decision_once", "decision", "company, step, actor", "unique"),
    ("lot_once", "lot", "company, employment, leave_type, year, origin", "unique where origin = 'annual'"),
    ("leave_request_of", "leave_request", "company, employment, starts", None),
    (
        "leave_day_once",
        "leave_day",
        "company, employment, date, coalesce(part, '')",
        "unique where ended_at is null and counted",
    ),
    ("leave_day_request", "leave_day", "company, request", None),
    ("leave_day_date", "leave_day", "company, date", None),
    ("leave_entry_lot", "leave_entry", "company, lot", None),
    ("leave_entry_day", "leave_entry", "company, leave_day", None),
    ("leave_entry_request", "leave_entry", "company, request", None),
    ("balance_once", "leave_balance", "company, employment, leave_type", "unique"),
    ("conversation_person", "conversation", "company, person", "unique where person is not null"),
    ("conversation_stranger", "conversation", "company, stranger", "unique where stranger is not null"),
    ("outbound_person", "outbound", "company, person, id", None),
    ("outbound_card", "outbound", "company, card_of", None),
    ("outbound_cause", "outbound", "caused_by", None),
    ("audit_seq", "audit_entry", "company, seq", "unique"),
)
CHECKS = (
    ("leave_balance", "{}available >= 0 and {}held >= 0", "a leave balance below zero"),
    ("leave_day", "{}fraction in (500, 1000)", "a leave day that is neither whole nor half"),
    ("leave_request", "{}ends >= {}starts", "leave that ends before it starts"),
    ("decision", "{}verdict in ('approve', 'reject')", "an unknown verdict"),
)
APPEND_ONLY = ("leave_entry", "decision", "audit_entry")
COMPANY_TABLES = (
    "person", "department", "location", "employment", "assignment", "channel_identity", "membership", "invitation",
    "counter", "request", "step", "step_approver", "decision", "lot", "leave_request", "leave_day", "leave_entry",
    "leave_balance", "conversation", "outbound", "button", "audit_entry",
)  # fmt: skip
LOOKED_UP = ("channel_identity", "invitation", "membership")
POINTERS = (
    ("employment", "person", "person"), ("assignment", "employment", "employment"),
    ("assignment", "department", "department"), ("assignment", "location", "location"),
    ("assignment", "manager", "employment"), ("channel_identity", "person", "person"),
    ("membership", "person", "person"), ("invitation", "employment", "employment"),
    ("request", "employment", "employment"), ("step", "request", "request"), ("step_approver", "step", "step"),
    ("step_approver", "person", "person"), ("decision", "step", "step"), ("decision", "actor", "person"),
    ("lot", "employment", "employment"), ("leave_request", "employment", "employment"),
    ("leave_day", "employment", "employment"), ("leave_day", "request", "leave_request"),
    ("leave_entry", "lot", "lot"), ("leave_entry", "request", "leave_request"),
    ("leave_entry", "leave_day", "leave_day"), ("leave_balance", "employment", "employment"),
    ("conversation", "person", "person"), ("outbound", "person", "person"), ("outbound", "card_of", "request"),
    ("button", "person", "person"),
)  # fmt: skip


def _statements(dialect: str) -> list[str]:
    return [one for one in (SQL / f"0001_tables.{dialect}.sql").read_text().split(";\n") if one.strip()]


# What the triggers of PostgreSQL call; SQLite says it in each trigger.
REFUSES = (
    "create function append_only() returns trigger language plpgsql as $$ begin "
    "raise exception '% is append-only', tg_table_name using errcode = '55000'; end $$"
)
CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    only_on={"sqlite": _statements("sqlite"), "postgres": [*_statements("postgres"), REFUSES]},
    indexes=INDEXES,
    checks=CHECKS,
    append_only=APPEND_ONLY,
    company_tables=COMPANY_TABLES,
    looked_up=LOOKED_UP,
    pointers=POINTERS,
)


async def forwards() -> MigrationManager:
    return CHANGE.manager()
