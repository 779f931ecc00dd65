"""One person: who, where, since when; their work on any day, chats, identity, leave, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import actors, asker, drafts
from backoffice.asker import Web
from backoffice.controllers.people import barred, cells_of, choices, date_of, may, wrong_of
from backoffice.dates import day_of
from backoffice.drafts import Overtaken, Stale
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts import invited, reach
from core.accounts.roles import ADMINISTRATOR, EMPLOYEE, SUPER, allowed
from core.errors import Refused
from core.leave import lots
from core.messaging import account_mail, sign_outs, silence
from core.people import careers, coming, directory, identities, imports, named, reveals, search
from core.people.columns import CLEARED, SEALED
from core.people.directory import DEFAULT_ZONE
from core.people.planning import BEFORE_FIRST
from core.people.tables import ChannelIdentity, Employment, Person
from core.phrases import phrase

LONGEST = 600  # of the list that a page was opened from
WORK = ("department", "position", "grade", "location", "manager")
IDENTITY = ("name", *SEALED)
DONE = ("added", "changed", "same", "ended", "unlinked", "signed_out")


@dataclass(frozen=True)
class Whom:
    """The person of a page, and the spell it is about."""

    spell: Employment
    person: Person
    facts: list[careers.Facts]

    @property
    def zone(self) -> str:
        """The clock of their place."""
        return self.facts[0].zone if self.facts else DEFAULT_ZONE


class PersonController(Controller):
    """`/{company}/people/{public}`."""

    path = "/{company:str}/people"

    @get("/{public:str}", guards=[requires("people", "read")])
    async def show(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Everything that this company's people may know of somebody."""
        return await shown(request, public)

    @post("/{public:str}/work", guards=[requires("people", "write")])
    async def work(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Change somebody's work from a day on; what was before stays as it was."""
        form = await request.form()
        cells = {name: str(form.get(name) or "").strip() or CLEARED for name in WORK if name in form}
        if cells.get("manager", CLEARED) != CLEARED:
            async with database.reading(standing(request).company):
                cells["manager"] = await named.number_of(cells["manager"])
        if cells.get("location") == CLEARED:
            del cells["location"]
        try:
            begins = day_of(form.get("begins"))
        except Refused as no:
            wrong = {"begins": refusal(request, no, standing(request).place.zone)}
            return await shown(
                request, public, wrong=wrong, part="work", cells=cells, begun=str(form.get("begins"))[:40]
            )
        return await _change(request, public, cells, "work", begins=begins)

    @post("/{public:str}/identity", guards=[requires("people", "write")])
    async def identity(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Correct who somebody is; a field that stays empty stays as it was."""
        return await _change(request, public, cells_of(await request.form(), IDENTITY), "identity")

    @post("/{public:str}/end", guards=[requires("people", "write")])
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Set somebody's last day, or take it away again."""
        form = await request.form()
        last = str(form.get("resign_date") or "").strip()
        return await _change(request, public, {"resign_date": last or CLEARED}, "end")

    @post("/{public:str}/invite", guards=[requires("people", "write")])
    async def invite(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Mail the code by which a chat is linked and the way into the portal; both are shown this once where they have
        to be handed over."""
        where = standing(request)
        async with database.reading(where.company):
            whom = await whom_of(public)
            employee = await directory.at_work(whom.spell.id)
        if employee is None:
            return _again(request, public)
        try:
            code, expires = await identities.invite(employee, actor=acting(request))
        except Refused as no:
            return await shown(request, public, wrong={"": refusal(request, no, employee.zone)})
        sent = await account_mail.invite(employee, code, expires, by=acting(request))
        link = sent.link if may_secure(where) else ""
        return await shown(request, public, code=f"{code[:4]}-{code[4:]}", expires=expires, sent=sent, link=link)

    @post("/{public:str}/sign-out", guards=[requires("accounts", "secure")])
    async def end_access(self, request: Web, public: FromPath[str]) -> Response[str]:
        """End every session and chat of somebody, with a reason; they are told."""
        where, reason = standing(request), str((await request.form()).get("reason") or "")
        try:
            async with database.transaction(where.company):
                whom = await whom_of(public)
                await sign_outs.everywhere(whom.person.id, reason, by=acting(request), zone=whom.zone)
        except Refused as no:
            return await shown(
                request, public, wrong={"reason": refusal(request, no, where.place.zone)}, part="access", reason=reason
            )
        return _again(request, public, done="signed_out", part="access")

    @post("/{public:str}/unlink", guards=[requires("people", "write")])
    async def unlink(self, request: Web, public: FromPath[str]) -> Response[str]:
        """End one of somebody's chats, at once."""
        where, channel = standing(request), str((await request.form()).get("channel") or "")
        async with database.transaction(where.company):
            whom = await whom_of(public)
            ended = await identities.unlink(whom.person.id, channel[:16], actor=acting(request))
        return _again(request, public, done="unlinked" if ended else "same", part="chat")


async def whom_of(public: str) -> Whom:
    """The person behind this address, or nobody."""
    spell = await Employment.objects().where(Employment.public == public).first()
    if spell is None:  # the address of the person, as other pages know it: their newest spell
        mine = Employment.person.is_in(Person.select(Person.id).where(Person.public == public))
        spell = await Employment.objects().where(mine).order_by(Employment.joins, ascending=False).first()
    if spell is None or (spell.leaves is not None and spell.leaves < spell.joins):
        raise NotFoundException
    person = await Person.objects().get(Person.id == spell.person)
    assert person is not None
    return Whom(spell, person, await careers.history(spell.id))


async def _change(
    request: Web, public: str, cells: Mapping[str, str], part: str, *, begins: Any = None
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        whom = await whom_of(public)
    told = {"employee_number": whom.spell.number, "name": whom.person.name, **cells}
    seen = (await request.form()).get("seen")

    async def unchanged() -> None:
        drafts.check(seen, _shows(await whom_of(public))[part])

    try:
        bad = await imports.change(
            where.company, told, actor=acting(request), begins=begins or clock.today(whom.zone), barred=barred(where),
            first=unchanged,
        )  # fmt: skip
    except Stale:
        begun = begins.isoformat() if begins else ""
        return await shown(request, public, part=part, cells=cells, begun=begun, stale=True)
    if bad:
        # A form asks for the day itself; a file has none in its rows.
        bad = [replace(one, column="begins") if one.key == BEFORE_FIRST else one for one in bad]
        return await shown(
            request,
            public,
            wrong=wrong_of(bad, language),
            part=part,
            cells=cells,
            begun=begins.isoformat() if begins else "",
        )
    return _again(request, public, done="changed", part=part)


def _list(request: Web) -> str:
    """The list from which the page was opened, as its address says it; forms and links of the page hand it on."""
    return urlencode(parse_qsl(str(request.query_params.get("list", ""))[:LONGEST]))


def _again(request: Web, public: str, *, done: str = "", part: str = "") -> Redirect:
    """Back to the page of the person, and what was done there."""
    told = urlencode({name: value for name, value in (("done", done), ("list", _list(request))) if value})
    there = f"/{standing(request).place.slug}/people/{public}"
    return Redirect(there + (f"?{told}" if told else "") + (f"#{part}" if part else ""), status_code=303)


def _shows(whom: Whom) -> dict[str, Any]:
    """What the forms of the page are filled with, by part; sealed facts stay sealed and tell only that they changed."""
    return {
        "work": [
            (one.from_, one.department, one.position, one.location, one.manager_number, one.grade) for one in whom.facts
        ],
        "identity": [whom.person.name, *(str(getattr(whom.person, name) or "") for name in SEALED)],
        "end": whom.spell.leaves,
    }  # fmt: skip


def _overtaken(
    whom: Whom, part: str, cells: Mapping[str, str], begun: str, changed: Sequence[careers.Change],
    names: Mapping[str, str], may_pay: bool, language: str,
) -> Overtaken:  # fmt: skip
    """What was written beside what somebody else has made of it."""
    fact = careers.as_of(whom.facts, date_of(begun) or clock.today(whom.zone)) or whom.facts[-1]
    now = {
        "work": {
            "department": fact.department, "position": fact.position, "location": fact.location,
            "manager": fact.manager_number, "grade": fact.grade,
        },
        "identity": {"name": whom.person.name},
        "end": {"resign_date": whom.spell.leaves.isoformat() if whom.spell.leaves else ""},
    }[part]  # fmt: skip
    rows = [
        (phrase(f"staff.column_{name}", language), cells[name], value)
        for name, value in now.items()
        if name in cells and cells[name] != value and (may_pay or name != "grade")
    ]
    last = changed[0] if changed else None
    return Overtaken(rows, names.get(last.by, "") if last else "", last.at if last else None)


async def shown(
    request: Web, public: str, *, wrong: Mapping[str, str] | None = None, part: str = "", stale: bool = False,
    **more: Any,
) -> Response[str]:  # fmt: skip
    """The page of one person; `wrong` are the faults of the form of a `part`, `stale` that another was quicker."""
    where, language = standing(request), asker.of(request).language
    done = str(request.query_params.get("done", ""))
    # What was cleared stands in the form as it was left: empty.
    more["cells"] = {name: "" if told == CLEARED else told for name, told in more.get("cells", {}).items()}
    async with database.reading(where.company):
        whom = await whom_of(public)
        on = date_of(str(request.query_params.get("on", ""))) or clock.today(whom.zone)
        chats = (
            await ChannelIdentity.select(
                ChannelIdentity.channel, ChannelIdentity.account, ChannelIdentity.external_id,
                ChannelIdentity.verified_at, ChannelIdentity.ended_at, ChannelIdentity.unreachable_at,
            )
            .where(ChannelIdentity.person == whom.person.id)
            .order_by(ChannelIdentity.id, ascending=False)
            .limit(10)
        )  # fmt: skip
        for one in chats:
            one["silent_since"] = None if one["ended_at"] else await _silent_since(whom.person.id, one)
        spells = (
            await Employment.select(Employment.public, Employment.number, Employment.joins, Employment.leaves)
            .where(Employment.person == whom.person.id)
            .order_by(Employment.joins, ascending=False)
        )
        changed = await careers.changes(whom.spell.id)
        planned = await coming.planned(whom.spell.id)
        became = [
            one for one in await invited.of_person(whom.person.id)
            if one.to in (invited.CHAT, EMPLOYEE) or allowed(where.place.roles, "roles", "read")
        ]  # fmt: skip
        above = (await reach.of(acting(request))).people.get(whom.person.id, "")
        facts = {
            "balance": await lots.balance(whom.spell.id), "cooling": await identities.cooling_until(whom.person.id),
            "names": await actors.names({one.by for one in changed}), **await choices(language),
        }  # fmt: skip
    overtaken, status = None, search.status_of(whom.spell.to_dict(), clock.today(whom.zone))
    if stale:
        overtaken = _overtaken(
            whom, part, more["cells"], more["begun"], changed, facts["names"], sees_grade(where), language
        )
    return await page(
        request, "people/person.html", back=_list(request),
        status=409 if stale else 422 if wrong else 200, overtaken=overtaken,
        seen={name: drafts.mark(told) for name, told in _shows(whom).items()},
        place=where.place.name, zone=whom.zone, company=where.place, whom=whom,
        now=careers.as_of(whom.facts, clock.today(whom.zone)) or whom.facts[-1],
        then=careers.as_of(whom.facts, on), on=on, today=clock.today(whom.zone), chats=chats,
        others=[one for one in spells if one["public"] != public and not _taken_back(one)], changes=changed,
        status_name=status,
        held={name: "" if above else _reveals(where, name) for name in SEALED if getattr(whom.person, name)},
        sealed=SEALED, above=above,
        wrong=wrong or {}, part=part,
        may=may(where) | ({"write": False} if above else {}), may_pay=sees_grade(where),
        done=done if done in DONE else "",
        none_yet="", last_day=_last_day(whom, more),
        planned=planned, invited=became, may_secure=may_secure(where) and not above,
        may_record=allowed(where.place.roles, "leave", "record") and status in (search.HERE, search.LEAVING)
        and acting(request).name != f"person:{whom.person.id}",
        may_read_mail=allowed(where.place.roles, "mail", "read"),
        **{"code": "", "expires": None, "sent": None, "link": "", "reason": "", "cells": {}, "begun": "",
           **facts, **more},
    )  # fmt: skip


async def _silent_since(person: int, chat: Mapping[str, Any]) -> datetime | None:
    named = (chat["channel"], chat["account"], chat["external_id"])
    return await silence.silent_since(*named, person=person, verified_at=chat["verified_at"])


def _reveals(where: Standing, name: str) -> str:
    """The address part under which this person may look at a sealed fact; empty where they may not."""
    kind = reveals.FIELDS.get(name, "")
    return kind if kind and allowed(where.place.roles, kind, "reveal") else ""


def _last_day(whom: Whom, more: Mapping[str, Any]) -> str:
    """What stands in the field of the last day: what was typed, or what is."""
    cells = more.get("cells", {})
    if "resign_date" in cells:
        return str(cells["resign_date"])
    return whom.spell.leaves.isoformat() if whom.spell.leaves else ""


def sees_grade(where: Standing) -> bool:
    """Grades tell the wage: they are for those who may see pay."""
    return bool({SUPER, ADMINISTRATOR} & where.place.roles)


def may_secure(where: Standing) -> bool:
    """Whether this person may end what speaks for somebody, or hand over a link that does."""
    return allowed(where.place.roles, "accounts", "secure")


def _taken_back(spell: Mapping[str, Any]) -> bool:
    return spell["leaves"] is not None and spell["leaves"] < spell["joins"]
