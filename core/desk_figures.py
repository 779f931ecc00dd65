"""Figures that an answer of the desk may bring to its requester, though whoever answers does not see them.

`core/helpdesk` knows nothing of leave: what it may fill in is put into its registry here, above both.
"""

from collections.abc import Awaitable, Callable

from core.helpdesk import replies
from core.leave import lots
from core.people import directory
from core.people.directory import Employee
from core.phrases import hari, phrase, tanggal


async def leave_left(person: int, language: str) -> str | None:
    """How many days of annual leave are left, in words; None for whoever is not employed now."""
    return await _of(person, lambda one: _left(one, language))


async def leave_taken(person: int, language: str) -> str | None:
    """How many days of annual leave were taken from the lots that stand beside them."""
    return await _of(person, lambda one: _stored(one, 2, language))


async def leave_waiting(person: int, language: str) -> str | None:
    """How many days are set aside for what is not decided yet, and for collective leave."""
    return await _of(person, lambda one: _stored(one, 1, language))


async def leave_until(person: int, language: str) -> str | None:
    """Until when the days that end first can be used; None where none is free."""
    return await _of(person, lambda one: _until(one, language))


async def _of(person: int, figure: Callable[[Employee], Awaitable[str | None]]) -> str | None:
    employee = await directory.of_person(person)
    return await figure(employee) if employee is not None else None


async def _left(employee: Employee, language: str) -> str:
    return _days(await lots.balance(employee.id), language)


async def _stored(employee: Employee, which: int, language: str) -> str:
    return _days((await lots.stored(employee.id) or (0, 0, 0))[which], language)


async def _until(employee: Employee, language: str) -> str | None:
    ends = await lots.valid_to(employee.id)
    return tanggal(ends, language) if ends is not None else None


def _days(quantity: int, language: str) -> str:
    return phrase("web.days", language, days=hari(quantity, language), many=1 if quantity == 1000 else 2)


for _names, _figure in (
    (("sisa_cuti", "leave_left"), leave_left), (("cuti_terpakai", "leave_taken"), leave_taken),
    (("cuti_menunggu", "leave_waiting"), leave_waiting), (("cuti_sampai", "leave_until"), leave_until),
):  # fmt: skip
    for _language, _name in zip(("id", "en"), _names, strict=True):
        replies.FIGURES[_name] = _figure
        replies.SEALED[_language].append(_name)
