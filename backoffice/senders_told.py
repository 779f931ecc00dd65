"""Who is writing, beside a ticket that is no known employee's: how they came, and what of them is proved."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.helpdesk import belongs, outsiders, reports
from core.helpdesk.tables import Ticket
from core.messaging import mail_threads
from core.people import directory
from core.phrases import phrase, saat


@dataclass(frozen=True)
class Sender:
    """Lines about who asks, the first of them a warning."""

    warning: str
    lines: Sequence[str]
    page: str | None  # of the person whose address it is said to be, or whose it is
    by_mail: bool = False
    tied: bool = False  # an employee proved that it is theirs


async def of(row: Ticket, language: str, zone: str) -> Sender | None:
    """What is known of whoever asks; None where it is an employee who is known."""
    outsider = await outsiders.of_person(row.person)
    if outsider is None:
        return None
    if (tied := await belongs.claim_of(int(row.id))) is not None:
        name, theirs = await directory.person_name(tied.person), await directory.pages_of([tied.person])
        told = phrase("claims.by_whom", language, name=name, since=saat(tied.at, zone, language))
        return Sender(told, (name,), theirs.get(tied.person), tied=True)
    thread = await mail_threads.of_ticket(row.id)
    if thread is None:
        report = await reports.of_ticket(row.id)
        if report is None:
            contact = outsiders.contact_of(outsider)
            told = "sender_contact" if contact else "sender_no_contact"
            line = phrase(f"calls.{told}", language, contact=contact)
            return Sender(phrase("calls.sender", language), (line,), None)
        about = phrase(f"publicform.kind_{report.kind}", language)
        return Sender(phrase("publicform.sender", language, kind=about), (), None)
    address = mail_threads.address_of(thread)
    proved = "answers" if thread.proved_at is not None else "unproved"
    owner = await outsiders.owner_of(address)
    lines = [phrase("mailboxes.sender_mail", language, address=address)]
    pages: dict[int, str] = {}
    if owner is None:
        lines.append(phrase("mailboxes.sender_owner_none", language))
    else:
        lines.append(phrase("mailboxes.sender_owner", language, name=await directory.person_name(owner)))
        pages = await directory.pages_of([owner])
    return Sender(phrase(f"mailboxes.sender_{proved}", language), lines, pages.get(owner or 0), by_mail=True)
