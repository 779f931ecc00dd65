"""An address or a number of somebody was replaced: they read it in their chats and at the address they had before."""

from collections.abc import Mapping
from typing import Any

from core import clock, database, jobs, settings
from core.accounts.tables import Company
from core.messaging import mail, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.people import directory, identities, moved_contacts
from core.people.tables import MovedContact, Person
from core.phrases import phrase, saat

AT_ONCE = 100  # people of one transaction: nobody waits long behind a big file


@jobs.job(moved_contacts.TELL)
async def tell(company: int) -> None:
    """Tell everybody of this company whose address or number was replaced and who does not know yet; each once."""
    async with database.transaction(company):
        waiting = MovedContact.told_at.is_null()
        first = await MovedContact.select(MovedContact.id).where(waiting).order_by(MovedContact.id).limit(AT_ONCE)
        mine = MovedContact.id.is_in([row["id"] for row in first] or [0])
        taken = (
            await MovedContact.update({MovedContact.told_at: clock.now()})
            .where(mine & waiting)
            .returning(*MovedContact.all_columns())
        )
        here = await Company.objects().get(Company.id == company)
        assert here is not None
        for row in sorted(taken, key=lambda one: int(one["id"])):
            await _tell(row, here)
        if len(first) == AT_ONCE:
            await jobs.enqueue(moved_contacts.TELL)


async def _tell(row: Mapping[str, Any], company: Company) -> None:
    person = await Person.select(Person.language).where(Person.id == row["person"]).first()
    employee = await directory.of_person(row["person"])
    assert person is not None
    language = person["language"]
    at = saat(row["at"], employee.zone if employee else company.zone, language)
    words = phrase("people.moved_chat", language, what=row["fields"], company=company.name, at=at)
    message = Message("people.moved_chat", words, language=language)
    for number, there in enumerate(await _chats(row)):
        await outbox.post(there, message, dedupe=f"moved:{row['id']}:{number}")
    to = f"moved:{row['id']}" if row["email"] else f"person:{row['person']}"
    # An address that is new has proven nothing yet: it hears of nothing but itself.
    if row["email"] or ("email" not in row["fields"] and await mail.has_address(row["person"])):
        await mail.post(
            "people.mail_moved", to=to, language=language, dedupe=f"mail:moved:{row['id']}", person=row["person"],
            what=row["fields"], company=company.name, at=at, link=f"{settings.current().public_url}/account",
        )  # fmt: skip


async def _chats(row: Mapping[str, Any]) -> list[Address]:
    """Every chat that speaks for them; the web's where none does, unless they had nothing that could be replaced."""
    linked = await identities.of_person(row["person"])
    found = [Address(one.channel, one.account, one.place or one.external_id, row["person"]) for one in linked]
    if found or not row["replaced"]:
        return found
    return [Address(outbox.WEB, outbox.WEB, str(row["person"]), row["person"])]
