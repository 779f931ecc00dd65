"""What one's data are used for only as long as one lets them: each with its words, with one press for each."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.people import consents as words_of
from core.people.consents import CONSENT, GIVEN, PURPOSES, WITHDRAWN, Said
from core.phrases import phrase
from core.privacy import consents, registry


class MyConsentsController(Controller):
    """`/me/data/consents`."""

    path = "/me/data/consents"
    guards = (requires("data", "own"),)

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """What rests on my word, what I may refuse, what needs no word, and what I have said so far."""
        return await _show(request, done=done if done in (GIVEN, WITHDRAWN) else "")

    @post("/{purpose:str}/{act:str}")
    async def say(self, request: Web, purpose: FromPath[str], act: FromPath[str]) -> Response[str]:
        """Take my word back for one purpose, or give it again: it holds when the page is back."""
        where, language = standing(request), asker.of(request).language
        assert where.person is not None
        shown = "withdraw" if act == WITHDRAWN else "text"
        try:
            if purpose not in PURPOSES or act not in (GIVEN, WITHDRAWN):
                raise Refused("consents.no_purpose")
            said = Said(phrase(f"consents.{shown}_{purpose}", language), language)
            async with database.transaction(where.company):
                verb = consents.withdraw if act == WITHDRAWN else consents.give
                await verb(where.person, purpose, said, by=acting(request))
        except Refused as no:
            return await _show(request, wrong=refusal(request, no, zone_of(where)), status=422)
        return Redirect(f"/me/data/consents?done={act}#{purpose}", status_code=303)


async def _show(request: Web, *, done: str = "", wrong: str = "", status: int = 200) -> Response[str]:
    where = standing(request)
    assert where.person is not None
    async with database.reading(where.company):
        now = await consents.standing(where.person)
        newest = await words_of.newest(where.person)
        rows = await words_of.of_person(where.person, most=50)
        history = [(row, words_of.told(row)) for row in rows]
    grouped: dict[str, list[Any]] = {"on_consent": [], "on_interest": []}
    for one in PURPOSES.values():
        grouped["on_consent" if one.basis == CONSENT else "on_interest"].append(
            {"id": one.id, "stands": one.id in now, "last": newest.get(one.id), "chat": one.is_chat}
        )
    return await page(
        request, "portal/consents.html", status=status, groups=grouped, history=history, done=done, wrong=wrong,
        without=[one for one in registry.activities() if one.basis in ("contract", "law")], zone=zone_of(where),
        bases=registry.BASES,
    )  # fmt: skip
