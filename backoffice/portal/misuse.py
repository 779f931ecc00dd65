"""Report misuse where one is signed in: with a name that stays sealed, one that may be shown, or none at all."""

from collections.abc import Mapping

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import requires, standing
from backoffice.portal.chat import zone_of
from backoffice.rendering import page, refusal
from core import database
from core.errors import Refused
from core.privacy import misuse, misuse_way
from core.privacy.misuse import Told

HIDDEN, SHOWN, NOBODY = "hidden", "shown", "nobody"
FIELDS = {"misuse.about_needed": "about", "misuse.words_needed": "words", "misuse.too_long": "words"}


class Reported(Struct):
    """The form."""

    about: str = misuse_way.DATA
    accused: str = ""
    words: str = ""
    name: str = HIDDEN
    seen: str = ""  # who reads it was on the page


class MyMisuseController(Controller):
    """`/me/misuse`."""

    path = "/me/misuse"
    guards = (requires("data", "own"),)

    @get()
    async def form(self, request: Web) -> Response[str]:
        """The form."""
        return await _form(request, Reported())

    @post()
    async def send(self, request: Web, data: URLEncodedBody[Reported]) -> Response[str]:
        """Say who will read it, and once that was seen send it; its number and secret are shown once."""
        where = standing(request)
        assert where.employee is not None
        reporter = None if data.name == NOBODY else where.employee.person
        told = Told(data.about, data.accused, data.words, reporter, shows_name=data.name == SHOWN)
        try:
            async with database.reading(where.company):
                misuse_way.check_told(told.about, told.accused.strip(), told.words.strip())
                desk = await misuse.desk_for(told.about, told.accused)
            if data.seen != desk:
                return await _form(request, data, desk=desk)
            async with database.transaction(where.company):
                receipt = await misuse.submit(told, channel="web", language=asker.of(request).language)
        except Refused as no:
            return await _form(request, data, wrong={FIELDS.get(no.key, ""): refusal(request, no, zone_of(where))})
        return await page(request, "portal/misuse_sent.html", zone=zone_of(where), receipt=receipt)


async def _form(
    request: Web, typed: Reported, *, desk: str = "", wrong: Mapping[str, str] | None = None
) -> Response[str]:
    return await page(
        request, "portal/misuse.html", status=422 if wrong else 200, zone=zone_of(standing(request)), typed=typed,
        desk=desk, wrong=dict(wrong or {}), about=misuse_way.ABOUT, names=(HIDDEN, SHOWN, NOBODY),
        most=misuse_way.LONGEST, most_accused=misuse_way.LONGEST_ACCUSED,
    )  # fmt: skip
