"""Data that go, must stay, may only be kept, or are handed out: planned by one, agreed to by another."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
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
from core import database, settings
from core.audit import Actor
from core.errors import Refused
from core.people.directory import names_of
from core.phrases import phrase, tanggal
from core.privacy import certificates, erasure, erasure_plan, legal_holds, packs, restriction, whose
from core.privacy.holding_tables import AccessPack

MOST = 50
FIELD_OF = {
    "holdings.hold_basis": "basis", "holdings.hold_reason": "reason", "people.named_missing": "whose",
    "people.named_nobody": "whose", "people.named_near": "whose",
}  # fmt: skip


class Named(Struct):
    """Whom a form is about, and what else it says."""

    whose: str = ""
    basis: str = ""
    reason: str = ""


class HoldingsController(Controller):
    """`/{company}/privacy/holdings`."""

    path = "/{company:str}/privacy/holdings"
    guards = (requires("holdings", "decide"),)

    @get()
    async def show(self, request: Web, whose: FromQuery[str] = "", done: FromQuery[str] = "") -> Response[str]:
        """What is planned, held and handed out; with `whose`, what would become of their data."""
        return await _show(request, typed=Named(whose[:120]), looks=bool(whose.strip()), done=done)

    @post("/{act:str}", status_code=303)
    async def begin(self, request: Web, act: FromPath[str], data: URLEncodedBody[Named]) -> Response[str]:
        """Plan an erasure, put a hold, or have a pack made."""
        where, by = standing(request), acting(request)
        if act not in BEGIN:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                person, _ = await whose.person_of(data.whose)
                await BEGIN[act](person, data, by)
        except Refused as no:
            wrong = {FIELD_OF.get(no.key, "whose"): refusal(request, no, where.place.zone)}
            return await _show(request, typed=data, wrong=wrong, act=act, status=422)
        return Redirect(f"/{where.place.slug}/privacy/holdings?done={act}", status_code=303)

    @post("/{public:str}/{act:str}", status_code=303)
    async def do(self, request: Web, public: FromPath[str], act: FromPath[str]) -> Response[str]:
        """Agree to a plan or drop it, release a hold, lift a restriction; show a password or a secret address, once."""
        where, by = standing(request), acting(request)
        if act not in ACTS:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                told = await ACTS[act](public, by)
        except Refused as no:
            return await _show(request, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        if told is not None:
            return await _show(request, once=(act, told))
        return Redirect(f"/{where.place.slug}/privacy/holdings?done={act}", status_code=303)


async def _plan(person: int, _: Named, by: Actor) -> None:
    await erasure.propose(person, by=by)


async def _hold(person: int, data: Named, by: Actor) -> None:
    await legal_holds.put(person, data.basis, data.reason, by=by)


async def _pack(person: int, _: Named, by: Actor) -> None:
    await packs.make_pack(person, by=by)


async def _agree(public: str, by: Actor) -> None:
    await erasure.agree(public, by=by)


async def _release(public: str, by: Actor) -> None:
    await legal_holds.release(public, by=by)


async def _password(public: str, by: Actor) -> str:
    return await packs.password(public, by=by)


async def _link(public: str, by: Actor) -> str:
    return f"{settings.current().public_url}/d/{await packs.link(public, by=by)}"


BEGIN: Mapping[str, Callable[[int, Named, Actor], Awaitable[None]]] = {"plan": _plan, "hold": _hold, "pack": _pack}
ACTS: Mapping[str, Callable[[str, Actor], Awaitable[str | None]]] = {
    "agree": _agree, "drop": lambda public, by: erasure.drop(public, by=by), "release": _release,
    "lift": lambda public, by: restriction.lift(public, by=by), "password": _password, "link": _link,
}  # fmt: skip


async def _show(
    request: Web, *, typed: Named | None = None, looks: bool = False, done: str = "", act: str = "",
    wrong: Mapping[str, str] | None = None, once: tuple[str, str] | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    typed, wrong = typed or Named(), dict(wrong or {})
    async with database.reading(where.company):
        plan, planned = None, ""
        if looks:
            try:
                person, planned = await whose.person_of(typed.whose)
                plan = await erasure_plan.plan_erasure(person)
            except Refused as no:
                wrong["whose"] = refusal(request, no, where.place.zone)
        gone = await erasure.newest(MOST)
        holds, restrictions = await legal_holds.all_of(), await restriction.open_ones()
        handed: list[AccessPack] = await AccessPack.objects().order_by(AccessPack.id, ascending=False).limit(MOST)
        people = {int(row.person) for row in gone} | {int(row.person) for row in holds}
        people |= {int(row.person) for row in restrictions} | {int(row.person) for row in handed}
        named = await names_of(people)
        by = await actors.names({row.asked_by for row in gone} | {row.by for row in holds})
        runs = await certificates.newest()
    return await page(
        request, "privacy/holdings.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, typed=typed, wrong=wrong, act=act, once=once, name_of=named, by=by,
        done=done if done in (*BEGIN, *ACTS) else "", planned=planned, plan=plan,
        items=_told(plan.told(), language) if plan is not None else [],
        erasures=[(row, _told(json.loads(row.plan), language), json.loads(row.counts)) for row in gone],
        holds=[(row, legal_holds.reason_of(row)) for row in holds], restrictions=restrictions,
        packs=[(row, packs.can_be_fetched(row), packs.MOST - row.fetched) for row in handed], runs=runs,
        bases={one: phrase(f"holdings.basis_{one}", language) for one in legal_holds.BASES},
        mine=acting(request).name, most=legal_holds.LONGEST,
    )  # fmt: skip


def _told(items: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The lines of a plan in words: what the data are, what becomes of them, why they stay and until when."""

    return [
        {
            "what": phrase(f"holdings.of_{one['table']}", language), "act": one["act"], "rows": one["rows"],
            "columns": len(one["columns"]), "reason": one["reason"],
            "until": tanggal(date.fromisoformat(one["until"]), language) if one["until"] else "",
        }
        for one in items
    ]  # fmt: skip
