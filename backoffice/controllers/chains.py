"""Chains: how each kind of request is approved, drawn; a new version; and who would get this, if one were away."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import structs

from backoffice import actors, asker, drafts
from backoffice.asker import Web
from backoffice.dates import day_of
from backoffice.drafts import Overtaken, Stale
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal, says
from core import audit, clock, database
from core.approvals import chains, hours, kinds, publishing, rules
from core.approvals.rules import Condition, Level, Rules, Who
from core.errors import Refused
from core.leave import requests as leave_requests
from core.leave import types as leave_types
from core.people import directory, named
from core.people.places import in_order
from core.people.tables import Department, Person
from core.phrases import hari

ROWS = 4
RELATIONS = (rules.MANAGER, rules.MANAGERS_MANAGER, rules.DEPARTMENT_HEAD)
MOST_DEPARTMENTS = 500
THOUSAND = 1000


class ChainsController(Controller):
    """How requests are approved in this company."""

    path = "/{company:str}/chains"
    guards = (requires("chains", "edit"),)

    @get()
    async def index(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """Every kind with its chain, the simulator, and the heads of departments."""
        return await _index(request, done=done)

    @get("/{kind:str}")
    async def edit(self, request: Web, kind: FromPath[str]) -> Response[str]:
        """The form of a new version, filled with the present one."""
        if kind not in kinds.DESCRIBES:
            raise NotFoundException
        async with database.reading(standing(request).company):
            fields = await _fields(chains.rules_of(await publishing.newest_of(kind)))
        return await _form(request, kind, fields)

    @post("/{kind:str}")
    async def publish(self, request: Web, kind: FromPath[str]) -> Response[str]:
        """Publish a new version, or show what stands in its way."""
        if kind not in kinds.DESCRIBES:
            raise NotFoundException
        where, sent = standing(request), await request.form()
        fields = {name: [str(one) for one in sent.getall(name)] for name in sent}
        try:
            async with database.reading(where.company):
                made = await _read(fields)
            from_ = day_of(fields.get("from", [""])[0]) or clock.today(where.place.zone)

            async def unchanged() -> None:
                drafts.check(sent.get("seen"), await _shows(kind))

            await publishing.publish(
                kind, made, from_=from_, company=where.company, actor=acting(request), first=unchanged
            )
        except Stale:
            async with database.reading(where.company):
                overtaken = await _overtaken(request, kind, made)
            return await _form(request, kind, fields, overtaken=overtaken, status=409)
        except Refused as no:
            said = {"": refusal(request, no, where.zone)}
            return await _form(request, kind, fields, wrong=said, status=422)
        return Redirect(f"/{where.place.slug}/chains?done={kind}", status_code=303)

    @post("/{kind:str}/withdraw")
    async def withdraw(self, request: Web, kind: FromPath[str]) -> Response[str]:
        """Take back the newest version while it has not begun."""
        where, sent = standing(request), await request.form()
        version = str(sent.get("version", ""))
        if kind not in kinds.DESCRIBES:
            raise NotFoundException
        try:
            await publishing.withdraw(
                kind, int(version) if version.isdecimal() and len(version) < 6 else 0, company=where.company,
                actor=acting(request),
            )  # fmt: skip
        except Refused as no:
            return await _index(request, wrong={"": refusal(request, no, where.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/chains?done=withdrawn", status_code=303)

    @post("/heads")
    async def head(self, request: Web) -> Response[str]:
        """Say who is the head of a department; an empty number takes the head away."""
        where, sent = standing(request), await request.form()
        number, department = str(sent.get("number", "")).strip(), str(sent.get("department", ""))
        wrong: dict[str, str] = {}
        async with database.reading(where.company):
            try:
                who = await named.whom(number) if number else None
            except Refused as no:
                wrong["number"], who = refusal(request, no, where.zone), None
        async with database.transaction(where.company):
            known = department[:9].isdecimal() and await Department.exists().where(Department.id == int(department[:9]))
            if known and not wrong:
                await directory.head_of(int(department[:9]), who.id if who else None)
                head = f"employment:{who.id}" if who else None
                audit.record("department.head", f"department:{department[:9]}", by=acting(request), head=head)
        if not known:
            wrong["department"] = says(request, "approvalpages.department_gone")
        if wrong:
            return await _index(request, wrong=wrong, typed=number, status=422)
        return Redirect(f"/{where.place.slug}/chains?done=heads", status_code=303)


async def _index(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: str = "", status: int = 200
) -> Response[str]:
    where = standing(request)
    asked = {name: request.query_params.get(name, "") for name in ("kind", "who", "on", "days", "leave_type", "away")}
    if asked["kind"] not in kinds.DESCRIBES:
        asked["kind"] = leave_requests.KIND  # what most ask about
    async with database.reading(where.company):
        shown = []
        for kind in sorted(kinds.DESCRIBES):
            chain = await chains.in_force(kind)
            made = chains.rules_of(chain)
            shown.append(
                {
                    "kind": kind, "chain": chain, "hours": await _hours(request, made),
                    "hours_usual": None in (made.remind_after, made.escalate_after),
                    "levels": await _levels(request, made), "versions": await publishing.versions_of(kind),
                    "coming": await _coming(request, kind, made),
                }
            )  # fmt: skip
        vacant = await publishing.vacant_departments()
        heads = await _department_heads()
        types = await _types(asker.of(request).language)
        ahead, problem = await _simulate(request, asked)
    return await page(
        request, "approvals/chains.html", status=status, place=where.place.name, zone=where.zone,
        company=where.place, shown=shown, vacant=vacant, heads=heads, asked=asked, ahead=ahead, problem=problem,
        types=types, done=done, wrong=wrong or {}, typed=typed, kinds=sorted(kinds.DESCRIBES),
    )  # fmt: skip


async def _coming(request: Web, kind: str, now: Rules) -> list[dict[str, Any]]:
    """The versions that were published and have not begun: from when, by whom, and their steps beside today's."""
    rows = await publishing.coming(kind)
    who = await actors.names({one.published_by for one in rows})
    told = []
    for one in rows:
        then = rules.read(one.rules)
        told.append(
            {
                "chain": one, "who": who.get(one.published_by), "rows": await _beside(request, now, then),
                "last": one.id == rows[-1].id,
            }
        )  # fmt: skip
    return told


async def _beside(request: Web, one: Rules, other: Rules) -> list[tuple[str, str, str]]:
    """What two versions say otherwise: of which step or of the clocks, the one, the other."""
    told = [await _told(request, each) for each in (one, other)]
    heads = [says(request, "approvalpages.level_head", level=str(number)) for number in range(1, ROWS + 1)]
    heads += [says(request, "approvalpages.clock")]
    return [(head, yours, now) for head, yours, now in zip(heads, *told, strict=True) if yours != now]


async def _types(language: str) -> dict[str, str]:
    """The leave types a condition may name, with what people call them."""
    names = {one.code: one.name(language) for one in await leave_types.every()}
    for kind in kinds.DESCRIBES:
        values = (await publishing.facts_of(kind)).get("leave_type")
        if values:
            return {code: names.get(code, code) for code in sorted(values)}
    return {}


async def _department_heads() -> list[dict[str, Any]]:
    head: Any = Department.head
    return (await in_order(Department, Department.id, Department.name, head.person.name.as_alias("head")))[
        :MOST_DEPARTMENTS
    ]


async def _levels(request: Web, made: Rules) -> list[dict[str, Any]]:
    """The steps of a chain in words."""
    named = any(one.test != rules.OVER for level in made.levels for one in level.when)
    types = await _types(asker.of(request).language) if named else {}
    people = [who.person for level in made.levels for who in level.who if who.person]
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(people or [0]))
    name_of = {row["id"]: row["name"] for row in rows}
    return [
        {
            "mode": level.mode, "quorum": level.quorum,
            "who": [_who(request, one, name_of) for one in level.who],
            "when": [_when(request, one, types) for one in level.when],
        }
        for level in made.levels
    ]  # fmt: skip


def _who(request: Web, who: Who, name_of: Mapping[int, str]) -> str:
    if who.by == rules.ROLE:
        return says(request, f"web.role_{who.role}")
    if who.by == rules.PERSON:
        return name_of.get(who.person or 0, "?")
    return says(request, f"approvalpages.why_{who.by}")


def _when(request: Web, condition: Condition, types: Mapping[str, str]) -> str:
    if condition.test == rules.OVER:
        days = hari(int(condition.value), asker.of(request).language)
        return says(request, "approvalpages.when_over", days=days)
    value = str(condition.value)
    return says(request, f"approvalpages.when_{condition.test}", value=types.get(value, value))


async def _simulate(request: Web, asked: dict[str, str]) -> tuple[Sequence[publishing.Ahead] | None, str | None]:
    """Who would get it, as named in the address; or what is missing to tell."""
    if not asked["who"]:
        return None, None
    zone = standing(request).zone
    try:
        by, away = await named.whom(asked["who"]), await named.several(asked["away"])
    except Refused as no:
        return None, refusal(request, no, zone)
    asked["who"] = named.written(by.name, by.number)
    asked["away"] = ", ".join(named.written(one.name, one.number) for one in away)
    facts: dict[str, int | str] = {"days": _thousandths(asked["days"]) or THOUSAND}
    if asked["leave_type"]:
        facts["leave_type"] = asked["leave_type"]
    try:
        on = day_of(asked["on"]) or clock.today(by.zone)
        return await publishing.foresee(asked["kind"], by, facts, on=on, away={one.person for one in away}), None
    except Refused as no:
        return None, refusal(request, no, by.zone)


# -- the form ----------------------------------------------------------------------------------------------------------


async def _shows(kind: str) -> Any:
    """What the form of a chain is filled with: its newest version."""
    newest = await publishing.newest_of(kind)
    return newest.id if newest else 0  # a version that was withdrawn gives its number to the next


async def _overtaken(request: Web, kind: str, yours: Rules) -> Overtaken:
    """The steps that were written beside those that somebody else has published meanwhile."""
    newest = await publishing.newest_of(kind)
    rows = await _beside(request, yours, chains.rules_of(newest))
    who = await _publisher(newest.published_by) if newest else ""
    return Overtaken(rows, who, newest.published_at if newest else None)


async def _told(request: Web, made: Rules) -> list[str]:
    """A chain as one sentence a step, and one for its clocks; of what no form offered, the first that it does."""
    made = structs.replace(
        made,
        levels=tuple(one if one.mode in rules.MODES else structs.replace(one, mode=rules.ANY) for one in made.levels),
        rerouting=made.rerouting if made.rerouting in rules.REROUTING else rules.INSTEAD,
        restart=made.restart if made.restart in rules.RESTARTS else rules.RESTART_ALL,
    )
    levels = [
        ", ".join(one["who"]) + f" ({says(request, 'approvalpages.mode_' + one['mode'])})"
        + "".join(f"; {condition}" for condition in one["when"])
        for one in await _levels(request, made)
    ]  # fmt: skip
    after = await _hours(request, made)
    policy = [says(request, f"approvalpages.rerouting_{made.rerouting}"), made.restart, str(made.expire_after or "")]
    policy[1] = says(request, f"approvalpages.restart_{made.restart}")
    return [*levels, *[""] * (ROWS - len(levels)), " ".join([after, *policy]).strip()]


async def _hours(request: Web, made: Rules) -> str:
    """After how many hours, and whether the chain says so or the company."""
    after = await hours.of_chain(made)
    own = (made.remind_after is not None, made.escalate_after is not None)
    whose = {(True, True): "chain", (False, False): "company"}.get(own, "both")
    told = {"remind": str(after.remind), "escalate": str(after.escalate)}
    return says(request, "approvalpages.hours", **told) + " " + says(request, f"approvalpages.hours_{whose}")


async def _publisher(actor: str) -> str:
    kind, _, number = actor.partition(":")
    if kind != "person" or not number.isdecimal():
        return ""
    row = await Person.select(Person.name).where(Person.id == int(number)).first()
    return str(row["name"]) if row else ""


async def _form(
    request: Web, kind: str, fields: Mapping[str, Sequence[str]], *, wrong: Mapping[str, str] | None = None,
    overtaken: Overtaken | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        types = await _types(asker.of(request).language)
        seen = drafts.mark(await _shows(kind))
        usual = await hours.of_company()
    return await page(
        request, "approvals/chain.html", status=status, seen=seen, overtaken=overtaken,
        place=where.place.name, zone=where.zone, company=where.place, kind=kind, fields=fields,
        rows=range(1, ROWS + 1), relations=RELATIONS,
        roles=publishing.ROLES, modes=rules.MODES, types=types, wrong=wrong or {}, rerouting=rules.REROUTING,
        restarts=rules.RESTARTS, today=clock.today(where.place.zone).isoformat(),
        usual=usual,
    )  # fmt: skip


async def _fields(made: Rules) -> dict[str, list[str]]:
    """The fields of the form that say what these rules say."""
    fields = {
        "remind": [str(made.remind_after or "")], "escalate": [str(made.escalate_after or "")],
        "rerouting": [made.rerouting], "restart": [made.restart], "expire": [str(made.expire_after or "")],
        "from": [""],
    }  # fmt: skip
    for number, level in enumerate(made.levels[:ROWS], 1):
        fields[f"who{number}"] = [one.role if one.by == rules.ROLE and one.role else one.by for one in level.who]
        people = [await directory.of_person(one.person) for one in level.who if one.person]
        fields[f"people{number}"] = [
            ", ".join(named.written(one.name, one.number) for one in people if one is not None)
        ]
        fields[f"mode{number}"], fields[f"quorum{number}"] = [level.mode], [str(level.quorum)]
        if level.when:
            condition = level.when[0]
            over = condition.test == rules.OVER
            fields[f"when{number}"] = [condition.test]
            value = str(int(condition.value) / THOUSAND).removesuffix(".0") if over else str(condition.value)
            fields[f"days{number}" if over else f"type{number}"] = [value]
    return fields


async def _read(fields: Mapping[str, Sequence[str]]) -> Rules:
    """The rules that the form says; a step without anybody is not there."""

    def one(name: str, otherwise: str = "") -> str:
        return (list(fields.get(name, [])) or [otherwise])[0].strip()

    levels = []
    for number in range(1, ROWS + 1):
        who = [
            Who(by) if by in RELATIONS else Who(rules.ROLE, role=by)
            for by in fields.get(f"who{number}", [])
            if by in RELATIONS or by in publishing.ROLES
        ]
        who += [Who(rules.PERSON, person=found.person) for found in await named.several(one(f"people{number}"))]
        if who:
            mode = one(f"mode{number}", rules.ANY)
            when = _condition(one(f"when{number}"), one(f"days{number}"), one(f"type{number}"))
            levels.append(
                Level(tuple(who), mode, _number(one(f"quorum{number}")) or (0 if mode == rules.QUORUM else 1), when)
            )
    return Rules(
        tuple(levels), _count(one("remind")), _count(one("escalate")), one("rerouting", rules.INSTEAD),
        one("restart", rules.RESTART_ALL), _count(one("expire")),
    )  # fmt: skip


def _condition(test: str, days: str, leave_type: str) -> tuple[Condition, ...]:
    if test == rules.OVER:
        return (Condition("days", rules.OVER, _thousandths(days) or -1),)
    if test in (rules.IS, rules.IS_NOT):
        return (Condition("leave_type", test, leave_type),)
    return ()


def _thousandths(words: str) -> int | None:
    try:
        return leave_types.thousandths(words)
    except ValueError:
        return None


def _count(words: str) -> int | None:
    """A number that may be left out; what is none is refused by the rules, never taken for nothing."""
    return None if not words else _number(words) or 0


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 6 else None
