"""Every page there is, by the table of routes: whole, without complaints, accessible and no wider than its screen.

An administrator walks through the demo's company, somebody who works there through the portal, nobody through what is
open, and a new owner through a company that is still empty, from the first link to the second step. A page that joins
the table is walked to by itself; one with a part in its address needs a line in EXAMPLES.
"""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, Response, ViewportSize, expect

from backoffice.gate import HEADERS
from backoffice.rendering import environment
from core import clock
from core.accounts import totp
from tests.backoffice.test_roles import OPEN, ROUTES
from tests.docker.test_commands import surroundings
from tests.journeys.conftest import AXE, Demo, Seen
from tests.journeys.test_browser import COMPANY, FAULTS, RULES

Visit = Callable[..., Any]
Look = tuple[ViewportSize, Literal["light", "dark"]]
EMPTY, EMAIL, PASSWORD = "/kosong-jaya", "pemilik@kosong.example", "gerimis lumbung kenari tujuh"
LARGE: ViewportSize = {"width": 1440, "height": 900}
SMALL: ViewportSize = {"width": 390, "height": 844}
BY_DAY: Look = (LARGE, "light")
BY_NIGHT: Look = (SMALL, "dark")
PLACE = "{company:str}"
# What is fetched by a page or a program, or taken away as a file, and what leads on to another page.
NO_PAGES = {
    # Asked for by the script of passkeys; the page of one needs a device, which test_passkeys.py has.
    "/sign-in/passkey", "/second-factor/passkey", "/second-factor/setup/passkey/options",
    "/account/passkeys/new/options", "/account/passkeys/{public:str}",
    "/chat/lines", "/live", "/go/found", "/account/awake", "/static/{name:path}", "/healthz", "/readyz", "/metrics",
    f"/{PLACE}", f"/{PLACE}/approvals/news", f"/{PLACE}/named", f"/{PLACE}/feed/{{secret:str}}", f"/{PLACE}/imports/template",
    f"/{PLACE}/imports/{{public:str}}/copy", f"/{PLACE}/leave/opening/template",
    f"/{PLACE}/leave/opening/{{public:str}}/copy", f"/{PLACE}/work/{{public:str}}/file",
    f"/{PLACE}/drafts/{{name:str}}/{{thing:str}}", f"/{PLACE}/settings/slack/installed",
    "/hooks/whatsapp/{key:str}", "/training/{film:str}/{name:str}",
    f"/{PLACE}/tickets/live", f"/{PLACE}/tickets/{{public:str}}/news", f"/{PLACE}/tickets/{{public:str}}/beside",
    f"/{PLACE}/tickets/{{public:str}}/articles",
    # At the operator's desk alone: test_operator.py goes there.
    f"/{PLACE}/companies", f"/{PLACE}/companies/{{slug:str}}",
    f"/{PLACE}/defects", f"/{PLACE}/defects/{{public:str}}",
    f"/{PLACE}/releases", f"/{PLACE}/releases/{{quarter:str}}",
    # Shown within pages of others alone: test_frames.py goes there.
    "/chat/frame/{key:str}", "/chat/frame/{key:str}/lines", "/chat/frame/{key:str}/live",
}  # fmt: skip
# Long work needs more rows than a demo has, a job that was given up needs five failures: told to be not there.
GONE = {
    f"/{PLACE}/work/{{public:str}}": "nothing",
    f"/{PLACE}/invitations/{{public:str}}": "nobody",
    f"/{PLACE}/jobs/{{number:int}}/drop": "7",
}
# A page about one thing: where a link to one stands, or what to write into the address.
PERSON = ("/people", "main th a")
EXAMPLES: Mapping[str, tuple[str, ...] | str] = {
    f"/{PLACE}/approvals/{{public:str}}": ("/approvals/history", "main td a"),
    f"/{PLACE}/chains/{{kind:str}}": ("/chains", 'main a[href*="/chains/"]'),
    f"/{PLACE}/types/{{code:str}}": "/types/annual",
    f"/{PLACE}/leave/opening/{{public:str}}": ("/leave/opening", "main table a"),
    f"/{PLACE}/people/{{public:str}}": PERSON,
    f"/{PLACE}/people/{{public:str}}/leave": (*PERSON, "/leave"),
    f"/{PLACE}/people/{{public:str}}/leave/record": (*PERSON, "/leave/record"),
    f"/{PLACE}/people/{{public:str}}/identity/{{name:str}}": (*PERSON, "/identity/nik"),
    f"/{PLACE}/people/{{public:str}}/pay/{{name:str}}": (*PERSON, "/pay/bank_account"),
    f"/{PLACE}/replies/{{public:str}}": ("/replies", "main .list a"),
    f"/{PLACE}/tickets/{{public:str}}": ("/tickets", "main th a"),
    f"/{PLACE}/reports/desk/what-if/{{public:str}}": ("/reports/desk/what-if", "main .list a"),
    f"/{PLACE}/ideas/{{public:str}}": ("/ideas", "main th a"),
    f"/{PLACE}/settings/webhooks/{{public:str}}": ("/settings/webhooks", "main .actions a.small"),
    f"/{PLACE}/privacy/misuse/{{public:str}}": ("/privacy/misuse", "main .list a"),
    f"/{PLACE}/privacy/breaches/{{public:str}}": ("/privacy/breaches", "main .list a"),
    f"/{PLACE}/privacy/{{public:str}}": ("/privacy?show=all", "main td a"),
    "/me/data/requests/{public:str}": ("/me/data/requests", "main .list a"),
    "/me/tickets/{public:str}": ("/me/tickets", "main .list a"),
    f"/{PLACE}/rehearsals/{{public:str}}": ("/rehearsals", "main th a"),
    f"/{PLACE}/imports/{{public:str}}": ("/imports", "main th a"),
    f"/{PLACE}/roles/{{public:str}}": ("/roles", 'main a[href*="/roles/"]'),
    f"/{PLACE}/articles/{{name:str}}": ("/articles", "main th a"),
    "/help/{name:str}": ("/help", "main .columns a"),
    "/releases/{quarter:str}": "/releases/2026-q4",
    "/d/{secret:str}": "/d/spent",
    "/p/{secret:str}": "/p/spent",
    "/me/training/{name:str}": "/me/training/ajukan-cuti",
    "/training/{film:str}": "/training/impor-karyawan",
    "/sign-in/{secret:str}": "/sign-in/spent",
    "/reset/{secret:str}": "/reset/spent",
}
OWN = ("/me", "/chat", "/account", "/go", "/help")
# Told in the story of a newcomer, since nobody who is signed in sees them.
WAITING = {"/second-factor", "/second-factor/setup", "/second-factor/setup/passkey"}


def pages() -> tuple[set[str], set[str], set[str]]:
    """The pages that are open, of one's own, and of a company, by their routes."""
    known = {path for method, path in (*OPEN, *ROUTES) if method == "GET" and not path.startswith("/api/")}
    known -= NO_PAGES | WAITING
    company = {path for path in known if path.startswith(f"/{PLACE}/")}
    own = {path for path in known - company if path.startswith(OWN)}
    return known - company - own, own, company


OPEN_PAGES, OWN_PAGES, COMPANY_PAGES = pages()
OF_AN_OFFICER = {route for route in COMPANY_PAGES if "/privacy/breaches" in route or "/privacy/misuse" in route}
OF_AN_OWNER = {f"/{PLACE}/mail", f"/{PLACE}/settings/terms", f"/{PLACE}/settings/api"}
OF_AN_OWNER |= {route for route in COMPANY_PAGES if "/settings/webhooks" in route}


def address(page: Page, route: str, company: str) -> str | None:
    """Where this page is in that company; None where there is nothing yet to look at."""
    if route in GONE:
        return route.replace(PLACE, company[1:]).replace("{public:str}", GONE[route]).replace("{number:int}", "7")
    example = EXAMPLES.get(route)
    if example is None:
        there = route.replace(PLACE, company[1:])
        assert "{" not in there, f"{route} needs a line in EXAMPLES"
        return there
    if isinstance(example, str):
        return f"{company}{example}" if PLACE in route else example
    start, links, *more = example
    page.goto(f"{company}{start}")
    link = page.locator(links).first
    return f"{link.get_attribute('href')}{''.join(more)}" if link.count() else None


def faults_of(seen: Seen, answer: Response | None, looks: Sequence[Look] = (BY_DAY, BY_NIGHT)) -> list[str]:
    """What is wrong with the page that is open, on a large screen by day and on a small one by night."""
    page, found = seen.page, list[str]()
    status = answer.status if answer else 200
    said = [text for text in seen.complaints if status < 400 or f"status of {status}" not in text]
    seen.complaints.clear()
    found += [f"complaint: {text}" for text in said]
    if page.locator("h1").count() != 1 or not page.title().endswith("Serambi"):
        found.append(f"headings {page.locator('h1').all_inner_texts()}, title {page.title()}")
    page.evaluate(AXE.read_text())
    for size, theme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=theme)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wider > 0:
            found.append(f"{wider} px wider than {size['width']}")
        found += [f"{theme}: {fault}" for fault in page.evaluate(FAULTS, RULES)]
        _keep(page, theme)
    return found


def _keep(page: Page, theme: str) -> None:
    """A picture of the page, when somebody wants to look at it: `SERAMBI_SHOTS=folder`."""
    folder = os.environ.get("SERAMBI_SHOTS")
    if folder:
        name = page.url.partition("//")[2].partition("/")[2].partition("?")[0].replace("/", "-") or "front"
        page.screenshot(path=Path(folder) / f"{name[:60]}.{theme}.png", full_page=True)


def wrong_at(seen: Seen, route: str, company: str, *statuses: int, looks: Sequence[Look] = (BY_DAY, BY_NIGHT)) -> Any:
    """Go to the page of a route and say what is wrong with it; a thing of which there is none yet has no page."""
    seen.page.set_viewport_size(LARGE)
    there = address(seen.page, route, company)
    seen.complaints.clear()
    if there is None:
        return []
    answer = seen.page.goto(there)
    assert answer is not None
    if answer.status not in (*statuses, *([404] if route in GONE else [])):
        return answer.status
    return faults_of(seen, answer, looks)


@pytest.fixture(scope="module")
def walkers(visit: Visit) -> Iterator[Callable[[str], Seen]]:
    """One browser context for each who walks, kept from page to page."""
    with ExitStack() as stack:
        yield lru_cache(maxsize=None)(lambda name: stack.enter_context(visit(name)))


@pytest.mark.parametrize("route", sorted(OPEN_PAGES | {"/try", "/forgot?sent=1", "/nothing/here"}))
def test_a_page_that_is_open_is_in_order(walkers: Callable[[str], Seen], route: str) -> None:
    assert wrong_at(walkers(""), route, COMPANY, 200, 404, 410) == []


@pytest.mark.parametrize("route", sorted(OWN_PAGES))
def test_a_page_of_ones_own_is_in_order(walkers: Callable[[str], Seen], route: str) -> None:
    assert wrong_at(walkers("budi"), route, COMPANY, 200) == []


def test_a_page_that_is_refused_is_in_order(walkers: Callable[[str], Seen]) -> None:
    assert wrong_at(walkers("budi"), f"/{PLACE}/roles", COMPANY, 403) == []


@pytest.fixture(scope="module")
def refused_file(walkers: Callable[[str], Seen], tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file was sent under Imports, and one of its cells is bad."""
    sheet = tmp_path_factory.mktemp("sheet") / "orang.csv"
    sheet.write_text("employee_number,name,nik\n0412,Budi Santoso,123\n")
    page = walkers("ratna").page
    page.goto(f"{COMPANY}/imports")
    page.locator('input[type="file"]').set_input_files(sheet)
    page.locator("main form.form button").first.click()
    page.wait_for_url("**/imports/*")


@pytest.fixture(scope="module")
def kept_chat(walkers: Callable[[str], Seen]) -> list[str]:
    """A chat was pasted and kept; what was wrong with the page on which it is said how it should go."""
    page = walkers("ratna").page
    page.goto(f"{COMPANY}/rehearsals")
    page.locator('textarea[name="chat"]').fill("Budi > sisa cuti\nBudi > besok cuti")
    page.locator('input[name="as"]').fill("0412")
    page.locator("main form.form button").last.click()
    expect(page.locator('input[name="words1"]')).to_have_value("besok cuti")
    wrong = faults_of(walkers("ratna"), None)
    page.locator('select[name="asks0"]').select_option("leave_status")
    page.locator('input[name="title"]').fill("Sisa")
    page.locator("main form .actions button").last.click()
    page.wait_for_url("**done=kept")
    return wrong


def test_the_page_of_a_chat_that_is_pasted_is_in_order(kept_chat: list[str]) -> None:
    assert kept_chat == []


@pytest.fixture(scope="module")
def drilled(visit: Visit) -> None:
    """The officer has declared a drill, and everybody it concerns is listed."""
    with visit("agus") as seen:
        seen.page.goto(f"{COMPANY}/privacy/breaches")
        for name in ("how", "handling", "advice"):
            seen.page.locator(f'main textarea[name="{name}"]').fill("Latihan: laptop HR hilang di kereta.")
        seen.page.locator("#f-kinds-contact").check()
        seen.page.locator("#f-drill").check()
        seen.page.locator("main form.form button.go").click()
        expect(seen.page.locator("#people [role=status]")).to_have_count(0)


@pytest.mark.usefixtures("drilled")
@pytest.mark.parametrize("route", sorted(OF_AN_OFFICER))
def test_a_page_of_an_officer_is_in_order(walkers: Callable[[str], Seen], route: str) -> None:
    assert wrong_at(walkers("agus"), route, COMPANY, 200) == []


@pytest.mark.usefixtures("refused_file", "kept_chat")
@pytest.mark.parametrize("route", sorted(COMPANY_PAGES - OF_AN_OWNER - OF_AN_OFFICER))
def test_a_page_of_a_company_is_in_order(walkers: Callable[[str], Seen], route: str) -> None:
    assert wrong_at(walkers("ratna"), route, COMPANY, 200) == []


@dataclass
class Owner:
    """The owner of a company that is still empty, and what was wrong with the pages on the way in."""

    seen: Seen
    recovery: str
    wrong: dict[str, list[str]]


@pytest.fixture(scope="module")
def owner(demo: Demo, visit: Visit) -> Iterator[Owner]:
    """From the first link through the second step, which is a must outside the demo's company."""
    with visit() as seen:
        page, wrong = seen.page, dict[str, list[str]]()
        page.goto(_invited(demo))
        wrong["first link"] = faults_of(seen, None)
        page.locator('input[type="password"]').fill(PASSWORD)
        page.locator("main form.form button").click()
        page.wait_for_url("**/second-factor/setup*")
        wrong["setup"] = faults_of(seen, None)
        page.locator('main input[name="code"]').fill("000000")
        page.locator("main form.form button").click()
        expect(page.locator('main [role="alert"]').first).to_be_visible()
        seen.complaints.clear()
        wrong["setup refused"] = faults_of(seen, None)
        secret = page.locator("main p.mono").inner_text().replace(" ", "")
        page.locator('main input[name="code"]').fill(totp.code_at(secret, totp.step_of(clock.now())))
        page.locator("main form.form button").click()
        expect(page.locator("ul.mono li")).to_have_count(totp.RECOVERY_CODES)
        recovery = page.locator("ul.mono li").first.inner_text()
        wrong["recovery codes"] = faults_of(seen, None)
        page.locator("main a.button").click()
        yield Owner(seen, recovery, wrong)


@pytest.mark.parametrize("route", sorted(COMPANY_PAGES))
def test_a_page_of_an_empty_company_is_in_order(owner: Owner, route: str) -> None:
    # The same page was looked at by day with all that stands in it.
    assert wrong_at(owner.seen, route, EMPTY, 200, looks=[BY_NIGHT]) == []


def test_the_pages_between_a_password_and_the_company_are_in_order(owner: Owner) -> None:
    page, wrong = owner.seen.page, owner.wrong
    page.set_viewport_size(LARGE)
    page.goto("/account")
    page.locator('header form[action="/sign-out"] button').click()
    page.wait_for_url("**/sign-in?out=1")
    page.get_by_label("E-mail").fill(EMAIL)
    page.locator('input[type="password"]').fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/second-factor*")
    wrong["second step"] = faults_of(owner.seen, None)
    page.locator('main input[name="code"]').fill("000000")
    page.locator("main form.form button").click()
    expect(page.locator('main [role="alert"]').first).to_be_visible()
    owner.seen.complaints.clear()
    wrong["second step refused"] = faults_of(owner.seen, None)
    page.locator('main input[name="code"]').fill(owner.recovery)
    page.locator("main form.form button").click()
    page.wait_for_url(lambda there: "second-factor" not in there)
    page.goto("/account/block")
    wrong["block"] = faults_of(owner.seen, None)
    assert {name: found for name, found in wrong.items() if found} == {}


def _invited(demo: Demo) -> str:
    """The first link of the owner of a new company, as the command prints it."""
    said = shlex.split((demo.folder / "var/demo/environment").read_text(), comments=True)
    env = surroundings() | dict(word.split("=", 1) for word in said if "=" in word)
    command = ["serambi", "company", "add", "Kosong Jaya", "--admin", EMAIL]
    told = subprocess.run(command, env=env, cwd=demo.folder, capture_output=True, text=True, check=True).stdout
    return "/sign-in/" + told.partition("/sign-in/")[2].split()[0]


@pytest.fixture
def faults(visit: Visit) -> Iterator[tuple[Seen, dict[str, str]]]:
    """A browser that is shown pages of ours which a demo cannot bring about, as the gate would send them."""
    shown: dict[str, str] = {}
    with visit() as seen:
        seen.page.route(
            "**/shown/*",
            lambda route: route.fulfill(
                status=200, body=shown[route.request.url.rpartition("/")[2]], content_type="text/html; charset=utf-8",
                headers=dict(HEADERS),
            ),
        )  # fmt: skip
        yield seen, shown


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_that_say_what_went_wrong_are_in_order(faults: tuple[Seen, dict[str, str]], language: str) -> None:
    seen, shown = faults
    wrong = {}
    for status in ("400", "403", "404", "405", "409", "413", "422", "429", "500"):
        asker = SimpleNamespace(path="/shown", language=language, theme=None, csrf="x", session=None, signed=None)
        shown[status] = environment().get_template(f"errors/{status}.html").render(
            asker=asker, language=language, other="en", twin=None, menu=(), account=None, place=None,
            zone="Asia/Jakarta", status=int(status), roles=None, guest=None, said="Sudah diputus.", back="/me/", quote="0a1b2c3d", minutes=65,
        )  # fmt: skip
        seen.page.goto(f"/shown/{status}")
        if found := faults_of(seen, None):
            wrong[status] = found
    assert wrong == {}
