"""Twenty thousand calls of the API, as its document allows, as it forbids, and as nobody would think of: no server error.

A few run with all tests; all of them with `make faults ARGS="-k api_calls"` (`SCALE=0.1` for a tenth), in which what
was answered is counted.
"""

import json
import random
import re
from collections import Counter
from typing import Any
from urllib.parse import quote

import httpx
import hypothesis
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode

from core.leave.policy import Period
from core.programs import tokens
from tests.backoffice.asking import V1, Program, program
from tests.backoffice.conftest import HERE, house  # noqa: F401  pytest finds fixtures by name
from tests.backoffice.conftest import Installation as House
from tests.backoffice.test_api_document import operations
from tests.core.conftest import MONDAY, database_url, empty_url, open_database  # noqa: F401
from tests.faults.conftest import Tried
from tests.faults.table import scaled
from tests.faults.test_fuzz import HOSTILE, INSIDES, RAW

CALLS, FEW, MOST_WRONG = 20_000, 200, 20
GOOD: tuple[Any, ...] = (
    "0412", "annual", "budi", "2026-08-12", "2026-08-14", "2026-07-06T01:00:00Z", "am", "phone", "open", "resolved", 1, 50,
    "here", "id", "en", "Jakarta", "all", "first_response",
)  # fmt: skip
BODIES = (
    b"", b"{", b"[]", b"null", b'"\xff"', b"{}" + b" " * 1_100_000, b"[" * 5_000, b'{"a":' * 3_000, b"\x00", b"NaN",
    b'{"words": "\\ud800"}', b'{"revision": 1e999}', b'{"revision": ' + b"9" * 5_000 + b"}", b'{"name": "a", "name": "b"}',
    "\ufeff{}".encode(), '{"name": "x"}'.encode("utf-16"),
)  # fmt: skip
HEADERS = {
    "idempotency-key": ("a", "b", "", "x" * 201, "é", "a b", "\t", "*"),
    "if-match": ("*", '""', "x" * 81, 'W/"a"', ""),
    "if-none-match": ("*", '"a"', "x" * 81),
    "accept-language": ("en", "id", "xx;q=9,,;", "*", "en-" + "a" * 3_000, ";;;"),
    "accept": ("application/xml", "*/*", "", "text/html;q=x"),
    "content-type": ("application/json", "text/plain", "application/json; charset=utf-16", "", "multipart/form-data", "a/b;c"),
    "content-encoding": ("gzip", "br", "identity"),
    "range": ("bytes=0-1",), "x-http-method-override": ("DELETE",), "cookie": ("session=x; a=\x7f",),
    "authorization": ("Bearer", "Bearer srb_" + "x" * 43, "Basic YTpi", "Bearer \xff", "bearer  ", "x" * 9_000),
}  # fmt: skip


def _pool(operation: Any, mode: GenerationMode, times: int) -> list[dict[str, Any]]:
    """Calls that the document allows, or forbids, as they are sent."""
    found: list[dict[str, Any]] = []

    @hypothesis.settings(
        max_examples=times, database=None, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @hypothesis.seed(times)
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def collect(case: Any) -> None:
        try:
            found.append(case.as_transport_kwargs(base_url=HERE))
        except (ValueError, TypeError):  # what no client could send
            return

    try:
        collect()
    except (hypothesis.errors.Unsatisfiable, schemathesis.errors.SchemathesisError):
        return found  # nothing can be wrong with a call without anything in it
    return found


def _value(chance: random.Random, there: list[str]) -> Any:
    return chance.choice(HOSTILE if chance.random() < 0.5 else (*GOOD, *there))


def _text(value: Any) -> str:
    return (
        str(value if not isinstance(value, (dict, list)) else json.dumps(value))
        .encode("utf-8", "replace")
        .decode()[:3000]
    )


def _hostile(chance: random.Random, operation: Any, there: list[str]) -> dict[str, Any]:
    """A call with this and that in the place of everything."""
    raw = operation.definition.raw
    path = re.sub(r"\{\w+\}", lambda _: quote(_text(_value(chance, there)), safe="") or "-", operation.path)
    named = [one["name"] for one in raw.get("parameters", ()) if one.get("in") == "query"]
    query = [(one, _text(_value(chance, there))) for one in named if chance.random() < 0.6]
    if chance.random() < 0.1:
        query += [(chance.choice(named or ["x"]), "1"), ("cursor", _text(_value(chance, there)))]
    headers = {
        name: chance.choice(values) for name, values in HEADERS.items()
        if chance.random() < (0.03 if name == "authorization" else 0.15)
    }  # fmt: skip
    sent: dict[str, Any] = {"method": operation.method.upper(), "url": f"{HERE}{path}", "params": query}
    if sent["method"] != "GET" or chance.random() < 0.05:
        fields = sorted(_fields(operation))
        body = {one: _value(chance, there) for one in fields if chance.random() < 0.8} | (
            {"x": 1} if chance.random() < 0.1 else {}
        )
        told = json.dumps(body, default=str).encode("utf-8", "replace")
        if fields and chance.random() < 0.3:
            told = told[: chance.randrange(len(told) + 1)]
        sent["content"] = chance.choice(BODIES) if chance.random() < 0.25 else told
        headers.setdefault("content-type", "application/json")
    return sent | {"headers": {name: value.encode("utf-8", "replace") for name, value in headers.items()}}


def _fields(operation: Any) -> list[str]:
    raw = (
        operation.definition.raw.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    )
    name = raw.get("$ref", "").rpartition("/")[2]
    known = operation.schema.raw_schema["components"]["schemas"].get(name, raw)
    return list(known.get("properties", ()))


async def _calls(house: House, tried: Tried, monkeypatch: pytest.MonkeyPatch, times: int) -> None:  # noqa: F811
    monkeypatch.setattr(tokens, "A_MINUTE", times + 10_000)
    chance, wrong, told = random.Random(times), list[str](), Counter[int]()
    asks = await program(house, house.maju)
    secret = asks.http.headers["authorization"]
    day = MONDAY.date().replace(day=20)
    leave = await house.maju.asks(house.maju.budi, Period(day, day))
    ticket = await asks.post("/tickets", {"employee_number": "0412", "words": "halo", "recognised": "telepon"})
    people = [one["id"] for one in (await asks.get("/people")).json()["items"][:5]]
    there = [*people, str(leave.number), ticket.json()["ticket"]["id"]]
    document = (await asks.get("/openapi.json")).json()
    found = list(operations(document))
    each = max(2, times // (8 * len(found)))
    pools = {(operation.label, mode): _pool(operation, mode, each) for operation in found for mode in GenerationMode}
    sender = Program(house.app, None)
    for turn in range(times):
        operation = found[turn % len(found)]
        pool = pools[operation.label, chance.choice(list(GenerationMode))]
        if turn // len(found) % 2 and pool:
            sent = _drawn(chance, operation, pool, there) | {"secret": secret}
        else:
            sent = _hostile(chance, operation, there)
            sent["secret"] = sent["headers"].get("authorization", secret)
        try:
            request = _request(sender, **sent)
        except (httpx.InvalidURL, UnicodeError, TypeError, ValueError):
            continue  # what no client could send
        answer = await sender.http.send(request)
        told[answer.status_code] += 1
        wrong += _complaints(request, answer, str(sent))
        if len(wrong) > MOST_WRONG:
            break
    made = sum(told.values())
    tried(f"calls of {V1}", f"in this process; answers {dict(sorted(told.items()))}", made, lost=wrong)
    assert not wrong, "\n".join(wrong)
    assert made >= times * 0.95 and told[200] + told[201] >= made * 0.1, told


def _drawn(chance: random.Random, operation: Any, pool: list[dict[str, Any]], there: list[str]) -> dict[str, Any]:
    """One of those of the document, half of them at what there is."""
    drawn = chance.choice(pool)
    sent = {name: drawn[name] for name in drawn if name in ("method", "url", "params", "json", "headers")}
    if isinstance(drawn.get("data"), bytes):
        sent["content"] = drawn["data"]
    if chance.random() < 0.5:
        sent["url"] = HERE + re.sub(r"\{\w+\}", lambda _: quote(chance.choice(there)), operation.path)
    return sent


def _request(sender: Program, *, secret: str | bytes, headers: Any = None, **sent: Any) -> httpx.Request:
    lower = {name.lower(): value for name, value in dict(headers or {}).items()}
    return sender.http.build_request(headers=_sendable(lower | {"authorization": secret}), **sent)


def _complaints(request: httpx.Request, answer: httpx.Response, sent: str) -> list[str]:
    what = (
        f"{request.method} {str(request.url)[:300]} {request.content[:200]!r} {request.headers}: {answer.status_code}"
    )
    kind, found = answer.headers.get("content-type", ""), list[str]()
    if answer.status_code >= 500:
        found.append(f"{what} {answer.text[:300]}")
    if answer.status_code >= 400 and not kind.startswith("application/problem+json"):
        found.append(f"{what} is told as {kind}")
    shown = [words for words in (*INSIDES, RAW) if words in answer.text[:100_000] and words not in sent]
    return found + [f"{what} shows {words}" for words in shown]


def _sendable(headers: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    """Headers as bytes, whatever was drawn; none that would end its line."""
    told: list[tuple[bytes, bytes]] = []
    for name, value in headers.items():
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
        told.append((name.encode("latin-1", "replace"), raw.replace(b"\r", b"").replace(b"\n", b"")))
    return told


async def test_a_few_api_calls_are_no_server_error(
    house: House, tried: Tried, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    await _calls(house, tried, monkeypatch, FEW)


@pytest.mark.whole
@pytest.mark.timeout(7200)
async def test_twenty_thousand_api_calls_are_no_server_error(
    house: House, tried: Tried, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    await _calls(house, tried, monkeypatch, scaled(CALLS))
