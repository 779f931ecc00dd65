"""A ticket that came by mail or by the public form becomes an employee's, once they proved who they are (0116).

The proof is two things at once: they are signed in, and they have the number and the secret that only its asker was
sent. From then on answers go to them alone; the mail and the secret tell that there is one, and no word of it.
"""

from core import audit, clock, settings
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import belongs, mail_back, outsiders, report_files, reports, service_level, tickets
from core.helpdesk.desk_tables import TicketClaim
from core.helpdesk.tables import Ticket
from core.messaging import mail_threads
from core.people.directory import DEFAULT_ZONE, Employee
from core.phrases import one_line, tanggal

CLAIMED, UNCLAIMED, PROOF = "claimed", "unclaimed", "proof"
SHORTEST, LONGEST = 5, 200


async def claim(employee: Employee, ticket: int, *, by: Actor) -> Ticket:
    """Tie it to whoever is signed in, in the open transaction of their company; `ticket` was found by its secret.

    Refused: it is another employee's already, or goes on in another ticket.
    """
    row = await Ticket.objects().where(Ticket.id == ticket).first()
    if row is None:
        raise Refused("publicform.not_found")
    await tickets.hold(row)
    held = await belongs.claim_of(int(row.id))
    if held is not None and held.person == employee.person:
        return row
    if held is not None or await outsiders.of_person(row.person) is None or row.merged_into is not None:
        raise Refused("claims.taken", number=row.number)
    event = await tickets.happen(row, service_level.MOVED, by, step=CLAIMED)
    await TicketClaim.insert(
        TicketClaim(ticket=row.id, person=employee.person, since=event, at=clock.now(), by=by.name)
    )
    audit.record("ticket.claimed", f"ticket:{row.id}", by=by, number=row.number)
    if (
        thread := await mail_threads.of_ticket(row.id)
    ) is not None:  # whoever reads that address may say that it is not so
        await mail_back.told(row, thread, "mails.claimed", event=event, subject=tickets.subject(row))
    return row


async def let_go(ticket: Ticket, why: str, *, by: Actor) -> None:
    """The desk unties it again, with a reason. Refused: it is nobody's, or too short a reason."""
    told = one_line(why)
    if not SHORTEST <= len(told) <= LONGEST:
        raise Refused("claims.why_needed", least=SHORTEST, most=LONGEST)
    await tickets.hold(ticket)
    held = await belongs.claim_of(int(ticket.id))
    if held is None:
        raise Refused("claims.not_tied")
    event = await tickets.happen(ticket, service_level.MOVED, by, step=UNCLAIMED)
    await TicketClaim.update(
        {
            TicketClaim.until: event, TicketClaim.ended_at: clock.now(), TicketClaim.ended_by: by.name,
            TicketClaim.why: told,
        }
    ).where(TicketClaim.id == held.id)  # fmt: skip
    await tickets.talk_again(ticket)
    audit.record("ticket.unclaimed", f"ticket:{ticket.id}", by=by, number=ticket.number)


async def ask_proof(ticket: Ticket, *, by: Actor) -> None:
    """Send whoever wrote by mail the way to prove who they are: number, a secret of its own, and where to sign in.

    Refused: it came another way, is an employee's already, or is closed.
    """
    await tickets.hold(ticket)
    thread = await mail_threads.of_ticket(ticket.id)
    if thread is None or await belongs.claim_of(int(ticket.id)) is not None:
        raise Refused("claims.no_proof")
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    secret = await report_files.let_in(ticket)
    event = await tickets.happen(ticket, service_level.MOVED, by, step=PROOF)
    day = tanggal(clock.local(reports.until(clock.now()), DEFAULT_ZONE).date(), thread.language)
    await mail_back.told(
        ticket, thread, "mails.proof", event=event, subject=tickets.subject(ticket), secret=secret, until=day,
        link=f"{settings.current().public_url}/me/tickets/claim",
    )  # fmt: skip
    audit.record("ticket.proof_asked", f"ticket:{ticket.id}", by=by, number=ticket.number)
