"""One's own wishes and those of colleagues: have one, support one, see how each stands."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import clock, database
from core.errors import Refused
from core.notices import feature_requests, feature_rules
from core.notices.tables import FeatureRequest

MOST = 100
DONE = ("sent", "voted", "left")


class Wished(Struct):
    """What somebody wishes; `anyway` though there is a similar wish."""

    words: str = ""
    anyway: bool = False


class MyIdeasController(Controller):
    """`/me/ideas`."""

    path = "/me/ideas"
    guards = (requires("ideas", "own"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The open wishes, one's own, and the box for a new one."""
        return await _list(request, done=done if done in DONE else "")

    @post()
    async def wish(self, request: Web, data: URLEncodedBody[Wished]) -> Response[str]:
        """Hand a wish to HR; where there is a similar one, that is shown first."""
        where = standing(request)
        try:
            async with database.transaction(where.company):
                words = feature_requests.said(data.words, feature_requests.LONGEST)
                like = None if data.anyway else await feature_requests.alike(words)
                if like is None:
                    await feature_requests.submit(_person(request), data.words, by=acting(request))
        except Refused as no:
            told = refusal(request, no, zone_of(where))
            return await _list(request, wrong={"words": told}, typed=data, status=422)
        if like is not None:
            return await _list(request, typed=data, like=like, status=409)
        return Redirect("/me/ideas?done=sent", status_code=303)

    @post("/{public:str}/support")
    async def support(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Support a wish, and hear what becomes of it."""
        return await _vote(request, public, feature_requests.support, "voted")

    @post("/{public:str}/leave")
    async def leave(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Support it no longer."""
        return await _vote(request, public, feature_requests.leave, "left")


async def _vote(request: Web, public: str, verb: Any, done: str) -> Response[str]:
    where, person = standing(request), _person(request)
    try:
        async with database.transaction(where.company):
            row = await feature_requests.by_public(public, person=person)
            if row is None:
                raise NotFoundException
            await verb(row, person, by=acting(request))
    except Refused as no:
        return await _list(request, wrong={"": refusal(request, no, zone_of(where))}, status=409)
    return Redirect(f"/me/ideas?done={done}", status_code=303)


def _person(request: Web) -> int:
    person = standing(request).person
    assert person is not None
    return person


async def _list(
    request: Web, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Wished | None = None,
    like: str | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, person = standing(request), _person(request)
    async with database.reading(where.company):
        mine = await feature_requests.of_person(person, most=MOST)
        supported = await feature_requests.supported(person)
        shown = FeatureRequest.state.is_in(list(feature_rules.OPEN))
        every = (
            await FeatureRequest.objects().where(shown)
            .order_by(FeatureRequest.votes, FeatureRequest.id, ascending=False).limit(MOST)
        )  # fmt: skip
        similar = await feature_requests.of_number(like, person=person) if like is not None else None
    own = {row.id for row in mine}
    return await page(
        request, "portal/ideas.html", status=status, zone=zone_of(where), done=done, wrong=dict(wrong or {}),
        typed=typed or Wished(), most=feature_requests.LONGEST, similar=similar,
        mine=[(row, feature_requests.titled(row)) for row in mine],
        every=[(row, row.title or "") for row in every if row.id not in own], supported=supported,
        open_states=feature_rules.OPEN, notes=feature_rules.next_notes(clock.today(zone_of(where))),
    )  # fmt: skip
