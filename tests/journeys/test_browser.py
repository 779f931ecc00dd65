"""The pages in a real browser: whole, accessible, light and dark, large and small; usable without script and by keyboard."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import AXE, Demo, Seen, sign_in, working_days

Visit = Callable[..., Any]
COMPANY = "/maju-bersama"
PAGES = [
    ("", "/"), ("", "/en"), ("", "/sign-in"), ("", "/sign-in/spent"), ("", "/try"), ("", "/nothing/here"),
    ("budi", "/me/"), ("budi", "/me/leave"), ("budi", "/chat"), ("budi", f"{COMPANY}/audit"),
    ("sari", "/me/"), ("sari", f"{COMPANY}/approvals"), ("maya", "/me/leave"),
    ("ratna", f"{COMPANY}/approvals"), ("ratna", f"{COMPANY}/leave"), ("ratna", f"{COMPANY}/leave?show=all"),
    ("ratna", f"{COMPANY}/audit"),
    ("budi", "/me/leave/new"), ("ratna", f"{COMPANY}/today"), ("ratna", f"{COMPANY}/types"),
    ("ratna", f"{COMPANY}/types/annual"), ("ratna", f"{COMPANY}/collective"), ("ratna", f"{COMPANY}/settings"),
    ("ratna", f"{COMPANY}/jobs"), ("ratna", "/go"),
]  # fmt: skip
# Every page is walked to in test_walk.py; these are looked at with a story behind them.
TOLD = [
    ("", "/try"), ("budi", "/me/"), ("budi", "/me/leave"), ("budi", "/chat"), ("sari", f"{COMPANY}/approvals"),
    ("maya", "/me/leave"), ("ratna", f"{COMPANY}/leave?show=all"),
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Where nothing is wrong with it, nobody needs to know of each element how it would be found again: that takes time.
FAULTS = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`))"""
FIRST_TIME, FRONT, SCRIPT = 90_000, 40_000, 22_000


@pytest.fixture(scope="module", autouse=True)
def story(demo: Demo, visit: Visit) -> list[str]:
    """Budi has asked for two days of leave: one was approved by Sari, one still waits."""
    days = working_days(2)
    with visit() as seen:
        page = seen.page
        page.goto("/try")
        for count, day in enumerate(days, 1):
            say(seen, f"cuti {day}, antar ibu kontrol")
            page.locator("#person .choices button", has_text="Ya, ajukan").last.click()
            # The eight requests of the demo's own fortnight came before.
            expect(page.locator("#person .lines")).to_contain_text(re.compile(rf"Terkirim: C-{count + 9}\b"))
            expect(page.locator("#approver .actions button")).to_have_count(3)
            if count == 1:
                page.locator("#approver button", has_text="Setujui").click()
                expect(page.locator("#approver .card.approved")).to_have_count(1)
        assert seen.complaints == []
    return days


def say(seen: Seen, words: str) -> None:
    """Write a sentence in the talk and wait until it was answered."""
    bubbles = seen.page.locator("[data-talk] .lines > .bubble:not(.unsent)")
    before = bubbles.count()
    seen.page.locator('[data-talk] input[name="words"]').fill(words)
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("[data-talk] .lines")).to_contain_text(words)
    seen.page.wait_for_function(
        "count => document.querySelectorAll('[data-talk] .lines > .bubble:not(.unsent)').length >= count",
        arg=before + 2,
    )


@pytest.mark.parametrize(("name", "path"), TOLD)
def test_a_page_is_whole_accessible_and_fits(visit: Visit, name: str, path: str) -> None:
    # On a phone in both themes; test_walk.py sees every page in both widths.
    with visit(name, width=390, height=844) as seen:
        answer = seen.page.goto(path)
        assert answer is not None
        expect(seen.page.locator("h1")).to_have_count(1)
        assert seen.page.title().endswith("Serambi")
        assert seen.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        expected = [] if answer.ok else [f"the server responded with a status of {answer.status}"]
        assert [text for text in seen.complaints if not any(one in text for one in expected)] == []
        # The policy of the page stays in force: axe is run through the debugger, not as a script of the page.
        seen.page.evaluate(AXE.read_text())
        for theme in ("light", "dark"):
            seen.page.emulate_media(color_scheme=theme)
            assert seen.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == theme
            assert seen.page.evaluate(FAULTS, RULES) == [], theme


def test_titles_tell_pages_apart(visit: Visit) -> None:
    titles: dict[str, str] = {}
    for name in sorted({name for name, _ in PAGES}):
        with visit(name) as seen:
            for path in (path for who, path in PAGES if who == name):
                page = seen.page.request.get(path).text()
                titles[f"{name} {path}"] = f"{name} {page.partition('<title>')[2].partition('</title>')[0]}"
    assert all(title.endswith("Serambi") for title in titles.values()), titles
    assert len(set(titles.values())) == len(titles), titles


def test_htmx_is_the_pinned_one_and_does_nothing_we_did_not_ask_for(visit: Visit) -> None:
    with visit("budi") as seen:
        seen.page.goto("/chat")
        assert seen.page.evaluate("htmx.version") == "2.0.11"
        names = ("allowEval", "allowScriptTags", "includeIndicatorStyles", "selfRequestsOnly", "historyCacheSize")
        found = seen.page.evaluate("names => names.map(name => htmx.config[name])", list(names))
        assert dict(zip(names, found, strict=True)) == {
            "allowEval": False, "allowScriptTags": False, "includeIndicatorStyles": False, "selfRequestsOnly": True,
            "historyCacheSize": 0,
        }  # fmt: skip
        assert seen.page.locator('script[src*="/static/vendor/htmx.min.js"]').count() == 1
        assert seen.page.evaluate("Object.keys(localStorage)") == []


def test_pages_stay_within_their_weight_and_ask_nobody_else(demo: Demo, visit: Visit) -> None:
    weigh = """() => performance.getEntries().filter(one => 'transferSize' in one)
        .map(one => [one.name, one.transferSize])"""
    for name, path, most in (("", "/", FRONT), ("budi", "/me/", FIRST_TIME), ("ratna", f"{COMPANY}/audit", FIRST_TIME)):
        with visit(name) as seen:
            seen.page.goto(path, wait_until="load")
            loaded = seen.page.evaluate(weigh)
            assert all(address.startswith(demo.url) for address, _ in loaded), loaded
            assert sum(size for _, size in loaded) <= most, loaded
            assert sum(size for address, size in loaded if ".js" in address) <= SCRIPT


def test_the_trial_page_shows_what_the_rows_say(visit: Visit, story: list[str]) -> None:
    with visit(width=1440, height=1000) as seen:
        page = seen.page
        page.goto("/try")
        say(seen, "sisa cuti")
        expect(page.locator("#h-stops")).to_contain_text("sisa cuti")
        say(seen, "status cuti")
        expect(page.locator("#h-stops")).to_contain_text("status cuti")
        expect(page.locator(".stops li").nth(4)).to_be_attached()
        expect(page.locator(".ledger .fresh")).to_have_count(1)  # one day is still held
        told = page.locator(".ledger tbody tr").all()
        sums = [int(row.locator("td").nth(3).inner_text().replace("−", "-")) for row in told]
        left = int(told[-1].locator("td").nth(4).inner_text())
        assert sum(sums) == left
        assert seen.complaints == []


def test_a_reason_is_asked_for_and_given_on_the_trial_page(visit: Visit) -> None:
    day = working_days(4)[3]
    with visit(width=390, height=844) as seen:
        page = seen.page
        page.goto("/try")
        say(seen, f"cuti {day}, urus paspor")
        page.locator("#person .choices button", has_text="Ya, ajukan").last.click()
        page.locator(".jump a", has_text="Sari").click()
        expect(page.locator('.jump a[aria-current="true"]')).to_have_text("Sari")
        page.locator("#approver button", has_text="Tolak").first.click()
        page.get_by_label("Tulis alasannya").fill("Gudang perlu semua orang")
        page.keyboard.press("Enter")
        expect(page.locator("#approver .card.rejected").first).to_contain_text("Gudang perlu semua orang")
        expect(page.locator("#person .lines")).to_contain_text("Gudang perlu semua orang")
        assert seen.complaints == []


def test_signing_in_as_somebody_of_the_demo_needs_no_password(visit: Visit) -> None:
    with visit() as seen:
        seen.page.goto("/try")
        seen.page.get_by_role("button", name="Sari", exact=True).click()
        seen.page.wait_for_url("**/me/")
        expect(seen.page.locator(".eave .who")).to_contain_text("Sari Wulandari")


def test_a_rejection_by_keyboard_alone(visit: Visit) -> None:
    with visit("sari") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/approvals")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("j")
        expect(page.locator(".request").first).to_be_focused()
        page.keyboard.press("r")
        reason = page.locator(".request textarea").first
        expect(reason).to_be_focused()
        page.keyboard.type("?c")  # letters typed here are only letters
        expect(reason).to_have_value("?c")
        expect(page.locator("#keys")).not_to_be_visible()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".note.bad")).to_contain_text("alasan")
        assert page.title().startswith("Kesalahan:")


def test_keys_can_be_listed_and_switched_off(visit: Visit) -> None:
    with visit("sari") as seen:
        page = seen.page
        page.goto("/me/")
        page.keyboard.press("?")
        expect(page.locator("#keys")).to_be_visible()
        page.locator("#keys-off").check()
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        expect(page.locator("#keys")).not_to_be_visible()
        page.goto("/me/")
        page.keyboard.press("g")
        page.keyboard.press("l")
        page.wait_for_timeout(300)
        assert page.url.endswith("/me/")
        page.locator("body").click()
        page.evaluate("localStorage.clear()")
        page.reload()
        page.keyboard.press("g")
        page.keyboard.press("l")
        page.wait_for_url("**/me/leave")


def test_any_page_is_found_and_opened_from_the_keyboard(visit: Visit) -> None:
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/today")
        page.keyboard.press("Control+k")
        expect(page.locator("#box")).to_be_visible()
        page.keyboard.type("penga")
        expect(page.locator("#box-found a")).to_have_count(1)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{COMPANY}/settings")
        page.keyboard.press("g")
        page.keyboard.press("y")
        page.wait_for_url(f"**{COMPANY}/today")
        assert seen.complaints == []


def test_a_list_is_walked_filtered_and_its_address_says_so(visit: Visit) -> None:
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/leave?show=all")
        page.keyboard.press("j")
        expect(page.locator("[data-rows] tbody tr").first).to_be_focused()
        page.keyboard.press("/")
        page.keyboard.type("budi")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=budi*")
        expect(page.locator(".chips a.chip")).to_have_count(1)
        page.locator(".chips a.chip").click()
        page.wait_for_url(lambda address: "q=" not in address)
        with page.expect_download() as taken:
            page.locator('.exports button[value="xlsx"]').click()
        assert taken.value.suggested_filename.endswith(".xlsx")
        assert seen.complaints == []


def test_the_form_of_leave_shows_its_consequence_while_it_is_filled_in(visit: Visit) -> None:
    with visit("maya") as seen:
        page = seen.page
        page.goto("/me/leave/new")
        page.get_by_label("Mulai").fill("2020-01-06")
        page.get_by_label("Sampai").click()
        expect(page.locator("#seen")).to_contain_text("sudah lewat")
        assert seen.complaints == []


def reload_until(page: Page, there: Callable[[], bool]) -> None:
    """Without a script a page shows what is new when it is loaded again."""
    for _ in range(40):
        if there():
            return
        page.wait_for_timeout(250)
        page.reload()
    pytest.fail(f"it never came: {page.inner_text('main')}")


def test_without_script_leave_is_asked_for_and_decided(demo: Demo, browser: Browser) -> None:
    day = working_days(3)[2]
    context = browser.new_context(base_url=demo.url, locale="id-ID", java_script_enabled=False)
    page = sign_in(context, demo, "budi")
    page.goto("/chat")
    page.get_by_label("Pesan").fill(f"cuti {day}, ke bank")
    with page.expect_navigation():
        page.locator(".composer .send button").click()
    send = page.locator(".choices button", has_text="Ya, ajukan")
    reload_until(page, lambda: send.count() > 0)
    with page.expect_navigation():
        send.last.click()
    page.goto("/me/leave")
    waiting = page.locator(".list .chip.wait")
    reload_until(page, lambda: waiting.count() >= 2)
    number = page.locator(".list b").first.inner_text()
    page.locator("header button", has_text="Keluar").click()
    page.wait_for_url("**/sign-in?out=1")
    context.close()
    context = browser.new_context(base_url=demo.url, locale="id-ID", java_script_enabled=False)
    page = sign_in(context, demo, "sari")
    page.goto(f"{COMPANY}/approvals")
    card = page.locator(".request", has_text=number)
    card.locator("summary", has_text="Tolak").click()
    card.locator("textarea").first.fill("Stok opname hari itu")
    card.get_by_role("button", name="Tolak", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(f"{number} dari Budi ditolak")
    context.close()


def test_a_lost_connection_is_said_and_nothing_typed_is_lost(visit: Visit) -> None:
    with visit("maya") as seen:
        page = seen.page
        page.goto("/chat")
        page.context.set_offline(True)
        box = page.locator('[data-talk] input[name="words"]')
        box.fill("sisa cuti saya berapa")
        page.keyboard.press("Enter")
        expect(page.locator(".offline")).to_be_visible()
        expect(box).to_have_value("sisa cuti saya berapa")
        page.context.set_offline(False)
        expect(page.locator(".offline")).not_to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator(".lines")).to_contain_text(re.compile("cuti tahunan"))


def test_what_was_written_when_the_session_had_ended_waits_after_signing_in(demo: Demo, visit: Visit) -> None:
    email, password = demo.passwords["maya"]
    with visit("maya") as seen:
        page = seen.page
        page.goto("/chat")
        page.locator('[data-talk] input[name="words"]').fill("sisa cuti saya")
        with visit("maya") as elsewhere:
            elsewhere.page.goto("/me/")
            elsewhere.page.locator("header button", has_text="Keluar").click()
            elsewhere.page.wait_for_url("**/sign-in?out=1")
        del demo.states["maya"]
        page.keyboard.press("Enter")
        page.wait_for_url("**/sign-in?next=/chat")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Kata sandi").fill(password)
        page.locator("main button").click()
        page.wait_for_url("**/chat")
        expect(page.locator('[data-talk] input[name="words"]')).to_have_value("sisa cuti saya")


def test_before_a_session_ends_it_is_said_and_after_the_end_one_comes_back_to_the_page(
    demo: Demo, visit: Visit
) -> None:
    there = f"{COMPANY}/leave?show=all"
    email, password = demo.passwords["ratna"]
    with visit("ratna") as seen:
        page, toast = seen.page, seen.page.locator("[data-idle]")
        page.clock.install()
        page.goto(there)
        page.clock.fast_forward(1_679_000)
        expect(toast).to_be_hidden()
        page.clock.fast_forward(2_000)
        expect(toast).to_contain_text("berakhir dua menit lagi")
        page.evaluate(AXE.read_text())
        assert page.evaluate(FAULTS, RULES) == []
        with page.expect_response("**/account/awake") as stayed:
            toast.get_by_text("Tetap masuk").click()
        assert stayed.value.status == 204
        expect(toast).to_be_hidden()
        page.clock.fast_forward(121_000)
        expect(toast).to_be_hidden()
        page.clock.fast_forward(1_600_000)
        expect(toast).to_contain_text("berakhir dua menit lagi")
        # Elsewhere something was done meanwhile: the session lives, and nothing is said of an end.
        page.clock.fast_forward(121_000)
        expect(toast).to_be_hidden()
        with visit("ratna") as elsewhere:
            elsewhere.page.goto("/me/")
            elsewhere.page.locator("header button", has_text="Keluar").click()
            elsewhere.page.wait_for_url("**/sign-in?out=1")
        del demo.states["ratna"]
        page.clock.fast_forward(1_681_000)
        page.clock.fast_forward(121_000)
        expect(toast).to_contain_text("Sesi ini sudah berakhir")
        toast.get_by_text("Masuk lagi").click()
        page.wait_for_url(re.compile(r"/sign-in\?next=/maju-bersama/leave%3Fshow%3Dall$"))
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Kata sandi").fill(password)
        page.locator("main button").click()
        page.wait_for_url(f"**{there}")
        expect(page.locator("h1")).to_have_count(1)


def test_nothing_on_a_page_moves_when_motion_is_not_wanted(visit: Visit) -> None:
    with visit("budi") as seen:
        seen.page.goto("/me/")
        moving = seen.page.evaluate(
            "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one).transitionDuration !== '0s').length"
        )
        assert json.dumps(moving) == "0"


def test_a_digit_labels_the_sentence_in_focus_and_the_page_goes_on(visit: Visit) -> None:
    with visit("budi") as seen:
        seen.page.goto("/chat")
        say(seen, "kulkas dapur berbunyi terus")
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/misses")
        waits = page.locator("table[data-labels] tbody tr")
        expect(page.locator("[data-scripted]")).to_be_visible()
        before = waits.count()
        page.keyboard.press("j")
        page.keyboard.press("6")
        page.wait_for_url("**done=labelled**")
        expect(waits).to_have_count(before - 1)
        page.goto(f"{COMPANY}/misses?show=labelled&label=ticket_new")
        expect(waits).to_have_count(1)
        assert seen.complaints == []


def test_days_that_are_written_fill_the_dates_and_show_what_they_come_to(visit: Visit) -> None:
    with visit("budi") as seen:
        page = seen.page
        page.goto("/me/leave/new")
        page.locator('input[name="words"]').fill("senin depan sampai rabu")
        page.locator('input[name="words"]').press("Tab")
        expect(page.locator('input[name="read"]')).to_have_value("senin depan sampai rabu")
        first = date.fromisoformat(page.locator('input[name="starts"]').input_value())
        last = date.fromisoformat(page.locator('input[name="ends"]').input_value())
        assert (first.weekday(), last.weekday()) == (0, 2)
        expect(page.locator("#seen")).to_contain_text("Senin")
        assert seen.complaints == []


def test_what_is_typed_is_kept_and_comes_back(visit: Visit) -> None:
    with visit("ratna") as seen, visit("ratna", width=390, height=844) as phone:
        page = seen.page
        page.goto(f"{COMPANY}/people/new")
        page.get_by_label("Nama (wajib)", exact=True).fill("Wulan Anggraini")
        page.get_by_label("Jabatan").fill("Perawat mesin")
        kept = page.locator(".kept [data-said]")
        expect(kept).to_contain_text("Draf tersimpan")
        # On the phone the same person goes on with it, and throws it away.
        phone.page.goto(f"{COMPANY}/people/new")
        expect(phone.page.locator(".kept [data-said]")).to_contain_text("dipasang kembali")
        expect(phone.page.get_by_label("Jabatan")).to_have_value("Perawat mesin")
        phone.page.get_by_role("button", name="Buang draf").click()
        expect(phone.page.get_by_label("Jabatan")).to_have_value("")
        page.goto(f"{COMPANY}/people/new")
        expect(page.get_by_label("Nama (wajib)", exact=True)).to_have_value("")
        expect(page.locator(".kept")).to_be_hidden()
        assert (seen.complaints, phone.complaints) == ([], [])
