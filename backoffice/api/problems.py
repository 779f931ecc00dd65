"""How a program is told that something did not go: RFC 9457, a title in its language, and what to do about it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from backoffice.asker import Connection, Web
from core import engines, log
from core.errors import Refused
from core.phrases import LANGUAGES, phrase, refused

TYPE = "application/problem+json"
SPACE = "urn:serambi:problem:"
# The code of a problem by its status, where nothing says it more closely.
BY_STATUS = {
    400: "unreadable", 401: "token_missing", 403: "scope_missing", 404: "not_found", 405: "no_such_method",
    409: "conflict", 412: "stale", 413: "too_large", 415: "not_json", 422: "invalid", 428: "mark_needed",
    429: "too_many", 500: "broken", 503: "away",
}  # fmt: skip
# Refusals that say the thing stands otherwise than whoever asks believes; all others are about what was sent.
CONFLICTS = frozenset({
    "tickets.newer", "tickets.closed", "tickets.too_many", "people.number_taken", "leave.overlaps",
    "leave.not_enough_days", "leave.blackout",
})  # fmt: skip
COMES_BACK = "5"


class Fault(msgspec.Struct, omit_defaults=True):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A problem as RFC 9457 spells it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str = ""
    errors: list[Fault] = []


class Stopped(Exception):
    """A request that ends here, with the code of its problem."""

    def __init__(
        self, status: int, code: str, *, headers: Mapping[str, str] | None = None, errors: Sequence[Fault] = (),
        detail: str = "", **facts: Any,
    ) -> None:  # fmt: skip
        super().__init__(status, code)
        self.status, self.code, self.facts, self.detail = status, code, facts, detail
        self.headers, self.errors = dict(headers or {}), list(errors)


def language_of(connection: Connection) -> str:
    """The first language of ours that `Accept-Language` names; programs that say nothing are told in Indonesian."""
    for part in connection.headers.get("accept-language", "").split(","):
        name = part.split(";")[0].strip().lower()[:2]
        if name in LANGUAGES:
            return name
    return LANGUAGES[0]


def answer(
    request: Web, status: int, code: str, *, detail: str = "", errors: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None, **facts: Any,
) -> Response[Any]:  # fmt: skip
    """The problem as an answer."""
    language = language_of(request)
    told = Problem(
        type=f"{SPACE}{code}", title=phrase(f"programs.{code}", language), status=status, code=code,
        detail=detail or phrase(f"programs.{code}_do", language, **facts),
        request_id=str(request.scope.get("api_request", "")), errors=list(errors),
    )  # fmt: skip
    return Response(
        msgspec.json.encode(told), status_code=status, media_type=TYPE,
        headers={"content-language": language, "cache-control": "no-store", **(headers or {})},
    )  # fmt: skip


def stopped(request: Web, end: Stopped) -> Response[Any]:
    """Where we ended it ourselves."""
    return answer(
        request, end.status, end.code, detail=end.detail, errors=end.errors, headers=end.headers, **end.facts
    )  # fmt: skip


def no(request: Web, no: Refused) -> Response[Any]:
    """Where a rule of the house said no: with its own words."""
    if no.key.startswith("programs."):
        return answer(request, 422, no.key.partition(".")[2])
    words = refused(no, language_of(request), "Asia/Jakarta")
    status = 409 if no.key in CONFLICTS else 422
    return answer(request, status, BY_STATUS[status], detail=words)


def failed(request: Web, fault: HTTPException) -> Response[Any]:
    """Where the request itself was no good, or there is no such thing."""
    status = fault.status_code
    if status >= 500:
        return broken(request, fault)
    if isinstance(fault, ValidationException):
        rows = fault.extra if isinstance(fault.extra, list) else []
        errors = [Fault(str(row.get("key", "")), str(row.get("message", ""))) for row in rows if isinstance(row, dict)]
        return answer(request, 422, "invalid", errors=errors)
    code = BY_STATUS.get(status, "unreadable")
    return answer(request, status, code, headers=dict(fault.headers or {}), scope="")


def broken(request: Web, fault: Exception) -> Response[Any]:
    """Our fault: with the number of the request, which the log has, too."""
    too_deep = isinstance(fault, RecursionError) and "deserializing" in str(fault)  # brackets without an end
    if too_deep or isinstance(fault, UnicodeDecodeError):  # a body that is no UTF-8
        return answer(request, 400, "unreadable")
    if engines.is_away(fault):
        return answer(request, 503, "away", headers={"retry-after": COMES_BACK})
    log.error(
        "page_failed", fault=fault, reason=str(request.scope.get("api_request", "")), method=request.method,
        route=str(request.scope.get("path_template")),
    )  # fmt: skip
    return answer(request, 500, "broken", number=str(request.scope.get("api_request", "")))


HANDLERS: Any = {Stopped: stopped, Refused: no, HTTPException: failed, Exception: broken}
SAID = {
    400: "What was sent can't be read, or a cursor is none of ours.",
    401: "No token, or one that opens nothing (any more).",
    403: "The token lacks the scope that is named.",
    404: "There is no such thing in this company.",
    409: "It stands otherwise than what was sent supposes.",
    412: "It was changed since the ETag was read.",
    413: "More than 1 MiB was sent.",
    415: "What was sent is not JSON.",
    422: "A field, or the whole, breaks a rule; errors name the fields.",
    428: "If-Match is needed.",
    429: "More requests than a minute holds.",
    500: "Our fault; quote request_id.",
    503: "The database does not answer now; ask again.",
}


def specs(*more: int) -> dict[int, ResponseSpec]:
    """How the document tells of the problems of a route: those of all, and these."""
    return {
        status: ResponseSpec(Problem, description=SAID[status], media_type=TYPE, generate_examples=False)
        for status in sorted({400, 401, 403, 422, 429, 500, 503, *more})
    }
