"""Deciding in the browser: the same cards as in the chat, the same verb behind them, one at a time or many at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker, bulk, plots, waits
from backoffice.asker import Web
from backoffice.bulk import WEB, Ticked
from backoffice.guards import Standing, requires, standing
from backoffice.rendering import MOST_NUMBER, After, page, refusal, says
from core import clock, database
from core.accounts.roles import ADMINISTRATOR, SUPER
from core.approvals import above, chains, decisions, waiting
from core.approvals.cards import seats_in_words, seats_of
from core.approvals.kinds import (
    APPROVE,
    REJECT,
    UNDECIDED,
    VERDICTS,
    Described,
    answers_of,
    called,
    described,
    is_settled,
    subjects,
    undoing,
)
from core.approvals.rules import ANY
from core.approvals.tables import Decision, Step, StepApprover
from core.approvals.tables import Request as Asked
from core.errors import Refused
from core.people import directory
from core.people.directory import Employee
from core.phrases import angka

PAGE, MOST_OTHERS, MOST_DECIDED = 20, 20, 10
TOO_LATE = (
    "approvals.decided_already", "approvals.undo_decided_already", "approvals.decided_by_you",
    "approvals.withdrawn_already", "approvals.stale", "approvals.stale_elsewhere",
    "approvals.over_already", "approvals.moved", "approvals.not_yet",
)  # fmt: skip
MOST_TOLD = 50  # of what was decided at once
# The ages of what waits, in days: up to and with this one.
AGES = (
    (1, "one", "f-calm"), (2, "two", "f-calm"), (5, "five", "f-wait"), (10, "ten", "f-wait"), (10_000, "more", "f-act"),
)  # fmt: skip


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
    async def inbox(self, request: Web, done: FromQuery[str] = "", after: After = 0) -> Response[str]:
        """The cards that wait for this person, then what waits for others and what was decided."""
        return await _inbox(request, done=done, after=after)

    @get("/news")
    async def news(self, request: Web, seen: FromQuery[str] = "") -> Response[str]:
        """A line when other cards wait than those on the page, which is never changed under anybody's hands."""
        where = standing(request)
        async with database.reading(where.company):
            now = _mark(await waiting.waiting_for(where.decides or 0, limit=PAGE))
        if now == seen:
            return Response("", status_code=204)
        return await page(request, "_parts/news.html", framed=False, company=where.place)

    @post("/bulk")
    async def decide_all(self, request: Web, data: URLEncodedBody[Ticked]) -> Response[str]:
        """Decide what was ticked, each by itself: what a rule refuses stays ticked, with its reason."""
        where = standing(request)
        if data.verdict not in (APPROVE, REJECT):
            raise NotFoundException
        if data.lacks_reason and data.items:
            return await _inbox(request, many=data, status=422)
        given = await bulk.decide(request, data.items, data.verdict, data.reason)
        done = ".".join(given.done)
        if given.refused or not data.items:
            return await _inbox(request, done=done, answers=given.refused, many=data, status=422)
        return Redirect(f"/{where.place.slug}/approvals?done={done}", status_code=303)

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
                asked, data.verdict, reason=data.reason, person=where.decides or 0, version=data.version, channel=WEB
            )
        except Refused as no:
            said = refusal(request, no, where.zone)
            if no.key in TOO_LATE:
                return await page(request, "errors/409.html", status=409, said=said, back=here)
            if no.key in ("approvals.not_yours", "approvals.own_request"):
                raise PermissionDeniedException(said) from None
            wrong = {"public": public, "text": said, "verdict": data.verdict, "reason": data.reason}
            return await _inbox(request, wrong=wrong, status=422)
        return Redirect(f"{here}?done={public}", status_code=303)


async def _inbox(
    request: Web, *, done: str = "", after: int = 0, wrong: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None, many: Ticked | None = None, status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    everything = not where.place.roles.isdisjoint((SUPER, ADMINISTRATOR))
    async with database.reading(where.company):
        found, count = await waits.first(request, where.company, where.decides or 0, limit=PAGE + 1, after=after)
        mine = await cards_of(found[:PAGE], where, language)
        others = await _others({card["number"] for card in mine}, language) if everything else []
        decided = await _decided(where.decides or 0, language, everything=everything)
        just = await told_of(done)
        ages = await _ages(request, where.decides or 0, everything=everything)
    return await page(
        request, "approvals/inbox.html", status=status, place=where.place.name, zone=where.zone,
        company=where.place, seen=_mark(found[:PAGE]), mine=mine, count=count, others=others, decided=decided,
        done=just, wrong=wrong, answers=answers or {}, many=many, ages=ages,
        further=found[PAGE - 1].id if len(found) > PAGE else None, everything=everything,
    )  # fmt: skip


def _mark(found: Sequence[Asked]) -> str:
    """What the page shows, by number and version, to be compared later."""
    return ".".join(f"{one.number}v{one.version}" for one in found)


async def cards_of(found: Sequence[Asked], where: Standing, language: str) -> list[dict[str, Any]]:
    """The cards of these requests, in a fixed number of queries however many there are."""
    told = await described(found, language)
    open_now = await waiting.open_steps(found)
    levels = await _levels(found)
    rows = await StepApprover.select().where(
        StepApprover.step.is_in([one.id for one in open_now.values()] or [0]) & StepApprover.ended_at.is_null()
    )
    of_step: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        of_step.setdefault(row["step"], []).append(row)
    askers = {one.id: one for one in await directory.several({one.employment for one in found})}
    seats = await seats_of([one.id for one in open_now.values() if one.mode != ANY])
    heads = await _above(where.decides or 0, found, open_now, of_step, askers)
    return [
        _card(
            one, told[one.id], open_now[one.id], of_step.get(open_now[one.id].id, []), levels.get(one.id, 1),
            where.decides,
        )
        | {
            "asker": askers[one.employment].first_name, "heads": heads[one.id],
            "seats": seats_in_words(
                open_now[one.id].mode, open_now[one.id].needed, seats.get(open_now[one.id].id, ()), language
            ),
        }
        for one in found
        if one.id in open_now
    ]  # fmt: skip


def _card(
    one: Asked, told: Described, step: Step, rows: Sequence[Mapping[str, Any]], levels: int, person: int | None
) -> dict[str, Any]:
    escalated = [row["escalated_at"] for row in rows if row["escalated_at"]]
    own = next((row["escalate_at"] for row in rows if row["person"] == person), None)  # none: in another's place
    return {
        "public": one.public, "number": one.number, "version": one.version, "title": told.title, "what": told.what,
        "reason": told.reason, "effect": told.effect, "submitted_at": one.submitted_at, "undo": step.asks == "cancel",
        "escalate_at": own or step.escalate_at, "escalated_at": min(escalated) if escalated else None,
        "level": step.level, "levels": levels,
    }  # fmt: skip


async def _levels(found: Sequence[Asked]) -> Mapping[int, int]:
    version = {one.id: one.version for one in found}
    counted: dict[int, int] = {}
    for row in await Step.select(Step.request, Step.version).where(Step.request.is_in(list(version) or [0])):
        if row["version"] == version[row["request"]]:
            counted[row["request"]] = counted.get(row["request"], 0) + 1
    return counted


async def _above(
    person: int, found: Sequence[Asked], open_now: Mapping[int, Step],
    of_step: Mapping[int, Sequence[Mapping[str, Any]]], askers: Mapping[int, Employee],
) -> Mapping[int, list[str]]:  # fmt: skip
    """Who is asked too when this person does not answer, by name, for each of these requests."""
    heads, _ = await chains.head_of(person, not_person=0)
    top = await above.top(person, 0)
    given = await Decision.select(
        Decision.actor, Decision.verdict, Decision.step.id.as_alias("at"), Decision.step.request.as_alias("request"),
        Decision.step.version.as_alias("version"), Decision.step.asks.as_alias("asks"),
    ).where(Decision.step.request.is_in([one.id for one in found] or [0]))  # fmt: skip
    names = {}
    for one in found:
        step, asker = open_now.get(one.id), askers[one.employment].person
        if step is None:
            continue
        here = (one.id, step.version, step.asks)
        mine = [row for row in given if (row["request"], row["version"], row["asks"]) == here]
        there = {row["person"] for row in of_step.get(step.id, [])}
        there |= {asker, *(row["actor"] for row in mine if row["at"] == step.id)}
        agreed = {row["actor"] for row in mine if row["at"] != step.id and row["verdict"] == APPROVE}
        own = person in there  # who decides in another's place is followed by nobody
        names[one.id] = [
            each.first_name for each in (above.choose([heads, top], there=there, agreed=agreed) if own else ())
        ]
    return names


async def _others(mine: set[str], language: str) -> list[dict[str, Any]]:
    """What waits for somebody else, the longest-waiting first."""
    found = [
        one
        for one in await Asked.objects()
        .where(Asked.state.is_in(list(UNDECIDED)))
        .order_by(Asked.submitted_at, Asked.id)
        .limit(MOST_OTHERS + PAGE)
        if one.number not in mine
    ][:MOST_OTHERS]
    told = await described(found, language)
    names = await waiting.approvers_of_many([one.id for one in found])
    return [
        {
            "number": one.number, "public": one.public, "title": told[one.id].title, "what": told[one.id].what,
            "approvers": ", ".join(names.get(one.id, [])),
        }
        for one in found
    ]  # fmt: skip


async def _decided(person: int, language: str, *, everything: bool) -> list[dict[str, Any]]:
    """What was decided last: by this person, or by anybody for administrators."""
    query = Decision.select(Decision.step.request.as_alias("request")).order_by(Decision.id, ascending=False)
    if not everything:
        query = query.where(Decision.actor == person)
    ids = list(dict.fromkeys([row["request"] for row in await query.limit(3 * MOST_DECIDED)]))
    found = {one.id: one for one in await Asked.objects().where(Asked.id.is_in(ids or [0]))}
    rows = [found[one] for one in ids][:MOST_DECIDED]
    told, given = await subjects(rows, language), await answers_of(rows)
    states = await called({one.id: one.state for one in rows})
    return [
        {
            "number": one.number, "public": one.public, "state": states[one.id],
            "title": undoing(told[one.id].title, language) if answer and answer.cancelled else told[one.id].title,
            "verdict": answer if answer and is_settled(one, answer) else None,
        }
        for one in rows
        for answer in [given.get(one.id)]
    ]  # fmt: skip


async def told_of(publics: str) -> list[dict[str, str]]:
    """What the page says happened, read from the rows and not from the address."""
    wanted = [one for one in publics.split(".") if one][:MOST_TOLD]
    found = list(await Asked.objects().where(Asked.public.is_in(wanted))) if wanted else []
    given = await answers_of(found)
    names = {one.id: one.first_name for one in await directory.several({one.employment for one in found})}
    said = []
    for one in found:
        answer = given.get(one.id)
        verdict = answer.verdict if answer and is_settled(one, answer) else "counted"
        if answer and answer.cancelled and verdict != "counted":
            verdict = f"undo_{verdict}"
        said.append({"verdict": verdict, "number": one.number, "name": names[one.employment]})
    return said


async def _ages(request: Web, person: int, *, everything: bool) -> plots.Plot | None:
    """How long what is open has waited: this person's own, or the company's for administrators."""
    now = clock.now()
    edges = [now - timedelta(days=most) for most, _, _ in AGES]
    since = await (waiting.ages_of_all(edges) if everything else waiting.ages_for(person, edges))
    number = since[-1]
    if number < 2:
        return None
    parts = [
        plots.Part(says(request, f"approvalpages.age_{name}"), young - younger, shape)
        for (_, name, shape), young, younger in zip(AGES, since, (0, *since[:-1]), strict=True)
    ]
    late, language = sum(part.number for part in parts[2:]), asker.of(request).language
    said = says(
        request, "approvalpages.ages_said", count=number, number=angka(number, language), late=angka(late, language)
    )
    head = (says(request, "approvalpages.age"), says(request, "approvalpages.ages_number"))
    return plots.age_bars(parts, said=said, head=head, spelled=partial(angka, language=language))
