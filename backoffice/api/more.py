"""Whose token it is, the articles, the clock of personal data and the audit, for other programs."""

from datetime import timedelta
from typing import Annotated, Any, Literal

from litestar import Controller, get
from litestar.params import FromQuery, QueryParameter

from backoffice.api.door import program
from backoffice.api.problems import Stopped, specs
from backoffice.api.shapes import (
    USUAL,
    ArticleLine,
    AuditLine,
    Cursor,
    Limit,
    Page,
    PrivacyClock,
    PrivacyLine,
    WhoAsks,
    no_such_cursor,
    utc,
    utc_or_none,
)
from backoffice.asker import Web
from core import clock, database
from core.accounts.roles import EMPLOYEE
from core.audit import AuditEntry
from core.knowledge import blocks, library
from core.privacy import requests, way
from core.privacy.tables import DataRequest

URGENT, HOUR = timedelta(hours=6), timedelta(hours=1)
Open = Annotated[Literal["open", "all"], QueryParameter(name="state")]
Asked = Annotated[str, QueryParameter(min_length=1, max_length=300, description="The question, as somebody asks it.")]
Seq = Annotated[int, QueryParameter(ge=0, le=2**53 - 1, description="`next` of the page before.")]


class TokenApi(Controller):
    """`/token`."""

    tags = ("Token",)

    @get("/token", opt={"scope": ""}, responses=specs())
    async def show(self, request: Web) -> WhoAsks:
        """Whose token this is and what it may; any token may ask."""
        who = program(request)
        return WhoAsks(who.name, who.slug, who.company_name, sorted(who.scopes), utc(who.expires_at))


class KnowledgeApi(Controller):
    """`/knowledge`."""

    tags = ("Knowledge",)

    @get("/knowledge", opt={"scope": "knowledge:read"}, responses=specs())
    async def find(self, request: Web, q: Asked, language: FromQuery[Literal["id", "en"]] = "id") -> Page[ArticleLine]:
        """What the articles for employees answer, the nearest first; empty where nothing comes near."""
        who = program(request)
        today = clock.today(who.zone)
        async with database.reading(who.company):
            shelf = await library.shelf()
        found, named = shelf.find(q, language, {EMPLOYEE}, today)
        scores = {hit.id: hit.score for hit in found.hits}
        return Page(
            [
                ArticleLine(
                    one.id, one.title, blocks.fill(one.answer, language, on=today, known={}).text,
                    round(scores.get(one.id, 0.0), 3),
                )
                for one in named
            ],
            None,
        )  # fmt: skip


class PrivacyApi(Controller):
    """`/privacy`."""

    path = "/privacy"
    tags = ("Privacy",)

    @get("/requests", opt={"scope": "privacy:read"}, responses=specs())
    async def every(
        self, request: Web, stands: Open = "open", limit: Limit = USUAL, cursor: Cursor = ""
    ) -> Page[PrivacyLine]:
        """Requests about personal data in the order in which they came; never whose they are, nor what they say."""
        now = clock.now()
        async with database.reading(program(request).company):
            wanted: Any = DataRequest.id > 0
            if stands == "open":
                wanted = wanted & DataRequest.state.is_in(list(way.OPEN))
            if cursor:
                before = await requests.by_public(cursor)
                if before is None:
                    raise no_such_cursor()
                wanted = wanted & (DataRequest.id > before.id)
            rows = await DataRequest.objects().where(wanted).order_by(DataRequest.id).limit(limit + 1)
        items = [
            PrivacyLine(
                one.public, one.number, one.kind, one.state, one.door, utc(one.received_at), utc(one.due_at),
                round((one.due_at - now) / HOUR, 2) if one.state in way.OPEN else None, one.outcome,
            )
            for one in rows[:limit]
        ]  # fmt: skip
        return Page(items, items[-1].id if len(rows) > limit else None)

    @get("/clock", opt={"scope": "privacy:read"}, responses=specs())
    async def clock(self, request: Web) -> PrivacyClock:
        """How many wait, how many of them are pressing or late, and when the next is due."""
        now = clock.now()
        async with database.reading(program(request).company):
            open_ = DataRequest.state.is_in(list(way.OPEN))
            waiting = await DataRequest.count().where(open_)
            late = await DataRequest.count().where(open_ & (DataRequest.due_at < now))
            soon = await DataRequest.count().where(open_ & (DataRequest.due_at < now + URGENT))
            first = (
                await DataRequest.select(DataRequest.due_at)
                .where(open_ & (DataRequest.due_at >= now))
                .order_by(DataRequest.due_at)
                .first()
            )
        return PrivacyClock(waiting, soon - late, late, utc_or_none(first["due_at"] if first else None))


class AuditApi(Controller):
    """`/audit`."""

    tags = ("Audit",)

    @get("/audit", opt={"scope": "audit:read"}, responses=specs())
    async def every(self, request: Web, limit: Limit = USUAL, cursor: Seq = 0) -> Page[AuditLine]:
        """The chain from its beginning, or from behind a number on; entries name people by their row alone."""
        async with database.reading(program(request).company):
            newest = await AuditEntry.select(AuditEntry.seq).order_by(AuditEntry.seq, ascending=False).first()
            if cursor and (newest is None or cursor > newest["seq"]):
                raise Stopped(400, "cursor")
            rows = await AuditEntry.select().where(AuditEntry.seq > cursor).order_by(AuditEntry.seq).limit(limit + 1)
        items = [
            AuditLine(
                row["seq"], utc(row["at"]), row["actor"], row["channel"], row["action"], row["object"], row["prev"],
                row["hash"],
            )
            for row in rows[:limit]
        ]  # fmt: skip
        return Page(items, str(items[-1].seq) if len(rows) > limit else None)
