"""The articles that a company writes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0072-article-versions"
VERSION = "1.38.0"
DESCRIPTION = "Articles of a company, version by version"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "article_version" ("company" {big} not null, "id" {id}, "code" varchar(80) not null,
           "number" integer not null, "title_id" varchar(120) not null, "title_en" varchar(120) not null,
           "short_id" varchar(20) not null, "short_en" varchar(20) not null, "aliases_id" text not null,
           "aliases_en" text not null, "body_id" text not null, "body_en" text not null,
           "audience" varchar(10) not null, "roles" varchar(200) not null, "valid_from" date not null,
           "review_by" date not null, "source" varchar(300) not null, "retired" boolean not null,
           "by" varchar(64) not null, "made_at" timestamptz not null)""",
    ),
    indexes=(
        ("article_version_company", "article_version", "company", None),
        ("article_version_number", "article_version", "company, code, number", "unique"),
    ),
    append_only=("article_version",),
    company_tables=("article_version",),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
