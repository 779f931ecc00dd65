"""An agent works through three tickets without the mouse."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.test_browser import COMPANY, Visit


def left(page: Page) -> None:
    """The answer may be undone for some seconds, then it is on its way and the page shows the ticket as it is now."""
    page.wait_for_url("**done=leaves")
    page.wait_for_url(re.compile(r"/tickets/[^/?]+$"))


def test_three_tickets_without_the_mouse(visit: Visit) -> None:
    with visit("budi") as asks:
        for words in ("Seragam baru kapan dibagi?", "Kartu BPJS anak belum jadi", "Slip Mei belum ada"):
            asks.page.goto("/me/tickets")
            asks.page.locator('textarea[name="words"]').fill(words)
            asks.page.locator("main form button.go").click()
            asks.page.wait_for_url("**/me/tickets/*")
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/today")
        page.keyboard.press("g")
        page.keyboard.press("q")
        page.wait_for_url("**/tickets")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_contain_text("Selesai, lanjut berikutnya")
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        page.wait_for_url("**/tickets/*done=taken")
        page.keyboard.press("n")
        page.keyboard.type("tanya gudang dulu")
        page.keyboard.press("Control+Enter")
        expect(page.locator("main")).to_contain_text("tanya gudang dulu")
        page.wait_for_url("**done=noted")
        page.keyboard.press("r")
        page.keyboard.type("Dibagi hari Senin.")
        page.keyboard.press("Control+Shift+Enter")
        left(page)
        expect(page.locator("main .heading")).to_contain_text("selesai")
        for words in ("Sudah kami urus.", "Sudah kami kirim."):
            page.keyboard.press("g")
            page.keyboard.press("q")
            page.wait_for_url("**/tickets")
            page.keyboard.press("t")
            page.wait_for_url("**/tickets/*done=taken")
            page.keyboard.press("r")
            page.keyboard.type(words)
            page.keyboard.press("Control+Enter")
            left(page)
            page.keyboard.press("e")
            page.wait_for_url("**done=solved")
