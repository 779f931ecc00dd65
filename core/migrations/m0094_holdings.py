"""Data that go, must stay, may only be kept, or are handed out."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0094-holdings"
VERSION = "1.38.0"
DESCRIPTION = "Erasures, legal holds, restrictions, access packs, retention"

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        """create table "erasure" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "person" {to:person} not null, "scope" varchar(8) not null, "state" varchar(8) not null,
           "asked_by" varchar(64) not null, "asked_at" timestamptz not null, "request" varchar(22),
           "agreed_by" varchar(64), "agreed_at" timestamptz, "plan" text not null, "accounts" text not null,
           "stage" varchar(40) not null, "counts" text not null, "finished_at" timestamptz,
           "signature" varchar(64))""",
        """create table "retained" ("company" {big} not null, "id" {id}, "erasure" {to:erasure} not null,
           "person" {to:person} not null, "place" varchar(64) not null, "row" {big} not null,
           "law" varchar(24) not null, "until" date not null, "value" text not null)""",
        """create table "legal_hold" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "person" {to:person} not null, "basis" varchar(12) not null, "reason" text not null,
           "by" varchar(64) not null, "at" timestamptz not null, "released_by" varchar(64),
           "released_at" timestamptz)""",
        """create table "restriction" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "person" {to:person} not null, "by" varchar(64) not null, "at" timestamptz not null,
           "request" varchar(22), "lifted_by" varchar(64), "lifted_at" timestamptz)""",
        """create table "access_pack" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "person" {to:person} not null, "request" varchar(22), "state" varchar(8) not null,
           "by" varchar(64) not null, "asked_at" timestamptz not null, "password" text, "shown_at" timestamptz,
           "file" text, "sha256" varchar(64), "size" integer not null, "made_at" timestamptz,
           "expires_at" timestamptz, "fetched" integer not null)""",
        """create table "retention_run" ("company" {big} not null, "id" {id}, "public" varchar(22) unique not null,
           "at" timestamptz not null, "dry" boolean not null, "counts" text not null, "held" text not null,
           "signature" varchar(64) not null)""",
    ),
    indexes=(
        ("erasure_company", "erasure", "company, id", None),
        ("erasure_open", "erasure", "company, person", "unique where state in ('planned', 'running')"),
        ("erasure_of", "erasure", "company, person, id", None),
        ("retained_once", "retained", "company, erasure, place, row", "unique"),
        ("retained_until", "retained", "company, until", None),
        ("legal_hold_open", "legal_hold", "company, person", "unique where released_at is null"),
        ("legal_hold_in_order", "legal_hold", "company, id", None),
        ("restriction_open", "restriction", "company, person", "unique where lifted_at is null"),
        ("access_pack_of", "access_pack", "company, person, id", None),
        ("access_pack_expires", "access_pack", "company, expires_at", None),
        ("retention_run_in_order", "retention_run", "company, id", None),
    ),
    checks=(
        (
            "erasure",
            "{}scope in ('whole', 'here') and {}state in ('planned', 'running', 'done', 'dropped') "
            "and ({}state in ('planned', 'dropped') or ({}agreed_by is not null and {}agreed_by <> {}asked_by)) "
            "and ({}state <> 'done' or ({}finished_at is not null and {}signature is not null))",
            "an erasure that no second person has agreed to",
        ),
        ("retained", "substr({}value, 1, 3) = 's1.'", "a fact that is not sealed"),
        ("legal_hold", "{}basis in ('dispute', 'order', 'audit')", "a hold on no basis there is"),
        ("access_pack", "{}state in ('making', 'ready', 'gone')", "a pack in no state there is"),
    ),
    append_only=("retention_run",),
    sealed=(("legal_hold", "reason"), ("access_pack", "password"), ("access_pack", "file")),
    company_tables=("erasure", "retained", "legal_hold", "restriction", "access_pack", "retention_run"),
    pointers=(
        ("erasure", "person", "person"), ("retained", "erasure", "erasure"), ("retained", "person", "person"),
        ("legal_hold", "person", "person"), ("restriction", "person", "person"), ("access_pack", "person", "person"),
    ),
)  # fmt: skip


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
