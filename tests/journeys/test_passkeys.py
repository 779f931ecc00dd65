"""A passkey in a real browser, with a device that the browser pretends to have: made, used, listed, removed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.conftest import Demo, Seen
from tests.journeys.conftest import sign_in as by_password

Visit = Callable[..., Any]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def seen(demo: Demo, browser: Any) -> Iterator[Seen]:
    """A browser at http://localhost, since a number has no passkeys."""
    context = browser.new_context(base_url=demo.url.replace("127.0.0.1", "localhost"), locale="id-ID")
    by_name = Demo(demo.url.replace("127.0.0.1", "localhost"), demo.folder, demo.passwords)
    page = by_password(context, by_name, "sari")
    found = Seen(page, [])
    page.on("console", lambda said: found.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: found.complaints.append(str(fault)))
    yield found
    context.close()


def with_device(page: Page, **other: Any) -> tuple[CDPSession, str]:
    """A device with a fingerprint reader, as the developers' tools of the browser make one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | other})
    return session, made["authenticatorId"]


def test_a_passkey_is_made_used_and_removed(seen: Seen) -> None:
    page = seen.page
    session, device = with_device(page)
    page.goto("/account")
    page.get_by_role("link", name="Tambah passkey").click()
    page.get_by_label("Nama passkey").fill("Ponsel Sari")
    page.get_by_role("button", name="Buat passkey").click()
    expect(page.locator("ul.mono li")).to_have_count(10)
    page.locator("main a.button").click()
    page.wait_for_url("**/account?done=passkey")
    expect(page.locator("#passkeys")).to_contain_text("Ponsel Sari")
    expect(page.locator("#passkeys")).to_contain_text("Belum pernah dipakai")
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]) == 1

    # The same device a second time: it says itself that it has one.
    page.goto("/account/passkeys/new")
    page.get_by_label("Nama passkey").fill("Lagi")
    page.get_by_role("button", name="Buat passkey").click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_contain_text("sudah punya passkey")

    page.locator('header form[action="/sign-out"] button').click()
    page.wait_for_url("**/sign-in?out=1")
    page.get_by_role("button", name="Masuk dengan passkey").click()
    page.wait_for_url("**/me/")
    page.goto("/account")
    expect(page.locator("#passkeys")).to_contain_text("Terakhir dipakai")

    page.get_by_role("link", name="Atur: Ponsel Sari").click()
    page.get_by_role("button", name="Lepas passkey").click()
    page.wait_for_url("**/account?done=passkey_removed")
    page.locator('header form[action="/sign-out"] button').click()
    page.wait_for_url("**/sign-in?out=1")
    page.get_by_role("button", name="Masuk dengan passkey").click()
    expect(page.locator("main [role=alert]").first).to_contain_text("tidak dikenal di sini")
    assert [one for one in seen.complaints if "422" not in one] == []


def test_a_device_that_does_not_know_who_holds_it_is_told_and_the_password_stays(seen: Seen) -> None:
    page = seen.page
    with_device(page, isUserVerified=False)
    page.goto("/account/passkeys/new")
    page.get_by_label("Nama passkey").fill("Laptop")
    page.get_by_role("button", name="Buat passkey").click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_contain_text("Dibatalkan")
    expect(page.get_by_role("button", name="Buat passkey")).to_be_enabled()


def test_without_script_the_button_stays_away_and_the_form_works(demo: Demo, browser: Any) -> None:
    address = demo.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=address, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    expect(page.get_by_role("button", name="Masuk dengan passkey")).to_be_hidden()
    email, password = demo.passwords["sari"]
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/me/")
    context.close()
