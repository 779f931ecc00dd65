"""The news of a quarter's releases, and how far it is."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0103-release-news"
VERSION = "1.38.0"
DESCRIPTION = "The news of a quarter's releases"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "release_news" ("company" {big} not null, "id" {id}, "quarter" varchar(7) not null,
           "by" varchar(64) not null, "counted_at" timestamptz not null, "sendings" integer not null default 0,
           "sent_at" timestamptz, "stopped_at" timestamptz)""",
        """create table "news_reach" ("company" {big} not null, "id" {id}, "news" {to:release_news} not null,
           "origin" {big} not null, "people" integer, "chats" text, "unwanted" integer not null default 0,
           "told" integer not null default 0, "taken" integer not null default 0, "state" varchar(8) not null)""",
        """create table "news_share" ("company" {big} not null, "id" {id}, "quarter" varchar(7) not null,
           "sending" integer not null default 0, "state" varchar(8) not null, "reached" integer not null default 0,
           "told" integer not null default 0, "taken" integer not null default 0)""",
    ),
    indexes=(
        ("release_news_quarter", "release_news", "company, quarter", "unique"),
        ("news_reach_once", "news_reach", "company, news, origin", "unique"),
        ("news_share_quarter", "news_share", "company, quarter", "unique"),
    ),
    checks=(
        ("release_news", "{}stopped_at is null or {}sent_at is not null", "stopped before it was sent"),
        ("news_reach", "{}state in ('counting', 'counted', 'sending', 'done', 'stopped')", "no such state"),
        ("news_share", "{}state in ('sending', 'done', 'stopped') and {}told >= 0", "no such state"),
    ),
    company_tables=("release_news", "news_reach", "news_share"),
    pointers=(("news_reach", "news", "release_news"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
