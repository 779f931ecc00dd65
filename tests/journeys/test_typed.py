"""What is typed into a form is not lost: by leaving, by a change meanwhile, by the end of a session."""

from playwright.sync_api import expect

from tests.journeys.conftest import Demo
from tests.journeys.test_browser import COMPANY, Visit


def test_what_is_typed_into_a_form_stays_when_its_session_was_ended(demo: Demo, visit: Visit) -> None:
    """Ended from another browser while somebody types: nothing is sent away, and it goes on after signing in beside it."""
    email, password = demo.passwords["ratna"]
    name = "S\u0430ri Baru"  # its second letter is Cyrillic: the form is refused, and nobody is added
    with visit("ratna") as seen:
        page, kept = seen.page, seen.page.locator("main .kept")
        page.goto(f"{COMPANY}/people/new")
        page.locator('input[name="employee_number"]').fill("0999")
        with visit("ratna") as elsewhere:
            elsewhere.page.goto("/me/")
            elsewhere.page.locator("header button", has_text="Keluar").click()
            elsewhere.page.wait_for_url("**/sign-in?out=1", wait_until="commit")
        del demo.states["ratna"]
        page.locator('input[name="name"]').fill(name)
        page.locator("main form button.go").click()
        expect(kept).to_contain_text("yang Anda ketik masih ada")
        assert page.url.endswith("/people/new")
        with page.context.expect_page() as opened:
            kept.get_by_role("link", name="Masuk lagi").click()
        beside = opened.value
        beside.get_by_label("E-mail").fill(email)
        beside.get_by_label("Kata sandi").fill(password)
        beside.locator("main button").click()
        beside.wait_for_url("**/me/")
        beside.close()
        page.locator("main form button.go").click()
        expect(page.locator("main")).to_contain_text("U+0430")
        expect(page.locator('input[name="name"]')).to_have_value(name)
        expect(page.locator('input[name="employee_number"]')).to_have_value("0999")
        seen.complaints[:] = [one for one in seen.complaints if "401" not in one and "422" not in one]


def test_who_leaves_at_once_loses_nothing(visit: Visit) -> None:
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/delegation")
        page.goto(f"{COMPANY}/leave/closed")
        page.get_by_label("Alasan").fill("Stok opname")
        page.goto(f"{COMPANY}/today")
        page.goto(f"{COMPANY}/leave/closed")
        expect(page.get_by_label("Alasan")).to_have_value("Stok opname")
        page.get_by_role("button", name="Buang draf").click()
        expect(page.get_by_label("Alasan")).to_have_value("")


def test_a_draft_of_a_thing_that_has_changed_is_offered_not_put_over_it(visit: Visit) -> None:
    with visit("ratna") as seen, visit("ratna") as other:
        page = seen.page
        page.goto(f"{COMPANY}/people?q=Budi")
        page.locator("main tbody th a").first.click()
        person = page.url
        page.locator("summary", has_text="Ubah pekerjaan").click()
        page.get_by_label("Jabatan").fill("Kepala gudang")
        kept = page.locator("#work .kept [data-said]")
        expect(kept).to_contain_text("Draf tersimpan")
        other.page.goto(person)
        # A colleague has no draft of hers; the demo has one administrator who signs in.
        other.page.evaluate("document.querySelector('#work input[name=draft]').value = ''")
        other.page.route(
            "**/drafts/**",
            lambda asked: asked.fulfill(json={"said": ""}) if asked.request.method == "POST" else asked.continue_(),
        )
        other.page.get_by_label("Jabatan").fill("Penyelia gudang")
        other.page.locator("#work form .go").click()
        expect(other.page.locator(".note.good")).to_be_visible()
        # The page that was open before is refused with both texts, and keeps what was written.
        page.locator("#work form .go").click()
        both = page.locator("table.both")
        expect(both).to_contain_text("Kepala gudang")
        expect(both).to_contain_text("Penyelia gudang")
        expect(page.get_by_label("Jabatan")).to_have_value("Kepala gudang")
        # Opened anew, the page shows what holds, and offers the draft beside it.
        page.goto(person)
        expect(kept).to_contain_text("sudah berubah")
        expect(page.get_by_label("Jabatan")).to_have_value("Penyelia gudang")
        page.get_by_role("button", name="Pakai draf").click()
        expect(page.get_by_label("Jabatan")).to_have_value("Kepala gudang")
        page.locator("#work form .go").click()
        expect(page.locator(".note.good")).to_be_visible()
        expect(page.locator("#work .kept")).to_be_hidden()
        assert [one for one in seen.complaints if "409" not in one] == []
