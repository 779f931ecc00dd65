"""What goes out by mail to whoever wrote to the desk: that it arrived and until when it is answered, and the answers.

Nothing of anybody's data is in them: a mail is answered to an address, and who reads it nobody knows.
"""

from collections.abc import Sequence

from core import database, settings
from core.accounts.tables import Company
from core.calendar import promises
from core.helpdesk import wording
from core.helpdesk.tables import Ticket
from core.messaging import mail, mail_threads, outbox
from core.messaging.mail_threads import MailThread
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.phrases import one_line, phrase

LONGEST_SUBJECT = 160


async def receipt(
    row: Ticket, thread: MailThread, *, subject: str, lost: Sequence[tuple[str, str]]
) -> None:  # fmt: skip
    """Tell the number and the promise, and how to be recognised where that is needed."""
    language, company = thread.language, await _company()
    facts = {"number": row.number, "company": company.name, "portal": f"{settings.current().public_url}/me/tickets"}
    if row.answer_promise is None:
        key, text = "mails.receipt_open", phrase("mails.receipt_open", language, **facts)
    else:
        zone = (await promises.times()).held.zone
        by = wording.moment(row.answer_promise, company.zone, zone, language)
        key, text = "mails.receipt", phrase("mails.receipt", language, by=by, **facts)
    if lost:
        lines = "\n".join(f"- {name}: {why_lost(reason, language)}" for name, reason in lost)
        text = f"{text}\n\n{phrase('mails.receipt_lost', language, lines=lines)}"
    await _post(row, thread, key, text, subject=subject, dedupe=f"ticket:receipt:{row.id}")


async def answered(row: Ticket, thread: MailThread, words: str, *, who: str, event: int, subject: str) -> None:
    """An agent's words."""
    facts = {"who": who, "number": row.number, "company": (await _company()).name, "words": words}
    text = phrase("mails.answer", thread.language, **facts)
    await _post(row, thread, "mails.answer", text, subject=subject, dedupe=f"ticket:{event}")


async def solved(row: Ticket, thread: MailThread, *, who: str, event: int, subject: str) -> None:
    """It is taken for done; an answer opens it again."""
    text = phrase("mails.resolved", thread.language, who=who, number=row.number, company=(await _company()).name)
    await _post(row, thread, "mails.resolved", text, subject=subject, dedupe=f"ticket:{event}")


async def told(row: Ticket, thread: MailThread, key: str, *, event: int, subject: str, **facts: str) -> None:
    """A thing to know about the ticket itself, without a word of what was said in it."""
    page = f"{settings.current().public_url}/me/tickets/{row.public}"
    company = (await _company()).name
    text = phrase(key, thread.language, number=row.number, company=company, page=page, **facts)
    await _post(row, thread, key, text, subject=subject, dedupe=f"ticket:{event}:mail")


async def language() -> str:
    """What the company in scope speaks."""
    return str((await _company()).language)


def sender() -> str:
    """The address by which mail leaves this server."""
    return mail.sender(settings.current()).lower()


def why_lost(reason: str, language_: str) -> str:
    """Why a file was not kept, with what can be sent instead."""
    if reason in ("files.too_large", "files.day_full", "files.company_full", "files.too_many"):
        return phrase("mails.file_room", language_)
    return phrase("mails.file_type", language_)


async def _post(row: Ticket, thread: MailThread, key: str, text: str, *, subject: str, dedupe: str) -> None:
    title = one_line(f"[{row.number}] {subject}")[:LONGEST_SUBJECT]
    there = Address(mail.CHANNEL, mail.ACCOUNT, f"{database.company()}:{mail_threads.KIND}:{thread.id}", row.person)
    message = Message(key, text, title=title, language=thread.language)
    await outbox.post(there, message, dedupe=dedupe)


async def _company() -> Company:
    row: Company | None = await Company.objects().where(Company.id == database.company()).first()
    assert row is not None
    return row
