"""One's own requests about personal data: make one, see its clock and its answer, add to it, take it back."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, privacy_told, uploads
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.messaging import attachments
from core.privacy import corrections, deciding, erasure, erasure_told, kinds, officers, requests, way
from core.privacy.requests import Come
from core.privacy.tables import DataRequest

DONE = ("sent", "added", "withdrawn", "understood", "proof", "mine", "kept")
FIELDS = {
    "privacy.kind_needed": "kind", "privacy.words_needed": "words", "privacy.too_long": "words",
    "privacy.field_needed": "field", "privacy.value_needed": "value", "privacy.same_value": "value",
}  # fmt: skip


class Asked(Struct):
    """What somebody asks; for a correction which field, and what should stand there."""

    kind: str = ""
    words: str = ""
    field: str = ""
    value: str = ""


class MyDataRequestsController(Controller):
    """`/me/data/requests`."""

    path = "/me/data/requests"
    guards = (requires("data", "own"),)

    @get()
    async def show(self, request: Web, kind: FromQuery[str] = "", field: FromQuery[str] = "") -> Response[str]:
        """What I asked, and the form for more."""
        typed = Asked(kind if kind in kinds.KINDS else "", field=field if field in corrections.FIELDS else "")
        return await _list(request, typed=typed)

    @post()
    async def ask(self, request: Web, data: URLEncodedBody[Asked]) -> Response[str]:
        """Ask for it: its number and its deadline stand on the next page."""
        where, person = standing(request), _person(request)
        try:
            async with database.transaction(where.company):
                rewrites = data.kind in kinds.REWRITES
                if rewrites and data.field != corrections.OTHER:
                    corrections.checked(data.field, data.value)
                come = Come(kinds.PORTAL, "web", kinds.SESSION, subject=person)
                row = await requests.submit(data.kind, person, data.words, come, by=acting(request))
                if rewrites:
                    await corrections.propose(row, data.field, data.value, by=acting(request))
        except Refused as no:
            field = FIELDS.get(no.key, "value" if no.key.startswith("people.") else "")
            return await _list(request, typed=data, wrong={field: refusal(request, no, zone_of(where))}, status=422)
        return Redirect(f"/me/data/requests/{row.public}?done=sent", status_code=303)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One of them, as far as it has come."""
        return await _one(request, public, done=done if done in DONE else "")

    @post("/{public:str}/add")
    async def add(self, request: Web, public: FromPath[str], data: URLEncodedBody[Asked]) -> Response[str]:
        """Add something, or answer what the officer asks."""
        try:
            async with database.transaction(standing(request).company):
                await requests.add(await _mine(request, public), data.words, by=acting(request))
        except Refused as no:
            told = {"words": refusal(request, no, zone_of(standing(request)))}
            return await _one(request, public, wrong=told, typed=data, status=422)
        return Redirect(f"/me/data/requests/{public}?done=added", status_code=303)

    @post("/{public:str}/file", request_max_body_size=uploads.LARGEST)
    async def prove(self, request: Web, public: FromPath[str]) -> Response[str]:
        """The file that shows why the record is wrong."""
        where = standing(request)
        sent = uploads.chosen(await request.form(), "proof")
        try:
            if not sent:
                raise Refused("privacy.proof_needed")
            async with uploads.held(where.company, sent[:1]) as taken, database.transaction(where.company):
                row = await _mine(request, public)
                kept = await attachments.keep(row.person, taken[0][0], taken[0][1])
                await corrections.prove(row, kept.id, by=acting(request))
        except Refused as no:
            return await _one(request, public, wrong={"proof": refusal(request, no, zone_of(where))}, status=422)
        return Redirect(f"/me/data/requests/{public}?done=proof", status_code=303)

    @post("/{public:str}/mine")
    async def mine(self, request: Web, public: FromPath[str]) -> Response[str]:
        """It was I who asked, in the chat."""
        return await _act(request, public, requests.own_up, "mine")

    @post("/{public:str}/withdraw")
    async def withdraw(self, request: Web, public: FromPath[str]) -> Response[str]:
        """I want it no longer."""
        return await _act(request, public, requests.withdraw, "withdrawn")

    @post("/{public:str}/keep")
    async def keep(self, request: Web, public: FromPath[str]) -> Response[str]:
        """I want my data kept after all."""
        return await _act(request, public, deciding.keep, "kept")

    @post("/{public:str}/understood")
    async def understood(self, request: Web, public: FromPath[str]) -> Response[str]:
        """I have read the answer."""
        return await _act(request, public, deciding.understood, "understood")


async def _act(request: Web, public: str, verb: Any, done: str) -> Response[str]:
    try:
        async with database.transaction(standing(request).company):
            await verb(await _mine(request, public), by=acting(request))
    except Refused as no:
        told = {"": refusal(request, no, zone_of(standing(request)))}
        return await _one(request, public, wrong=told, status=409)
    return Redirect(f"/me/data/requests/{public}?done={done}", status_code=303)


def _person(request: Web) -> int:
    person = standing(request).person
    assert person is not None
    return person


async def _mine(request: Web, public: str) -> DataRequest:
    row = await requests.by_public(public, person=_person(request))
    if row is None:
        raise NotFoundException
    return row


async def _list(
    request: Web, *, typed: Asked, wrong: Mapping[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        mine = await requests.of_person(_person(request))
        officer = await officers.any_officer(_person(request))
    clocks = {row.id: privacy_told.ticking(row.to_dict(), zone_of(where), language) for row in mine}
    return await page(
        request, "portal/data_requests.html", status=status, mine=mine, clocks=clocks, typed=typed,
        wrong=dict(wrong or {}), kinds=kinds.KINDS, fields=corrections.FIELDS, most=requests.LONGEST,
        article_of=kinds.ARTICLE, zone=zone_of(where), officer=officer,
    )  # fmt: skip


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Asked | None = None,
    status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await _mine(request, public)
        told = await privacy_told.told(row, language, zone_of(where), acting(request))
        waiting = await erasure.waiting_for(row.public)
    going = erasure_told.goes(waiting, language) if waiting else ()
    staying = erasure_told.stays(waiting, language) if waiting else ()
    return await page(
        request, "portal/data_request.html", status=status, one=told, done=done, wrong=dict(wrong or {}),
        typed=typed or Asked(), most=requests.LONGEST, open_states=way.OPEN, outcomes=way.OUTCOMES,
        rewrites=row.kind in kinds.REWRITES, zone=zone_of(where), waiting=waiting, going=going, staying=staying,
    )  # fmt: skip
