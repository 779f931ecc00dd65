"""Where to: the pages that this person may open, found by their words; what stands behind `Ctrl K`."""

from dataclasses import dataclass

from litestar import Controller, Response, get
from litestar.params import FromQuery

from backoffice import asker, guards, menu
from backoffice.asker import Web
from backoffice.guards import requires
from backoffice.rendering import page
from core import database
from core.accounts import acts_in
from core.accounts.roles import allowed
from core.people import search
from core.phrases import phrase

LONGEST, MOST_PEOPLE = 80, 6


@dataclass(frozen=True)
class Place:
    """Somewhere to go."""

    href: str
    icon: str
    words: str
    under: str
    key: str = ""


class GoController(Controller):
    """`/go`: for everybody who is signed in."""

    path = "/go"
    guards = (requires("account", "own"),)

    @get()
    async def box(self, request: Web, q: FromQuery[str] = "") -> Response[str]:
        """The box and what it finds."""
        words = q[:LONGEST].strip()
        return await page(request, "go.html", q=words, found=await found(request, words))

    @get("/found")
    async def only_found(self, request: Web, q: FromQuery[str] = "") -> Response[str]:
        """What is found, alone."""
        words = q[:LONGEST].strip()
        return await page(request, "_parts/found.html", framed=False, q=words, found=await found(request, words))


async def found(request: Web, words: str) -> list[Place]:
    """The pages whose words begin with what was typed, then those that hold it somewhere; in the menu or not."""
    language, wanted = asker.of(request).language, words.lower()
    frame = await menu.frame(request)
    every = [
        Place(one.href, one.icon, phrase(one.label, language), group.title, one.key)
        for group in frame.groups
        for one in group.entries
    ]
    listed = {one.href for one in every}
    every += [
        Place(one.href, one.icon, phrase(one.label, language), under)
        for one, under in await menu.behind_buttons(request)
        if one.href not in listed
    ]
    holds = [one for one in every if all(word in one.words.lower() for word in wanted.split())]
    pages = sorted(holds, key=lambda one: not any(word.startswith(wanted) for word in one.words.lower().split()))
    return [*pages, *(await people(request, words) if len(words) >= 2 else ())]


async def people(request: Web, words: str) -> list[Place]:
    """Those of this name or number, in each company whose people this person may see."""
    signed, places = asker.of(request).signed, list[Place]()
    if signed is None:
        return places
    for place in await acts_in.places(signed.account, shut=signed.shut):
        roles = (await guards.as_of_today(place, signed.account)).place.roles
        if not place.closed and allowed(roles, "people", "read"):
            wanted = search.Wanted(words, contacts=allowed(roles, "identity", "reveal"))
            async with database.reading(place.company):
                rows = await search.page(wanted, None, MOST_PEOPLE)
            places += [
                Place(f"/{place.slug}/people/{one.public}", "people", one.name, f"{one.number}, {place.name}")
                for one in rows[:MOST_PEOPLE]
            ]
    return places
