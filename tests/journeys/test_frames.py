"""The chat in a page of another site, in a browser that keeps no cookies of third parties: with script and without."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Frame, Page, expect, sync_playwright

from tests.journeys.conftest import ARGUMENTS, AXE, Demo
from tests.journeys.test_browser import FAULTS, RULES

Visit = Callable[..., Any]
HERE = "/maju-bersama/settings/chat"
SOON = 8_000  # milliseconds; without the stream a page would ask after twenty seconds
# Of another site than 127.0.0.1, where the demo runs; other people's browsers are told to block what third parties keep.
HOST = "localhost"
NO_THIRD_PARTIES = "--test-third-party-cookie-phaseout"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A browser as strict as any."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path, args=[*ARGUMENTS, NO_THIRD_PARTIES])
        yield started
        started.close()


class Site:
    """Somebody's intranet: one page, whatever is asked for."""

    def __init__(self) -> None:
        self.body = ""
        site = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = f'<!doctype html><html lang="id"><title>Intranet</title><h1>Intranet</h1>{site.body}</html>'
                self.send_response(200)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://{HOST}:{self.server.server_port}"


@contextmanager
def served() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture(scope="module")
def intranet(visit: Visit) -> Iterator[Site]:
    """A page into which an administrator pasted the lines."""
    with served() as site, visit("ratna") as seen:
        seen.page.goto(HERE)
        seen.page.get_by_label("Alamat halaman").fill(f"{site.url}/beranda?x=1")
        seen.page.get_by_role("button", name="Izinkan").click()
        expect(seen.page.get_by_role("status")).to_contain_text("boleh menampilkan obrolan")
        site.body = seen.page.get_by_label("Baris untuk ditempel").input_value()
        assert seen.complaints == []
        yield site


def frame_in(page: Page) -> Frame:
    handle = page.locator("iframe").element_handle()
    found = handle.content_frame()
    assert found is not None
    return found


def refused(page: Page) -> None:
    """The browser shows nothing of ours in the frame; a moment after the page itself has loaded."""
    try:
        frame_in(page).wait_for_url(re.compile("^chrome-error:"), wait_until="commit")
    except Error as seen_on_its_way:
        assert "ERR_BLOCKED_BY_RESPONSE" in str(seen_on_its_way)


def enter(page: Page) -> Frame:
    """Get a code in a window of Serambi and type it in the frame."""
    frame = frame_in(page)
    with page.expect_popup() as opened:
        frame.get_by_role("link", name="Ambil kode").click()
    window = opened.value
    window.get_by_role("button", name="Tampilkan kode").click()
    code = window.locator("p.code").inner_text()
    window.close()
    frame.get_by_label("Ketik kodenya di sini").fill(code)
    frame.get_by_role("button", name="Buka obrolan").click()
    expect(frame.get_by_role("log")).to_be_visible()
    return frame


def write(within: Page | Frame, words: str) -> None:
    box = within.locator('[data-talk] input[name="words"]')
    box.fill(words)
    box.press("Enter")


def test_the_chat_is_opened_in_the_frame_by_a_code_and_is_live_there(visit: Visit, intranet: Site) -> None:
    with visit("budi") as seen, visit("budi") as elsewhere:
        seen.page.goto(intranet.url)
        frame = enter(seen.page)
        write(frame, "sisa cuti di intranet")
        expect(frame.locator(".bubble.mine", has_text="di intranet")).to_have_count(1)
        elsewhere.page.goto("/chat")
        write(elsewhere.page, "sisa cuti di ponsel")
        expect(frame.locator(".bubble.mine", has_text="di ponsel")).to_have_count(1, timeout=SOON)
        seen.page.reload()
        frame = frame_in(seen.page)
        expect(frame.locator(".bubble.mine", has_text="di intranet")).to_have_count(1)  # it stays signed in
        frame.get_by_role("button", name="Keluar di sini").click()
        expect(frame.get_by_label("Ketik kodenya di sini")).to_be_visible()
        elsewhere.page.reload()
        expect(elsewhere.page.get_by_role("log")).to_be_visible()
        assert seen.complaints == []
    with visit("ratna") as admin:
        admin.page.goto(HERE)
        expect(admin.page.locator(".chip.go", has_text="tampil")).to_have_count(1)


def test_without_script_it_is_a_form_and_a_link(visit: Visit, intranet: Site) -> None:
    with visit("budi", java_script_enabled=False) as seen:
        seen.page.goto(intranet.url)
        frame = enter(seen.page)
        write(frame, "sisa cuti tanpa skrip di bingkai")
        expect(frame.locator(".bubble.mine", has_text="tanpa skrip di bingkai")).to_have_count(1)
        frame.get_by_role("link", name="Muat yang baru").click()
        expect(frame.locator(".bubble.mine", has_text="tanpa skrip di bingkai")).to_have_count(1)


def test_a_page_that_was_not_allowed_shows_nothing_and_the_administrator_is_told(visit: Visit, intranet: Site) -> None:
    with served() as other, visit("budi") as seen:
        other.body = intranet.body
        seen.page.goto(other.url)
        refused(seen.page)
        assert "frame-ancestors" in " ".join(seen.complaints)
        with visit("ratna") as admin:
            admin.page.goto(HERE)
            expect(admin.page.locator(".note.bad")).to_contain_text(other.url)


@pytest.mark.parametrize("path", ["/me/", "/chat", "/account", "/chat/code", "/maju-bersama/approvals"])
def test_the_allowed_page_frames_nothing_else(demo: Demo, visit: Visit, intranet: Site, path: str) -> None:
    with served() as trap, visit("ratna") as seen:
        trap.body = f'<iframe src="{demo.url}{path}" title="x"></iframe>'
        seen.page.goto(trap.url)
        refused(seen.page)
        intranet_body, intranet.body = intranet.body, trap.body
        try:
            seen.page.goto(intranet.url)
            refused(seen.page)
        finally:
            intranet.body = intranet_body


def test_a_form_of_the_embedding_page_says_nothing_in_the_name_of_who_is_inside(visit: Visit, intranet: Site) -> None:
    with visit("budi") as seen:
        seen.page.goto(intranet.url)
        frame = enter(seen.page)
        source = frame.url
        with seen.page.expect_response(f"{source}/say") as answer:
            seen.page.evaluate(
                """there => { const form = document.createElement('form'); form.method = 'post'; form.target = 'x';
                form.action = there + '/say'; form.innerHTML = '<input name="words" value="dari halaman jahat">';
                document.body.insertAdjacentHTML('beforeend', '<iframe name="x" title="x"></iframe>');
                document.body.append(form); form.submit(); }""",
                source,
            )
        assert answer.value.status == 403
        frame.goto(source)
        expect(frame.get_by_role("log")).to_be_visible()
        expect(frame.locator(".bubble", has_text="dari halaman jahat")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_frame_is_accessible_and_fits_with_the_keyboard_alone(visit: Visit, intranet: Site, width: int) -> None:
    with visit("budi", width=width) as seen:
        seen.page.goto(intranet.url)
        frame = frame_in(seen.page)
        check(seen.page, frame)
        frame = enter(seen.page)
        check(seen.page, frame)
        frame.locator('[data-talk] input[name="words"]').focus()
        seen.page.keyboard.type("sisa cuti lewat papan tik")
        seen.page.keyboard.press("Enter")
        expect(frame.locator(".bubble.mine", has_text="lewat papan tik").first).to_be_visible()
        reached = set()
        for _ in range(12):
            seen.page.keyboard.press("Tab")
            reached.add(frame.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
        assert {"Buka di jendela sendiri", "Keluar di sini"} <= reached


def check(page: Page, frame: Frame) -> None:
    """Nothing that axe finds, light or dark, and nothing wider than the frame."""
    frame.evaluate(AXE.read_text())
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert frame.evaluate(FAULTS, RULES) == [], theme
    assert frame.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
