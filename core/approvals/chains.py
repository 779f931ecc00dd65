"""Who is asked, as the chain of the kind says; without one, the head. A vacant post passes to the next above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import clock, database
from core.accounts.tables import Membership
from core.approvals import rules, signers
from core.approvals.rules import Level, Rules, Who
from core.approvals.tables import Chain
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee
from core.people.tables import Department
from core.stated import stated

HIGHEST = 12  # heads above somebody, before the line is taken for a circle


@dataclass(frozen=True)
class Asked:
    """Somebody who is to decide, and why they."""

    who: Employee
    why: str


async def head_of(approver: int, *, not_person: int) -> tuple[Sequence[Employee], str]:
    """Who is added when this approver (a person) does not answer: his head, else the administrators."""
    asked = await directory.of_person(approver)
    if asked is not None and asked.manager is not None:
        head = await directory.at_work(asked.manager)
        if head is not None and head.person not in (not_person, approver):
            return [head], "escalation"
    return [one for one in await above_all(not_person) if one.person != approver], "escalation"


async def administrators() -> Sequence[Employee]:
    """The people who administer this company."""
    return await holders(signers.ROLES)


async def above_all(asker: int) -> Sequence[Employee]:
    """Who decides where nobody else is found: every administrator, employed here or not, but never who asks."""
    return [one for one in [*await administrators(), *await signers.outside(asker=asker)] if one.person != asker]


async def holders(roles: Sequence[str]) -> Sequence[Employee]:
    """The people at work who were given one of these roles."""
    rows = await Membership.select(Membership.person).where(
        Membership.role.is_in(list(roles)) & Membership.person.is_not_null()
    )
    found = [await directory.of_person(person) for person in dict.fromkeys(row["person"] for row in rows)]
    return [one for one in found if one is not None]


async def in_force(kind: str, on: date | None = None) -> Chain | None:
    """The version of the chain by which requests of this kind are approved on a day."""
    day = on or clock.today(directory.DEFAULT_ZONE)
    return await database.once(("chain", kind, day), [Chain], lambda: _newest(kind, day))


@stated
def _newest(kind: str, day: date) -> Any:
    where = (Chain.kind == kind) & (Chain.from_ <= day)
    return Chain.objects().where(where).order_by(Chain.version, ascending=False).first()


def rules_of(chain: Chain | None) -> Rules:
    """What the chain says; without one, that the head decides."""
    return rules.read(chain.rules) if chain is not None else rules.HEAD_ALONE


async def levels_of(by: Employee, chain: Chain | None, facts: rules.Facts) -> Sequence[tuple[Level, Sequence[Asked]]]:
    """The steps of a request with these facts, each with those who are asked; nobody who is asked twice in a row."""
    found: list[tuple[Level, Sequence[Asked]]] = []
    for level in rules.applying(rules_of(chain), facts):
        asked = await asked_of(by, level.who if chain is not None else ())
        if found and asks_again(found[-1], (level, asked)):
            continue
        found.append((level, asked))
    return found


def asks_again(before: tuple[Level, Sequence[Asked]], after: tuple[Level, Sequence[Asked]]) -> bool:
    """Whether a step would only ask again who was just asked; a vacancy never shortens the way."""
    (one, first), (other, second) = before, after
    if rules.ANY not in (one.mode, other.mode) or "administrator" in {each.why for each in (*first, *second)}:
        return False
    return one.mode == other.mode and {each.who.person for each in first} == {each.who.person for each in second}


async def first(kind: str, by: Employee, facts: rules.Facts) -> Sequence[Employee]:
    """Who would be asked first for a request of this kind with these facts; writes nothing."""
    _, asked = (await levels_of(by, await in_force(kind), facts))[0]
    return [one.who for one in asked]


async def who_hears(by: Employee) -> Sequence[Employee]:
    """Who is told of what needs nobody's decision: the head, else the administrators at work here; maybe nobody."""
    try:
        return [one.who for one in await asked_of(by)]
    except Refused:  # the head of a company whose administrator only has an account; the board shows it to them
        return []


async def asked_of(by: Employee, who: Sequence[Who] = ()) -> Sequence[Asked]:
    """Who is to decide what this employee asks for; without resolvers the head, else an administrator."""
    found: dict[int, Asked] = {}
    for one in who or (Who(rules.MANAGER),):
        for asked in await _resolved(by, one, climbs=bool(who)):
            if asked.who.person != by.person:
                found.setdefault(asked.who.person, asked)
    if found:
        return list(found.values())
    left = [Asked(one, "administrator") for one in await above_all(by.person)]
    if not left:
        raise Refused("approvals.nobody")
    return left


async def _resolved(by: Employee, who: Who, *, climbs: bool) -> Sequence[Asked]:
    if who.by == rules.ROLE:
        return [Asked(one, rules.ROLE) for one in await holders((who.role or "",))]
    if who.by == rules.PERSON:
        named = await directory.of_person(who.person or 0)
        return [Asked(named, rules.PERSON)] if named is not None else []
    begin = by.manager
    if who.by == rules.DEPARTMENT_HEAD:
        head = await _department_head(by)
        if head is not None:
            return [Asked(head, rules.DEPARTMENT_HEAD)]
    elif who.by == rules.MANAGERS_MANAGER:
        begin = await _manager_of(begin)
    above = await line(begin, not_person=by.person, climbs=climbs)
    return [Asked(above, who.by)] if above is not None else []


async def line(begin: int | None, *, not_person: int, climbs: bool = True) -> Employee | None:
    """The first who works here from this employment upwards; `climbs` false looks at the first alone."""
    seen: set[int] = set()
    while begin is not None and begin not in seen and len(seen) < HIGHEST:
        head = await directory.at_work(begin)
        if head is not None and head.person != not_person:
            return head
        if not climbs:
            return None
        seen.add(begin)
        begin = await _manager_of(begin)
    return None


async def _manager_of(employment: int | None) -> int | None:
    if employment is None:
        return None
    try:
        return (await directory.employee(employment)).manager
    except LookupError:  # has not begun
        return None


async def _department_head(by: Employee) -> Employee | None:
    if by.department is None:
        return None
    row = await Department.select(Department.head).where(Department.id == by.department).first()
    if row is None or row["head"] is None:
        return None
    head = await directory.at_work(row["head"])
    return head if head is not None and head.person != by.person else None
