"""Is the house in order? Each check says what is wrong and what to type."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from piccolo.query.functions import Count

from core import anchors, antivirus, audit, backup_hourly, clock, database, doorbell, migrate, settings, vault
from core.accounts import keys
from core.accounts.tables import Company
from core.engines import PooledPostgres
from core.jobs import Job
from core.key_store import Unreachable, on_postgres
from core.messaging import bot_accounts, circuits, mailboxes, undelivered
from core.messaging.bot_accounts import BotAccount
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
GAP = (
    "keep a copy of this database and find out who changed it; if you put an older one back yourselves: "
    "serambi audit acknowledge --company NAME --reason WHY"
)
MOST_DRIFT = 5
LEAST_DISK = 200 * 1024 * 1024
MOST_WAITING = 10_000
STUCK_AFTER = 600
STRANGERS_LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `advice` is what to do when it is not well."""

    name: str
    well: bool
    told: str
    advice: str = ""


async def ready() -> list[Check]:
    """What must be well for this process to take requests."""
    database_check = await _database()
    if not database_check.well:
        return [database_check, _keys(), _broker(), _disk()]
    return [database_check, _keys(), _broker(), await _clock(), _disk()]


async def doctor() -> list[Check]:
    """Everything that an operator should know before the users do."""
    checks = [_disk(backups=True) if one.name == "disk" else one for one in await ready()]
    if not checks[0].well:
        return checks
    migrations = await _migrations()
    if not migrations.well:
        return [*checks, migrations]
    secrets = await _secrets()
    if not secrets.well:
        return [*checks, migrations, secrets]  # nothing that is sealed opens, and all the rest would say only that
    checks += [
        migrations,
        await _jobs(),
        secrets,
        _channels(),
        await _own_accounts(),
        await _mailboxes(),
        await _links(),
        await _services(),
        await _strangers(),
        _address(),
        _backups(),
        await _scanner(),
        *await _audits(),
    ]
    if isinstance(database.engine(), PooledPostgres):
        checks.append(await _role())
    return checks


async def _database() -> Check:
    try:
        async with database.installation(writes=False):
            await Job.raw("select 1")
    except Exception as fault:  # whatever the driver raises, the answer is that the database does not answer
        return Check("database", False, type(fault).__name__, "check SERAMBI_DATABASE_URL, then run: serambi migrate")
    return Check("database", True, "PostgreSQL" if settings.current().on_postgres else "SQLite")


def _broker() -> Check:
    wrong = doorbell.wrong()
    if wrong:
        return Check("broker", False, wrong, "start the broker; meanwhile the sweep keeps the work going")
    return Check("broker", True, settings.current().broker_url.partition(":")[0] or "in this process")


async def _clock() -> Check:
    """A machine that has lost its clock grants and reminds at wrong times; the database's is the second opinion."""
    advice = "synchronise the clock: timedatectl set-ntp true"
    if clock.now() < RELEASED:
        return Check("clock", False, f"it says {clock.now():%Y-%m-%d}, before this release was made", advice)
    if not isinstance(database.engine(), PooledPostgres):
        return Check("clock", True, "plausible")
    async with database.installation(writes=False):
        rows = await Job.raw("select clock_timestamp() as at")
    drift = abs((clock.now() - rows[0]["at"]).total_seconds())
    return Check("clock", drift < MOST_DRIFT, f"{drift:.1f} s from the database's", advice)


def free_bytes() -> dict[str, int]:
    """How much room there is in each place where this process writes; of a database server, it alone knows."""
    made = settings.current()
    places = {"data": None if made.on_postgres else database.sqlite_path(made.database_url).parent}
    places["keys"] = None if on_postgres(made.keys) else Path(made.keys).parent
    places["files"] = Path(made.files)
    places["backups"] = Path(made.backups) if made.backups else None
    return {place: shutil.disk_usage(_there(where)).free for place, where in places.items() if where is not None}


def _there(where: Path) -> Path:
    """The folder, or the nearest one above it that is there already."""
    return next(one for one in (where.absolute(), *where.absolute().parents) if one.is_dir())


def _disk(*, backups: bool = False) -> Check:
    """Whether there is room to write for some time; a backup needs as much again as the last one took."""
    free = {place: room for place, room in free_bytes().items() if backups or place != "backups"}
    least = dict.fromkeys(free, LEAST_DISK)
    if "backups" in least:
        newest = backup_hourly.kept(Path(settings.current().backups))
        least["backups"] += 2 * max((path.stat().st_size for path in newest), default=0)
    short = [place for place in free if free[place] <= least[place]]
    told = ", ".join(f"{place} {free[place] // 1024 // 1024} MiB" for place in short or free)
    where = " and ".join(short)
    return Check(
        "disk", not short, f"{told} free",
        f"make room where {where} lie: with none left nothing is saved, and whoever writes is told to come again",
    )  # fmt: skip


async def _migrations() -> Check:
    waiting = await migrate.pending()
    return Check("migrations", not waiting, ", ".join(waiting) or "in step", "run: serambi migrate")


async def _jobs() -> Check:
    waiting, parked, oldest = await _counts()
    well = parked == 0 and oldest < STUCK_AFTER and waiting < MOST_WAITING
    return Check(
        "jobs", well, f"{waiting} due, {parked} parked, oldest {oldest:.0f} s",
        "is a worker running? serambi run, or serambi worker; parked jobs name their fault in the log",
    )  # fmt: skip


async def _counts() -> tuple[int, int, float]:
    now = clock.now()
    due = (Job.state == "queued") & (Job.run_at <= now)
    async with database.installation(writes=False):
        waiting = await Job.count().where(due)
        parked = await Job.count().where(Job.state == "parked")
        first = await Job.select(Job.run_at).where(due).order_by(Job.run_at).first()
    return waiting, parked, (now - first["run_at"]).total_seconds() if first else 0.0


async def _secrets() -> Check:
    try:
        settings.require_secrets(settings.current())
    except settings.Misconfigured as wrong:
        return Check("secrets", False, "missing or short", str(wrong))
    trouble = await keys.trouble()
    if trouble:
        return Check("secrets", False, "not those this database was sealed with", trouble)
    return Check("secrets", True, "long enough, and they open what was sealed")


def _keys() -> Check:
    """The key store answers; whether it is the right one is asked at the start and by the doctor."""
    made = settings.current()
    try:
        vault.keyring().store.rows("select number from revision")
    except Unreachable as fault:
        return Check("keys", False, str(fault), keys.NO_STORE)
    return Check("keys", True, "PostgreSQL" if on_postgres(made.keys) else made.keys)


async def _audits() -> list[Check]:
    """Each company's audit that has a gap, or had one that somebody answers for; one line when there is none."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id, Company.slug).where(Company.kind == "company")
    found = []
    for row in companies:
        async with database.reading(row["id"]):
            broken = await audit.first_broken()
        told = [f"acknowledged on {one.at:%Y-%m-%d} by {one.who}: {one.reason}" for one in anchors.gaps(row["id"])]
        if broken is not None:
            told.append(f"the audit of {row['slug']} breaks at entry {broken}")
        if told:
            found.append(Check("audit", broken is None, "; ".join(told), GAP))
    return found or [Check("audit", True, "whole")]


def _channels() -> Check:
    made = settings.current()
    on = (
        ["web chat"]
        + [_telegram(made.telegram_mode)] * bool(made.telegram_token)
        + ["Slack"] * bool(made.slack_bot_token)
    )
    on += ["WhatsApp"] * bool(made.whatsapp_token)
    return Check("channels", True, ", ".join(on))


async def _own_accounts() -> Check:
    """The bots and numbers that companies brought; one that is the installation's as well would speak for everybody."""
    async with database.installation(writes=False):
        own = await BotAccount.select(BotAccount.channel, BotAccount.account, BotAccount.name).where(
            BotAccount.ended_at.is_null()
        )  # nothing is unsealed here: the keys may be what is wrong
    both = [f"{one['channel']} {one['name']}" for one in own if one["account"] == bot_accounts.shared(one["channel"])]
    advice = (
        "give the installation an account of its own in its settings, or disconnect the company's in the backoffice"
    )
    told = f"also the installation's: {', '.join(both)}" if both else f"{len(own)} of companies"
    return Check("accounts", not both, told, advice)


async def _mailboxes() -> Check:
    """The mailboxes of desks that could not be read for half an hour: what people write there waits unseen."""
    made = settings.current()
    async with database.installation(writes=False):
        ill = await mailboxes.ill()
        companies = await Company.count().where(Company.kind == "company")
    if made.imap_url and companies > 1:
        told = f"SERAMBI_IMAP_URL is not read: {companies} companies are here"
        return Check("mailboxes", False, told, "remove it; each company connects a mailbox in the backoffice")
    if made.imap_url and not made.smtp_url:
        return Check("mailboxes", False, "read, and not answered", "set SERAMBI_SMTP_URL as well")
    told = "; ".join(f"{address} ({why})" for address, why in ill)
    advice = "the page Settings, Connect a mailbox of that company says what to do; `serambi worker` or `run` must run"
    return Check("mailboxes", not ill, told or "all read", advice)


async def _services() -> Check:
    """The services of our bots that do not answer; what is meant for them waits."""
    async with database.installation(writes=False):
        shut = await circuits.shut()
    told = [f"{one.name.partition('|')[0]} ({one.reason}) since {one.opened_at:%Y-%m-%d %H:%M} UTC" for one in shut]
    advice = "look at the platform's own status page, and at the token; what waits follows by itself"
    return Check("services", not shut, "; ".join(told) or "all answer", advice)


async def _links() -> Check:
    """Chats that are linked through a bot or number which is nobody's here: no other speaks to them in its name."""
    of_bots = ChannelIdentity.channel.is_in(list(bot_accounts.CHANNELS)) & (ChannelIdentity.account != "")
    async with database.installation(writes=False):
        linked = await ChannelIdentity.select(ChannelIdentity.channel, ChannelIdentity.account, Count()).where(
            of_bots & ChannelIdentity.ended_at.is_null()
        ).group_by(ChannelIdentity.channel, ChannelIdentity.account)  # fmt: skip
        own = await BotAccount.select(BotAccount.channel, BotAccount.account)
    known = {(one["channel"], one["account"]) for one in own}
    known |= {(channel, bot_accounts.shared(channel)) for channel in bot_accounts.CHANNELS}
    lost = [one for one in linked if (one["channel"], one["account"]) not in known]
    told = ", ".join(f"{one['count']} through {one['channel']} {one['account']}, which is not here" for one in lost)
    advice = "put the token or the number back that they were linked through, or have them invited anew"
    return Check("links", not lost, told or "each through a bot or number that is here", advice)


async def _strangers() -> Check:
    """What was said to chats that are linked to nobody, and did not arrive: no HR would ever hear of it."""
    async with database.installation(writes=False):
        operator = await Company.select(Company.id).where(Company.kind == migrate.OPERATOR).first()
    if operator is None:
        return Check("strangers", True, "none yet")
    lately = Outbound.queued_at > clock.now() - STRANGERS_LATELY
    async with database.reading(operator["id"]):
        rows = await Outbound.select(Outbound.channel, Outbound.trouble, Count()).where(
            Outbound.person.is_null() & Outbound.trouble.is_not_null() & lately
        ).group_by(Outbound.channel, Outbound.trouble)  # fmt: skip
    # Who shuts a chat does not want to be told.
    ours = [one for one in rows if one["trouble"] != undelivered.CLOSED.get(one["channel"])]
    told = ", ".join(sorted(f"{one['channel']} {one['trouble']} {one['count']}" for one in rows))
    return Check(
        "strangers", not ours, f"not reached in a day: {told}" if told else "each was answered",
        "who is linked to nobody wrote and got no answer: the log says which of our bots, under stranger_not_reached",
    )  # fmt: skip


def _telegram(mode: str) -> str:
    return "Telegram (we ask for updates)" if mode == "polling" else "Telegram"


def _address() -> Check:
    made = settings.current()
    told = (
        made.public_url
        if made.secure
        else f"{made.public_url} (http: cookies are not Secure; fine on this machine only)"
    )
    return Check("address", True, told)


def _backups() -> Check:
    """Whether a backup was made lately, where one is to be made every hour."""
    folder = settings.current().backups
    if not folder:
        return Check("backups", True, "none is made by itself: SERAMBI_BACKUPS names no folder")
    newest = max(backup_hourly.kept(Path(folder)).values(), default=None)
    return Check(
        "backups",
        newest is not None and newest > clock.now() - backup_hourly.TOO_OLD,
        "there is none yet" if newest is None else f"the last one that was proven is of {newest:%Y-%m-%d %H:%M} UTC",
        f"make one now and read what it says: serambi backup {folder}/serambi-$(date -u +%Y%m%dT%H%M%SZ).backup",
    )


async def _scanner() -> Check:
    """Who looks at the files that people send; that nobody does is said, and is the operator's to choose."""
    if not settings.current().clamd:
        return Check("antivirus", True, "nobody looks at files that are sent: SERAMBI_CLAMD names no scanner")
    try:
        return Check("antivirus", True, await antivirus.version())
    except antivirus.Away as away:
        becomes = "are taken unseen" if settings.current().clamd_away == "take" else "are refused"
        return Check(
            "antivirus", False, f"{away}: files {becomes} until it answers", "start clamd, or see SERAMBI_CLAMD"
        )


async def _role() -> Check:
    async with database.installation(writes=False):
        rows = await Job.raw(
            "select current_user as role, rolsuper or rolbypassrls as free, "
            "exists (select 1 from pg_class where relname = 'person' and relowner = r.oid) as owner "
            "from pg_roles r where rolname = current_user"
        )
    row = rows[0]
    well = not row["free"] and not row["owner"]
    made = settings.current()
    advice = "give the application a login of its own: SERAMBI_MIGRATION_URL for the owner (see the install guide)"
    one_url = not made.migration_url or made.migration_url == made.database_url
    return Check("role", well, f"{row['role']}{' (by SET ROLE)' if one_url else ''}", advice)
