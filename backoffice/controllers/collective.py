"""Collective leave of a year: what it does to whom before it is posted, posting it, and taking it back."""

from functools import partial
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker, plots
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.plots import Part
from backoffice.rendering import After, page, refusal
from core import clock, database
from core.errors import Refused
from core.leave import collective, collective_preview, collective_who
from core.leave.tables import LeaveBatch
from core.leave.types import SHORT
from core.phrases import angka, phrase

FIRST, WHO = 20, 100  # of those whose days do not suffice, beside the figures; on a page of an outcome
Year = Annotated[int, QueryParameter(ge=2000, le=2100)]


class Posted(Struct):
    """What is to be posted, and what holds for those whose days do not suffice."""

    year: Annotated[int, Meta(ge=2000, le=2100)] = 2000
    short: str = "exempt"


class CollectiveController(Controller):
    """Cuti bersama of one company."""

    path = "/{company:str}/collective"
    guards = (requires("collective", "post"),)

    @get()
    async def show(self, request: Web, year: Year = 2000, done: FromQuery[str] = "") -> Response[str]:
        """The days of a year, what they do, and for whom they do not suffice."""
        where = standing(request)
        return await _show(request, year if year > 2000 else clock.today(where.place.zone).year, done=done)

    @get("/people")
    async def people(
        self, request: Web, year: Year = 2000, outcome: FromQuery[str] = collective_who.SHORT, after: After = 0
    ) -> Response[str]:
        """Who is behind a figure of the preview, a page at a time, before it is posted."""
        where = standing(request)
        today = clock.today(where.place.zone)
        year = year if year > 2000 else today.year
        if outcome not in collective_who.OUTCOMES:
            raise NotFoundException
        async with database.reading(where.company):
            batch = await collective.batch_of(year)
            if (batch is not None and batch.undone_at is None) or year > today.year:
                return Redirect(f"/{where.place.slug}/collective?year={year}", status_code=303)
            found, last = await collective_who.who(year, outcome, after, WHO)
        return await page(
            request, "leave/collective_who.html", place=where.place.name, zone=where.place.zone, company=where.place,
            year=year, outcome=outcome, outcomes=collective_who.OUTCOMES, people=found, last=last,
        )  # fmt: skip

    @post()
    async def send(self, request: Web, data: URLEncodedBody[Posted]) -> Response[str]:
        """Hold the days of a year for everybody."""
        where = standing(request)
        if data.short not in SHORT:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await collective.post(data.year, data.short, actor=acting(request))
        except Refused as no:
            return await _show(request, data.year, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/collective?year={data.year}&done=posted", status_code=303)

    @post("/{public:str}/undo")
    async def undo(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Give everybody the days back."""
        where = standing(request)
        async with database.reading(where.company):
            batch = await LeaveBatch.objects().where(LeaveBatch.public == public).first()
        if batch is None or batch.kind != collective.COLLECTIVE:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await collective.undo(batch, actor=acting(request))
        except Refused as no:
            return await _show(request, batch.year, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/collective?year={batch.year}&done=undone", status_code=303)


async def _show(
    request: Web, year: int, *, done: str = "", wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        seen = await collective_preview.preview(year)
        shown = seen.short and not seen.posted
        short, more = await collective_who.who(year, collective_who.SHORT, 0, FIRST) if shown else ([], None)
        running = await collective.progress(seen.batch) if seen.batch is not None else None
    figures = (("enough", seen.enough, "f-calm"), ("short", seen.short, "f-wait"))
    parts = [Part(phrase(f"collective.{name}", language), number, shape) for name, number, shape in figures if number]
    bar = None
    if parts and seen.days and not seen.ahead and seen.payer is not None:
        said = ", ".join(f"{part.name}: {angka(part.number, language)}" for part in parts)
        bar = plots.staffing_bar(
            parts, said=said, head=(phrase("collective.outcome", language), phrase("board.bar_number", language)),
            spelled=partial(angka, language=language),
        )  # fmt: skip
    facts: dict[str, Any] = {"place": where.place.name, "zone": where.place.zone, "company": where.place}
    return await page(
        request, "leave/collective.html", status=status, year=year, seen=seen, posted=seen.posted, short=short,
        more=more, outcomes=[name for name, number, _ in figures if number], running=running, bar=bar, ways=SHORT,
        wrong=wrong or {},
        payer=seen.payer.spoken(language) if seen.payer is not None else "",
        done=done if done in ("posted", "undone") else "", this_year=clock.today(where.place.zone).year, **facts,
    )  # fmt: skip
