"""The document of the API against the API: whatever it allows to ask is answered as it says."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from core.leave.policy import Period
from tests.backoffice.asking import V1, Program, program
from tests.backoffice.conftest import HERE, Installation
from tests.backoffice.programs_routes import API
from tests.core.conftest import MONDAY

CHECKS: list[Any] = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
EACH = 4


def drawn(operation: Any) -> list[Any]:
    """Requests that the document allows; the same each time, so that a failure is found again."""
    found: list[Any] = []

    @hypothesis.settings(
        max_examples=EACH, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @hypothesis.given(operation.as_strategy())
    def collect(case: Any) -> None:
        found.append(case)

    collect()
    return found


async def there(asks: Program, house: Installation) -> dict[str, str]:
    """What there is to be named in an address."""
    day = MONDAY.date().replace(day=20)
    leave = await house.maju.asks(house.maju.budi, Period(day, day))
    opened = await asks.post("/tickets", {"employee_number": "0412", "words": "halo", "recognised": "telepon"})
    found = (await asks.get("/people", params={"q": "budi"})).json()["items"][0]["id"]
    return {"person": found, "number": str(leave.number), "ticket": opened.json()["ticket"]["id"]}


def operations(told: dict[str, Any]) -> Iterator[Any]:
    for one in schemathesis.openapi.from_dict(told).get_all_operations():
        assert isinstance(one, Ok), one
        yield one.ok()


async def test_what_the_document_allows_is_answered_as_it_says(house: Installation) -> None:
    """Every route, at made-up addresses and at ones that exist; each answer of a kind and shape that it names."""
    asks = await program(house, house.maju)
    named, seen, well = await there(asks, house), set(), set()
    for operation in operations((await asks.get("/openapi.json")).json()):
        seen.add((operation.method.upper(), operation.path))
        for turn, case in enumerate(drawn(operation)):
            if turn % 2:
                case.path_parameters = {name: named[name] for name in case.path_parameters or {}}
            sent = case.as_transport_kwargs(base_url=HERE)
            sent["headers"]["authorization"] = asks.http.headers["authorization"]  # in place of a made-up token
            answer = await asks.http.request(**{name: sent[name] for name in sent if name != "cookies"})
            case.validate_response(answer, checks=CHECKS)
            if answer.is_success:
                well.add((operation.method.upper(), operation.path))
    routes = {(method, path.replace(":str", "")) for method, path in API} - {("GET", f"{V1}/openapi.json")}
    assert seen == routes
    assert {one for one in routes if one[0] == "GET"} <= well, "what is read was read"
