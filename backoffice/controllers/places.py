"""How the company is divided: departments and places of work."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.people import places
from core.phrases import one_line

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class PlacesController(Controller):
    """`/{company}/people/places`."""

    path = "/{company:str}/people/places"
    guards = (requires("people", "write"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Every department and every place, with how many work there."""
        return await _page(request)

    @post("/department")
    async def department(self, request: Web) -> Response[str]:
        """Keep a department's name and minimum."""
        return await _keep(request, "department")

    @post("/location")
    async def location(self, request: Web) -> Response[str]:
        """Keep a place's name and clock."""
        return await _keep(request, "location")


async def _keep(request: Web, kind: str) -> Response[str]:
    where, form = standing(request), await request.form()
    old, name = str(form.get("old") or ""), one_line(str(form.get("name") or ""))
    try:
        async with database.transaction(where.company):
            if kind == "department":
                few, head = str(form.get("minimum") or "").strip(), str(form.get("head") or "").strip()
                await places.keep_department(old, name, few, head, by=acting(request))
            else:
                await places.keep_location(old, name, str(form.get("zone") or ""), by=acting(request))
    except Refused as no:
        return await _page(request, wrong=refusal(request, no, where.place.zone), kind=kind, old=old)
    return Redirect(f"/{where.place.slug}/people/places?done=1", status_code=303)


async def _page(request: Web, *, wrong: str = "", kind: str = "", old: str = "") -> Response[str]:
    where = standing(request)
    async with database.reading(where.company):
        departments, locations = await places.departments(), await places.locations()
    zones = ZONES | {one.zone: one.zone for one in locations if one.zone not in ZONES}
    return await page(
        request, "people/places.html", status=422 if wrong else 200, place=where.place.name, zone=where.place.zone,
        company=where.place, departments=departments, locations=locations, zones=zones, wrong=wrong, kind=kind, old=old,
        done=request.query_params.get("done") == "1",
    )  # fmt: skip
