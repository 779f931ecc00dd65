"""One person's leave: every lot, why the balance is what it is on any day, put right by hand, paid out instead."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker
from backoffice.asked import rows_of
from backoffice.asker import Web
from backoffice.controllers.people import date_of
from backoffice.controllers.person import Whom, whom_of
from backoffice.dates import day_of
from backoffice.guards import acting, requires, standing
from backoffice.portal.home import LineShown, ledger_of, recorded_of
from backoffice.rendering import page, refusal
from core import clock, database
from core.accounts.roles import allowed
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.leave import adjusting, forecast, lots, on_behalf, payout, stands_again, types
from core.leave.accrual import Outlook
from core.leave.requests import KIND
from core.leave.tables import LeaveBatch, LeaveRequest, Lot
from core.leave.told import plural
from core.leave.types import Kind
from core.people import directory
from core.phrases import hari, phrase, tanggal, tanggal_pendek

FURTHEST = timedelta(days=2 * 366)  # how far ahead a balance may be asked for
FIELD_OF = {"adjust_why": "why", "adjust_lot": "lot", "adjust_from_lot": "lot", "adjust_until": "valid_to",
            "not_a_date": "valid_to", "adjust_changed": "", "adjust_own": ""}  # fmt: skip
DONE = ("paid", "unpaid", "adjusted", "unadjusted", "entered", "paper", "taken_out", "asked_out")
NUMBER = re.compile(r"[A-Z]-\d{1,9}")
MOST_ASKED = 20


class Wished(Struct):
    """The form: of which kind, how many days as typed, why; `seen` is the balance that was looked at."""

    kind: str = types.ANNUAL
    days: str = ""
    why: str = ""
    seen: int = 0
    sure: str = ""


class Corrected(Struct):
    """The form: which days (`lot` is a lot, or `new:` and a kind), more or fewer, how many, until when, why."""

    lot: str = ""
    way: str = "more"
    days: str = ""
    valid_to: str = ""
    why: str = ""
    seen: int = 0
    sure: str = ""


class BalancesController(Controller):
    """`/{company}/people/{public}/leave`."""

    path = "/{company:str}/people/{public:str}/leave"

    @get(guards=[requires("leave", "read")])
    async def show(self, request: Web, public: FromPath[str]) -> Response[str]:
        """The lots, the lines behind them on any day, what was asked for or recorded, put right and paid out."""
        return await _show(request, public)

    @post("/adjust", guards=[requires("leave", "correct")])
    async def adjust(self, request: Web, public: FromPath[str], data: URLEncodedBody[Corrected]) -> Response[str]:
        """Show what a correction would do; with `sure`, make it."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                whom = await whom_of(public)
                kind, lot = await _lot_of(whom, data.lot)
                quantity = _quantity(data.days, "leave.adjust_days", whole=data.way == "less")
                adjusting.reason_of(data.why)
                until = day_of(data.valid_to) if lot is None else None
                if data.sure:
                    await adjusting.adjust(
                        whom.spell.id, kind, quantity, data.why, lot=lot, valid_to=until, seen=data.seen,
                        actor=acting(request),
                    )  # fmt: skip
                else:
                    looked = await adjusting.look(whom.spell.id, kind, quantity, lot=lot, valid_to=until)
        except Refused as no:
            wrong = {FIELD_OF.get(no.key.partition(".")[2], "days"): refusal(request, no, where.place.zone)}
            return await _show(request, public, corrected=data, bad=wrong, status=422)
        if not data.sure:
            return await _show(request, public, corrected=data, looked=looked)
        return Redirect(f"/{where.place.slug}/people/{public}/leave?done=adjusted", status_code=303)

    @post("/adjust/{batch:str}/undo", guards=[requires("leave", "correct")])
    async def unadjust(self, request: Web, public: FromPath[str], batch: FromPath[str]) -> Response[str]:
        """Take a correction back."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                whom = await whom_of(public)
                if batch not in {one.public for one in await adjusting.of(whom.spell.id)}:
                    raise NotFoundException
                found = await LeaveBatch.objects().get(LeaveBatch.public == batch)
                assert found is not None
                await adjusting.undo(found, actor=acting(request))
        except Refused as no:
            return await _show(request, public, bad={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/people/{public}/leave?done=unadjusted", status_code=303)

    @post("/payout", guards=[requires("leave", "pay_out")])
    async def pay(self, request: Web, public: FromPath[str], data: URLEncodedBody[Wished]) -> Response[str]:
        """Show what paying out would do; with `sure`, do it."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                whom = await whom_of(public)
                kind = next((one for one in await types.all() if one.code == data.kind and one.in_lots), None)
                if kind is None:
                    raise NotFoundException
                quantity = _quantity(data.days, "leave.payout_days")
                payout.reason_of(data.why)
                if data.sure:
                    await payout.pay(whom.spell.id, kind, quantity, data.why, seen=data.seen, actor=acting(request))
                else:
                    seen = await payout.look(whom.spell.id, kind, quantity)
        except Refused as no:
            where_wrong = "why" if no.key == "leave.payout_why" else "days"
            wrong = {where_wrong: refusal(request, no, where.place.zone)}
            return await _show(request, public, wished=data, wrong=wrong, status=422)
        if not data.sure:
            return await _show(request, public, wished=data, seen=seen)
        return Redirect(f"/{where.place.slug}/people/{public}/leave?done=paid", status_code=303)

    @post("/payout/{batch:str}/undo", guards=[requires("leave", "pay_out")])
    async def undo(self, request: Web, public: FromPath[str], batch: FromPath[str]) -> Response[str]:
        """Put the days of a payment back."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                whom = await whom_of(public)
                if batch not in {one.public for one in await payout.of(whom.spell.id)}:
                    raise NotFoundException
                found = await LeaveBatch.objects().get(LeaveBatch.public == batch)
                assert found is not None
                await payout.undo(found, actor=acting(request))
        except Refused as no:
            return await _show(request, public, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/people/{public}/leave?done=unpaid", status_code=303)


def _quantity(told: str, wrong: str, *, whole: bool = False) -> int:
    """So many thousandths of a day; with `whole`, so many less."""
    try:
        quantity = types.thousandths(told)
    except ValueError:
        raise Refused(wrong) from None
    if quantity <= 0:
        raise Refused(wrong)
    return -quantity if whole else quantity


async def _lot_of(whom: Whom, told: str) -> tuple[Kind, int | None]:
    """The kind and the lot that a choice names; no lot for days of their own."""
    kinds = {one.code: one for one in await types.all() if one.in_lots}
    code, lot = told.removeprefix("new:"), None
    if code == told:
        row = None
        if told.isascii() and told.isdigit() and len(told) < 10:
            row = await Lot.select(Lot.id, Lot.leave_type).where(
                (Lot.id == int(told)) & (Lot.employment == whom.spell.id)
            ).first()  # fmt: skip
        if row is None:
            raise Refused("leave.adjust_lot")
        code, lot = row["leave_type"], int(row["id"])
    if code not in kinds:
        raise Refused("leave.adjust_lot")
    return kinds[code], lot


@dataclass(frozen=True)
class AsOf:
    """A balance on a day: behind us, today, or ahead as far as it is known; with the lines that made it."""

    kind: Kind
    on: date
    left: int
    lines: Sequence[LineShown]
    ahead: Sequence[str]  # of a day ahead: what is there now, and what comes and goes until then


async def _as_of(whom: Whom, asked: Mapping[str, str], kinds: Sequence[Kind], language: str) -> AsOf:
    """The balance that the address asks for."""
    today = clock.today(whom.zone)
    kind = next((one for one in kinds if one.code == asked.get("kind")), None) or await types.of(types.ANNUAL)
    on = min(date_of(str(asked.get("on", ""))) or today, today + FURTHEST)
    lines = await ledger_of(whom.spell.id, language, kind.code, on)
    employee = await directory.at_work(whom.spell.id)
    if on > today and employee is not None:
        try:
            ahead = await forecast.at(employee, kind.code, on)
        except Refused:  # days that no lot pays for yet stand in the way of looking further
            on = today
        else:
            return AsOf(kind, on, ahead.left, lines, _moved(ahead, language))
    return AsOf(kind, min(on, today), sum(line.quantity for line in lines), lines, ())


def _moved(ahead: Outlook, language: str) -> list[str]:
    """What makes a forecast, in lines that add up to it; the collective days of a year as one."""
    sums: dict[tuple[str, date], int] = {}
    for one in ahead.moved:
        reason = (one.what, one.on.replace(month=1, day=1) if one.what == "collective" else one.on)
        sums[reason] = sums.get(reason, 0) + one.quantity
    told = []
    for (what, on), quantity in sums.items():
        days = hari(quantity, language) if what == "now" or quantity < 0 else f"+{hari(quantity, language)}"
        when = {"year": str(on.year)} if what == "collective" else {"on": tanggal(on, language)}
        told.append(phrase(f"leave.figure_{what}", language, days=days, **({} if what == "now" else when)))
    return told


async def _show(
    request: Web, public: str, *, wished: Wished | None = None, seen: payout.Look | None = None,
    wrong: dict[str, str] | None = None, corrected: Corrected | None = None, looked: adjusting.Look | None = None,
    bad: dict[str, str] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    asked_for = request.query_params
    done, number = str(asked_for.get("done", "")), str(asked_for.get("of", ""))
    async with database.reading(where.company):
        whom = await whom_of(public)
        kinds = [one for one in await types.all() if one.in_lots]
        stocks: list[dict[str, Any]] = []
        for kind in kinds:
            mine = await payout.payable(whom.spell.id, kind)
            if mine or kind.code == types.ANNUAL:
                left = await lots.balance(whom.spell.id, kind.code)
                stocks.append({"kind": kind.name(language), "code": kind.code, "left": left, "lots": mine})
        then = await _as_of(whom, asked_for, kinds, language)
        recorded = await recorded_of(whom.spell.id, then.on.year, language)
        paid, adjusted = await payout.of(whom.spell.id), await adjusting.of(whom.spell.id)
        asked = (
            await Asked.select()
            .where((Asked.employment == whom.spell.id) & (Asked.kind == KIND))
            .order_by(Asked.id, ascending=False)
            .limit(MOST_ASKED)
        )
        rows = await rows_of(asked, language)
        entered = await on_behalf.of([row["id"] for row in rows])
        names_of = await actors.names({one.by for one in adjusted})
        again = await _again(asked, number, language) if done == "taken_out" else ""
        here = await directory.at_work(whom.spell.id) is not None
    may = {name: allowed(where.place.roles, "leave", name) for name in ("pay_out", "correct", "record", "paper")}
    own = acting(request).name == f"person:{whom.person.id}"
    return await page(
        request, "people/leave.html", status=status, place=where.place.name, zone=whom.zone, company=where.place,
        whom=whom, stocks=stocks, then=then, today=clock.today(whom.zone), recorded=recorded, paid=paid, seen=seen,
        wished=wished or Wished(), wrong=wrong or {}, done=done if done in DONE else "", rows=rows, entered=entered,
        number=number if NUMBER.fullmatch(number) else "", here=here, may=may, again=again, own=own, plural=plural,
        looks=allowed(where.place.roles, "approvals", "decide") and allowed(where.place.roles, "reports", "read"),
        names={one.code: one.name(language) for one in kinds}, adjusted=adjusted, names_of=names_of, bad=bad or {},
        looked=looked, corrected=corrected or Corrected(), lots_of=_choices(stocks, kinds, language),
        payable=any(one.most for s in stocks for one in s["lots"]),
    )  # fmt: skip


async def _again(asked: Sequence[Mapping[str, Any]], number: str, language: str) -> str:
    """What became of leave that had given way to the record which was taken back just now."""
    subject = next((row["subject"] for row in asked if row["number"] == number), 0)
    leave = await LeaveRequest.objects().where(LeaveRequest.id == subject).first()
    return "" if leave is None else stands_again.words(await stands_again.of(leave), language)


def _choices(stocks: Sequence[Mapping[str, Any]], kinds: Sequence[Kind], language: str) -> dict[str, str]:
    """The lots that may be put right, in words, and for each kind days of their own."""
    found = {}
    for stock in stocks:
        for one in stock["lots"]:
            found[str(one.lot)] = phrase(
                "leavedesk.adjust_lot", language, kind=stock["kind"], day=tanggal_pendek(one.valid_to, language),
                lot=phrase(f"leavedesk.lot_{one.origin}", language, year=str(one.year)), left=hari(one.left, language),
            )  # fmt: skip
    return found | {
        f"new:{kind.code}": phrase("leavedesk.adjust_new", language, kind=kind.name(language)) for kind in kinds
    }
