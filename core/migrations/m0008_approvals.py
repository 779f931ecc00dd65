"""Approvals in steps: chains, who answers for whom, what happened to a request, and each approver's own clock."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0008-approvals"
VERSION = "1.38.0"
DESCRIPTION = "Chains, steps, delegations, the history of a request"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """CREATE TABLE "chain" ("company" {big} NOT NULL, "id" {id}, "public" VARCHAR(22) UNIQUE NOT NULL,
           "kind" VARCHAR(24) NOT NULL, "version" INTEGER NOT NULL, "from_" DATE NOT NULL, "rules" TEXT NOT NULL,
           "published_by" VARCHAR(64) NOT NULL, "published_at" TIMESTAMPTZ NOT NULL)""",
        'CREATE INDEX "chain_company" ON "chain" ("company")',
        """CREATE TABLE "delegation" ("company" {big} NOT NULL, "id" {id}, "public" VARCHAR(22) UNIQUE NOT NULL,
           "giver" {to:person} NOT NULL, "taker" {to:person} NOT NULL, "kinds" VARCHAR(200) NOT NULL, "most" INTEGER,
           "starts" TIMESTAMPTZ NOT NULL, "ends" TIMESTAMPTZ NOT NULL, "request" {to:request},
           "offered_at" TIMESTAMPTZ NOT NULL, "accepted_at" TIMESTAMPTZ, "ended_at" TIMESTAMPTZ,
           "why" VARCHAR(12))""",
        'CREATE INDEX "delegation_company" ON "delegation" ("company")',
        """CREATE TABLE "request_event" ("company" {big} NOT NULL, "id" {id}, "request" {to:request} NOT NULL,
           "version" INTEGER NOT NULL, "what" VARCHAR(20) NOT NULL, "at" TIMESTAMPTZ NOT NULL, "person" {to:person},
           "other" {to:person}, "level" INTEGER, "channel" VARCHAR(16) NOT NULL, "subject" {big}, "words" TEXT)""",
        'CREATE INDEX "request_event_company" ON "request_event" ("company")',
        'ALTER TABLE "department" ADD COLUMN "head" {to:employment}',
        'ALTER TABLE "request" ADD COLUMN "begins" TIMESTAMPTZ',
        'ALTER TABLE "request" ADD COLUMN "facts" TEXT NOT NULL DEFAULT \'{}\'',
        'ALTER TABLE "request" ADD COLUMN "chain" {to:chain}',
        """ALTER TABLE "step" ADD COLUMN "mode" VARCHAR(6) NOT NULL DEFAULT 'any'""",
        'ALTER TABLE "step" ADD COLUMN "needed" INTEGER NOT NULL DEFAULT 1',
        """ALTER TABLE "step" ADD COLUMN "asks" VARCHAR(6) NOT NULL DEFAULT 'it'""",
        """ALTER TABLE "step" ADD COLUMN "who" TEXT NOT NULL DEFAULT '[]'""",
        'ALTER TABLE "step_approver" ADD COLUMN "beside" {to:person}',
        'ALTER TABLE "step_approver" ADD COLUMN "remind_at" TIMESTAMPTZ',
        'ALTER TABLE "step_approver" ADD COLUMN "reminded" INTEGER NOT NULL DEFAULT 0',
        'ALTER TABLE "step_approver" ADD COLUMN "escalate_at" TIMESTAMPTZ',
        'ALTER TABLE "step_approver" ADD COLUMN "escalated_at" TIMESTAMPTZ',
        'ALTER TABLE "step_approver" ADD COLUMN "ended_at" TIMESTAMPTZ',
        'ALTER TABLE "decision" ADD COLUMN "for_whom" {to:person}',
        'ALTER TABLE "outbound" ADD COLUMN "card_version" INTEGER',
        # What waits already goes on with the clock it had.
        """UPDATE "step_approver" SET
             "remind_at" = (SELECT s."remind_at" FROM "step" s WHERE s."id" = "step_approver"."step"),
             "escalate_at" = (SELECT s."escalate_at" FROM "step" s WHERE s."id" = "step_approver"."step"),
             "escalated_at" = (SELECT s."escalated_at" FROM "step" s WHERE s."id" = "step_approver"."step"),
             "reminded" = CASE WHEN (SELECT s."reminded_at" FROM "step" s WHERE s."id" = "step_approver"."step")
               IS NULL THEN 0 ELSE 1 END""",
        """UPDATE "outbound" SET "card_version" = 1 WHERE "card_of" IS NOT NULL""",
    ),
    only_on={
        "postgres": (
            'ALTER TABLE "request" ALTER COLUMN "state" TYPE VARCHAR(20)',
            'ALTER TABLE "step_approver" ALTER COLUMN "added_by" TYPE VARCHAR(20)',
        )
    },
    indexes=(
        ("chain_version", "chain", "company, kind, version", "unique"),
        ("delegation_until", "delegation", "company, ends", None),
        ("delegation_giver", "delegation", "company, giver", None),
        ("delegation_taker", "delegation", "company, taker", None),
        ("request_event_of", "request_event", "company, request", None),
        ("request_state", "request", "company, state, submitted_at", None),
        ("request_chain", "request", "company, chain", None),
        ("step_state", "step", "company, state", None),
        ("decision_actor", "decision", "company, actor", None),
    ),
    checks=(
        ("decision", "{}verdict in ('approve', 'reject', 'change')", "an unknown verdict"),
        ("delegation", "{}ends > {}starts and {}giver <> {}taker", "a delegation to oneself, or over before it begins"),
    ),
    append_only=("request_event",),
    sealed=(("request_event", "words"),),
    company_tables=("chain", "delegation", "request_event"),
    pointers=(
        ("delegation", "giver", "person"), ("delegation", "taker", "person"), ("delegation", "request", "request"),
        ("request_event", "request", "request"), ("request_event", "person", "person"),
        ("request_event", "other", "person"), ("department", "head", "employment"), ("request", "chain", "chain"),
        ("step_approver", "beside", "person"), ("decision", "for_whom", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    return CHANGE.manager()
