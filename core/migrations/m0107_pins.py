"""PINs, and the one-time pages that take them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0107-pins"
VERSION = "1.38.0"
DESCRIPTION = "PINs and their one-time pages"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "pin" ("company" {big} not null, "id" {id}, "person" {to:person} unique not null,
           "pin_hash" varchar(120) not null, "set_at" timestamptz not null, "failures" integer not null,
           "failed_at" timestamptz, "shut" boolean not null)""",
        """create table "proof_link" ("company" {big} not null, "id" {id}, "person" {to:person} not null,
           "request" {to:data_request} not null, "token_hash" varchar(64), "made_at" timestamptz not null,
           "expires_at" timestamptz not null, "used_at" timestamptz)""",
    ),
    indexes=(
        ("pin_company", "pin", "company", None),
        ("proof_link_of", "proof_link", "company, person, made_at", None),
        ("proof_link_token", "proof_link", "token_hash", "unique where token_hash is not null"),
        ("proof_link_expires", "proof_link", "company, expires_at", None),
    ),
    checks=(
        ("pin", "substr({}pin_hash, 1, 8) = '$argon2i' and {}failures >= 0", "a PIN that is not hashed"),
        ("proof_link", "{}used_at is null or {}token_hash is null", "a page that was used and still opens"),
    ),
    company_tables=("pin", "proof_link"),
    looked_up=("proof_link",),
    pointers=(
        ("pin", "person", "person"), ("proof_link", "person", "person"), ("proof_link", "request", "data_request"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
