"""What comes later stands on the page without a reload; after a lost connection nothing is missing and nothing twice."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Any]
SOON = 8_000  # milliseconds; without the stream a page would ask after twenty seconds


def write(page: Page, words: str) -> None:
    page.locator('[data-talk] input[name="words"]').fill(words)
    page.keyboard.press("Enter")


def wait_for_stream(page: Page) -> None:
    """A page that has one says so by asking for its lines once, at the first event."""
    with page.expect_response(re.compile("/chat/lines")):
        page.goto("/chat")


def test_what_is_said_elsewhere_appears_by_itself(visit: Visit) -> None:
    with visit("budi") as here, visit("budi") as there:
        asked: list[str] = []
        wait_for_stream(here.page)
        here.page.on("request", lambda one: asked.append(one.url))
        there.page.goto("/chat")
        write(there.page, "sisa cuti")
        expect(here.page.locator(".bubble.mine", has_text="sisa cuti")).to_have_count(1, timeout=SOON)
        expect(here.page.locator(".lines > .bubble").last).not_to_have_class(re.compile("mine"), timeout=SOON)
        assert 1 <= len([url for url in asked if "/chat/lines" in url]) <= 6
        assert [url for url in asked if "/live" in url] == [], "the one stream goes on"
        assert here.complaints == []


def test_a_lost_connection_is_said_and_heals_with_nothing_lost_or_twice(visit: Visit) -> None:
    with visit("budi") as here, visit("budi") as there:
        wait_for_stream(here.page)
        here.page.context.set_offline(True)
        expect(here.page.locator(".offline").first).to_be_visible()
        there.page.goto("/chat")
        write(there.page, "status cuti waktu putus")
        expect(there.page.locator(".bubble.mine", has_text="waktu putus")).to_have_count(1)
        here.page.context.set_offline(False)
        expect(here.page.locator(".bubble.mine", has_text="waktu putus")).to_have_count(1, timeout=SOON)
        expect(here.page.locator(".offline").first).to_be_hidden()


def test_a_hidden_tab_holds_no_stream_and_catches_up(visit: Visit) -> None:
    hide = """hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange')); }"""
    with visit("budi") as here, visit("budi") as there:
        wait_for_stream(here.page)
        here.page.evaluate(hide, True)
        asked: list[str] = []
        here.page.on("request", lambda one: asked.append(one.url))
        there.page.goto("/chat")
        write(there.page, "sisa cuti saat tersembunyi")
        expect(there.page.locator(".bubble.mine", has_text="tersembunyi")).to_have_count(1)
        assert asked == []
        here.page.evaluate(hide, False)
        expect(here.page.locator(".bubble.mine", has_text="tersembunyi")).to_have_count(1, timeout=SOON)


@pytest.mark.parametrize("width", [1440, 390])
def test_without_script_the_chat_is_a_form_and_a_link(visit: Visit, width: int) -> None:
    with visit("budi", width=width, java_script_enabled=False) as seen:
        seen.page.goto("/chat")
        write(seen.page, f"sisa cuti tanpa skrip {width}")
        seen.page.wait_for_url("**/chat")
        expect(seen.page.locator(".bubble.mine", has_text=f"tanpa skrip {width}")).to_have_count(1)
        seen.page.get_by_role("link", name="Muat yang baru").click()
        expect(seen.page.locator(".bubble.mine", has_text=f"tanpa skrip {width}")).to_have_count(1)
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
