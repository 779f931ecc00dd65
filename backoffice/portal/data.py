"""What the company holds about the person who is signed in, and the chats that speak for them."""

from litestar import Controller, Response, get, post
from litestar.response import Redirect

from backoffice import asker, privacy_told
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page
from core import database
from core.people import careers, identities
from core.people.columns import SEALED
from core.people.tables import Employment, Person
from core.privacy import requests, yearly


class DataController(Controller):
    """`/me/data`."""

    path = "/me/data"
    guards = (requires("data", "own"),)

    @get()
    async def show(self, request: Web) -> Response[str]:
        """Who I am here, what is held of me (never its words), who decides on my leave, which chats are mine."""
        where = standing(request)
        async with database.reading(where.company):
            person = await Person.objects().get(Person.id == (where.person or 0))
            me = where.employee
            facts = await careers.history(me.id) if me else []
            spell = await Employment.objects().get(Employment.id == (me.id if me else 0))
            chats = await identities.of_person(where.person or 0)
            cooling = await identities.cooling_until(where.person or 0)
            due = await yearly.is_due(where.person or 0)
            asked = await requests.of_person(where.person or 0, most=5)
        language, said = asker.of(request).language, request.query_params.get("done")
        return await page(
            request, "portal/data.html", person=person, me=me, now=facts[0] if facts else None, spell=spell,
            held=[name for name in SEALED if getattr(person, name)], sealed=SEALED, chats=chats, cooling=cooling,
            due=due, done=said if said in ("unlinked", "checked") else "", zone=zone_of(where), company=where.place,
            requests=asked,
            clocks={row.id: privacy_told.ticking(row.to_dict(), zone_of(where), language) for row in asked},
        )  # fmt: skip

    @post("/checked")
    async def checked(self, request: Web) -> Redirect:
        """I have looked: what is held of me is right."""
        where = standing(request)
        async with database.transaction(where.company):
            await yearly.confirm(where.person or 0, by=acting(request))
        return Redirect("/me/data?done=checked", status_code=303)

    @post("/unlink")
    async def unlink(self, request: Web) -> Redirect:
        """End one of my chats, at once."""
        where, channel = standing(request), str((await request.form()).get("channel") or "")[:16]
        async with database.transaction(where.company):
            await identities.unlink(where.person or 0, channel, actor=acting(request))
        return Redirect("/me/data?done=unlinked#chats", status_code=303)
