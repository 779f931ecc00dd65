"""Two thousand hostile inputs in the fields of every form, by construction from the routes there are: no fault, no echo.

HOSTILE_INPUTS=2000 sends each of them into a form; HOSTILE_ROUNDS=20 does so twenty times, each time into another one.
"""

import os
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from core import database
from core.accounts import joining
from core.accounts.roles import SUPER
from core.leave.policy import Period
from tests.backoffice.conftest import Installation as House
from tests.backoffice.conftest import Visitor, house  # noqa: F401  pytest finds fixtures by name
from tests.core.conftest import MONDAY, database_url, open_database  # noqa: F401
from tests.faults.conftest import Tried
from tests.faults.hostile import MANY, MARK, PRODUCT, in_turn, inputs
from tests.faults.test_fuzz import INSIDES, _names, _publics, empty_url  # noqa: F401

MOST = int(os.environ.get("HOSTILE_INPUTS", "330"))
ROUNDS = int(os.environ.get("HOSTILE_ROUNDS", "1"))
PART = re.compile(r"\{(\w+)(?::\w+)?\}")
ENDS = ("sign-out", "/end", "/language", "/theme")  # they end what the next request needs
AT_ONCE = 4  # fields of a form that are filled with it


class Alive(HTMLParser):
    """What on a page would run, or leads to where the input says: nothing of ours does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: (value or "").strip().lower() for name, value in attrs}
        leads = [told.get(name, "") for name in ("href", "src", "action", "data", "content", "formaction")]
        if (
            any(name.startswith("on") for name in told)
            or (tag == "script" and "src" not in told)
            or tag in ("iframe", "object", "embed", "base", "style")
            or any(one.startswith(("javascript:", "vbscript:", f"//{MARK}", f"0;//{MARK}")) for one in leads)
        ):
            self.found.append(str(self.get_starttag_text())[:100])


class Form(NamedTuple):
    """Where something is sent, and what its fields are called."""

    method: str
    path: str
    fields: Sequence[str]


def forms(app: Litestar) -> list[Form]:
    """Every route that a browser reaches, with the fields that it declares; those that read them themselves get all names."""
    found, names = [], _names()
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or route.path_format.startswith(("/hooks/", "/live", "/static", "/frame")):
            continue
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods & {"GET", "POST"}):
                declared = getattr(getattr(handler.parsed_data_field, "annotation", None), "__struct_fields__", ())
                if not any(part in route.path_format for part in ENDS):
                    found.append(Form(method, route.path_format, [one for one in declared if one != "csrf"] or names))
    return sorted(found)


def test_there_are_two_thousand() -> None:
    told = [one for some in inputs().values() for one in some]
    assert {kind: len(some) for kind, some in inputs().items()} == MANY
    assert len(told) == len(set(told)) == 2000


@pytest.mark.timeout(7200)
async def test_nothing_that_is_typed_is_a_fault_or_comes_back_alive(house: House, tried: Tried) -> None:  # noqa: F811
    maju, slug = house.maju, await house.slug(house.maju)
    await maju.asks(maju.budi, Period(MONDAY.date(), MONDAY.date()))
    async with database.transaction(maju.company):
        above = await joining.join("fuzz@pages.example", SUPER, person=None, language="id")
    publics, every = await _publics(maju), forms(house.app)
    assert len(every) > 300

    async def who(name: str) -> Visitor:
        return await house.as_account(above) if name == "super" else await house.as_person(maju, "budi")

    visitors, wrong = {name: await who(name) for name in ("super", "budi")}, list[str]()
    sent = 0
    for turn in range(ROUNDS):
        for number, (kind, words) in enumerate(in_turn()[:MOST]):
            form = every[(number + turn * 7) % len(every)]
            name = "budi" if form.path.startswith("/me") or number % 5 == 0 else "super"
            part = quote(publics[number % len(publics)] if number % 3 else words[:200], safe="")
            there = PART.sub(lambda found: {"company": slug}.get(found[1], part), form.path)  # noqa: B023  used at once
            at = (number * 3 + turn) % len(form.fields)
            filled = dict.fromkeys([*form.fields[at:], *form.fields[:at]][:AT_ONCE], words)
            answer = await _ask(visitors[name], form.method, there, filled)
            sent += 1
            wrong += _complaints(f"{name} {form.method} {there[:120]} {kind} {words[:40]!r}", answer)
            if answer.status_code == 401 or "/sign-in" in answer.headers.get("location", ""):
                visitors[name] = await who(name)
    tried("hostile input in every form", "SQLite, in this process", sent, lost=wrong)
    assert not wrong, "\n".join(wrong[:20])


async def _ask(visitor: Visitor, method: str, there: str, filled: dict[str, str]) -> Any:
    if method == "GET":
        return await visitor.http.get(there, params={name: words[:2000] for name, words in filled.items()})
    return await visitor.post(there, **filled)


def _complaints(told: str, answer: Any) -> list[str]:
    found = []
    if answer.status_code >= 500 and answer.status_code != 503:
        found.append(f"{told}: {answer.status_code}")
    page = answer.text[:300_000] if answer.headers.get("content-type", "").startswith("text/html") else ""
    found += [f"{told} shows {one}" for one in (*INSIDES, PRODUCT, "root:x:0:") if one in answer.text[:300_000]]
    found += [f"{told} comes back alive: {one}" for one in Alive(page).found]
    if "x-injected" in answer.headers or MARK in answer.headers.get("set-cookie", ""):
        found.append(f"{told} wrote a header")
    if answer.headers.get("location", "/").startswith(("//", "http")) and MARK in answer.headers["location"]:
        found.append(f"{told} leads away: {answer.headers['location'][:80]}")
    return found
