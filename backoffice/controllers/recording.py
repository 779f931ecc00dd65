"""Leave that somebody told HR by telephone or on paper: looked at, recorded; its papers, taking it back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import asdict

from backoffice import asker, drafts, uploads
from backoffice.asker import Web
from backoffice.controllers.person import Whom, whom_of
from backoffice.drafts import Stale
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core import drafts as kept
from core.accounts.roles import allowed
from core.accounts.tables import Membership
from core.approvals import decisions
from core.approvals.kinds import PAPER
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.leave import documents, forecast, on_behalf, requests, types
from core.leave.on_behalf import ASK, Told
from core.leave.policy import WEEKEND, Period
from core.leave.requests import Preview
from core.leave.told import plural
from core.messaging import outbox
from core.people import directory, search
from core.people.directory import Employee
from core.phrases import phrase, rentang, tanggal_pendek

LONGEST, MOST_FOUND = 80, 10
# What a rule says to the employee is said otherwise to whoever records it for them.
FOR_ANOTHER = (
    "already_past", "not_enough_days", "overlaps", "too_long_ago", "event_once", "not_offered", "after_last_day",
)  # fmt: skip
FIELD_OF = {"entered_words": "words", "entered_told_on": "told_on", "reason_too_long": "reason", "paper_type": "file"}


class Wished(Struct):
    """The form as it was filled in; `seen` marks what it was said to come to."""

    type: str = types.ANNUAL
    starts: str = ""
    ends: str = ""
    part: str = ""
    way: str = ""
    told_on: str = ""
    words: str = ""
    reason: str = ""
    seen: str = ""


class RecordingController(Controller):
    """`/{company}/leave/record`, and the same for one person."""

    path = "/{company:str}"
    guards = (requires("leave", "record"),)

    @get("/leave/record")
    async def whose(self, request: Web, q: FromQuery[str] = "") -> Response[str]:
        """Whose leave it is: somebody by name or number."""
        where, words = standing(request), q[:LONGEST].strip()
        async with database.reading(where.company):
            found = (
                (await search.page(search.Wanted(words, contacts=True), None, MOST_FOUND))[:MOST_FOUND] if words else []
            )
        return await page(
            request, "leave/record_whose.html", place=where.place.name, zone=where.place.zone, company=where.place,
            q=words, found=found,
        )  # fmt: skip

    @get("/people/{public:str}/leave/record")
    async def form(self, request: Web, public: FromPath[str], type: FromQuery[str] = types.ANNUAL) -> Response[str]:
        """The form for one person."""
        return await _form(request, public, Wished(type=type))

    @post("/people/{public:str}/leave/record")
    async def look(self, request: Web, public: FromPath[str], data: URLEncodedBody[Wished]) -> Response[str]:
        """Show what it would come to; nothing is recorded."""
        period, wrong = _read(data, asker.of(request).language)
        if period is None or wrong:
            return await _form(request, public, data, wrong, status=422)
        return await _form(request, public, data, look=True)

    @post("/people/{public:str}/leave/record/file", request_max_body_size=uploads.LARGEST)
    async def record(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Record what was looked at, with the file that came with it."""
        where, form = standing(request), await request.form()
        data = Wished(**{name: uploads.typed(form.get(name)) for name in Wished.__struct_fields__ if name in form})
        period, wrong = _read(data, asker.of(request).language)
        if period is None or wrong:
            return await _form(request, public, data, wrong, status=422)
        try:
            sent = uploads.chosen(form, "file")[:1]
            async with uploads.held(where.company, sent) as taken, database.transaction(where.company):
                whom, employee = await _employee(public)
                kind = await _kind(employee, data.type)
                given = _told(data, where, kind)
                seen = await on_behalf.look(employee, kind.code, period, given, by=acting(request))
                drafts.check(data.seen or "-", _marked(seen))
                made = await on_behalf.record(
                    employee, kind.code, period, data.reason.strip() or None, given, person=where.decides,
                    instead_of=[one.number for one in seen.over], actor=acting(request),
                )  # fmt: skip
                if taken:
                    asked = await decisions.by_number(made.number)
                    assert asked is not None
                    leave = await requests.of_request(asked)
                    await documents.enclosed(leave, employee.person, *taken[0], actor=acting(request))
                await kept.drop(f"leave_record/{whom.spell.public}", by=acting(request))
        except Stale:
            changed = {"": phrase("leave.entered_changed", asker.of(request).language)}
            return await _form(request, public, data, changed, look=True, status=409)
        except Refused as no:
            return await _form(request, public, data, _wrong(request, no, where.place.zone), status=422)
        return Redirect(f"/{where.place.slug}/people/{public}/leave?done=entered&of={made.number}", status_code=303)

    @post("/people/{public:str}/leave/{number:str}/file", request_max_body_size=uploads.LARGEST)
    async def paper(self, request: Web, public: FromPath[str], number: FromPath[str]) -> Response[str]:
        """Put a paper that was handed in to a leave."""
        where, back = standing(request), f"/{standing(request).place.slug}/people/{public}/leave"
        whom, asked = await _asked(where, public, number)
        try:
            sent = uploads.chosen(await request.form(), "file")[:1]
            if not sent:
                raise Refused("files.empty")
            async with uploads.held(where.company, sent) as taken, database.transaction(where.company):
                leave = await requests.of_request(asked)
                await documents.enclosed(leave, whom.person.id, *taken[0], actor=acting(request))
        except Refused as no:
            said = _wrong(request, no, where.place.zone)
            return await page(request, "errors/422.html", status=422, said=next(iter(said.values())), back=back)
        return Redirect(f"{back}?done=paper&of={number}", status_code=303)

    @post("/people/{public:str}/leave/{number:str}/take-out")
    async def take_out(self, request: Web, public: FromPath[str], number: FromPath[str]) -> Response[str]:
        """Take back what was recorded for somebody."""
        where, back = standing(request), f"/{standing(request).place.slug}/people/{public}/leave"
        _, asked = await _asked(where, public, number)
        why = str((await request.form()).get("why") or "")
        try:
            async with database.transaction(where.company):
                entered = (await on_behalf.of([asked.id])).get(asked.id)
                # What was agreed to on paper is taken back by who may record such.
                if entered is None or not allowed(where.place.roles, "leave", "paper" if entered.paper else "record"):
                    raise NotFoundException
                state = await on_behalf.take_out(asked, why, person=where.decides, actor=acting(request))
        except Refused as no:
            said = _wrong(request, no, where.place.zone)
            return await page(request, "errors/422.html", status=422, said=next(iter(said.values())), back=back)
        done = "asked_out" if state == "cancel_requested" else "taken_out"
        return Redirect(f"{back}?done={done}&of={number}", status_code=303)


async def _employee(public: str) -> tuple[Whom, Employee]:
    whom = await whom_of(public)
    employee = await directory.at_work(whom.spell.id)
    if employee is None:
        raise NotFoundException
    return whom, employee


async def _asked(where: Standing, public: str, number: str) -> tuple[Whom, Asked]:
    async with database.reading(where.company):
        whom = await whom_of(public)
        asked = await decisions.by_number(number)
    if asked is None or asked.employment != whom.spell.id or asked.kind != requests.KIND:
        raise NotFoundException
    return whom, asked


async def _kind(employee: Employee, code: str) -> types.Kind:
    kind = next((one for one in await types.offered(employee) if one.code == code), None)
    if kind is None:
        raise NotFoundException
    return kind


def _wrong(request: Web, no: Refused, zone: str) -> dict[str, str]:
    """What is wrong, at its field, in words for whoever records it."""
    name = no.key.partition(".")[2]
    told = Refused(f"leavedesk.for_{name}", **no.facts) if name in FOR_ANOTHER else no
    return {FIELD_OF.get(name, "file" if no.key.startswith("files.") else "starts"): refusal(request, told, zone)}


def _read(data: Wished, language: str) -> tuple[Period | None, dict[str, str]]:
    wrong: dict[str, str] = {}
    starts, ends = _date(data.starts), _date(data.ends or data.starts)
    if starts is None:
        wrong["starts"] = phrase("mine.starts_missing", language)
    elif ends is None or ends < starts:
        wrong["ends"] = phrase("mine.ends_before", language)
    if data.told_on and _date(data.told_on) is None:
        wrong["told_on"] = phrase("mine.starts_missing", language)
    if starts is None or ends is None or wrong:
        return None, wrong
    return Period(starts, ends, data.part if data.part in ("am", "pm") and starts == ends else None), wrong


def _date(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _told(data: Wished, where: Standing, kind: types.Kind) -> Told:
    """How it is to be recorded; a yes on paper is for those who may answer for it."""
    paper = data.way == PAPER and kind.decision == types.APPROVE and allowed(where.place.roles, "leave", "paper")
    return Told(PAPER if paper else ASK, _date(data.told_on) or clock.today(where.place.zone), data.words)


def _marked(seen: Preview) -> list[Any]:
    """What a look showed, of which nothing may have changed when it is recorded."""
    return [seen.kind.code, seen.cost, seen.available, [(one.number, one.back) for one in seen.over],
            [(lot.id, taken) for lot, taken in seen.paid], seen.document_by]  # fmt: skip


async def _reached(employee: Employee) -> str:
    """Where the employee reads it: in a chat, on their pages, or nowhere."""
    there = await outbox.address_of(employee.person)
    if there.channel != outbox.WEB:
        return there.channel
    return outbox.WEB if await Membership.exists().where(Membership.person == employee.person) else "nowhere"


async def _form(
    request: Web, public: str, data: Wished, wrong: Mapping[str, str] | None = None, *, look: bool = False,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    period, wrong = _read(data, language)[0] if data.starts else None, dict(wrong or {})
    seen, outlook = None, None
    async with database.reading(where.company):
        whom, employee = await _employee(public)
        offered = await types.offered(employee)
        kind = next((one for one in offered if one.code == data.type), offered[0] if offered else None)
        if look and kind is not None and period is not None:
            try:
                given = _told(data, where, kind)
                seen = await on_behalf.look(employee, kind.code, period, given, by=acting(request))
                if kind.in_lots:
                    outlook = await forecast.after(employee, kind.code, period)
            except Refused as no:
                wrong, status = _wrong(request, no, employee.zone), 422
        reached = await _reached(employee)
    return await page(
        request, "people/leave_record.html", status=status, place=where.place.name, zone=employee.zone,
        company=where.place, whom=whom, employee=employee, wished=data, kind=kind, wrong=wrong, seen=seen,
        kinds={one.code: one.name(language) for one in offered}, outlook=outlook, reached=reached,
        fields={**asdict(data), "seen": drafts.mark(_marked(seen)) if seen else ""},
        today=clock.today(employee.zone), own=acting(request).name == f"person:{employee.person}",
        halves={value: phrase(f"mine.part_{value or 'whole'}", language) for value in ("", "am", "pm")},
        ways={one: phrase(f"leavedesk.way_{one}", language) for one in on_behalf.WAYS
              if one != PAPER or allowed(where.place.roles, "leave", "paper")},
        plural=plural, asked=[one.first_name for one in await _asks(where, employee, seen)] if seen else [],
        paper=bool(seen) and kind is not None and _told(data, where, kind).way == PAPER,
        days=rentang(period.starts, period.ends, language) if period else "",
        off=[
            phrase("mine.off", language, day=tanggal_pendek(day.date, language),
                   why=phrase("mine.weekend", language) if day.why == WEEKEND else day.why)
            for day in (seen.days if seen else ()) if not day.counted and day.why
        ],
    )  # fmt: skip


async def _asks(where: Standing, employee: Employee, seen: Preview) -> list[Employee]:
    """Whom the chain would ask first; nobody for what needs no yes."""
    if seen.kind.decision != types.APPROVE:
        return []
    async with database.reading(where.company):
        try:
            return list(await requests.asked_first(employee, seen))
        except Refused:
            return []
