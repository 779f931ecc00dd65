"""Deciding in the browser: the same cards as in the chat, the same verb behind them."""

from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import Standing, requires, standing
from backoffice.rendering import MOST_NUMBER, page, refusal
from core import database
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.approvals import decisions, steps
from core.approvals.kinds import IN_REVIEW, VERDICTS, described, verdict_of
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.people import directory

WEB = "web"
MOST_OTHERS, MOST_DECIDED = 20, 10
TOO_LATE = ("approvals.decided_already", "approvals.decided_by_you", "approvals.withdrawn_already", "approvals.stale")


class Given(Struct):
    """A verdict as the form sends it, with the version of the card it was given on."""

    verdict: str = ""
    version: Annotated[int, Meta(ge=0, le=MOST_NUMBER)] = 0
    reason: str = ""


class ApprovalsController(Controller):
    """What waits for a decision in this company."""

    path = "/{company:str}/approvals"
    guards = (requires("approvals", "decide"),)

    @get()
    async def inbox(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The cards that wait for this person, then what waits for others and what was decided."""
        return await _inbox(request, done=done)

    @get("/news")
    async def news(self, request: Web, seen: FromQuery[str] = "") -> Response[str]:
        """A line when other cards wait than those on the page, which is never changed under anybody's hands."""
        where = standing(request)
        async with database.reading(where.company):
            now = _mark(await decisions.waiting_for(where.person or 0))
        if now == seen:
            return Response("", status_code=204)
        return await page(request, "_parts/news.html", framed=False, company=where.place)

    @post("/{public:str}")
    async def decide(self, request: Web, public: FromPath[str], data: URLEncodedBody[Given]) -> Response[str]:
        """Give a verdict, once; say so when somebody was faster, and ask for the reason when it is missing."""
        where = standing(request)
        here = f"/{where.place.slug}/approvals"
        async with database.reading(where.company):
            asked = await decisions.by_public(public)
        if asked is None or data.verdict not in VERDICTS:
            raise NotFoundException
        try:
            await decisions.decide(
                asked, data.verdict, reason=data.reason, person=where.person or 0, version=data.version, channel=WEB
            )
        except Refused as no:
            said = refusal(request, no, where.place.zone)
            if no.key in TOO_LATE:
                return await page(request, "errors/409.html", status=409, said=said, back=here)
            if no.key in ("approvals.not_yours", "approvals.own_request"):
                raise PermissionDeniedException(said) from None
            return await _inbox(request, wrong={"public": public, "text": said}, status=422)
        return Redirect(f"{here}?done={public}", status_code=303)


async def _inbox(
    request: Web, *, done: str = "", wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        waiting = await decisions.waiting_for(where.person or 0)
        mine = [await _card(one, language) for one in waiting]
        others = await _others(where, {card["number"] for card in mine}, language)
        decided = await _decided(where, language)
        just = await _just(done)
    return await page(
        request, "approvals/inbox.html", status=status, place=where.place.name, zone=where.place.zone,
        company=where.place, seen=_mark(waiting), mine=mine, others=others, decided=decided, done=just, wrong=wrong,
    )  # fmt: skip


def _mark(waiting: Sequence[Asked]) -> str:
    """What the page shows, by number and version, to be compared later."""
    return ".".join(f"{one.number}v{one.version}" for one in waiting)


async def _card(one: Asked, language: str) -> dict[str, Any]:
    told = (await described([one], language))[one.id]
    step = await steps.current(one)
    assert step is not None
    return {
        "public": one.public, "number": one.number, "version": one.version, "title": told.title, "what": told.what,
        "reason": told.reason, "effect": told.effect, "submitted_at": one.submitted_at,
        "escalate_at": step.escalate_at, "escalated_at": step.escalated_at,
        "asker": (await directory.employee(one.employment)).first_name,
    }  # fmt: skip


async def _others(where: Standing, mine: set[str], language: str) -> list[dict[str, Any]]:
    """What waits for somebody else; only administrators see it."""
    if where.place.roles.isdisjoint((SUPER, ADMINISTRATOR)):
        return []
    found = []
    for one in await Asked.objects().where(Asked.state == IN_REVIEW).order_by(Asked.id).limit(MOST_OTHERS):
        if one.number not in mine:
            told = (await described([one], language))[one.id]
            found.append(
                {"number": one.number, "title": told.title, "what": told.what,
                 "approvers": ", ".join(await decisions.approvers_of(one))}
            )  # fmt: skip
    return found


async def _decided(where: Standing, language: str) -> list[dict[str, Any]]:
    """What was decided last: by this person, or by anybody for administrators."""
    everything = not where.place.roles.isdisjoint((SUPER, ADMINISTRATOR))
    found = []
    for one in (
        await Asked.objects()
        .where(Asked.state.is_in(["applied", "rejected"]))
        .order_by(Asked.id, ascending=False)
        .limit(50)
    ):
        given = await verdict_of(one)
        if given is not None and (everything or given.person == where.person):
            told = (await described([one], language))[one.id]
            found.append({"number": one.number, "title": told.title, "state": one.state, "verdict": given})
        if len(found) == MOST_DECIDED:
            break
    return found


async def _just(public: str) -> dict[str, str] | None:
    """What the page says happened, read from the rows and not from the address."""
    asked = await decisions.by_public(public) if public else None
    given = await verdict_of(asked) if asked is not None else None
    if asked is None or given is None:
        return None
    name = (await directory.employee(asked.employment)).first_name
    return {"verdict": given.verdict, "number": asked.number, "name": name}
