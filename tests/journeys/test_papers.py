"""Papers that go with the form of leave, in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.journeys.conftest import working_days
from tests.transcripts.screens import PHOTO

Visit = Callable[..., Any]
COMPANY = "/maju-bersama"


def test_papers_go_with_the_form_of_leave(visit: Visit) -> None:
    letter = {"name": "undangan.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    with visit("budi", width=390, height=844) as seen:
        page = seen.page
        page.goto("/me/leave/new")
        page.locator('input[name="words"]').fill(working_days(9)[-1])
        page.locator('input[name="words"]').press("Tab")
        expect(page.locator('input[name="read"]')).not_to_have_value("")
        page.locator('input[name="papers"]').set_input_files([letter, {**letter, "name": "denah.jpg"}])
        expect(page.locator("#seen dl")).to_be_visible()
        page.locator("form[data-wish] .button.go").click()
        page.wait_for_url("**/me/leave?sent=*")
        number = page.url.rpartition("=")[2]
        expect(page.get_by_role("status")).to_contain_text(f"{number} menunggu Sari")
        assert seen.complaints == []
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/leave?show=all&q={number}")
        expect(page.locator("main")).to_contain_text(number)
        assert seen.complaints == []
