"""Where the chat page posts: `POST /chat`, by a form without script or by one with it."""

from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from core.accounts import sign_in
from core.accounts.sign_in import SignedIn
from core.messaging import inbox


class Said(Struct):
    """A sentence or a press; `company` is the address of the company, `id` makes a repeated post harmless."""

    words: str | None = None
    token: str | None = None
    company: str | None = None
    id: str | None = None


Form = Annotated[Said, Body(media_type=RequestEncodingType.URL_ENCODED)]


def routes() -> list[HTTPRouteHandler]:
    """Web chat's own address."""
    return [say]


@post("/chat", status_code=303)
async def say(request: Request[Any, Any, Any], data: Form) -> Response[Any]:
    """Say or press something as the person who is signed in, in one of their companies."""
    signed: SignedIn | None = request.scope.get("user")
    if signed is None:
        raise NotAuthorizedException
    places = [place for place in await sign_in.places(signed.account) if place.person is not None]
    place = next((one for one in places if one.slug == data.company or data.company is None), None)
    if place is None or place.person is None:
        raise PermissionDeniedException
    await inbox.write(place.company, place.person, words=data.words, token=data.token, key=data.id)
    return Redirect("/chat", status_code=303)
