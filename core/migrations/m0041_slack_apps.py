"""A company's own app at Slack and the workspaces that took it in, each of one company."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0041-slack-apps"
VERSION = "1.38.0"
DESCRIPTION = "Apps and workspaces at Slack"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        'create table "slack_app" ("company" {big} not null, "id" {id}, "public" varchar(22) not null unique, '
        '"mode" varchar(6) not null, "client_id" varchar(64), "client_secret" text, "signing_secret" text, '
        '"app_token" text, "made_at" timestamptz not null, "heard_at" timestamptz, "connected_at" timestamptz)',
        'create table "slack_workspace" ("company" {big} not null, "id" {id}, "app" {to:slack_app} not null, '
        '"team" varchar(64) not null, "name" varchar(120) not null, "bot_user" varchar(32) not null, '
        '"scopes" text not null, "token" text not null, "installed_at" timestamptz not null, "ended_at" timestamptz)',
    ),
    indexes=(
        ("slack_app_of", "slack_app", "company, id", None),
        ("slack_workspace_once", "slack_workspace", "team", "unique where ended_at is null"),
        ("slack_workspace_of", "slack_workspace", "company, app", None),
        ("slack_workspace_team", "slack_workspace", "team, id", None),
    ),
    sealed=(
        ("slack_app", "client_secret"),
        ("slack_app", "signing_secret"),
        ("slack_app", "app_token"),
        ("slack_workspace", "token"),
    ),
    company_tables=("slack_app", "slack_workspace"),
    looked_up=("slack_app", "slack_workspace"),
    pointers=(("slack_workspace", "app", "slack_app"),),
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
