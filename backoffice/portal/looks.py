"""Who looked at what about me: every look at a sealed fact, with its reason, for the person it is about."""

from litestar import Controller, Response, get

from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import After, page
from core import database
from core.people import reveals


class LooksController(Controller):
    """`/me/looks`."""

    path = "/me/looks"
    guards = (requires("looks", "own"),)

    @get()
    async def looks(self, request: Web, before: After = 0) -> Response[str]:
        """The looks at this person's facts, the newest first."""
        where = standing(request)
        async with database.reading(where.company):
            found, further = await reveals.of_person(where.person or 0, before=before or None)
        return await page(request, "portal/looks.html", looks=found, further=further, zone=zone_of(where))
