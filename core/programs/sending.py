"""What is told to an address next, and what became of it.

One worker at a time calls an address, a few happenings at once, so that a slow one holds one hand and no more. It says
that it is calling for a moment only (`busy_until`): when it dies, its job comes again after that moment. Whoever comes
meanwhile leaves: what was written before it came is seen by the one who is there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core import audit, clock, database, jobs, log, settings
from core.accounts.tables import Account, Company, Membership
from core.approvals import chains, signers
from core.messaging import mail, outbox
from core.messaging.messages import Message
from core.phrases import phrase
from core.programs import happenings, retries, webhooks
from core.programs.retries import Told
from core.programs.tables import Webhook, WebhookDelivery

AT_ONCE = 8  # calls of one address
MOMENT = timedelta(seconds=25)  # longer than a call takes
NEARLY = timedelta(seconds=2)  # clocks of two machines differ by less
GONE, FAILING = "gone", "failing"  # why an address is off


@dataclass(frozen=True)
class Letter:
    """Something to be told, as it is sent."""

    number: int
    event: str
    body: bytes
    attempts: int


@dataclass(frozen=True)
class Round:
    """What an address is told now, and what signs it."""

    hook: int
    address: str
    secrets: Sequence[str]
    letters: Sequence[Letter]
    slow: bool


async def is_slow(company: int, hook: int) -> bool:
    """Whether it took long to answer lately."""
    async with database.reading(company):
        row = await Webhook.select(Webhook.slow).where(Webhook.id == hook).first()
    return bool(row and row["slow"])


async def take(company: int, hook: int, *, mine: bool) -> Round | None:
    """What is due for this address, which is ours for a moment; None where there is nothing, or somebody else's.
    `mine` where we have been calling it."""
    now = clock.now()
    async with database.transaction(company):
        await database.lock(Webhook, hook)
        row = await Webhook.objects().where((Webhook.id == hook) & Webhook.ended_at.is_null()).first()
        if row is None:
            return None
        if not mine and row.busy_until is not None and row.busy_until > now:
            # Who calls it now sees what we came for. If they die of it, somebody looks again: one for all who came.
            await jobs.enqueue(
                happenings.JOB, hook, run_at=row.busy_until, dedupe=f"webhook:{hook}:{row.busy_until.isoformat()}"
            )
            return None
        shut = row.shut_until is not None and row.shut_until > now  # who shut it has it called again
        due: Sequence[WebhookDelivery] = ()
        if row.state == webhooks.ON and not shut:
            ready = (
                (WebhookDelivery.webhook == hook) & (WebhookDelivery.state == webhooks.QUEUED)
                & (WebhookDelivery.next_at <= now + NEARLY)
            )  # fmt: skip
            most = 1 if row.failures else AT_ONCE  # one finds out for all whether it is well again
            due = await WebhookDelivery.objects().where(ready).order_by(WebhookDelivery.id).limit(most)
        if not due:
            if row.busy_until is not None:
                await Webhook.update({Webhook.busy_until: None}).where(Webhook.id == hook)
            return None
        await Webhook.update({Webhook.busy_until: now + MOMENT}).where(Webhook.id == hook)
        tried: dict[Any, Any] = {
            WebhookDelivery.attempts: WebhookDelivery.attempts + 1, WebhookDelivery.tried_at: now,
        }  # fmt: skip
        await WebhookDelivery.update(tried).where(WebhookDelivery.id.is_in([one.id for one in due]))
        letters = [Letter(one.id, one.event, one.body.encode(), one.attempts + 1) for one in due]
        return Round(hook, webhooks.address_of(row), webhooks.secrets_of(row), letters, row.slow)


async def hand_over(company: int, hook: int) -> None:
    """Whoever was calling it has called long enough: another job goes on."""
    async with database.transaction(company):
        await database.lock(Webhook, hook)
        await Webhook.update({Webhook.busy_until: None}).where(Webhook.id == hook)
        await happenings.ring(hook)


async def note(company: int, made: Round, answers: Mapping[int, Told]) -> None:
    """Write down how it answered; when it is told again what it did not take, or that it is told no more."""
    now = clock.now()
    async with database.transaction(company):
        await database.lock(Webhook, made.hook)
        row = await Webhook.objects().where(Webhook.id == made.hook).first()
        if row is None:
            return
        dead = 0
        for letter in made.letters:
            told = answers[letter.number]
            at = None if told.error is None else retries.after(letter.attempts, told, now)
            state = webhooks.DONE if told.error is None else webhooks.DEAD if at is None else webhooks.QUEUED
            dead += state == webhooks.DEAD
            values: dict[Any, Any] = {
                WebhookDelivery.state: state, WebhookDelivery.next_at: at, WebhookDelivery.took: told.took,
                WebhookDelivery.status: told.status, WebhookDelivery.error: told.error,
            }  # fmt: skip
            # What was sent again, or given up, meanwhile is not ours any more.
            same = (WebhookDelivery.id == letter.number) & (WebhookDelivery.attempts == letter.attempts)
            await WebhookDelivery.update(values).where(same & (WebhookDelivery.state == webhooks.QUEUED))
            if at is not None:
                await happenings.ring(made.hook, at)
        await _judge(row, [answers[one.number] for one in made.letters], dead)


async def _judge(row: Webhook, answers: Sequence[Told], dead: int) -> None:
    """What these answers say of the address itself."""
    now, failed = clock.now(), [one for one in answers if one.error is not None]
    well = len(failed) < len(answers)
    failures = 0 if well else row.failures + len(failed)
    since = None if well else row.failing_since or now
    pause = retries.pause(failures)
    slow = max(one.took for one in answers) >= retries.SLOW
    values: dict[Any, Any] = {
        Webhook.failures: failures, Webhook.failing_since: since, Webhook.slow: slow,
        Webhook.shut_until: None if pause is None else now + pause,
    }  # fmt: skip
    gone = any(one.error == retries.GONE for one in failed)
    if row.ended_at is None and (gone or (since is not None and now - since >= retries.GIVE_UP)):
        why = GONE if gone else FAILING
        await Webhook.update({**values, Webhook.state: happenings.OFF, Webhook.why: why}).where(Webhook.id == row.id)
        await webhooks.give_up(row.id)
        audit.record("webhook.off", f"webhook:{row.id}", why=why)
        log.warning("webhook_off", webhook=row.id, reason=why)
        await _tell_administrators(row, f"webhooks.told_{why}", f"{why}:{now.isoformat()}")
        return
    await Webhook.update(values).where(Webhook.id == row.id)
    if pause is not None:
        await happenings.ring(row.id, now + pause)
    if dead:
        await _tell_administrators(row, "webhooks.told_dead", f"dead:{now.date().isoformat()}")


async def _tell_administrators(row: Webhook, key: str, mark: str) -> None:
    """Tell everybody who administers the company, once for a mark: in their chat, by mail where they are nobody's
    employee."""
    company = await Company.select(Company.slug).where(Company.id == row.company).first()
    assert company is not None
    host = webhooks.Opened(row, webhooks.address_of(row)).host
    link = f"{settings.current().public_url}/{company['slug']}/settings/webhooks/{row.public}"
    for one in await chains.administrators():
        words = phrase(key, one.language, host=host, link=link)
        await outbox.post_once(
            await outbox.address_of(one.person), Message(key, words, language=one.language),
            dedupe=f"webhook:{row.id}:{mark}:{one.person}",
        )  # fmt: skip
    rows = await Membership.select(Membership.account).where(
        Membership.role.is_in(list(signers.ROLES)) & Membership.person.is_null()
    )
    for account in sorted({int(one["account"]) for one in rows}):
        found = await Account.select(Account.language).where(Account.id == account).first()
        dedupe = f"webhook:{row.id}:{mark}:account:{account}"
        if found is not None and await outbox.state_of(dedupe) is None:
            await mail.post(
                key, to=f"account:{account}", language=found["language"], dedupe=dedupe, host=host, link=link
            )


@jobs.cron("23 * * * *", "webhooks.hourly")
async def hourly() -> None:
    """Call again for what nobody called for: a job that was given up, or a clock that was set."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    for one in companies:
        async with database.transaction(one["id"]):
            late = (WebhookDelivery.state == webhooks.QUEUED) & (
                WebhookDelivery.next_at < clock.now() - timedelta(minutes=15)
            )
            for hook in {row["webhook"] for row in await WebhookDelivery.select(WebhookDelivery.webhook).where(late)}:
                await happenings.ring(hook)
