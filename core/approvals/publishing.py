"""Putting a chain in force, and looking ahead: who would get this, and who if one of them is away."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core import audit, clock, database
from core.accounts.roles import ADMINISTRATOR, AGENT, PROTECTION, SUPER, SUPPORTING
from core.approvals import above, chains, delegations, hours, kinds, rules
from core.approvals.rules import Level, Rules
from core.approvals.tables import Chain, Request
from core.audit import Actor
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee
from core.people.present import parts
from core.people.tables import Assignment, Department, Employment, Person

ROLES = (SUPER, ADMINISTRATOR, SUPPORTING, AGENT, PROTECTION)
NAMED_IN_A_PATH = 8


async def publish(
    kind: str, made: Rules, *, from_: date, company: int, actor: Actor,
    first: Callable[[], Awaitable[None]] | None = None,
) -> Chain:  # fmt: skip
    """Put a new version of a chain in force from a day; what was submitted before keeps the version it had.

    `first` is waited for while nobody else can publish this chain, and stops it all by raising.
    """
    async with database.transaction(company):
        await database.lock_name(f"chain:{company}:{kind}")
        if first is not None:
            await first()
        if kind not in kinds.DESCRIBES:
            raise Refused("approvals.chain_unknown", level=0)
        if from_ < clock.today(directory.DEFAULT_ZONE):
            raise Refused("approvals.chain_past")
        rules.check(made, facts=await facts_of(kind), roles=ROLES, usual=await hours.of_company())
        await refuse_vacancy(made)
        await refuse_circle(made)
        newest = await newest_of(kind)
        if newest is not None and newest.from_ > from_:
            raise Refused("approvals.chain_before", version=newest.version, on=newest.from_)
        chain = Chain(
            public=database.new_public(), kind=kind, version=newest.version + 1 if newest else 1, from_=from_,
            rules=rules.write(made), published_by=actor.name, published_at=clock.now(),
        )  # fmt: skip
        await Chain.insert(chain)
        audit.record("chain.published", f"chain:{chain.id}", by=actor, kind=kind, version=chain.version)
        return chain


async def withdraw(kind: str, version: int, *, company: int, actor: Actor) -> None:
    """Take back the newest version of a chain while it has not begun; nothing was submitted by it."""
    async with database.transaction(company):
        await database.lock_name(f"chain:{company}:{kind}")
        newest = await newest_of(kind)
        if newest is None or newest.version != version:
            raise Refused("approvals.chain_not_newest", version=str(version))
        if newest.from_ <= clock.today(directory.DEFAULT_ZONE) or await Request.exists().where(
            Request.chain == newest.id
        ):
            raise Refused("approvals.chain_begun", version=str(version), on=newest.from_)
        await Chain.delete().where(Chain.id == newest.id)
        audit.record(
            "chain.withdrawn", f"chain:{newest.id}", by=actor, kind=kind, version=newest.version, since=newest.from_,
            rules=newest.rules,
        )  # fmt: skip


async def coming(kind: str) -> Sequence[Chain]:
    """The versions that were published for a later day, the next first."""
    today = clock.today(directory.DEFAULT_ZONE)
    return await Chain.objects().where((Chain.kind == kind) & (Chain.from_ > today)).order_by(Chain.version).limit(20)


async def newest_of(kind: str) -> Chain | None:
    """The version that was published last, also when it is not in force yet."""
    return await Chain.objects().where(Chain.kind == kind).order_by(Chain.version, ascending=False).first()


async def versions_of(kind: str) -> Sequence[Chain]:
    """Every version of a chain, the newest first."""
    return await Chain.objects().where(Chain.kind == kind).order_by(Chain.version, ascending=False).limit(50)


async def facts_of(kind: str) -> Mapping[str, Collection[str] | None]:
    """What the conditions of a chain of this kind may look at."""
    return await kinds.FACTS[kind]() if kind in kinds.FACTS else {}


async def refuse_vacancy(made: Rules) -> None:
    """Refuse a chain that names somebody who is not here, or a role that nobody has; the path says where."""
    for number, level in enumerate(made.levels, 1):
        for who in level.who:
            if who.by == rules.PERSON and await directory.of_person(who.person or 0) is None:
                row = await Person.select(Person.name).where(Person.id == (who.person or 0)).first()
                raise Refused("approvals.chain_vacant", level=number, path=row["name"] if row else "?")
            if who.by == rules.ROLE and not await chains.holders((who.role or "",)):
                raise Refused("approvals.chain_no_holder", level=number, role=who.role or "?")


async def refuse_circle(made: Rules) -> None:
    """Refuse a chain that climbs a line of heads which leads back to where it began; the path names them."""
    climbs = {who.by for level in made.levels for who in level.who} & {
        rules.MANAGER, rules.MANAGERS_MANAGER, rules.DEPARTMENT_HEAD,
    }  # fmt: skip
    if not climbs:
        return
    found = circle(await _heads())
    if found:
        names = await _names(found)
        raise Refused("approvals.chain_circle", path=" → ".join([*names, names[0]]))


def circle(head_of: Mapping[int, int]) -> Sequence[int]:
    """The first line of heads that leads back to itself, or nothing; each person is visited once."""
    done: set[int] = set()
    for begin in head_of:
        path: dict[int, None] = {}
        one: int | None = begin
        while one is not None and one not in done and one not in path:
            path[one] = None
            one = head_of.get(one)
        if one is not None and one in path:
            line = list(path)
            return line[line.index(one) :]
        done |= set(path)
    return ()


async def _heads() -> Mapping[int, int]:
    """The head of every spell of work that runs today, in one query."""
    today = clock.today(directory.DEFAULT_ZONE)
    rows = (
        await Assignment.select(Assignment.employment, Assignment.manager)
        .where(
            (Assignment.from_ <= today)
            & (Assignment.employment.leaves.is_null() | (Assignment.employment.leaves >= today))
        )
        .order_by(Assignment.from_)
    )
    newest = {row["employment"]: row["manager"] for row in rows}
    return {one: head for one, head in newest.items() if head is not None}


async def _names(employments: Sequence[int]) -> Sequence[str]:
    shown = list(employments[:NAMED_IN_A_PATH])
    rows = await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(
        Employment.id.is_in(shown)
    )
    name_of = {row["id"]: row["name"] for row in rows}
    return [name_of.get(one, "?") for one in shown]


async def vacant_departments(most: int = 10) -> Sequence[str]:
    """The departments without a head: a step that asks the head of the department asks the asker's head there."""
    heads = {row["id"]: row for row in await Department.select(Department.id, Department.name, Department.head)}
    employments = [row["head"] for row in heads.values() if row["head"] is not None]
    here: set[int] = set()
    for part in parts(employments):
        here |= {one.id for one in await directory.several(part, at_work=True)}
    return sorted(row["name"] for row in heads.values() if row["head"] not in here)[:most]


# -- the simulator -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Foreseen:
    """A person who would be asked, why, and who would answer if they were away; `earlier` is the step at which they are
    asked before, where having agreed counts here too."""

    who: Employee
    why: str
    stand_ins: tuple[str, ...]
    above: tuple[str, ...]
    away: bool
    earlier: int | None = None


@dataclass(frozen=True)
class Ahead:
    """A step as it would be, with its people; `applies` false when its condition does not hold, `again` true when it is
    left out since it would only ask again who was just asked."""

    level: Level
    people: tuple[Foreseen, ...]
    applies: bool = True
    again: bool = False
    hours: int = 0  # without an answer, after so many the head is asked too


async def foresee(
    kind: str, by: Employee, facts: rules.Facts, *, on: date, away: Collection[int] = (), made: Rules | None = None
) -> Sequence[Ahead]:
    """The steps that a request of this person would take on a day, each with its people and their stand-ins."""
    chain = await chains.in_force(kind, on)
    wanted = made if made is not None else chains.rules_of(chain)
    links = await delegations.in_force(_noon(on))
    days = facts.get("days")
    length = days if isinstance(days, int) else None
    holding = rules.applying(wanted, facts)
    after = await hours.of_chain(wanted)
    found, before = [], None
    at: dict[int, int] = {}  # at which step somebody is asked first
    top = await chains.above_all(by.person)
    for number, level in enumerate(wanted.levels, 1):
        if level not in holding:
            found.append(Ahead(level, (), applies=False))
            continue
        configured = made is not None or chain is not None
        people = []
        seats = await chains.asked_of(by, level.who if configured else ())
        again = before is not None and chains.asks_again(before, (level, seats))
        before = before if again else (level, seats)
        for asked in seats:
            first = at.setdefault(asked.who.person, number)
            takers = [one for one in delegations.takers(links, asked.who.person, kind, length) if one != by.person]
            heads, _ = await chains.head_of(asked.who.person, not_person=by.person)
            heads = above.choose(
                [heads, [one for one in top if one.person != asked.who.person]],
                there={one.who.person for one in seats}, agreed={one for one, step in at.items() if step < number},
            )  # fmt: skip
            people.append(
                Foreseen(
                    asked.who, asked.why, tuple([await directory.person_name(one) for one in takers]),
                    tuple(one.name for one in heads), asked.who.person in away,
                    first if first < number else None,
                )
            )  # fmt: skip
        found.append(Ahead(level, tuple(people), again=again, hours=after.escalate))
    return found


def _noon(on: date) -> datetime:
    return clock.local(clock.now(), directory.DEFAULT_ZONE).replace(
        year=on.year, month=on.month, day=on.day, hour=12, minute=0, second=0, microsecond=0
    )
