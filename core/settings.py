"""Everything that may differ between two installations, read once from the environment.

`SERAMBI_X_FILE` names a file that holds the value of `SERAMBI_X`, for secrets that must not stand in the environment.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "SERAMBI_"
SHORTEST_SECRET = 32
TELEGRAM_MODES = ("webhook", "polling")
TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+")


class Misconfigured(Exception):
    """The environment cannot be run with; the message says which variable and what to type."""


@dataclass(frozen=True)
class Settings:
    """One field for one variable: `database_url` is SERAMBI_DATABASE_URL."""

    database_url: str = "sqlite:///var/serambi.db"  # sqlite:///relative, sqlite:////absolute or postgresql://
    migration_url: str = ""  # owner of the tables, on PostgreSQL; empty = database_url
    broker_url: str = ""  # the doorbell: empty = in this process, redis:// or amqp://
    files: str = "var/files"  # folder of what people send: certificates, lists
    files_a_day: int = 30  # how many files somebody may send within 24 hours
    file_mb_a_day: int = 100  # and how large they may be together
    company_files_a_day: int = 5000  # how many everybody of a company may send within 24 hours
    company_file_mb_a_day: int = 5000  # and how large they may be together
    host: str = "127.0.0.1"  # where the web server listens
    port: int = 8000  # 0 = any free port
    probe_port: int = 0  # where a worker or a scheduler answers /healthz, /readyz and /metrics; 0 = nowhere
    proxies: str = "127.0.0.1,::1"  # whose word counts on where a request comes from: addresses, networks, by comma
    base_url: str = ""  # how people reach the web pages; empty = http://host:port
    secret_key: str = ""  # signs web sessions and CSRF tokens
    master_key: str = ""  # seals personal data; lose it and they are lost
    old_master_key: str = ""  # the one before, while `serambi keys rotate` has not ended
    keys: str = "var/keys.db"  # the wrapped keys: a file apart from the database, or postgresql://
    telegram_token: str = ""  # the bot's token from BotFather; empty = no Telegram
    telegram_name: str = ""  # the bot's name; a group is told t.me/name, empty = without the link
    telegram_mode: str = "webhook"  # webhook: Telegram knocks here; polling: we ask it, without a public address
    telegram_secret: str = ""  # the secret_token given to setWebhook; not needed for polling
    telegram_api: str = "https://api.telegram.org"  # base of the Bot API, without /bot
    telegram_per_second: int = 30  # messages of the bot in any second
    whatsapp_token: str = ""  # the token of a system user at Meta; empty = no WhatsApp
    whatsapp_phone_id: str = ""  # the id of the business number, not the number
    whatsapp_account_id: str = ""  # the WhatsApp Business Account of the number: needed to make its templates
    whatsapp_app_secret: str = ""  # proves that a notification comes from Meta
    whatsapp_verify_token: str = ""  # what Meta must repeat when it asks whether the address is ours
    whatsapp_api: str = "https://graph.facebook.com"  # base of the Graph API, without the version
    whatsapp_api_version: str = "v23.0"
    whatsapp_per_second: int = 80  # messages of the number in any second; Meta may allow more, or 20 beside the app
    slack_bot_token: str = ""  # xoxb-...; empty = no Slack
    slack_signing_secret: str = ""  # proves that a request comes from Slack
    slack_app_token: str = ""  # xapp-...; given = Socket Mode: no public address is needed
    slack_api: str = "https://slack.com/api/"  # base of the Web API, ends with a slash
    slack_per_second: int = 10  # messages of the app in any second

    clamd: str = (
        ""  # tcp://host:3310 or unix:///run/clamav/clamd.ctl: looks at files that are sent; empty = nobody does
    )
    clamd_away: str = "refuse"  # what becomes of a file while it does not answer: refuse | take

    backups: str = ""  # folder in which a backup is made every hour; empty = none is made by itself
    backup_days: int = 14  # how many days' last backup is kept there, and every hour's of the last two

    smtp_url: str = ""  # smtp://user:password@host:587 (STARTTLS) or smtps://...; empty = mail waits to be read here
    smtp_from: str = ""  # the address that mail comes from; empty = the user of smtp_url, or serambi@ the web address
    smtp_ca: str = ""  # file of the authority that signed the mail server's certificate; empty = the system's

    imap_url: str = (
        ""  # imaps://user:password@host:993/INBOX or imap:// (STARTTLS): the mailbox of the only company's desk
    )
    imap_hosts: str = ""  # mail servers in our own network that companies may read from: names, addresses, networks
    webhook_hosts: str = ""  # programs in our own network that companies may have told what happens, by http, too
    imap_ca: str = ""  # file of the authority that signed the mailbox server's certificate; empty = the system's

    @property
    def on_postgres(self) -> bool:
        """Whether the database is PostgreSQL rather than SQLite."""
        return self.database_url.startswith(("postgres://", "postgresql://"))

    @property
    def public_url(self) -> str:
        """The address people type, without a slash at its end."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over https, so that cookies may be Secure."""
        return self.public_url.startswith("https://")

    def __repr__(self) -> str:
        return f"Settings(database={'postgresql' if self.on_postgres else 'sqlite'}, base_url={self.public_url!r})"


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings, or raise Misconfigured naming the variable that is unknown or malformed."""
    known = {f.name: f for f in fields(Settings)}
    given: dict[str, str | int] = {}
    for variable in sorted(name for name in environ if name.startswith(PREFIX)):
        name, value = variable[len(PREFIX) :].lower(), environ[variable]
        if name not in known and name.endswith("_file"):
            name, value = name[: -len("_file")], _read(variable, value)
        if name not in known:
            raise Misconfigured(
                f"{variable} is not a setting of Serambi: remove it, or correct its name (see README.md)"
            )
        given[name] = _number(variable, value) if known[name].type is int else value
    made = Settings(**given)  # type: ignore[arg-type]
    _check(made)
    return made


def environment(made: Settings) -> dict[str, str]:
    """The variables from which another process reads these settings."""
    return {f"{PREFIX}{f.name.upper()}": str(getattr(made, f.name)) for f in fields(Settings)}


def _read(variable: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError as unreadable:
        raise Misconfigured(f"{variable} names {path}, which cannot be read: {unreadable.strerror}") from None


def _number(variable: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise Misconfigured(f"{variable} must be a whole number, not {value!r}") from None


def _check(made: Settings) -> None:
    if not made.database_url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise Misconfigured("SERAMBI_DATABASE_URL must start with sqlite:/// or postgresql://")
    if made.broker_url and not made.broker_url.startswith(("redis://", "rediss://", "amqp://", "amqps://")):
        raise Misconfigured("SERAMBI_BROKER_URL must be empty, redis:// or amqp://")
    if made.keys in (made.database_url, made.migration_url, made.database_url.removeprefix("sqlite:///")):
        raise Misconfigured("SERAMBI_KEYS must not be the database it protects: a copy of one would open the other")
    if made.old_master_key and made.old_master_key == made.master_key:
        raise Misconfigured("SERAMBI_OLD_MASTER_KEY is the same as SERAMBI_MASTER_KEY: remove it")
    for name in (
        "files_a_day",
        "file_mb_a_day",
        "company_files_a_day",
        "company_file_mb_a_day",
        "telegram_per_second",
        "whatsapp_per_second",
        "slack_per_second",
        "backup_days",
    ):
        if getattr(made, name) < 1:
            raise Misconfigured(f"SERAMBI_{name.upper()} must be at least 1, not {getattr(made, name)}")
    for one in made.proxies.split(",") if made.proxies.strip() else ():
        try:
            ipaddress.ip_network(one.strip())
        except ValueError:
            raise Misconfigured(
                f"SERAMBI_PROXIES must be addresses or networks by comma, such as 127.0.0.1,172.16.0.0/12, not {one!r}"
            ) from None
    if made.slack_api and not made.slack_api.endswith("/"):
        raise Misconfigured("SERAMBI_SLACK_API must end with a slash")
    _check_telegram(made)
    _check_scanner(made)
    if made.whatsapp_token and not (
        made.whatsapp_phone_id.isdecimal() and made.whatsapp_app_secret and made.whatsapp_verify_token
    ):
        raise Misconfigured(
            "SERAMBI_WHATSAPP_TOKEN needs SERAMBI_WHATSAPP_PHONE_ID (digits), SERAMBI_WHATSAPP_APP_SECRET and "
            "SERAMBI_WHATSAPP_VERIFY_TOKEN"
        )
    if made.slack_bot_token and not (made.slack_signing_secret or made.slack_app_token):
        raise Misconfigured("SERAMBI_SLACK_BOT_TOKEN needs SERAMBI_SLACK_SIGNING_SECRET or SERAMBI_SLACK_APP_TOKEN")
    if made.slack_app_token and not made.slack_bot_token:
        raise Misconfigured("SERAMBI_SLACK_APP_TOKEN needs SERAMBI_SLACK_BOT_TOKEN: one listens, the other answers")
    if made.smtp_url and (
        not made.smtp_url.startswith(("smtp://", "smtps://")) or not urlsplit(made.smtp_url).hostname
    ):
        raise Misconfigured(
            "SERAMBI_SMTP_URL must be empty, smtp://host:587 or smtps://host:465, with user:password@ before the host"
        )
    if made.smtp_from and not ADDRESS.fullmatch(made.smtp_from):
        raise Misconfigured("SERAMBI_SMTP_FROM must be one address, like hr@example.com")
    if made.imap_url and not (
        made.imap_url.startswith(("imap://", "imaps://")) and urlsplit(made.imap_url).hostname
        and urlsplit(made.imap_url).password
    ):  # fmt: skip
        raise Misconfigured(
            "SERAMBI_IMAP_URL must be empty or imaps://user:password@host:993/INBOX (imap:// for STARTTLS)"
        )
    where = urlsplit(made.public_url)
    if where.scheme == "http" and not is_private(where.hostname or ""):
        raise Misconfigured("SERAMBI_BASE_URL is http on a public address: passwords would be readable; use https")


def _check_scanner(made: Settings) -> None:
    where = urlsplit(made.clamd)
    try:
        named = (where.scheme == "unix" and where.path) or (where.scheme == "tcp" and where.hostname and where.port)
    except ValueError:
        named = False
    if made.clamd and not named:
        raise Misconfigured("SERAMBI_CLAMD must be empty, tcp://host:3310 or unix:///run/clamav/clamd.ctl")
    if made.clamd_away not in ("refuse", "take"):
        raise Misconfigured(f"SERAMBI_CLAMD_AWAY must be refuse or take, not {made.clamd_away!r}")


def _check_telegram(made: Settings) -> None:
    if made.telegram_mode not in TELEGRAM_MODES:
        raise Misconfigured(f"SERAMBI_TELEGRAM_MODE must be webhook or polling, not {made.telegram_mode!r}")
    if made.telegram_token and not made.telegram_secret and made.telegram_mode == "webhook":
        raise Misconfigured("SERAMBI_TELEGRAM_TOKEN needs SERAMBI_TELEGRAM_SECRET: the secret_token of setWebhook")
    if made.telegram_secret and not TELEGRAM_SECRET.fullmatch(made.telegram_secret):
        raise Misconfigured("SERAMBI_TELEGRAM_SECRET may have letters, digits, _ and -, at most 256 of them")


NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Set aside by the registries (IANA special-purpose addresses); Pythons differ on what of it is global.
SET_ASIDE = tuple(
    ipaddress.ip_network(one)
    for one in (
        "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "64:ff9b:1::/48",
        "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fec0::/10",
    )
)  # fmt: skip


def is_private(host: str) -> bool:
    """Whether a host is this machine or one behind the same wall."""
    if host in ("localhost", "testserver"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.endswith((".localhost", ".local", ".internal"))
    return address.is_private or address.is_loopback or address.is_unspecified


def may_be_read(host: str, address: str, made: Settings) -> bool:
    """Whether a company may have mail fetched from this host, which is found at this address: one on the internet, or
    one that SERAMBI_IMAP_HOSTS names."""
    return named(host, address, made.imap_hosts) or is_public(address)


def may_be_told(host: str, address: str, made: Settings) -> bool:
    """Whether a company may have what happens sent to this host, which is found at this address: one on the internet,
    or one that SERAMBI_WEBHOOK_HOSTS names."""
    return named(host, address, made.webhook_hosts) or is_public(address)


def is_public(address: str) -> bool:
    """Whether an address is one of the internet, however it is written: no machine, network or cloud of our own."""
    found = _address(address)
    if isinstance(found, ipaddress.IPv6Address):
        # What leads through a gateway is the address behind it.
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in NAT64 else found.sixtofour
        if inner is not None and not inner.is_global:
            return False
    aside = any(found.version == one.version and found in one for one in SET_ASIDE)
    return found.is_global and not found.is_multicast and not aside


def named(host: str, address: str, listed: str) -> bool:
    """Whether a list of names, addresses and networks has this host."""
    for one in filter(None, (part.strip() for part in listed.split(","))):
        if one.lower() == host.lower():
            return True
        with suppress(ValueError, TypeError):
            if _address(address) in ipaddress.ip_network(one, strict=False):
                return True
    return False


def _address(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    found = ipaddress.ip_address(address.partition("%")[0])
    return getattr(found, "ipv4_mapped", None) or found


def require_secrets(made: Settings) -> None:
    """Raise Misconfigured, with the command that makes them, unless both keys are there and long enough."""
    for name in ("secret_key", "master_key"):
        if len(getattr(made, name)) < SHORTEST_SECRET:
            raise Misconfigured(
                f"{PREFIX}{name.upper()} is missing or shorter than {SHORTEST_SECRET} characters. Make one with:\n"
                f"  export {PREFIX}{name.upper()}=$(python3 -c 'import secrets; print(secrets.token_urlsafe(32))')\n"
                "and keep it: without the same key nothing sealed can be read again."
            )


_current: Settings | None = None


def use(made: Settings) -> None:
    """Make these the settings of this process."""
    global _current
    _current = made


def current() -> Settings:
    """The settings of this process, read from the environment the first time."""
    global _current
    if _current is None:
        _current = load(os.environ)
    return _current
