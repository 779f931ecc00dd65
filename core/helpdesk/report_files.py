"""Files between the desk and whoever signs in nowhere: never behind a link alone, but behind number and secret.

A file lies there for fourteen days from when it was sent; then it is asked for again. Whoever wrote by mail gets number
and secret with the mail that tells of a file; whoever reported has them.
"""

from collections.abc import Mapping, Sequence

from core import clock, database, settings
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import belongs, reports, ticket_files, tickets, words_back
from core.helpdesk.reports import CHANNEL, HELP, ReportAccess, until
from core.helpdesk.tables import Ticket, TicketEvent
from core.messaging import attachments, mail_threads
from core.messaging.tables import Attachment
from core.people.directory import DEFAULT_ZONE
from core.phrases import phrase, tanggal


async def add(number: str, secret: str, words: str, raw: bytes, name: str) -> None:
    """Add a file to a report, with words or without. Refused: what `reports.add` and `attachments` refuse."""
    company, ticket = await reports.found(number, secret)
    taken = await attachments.take(company, raw, name)
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == ticket).first()
        assert row is not None
        await reports.not_tied(row)
        kept = await attachments.keep(row.person, taken, name)
        await tickets.write(row, words.strip(), by=Actor(f"person:{row.person}", CHANNEL), attachment=kept.id)


async def opened(number: str, secret: str, paper: str) -> Attachment:
    """The file of a report, noted as opened; its company is that of the row.

    Refused: one sentence for whatever is wrong, and files.gone once its time is over.
    """
    company, ticket = await reports.found(number, secret)
    async with database.transaction(company):
        row = await Ticket.objects().where(Ticket.id == ticket).first()
        assert row is not None
        file = await ticket_files.of_ticket(row, paper, inside=False)
        if file is None:
            raise Refused("publicform.not_found")
        with_it = (TicketEvent.ticket == row.id) & (TicketEvent.attachment == file.id)
        sent = next(iter(await belongs.open_to_secret(ticket, await TicketEvent.objects().where(with_it))), None)
        if sent is None or until(sent.at) < clock.now():
            raise Refused("files.gone")
        await ticket_files.opened(row, file, by=Actor(f"person:{row.person}", CHANNEL))
        return file


async def of(number: str, secret: str) -> Mapping[int, tuple[str, str]]:
    """Address and name of the files of a report by the event they came with; those whose time is over are left out."""
    company, events = await reports.events_with_files(number, secret)
    async with database.reading(company):
        return await _names(events)


async def _names(events: Sequence[TicketEvent]) -> Mapping[int, tuple[str, str]]:
    with_file = {int(one.attachment): one for one in events if one.attachment is not None}
    rows = await Attachment.objects().where(
        Attachment.id.is_in(list(with_file) or [0]) & Attachment.removed_at.is_null()
    )
    return {
        int(with_file[int(row.id)].id): (row.public, attachments.name_of(row))
        for row in rows
        if until(with_file[int(row.id)].at) >= clock.now()
    }


async def lies(ticket: Ticket, name: str) -> str | None:
    """Where a file lies that is sent now: by mail with number and a secret; nothing for whoever reported, who has both;
    None for who called, who has neither."""
    thread = await mail_threads.of_ticket(ticket.id)
    if thread is None:
        return "" if await reports.of_ticket(int(ticket.id)) is not None else None
    day = tanggal(clock.local(until(clock.now()), DEFAULT_ZONE).date(), thread.language)
    return phrase(
        "publicform.file_lies", thread.language, name=name, link=f"{settings.current().public_url}/report",
        number=ticket.number, secret=await let_in(ticket), until=day,
    )  # fmt: skip


async def let_in(ticket: Ticket) -> str:
    """A new secret that opens this ticket for whoever wrote by mail, as it is told to them once."""
    secret = reports.new_secret()
    access = ReportAccess(
        ticket=ticket.id, kind=HELP, matched=True, secret_index=reports.index_of(secret), made_at=clock.now()
    )
    await ReportAccess.insert(access)
    return reports.grouped(secret)


words_back.LIES.append(lies)
