"""`/account/offers`: which companies ask this account to act for them, as what; accepted or declined by its owner.

It asks for a session and for no role: whoever was only invited has none yet.
"""

from litestar import Controller, Response, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import actors, asker
from backoffice.asker import Web
from backoffice.controllers.session import home_of
from backoffice.rendering import page, refusal
from core import database
from core.accounts import offers, sign_in
from core.errors import Refused

DONE = ("accepted", "declined")
LONGEST_PROOF = 64
MOST = 40  # offers of one company at once: there are not so many roles


class Answer(Struct):
    """The offers that are answered, as the page showed them, and what the mail about them proves."""

    offers: str = ""
    proof: str = ""


class OffersController(Controller):
    """What is offered to the account that is signed in."""

    path = "/account/offers"

    @get()
    async def show(self, request: Web, done: FromQuery[str] = "", proof: FromQuery[str] = "") -> Response[str]:
        """Every company that asks, as what, and who asked."""
        return await _shown(request, done=done, proof=proof[:LONGEST_PROOF])

    @post("/accept")
    async def accept(self, request: Web, data: URLEncodedBody[Answer]) -> Response[str]:
        """Act there from now on; with nothing left to answer, on to the first page."""
        account, proof = _account(request), data.proof[:LONGEST_PROOF]
        try:
            await offers.accept(account, _named(data), proof=proof)
        except Refused as no:
            return await _shown(request, wrong=refusal(request, no, "Asia/Jakarta"), proof=proof)
        left = await offers.count(account)
        return Redirect("/account/offers?done=accepted" if left else await home_of(request), status_code=303)

    @post("/decline")
    async def decline(self, request: Web, data: URLEncodedBody[Answer]) -> Response[str]:
        """Stay away; the company reads that."""
        try:
            await offers.decline(_account(request), _named(data))
        except Refused as no:
            return await _shown(request, wrong=refusal(request, no, "Asia/Jakarta"), proof=data.proof[:LONGEST_PROOF])
        return Redirect("/account/offers?done=declined", status_code=303)


async def _shown(request: Web, *, done: str = "", wrong: str = "", proof: str = "") -> Response[str]:
    found = []
    for one in await offers.of_account(_account(request)):
        async with database.reading(one.company):
            by = (await actors.names([one.by])).get(one.by)
        if by is None and one.by.startswith("account:"):
            by = await sign_in.address_of(int(one.by.partition(":")[2]))
        found.append({"offer": one, "by": by, "by_mail": await offers.needs_mail(_account(request), one, proof)})
    return await page(
        request, "account/offers.html", status=422 if wrong else 200, found=found, wrong=wrong,
        done=done if done in DONE else "", proof=proof,
    )  # fmt: skip


def _account(request: Web) -> int:
    signed = asker.of(request).signed
    if signed is None:
        raise NotAuthorizedException
    return signed.account


def _named(data: Answer) -> list[str]:
    return data.offers[:1000].split(",")[:MOST]
