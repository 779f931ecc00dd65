"""The privacy desk: requests about personal data by the hours that are left of them, each with what it needs."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker, exports, listing, privacy_told
from backoffice.asker import Web
from backoffice.controllers.attachments import Saved, saved
from backoffice.controllers.leave import Wanted
from backoffice.exports import Export, Reader, exported
from backoffice.guards import acting, requires, standing
from backoffice.listing import Filter, Head, Listing
from backoffice.rendering import page, refusal
from core import database
from core.accounts.roles import SUPER, allowed
from core.audit import NOBODY, Actor
from core.errors import Refused
from core.messaging import attachments
from core.people.tables import Person
from core.phrases import phrase, saat
from core.privacy import consents, corrections, deciding, kinds, officers, requests, way, whose
from core.privacy.tables import DataRequest

WAITING, ANSWERED, COMPLAINTS, ALL = "open", "answered", "complaints", "all"
SHOWN = (WAITING, ANSWERED, COMPLAINTS, ALL)
FIELD_OF = {
    "privacy.article_needed": "article", "privacy.reason_needed": "reason", "privacy.done_needed": "reason",
    "privacy.late_needed": "late_why", "privacy.vouch_needed": "how", "privacy.not_the_same": "number",
    "privacy.no_such_number": "number", "privacy.words_needed": "words", "privacy.too_long": "reason",
    "consents.purpose_needed": "purpose",
    "people.named_missing": "whose", "people.named_nobody": "whose", "people.named_near": "whose",
}  # fmt: skip
HEADS = (
    Head("due_at", "privacydesk.left", by=DataRequest.due_at),
    Head("number", "privacydesk.number", by=DataRequest.id),
    Head("kind", "privacydesk.kind"),
    Head("who", "privacydesk.who", shape="wide"),
    Head("state", "privacydesk.state"),
    Head("owner", "privacydesk.owner", shape="left-out"),
)
MOST_AT_ONCE = 50


class Done(Struct):
    """What is done with a request, whichever of the forms of its page it was."""

    words: str = ""
    whose: str = ""
    how: str = ""
    outcome: str = ""
    article: str = ""
    reason: str = ""
    late_why: str = ""
    number: str = ""
    purpose: str | list[str] = ""


class Many(Struct):
    """Requests that are taken at once."""

    item: str | list[str] = ""


class PrivacyController(Controller):
    """`/{company}/privacy`."""

    path = "/{company:str}/privacy"
    guards = (requires("privacy", "read"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The requests that wait, the one with the fewest hours left first."""
        where, language = standing(request), asker.of(request).language
        reader = Reader(language, where.zone, acting(request))
        async with database.reading(where.company):
            listed = await listed_of(listing.asked(request), reader)
            found = listed.cut(await listed.page(DataRequest.select().where(await _which(listed, acting(request)))))
            open_ = DataRequest.state.is_in(list(way.OPEN)) & await _readable(acting(request))
            waiting = await DataRequest.count().where(open_)
            rows = await _rows(found, language, where.zone)
        return await page(
            request, "privacy/index.html", place=where.place.name, zone=where.zone, company=where.place, list=listed,
            waiting=waiting, rows=rows, done=done if done == "taken" else "",
            register=allowed(where.place.roles, "register", "read"),
            misuse=allowed(where.place.roles, "misuse", "handle"),
            breaches=allowed(where.place.roles, "breaches", "handle"),
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The register of requests and complaints as a file, without names and words."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)

    @post("/many")
    async def many(self, request: Web, data: URLEncodedBody[Many]) -> Redirect:
        """Look after several from now on; those that are answered or somebody else's to decide stay as they are."""
        where = standing(request)
        items = [data.item] if isinstance(data.item, str) else data.item
        for public in dict.fromkeys(items[:MOST_AT_ONCE]):
            try:
                async with database.transaction(where.company):
                    row = await requests.by_public(public)
                    if row is not None:
                        await deciding.take(row, by=acting(request))
            except Refused:
                continue
        return Redirect(f"/{where.place.slug}/privacy?done=taken", status_code=303)

    @get("/{public:str}")
    async def one(self, request: Web, public: FromPath[str], done: FromQuery[str] = "") -> Response[str]:
        """One request, and what it needs to be answered."""
        return await _one(request, public, done=done if done in ACTS else "")

    @post("/{public:str}/proof", status_code=200)
    async def proof(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file that shows why the record is wrong; opening it leaves a mark."""
        async with database.transaction(standing(request).company):
            row = await _readable_row(public, acting(request))
            if not await officers.may_decide(row, acting(request)):
                raise NotFoundException
            change = await corrections.of(row)
            file = await corrections.proof_of(change) if change is not None else None
            if file is None:
                raise NotFoundException
            await attachments.opened(file, by=acting(request))
            found = Saved(attachments.name_of(file), file.type, attachments.content(file))
        return await saved(found)

    @post("/{public:str}/{act:str}")
    async def do(
        self, request: Web, public: FromPath[str], act: FromPath[str], data: URLEncodedBody[Done]
    ) -> Response[str]:
        """Do one thing with it, and show what became of it."""
        where, by = standing(request), acting(request)
        if act not in ACTS:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await ACTS[act](await _readable_row(public, by), data, by)
        except Refused as no:
            field = FIELD_OF.get(no.key, "")
            if field == "reason" and act in ("ask", "note", "back", "over"):
                field = "words"
            status = 409 if no.key in ("privacy.no_such_step", "privacy.answered_already") else 422
            wrong = {field: refusal(request, no, where.zone)}
            return await _one(request, public, wrong=wrong, typed=data, act=act, status=status)
        return Redirect(f"/{where.place.slug}/privacy/{public}?done={act}", status_code=303)


async def _vouch(row: DataRequest, data: Done, by: Actor) -> None:
    if data.whose.strip():
        person, _ = await whose.person_of(data.whose)
    else:  # somebody who never worked here: what is held of them is what they wrote to us
        person = row.person
    await deciding.vouch(row, person, data.how, by=by)


async def _answer(row: DataRequest, data: Done, by: Actor) -> None:
    await deciding.answer(
        row, data.outcome, article=data.article, reason=data.reason, late_why=data.late_why, by=by,
        purposes=await _purposes(row, data),
    )  # fmt: skip


async def _purposes(row: DataRequest, data: Done) -> Sequence[str] | None:
    """What a word is taken back for, as it was ticked. Refused: nothing, although something could be."""
    if row.kind != kinds.WITHDRAW or row.subject is None or data.outcome not in (way.FULFILLED, way.PARTLY):
        return None
    chosen = [data.purpose] if isinstance(data.purpose, str) else data.purpose
    ticked = [one for one in chosen if one]
    if not ticked and await consents.standing(row.subject):
        raise Refused("consents.purpose_needed")
    return ticked


async def _duplicate(row: DataRequest, data: Done, by: Actor) -> None:
    of = await requests.of_number(data.number) if data.number.strip() else None
    if of is None:
        raise Refused("privacy.no_such_number")
    await deciding.is_duplicate(row, of, by=by)


ACTS: Mapping[str, Callable[[DataRequest, Done, Actor], Awaitable[None]]] = {
    "take": lambda row, _, by: deciding.take(row, by=by),
    "vouch": _vouch,
    "ask": lambda row, data, by: deciding.ask_back(row, data.words, by=by),
    "note": lambda row, data, by: deciding.remark(row, data.words, by=by),
    "answer": _answer,
    "agree": lambda row, _, by: deciding.agree(row, by=by),
    "back": lambda row, data, by: deciding.give_back(row, data.words, by=by),
    "duplicate": _duplicate,
    "over": lambda row, data, by: deciding.handed_over(row, data.words, by=by),
    "breach": lambda row, _, by: deciding.mark_breach(row, by=by),
}


async def _readable_row(public: str, by: Actor) -> DataRequest:
    """A request this actor may read: not their own, and a complaint only where they decide on it."""
    row = await requests.by_public(public)
    if row is None or await officers.is_own(row, by):
        raise NotFoundException
    if row.kind == kinds.COMPLAIN and not await officers.may_decide(row, by):
        raise NotFoundException
    return row


async def _one(
    request: Web, public: str, *, done: str = "", wrong: Mapping[str, str] | None = None, typed: Done | None = None,
    act: str = "", status: int = 200,
) -> Response[str]:  # fmt: skip
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        row = await _readable_row(public, acting(request))
        told = await privacy_told.told(row, language, where.zone, acting(request))
    return await page(
        request, "privacy/one.html", status=status, place=where.place.name, zone=where.zone, company=where.place,
        one=told, done=done, wrong=dict(wrong or {}), typed=typed or Done(), act=act, article_of=kinds.ARTICLE,
        outcomes=way.OUTCOMES, open_states=way.OPEN, most=way.LONGEST_REASON, most_words=requests.LONGEST,
    )  # fmt: skip


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The requests that an address asks for, the one that is due first first."""
    show = {one: phrase(f"privacydesk.show_{one}", reader.language) for one in SHOWN}
    filters = (Filter("show", "privacydesk.show", show, WAITING, pills=True),)
    return listing.read(asked, HEADS, filters, key=DataRequest.id, default="due_at")


async def _which(listed: Listing, by: Actor) -> Any:
    readable = await _readable(by)
    if listed["show"] == COMPLAINTS:
        return readable & (DataRequest.kind == kinds.COMPLAIN)
    if listed["show"] == ALL:
        return readable
    states = way.OPEN if listed["show"] == WAITING else tuple(one for one in way.STATES if one not in way.OPEN)
    return readable & DataRequest.state.is_in(list(states))


async def where_of(listed: Listing) -> Any:
    """Which requests a file holds: those of the filter, without names and words."""
    if listed["show"] == COMPLAINTS:
        return DataRequest.kind == kinds.COMPLAIN
    if listed["show"] == ALL:
        return DataRequest.id > 0
    states = way.OPEN if listed["show"] == WAITING else tuple(one for one in way.STATES if one not in way.OPEN)
    return DataRequest.state.is_in(list(states))


async def _readable(by: Actor) -> Any:
    """Nobody reads a request of their own at the desk, and complaints only whoever decides on them."""
    person = await officers.person_of(by)
    found: Any = DataRequest.id > 0
    if person is not None:
        found = (DataRequest.person != person) & (DataRequest.subject.is_null() | (DataRequest.subject != person))
    return found & (DataRequest.kind != kinds.COMPLAIN) if await _hides_complaints(by) else found


async def _hides_complaints(by: Actor) -> bool:
    """Whether complaints are not for them: they are read by the officer, or the top where there is none."""
    roles = await officers.roles_of(by)
    return not (not officers.OFFICERS.isdisjoint(roles) or (SUPER in roles and not await officers.any_officer(0)))


async def _rows(found: Sequence[Mapping[str, Any]], language: str, zone: str) -> list[dict[str, Any]]:
    people = {row["person"] for row in found}
    names = {
        row["id"]: row["name"]
        for row in await Person.select(Person.id, Person.name).where(Person.id.is_in(list(people) or [0]))
    }
    owners = await actors.names([row["owner"] for row in found if row["owner"]])
    return [
        {
            **row, "who": names.get(row["person"], ""), "clock": privacy_told.ticking(row, zone, language),
            "owned": owners.get(row["owner"] or "", ""),
        }
        for row in found
    ]  # fmt: skip


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The lines of a file: what was asked and what came of it, never by whom nor in which words."""

    by = reader.by or NOBODY
    person, hidden = await officers.person_of(by), await _hides_complaints(by)

    def at(instant: Any) -> str:
        return saat(instant, reader.zone, reader.language) if instant is not None else ""

    return [
        (one["number"], phrase(f"privacy.kind_{one['kind']}", reader.language), at(one["received_at"]),
         at(one["due_at"]), at(one["decided_at"]), phrase(f"privacy.state_{one['state']}", reader.language),
         phrase(f"privacy.outcome_{one['outcome']}", reader.language) if one["outcome"] else "", one["article"] or "")
        for one in found
        if not (hidden and one["kind"] == kinds.COMPLAIN)
        and (person is None or person not in (one["person"], one["subject"]))
    ]  # fmt: skip


EXPORT = exported(Export(
    "data_requests", "privacy", "read",
    ("privacydesk.number", "privacydesk.kind", "privacydesk.received", "privacydesk.due", "privacydesk.decided",
     "privacydesk.state", "privacydesk.outcome", "privacydesk.article"),
    DataRequest, (DataRequest.all_columns(),), listed_of, where_of, lines_of, personal=False,
))  # fmt: skip
