"""Addresses of other programs that are told what happens, and what is on its way to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0114-webhooks"
VERSION = "1.38.0"
DESCRIPTION = "Webhooks of other programs"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "webhook" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "address" text not null, "kinds" varchar(600) not null, "secret" text not null, "old_secret" text,
           "old_until" timestamptz, "state" varchar(8) not null, "why" varchar(8),
           "failures" integer not null default 0, "failing_since" timestamptz, "shut_until" timestamptz,
           "busy_until" timestamptz, "slow" boolean not null default false, "made_by" varchar(64) not null,
           "made_at" timestamptz not null, "ended_at" timestamptz)""",
        """create table "webhook_delivery" ("company" {big} not null, "id" {id}, "webhook" {to:webhook} not null,
           "event" varchar(40) not null, "kind" varchar(32) not null, "body" text not null,
           "made_at" timestamptz not null, "state" varchar(8) not null, "attempts" integer not null default 0,
           "next_at" timestamptz, "tried_at" timestamptz, "took" integer, "status" integer, "error" varchar(16))""",
    ),
    indexes=(
        ("webhook_in_order", "webhook", "company, id", None),
        ("webhook_delivery_once", "webhook_delivery", "company, webhook, event", "unique"),
        ("webhook_delivery_in_order", "webhook_delivery", "company, webhook, id", None),
        ("webhook_delivery_due", "webhook_delivery", "company, webhook, next_at", " where state = 'queued'"),
        ("webhook_delivery_old", "webhook_delivery", "company, made_at", None),
    ),
    checks=(
        ("webhook", "{}state in ('on', 'paused', 'off')", "a webhook is on, paused or off"),
        ("webhook_delivery", "{}state in ('queued', 'done', 'dead')", "a delivery is queued, done or dead"),
    ),
    sealed=(("webhook", "address"), ("webhook", "secret"), ("webhook", "old_secret")),
    company_tables=("webhook", "webhook_delivery"),
    pointers=(("webhook_delivery", "webhook", "webhook"),),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
