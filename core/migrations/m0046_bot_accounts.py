"""A company's own accounts on Telegram and WhatsApp, how Meta sees our templates, chats that people have shut to us."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0046-bot-accounts"
VERSION = "1.38.0"
DESCRIPTION = "A company's own bot accounts, templates and shut chats"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "bot_account" ("company" {big} not null, "id" {id}, "public" varchar(22) not null unique, '
        '"channel" varchar(16) not null, "account" varchar(64) not null, "name" varchar(120) not null, '
        '"mode" varchar(8) not null, "business" varchar(64), "token" text not null, "secret" text not null, '
        '"verify" text, "made_at" timestamptz not null, "verified_at" timestamptz, "heard_at" timestamptz, '
        '"ended_at" timestamptz)',
        'create table "message_template" ("id" {id}, "business" varchar(64) not null, "name" varchar(64) not null, '
        '"language" varchar(8) not null, "state" varchar(24) not null, "reason" varchar(60), '
        '"category" varchar(24), "category_before" varchar(24), "seen_at" timestamptz not null)',
        'alter table "channel_identity" add column "shut_at" timestamptz',
        'create index identity_shut on "channel_identity" (company, id) where shut_at is not null',
    ),
    indexes=(
        ("bot_account_once", "bot_account", "channel, account", "unique where ended_at is null"),
        ("bot_account_one", "bot_account", "company, channel", "unique where ended_at is null"),
        ("bot_account_of", "bot_account", "channel, account, id", None),
        ("message_template_once", "message_template", "business, name, language", "unique"),
    ),
    sealed=(("bot_account", "token"), ("bot_account", "secret"), ("bot_account", "verify")),
    company_tables=("bot_account",),
    looked_up=("bot_account",),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
