"""One person's leave: every lot, why the balance is what it is, and days paid out instead of taken."""

import re
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asked import rows_of
from backoffice.asker import Web
from backoffice.controllers.person import whom_of
from backoffice.guards import acting, requires, standing
from backoffice.portal.home import ledger_of
from backoffice.rendering import page, refusal
from core import database
from core.accounts.roles import allowed
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.leave import lots, on_behalf, payout, types
from core.leave.payout import Look
from core.leave.requests import KIND
from core.leave.tables import LeaveBatch
from core.leave.told import plural
from core.people import directory

DONE = ("paid", "unpaid", "entered", "paper", "taken_out", "asked_out")
NUMBER = re.compile(r"[A-Z]-\d{1,9}")
MOST_ASKED = 20


class Wished(Struct):
    """The form: of which kind, how many days as typed, why; `seen` is the balance that was looked at."""

    kind: str = types.ANNUAL
    days: str = ""
    why: str = ""
    seen: int = 0
    sure: str = ""


class BalancesController(Controller):
    """`/{company}/people/{public}/leave`."""

    path = "/{company:str}/people/{public:str}/leave"

    @get(guards=[requires("leave", "read")])
    async def show(
        self, request: Web, public: FromPath[str], done: FromQuery[str] = "", of: FromQuery[str] = ""
    ) -> Response[str]:
        """The lots, the lines behind them, what was asked for or recorded, and what was paid out."""
        number = of if NUMBER.fullmatch(of) else ""
        return await _show(request, public, done=done if done in DONE else "", number=number)

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
                quantity = _quantity(data.days)
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


def _quantity(told: str) -> int:
    try:
        return types.thousandths(told)
    except ValueError:
        raise Refused("leave.payout_days") from None


async def _show(
    request: Web, public: str, *, wished: Wished | None = None, seen: Look | None = None,
    wrong: dict[str, str] | None = None, done: str = "", number: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        whom = await whom_of(public)
        kinds = [one for one in await types.all() if one.in_lots]
        stocks: list[dict[str, Any]] = []
        for kind in kinds:
            mine = await payout.payable(whom.spell.id, kind)
            if mine or kind.code == types.ANNUAL:
                left = await lots.balance(whom.spell.id, kind.code)
                stocks.append({"kind": kind.name(language), "code": kind.code, "left": left, "lots": mine})
        ledger = await ledger_of(whom.spell.id, language)
        paid = await payout.of(whom.spell.id)
        asked = (
            await Asked.select()
            .where((Asked.employment == whom.spell.id) & (Asked.kind == KIND))
            .order_by(Asked.id, ascending=False)
            .limit(MOST_ASKED)
        )
        rows = await rows_of(asked, language)
        entered = await on_behalf.of([row["id"] for row in rows])
        here = await directory.at_work(whom.spell.id) is not None
    return await page(
        request, "people/leave.html", status=status, place=where.place.name, zone=whom.zone, company=where.place,
        whom=whom, stocks=stocks, ledger=ledger, paid=paid, seen=seen, wished=wished or Wished(), wrong=wrong or {},
        done=done, number=number, rows=rows, entered=entered, here=here,
        records=allowed(where.place.roles, "leave", "record"), papers=allowed(where.place.roles, "leave", "paper"),
        looks=allowed(where.place.roles, "approvals", "decide") and allowed(where.place.roles, "reports", "read"),
        own=acting(request).name == f"person:{whom.person.id}", plural=plural,
        names={one.code: one.name(language) for one in kinds},
        may=allowed(where.place.roles, "leave", "pay_out"), payable=any(one.most for s in stocks for one in s["lots"]),
    )  # fmt: skip
