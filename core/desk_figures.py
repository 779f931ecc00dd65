"""Figures that an answer of the desk may bring to its requester, though whoever answers does not see them.

`core/helpdesk` knows nothing of leave: what it may fill in is put into its registry here, above both.
"""

from core.helpdesk import replies
from core.leave import lots
from core.people import directory
from core.phrases import hari, phrase


async def leave_left(person: int, language: str) -> str | None:
    """How many days of annual leave are left, in words; None for whoever is not employed now."""
    employee = await directory.of_person(person)
    if employee is None:
        return None
    left = await lots.balance(employee.id)
    return phrase("web.days", language, days=hari(left, language), many=1 if left == 1000 else 2)


for _language, _name in (("id", "sisa_cuti"), ("en", "leave_left")):
    replies.FIGURES[_name] = leave_left
    replies.SEALED[_language].append(_name)
