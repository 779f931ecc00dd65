"""Whatever is sent to any hook or page by anybody: an answer without our insides, and nothing written by what is refused.

The hooks are those of processes that run; what they take is worked through to its end. The pages are asked in this
process, as somebody who may do everything, as an employee and as a stranger.
"""

import copy
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
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
from tests.core.cast import Cast
from tests.core.conftest import MONDAY, database_url, open_database  # noqa: F401
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.nursery import ROOT
from tests.faults.table import scaled
from tests.outside import slack, telegram, whatsapp
from tests.outside.serving import Hook

RAW = "<svg onload=fuzz>"
HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 10**400, 1e308, "", " ", "\x00", "\ud800", "\u202e{x}", "²", "१२", "a" * 5000, "NaN", [], {},
    [[]], {"a": {"b": []}}, [None] * 50, RAW, "'; drop table person; --", "../../etc/passwd", "%s%n", "{{7*7}}", "1;2",
    "2026-02-30", "9999-12-31", "0001-01-01", "-0", "1e5", "٣", "ß" * 300, "\r\nset-cookie: a=b", "{ $name }",
)  # fmt: skip
TYPED = tuple(one for one in HOSTILE if isinstance(one, str) and one != "\ud800")
INSIDES = ("Traceback", "sqlite3", "asyncpg", "site-packages", 'File "/', "piccolo")
LOGGED = ("page_failed", "job_failed", "message_unanswered", "Traceback")
# What a refused request must leave as it was.
KEPT = (
    "request", "leave_request", "leave_entry", "leave_day", "decision", "person", "employment", "assignment", "membership",
    "membership_offer", "account", "leave_type", "closure", "delegation", "chain", "channel_identity", "work", "job", "inbound",
)  # fmt: skip


# -- hooks -------------------------------------------------------------------------------------------------------------


def _payloads(platform: str) -> list[Any]:
    folder = ROOT / "tests" / "payloads" / platform
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def _places(payload: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(payload, dict | list):
        for key in payload if isinstance(payload, dict) else range(len(payload)):
            yield (*at, key)
            yield from _places(payload[key], (*at, key))


def _changed(payload: Any, chance: random.Random) -> Any:
    """The payload with one to three of its parts replaced, left out or written elsewhere."""
    made = copy.deepcopy(payload)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(made))
        if not places:
            return chance.choice(HOSTILE)
        *way, last = chance.choice(places)
        inner = made
        for step in way:
            inner = inner[step]
        match chance.randrange(4):
            case 0:
                del inner[last]
            case 1:
                inner[last] = copy.deepcopy(chance.choice([made, *HOSTILE]))
            case _:
                inner[last] = copy.deepcopy(chance.choice(HOSTILE))
    return made


def _hook(installation: Installation, platform: str, payload: Any) -> Hook:
    body = json.dumps(payload).encode()
    if platform == "telegram":
        return telegram.hook(payload)
    if platform == "whatsapp":
        return whatsapp.signed(body, whatsapp.SECRET)
    interactive = isinstance(payload, dict) and "event" not in payload
    make = slack.interacted if interactive else slack.posted
    return make(payload, at=installation.at)


async def _hooks(shape: Shape, tried: Tried, times: int) -> None:
    seed = random.randrange(1_000_000)
    chance, wrong = random.Random(seed), list[str]()
    async with shape.opened() as installation:
        installation.takes_whatsapp()
        await installation.start()
        known = {platform: _payloads(platform) for platform in ("telegram", "slack", "whatsapp")}
        for _ in range(times):
            platform = chance.choice(list(known))
            payload = _changed(chance.choice(known[platform]), chance)
            hook = _hook(installation, platform, payload)
            answer = await installation.post(hook)
            if answer.status_code not in (200, 400, 413):
                wrong.append(f"{hook.path} answered {answer.status_code} to {json.dumps(payload)[:600]}")
            wrong += [f"{hook.path} shows {words}" for words in INSIDES if words in answer.text]

        async def quiet() -> bool:
            # What is told of a message that nobody sent is kept for ten minutes: it may be here before its answer.
            left = await installation.unfinished()
            return all(row.get("name") == "messages.report" and row["state"] == "queued" for row in left)

        await until(quiet, "everything is worked through", 120)
        unanswered = await installation.books.rows(
            "select id, channel from inbound where state not in ('done', 'limited')"
        )
        parked = await installation.books.rows("select id, name, error from job where state = 'parked'")
        log = (installation.folder / "run.log").read_text(errors="replace")
        wrong += [line[:1500] for line in log.splitlines() if any(words in line for words in LOGGED)]
        wrong += [f"not answered: {row}" for row in unanswered] + [f"parked: {row}" for row in parked]
        requests = await installation.books.one("select count(*) as n from request")
        tried("hooks with hostile payloads, signed", shape.name, times, lost=wrong or requests["n"])
        assert not wrong, "\n".join([f"seed {seed}", *wrong[:20]])
        assert not requests["n"]
        assert installation.deaths == 0


async def test_no_signed_hook_is_a_fault(on_file: Shape, tried: Tried) -> None:
    await _hooks(on_file, tried, 100)


@pytest.mark.whole
@pytest.mark.timeout(1800)
async def test_no_signed_hook_is_a_fault_at_length(on_file: Shape, on_postgres: Shape, tried: Tried) -> None:
    for shape in (on_file, on_postgres):
        await _hooks(shape, tried, scaled(5000))


# -- pages -------------------------------------------------------------------------------------------------------------


class Route(NamedTuple):
    """One way to ask one page."""

    method: str
    path: str


def _routes(app: Litestar) -> list[Route]:
    return sorted(
        Route(method, route.path_format)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.methods
        if method in ("GET", "POST") and not route.path_format.startswith(("/hooks/", "/live", "/static", "/frame"))
    )


def _names() -> list[str]:
    """What the fields of forms, and what stands behind a question mark, are called."""
    found: set[str] = set()
    for path in (ROOT / "backoffice").rglob("*"):
        if path.suffix == ".html":
            found |= set(re.findall(r'name="([a-z_]+)"', path.read_text()))
            found |= set(re.findall(r"[?&]([a-z_]+)=", path.read_text()))
    return sorted(found - {"csrf"})


async def _publics(cast: Cast) -> list[str]:
    """Addresses of real things, to be asked for in the wrong place."""
    found: list[str] = []
    url = database.engine().path  # type: ignore[union-attr]
    with closing(sqlite3.connect(url)) as opened:
        for table in ("person", "employment", "request", "leave_type", "account"):
            columns = [row[1] for row in opened.execute(f"pragma table_info({table})")]
            if "public" in columns:
                found += [row[0] for row in opened.execute(f"select public from {table} limit 3")]
    return found


def _counted() -> dict[str, int]:
    with closing(sqlite3.connect(database.engine().path)) as opened:  # type: ignore[union-attr]
        return {table: opened.execute(f'select count(*) from "{table}"').fetchone()[0] for table in KEPT}


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    """What is looked at is the pages, not the database."""
    return f"sqlite:///{tmp_path / 'serambi.db'}"


async def _pages(house: House, tried: Tried, times: int) -> None:  # noqa: F811
    seed = random.randrange(1_000_000)
    chance, wrong = random.Random(seed), list[str]()
    maju, slug = house.maju, await house.slug(house.maju)
    await maju.asks(maju.budi, Period(MONDAY.date(), MONDAY.date()))
    async with database.transaction(maju.company):
        above = await joining.join("fuzz@pages.example", SUPER, person=None, language="id")
    publics, names, routes = await _publics(maju), _names(), _routes(house.app)

    async def who(name: str) -> Visitor:
        if name == "stranger":
            return house.visitor()
        return await house.as_account(above) if name == "super" else await house.as_person(maju, "budi")

    visitors = {name: await who(name) for name in ("super", "budi", "stranger")}
    before = _counted()
    for _ in range(times):
        route, name = chance.choice(routes), chance.choice(["super", "super", "budi", "stranger"])
        path = re.sub(
            r"\{(\w+)(?::\w+)?\}",
            lambda found: slug if found[1] == "company" and chance.random() < 0.95
            else quote(str(chance.choice([*publics, *TYPED])), safe=""),
            route.path,
        )  # fmt: skip
        fields: dict[str, Any] = {
            one: chance.choice([*TYPED, *publics, "1", "annual", "2026-08-12"])
            for one in chance.sample(names, k=chance.randint(0, 8))
        }
        visitor = visitors[name]
        if route.method == "GET":
            answer = await visitor.http.get(path, params=fields)
        elif chance.random() < 0.8:
            answer = await visitor.post(path, **fields)
        else:
            token = await visitor.token()
            kind = chance.choice(["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
            body = chance.choice([b"", b"\xff\xfe", b"--x\r\n\r\n", json.dumps(fields).encode(), b"[" * 200])
            headers = {"content-type": kind, "x-csrf-token": token}
            answer = await visitor.http.post(path, content=body, headers=headers)
        told = f"{name} {route.method} {path[:200]} {str(fields)[:300]}: {answer.status_code}"
        if answer.status_code >= 500 and answer.status_code != 503:
            wrong.append(told)
        wrong += [f"{told} shows {words}" for words in (*INSIDES, RAW) if words in answer.text[:200_000]]
        after = _counted()
        if answer.status_code >= 400 and after != before:
            wrong.append(f"{told} wrote { ({table: n for table, n in after.items() if n != before[table]}) }")
        before = after
        if answer.status_code == 401 or "/sign-in" in answer.headers.get("location", ""):
            visitors[name] = await who(name)
    tried("pages and forms with hostile input", "SQLite, in this process", times, lost=wrong)
    assert not wrong, "\n".join([f"seed {seed}", *wrong[:20]])


async def test_no_page_is_a_fault(house: House, tried: Tried) -> None:  # noqa: F811
    await _pages(house, tried, 100)


@pytest.mark.whole
@pytest.mark.timeout(7200)
async def test_no_page_is_a_fault_at_length(house: House, tried: Tried) -> None:  # noqa: F811
    await _pages(house, tried, scaled(10_000))
