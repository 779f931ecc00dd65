"""Leave that the calendar now counts otherwise: what counting it again does to whom, doing it, and putting it back."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Meta, Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.errors import Refused
from core.leave import lots, recalculation, recounts, types
from core.leave.recalculation import Touched
from core.leave.tables import LeaveBatch
from core.phrases import rentang

SHOWN, MOST_BATCHES = 100, 5


class Picked(Struct):
    """Which leave to count again: the ticked requests, or all there is."""

    item: Annotated[list[str], Meta(max_length=SHOWN)] | str = ""
    all: str = ""

    @property
    def numbers(self) -> list[str]:
        """The ticked requests; a form with one tick sends it bare."""
        return [one for one in ([self.item] if isinstance(self.item, str) else self.item) if one]


class RecountsController(Controller):
    """Counting leave again in one company."""

    path = "/{company:str}/settings/calendar/leave"
    guards = (requires("calendar", "change"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What is counted otherwise now, and what was counted again before."""
        return await _show(request, done=done)

    @post()
    async def send(self, request: Web, data: URLEncodedBody[Picked]) -> Response[str]:
        """Count the ticked leave again, or all of it."""
        where = standing(request)
        try:
            if not data.all and not data.numbers:
                raise Refused("calendar.recount_none_picked")
            async with database.transaction(where.company):
                await recounts.begin([] if data.all else data.numbers, actor=acting(request))
        except Refused as no:
            return await _show(request, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/calendar/leave?done=done", status_code=303)

    @post("/{public:str}/undo")
    async def undo(self, request: Web, public: FromPath[str]) -> Response[str]:
        """Put the leave of a batch back as it was counted before."""
        where = standing(request)
        async with database.reading(where.company):
            batch = await LeaveBatch.objects().where(LeaveBatch.public == public).first()
        if batch is None or batch.kind != recounts.RECOUNT:
            raise NotFoundException
        try:
            async with database.transaction(where.company):
                await recounts.undo(batch, actor=acting(request))
        except Refused as no:
            return await _show(request, wrong={"": refusal(request, no, where.place.zone)}, status=422)
        return Redirect(f"/{where.place.slug}/settings/calendar/leave?done=undone", status_code=303)


async def _show(
    request: Web, *, done: str = "", wrong: dict[str, str] | None = None, status: int = 200
) -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        found = await recalculation.touched(clock.today(where.place.zone))
        left = await _left(found[:SHOWN])
        kinds = {one.code: one for one in await types.every()}
        batches = (
            await LeaveBatch.select()
            .where(LeaveBatch.kind == recounts.RECOUNT)
            .order_by(LeaveBatch.id, ascending=False)
            .limit(MOST_BATCHES)
        )
        counted = await recounts.done([row["id"] for row in batches])
        running = await recounts.is_running()
    facts: dict[str, Any] = {"place": where.place.name, "zone": where.place.zone, "company": where.place}
    return await page(
        request, "leave/recount.html", status=status, found=found[:SHOWN], total=len(found), left=left, kinds=kinds,
        batches=batches, counted=counted, running=running, wrong=wrong or {},
        done=done if done in ("done", "undone") else "",
        rentang=partial(rentang, language=asker.of(request).language), **facts,
    )  # fmt: skip


async def _left(found: Sequence[Touched]) -> dict[int, int]:
    """What is left for the leaves that would cost more than there is, by leave."""
    kinds = {one.code: one for one in await types.every()}
    short = {}
    for code in sorted({one.kind for one in found if one.more > 0 and kinds[one.kind].in_lots}):
        asking = [one for one in found if one.kind == code and one.more > 0]
        free = await lots.balances({one.employment for one in asking}, code)
        for one in asking:
            if one.more > free.get(one.employment, 0) + kinds[code].negative:
                short[one.leave] = free.get(one.employment, 0)
    return short
