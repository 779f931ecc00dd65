"""Fields of a company's own on its tickets: what the desk wants to know beside what was asked, of all tickets or of one
category; words, a number, a day, or one of some choices. What is typed rests sealed, and is found again by its mark.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from core import audit, clock, database, look_alikes, vault
from core.audit import Actor
from core.errors import Refused
from core.helpdesk import service_level, tickets
from core.helpdesk.tables import DeskField, Ticket, TicketCategory, TicketValue
from core.phrases import bilangan, one_line, tanggal

TEXT, NUMBER, DATE, CHOICE = "text", "number", "date", "choice"
KINDS = (TEXT, NUMBER, DATE, CHOICE)
VALUE = "ticket_value.value"
LONGEST_NAME, LONGEST_WHY, LONGEST_VALUE, LONGEST_CHOICE = 60, 200, 200, 40
MOST, MOST_CHOICES, MOST_DIGITS = 12, 30, 15


@dataclass(frozen=True)
class Wanted:
    """A field as an administrator describes it; `choices` a line each, the English word behind a stroke."""

    kind: str
    name: str
    name_en: str = ""
    category: int | None = None
    choices: str = ""
    needed: bool = False
    why: str = ""


async def every(*, ended: bool = False) -> Sequence[DeskField]:
    """The company's fields, in the order they were made; with `ended` those too that only older tickets have."""
    query = DeskField.objects().order_by(DeskField.id)
    rows: Sequence[DeskField] = await (query if ended else query.where(DeskField.ended_at.is_null()))
    return rows


async def add(wanted: Wanted, *, by: Actor) -> DeskField:
    """Ask for something more from now on.

    Refused: fields.kind, fields.name, fields.there, fields.many, fields.choices, fields.why, promise.category_unknown.
    """
    if wanted.kind not in KINDS:
        raise Refused("fields.kind")
    name, english, why = _told(wanted)
    choices = _choices(wanted.choices) if wanted.kind == CHOICE else []
    if wanted.category is not None:
        known = TicketCategory.ended_at.is_null() & (TicketCategory.id == wanted.category)
        if not await TicketCategory.exists().where(known):
            raise Refused("promise.category_unknown")
    await database.lock_name(f"fields:{database.company()}")
    held = await _others(name)
    if len(held) >= MOST:
        raise Refused("fields.many", limit=str(MOST))
    row = DeskField(
        kind=wanted.kind, name=name, name_en=english, category=wanted.category, choices=json.dumps(choices),
        needed=wanted.needed, why=why,
    )  # fmt: skip
    await DeskField.insert(row)
    audit.record("field.added", f"field:{row.id}", by=by)
    return row


async def change(field: int, wanted: Wanted, *, by: Actor) -> None:
    """Call it otherwise, say why it is asked, need it or not, offer more. LookupError: it is not asked for.

    What is written under it keeps its meaning: its kind, its category and the choices there were stay.

    Refused: fields.name, fields.there, fields.why, fields.choices, fields.choices_stay.
    """
    await database.lock_name(f"fields:{database.company()}")
    row = next((one for one in await every() if one.id == field), None)
    if row is None:
        raise LookupError(f"there is no field {field}")
    name, english, why = _told(wanted)
    await _others(name, than=field)
    choices = _choices(wanted.choices) if row.kind == CHOICE else []
    gone = [own for own, _ in json.loads(row.choices) if own not in (one for one, _ in choices)]
    if gone:
        raise Refused("fields.choices_stay", names=", ".join(gone))
    said = {
        DeskField.name: name, DeskField.name_en: english, DeskField.why: why, DeskField.needed: wanted.needed,
        DeskField.choices: json.dumps(choices),
    }  # fmt: skip
    await DeskField.update(said).where(DeskField.id == field)
    audit.record("field.changed", f"field:{field}", by=by)


def _told(wanted: Wanted) -> tuple[str, str, str]:
    """Its names and why it is asked."""
    name, english, why = one_line(wanted.name), one_line(wanted.name_en) or one_line(wanted.name), one_line(wanted.why)
    if not 0 < len(name) <= LONGEST_NAME or len(english) > LONGEST_NAME:
        raise Refused("fields.name", most=str(LONGEST_NAME))
    look_alikes.refuse(name, english)
    if len(why) > LONGEST_WHY or (wanted.needed and not why):
        raise Refused("fields.why", most=str(LONGEST_WHY))
    return name, english, why


async def _others(name: str, than: int = 0) -> Sequence[DeskField]:
    """The fields there are; no other one is called so."""
    held = await every()
    if any(name.casefold() == one.name.casefold() for one in held if one.id != than):
        raise Refused("fields.there", name=name)
    return held


async def end(field: int, *, by: Actor) -> None:
    """Ask for it no longer; what tickets have stays with them. LookupError: it is not asked for."""
    gone = (
        await DeskField.update({DeskField.ended_at: clock.now()})
        .where((DeskField.id == field) & DeskField.ended_at.is_null())
        .returning(DeskField.id)
    )
    if not gone:
        raise LookupError(f"there is no field {field}")
    audit.record("field.ended", f"field:{field}", by=by)


def _choices(typed: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in typed.splitlines():
        own, _, english = one_line(line).partition("/")
        own, english = own.strip(), english.strip() or own.strip()
        if not own:
            continue
        if max(len(own), len(english)) > LONGEST_CHOICE or own.casefold() in (one.casefold() for one, _ in found):
            raise Refused("fields.choices", limit=str(MOST_CHOICES), most=str(LONGEST_CHOICE))
        look_alikes.refuse(own, english)
        found.append((own, english))
    if not 2 <= len(found) <= MOST_CHOICES:
        raise Refused("fields.choices", limit=str(MOST_CHOICES), most=str(LONGEST_CHOICE))
    return found


def name_of(field: DeskField, language: str) -> str:
    """What it is called in that language."""
    return field.name_en if language == "en" else field.name


def typed_choices(field: DeskField) -> str:
    """Its choices as they are typed into their box."""
    return "\n".join(own if own == english else f"{own} / {english}" for own, english in json.loads(field.choices))


def choices_of(field: DeskField, language: str) -> dict[str, str]:
    """What can be chosen, as it is kept and as it is called."""
    return {own: english if language == "en" else own for own, english in json.loads(field.choices)}


def read(field: DeskField, typed: str, language: str) -> str:
    """What was typed, as it is kept; empty where nothing was. Refused: it is nothing of the kind."""
    plain = one_line(typed)
    if not plain:
        return ""
    name = name_of(field, language)
    if field.kind == NUMBER:
        return _number(plain, language, name)
    if field.kind == DATE:
        try:
            return date.fromisoformat(plain).isoformat()
        except ValueError:
            raise Refused("fields.no_date", name=name) from None
    if field.kind == CHOICE:
        if plain not in choices_of(field, language):
            raise Refused("fields.no_choice", name=name)
        return plain
    if len(plain) > LONGEST_VALUE:
        raise Refused("fields.too_long", name=name, most=str(LONGEST_VALUE))
    return plain


def _number(plain: str, language: str, name: str) -> str:
    thousands, point = (".", ",") if language == "id" else (",", ".")
    whole, _, rest = plain.replace(" ", "").partition(point)
    groups = whole.lstrip("-").split(thousands)
    try:
        if len(groups) > 1 and any(len(one) != 3 for one in groups[1:]):
            raise Refused("fields.no_number", name=name)
        told = Decimal(whole.replace(thousands, "") + (f".{rest}" if rest else ""))
    except InvalidOperation:
        raise Refused("fields.no_number", name=name) from None
    if not plain.isascii() or not told.is_finite() or len(told.as_tuple().digits) > MOST_DIGITS or "e" in plain.lower():
        raise Refused("fields.no_number", name=name)
    return f"{told.normalize():f}"


def shown(field: DeskField, value: str, language: str) -> str:
    """A value as people read it."""
    if field.kind == NUMBER:
        return bilangan(Decimal(value), language)
    if field.kind == DATE:
        return tanggal(date.fromisoformat(value), language)
    return choices_of(field, language).get(value, value) if field.kind == CHOICE else value


def typed(field: DeskField, value: str, language: str) -> str:
    """A value as it stands in the box again."""
    return shown(field, value, language) if field.kind == NUMBER else value


def mark(field: DeskField, value: str) -> str:
    """By which tickets with this value are found."""
    return vault.blind_index(f"{field.id}|{value}", field="ticket_value", company=database.company())


def of_ticket(fields: Sequence[DeskField], category: int | None) -> list[DeskField]:
    """Those that are asked of a ticket of this category."""
    return [one for one in fields if one.category is None or one.category == category]


async def values(numbers: Sequence[int]) -> Mapping[int, Mapping[int, str]]:
    """What the desk found out of these tickets, by ticket and field; nothing where its key is gone."""
    found: dict[int, dict[int, str]] = {}
    for row in await TicketValue.select().where(TicketValue.ticket.is_in(list(numbers) or [0])):
        try:
            value = vault.unseal(row["value"], company=row["company"], column=VALUE, subject=row["person"])
        except vault.SHUT:
            continue
        found.setdefault(row["ticket"], {})[row["field"]] = value
    return found


async def fill(ticket: Ticket, told: Mapping[int, str], language: str, *, by: Actor) -> None:
    """Keep what was typed into the fields of a ticket; an emptied box takes a value away again.

    Refused: a value that is none of its kind, a closed ticket.
    """
    await tickets.hold(ticket)
    if ticket.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=ticket.number)
    before, changed = (await values([ticket.id])).get(ticket.id, {}), []
    for field in of_ticket(await every(), ticket.category):
        if field.id not in told:
            continue
        value = read(field, told[field.id], language)
        if value == before.get(field.id, ""):
            continue
        changed.append(int(field.id))
        await TicketValue.delete().where((TicketValue.ticket == ticket.id) & (TicketValue.field == field.id))
        if value:
            sealed = vault.seal(value, company=database.company(), column=VALUE, subject=ticket.person)
            await TicketValue.insert(
                TicketValue(
                    ticket=ticket.id, person=ticket.person, field=field.id, value=sealed, mark=mark(field, value)
                )
            )
    if changed:
        audit.record("ticket.filled", f"ticket:{ticket.id}", by=by, number=ticket.number, fields=changed)


async def missing(ticket: Ticket) -> list[DeskField]:
    """The fields that are needed before the ticket is done, and are empty."""
    asked = [one for one in of_ticket(await every(), ticket.category) if one.needed]
    held = (await values([ticket.id])).get(ticket.id, {}) if asked else {}
    return [one for one in asked if one.id not in held]


async def _complete(ticket: Ticket, kind: str) -> None:
    """No ticket is marked as done while something is missing that is needed. Refused: fields.needed."""
    if kind == service_level.RESOLVED and (lacks := await missing(ticket)):
        raise Refused("fields.needed", number=ticket.number, names=", ".join(one.name for one in lacks))


tickets.FOLLOWS.append(_complete)
