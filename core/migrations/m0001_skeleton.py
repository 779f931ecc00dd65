"""The first tables, and what guards them: unique keys, append-only ledgers, no row that points into another company.

Written by hand in SQL, one file per engine: SQLite cannot take most of what Piccolo would generate. Frozen: a later
change is a later migration.
"""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import Engine, engine_finder

ID = "0001-skeleton"
VERSION = "1.38.0"
DESCRIPTION = "Companies, people, leave, approvals, messages, jobs, audit"

SQL = Path(__file__).parent / "sql"

# `company` first: without statistics SQLite takes an index of the company alone for as good as any other.
UNIQUE = (
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
# table, what must hold of a row ({} stands before each column), what to say otherwise
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
# table, column, table it points to: both rows must be of one company.
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


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)
    manager.add_raw(_run)
    return manager


async def _run() -> None:
    engine = engine_finder()
    assert engine is not None
    dialect = engine.engine_type
    for statement in (SQL / f"0001_tables.{dialect}.sql").read_text().split(";\n"):
        if statement.strip():
            await engine.run_ddl(statement)
    for name, table, columns, rule in UNIQUE:
        kind, _, where = (rule or "").partition(" ")
        await engine.run_ddl(f'create {kind} index {name} on "{table}" ({columns}) {where}')
    await (_guard_sqlite if dialect == "sqlite" else _guard_postgres)(engine)


async def _guard_sqlite(engine: Engine) -> None:  # type: ignore[type-arg]
    for table, rule, what in CHECKS:
        told = rule.replace("{}", "new.")
        for act in ("insert", "update"):
            await engine.run_ddl(
                f'create trigger {table}_{act}_rule before {act} on "{table}" when not ({told}) '
                f"begin select raise(abort, '{what}'); end"
            )
    for table in APPEND_ONLY:
        for act in ("update", "delete"):
            await engine.run_ddl(
                f'create trigger {table}_no_{act} before {act} on "{table}" '
                f"begin select raise(abort, '{table} is append-only'); end"
            )
    for table, column, target in POINTERS:
        for act in ("insert", "update"):
            await engine.run_ddl(
                f'create trigger {table}_{column}_{act}_company before {act} on "{table}" '
                f'when new."{column}" is not null '
                f'and (select company from "{target}" where id = new."{column}") is not new.company '
                f"begin select raise(abort, '{table}.{column} points into another company'); end"
            )


async def _guard_postgres(engine: Engine) -> None:  # type: ignore[type-arg]
    for table, rule, _ in CHECKS:
        bare = rule.replace("{}", "")
        await engine.run_ddl(f'alter table "{table}" add constraint {table}_rule check ({bare})')
    await engine.run_ddl(
        "create function append_only() returns trigger language plpgsql as $$ begin "
        "raise exception '% is append-only', tg_table_name using errcode = '55000'; end $$"
    )
    for table in APPEND_ONLY:
        await engine.run_ddl(
            f'create trigger {table}_fixed before update or delete on "{table}" '
            "for each row execute function append_only()"
        )
        await engine.run_ddl(
            f'create trigger {table}_whole before truncate on "{table}" '
            "for each statement execute function append_only()"
        )
    for table, column, target in POINTERS:
        await engine.run_ddl(
            f"create function {table}_{column}_company() returns trigger language plpgsql as $$ begin "
            f'if new."{column}" is not null and (select company from "{target}" where id = new."{column}") '
            f"is distinct from new.company then raise exception '{table}.{column} points into another company' "
            f"using errcode = '23503'; end if; return new; end $$"
        )
        await engine.run_ddl(
            f'create trigger {table}_{column}_company before insert or update on "{table}" '
            f"for each row execute function {table}_{column}_company()"
        )
    mine = "company = nullif(current_setting('app.company', true), '')::bigint"
    for table in COMPANY_TABLES:
        await engine.run_ddl(f'alter table "{table}" enable row level security')
        await engine.run_ddl(f'alter table "{table}" force row level security')
        await engine.run_ddl(f'create policy one_company on "{table}" using ({mine}) with check ({mine})')
    for table in LOOKED_UP:
        # installation() sets company 0: it may find whose company a caller belongs to, and change nothing.
        await engine.run_ddl(
            f"create policy look_up on \"{table}\" for select using (current_setting('app.company', true) = '0')"
        )
