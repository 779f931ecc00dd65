"""Addresses of programs that are told what happens: made with a secret that is shown once, watched, paused, ended."""

import ipaddress
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from piccolo.query.functions.aggregate import Count

from core import audit, clock, database, settings, vault
from core.audit import Actor
from core.errors import Refused
from core.programs import happenings, signing
from core.programs.happenings import KINDS
from core.programs.tables import Webhook, WebhookDelivery

ON, PAUSED = "on", "paused"
ADDRESS, SECRET, OLD_SECRET = "webhook.address", "webhook.secret", "webhook.old_secret"
MOST, LONGEST = 10, 500
GRACE = timedelta(days=1)  # how long the secret before signs, too
SHOWN = 50  # deliveries
QUEUED, DONE, DEAD = "queued", "done", "dead"
FIRST_FREE_PORT = 1024


@dataclass(frozen=True)
class Opened:
    """An address with what is sealed of it."""

    row: Webhook
    address: str

    @property
    def host(self) -> str:
        """Where it leads, as people know it again."""
        return urlsplit(self.address).netloc


async def every() -> Sequence[Opened]:
    """The addresses of the company in scope that were not ended, the newest first."""
    rows = await Webhook.objects().where(Webhook.ended_at.is_null()).order_by(Webhook.id, ascending=False)
    return [_opened(row) for row in rows]


async def by_public(public: str) -> Opened | None:
    """One of them."""
    row = await Webhook.objects().where((Webhook.public == public) & Webhook.ended_at.is_null()).first()
    return None if row is None else _opened(row)


async def make(address: str, kinds: Collection[str], *, by: Actor) -> tuple[Webhook, str]:
    """A new address and its secret, which is shown to nobody again.

    Refused: an address that can't be told, nothing to tell it, or too many of them.
    """
    where, wanted = checked(address), _kinds(kinds)
    company = database.company()
    await database.lock_name(f"webhooks:{company}")
    if await Webhook.count().where(Webhook.ended_at.is_null()) >= MOST:
        raise Refused("webhooks.too_many", most=str(MOST))
    secret = signing.new_secret()
    row = Webhook(
        public=database.new_public(), address=vault.seal(where, company=company, column=ADDRESS),
        kinds=" ".join(wanted), secret=vault.seal(secret, company=company, column=SECRET), state=ON,
        made_by=by.name, made_at=clock.now(),
    )  # fmt: skip
    await Webhook.insert(row)
    audit.record("webhook.made", f"webhook:{row.id}", by=by, host=urlsplit(where).hostname, kinds=wanted)
    return row, secret


def checked(address: str) -> str:
    """The address as it is called. Refused: one that no program can have, or that leads into a house of ours."""
    told = address.strip()
    if not 0 < len(told) <= LONGEST or not told.isascii() or not told.isprintable() or " " in told:
        raise Refused("webhooks.wrong_address")
    try:
        parts = urlsplit(told)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Refused("webhooks.wrong_address") from None
    if not host or parts.username is not None or parts.fragment or "\\" in told:
        raise Refused("webhooks.wrong_address")
    made = settings.current()
    ours = settings.named(host, "0.0.0.0", made.webhook_hosts) or _is_listed(host, made.webhook_hosts)  # noqa: S104
    if parts.scheme != "https" and not (ours and parts.scheme == "http"):
        raise Refused("webhooks.https_needed")
    if port is not None and port != 443 and not port >= FIRST_FREE_PORT and not ours:
        raise Refused("webhooks.wrong_port")
    if not ours and (settings.is_private(host) or _is_inside(host)):
        raise Refused("webhooks.inside")
    return told


async def change(public: str, kinds: Collection[str], *, by: Actor) -> None:
    """Have it told these kinds from now on."""
    row, wanted = await _held(public), _kinds(kinds)
    await Webhook.update({Webhook.kinds: " ".join(wanted)}).where(Webhook.id == row.id)
    audit.record("webhook.changed", f"webhook:{row.id}", by=by, kinds=wanted)


async def rotate(public: str, *, by: Actor) -> str:
    """Its new secret; the one before signs along for a day."""
    row, company, secret = await _held(public), database.company(), signing.new_secret()
    old = vault.unseal(row.secret, company=company, column=SECRET)
    values: dict[Any, Any] = {
        Webhook.secret: vault.seal(secret, company=company, column=SECRET),
        Webhook.old_secret: vault.seal(old, company=company, column=OLD_SECRET),
        Webhook.old_until: clock.now() + GRACE,
    }
    await Webhook.update(values).where(Webhook.id == row.id)
    audit.record("webhook.rotated", f"webhook:{row.id}", by=by)
    return secret


async def pause(public: str, *, by: Actor) -> None:
    """Keep what happens until it is wanted again."""
    row = await _held(public)
    if row.state == ON:
        await Webhook.update({Webhook.state: PAUSED}).where(Webhook.id == row.id)
        audit.record("webhook.paused", f"webhook:{row.id}", by=by)


async def resume(public: str, *, by: Actor) -> None:
    """Tell it again, at once, also where we had given it up; what it missed meanwhile can be sent again."""
    row = await _held(public)
    if row.state == ON:
        return
    fresh: dict[Any, Any] = {
        Webhook.state: ON, Webhook.why: None, Webhook.failures: 0, Webhook.failing_since: None,
        Webhook.shut_until: None,
    }  # fmt: skip
    await Webhook.update(fresh).where(Webhook.id == row.id)
    audit.record("webhook.resumed", f"webhook:{row.id}", by=by)
    await happenings.ring(row.id)


async def end(public: str, *, by: Actor) -> None:
    """Tell it nothing more; its secrets go at once."""
    row, company = await _held(public), database.company()
    ended: dict[Any, Any] = {
        Webhook.ended_at: clock.now(), Webhook.old_secret: None, Webhook.old_until: None,
        Webhook.secret: vault.seal("", company=company, column=SECRET),
    }  # fmt: skip
    await Webhook.update(ended).where(Webhook.id == row.id)
    await give_up(row.id)
    audit.record("webhook.ended", f"webhook:{row.id}", by=by)


async def ping(public: str, *, by: Actor) -> None:
    """Tell it that it is heard."""
    row = await _held(public)
    if row.state != ON:
        raise Refused("webhooks.not_on")
    await _try_now(row.id)
    await happenings.ping(row.id)
    audit.record("webhook.pinged", f"webhook:{row.id}", by=by)


async def again(public: str, event: str, *, by: Actor) -> None:
    """Tell it once more what it was told, or missed, under the same id."""
    row = await _held(public)
    if row.state != ON:
        raise Refused("webhooks.not_on")
    mine = (WebhookDelivery.webhook == row.id) & (WebhookDelivery.event == event)
    found = (
        await WebhookDelivery.update(
            {WebhookDelivery.state: QUEUED, WebhookDelivery.attempts: 0, WebhookDelivery.next_at: clock.now()}
        )
        .where(mine)
        .returning(WebhookDelivery.id)
    )
    if not found:
        raise Refused("webhooks.no_such_event")
    await _try_now(row.id)
    audit.record("webhook.sent_again", f"webhook:{row.id}", by=by, event=event)
    await happenings.ring(row.id)


async def _try_now(number: int) -> None:
    """Somebody wants to see what it answers: it is left alone no longer."""
    await Webhook.update({Webhook.shut_until: None}).where(Webhook.id == number)


async def deliveries(number: int, most: int = SHOWN) -> Sequence[WebhookDelivery]:
    """What it was told last, the newest first."""
    mine = WebhookDelivery.webhook == number
    return await WebhookDelivery.objects().where(mine).order_by(WebhookDelivery.id, ascending=False).limit(most)


async def waiting() -> dict[int, int]:
    """How much waits for each address."""
    rows = (
        await WebhookDelivery.select(WebhookDelivery.webhook, Count(alias="number"))
        .where(WebhookDelivery.state == QUEUED)
        .group_by(WebhookDelivery.webhook)
    )
    return {row["webhook"]: row["number"] for row in rows}


async def give_up(number: int) -> None:
    """Nothing that waits for it is sent any more. Needs a transaction."""
    left = (WebhookDelivery.webhook == number) & (WebhookDelivery.state == QUEUED)
    await WebhookDelivery.update({WebhookDelivery.state: DEAD, WebhookDelivery.next_at: None}).where(left)


def secrets_of(row: Webhook) -> list[str]:
    """What signs for it now: its secret and, for a day, the one before."""
    found = [vault.unseal(row.secret, company=row.company, column=SECRET)]
    if row.old_secret is not None and row.old_until is not None and row.old_until > clock.now():
        found.append(vault.unseal(row.old_secret, company=row.company, column=OLD_SECRET))
    return found


def over(before: Any) -> Any:
    """Addresses that were ended by then, and to which nothing is kept any more."""
    held = WebhookDelivery.select(WebhookDelivery.webhook)
    return (Webhook.ended_at < before) & Webhook.id.not_in(held)


def address_of(row: Webhook) -> str:
    """Where it leads."""
    return vault.unseal(row.address, company=row.company, column=ADDRESS)


def _opened(row: Webhook) -> Opened:
    return Opened(row, address_of(row))


async def _held(public: str) -> Webhook:
    found = await by_public(public)
    if found is None:
        raise Refused("webhooks.none_such")
    await database.lock(Webhook, found.row.id)
    row = await Webhook.objects().where((Webhook.id == found.row.id) & Webhook.ended_at.is_null()).first()
    if row is None:
        raise Refused("webhooks.none_such")
    return row


def _kinds(kinds: Collection[str]) -> list[str]:
    wanted = [one for one in KINDS if one in kinds]
    if not wanted:
        raise Refused("webhooks.kind_needed")
    return wanted


def _is_listed(host: str, listed: str) -> bool:
    """Whether a host that is an address stands in one of the networks of a list."""
    with suppress(ValueError):
        return settings.named(host, str(ipaddress.ip_address(host)), listed)
    return False


def _is_inside(host: str) -> bool:
    """Whether a host is written as an address that is none of the internet."""
    with suppress(ValueError):
        return not settings.is_public(str(ipaddress.ip_address(host)))
    # `2130706433`, `0x7f.1` and `127.1` are addresses to some, and names to nobody.
    last = host.rpartition(".")[2]
    return "." not in host or last.isdigit() or last.lower().startswith("0x")
