"""What a platform tells later about what we sent: it arrived, was read, or failed after all.

Reports come more than once and in any order, so what is known never goes back: sent, delivered, read; a failure counts
unless the message is known to have arrived.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import delivery, strangers
from bot.channels import Kept, Later, Never, whatsapp_calls
from core import clock, database, jobs, log
from core.messaging import undelivered
from core.messaging.messages import Report
from core.messaging.tables import Outbound
from core.people import identities

APPLY = "messages.report"
RANK = {None: 0, "delivered": 1, "read": 2}
PATIENCE = timedelta(minutes=10)  # a report may be here before the answer to the call it is about


async def receive(reports: Sequence[Report], *, of: int | None = None) -> None:
    """Keep each report that is new and have it applied; whom it is about is looked up here and not written down.

    What is told of a company's own account takes the turns `of` that company: it may tell as much as it likes.
    """
    async with database.installation() if of is None else database.transaction(of):
        for one in reports:
            companies = await identities.companies_of(one.channel, one.account, one.people)
            await jobs.enqueue(
                APPLY, list(companies), one.channel, one.account, one.ref, one.state, one.code, one.category,
                one.billable, clock.now().isoformat(), dedupe=_mark(one),
            )  # fmt: skip


def _mark(one: Report) -> str:
    """What a report is known by; whoever signs for another account takes nobody's word from them."""
    told = "|".join((one.channel, one.account, one.ref, one.state))
    return f"report:{hashlib.sha256(told.encode()).hexdigest()}"


@jobs.job(APPLY)
async def apply(
    _: int | None, companies: list[int], channel: str, account: str, ref: str, state: str, code: int | None,
    category: str | None, billable: bool, since: str,
) -> None:  # fmt: skip
    """Write down what became of a message; what failed late is kept, tried again or taken elsewhere like any other."""
    found = await _found([*companies, await strangers.operator()], channel, account, ref)
    if found is None:
        waited = clock.now() - datetime.fromisoformat(since)
        if waited < PATIENCE:
            raise jobs.Later(clock.now() + max(timedelta(seconds=5), waited / 2))
        return  # sent by somebody else with the same number, or long purged
    company, number = found
    row = await _noted(company, number, state, category, billable)
    if row is None:
        return
    log.warning("message_failed_late", channel=channel, key=row.key, number=row.id, code=code)
    match whatsapp_calls.meaning(code or 0) if code is not None else Never("failed"):
        case Kept() as kept:
            await delivery.keep(company, row, kept)
        case Later() as later:
            await _again(company, row, later)
        case Never() as never:
            await delivery.give_up(company, row, never)


async def _found(companies: Sequence[int], channel: str, account: str, ref: str) -> tuple[int, int] | None:
    """The company and the number of the message that its platform calls so."""
    mine = (Outbound.provider_ref == ref) & (Outbound.channel == channel) & (Outbound.account == account)
    for company in companies:
        async with database.reading(company):
            row = await Outbound.select(Outbound.id).where(mine).first()
        if row is not None:
            return company, int(row["id"])
    return None


async def _noted(company: int, number: int, state: str, category: str | None, billable: bool) -> Outbound | None:
    """Write the report to its message; returns the message when it counts as failed now."""
    async with database.transaction(company):
        await database.lock(Outbound, number)
        row = await Outbound.objects().where(Outbound.id == number).first()
        if row is None:
            return None
        if category is not None and state != "failed":
            await Outbound.update({Outbound.category: category, Outbound.billable: billable}).where(
                Outbound.id == number
            )
        if state == "failed":
            return row if row.progress is None and row.state == "sent" else None
        if RANK.get(state, 0) > RANK.get(row.progress, 0):
            await Outbound.update({Outbound.progress: state}).where(Outbound.id == number)
        return None


async def _again(company: int, row: Outbound, later: Later) -> None:
    """The platform let it fall for a reason that passes: it is said again, as often as any other message is tried."""
    async with database.transaction(company):
        if row.attempts >= delivery.GIVE_UP:
            await Outbound.update({Outbound.state: "parked", Outbound.error: later.reason[:200]}).where(
                Outbound.id == row.id
            )
            await undelivered.note(row, undelivered.TRIED)
            return
        await Outbound.update({Outbound.state: "queued", Outbound.provider_ref: None}).where(Outbound.id == row.id)
        wait = later.seconds if later.seconds is not None else delivery.BACKOFF[min(row.attempts, 7) - 1]
        await jobs.enqueue("deliver", row.id, run_at=clock.now() + timedelta(seconds=wait))
