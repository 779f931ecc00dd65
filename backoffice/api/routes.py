"""The API as one router, and the document that tells of it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from litestar import Litestar, Response, Router, get
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, License, SecurityScheme, Server, Tag

from backoffice.api.door import AT, LARGEST, Door, admit
from backoffice.api.leave import ApprovalsApi, CalendarApi, LeaveApi
from backoffice.api.more import AuditApi, KnowledgeApi, PrivacyApi, TokenApi
from backoffice.api.people import PeopleApi
from backoffice.api.problems import HANDLERS
from backoffice.api.tickets import TicketsApi
from core.phrases import phrase
from core.programs import happenings

CONTROLLERS = (
    TokenApi, PeopleApi, CalendarApi, LeaveApi, ApprovalsApi, TicketsApi, KnowledgeApi, PrivacyApi, AuditApi,
)  # fmt: skip
TOLD = """\
What other programs of a company may ask and change, by the same rules as its pages and its chat.

A Super Administrator makes a token under **Settings, API** (`/{company}/settings/api`); it opens that company
alone, for its scopes, until its day. Send it as `Authorization: Bearer srb_...`.

* Instants are UTC (`2026-03-02T01:00:00Z`), days are days (`2026-03-02`), leave is in days.
* Lists come in pages: `next` of one is the `cursor` of the next, and null at the end.
* Every write takes an `Idempotency-Key`: sent again within a day, it is answered as it was and nothing is done twice.
* What is edited has an `ETag`, and is changed with `If-Match`.
* What does not go is told as `application/problem+json` (RFC 9457) with a stable `code`, in the language of
  `Accept-Language` (`id`, `en`).
* A token may ask 600 times a minute; `RateLimit-*` and `Retry-After` say how it stands.
* What happens can be told to an address of yours (**Settings, API, Webhooks**; `webhooks` below), signed as
  https://www.standardwebhooks.com say: with ids, and where to read what it is about.
* Sealed facts (NIK, address, bank account, pay ...) are never told.
"""


CARRIED: Mapping[str, Any] = {
    "X-Request-Id": {"schema": {"type": "string"}, "description": "Quote it to us."},
    "RateLimit-Limit": {"schema": {"type": "string"}, "description": "Requests a minute; with a token that stands."},
    "RateLimit-Remaining": {"schema": {"type": "string"}, "description": "How many of them are left."},
    "RateLimit-Reset": {"schema": {"type": "string"}, "description": "Seconds until the minute begins anew."},
}


def router() -> Router:
    """Everything below `/api/v1`."""
    return Router(
        AT, route_handlers=[document, *CONTROLLERS], middleware=[Door], guards=[admit], exception_handlers=HANDLERS,
        request_max_body_size=LARGEST, include_in_schema=True,
    )  # fmt: skip


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def document() -> Response[Any]:
    """The document, for whoever asks."""
    return Response(_document(), media_type="application/json", headers={"cache-control": "public, max-age=300"})


@lru_cache(maxsize=1)
def _document() -> bytes:
    """Made by Litestar from the routes themselves; an application of its own, which nothing is asked of."""
    bearer = SecurityScheme(type="http", scheme="bearer", description="A token of the company: srb_...")
    made = Litestar(
        [Router(AT, route_handlers=[*CONTROLLERS], include_in_schema=True)],
        openapi_config=OpenAPIConfig(
            title="Serambi", version="1", description=TOLD, license=License(name="Apache-2.0", identifier="Apache-2.0"),
            components=Components(security_schemes={"token": bearer}), security=[{"token": []}],
            tags=[Tag(name=str(one.tags[0])) for one in CONTROLLERS], servers=[Server(url="/")],
            use_handler_docstrings=True,
        ),
    )  # fmt: skip
    told = made.openapi_schema.to_schema()
    for way in told["paths"].values():
        for act in way.values():
            for answer in act["responses"].values():
                answer["headers"] = dict(CARRIED)
    told["webhooks"] = {kind: _told_of(kind) for kind in (*happenings.KINDS, happenings.PING)}
    told["paths"][f"{AT}/people/{{person}}"]["get"]["responses"]["304"] = {"description": "As it was at that ETag."}
    # A page of people is `PageOfPersonLine`; where our modules lie is nobody's business.
    return re.sub(rb"Page_backoffice\.api\.shapes\.(\w+?)_(?=\W)", rb"PageOf\1", msgspec.json.encode(told))


def _told_of(kind: str) -> dict[str, Any]:
    """What a program is told when this happens."""
    scope = happenings.SCOPES.get(kind.partition(".")[0])
    facts: dict[str, Any] = {
        name: {"type": "string"}
        for name in ("id", "number", "state", "person")
        if name in happenings.TOLD.get(kind, ())
    }
    if facts:
        facts["url"] = {"type": "string", "format": "uri", "description": f"Where it is read, with {scope}."}
    data = {"type": "object", "properties": facts, "required": sorted(facts)}
    body = {
        "type": "object", "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "const": kind}, "data": data,
            "timestamp": {"type": "string", "format": "date-time"},
        },
    }  # fmt: skip
    heads = {
        "webhook-id": "The same each time it is sent: drop what you had.",
        "webhook-timestamp": "Seconds since 1970 of this sending; drop what is older than five minutes.",
        "webhook-signature": "v1,<HMAC-SHA256 of id.timestamp.body in base64>; several, parted by blanks.",
    }
    return {
        "post": {
            "summary": phrase(f"webhooks.kind_{kind.replace('.', '_')}", "en"), "tags": ["Webhooks"], "security": [],
            "parameters": [
                {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": words}
                for name, words in heads.items()
            ],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": {
                "2XX": {"description": "Taken; anything else is tried again over three days."},
                "410": {"description": "Nothing is sent here any more."},
            },
        }
    }  # fmt: skip
