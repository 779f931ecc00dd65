"""What was kept long enough goes, every night, a thousand rows at a time, so that nobody waits for it.

How long is long enough stands in `core/retention.py`. What still waits for somebody is never old enough: a job that was
given up, a message on its way, the card of an undecided request.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from core import choices, clock, database, jobs, log
from core.accounts.tables import ChatFrame, Company, Guess, Invitation, InvitationBatch, Invited, Session, Token
from core.approvals.kinds import IN_REVIEW
from core.approvals.tables import Request
from core.calendar.tables import CalendarFeed
from core.drafts import Draft
from core.helpdesk.tables import DeskReplay
from core.jobs import CronRun, Job
from core.knowledge.tables import SearchLog
from core.messaging import bot_accounts, misses, templates, workspaces
from core.messaging.bot_accounts import BotAccount
from core.messaging.tables import Button, Conversation, Inbound, MessageTemplate, Miss, Outbound, Pace
from core.messaging.workspaces import SlackApp, SlackWorkspace
from core.people import endings, old_links
from core.people.tables import ChannelIdentity, ImportBatch, ImportRow, MovedContact
from core.privacy import certificates, holdings, legal_holds
from core.privacy.pin_tables import ProofLink
from core.programs import tokens, webhooks
from core.programs.tables import ApiToken, ApiWrite, Webhook, WebhookDelivery
from core.retention import KEPT, MONTH
from core.set_back import ClockSeen
from core.views import SavedView
from core.work import ExportFile, Work

CHOSEN = (Outbound, Conversation, Miss, SearchLog)  # whose time a company chooses
PART = 1000
MOST_PARTS = 20  # a job has a minute; what is left then is the next job's
Old = Callable[[datetime], Any]

OUTSIDE: Mapping[Any, Old] = {
    Session: lambda before: (Session.expires_at < before) | (Session.ended_at < before),
    Token: lambda before: (Token.expires_at < before) | (Token.used_at < before),
    Guess: lambda before: Guess.failed_at < before,
    Pace: lambda before: Pace.full_at < before,
    Inbound: lambda before: (Inbound.state != "new") & (Inbound.received_at < before),
    Job: lambda before: (Job.state == "done") & (Job.run_at < before),
    CronRun: lambda before: CronRun.due < before,
    ClockSeen: lambda before: ClockSeen.seen_at < before,
    MessageTemplate: templates.unused,
}
OF_A_COMPANY: Mapping[Any, Old] = {
    Button: lambda before: Button.expires_at < before,
    ProofLink: lambda before: ProofLink.expires_at < before,
    Invited: lambda before: Invited.batch.made_at < before,  # before what it points to
    InvitationBatch: lambda before: InvitationBatch.made_at < before,
    Invitation: lambda before: Invitation.expires_at < before,
    Outbound: lambda before: Outbound.state.not_in(["queued", "sending"]) & (Outbound.queued_at < before),
    Conversation: lambda before: Conversation.changed_at < before,
    Miss: lambda before: Miss.said_at < before,
    SearchLog: lambda before: SearchLog.asked_at < before,
    MovedContact: lambda before: MovedContact.told_at < before,
    ImportRow: endings.rows_over,  # before what they point to
    ImportBatch: endings.over,
    ChannelIdentity: old_links.over,
    SavedView: lambda before: SavedView.dropped_at < before,
    Draft: lambda before: Draft.saved_at < before,
    DeskReplay: lambda before: DeskReplay.made_at < before,
    ExportFile: lambda before: ExportFile.made_at < before,
    Work: lambda before: (Work.state != "running") & (Work.finished_at < before),
    CalendarFeed: lambda before: CalendarFeed.ended_at < before,
    SlackWorkspace: lambda before: SlackWorkspace.ended_at < before,  # before the app that it took in
    SlackApp: workspaces.unused,
    BotAccount: lambda before: BotAccount.ended_at < before,
    ChatFrame: lambda before: ChatFrame.ended_at < before,
    ApiWrite: lambda before: ApiWrite.at < before,  # before the token that it points to
    ApiToken: tokens.over,
    WebhookDelivery: lambda before: WebhookDelivery.made_at < before,  # before where it was to go
    Webhook: webhooks.over,
}
# What goes with a row, in place of its mere deletion.
LET_GO: Mapping[Any, Callable[[Sequence[int]], Awaitable[None]]] = {
    Miss: misses.let_go,
    BotAccount: bot_accounts.let_go,
    ChannelIdentity: old_links.let_go,
}


@jobs.cron("20 2 * *", "purge.nightly")
async def nightly() -> None:
    """Have the installation and every company swept."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    async with database.installation():
        await jobs.enqueue("purge.sweep")
    for row in companies:
        async with database.transaction(row["id"]):
            await jobs.enqueue("purge.sweep")


@jobs.job("purge.sweep", lane=jobs.BULK)
async def sweep(company: int | None) -> None:
    """Delete what is old enough, in parts; goes on in a job of its own when there is very much."""
    gone: dict[str, int] = {}
    people = await _held_people(company)
    for table, old in (OUTSIDE if company is None else OF_A_COMPANY).items():
        name = table._meta.tablename
        before = clock.now() - (await _kept(company) if table in CHOSEN else KEPT[name])
        for _ in range(MOST_PARTS):
            async with database.transaction(company) if company is not None else database.installation():
                number = await _part(table, old(before), people)
                gone[name] = gone.get(name, 0) + number
                if sum(gone.values()) >= MOST_PARTS * PART:
                    await jobs.enqueue("purge.sweep")
                    await _certify(company, gone, {})
                    log.info("purged", company=company, **gone)
                    return
            if number < PART:
                break
    went = {name: number for name, number in gone.items() if number}
    held = (await due(company))[1] if company is not None and people else {}
    if company is not None and (went or held):
        async with database.transaction(company):
            await _certify(company, went, held)
    if went:
        log.info("purged", company=company, **went)


async def due(company: int) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows would go now, by table, and how many stay because of a hold; nothing is done."""
    goes, held = dict[str, int](), dict[str, int]()
    people = await _held_people(company)
    for table, old in OF_A_COMPANY.items():
        name = table._meta.tablename
        before = clock.now() - (await _kept(company) if table in CHOSEN else KEPT[name])
        async with database.reading(company):
            where = old(before)
            if table is Outbound:
                where = where & (Outbound.card_of.is_null() | Outbound.card_of.not_in(await _undecided()))
            every = await table.count().where(where)
            mine = await _theirs(table, people)
            stays = await table.count().where(where & table.id.is_in(mine)) if mine else 0
        goes |= {name: every - stays} if every - stays else {}
        held |= {name: stays} if stays else {}
    return goes, held


async def _certify(company: int | None, gone: Mapping[str, int], held: Mapping[str, int]) -> None:
    if company is not None:
        await certificates.note(gone, held)


async def _held_people(company: int | None) -> Sequence[int]:
    if company is None:
        return ()
    async with database.reading(company):
        return await legal_holds.held()


async def _theirs(table: Any, people: Sequence[int]) -> list[int]:
    """The rows of this table that a hold keeps."""
    if not people:
        return []
    if table is ImportBatch:
        return await holdings.batches_with(people)
    if table is InvitationBatch:  # what they stand in stays as long as they do
        rows = await Invited.select(Invited.batch).where(Invited.employment.person.is_in(list(people)))
        return sorted({int(row["batch"]) for row in rows})
    return await holdings.ids(holdings.every()[table._meta.tablename], people)


async def _kept(company: int | None) -> timedelta:
    """How long this company keeps messages: a year, or the months that it chose."""
    assert company is not None
    async with database.reading(company):
        months = await choices.of(choices.MESSAGES_KEPT)
    return KEPT["outbound"] if months == choices.MESSAGES_KEPT.default else months * MONTH


async def _part(table: Any, old: Any, people: Sequence[int] = ()) -> int:
    query = table.select(table.id).where(old)
    if mine := await _theirs(table, people):
        query = query.where(table.id.not_in(mine))
    if table is Outbound:
        query = query.where(Outbound.card_of.is_null() | Outbound.card_of.not_in(await _undecided()))
    rows = await query.order_by(table.id).limit(PART)
    if rows:
        numbers = [row["id"] for row in rows]
        await (LET_GO[table](numbers) if table in LET_GO else table.delete().where(table.id.is_in(numbers)))
    return len(rows)


async def _undecided() -> list[int]:
    """The requests that wait: their cards are still edited, however old."""
    rows = await Request.select(Request.id).where(Request.state == IN_REVIEW)
    return [row["id"] for row in rows] or [0]
