"""The operator's desk in a browser: every page of it, and a company that is asked to let somebody look."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.test_walk import LARGE, faults_of

Visit = Callable[..., Any]
WHY = "Tiket T-41: saldo cuti tampak salah"
PAGES = (
    "tickets",
    "tickets/team",
    "tickets/call",
    "companies",
    "companies/maju-bersama",
    "replies",
    "roles",
    "audit",
    "defects",
    "releases",
    "releases/2026-q4",
)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_the_desk_is_in_order(visit: Visit, path: str) -> None:
    with visit("dian") as seen:
        answer = seen.page.goto(f"/operator/{path}")
        assert answer.status == 200
        assert faults_of(seen, answer) == []


def test_a_company_reads_who_asks_and_says_no(visit: Visit) -> None:
    with visit("dian") as seen:
        seen.page.goto("/operator/companies")
        seen.page.get_by_role("link", name="PT Maju Bersama").click()
        seen.page.get_by_label("Untuk apa").fill(WHY)
        seen.page.get_by_role("button", name="Kirim permintaan").click()
        expect(seen.page.get_by_text("Belum ada yang bisa dibuka")).to_be_visible()
        assert seen.page.goto("/maju-bersama/people").status == 404
    with visit("ratna") as seen:
        seen.page.goto("/maju-bersama/today")
        expect(seen.page.get_by_text("permintaan operator menunggu jawaban")).to_be_visible()
        answer = seen.page.goto("/maju-bersama/operator")
        assert faults_of(seen, answer) == []
        seen.page.set_viewport_size(LARGE)
        expect(seen.page.get_by_text(WHY)).to_be_visible()
        assert seen.page.get_by_role("button", name="Izinkan").count() == 0
        seen.page.get_by_role("button", name="Tolak").click()
        expect(seen.page.locator(".note.good")).to_have_text("Ditolak.")
