"""A day at the help desk without the mouse: a queue of ten tickets, and all an agent does with them, by keys alone."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core import clock
from tests.journeys.test_browser import COMPANY, Visit
from tests.journeys.test_desk_keys import left

pytestmark = pytest.mark.timeout(400)  # ten tickets are asked first, each by its form
ASKED = (
    "Seragam baru kapan dibagi?", "Kartu BPJS anak belum jadi", "Slip Mei belum ada", "Mesin absen menolak jari saya",
    "Nomor rekening saya keliru", "Surat keterangan kerja untuk bank", "Kacamata diganti berapa?",
    "Jadwal malam tertukar", "Alamat saya sudah pindah", "Kapan bonus cair?",
)  # fmt: skip
ANSWER, SEND_AND_WAIT, DONE = "Control+Enter", "Alt+Enter", "Control+Shift+Enter"


def keys(page: Page, *pressed: str) -> None:
    """Press these, one after the other, on a page whose scripts have run."""
    page.wait_for_load_state()
    for one in pressed:
        page.keyboard.press(one)


def acted(page: Page, done: str) -> None:
    """The page says that it was done."""
    page.wait_for_url(f"**done={done}")
    expect(page.locator("main .note.good[role=status]")).to_be_visible()


def to_queue(page: Page) -> None:
    """The queue, by its way."""
    keys(page, "g", "q")
    page.wait_for_url("**/tickets")


def take(page: Page) -> str:
    """The next of the queue; its number."""
    to_queue(page)
    keys(page, "t")
    acted(page, "taken")
    return number(page)


def number(page: Page) -> str:
    """Of the ticket that is open."""
    return page.locator("main .heading p").first.inner_text().partition(" ")[0]


def choose(page: Page, words: str) -> None:
    """The choice with these words, by the arrow, in the field that the keys stand in."""
    for _nth in range(20):
        if words in page.evaluate("document.activeElement.selectedOptions[0].textContent"):
            return
        keys(page, "ArrowDown")
    raise AssertionError(words)


def chips(page: Page) -> str:
    """What the head of a ticket says of its state."""
    return page.locator("main .heading p").first.inner_text()


@pytest.fixture(scope="module", autouse=True)
def asked(visit: Visit) -> None:
    """Budi has asked ten things, and two with the first; the desk has a saved reply."""
    with visit("budi") as asks:
        for words in ASKED:
            asks.page.goto("/me/tickets")
            asks.page.locator('textarea[name="words"]').fill(words)
            asks.page.locator("main form button.go").click()
            asks.page.wait_for_url("**/me/tickets/*")
        asks.page.goto("/me/tickets")
        asks.page.locator("main .list a", has_text=ASKED[0]).click()
        asks.page.locator('textarea[name="words"]').first.fill("Sekalian: sepatu saya sobek")
        asks.page.locator("main form button.go").first.click()
        asks.page.wait_for_url("**done=*")
    with visit("ratna") as seen:
        seen.page.goto(f"{COMPANY}/replies")
        for name, words in (
            ("title", "Sudah dikirim"), ("shortcut", "kirim"), ("words_id", "Sudah kami kirim."), ("words_en", "It is on its way."),
        ):  # fmt: skip
            seen.page.locator(f"#f-{name}").fill(words)
        seen.page.locator("main .actions button.go").click()
        expect(seen.page.locator("main .list")).to_contain_text("::kirim")


@pytest.fixture
def page(visit: Visit) -> Iterator[Page]:
    """Ratna's, who comes to work and touches nothing but keys; it complains of nothing."""
    with visit("ratna") as seen:
        seen.page.goto(f"{COMPANY}/today")
        yield seen.page
        assert seen.complaints == []


def test_a_list_is_searched_kept_and_worked_on_in_one_go(page: Page) -> None:
    """Search, keep a view, tick two and do something with both at once."""
    to_queue(page)
    keys(page, "?")
    for key in ("p", "l", "o", "f", "h", "v", "b", "Shift I", "[ ]", "Alt Enter"):
        expect(page.locator("#keys kbd", has_text=re.compile(f"^{re.escape(key)}$"))).not_to_have_count(0)
    keys(page, "Escape")
    expect(page.locator("#keys")).to_be_hidden()
    keys(page, "/")
    page.keyboard.type("kartu")
    keys(page, "Enter")
    page.wait_for_url("**q=kartu**")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    keys(page, "v")
    page.keyboard.type("Soal kartu")
    keys(page, "Enter")
    expect(page.locator(".views a.pill")).to_contain_text("Soal kartu")
    to_queue(page)
    keys(page, "j", "x", "j", "x", "b")
    choose(page, "Tandai mendesak")
    keys(page, ANSWER)
    page.wait_for_url("**/tickets/bulk")
    keys(page, "Enter")
    expect(page.locator("main")).to_contain_text("2 tiket ditandai mendesak.")
    for key, words in (
        ("i", "Tiket yang Anda pegang"),
        ("w", "Tiket yang menunggu"),
        ("u", "Tiket yang belum diambil"),
    ):
        to_queue(page)
        keys(page, key)
        page.wait_for_url("**show=*")
        expect(page.locator("#h-queue")).to_contain_text(words)


def test_a_ticket_is_sorted_put_aside_and_let_go(page: Page) -> None:
    """What is sorted, put on and put aside."""
    to_queue(page)
    keys(page, "/")
    page.keyboard.type("sepatu")
    keys(page, "Enter")
    page.wait_for_url("**q=sepatu**")
    keys(page, "j", "Enter")
    page.wait_for_url("**/tickets/*")
    keys(page, "v", "Enter")
    acted(page, "split")
    take(page)
    keys(page, "!")
    acted(page, "calmed")
    keys(page, "p")
    choose(page, "Tertinggi")
    keys(page, ANSWER)
    acted(page, "sorted")
    expect(page.locator("#f-priority option:checked")).to_have_text("Tertinggi")
    keys(page, "l")
    page.keyboard.type("gudang")
    keys(page, "Enter")
    acted(page, "tagged")
    assert "gudang" in chips(page)
    day = next(
        one for one in (clock.today("Asia/Jakarta") + timedelta(days=n) for n in range(1, 400)) if one.day == one.month
    )
    keys(page, "s")
    page.keyboard.type(f"{day:%d%m%Y}")  # the same whichever of day and month stands first
    keys(page, ANSWER)
    acted(page, "snoozed")
    keys(page, "Shift+S")
    acted(page, "woken")
    keys(page, "n")
    page.keyboard.type("tanya gudang dulu")
    keys(page, ANSWER)
    acted(page, "noted")
    keys(page, "Shift+I")
    acted(page, "released")
    keys(page, "i")
    acted(page, "taken")
    keys(page, "]", "]")
    assert page.evaluate("document.activeElement.closest('.panel') !== null")


def test_answers_are_written_taken_back_and_sent(page: Page) -> None:
    """Written, taken back and written on; with a saved reply, waiting for more, and done."""
    take(page)
    keys(page, "r")
    page.keyboard.type("Dibagi Senin.")
    keys(page, ANSWER)
    page.wait_for_url("**done=leaves")
    keys(page, "z")
    words = page.locator("[data-compose] textarea")
    expect(words).to_have_value("Dibagi Senin.")
    expect(words).to_be_focused()
    page.keyboard.type(" Ukuranmu apa?")
    keys(page, SEND_AND_WAIT)
    left(page)
    expect(page.locator("main .thread")).to_contain_text("Dibagi Senin. Ukuranmu apa?")
    keys(page, "w")
    acted(page, "resumed")
    keys(page, "m")
    choose(page, "Sudah dikirim")
    keys(page, ANSWER)
    expect(words).to_have_value("Sudah kami kirim.")
    expect(words).to_be_focused()
    keys(page, DONE)
    left(page)
    assert "selesai" in chips(page)
    take(page)
    keys(page, "m")
    choose(page, "Sudah dikirim")
    keys(page, DONE)  # a saved reply that is run: sent as it is
    acted(page, "answered")
    keys(page, "r")
    page.keyboard.type("belum jadi dikirim")
    keys(page, "Escape", "e")
    acted(page, "solved")


def test_colleagues_other_tickets_and_the_end(page: Page) -> None:
    """A colleague, other tickets, and the end of it."""
    first = take(page)
    keys(page, "a", "Tab")
    page.keyboard.type("minta tolong")
    keys(page, ANSWER)
    acted(page, "given")
    keys(page, "Shift+I")
    acted(page, "taken")
    second = take(page)
    assert second != first
    keys(page, "o")
    page.keyboard.type(first)
    keys(page, "Enter")
    acted(page, "tied")
    keys(page, "o")
    page.keyboard.type(first)
    keys(page, "Tab", "Tab", "Tab", "Enter")
    acted(page, "merged")
    keys(page, "z")
    acted(page, "unmerged")
    keys(page, "f")
    page.keyboard.type("tanya lagi minggu depan")
    keys(page, ANSWER)
    acted(page, "followed")
    assert number(page) not in (first, second)
    keys(page, "h")
    acted(page, "handed")
    before = page.url
    keys(page, "k")
    page.wait_for_url(lambda url: url != before)
    before = page.url
    keys(page, "j")
    page.wait_for_url(lambda url: url != before)
    take(page)
    before = page.url
    keys(page, "Shift+E")
    page.wait_for_url(lambda url: url.partition("?")[0] != before.partition("?")[0])
    to_queue(page)
    keys(page, "j", "x", "j", "Shift+X", "b")
    choose(page, "Tutup")
    keys(page, ANSWER)
    page.wait_for_url("**/tickets/bulk")
    keys(page, "Enter")
    expect(page.locator("main")).to_contain_text("2 tiket ditutup.")
