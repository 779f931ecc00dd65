"""The second factor, sessions that say where they are, blocked accounts, tries of invitations and passwords."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0003-accounts"
VERSION = "1.38.0"
DESCRIPTION = "Second factor, recovery codes, sessions by place, blocks, guesses"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'alter table "company" add column "trial" boolean not null default false',
        'alter table "account" add column "totp" text',
        'alter table "account" add column "totp_new" text',
        'alter table "account" add column "totp_step" {big} not null default 0',
        'alter table "account" add column "blocked_at" timestamptz',
        'alter table "session" add column "public" varchar(22)',
        'alter table "session" add column "waits" varchar(8)',
        'alter table "session" add column "agent" varchar(60) not null default \'\'',
        'alter table "session" add column "seen_from" text',
        'alter table "invitation" add column "tries" integer not null default 0',
        'alter table "channel_identity" add column "blocked_by" {big}',
        'create table "recovery_code" ("id" {id}, "account" {to:account} not null, "code_hash" varchar(64) not null, '
        '"used_at" timestamptz)',
        'create table "guess" ("id" {id}, "mark" varchar(32) not null unique, "failures" integer not null default 0, '
        '"failed_at" timestamptz not null)',
        'create table "block" ("id" {id}, "company" {big} not null, "person" {to:person}, "account" {big}, '
        '"channel" varchar(16) not null, "sessions" integer not null, "chats" varchar(120) not null, '
        '"blocked_at" timestamptz not null, "lifted_at" timestamptz, "lifted_by" varchar(64), "reason" text)',
    ),
    indexes=(
        ("recovery_code_of", "recovery_code", "account, code_hash", None),
        ("block_person", "block", "company, person", None),
        ("block_open", "block", "company, lifted_at", None),
        ("identity_blocked", "channel_identity", "channel, account, external_id, blocked_by", None),
    ),
    company_tables=("block",),
    sealed=(("account", "totp"), ("account", "totp_new"), ("session", "seen_from"), ("block", "reason")),
    pointers=(("block", "person", "person"),),
)


async def forwards() -> MigrationManager:
    return CHANGE.manager()
