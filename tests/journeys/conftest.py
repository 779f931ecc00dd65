"""A demo installation running as people run it, and a real browser in front of it."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from core import clock
from core.calendar.holidays import FILE
from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.services import free_port

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()


PATIENCE = 20_000  # milliseconds; the machine may have other things to do
expect.set_options(timeout=PATIENCE)


@dataclass
class Demo:
    """Where the demo runs, and who may sign in."""

    url: str
    folder: Path
    passwords: dict[str, tuple[str, str]]
    states: dict[str, Any] = field(default_factory=dict)


@dataclass
class Seen:
    """A page in the browser and everything it complained about."""

    page: Page
    complaints: list[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`serambi demo`, on a free port, in a folder of its own."""
    folder = tmp_path_factory.mktemp("demo")
    env = surroundings() | {"SERAMBI_PORT": str(free_port()), "SERAMBI_HOST": "127.0.0.1"}
    with running(["serambi", "demo"], env, folder) as process:
        wait_until_ready(process, env)
        yield Demo(f"http://127.0.0.1:{env['SERAMBI_PORT']}", folder, known_of(folder))


def known_of(folder: Path) -> dict[str, tuple[str, str]]:
    """Who may sign in to the demo in this folder, with their address and password."""
    known = json.loads((folder / "var/demo/sign-ins.json").read_text())
    return {email.partition("@")[0]: (email, password) for _, email, password in known}


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A real browser."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def visit(demo: Demo, browser: Browser) -> Callable[..., Any]:
    """`with visit("sari", width=390) as seen:` a page of the browser, as somebody or as nobody."""

    @contextmanager
    def open_page(name: str = "", *, width: int = 1440, height: int = 900, **more: Any) -> Iterator[Seen]:
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=demo.url, locale="id-ID",
            storage_state=_state(demo, browser, name) if name else None, reduced_motion="reduce", **more,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        seen = Seen(context.new_page(), [])
        seen.page.on(
            "console", lambda said: seen.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        seen.page.on("pageerror", lambda fault: seen.complaints.append(str(fault)))
        yield seen
        context.close()

    return open_page


def _state(demo: Demo, browser: Browser, name: str) -> Any:
    """The cookies of somebody who signed in by the form, once for all tests."""
    if name not in demo.states:
        context = browser.new_context(base_url=demo.url, locale="id-ID")
        sign_in(context, demo, name)
        demo.states[name] = context.storage_state()
        context.close()
    return demo.states[name]


def sign_in(context: BrowserContext, demo: Demo, name: str) -> Page:
    """Fill in the form as people do."""
    email, password = demo.passwords[name]
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.locator("main button").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def working_days(count: int) -> list[str]:
    """The next days on which the demo company works, as people type them: `7 desember`."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        off = {date.fromisoformat(row["date"]) for row in csv.DictReader(opened)}
    day, found = clock.today("Asia/Jakarta"), list[str]()
    while len(found) < count:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in off:
            found.append(f"{day.day} {MONTHS[day.month - 1]}")
    return found


AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
