"""Long work, found again by whoever began it: how far it is, a way to stop it, the file it ends in."""

from datetime import timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from backoffice import asker, exports
from backoffice.asker import Web
from backoffice.guards import Standing, acting, requires, standing
from backoffice.rendering import page
from core import clock, database, work
from core.accounts.roles import allowed
from core.helpdesk import recounting, replays
from core.phrases import phrase
from core.work import Work

# The page that began it, for whoever wants to go on there.
BEGAN = {recounting.KIND: "settings/calendar/tickets", replays.KIND: "reports/desk/what-if"}


class WorkController(Controller):
    """`/{company}/work/{public}`: for whoever began it; those who see the jobs see how far it is."""

    path = "/{company:str}/work/{public:str}"
    guards = (requires("account", "own"),)

    @get()
    async def progress(self, request: Web, public: FromPath[str]) -> Response[str]:
        """How far it is; the page keeps itself fresh while it runs."""
        where, found = await _found(request, public)
        mine = found.by == acting(request).name
        return await page(
            request, "jobs/work.html", place=where.place.name, zone=where.place.zone, company=where.place, mine=mine,
            one=shown(found, asker.of(request).language), sees_jobs=allowed(where.place.roles, "jobs", "read"),
        )  # fmt: skip

    @post("/stop")
    async def stop(self, request: Web, public: FromPath[str]) -> Redirect:
        """Have it stop after the part it is doing."""
        where, found = await _found(request, public)
        async with database.transaction(where.company):
            await work.stop(found.id, by=acting(request))
        return Redirect(f"/{where.place.slug}/work/{public}", status_code=303)

    @get("/file")
    async def file(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file it ended in: only for whoever asked for it, and only while they may see the list."""
        where, found = await _found(request, public)
        made = exports.EXPORTS.get(str(work.facts_of(found).get("export")))
        if found.by != acting(request).name or made is None:
            raise NotFoundException
        if not allowed(where.place.roles, made.resource, made.action):
            raise NotFoundException
        async with database.reading(where.company):
            kept = await work.file_of(found.id)
        if kept is None:
            raise NotFoundException
        raw, name, type_ = kept
        return Response(raw, media_type=type_, headers={"content-disposition": f'attachment; filename="{name}"'})


async def _found(request: Web, public: str) -> tuple[Standing, Work]:
    where = standing(request)
    async with database.reading(where.company):
        found = await work.of_public(public)
    if found is None or not (found.by == acting(request).name or allowed(where.place.roles, "jobs", "read")):
        raise NotFoundException
    return where, found


def shown(one: Work, language: str) -> dict[str, Any]:
    """A piece of work as pages show it, with the moment at which it should be done."""
    seconds = ((one.finished_at or clock.now()) - one.started_at).total_seconds()
    rate = one.done / seconds if seconds > 3 and one.done else 0
    left = timedelta(seconds=(one.total - one.done) / rate) if rate and one.state == work.RUNNING else None
    return {
        "public": one.public, "kind": phrase(f"jobs.work_{one.kind}", language), "state": one.state, "done": one.done,
        "total": one.total, "has_file": one.kind == exports.KIND,
        "began": BEGAN.get(one.kind), "started_at": one.started_at, "finished_at": one.finished_at,
        "ends_at": clock.now() + left if left is not None else None, "stopping": one.stop_asked,
    }  # fmt: skip
