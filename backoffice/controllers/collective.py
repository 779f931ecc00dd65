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
from core.leave import collective, collective_preview
from core.leave.tables import LeaveBatch
from core.leave.types import SHORT
from core.phrases import angka, phrase

PART = 500
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
    async def show(self, request: Web, year: Year = 2000, after: After = 0, done: FromQuery[str] = "") -> Response[str]:
        """The days of a year, what they do, and for whom they do not suffice."""
        where = standing(request)
        return await _show(request, year if year > 2000 else clock.today(where.place.zone).year, after=after, done=done)

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
    request: Web, year: int, *, after: int = 0, done: str = "", wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where, language = standing(request), asker.of(request).language
    async with database.reading(where.company):
        seen = await collective_preview.preview(year)
        shown = seen.short and not seen.posted
        short, last = await collective_preview.short_of(year, after, PART) if shown else ([], None)
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
        last=last, running=running, bar=bar, ways=SHORT, wrong=wrong or {},
        payer=seen.payer.spoken(language) if seen.payer is not None else "",
        done=done if done in ("posted", "undone") else "", this_year=clock.today(where.place.zone).year, **facts,
    )  # fmt: skip
