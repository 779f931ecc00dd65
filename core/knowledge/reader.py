"""What articles say of their reader: their own figures, and who holds what in their company. Nobody else's, ever."""

from collections.abc import Collection, Mapping

from core import clock
from core.accounts.roles import ADMINISTRATOR, AGENT, EMPLOYEE, PROTECTION, SUPER, SUPPORTING
from core.accounts.tables import Membership
from core.approvals import chains
from core.knowledge import blocks
from core.leave import lots
from core.leave.tables import LeaveDay
from core.people import directory
from core.people.directory import Employee
from core.people.names import told_apart
from core.phrases import hari, phrase, tanggal

Block = tuple[str, str]


async def roles(employee: Employee) -> frozenset[str]:
    """Whose articles they may read: those of everybody who works here, and of the roles they were given."""
    rows = await Membership.select(Membership.role).where(Membership.person == employee.person)
    return frozenset({EMPLOYEE, *(row["role"] for row in rows)})


async def known(texts: Collection[str], employee: Employee | None, language: str) -> Mapping[str, str]:
    """What the blocks of these texts stand for, for this reader; of somebody who is no employee only who holds what.

    Asks only for what the texts name.
    """
    wanted = {block for text in texts for block in blocks.named(text)}
    found = {f"{kind}:{what}": await _holders(what) for kind, what in wanted if kind == "holder"}
    if employee is not None:
        found |= {f"{kind}:{what}": await _mine(what, employee, language) for kind, what in wanted if kind == "mine"}
    return {name: told for name, told in found.items() if told}


async def _mine(what: str, employee: Employee, language: str) -> str:
    today = clock.today(employee.zone)
    match what:
        case "balance":
            return phrase("knowledge.days", language, days=hari(await lots.balance(employee.id), language))
        case "next_leave":
            day = (
                await LeaveDay.select(LeaveDay.date)
                .where(
                    (LeaveDay.employment == employee.id) & (LeaveDay.date >= today) & LeaveDay.ended_at.is_null()
                    & LeaveDay.request.is_not_null()
                )
                .order_by(LeaveDay.date)
                .first()
            )  # fmt: skip
            return tanggal(day["date"], language, today=today) if day else phrase("knowledge.none_ahead", language)
        case "joined":
            return tanggal(employee.joins, language, today=today)
        case "department":
            return employee.department_name or ""
        case "head":
            head = await directory.at_work(employee.manager) if employee.manager is not None else None
            return head.name if head is not None else ""
        case "approver":
            return ", ".join(told_apart([one.name for one in await chains.who_hears(employee)]))
    raise LookupError(f"no block mine:{what}")


async def _holders(what: str) -> str:
    held = {
        "administrators": (SUPER, ADMINISTRATOR),
        "protection": (PROTECTION,),
        "desk": (AGENT, SUPPORTING, ADMINISTRATOR, SUPER),
    }[what]
    return ", ".join(told_apart([one.name for one in await chains.holders(held)][:5]))
