"""Where the chat page posts: `POST /chat`, by a form without script or by one with it."""

from typing import Annotated, Any

from litestar import Request, Response, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from core import files
from core.accounts import acts_in
from core.accounts.acts_in import Place
from core.accounts.sign_in import SignedIn
from core.messaging import attachments, inbox


class Said(Struct):
    """A sentence or a press; `company` is the address of the company, `id` makes a repeated post harmless."""

    words: str | None = None
    token: str | None = None
    company: str | None = None
    id: str | None = None


Form = Annotated[Said, Body(media_type=RequestEncodingType.URL_ENCODED)]


def routes() -> list[HTTPRouteHandler]:
    """Web chat's own address."""
    return [say, bring]


@post("/chat", status_code=303)
async def say(request: Request[Any, Any, Any], data: Form) -> Response[Any]:
    """Say or press something as the person who is signed in, in one of their companies."""
    place = await _place(request, data.company)
    await inbox.write(place.company, place.person or 0, words=data.words, token=data.token, key=data.id)
    return Redirect("/chat", status_code=303)


@post("/chat/file", status_code=303, request_max_body_size=11 * 1024 * 1024)
async def bring(request: Request[Any, Any, Any]) -> Response[Any]:
    """Send a file as the person who is signed in; what cannot be kept is said in the talk, as everywhere."""
    form = await request.form()
    place = await _place(request, str(form["company"]) if "company" in form else None)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return Redirect("/chat", status_code=303)
    name, raw = file.filename[:200], await file.read(files.MOST + 1)
    enclosed = await attachments.enclose(place.company, place.person or 0, raw, name)
    key, words = (str(form[one]) if one in form else None for one in ("id", "words"))
    await inbox.write(place.company, place.person or 0, words=words, key=key, file=enclosed)
    return Redirect("/chat", status_code=303)


async def _place(request: Request[Any, Any, Any], slug: str | None) -> Place:
    """Where the one who is signed in works, of several the one that is named."""
    signed: SignedIn | None = request.scope.get("user")
    if signed is None:
        raise NotAuthorizedException
    open_ones = await acts_in.places(signed.account, shut=signed.shut)
    places = [place for place in open_ones if place.person is not None and not place.closed]
    place = next((one for one in places if one.slug == slug or slug is None), None)
    if place is None:
        raise NotAuthorizedException if signed.shut else PermissionDeniedException
    return place
