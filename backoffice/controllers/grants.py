"""How somebody of the operator comes to look into a company: asked for at the operator's desk, given by the company."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.accounts import grants, operators
from core.accounts.roles import allowed
from core.accounts.tables import OperatorGrant
from core.audit import AuditEntry
from core.errors import Refused
from core.messaging import grant_notices

DONE = ("given", "ended", "declined", "asked")
MOST_PAGES = 30
MOST_COMPANIES = 50


class Asked(Struct):
    """Why somebody wants to look, and for how many minutes."""

    reason: str = ""
    minutes: int = grants.LENGTHS[0]


@dataclass(frozen=True)
class Shown:
    """A grant as the company reads it."""

    row: OperatorGrant
    state: str
    who: str
    reason: str
    by: str  # who gave it
    ended: str  # who ended or declined it
    looked: list[tuple[datetime, str]]  # what was opened under it, the newest first


class OperatorAccessController(Controller):
    """`/{company}/operator`: who of the operator may look in, and who did."""

    path = "/{company:str}/operator"
    guards = (requires("grants", "read"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What is asked for, what is open, what was; and each page that was opened."""
        return await _access(request, done=done if done in DONE else "")

    @post("/{public:str}/give", guards=[requires("grants", "give")])
    async def give(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Let somebody look, from now on and until the time is over."""
        return await _answer(request, public, lambda row: grants.give(row, by=acting(request)), "given")

    @post("/{public:str}/end", guards=[requires("grants", "end")])
    async def end(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Let them look no longer, or not at all."""
        return await _answer(request, public, lambda row: grants.end(row, by=acting(request)), "ended")


class CompaniesController(Controller):
    """`/operator/companies`: the companies of this installation, by name alone."""

    path = "/{company:str}/companies"
    guards = (requires("companies", "read"),)

    @get()
    async def show(self, request: Web, q: FromQuery[str] = "", after: FromQuery[str] = "") -> Response[str]:
        """The companies, and which of them lets whoever asks look in now."""
        where, account = standing(request), _account(request)
        found = await operators.customers(account, like=q[:120], after=after[:120], most=MOST_COMPANIES + 1)
        rows = [(one, *_now(one.grants)) for one in found[:MOST_COMPANIES]]
        return await page(
            request, "operator/companies.html", place=where.place.name, zone=where.zone, company=where.place, rows=rows,
            q=q[:120], further=found[MOST_COMPANIES - 1].name if len(found) > MOST_COMPANIES else "",
        )  # fmt: skip

    @get("/{slug:str}")
    async def one(self, request: Web, slug: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One company: what was asked of it, and the form that asks."""
        return await _company(request, slug, done=done if done in DONE else "")

    @post("/{slug:str}/ask", guards=[requires("grants", "ask")])
    async def ask(self, request: Web, slug: FromPath[str], data: URLEncodedBody[Asked]) -> Response[str]:
        """Ask its Super Administrator to be let in, with a reason."""
        where, account = standing(request), _account(request)
        try:
            found = await operators.customer(slug)
        except LookupError:
            raise NotFoundException from None
        by = grants.actor(account)
        try:
            async with database.transaction(found.id):
                row = await grants.ask(account, data.reason, data.minutes, by=by)
                names = await actors.names([by.name])
                await grant_notices.asked(row, who=names[by.name])
        except Refused as no:
            field = "minutes" if no.key == "grants.no_such_length" else "reason"
            return await _company(
                request, slug, wrong={field: refusal(request, no, where.zone)}, typed=data, status=422
            )
        return Redirect(f"/{where.place.slug}/companies/{slug}?done=asked", status_code=303)


async def _access(request: Web, *, done: str = "", wrong: str = "", status: int = 200) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        rows = await grants.all_of_them()
        told = [grants.actor(one.account).name for one in rows]
        told += [one for row in rows for one in (row.given_by, row.ended_by) if one]
        names, opened = await actors.names(told), await _looked([int(one.id) for one in rows])
        shown = [
            Shown(
                one, grants.state(one), names.get(grants.actor(one.account).name, ""), grants.reason_of(one),
                names.get(one.given_by or "", ""), names.get(one.ended_by or "", ""), opened.get(int(one.id), []),
            )
            for one in rows
        ]  # fmt: skip
    return await page(
        request, "operator/access.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        standing=[one for one in shown if one.state in ("asked", "open")], done=done, wrong=wrong,
        past=[one for one in shown if one.state not in ("asked", "open")],
        may_give=allowed(where.place.roles, "grants", "give"), may_end=allowed(where.place.roles, "grants", "end"),
    )  # fmt: skip


async def _looked(numbers: list[int]) -> dict[int, list[tuple[datetime, str]]]:
    """The pages that were opened under these grants, the newest first."""
    found: dict[int, list[tuple[datetime, str]]] = {}
    for number in numbers[:10]:
        rows = (
            await AuditEntry.select(AuditEntry.at, AuditEntry.meta)
            .where((AuditEntry.object == f"grant:{number}") & (AuditEntry.action == "grant.looked"))
            .order_by(AuditEntry.seq, ascending=False)
            .limit(MOST_PAGES)
        )
        found[number] = [(row["at"], json.loads(row["meta"])["page"]) for row in rows]
    return found


async def _answer(
    request: Web, public: str, act: Callable[[OperatorGrant], Awaitable[Any]], done: str
) -> Response[str]:  # fmt: skip
    where = standing(request)
    try:
        async with database.transaction(where.company):
            try:
                row = await grants.by_public(public)
            except LookupError:
                raise NotFoundException from None
            done = "declined" if done == "ended" and row.given_at is None else done
            await act(row)
    except Refused as no:
        return await _access(request, wrong=refusal(request, no, where.zone), status=409)
    return Redirect(f"/{where.place.slug}/operator?done={done}", status_code=303)


async def _company(
    request: Web, slug: str, *, done: str = "", wrong: dict[str, str] | None = None, typed: Asked | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, account = standing(request), _account(request)
    try:
        found = await operators.customer(slug)
    except LookupError:
        raise NotFoundException from None
    async with database.reading(found.id):
        rows = [(one, grants.state(one), grants.reason_of(one)) for one in await grants.of_account(account)]
    return await page(
        request, "operator/company.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        one=found, rows=rows, lengths=grants.LENGTHS, done=done, wrong=wrong or {}, typed=typed or Asked(),
        may_ask=not any(state in ("asked", "open") for _, state, _ in rows),
        open_now=next((row for row, state, _ in rows if state == "open"), None),
    )  # fmt: skip


def _now(rows: Any) -> tuple[str, datetime | None]:
    """Where it stands with a company now: nothing | asked | open, and until when."""
    for row in rows:
        state = grants.state(row)
        if state in ("asked", "open"):
            return state, row.until
    return "", None


def _account(request: Web) -> int:
    signed = asker.of(request).signed
    assert signed is not None
    return signed.account


CONTROLLERS: tuple[type[Controller], ...] = (OperatorAccessController, CompaniesController)
