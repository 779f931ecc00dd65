"""An employee's leave: what is left and until when, asking for it with its consequence in view, taking it back.

The verbs are those of the talk: what the form shows before sending is what the talk would say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, SkipValidation, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct
from msgspec.structs import replace

from backoffice import asker, plots, uploads
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.plots import Part, Plot
from backoffice.portal.chat import zone_of
from backoffice.portal.home import leave_of, ledger_of, recorded_of
from backoffice.rendering import page, refusal
from core import clock, database
from core import drafts as kept
from core.approvals import decisions
from core.approvals.decisions import Submitted
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.leave import documents, forecast, requests, types
from core.leave.accrual import Outlook
from core.leave.asked import numbers_of
from core.leave.policy import WEEKEND, Period
from core.leave.requests import Preview
from core.leave.tables import LeaveBalance, LeaveDay
from core.leave.wished import ReadDays
from core.people.directory import Employee
from core.phrases import bulan_pendek, hari, phrase, rentang, tanggal_pendek

LONGEST = 120
Handed = NamedDependency[SkipValidation[ReadDays]]
OPEN, IN_EFFECT = ("in_review", "returned"), ("applied",)
# What a day of the year strip is, with the class of its colour.
SHAPES = {"taken": "f-go", "ahead": "f-told", "waiting": "f-wait", "collective": "f-teak", "ends": "f-act"}


class Wished(Struct):
    """The form: which leave, from when to when; `words` are days as they are written, `read` those that were read."""

    type: str = types.ANNUAL
    starts: str = ""
    ends: str = ""
    part: str = ""
    reason: str = ""
    words: str = ""
    read: str = ""
    see: str = ""  # only to look at what it would come to


@dataclass(frozen=True)
class Seen:
    """What the wish would come to: its consequence, or why it cannot be."""

    preview: Preview | None = None
    outlook: Outlook | None = None
    wrong: str | None = None


class LeavePagesController(Controller):
    """`/me/leave`."""

    path = "/me/leave"
    guards = (requires("leave", "own"),)

    @get()
    async def show(
        self, request: Web, sent: FromQuery[str] = "", gone: FromQuery[str] = "", papers: FromQuery[str] = ""
    ) -> Response[str]:
        """The lots, the year, the requests, and every line that made the balance."""
        where, language = standing(request), asker.of(request).language
        me = where.employee
        async with database.reading(where.company):
            facts = await leave_of(me, language, recent=50)
            ledger = await ledger_of(me.id, language) if me else []
            year = await strip(me, language) if me else None
            others = await balances(me, language) if me else []
            said = await _said(me, sent, gone, papers)
            takers = [one.id for one in await documents.takers(me)] if me else []
            takes = {number for leave, number in (await numbers_of(me.id)).items() if leave in takers} if me else set()
        return await page(
            request, "portal/leave.html", ledger=ledger, zone=zone_of(where), year=year, others=others, said=said,
            takes=takes, today=clock.today(zone_of(where)), **facts,
        )  # fmt: skip

    @get("/new")
    async def wish(
        self, request: Web, type: FromQuery[str] = types.ANNUAL, starts: FromQuery[str] = "",
        ends: FromQuery[str] = "", part: FromQuery[str] = "", reason: FromQuery[str] = "",
        words: FromQuery[str] = "", read: FromQuery[str] = "", *, read_days: Handed,
    ) -> Response[str]:  # fmt: skip
        """The form, and what the wish in the address would come to."""
        wished = Wished(type, starts, ends, part, reason, words, read)
        return await _form(request, *await _said_in(request, wished, read_days))

    @post("/new")
    async def send(self, request: Web, data: URLEncodedBody[Wished], read_days: Handed) -> Response[str]:
        """Ask for it, or have it recorded where nobody has to agree; days that were just written are shown first."""
        return await _send(request, data, read_days)

    @post("/new/file", request_max_body_size=uploads.LARGEST)
    async def send_with_papers(self, request: Web, read_days: Handed) -> Response[str]:
        """The same with the papers that go with it: all of it is kept, or nothing."""
        form = await request.form()
        fields = [name for name in Wished.__struct_fields__ if name in form]
        data = Wished(**{name: uploads.typed(form.get(name)) for name in fields})
        return await _send(request, data, read_days, uploads.chosen(form, "papers"))

    @post("/{number:str}/file", request_max_body_size=uploads.LARGEST)
    async def add_papers(self, request: Web, number: FromPath[str]) -> Response[str]:
        """Put papers to leave that waits for one, or has been given one lately, as in the talk."""
        where, me, found = await _mine(request, number)
        sent = uploads.chosen(await request.form(), "papers")
        try:
            if not sent:
                raise Refused("files.empty")
            async with uploads.held(where.company, sent) as taken, database.transaction(where.company):
                leave = await requests.of_request(found)
                if leave.id not in {one.id for one in await documents.takers(me)}:
                    raise Refused("leave.document_had", starts=leave.starts, ends=leave.ends)
                for one in taken:
                    await documents.enclosed(leave, me.person, *one, actor=acting(request))
                    leave = await requests.of_request(found)
        except Refused as no:
            said = refusal(request, no, me.zone)
            return await page(request, "errors/422.html", status=422, said=said, back="/me/leave")
        return Redirect(f"/me/leave?papers={number}", status_code=303)

    @post("/{number:str}/withdraw")
    async def withdraw(self, request: Web, number: FromPath[str]) -> Response[str]:
        """Take back what nobody has decided yet."""
        where, me, found = await _mine(request, number)
        return await _done(request, where, requests.withdraw(me, found, actor=acting(request)), number)

    @post("/{number:str}/cancel")
    async def cancel(self, request: Web, number: FromPath[str]) -> Response[str]:
        """Ask to call off leave that is in effect; until somebody agrees it holds."""
        where, me, found = await _mine(request, number)
        return await _done(request, where, requests.ask_cancel(me, found, actor=acting(request)), number)


async def _mine(request: Web, number: str) -> tuple[Standing, Employee, Asked]:
    where = standing(request)
    async with database.reading(where.company):
        found = await decisions.by_number(number)
    if where.employee is None or found is None or found.employment != where.employee.id or found.kind != requests.KIND:
        raise NotFoundException
    return where, where.employee, found


async def _done(request: Web, where: Standing, verb: Any, number: str) -> Response[str]:
    try:
        await verb
    except Refused as no:
        said = refusal(request, no, where.place.zone)
        return await page(request, "errors/409.html", status=409, said=said, back="/me/leave")
    return Redirect(f"/me/leave?gone={number}", status_code=303)


async def _said(me: Employee | None, sent: str, gone: str, papers: str) -> dict[str, str] | None:
    """What the page says happened, read from the rows and not from the address."""
    named = sent or gone or papers
    found = await decisions.by_number(named) if named else None
    if found is None or me is None or found.employment != me.id or found.kind != requests.KIND:
        return None
    if papers:
        held = len(await documents.papers_of((await requests.of_request(found)).id))
        return {"number": found.number, "state": "papers", "who": str(held)} if held else None
    return {"number": found.number, "state": found.state, "who": ", ".join(await decisions.approvers_of(found))}


async def _send(
    request: Web, data: Wished, read_days: ReadDays, papers: Sequence[UploadFile] = ()
) -> Response[str]:  # fmt: skip
    where, unread = standing(request), _unread(data)
    data, wrong = await _said_in(request, data, read_days)
    me, period = where.employee, _period(data)
    if me is None:
        raise NotFoundException
    if unread or data.see:
        look = not wrong and not data.see
        return await _form(request, data, wrong, status=422 if wrong else 200, look=look, again=bool(papers))
    if period is None:
        missing = _missing(data, asker.of(request).language)
        return await _form(request, data, wrong=missing, status=422, again=bool(papers))
    try:
        async with database.reading(where.company):
            kind = next((one for one in await types.offered(me) if one.code == data.type), None)
        if kind is None:
            raise NotFoundException
        if len(papers) > documents.MOST_PAPERS:
            most = str(documents.MOST_PAPERS)
            raise Refused("leave.papers_full", most=most, starts=period.starts, ends=period.ends)
        made = await _asked(request, me, kind, period, data.reason.strip() or None, papers)
    except Refused as no:
        field = "papers" if no.key.startswith("files.") or "paper" in no.key else "starts"
        told = {field: refusal(request, no, me.zone)}
        return await _form(request, data, wrong=told, status=422, again=bool(papers))
    return Redirect(f"/me/leave?sent={made.number}", status_code=303)


async def _asked(
    request: Web, me: Employee, kind: types.Kind, period: Period, reason: str | None, papers: Sequence[UploadFile]
) -> Submitted:
    """Ask for it or record it, and put its papers to it, all or nothing."""
    async with uploads.held(me.company, papers) as taken, database.transaction(me.company):
        verb = requests.submit if kind.decision == types.APPROVE else requests.acknowledge
        made = await verb(me, kind.code, period, reason, actor=acting(request))
        found = await decisions.by_number(made.number)
        assert found is not None
        for one in taken:
            await documents.enclosed(await requests.of_request(found), me.person, *one, actor=acting(request))
        if asker.of(request).path.endswith("/file"):  # the draft of a form without files is dropped at the gate
            await kept.drop("leave/new", by=acting(request))
    return made


# -- the form ----------------------------------------------------------------------------------------------------------


def _unread(wished: Wished) -> bool:
    return bool(wished.words.strip()) and wished.words.strip() != wished.read


async def _said_in(request: Web, wished: Wished, read_days: ReadDays) -> tuple[Wished, dict[str, str]]:
    """The form with the dates that its words mean, unless they were read before: then the dates may be put right."""
    where, words = standing(request), wished.words.strip()[:LONGEST]
    me = where.employee
    if me is None or not _unread(wished):
        return wished, {}
    language = asker.of(request).language
    try:
        async with database.reading(where.company):
            kind = next((one for one in await types.offered(me) if one.code == wished.type), None)
            found = await read_days(words, me, language, kind) if kind else None
    except Refused as no:
        return wished, {"words": refusal(request, no, me.zone)}
    if found is None:
        return wished, {"words": phrase("mine.words_unread", language)}
    made = replace(
        wished, starts=found.period.starts.isoformat(), ends=found.period.ends.isoformat(),
        part=found.period.part or ("" if not found.half else wished.part), read=words,
    )  # fmt: skip
    asks_half = found.half and kind is not None and kind.halves and not made.part
    return made, {"part": phrase("mine.which_half", language)} if asks_half else {}


async def _form(
    request: Web,
    wished: Wished,
    wrong: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    look: bool = False,
    again: bool = False,
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    me, period = where.employee, _period(wished)
    async with database.reading(where.company):
        offered = await types.offered(me) if me else []
        kind = next((one for one in offered if one.code == wished.type), offered[0] if offered else None)
        seen = await _see(request, me, kind.code, period) if me and kind and period else None
    if seen is not None and seen.wrong and not wrong:
        wrong = {"starts": seen.wrong}
        status = 422 if look else status
    return await page(
        request, "portal/leave_new.html", status=status, company=where.place, me=me, zone=zone_of(where), wished=wished,
        kind=kind,
        kinds={one.code: one.name(language) for one in offered}, seen=seen, wrong=wrong or {}, look=look and not wrong,
        again=again,
        halves={value: phrase(f"mine.part_{value or 'whole'}", language) for value in ("", "am", "pm")},
        days=rentang(period.starts, period.ends, language) if period else "",
        off=[
            phrase("mine.off", language, day=tanggal_pendek(day.date, language), why=_why(day.why, language))
            for day in (seen.preview.days if seen and seen.preview else ())
            if not day.counted and day.why
        ],
    )  # fmt: skip


def _why(why: str, language: str) -> str:
    return phrase("mine.weekend", language) if why == WEEKEND else why


async def _see(request: Web, me: Employee, code: str, period: Period) -> Seen:
    try:
        found = await requests.preview(me, code, period)
    except Refused as no:
        return Seen(wrong=refusal(request, no, me.zone))
    return Seen(found, await forecast.after(me, code, period) if found.available is not None else None)


def _period(wished: Wished) -> Period | None:
    try:
        starts = date.fromisoformat(wished.starts)
        ends = date.fromisoformat(wished.ends) if wished.ends else starts
    except ValueError:
        return None
    if ends < starts:
        return None
    return Period(starts, ends, wished.part if wished.part in ("am", "pm") and starts == ends else None)


def _missing(wished: Wished, language: str) -> dict[str, str]:
    try:
        date.fromisoformat(wished.starts)
    except ValueError:
        return {"starts": phrase("mine.starts_missing", language)}
    return {"ends": phrase("mine.ends_before", language)}


# -- the year ----------------------------------------------------------------------------------------------------------


async def balances(me: Employee, language: str) -> list[str]:
    """What is left of other kinds that have a balance, and what was recorded of those that have none."""
    rows = await LeaveBalance.select(LeaveBalance.leave_type, LeaveBalance.available).where(
        (LeaveBalance.employment == me.id) & (LeaveBalance.leave_type != types.ANNUAL)
    )
    kinds = {one.code: one for one in await types.every()}
    held = [row for row in rows if row["leave_type"] not in kinds or kinds[row["leave_type"]].in_lots]
    names = {code: one.name(language) for code, one in kinds.items()}
    left = [
        phrase(
            "mine.other_balance", language, name=names.get(row["leave_type"], row["leave_type"]),
            days=hari(row["available"], language), count=1 if row["available"] == types.DAY else 2,
        )
        for row in held
    ]  # fmt: skip
    return left + [
        phrase(
            "mine.other_recorded",
            language,
            name=name,
            days=hari(quantity, language),
            count=1 if quantity == types.DAY else 2,
        )
        for name, quantity in await recorded_of(me.id, clock.today(me.zone).year, language)
    ]


async def strip(me: Employee, language: str) -> Plot:
    """The year as a row of days: taken, planned, waiting, collective."""
    today = clock.today(me.zone)
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    # Asked for without its dates: given them, SQLite goes through everybody's days of the year.
    rows = await LeaveDay.select(LeaveDay.date, LeaveDay.request, LeaveDay.taken_at).where(
        (LeaveDay.employment == me.id) & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )
    days: dict[date, Part] = {}
    for row in rows:
        if not first <= row["date"] <= last:
            continue
        name = (
            "collective" if row["request"] is None else "waiting" if row["taken_at"] is None
            else "taken" if row["date"] <= today else "ahead"
        )  # fmt: skip
        days[row["date"]] = Part(phrase(f"mine.day_{name}", language), 1, SHAPES[name])
    made = plots.year_strip(
        today.year, days, said=phrase("mine.year_said", language, number=str(len(days)), count=len(days)),
        head=(phrase("mine.year_day", language), phrase("mine.year_what", language)),
        months=[bulan_pendek(date(today.year, month, 1), language) for month in range(1, 13)],
    )  # fmt: skip
    told = [(tanggal_pendek(day, language, today=today), part.name) for day, part in sorted(days.items())]
    return Plot(made.drawing, made.head, told)
