"""Wishes for the product, for HR: read, titled, checked for the law, planned, released, declined or merged."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker, exports, listing
from backoffice.asker import Web
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.notices import feature_requests, feature_rules
from core.notices.feature_rules import DECLINED, MERGED, NEW, OPEN, PLANNED, RELEASED, REVIEWING, Step
from core.notices.tables import FeatureRequest
from core.people import directory
from core.phrases import phrase, saat

UNREAD, STANDING, CLOSED, ALL = "new", "open", "closed", "all"
SHOWN: Mapping[str, tuple[str, ...]] = {
    UNREAD: (NEW,), STANDING: OPEN, CLOSED: (RELEASED, DECLINED, MERGED), ALL: feature_rules.STATES,
}  # fmt: skip
DONE = ("moved", "merged")
FIELD_OF = {
    "ideas.title_needed": "title", "ideas.law_needed": "law", "ideas.release_needed": "release",
    "ideas.reason_needed": "answer", "ideas.no_such_number": "number", "ideas.into_itself": "number",
    "ideas.not_open": "number",
}  # fmt: skip
HEADS = (
    Head("number", "ideas.number", by=FeatureRequest.id),
    Head("wish", "ideas.wish", shape="wide"),
    Head("state", "ideas.state"),
    Head("votes", "ideas.support_count", by=FeatureRequest.votes, shape="end"),
    Head("opened_at", "ideas.opened", shape="left-out"),
)


class Moved(Struct):
    """The next step of a wish, and what is said with it."""

    to: str = ""
    title: str = ""
    law: str = ""
    answer: str = ""
    release: str = ""


class Into(Struct):
    """The number of the wish that this one is merged into."""

    number: str = ""


class IdeasController(Controller):
    """`/{company}/ideas`."""

    path = "/{company:str}/ideas"
    guards = (requires("ideas", "review"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """The wishes, those with most support first."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.zone)
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), reader)
            found = listed.cut(await listed.page(FeatureRequest.select().where(await where_of(listed))))
            unread = await FeatureRequest.count().where(FeatureRequest.state == NEW)
        return await page(
            request, "ideas/index.html", place=where.place.name, zone=where.zone, company=where.place, list=listed,
            unread=unread, rows=[_row(one) for one in found],
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The wishes as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One wish in its author's words, and the step it can take next."""
        return await _one(request, public, done=done if done in DONE else "")

    @post("/{public:str}/move")
    async def move(self, request: Web, public: FromPath[str], data: URLEncodedBody[Moved]) -> Response[str]:
        """Take it to its next state; whoever supports it is told."""
        step = Step(data.to, data.title, data.law, data.answer, data.release)

        async def act(row: FeatureRequest) -> None:
            if step.to not in (REVIEWING, PLANNED, RELEASED, DECLINED):
                raise Refused("ideas.no_such_step")
            await feature_requests.move(row, step, by=acting(request))

        return await _do(request, public, act, "moved", typed=data)

    @post("/{public:str}/merge")
    async def merge(self, request: Web, public: FromPath[str], data: URLEncodedBody[Into]) -> Response[str]:
        """Make it one with another."""

        async def act(row: FeatureRequest) -> None:
            into = await feature_requests.of_number(data.number)
            if into is None:
                raise Refused("ideas.no_such_number")
            await feature_requests.merge(row, into, by=acting(request))

        return await _do(request, public, act, "merged", into=data.number)


async def _do(
    request: Web, public: str, act: Callable[[FeatureRequest], Awaitable[None]], done: str, *,
    typed: Moved | None = None, into: str = "",
) -> Response[str]:  # fmt: skip
    where = standing(request)
    try:
        async with database.transaction(where.company):
            row = await feature_requests.by_public(public)
            if row is None:
                raise NotFoundException
            await act(row)
    except Refused as no:
        wrong = {FIELD_OF.get(no.key, ""): refusal(request, no, where.zone)}
        status = 409 if no.key == "ideas.no_such_step" else 422
        return await _one(request, public, wrong=wrong, typed=typed, into=into, status=status)
    return Redirect(f"/{where.place.slug}/ideas/{public}?done={done}", status_code=303)


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Moved | None = None,
    into: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where = standing(request)
    async with database.reading(where.company):
        row = await feature_requests.by_public(public)
        if row is None:
            raise NotFoundException
        who = await directory.person_name(row.person)
        other = None
        if row.into is not None:
            other = await FeatureRequest.select().where(FeatureRequest.id == row.into).first()
    steps = [one for one in feature_rules.STATES if one in feature_rules.STEPS[row.state] and one != MERGED]
    begun = Moved(steps[0] if steps else "", row.title or "", row.law or "", "", row.release or "")
    return await page(
        request, "ideas/one.html", status=status, place=where.place.name, zone=where.zone, company=where.place, row=row,
        title=feature_requests.titled(row), words=feature_requests.words_of(row), who=who, target=other, steps=steps,
        merges=MERGED in feature_rules.STEPS[row.state], done=done, wrong=dict(wrong or {}), typed=typed or begun,
        number=into, most=feature_requests.LONGEST_ANSWER, most_title=feature_requests.LONGEST_TITLE,
        most_release=feature_requests.LONGEST_RELEASE,
    )  # fmt: skip


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The wishes that an address asks for, those with most support first."""
    show = {one: phrase(f"ideas.show_{one}", reader.language) for one in SHOWN}
    return listing.read(
        asked, HEADS, (Filter("show", "ideas.show", show, UNREAD, pills=True),), key=FeatureRequest.id, default="-votes"
    )


async def where_of(listed: Listing) -> Any:
    """Which wishes those are."""
    return FeatureRequest.state.is_in(list(SHOWN[listed["show"]]))


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "wish": one["title"] or feature_requests.shortened(feature_requests.words_of(one))}


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The lines of a file, without who wished it."""
    return [
        (one["number"], _row(one)["wish"], _state(one, reader.language), one["votes"],
         saat(one["opened_at"], reader.zone, reader.language), one["law"] or "", one["answer"] or "")
        for one in found
    ]  # fmt: skip


def _state(one: Mapping[str, Any], language: str) -> str:
    return phrase(f"ideas.state_{one['state']}", language, release=one["release"] or "")


EXPORT = exported(Export(
    "ideas", "ideas", "review",
    ("ideas.number", "ideas.wish", "ideas.state", "ideas.support_count", "ideas.opened", "ideas.law_label",
     "ideas.answer_label"),
    FeatureRequest, (FeatureRequest.all_columns(),), listed_of, where_of, lines_of, personal=False,
))  # fmt: skip
