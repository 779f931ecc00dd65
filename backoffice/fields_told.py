"""A company's own fields as pages show them: boxes on a ticket, filters of the queue, a line of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backoffice.listing import Filter
from core.errors import Refused
from core.helpdesk import fields
from core.helpdesk.tables import DeskField, Ticket
from core.phrases import phrase


@dataclass(frozen=True)
class Box:
    """One field of a ticket: its label, why it is asked, and what stands in it."""

    name: str
    label: str
    kind: str
    why: str
    needed: bool
    value: str
    choices: Mapping[str, str]


def box_name(field: DeskField) -> str:
    """How a form and an address name it."""
    return f"v{field.id}"


async def of_ticket(row: Ticket, language: str, typed: Mapping[int, str] | None = None) -> list[Box]:
    """The boxes of a ticket; with what was `typed` and refused."""
    asked = fields.of_ticket(await fields.every(), row.category)
    held = (await fields.values([row.id])).get(row.id, {}) if asked else {}
    shown = {one.id: fields.typed(one, held[one.id], language) if one.id in held else "" for one in asked}
    nothing = {"": phrase("deskfields.nothing", language)}
    return [
        Box(
            box_name(one), fields.name_of(one, language), one.kind, one.why, one.needed,
            shown[one.id] if typed is None else typed.get(one.id, shown[one.id]),
            nothing | fields.choices_of(one, language) if one.kind == fields.CHOICE else {},
        )
        for one in asked
    ]  # fmt: skip


def filters(asked: Sequence[DeskField], language: str) -> list[Filter]:
    """What the queue can be narrowed by: a choice as it is offered, anything else as it is typed."""
    anything = {"": phrase("deskfields.anything", language)}
    return [
        Filter(
            box_name(one), "deskfields.one",
            anything | fields.choices_of(one, language) if one.kind == fields.CHOICE else None,
            called=fields.name_of(one, language),
        )
        for one in asked
    ]  # fmt: skip


def marks(asked: Sequence[DeskField], chosen: Mapping[str, str], language: str) -> list[tuple[int, str]]:
    """The fields that an address narrows by, each with the mark of its value; what is no value of it marks nothing."""
    found = []
    for one in asked:
        if told := chosen.get(box_name(one)):
            try:
                found.append((int(one.id), fields.mark(one, fields.read(one, told, language))))
            except Refused:
                found.append((int(one.id), ""))
    return found


def line(asked: Sequence[DeskField], held: Mapping[int, str], language: str) -> str:
    """What the desk found out of a ticket, in one line of a file."""
    told = (
        phrase("deskfields.told", language, name=fields.name_of(one, language),
               value=fields.shown(one, held[one.id], language))
        for one in asked if one.id in held
    )  # fmt: skip
    return "; ".join(told)
