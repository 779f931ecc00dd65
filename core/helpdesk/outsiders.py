"""Who asks the desk without being known to be an employee: whoever writes a mail, fills in the public form, or calls.

An outsider is a person of the company without a spell of work, so that their words have a key of their own and can be
erased like anybody's. A sender's address is what anybody may write: it makes nobody an employee.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from piccolo.columns import ForeignKey, OnDelete, Serial, Timestamptz, Varchar

from core import clock, database, vault
from core.database import CompanyTable
from core.people import directory
from core.people.names import plain
from core.people.tables import Person
from core.vault import Sealed

MAIL, REPORT, CALLER, COMPANY = "mail", "report", "caller", "company"
CONTACT = "outsider.contact"
LONGEST_NAME = 120


class Outsider(CompanyTable):
    """Somebody who asked, whom nothing proves to be an employee: how they came, and where they say to be reached."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    kind = Varchar(length=8)  # mail | report | caller | company
    contact = Sealed(of="person", null=True)  # an address or a number
    contact_index = Varchar(length=32, null=True, default=None)  # of mail: one row for each address
    recognised = Sealed(of="person", null=True)  # of a caller: by what the agent recognised them
    made_at = Timestamptz(default=None)


class Whose(Protocol):
    """Whose a ticket is: an employee, or somebody who is known by what they wrote alone."""

    @property
    def person(self) -> int:
        """Their row."""
        ...


@dataclass(frozen=True)
class Asking:
    """Whose a ticket is, where it is no employee's."""

    person: int


async def by_mail(address: str, name: str, *, language: str) -> Asking:
    """Whoever writes from this address, which is all that is known of them; in the open transaction."""
    index = vault.blind_index(address, field="mail_address", company=database.company())
    await database.lock_name(f"outsider:{database.company()}:{index}")
    row = await Outsider.select(Outsider.person).where(
        (Outsider.kind == MAIL) & (Outsider.contact_index == index)
    ).first()  # fmt: skip
    if row is not None:
        return Asking(int(row["person"]))
    return await _made(MAIL, name or address.partition("@")[0], language, contact=address, index=index)


async def by_report(name: str, *, language: str, contact: str = "") -> Asking:
    """Whoever fills in the public form: somebody new each time, since nothing tells that it is the same."""
    return await _made(REPORT, name, language, contact=contact or None)


async def by_call(name: str, *, language: str, contact: str, recognised: str) -> Asking:
    """Whoever calls or stands at the counter, as an agent writes them down."""
    return await _made(CALLER, name, language, contact=contact or None, recognised=recognised or None)


async def of_company(name: str, *, language: str) -> Asking:
    """A company's desk, at the operator's: somebody asks there, who stays unnamed."""
    return await _made(COMPANY, name, language)


async def of_person(person: int) -> Outsider | None:
    """The outsider that this person is; None where it is an employee."""
    row: Outsider | None = await Outsider.objects().where(Outsider.person == person).first()
    return row


def contact_of(row: Outsider) -> str:
    """Where they say to be reached, empty where nothing is known."""
    return _unsealed(row, row.contact, CONTACT)


def recognised_by(row: Outsider) -> str:
    """By what an agent recognised them."""
    return _unsealed(row, row.recognised, "outsider.recognised")


async def owner_of(address: str) -> int | None:
    """The person in whose record HR has this address; whether they write from it, nobody knows."""
    return await directory.person_of_address(vault.blind_index(address, field="email"))


async def _made(
    kind: str, name: str, language: str, *, contact: str | None = None, index: str | None = None,
    recognised: str | None = None,
) -> Asking:  # fmt: skip
    called = " ".join(name.split())[:LONGEST_NAME] or "?"
    person = Person(public=database.new_public(), name=called, search=plain(called)[:160], language=language)
    await Person.insert(person)
    number, sealed = int(person.id), dict[str, Any]()
    for column, value in (("contact", contact), ("recognised", recognised)):
        if value is not None:
            sealed[column] = vault.seal(value, company=database.company(), column=f"outsider.{column}", subject=number)
    await Outsider.insert(
        Outsider(person=number, kind=kind, contact_index=index, made_at=clock.now(), **sealed)
    )  # fmt: skip
    return Asking(number)


def _unsealed(row: Outsider, envelope: str | None, column: str) -> str:
    if envelope is None:
        return ""
    return vault.shown(envelope, company=row.company, column=column, subject=row.person)
