"""How much waits, told quickly: indexes of what is unanswered and not out, and sums over companies for monitors."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from core.changes import Change

ID = "0049-standing"
VERSION = "1.38.0"
DESCRIPTION = "What waits, counted for the whole installation"

OPEN = "state in ('queued', 'waiting', 'sending', 'unknown')"
OUTSIDE = "current_setting('app.company', true) = '0'"
# The tables' owner is bound to one company too. It alone may read these rows in installation(), and only its functions
# do, which return sums; the application's role may call them and no more.
FOR_THE_OWNER = (
    f'create policy counted on "outbound" for select using ({OUTSIDE} and current_user = '
    "(select pg_get_userbyid(relowner) from pg_class where oid = 'outbound'::regclass))"
)
OUTBOX = (
    "create function outbox_standing(instant timestamptz) "
    'returns table ("channel" text, "state" text, "number" bigint, "since" timestamptz) '
    "language sql stable security definer set search_path = public, pg_temp as $$ "
    "select o.channel::text, case when o.state = 'queued' and o.held_until > instant then 'held' else o.state end, "
    f"count(*), min(o.queued_at) from outbound o where {OUTSIDE} and o.{OPEN} group by 1, 2 $$"
)
UNDELIVERED = (
    'create function undelivered_standing() returns table ("channel" text, "number" bigint) '
    "language sql stable security definer set search_path = public, pg_temp as $$ "
    "select o.channel::text, count(*) from outbound o "
    f"where {OUTSIDE} and o.trouble is not null and o.settled_at is null group by 1 $$"
)

CHANGE = Change(
    id=ID,
    told=DESCRIPTION,
    statements=(
        "create index inbound_unanswered on \"inbound\" (channel, received_at) where state = 'new'",
        f'create index outbound_standing on "outbound" (channel, state, queued_at, held_until) where {OPEN}',
        'create index outbound_troubled on "outbound" (channel) where trouble is not null and settled_at is null',
    ),
    only_on={"postgres": (FOR_THE_OWNER, OUTBOX, UNDELIVERED)},
)


async def forwards() -> MigrationManager:
    """What Piccolo runs."""
    return CHANGE.manager()
