"""Passkeys in a browser: the button beside the password, the second step, one's own account, and a lost device."""

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core import clock, database, settings
from core.accounts import addresses, joining, passkeys, second_factor, sign_in
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY
from tests.outside.authenticator import Authenticator

AT = "http://localhost:8000"
EMAIL, PASSWORD = "keys@maju.example", "four unrelated words here"


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(AT)


@pytest.fixture(autouse=True)
def at_home(house: Installation) -> Iterator[None]:
    """The settings say 127.0.0.1, as they do by default, and people come by the name of this computer."""
    assert settings.current().public_url == "http://127.0.0.1:8000"
    yield


def at_localhost(visitor: Visitor) -> Visitor:
    """The same browser, by the name instead of the number."""
    kept = visitor.http.cookies.get("session")
    visitor.http.base_url = httpx.URL(AT)
    if kept:
        visitor.http.cookies.set("session", kept, domain="localhost.local", path="/")
    return visitor


async def options_of(visitor: Visitor, path: str) -> Any:
    await visitor.token()  # a page was seen before
    answer = await visitor.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def add(
    visitor: Visitor, device: Authenticator, name: str = "Ponsel", at: str = "/account/passkeys/new"
) -> httpx.Response:
    made = device.makes(await options_of(visitor, f"{at}/options"))
    return await visitor.post(at, credential=made, name=name)


async def with_account(house: Installation, role: str, person: int | None = None) -> int:
    async with database.transaction(house.maju.company):
        account = await joining.join(EMAIL, role, person=person, language="id")
        link = await joining.sign_in_link(account)
    await sign_in.redeem(link, PASSWORD)
    return account


async def test_an_employee_adds_one_and_signs_in_with_a_press(house: Installation, device: Authenticator) -> None:
    sari = at_localhost(await house.as_person(house.maju, "sari"))
    page = await sari.get("/account/passkeys/new")
    assert 'data-passkey="add"' in page.text and "/static/passkeys.js" in page.text
    codes = await add(sari, device, "Ponsel Sari")
    assert len(re.findall(r"<li>[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}</li>", codes.text)) == 10
    listed = await sari.get("/account?done=passkey")
    assert "Ponsel Sari" in listed.text and "Belum pernah dipakai" in listed.text and "Passkey tersimpan" in listed.text
    visitor = at_localhost(house.visitor())
    shown = await visitor.get("/sign-in?next=/me/leave")
    assert "Masuk dengan passkey" in shown.text
    signed = device.signs(await options_of(visitor, "/sign-in/passkey"))
    answer = await visitor.post("/sign-in/passkey", credential=signed, next="/me/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/leave")
    assert (await visitor.get("/me/leave")).status_code == 200
    assert "Terakhir dipakai" in (await sari.get("/account")).text


async def test_an_administrator_sets_one_up_before_anything_opens_and_shows_it_afterwards(
    house: Installation, device: Authenticator
) -> None:
    await with_account(house, "administrator")
    visitor, slug = at_localhost(house.visitor()), await house.slug(house.maju)
    answer = await visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.headers["location"] == "/second-factor/setup"
    assert "/second-factor/setup/passkey" in (await visitor.get("/second-factor/setup")).text
    codes = await add(visitor, device, at="/second-factor/setup/passkey")
    recovery = re.findall(r"<li>([2-9A-Z-]{14})</li>", codes.text)
    assert len(recovery) == 10
    assert (await visitor.get(f"/{slug}/leave")).status_code == 200
    other = at_localhost(house.visitor())
    answer = await other.post("/sign-in", email=EMAIL, password=PASSWORD, next=f"/{slug}/leave")
    assert answer.headers["location"].startswith("/second-factor?next=")
    page = await other.get("/second-factor")
    assert "Pakai passkey" in page.text and "Kode cadangan" in page.text
    signed = device.signs(await options_of(other, "/second-factor/passkey"))
    answer = await other.post("/second-factor/passkey", credential=signed, next=f"/{slug}/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{slug}/leave")
    assert (await other.get(f"/{slug}/leave")).status_code == 200
    # Where there is no script, or no device, a recovery code does it.
    third = at_localhost(house.visitor())
    await third.post("/sign-in", email=EMAIL, password=PASSWORD)
    assert (await third.post("/second-factor", code=recovery[0])).status_code == 303
    assert (await third.get(f"/{slug}/leave")).status_code == 200


async def test_what_does_not_fit_is_told_and_opens_nothing(house: Installation, device: Authenticator) -> None:
    sari = at_localhost(await house.as_person(house.maju, "sari"))
    await add(sari, device)
    visitor, other = at_localhost(house.visitor()), at_localhost(house.visitor())
    signed = device.signs(await options_of(visitor, "/sign-in/passkey"))
    stolen = await other.post("/sign-in/passkey", credential=signed)
    assert stolen.status_code == 422 and "sudah lewat lima menit, atau sudah dipakai" in stolen.text
    assert (await visitor.post("/sign-in/passkey", credential=signed)).status_code == 303
    await visitor.post("/sign-out")
    assert (await visitor.post("/sign-in/passkey", credential=signed)).status_code == 422
    broken = await visitor.post("/sign-in/passkey", credential="{}")
    assert broken.status_code == 422 and 'role="alert"' in broken.text
    unknown = Authenticator(AT)
    answer = await visitor.post(
        "/sign-in/passkey", credential=unknown.signs(await options_of(visitor, "/sign-in/passkey"))
    )
    assert answer.status_code == 422 and "tidak dikenal di sini" in answer.text
    assert (await visitor.get("/me/")).status_code == 303


async def test_tries_from_one_address_are_counted_as_those_with_passwords(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST", 3)
    visitor = at_localhost(house.visitor())
    answers = [(await visitor.post("/sign-in/passkey", credential="{}")).status_code for _ in range(4)]
    assert answers == [422, 422, 422, 429]
    assert (await visitor.post("/sign-in", email="a@b.example", password="x")).status_code == 429


async def test_only_who_has_just_signed_in_adds_or_removes_one(house: Installation, device: Authenticator) -> None:
    sari = at_localhost(await house.as_person(house.maju, "sari"))
    await add(sari, device)
    signed = await sign_in.recognise(sari.http.cookies.get("session", domain="localhost.local"))
    assert signed is not None
    (one,) = await passkeys.of_account(signed.account)
    with clock.freeze(MONDAY + timedelta(minutes=11)):
        assert (await sari.get("/account/passkeys/new")).headers["location"].startswith("/sign-in?again=1")
        assert (await sari.get("/account/passkeys/new/options")).status_code == 403
        assert (await sari.post("/account/passkeys/new", credential="{}")).status_code == 303
        answer = await sari.post(f"/account/passkeys/{one.public}/remove")
        assert answer.headers["location"] == f"/sign-in?again=1&next=/account/passkeys/{one.public}"
        renamed = await sari.post(f"/account/passkeys/{one.public}/name", name="Laptop")
        assert renamed.headers["location"] == "/account?done=passkey_named"
    assert [kept.name for kept in await passkeys.of_account(signed.account)] == ["Laptop"]
    nameless = await sari.post(f"/account/passkeys/{one.public}/name", name=" ")
    assert nameless.status_code == 422 and "Beri passkey ini nama" in nameless.text
    assert (await sari.post(f"/account/passkeys/{one.public}/remove")).headers[
        "location"
    ] == "/account?done=passkey_removed"
    assert await passkeys.of_account(signed.account) == []
    assert (await sari.get(f"/account/passkeys/{one.public}")).status_code == 404


async def test_at_a_number_it_is_said_where_passkeys_work(house: Installation) -> None:
    visitor = house.visitor()
    assert "passkey" not in (await visitor.get("/sign-in")).text
    assert (await visitor.get("/sign-in/passkey", headers={"accept": "application/json"})).status_code == 422
    sari = await house.as_person(house.maju, "sari")
    for path in ("/account", "/account/passkeys/new"):
        page = (await sari.get(path)).text
        assert "Passkey butuh alamat berupa nama" in page and f'href="{AT}/sign-in"' in page
    assert (await sari.post("/account/passkeys/new", credential="{}", name="x")).status_code == 422


async def test_an_administrator_takes_a_lost_one_off_but_not_their_own_nor_of_whom_stands_above(
    house: Installation, device: Authenticator
) -> None:
    slug = await house.slug(house.maju)
    account = await with_account(house, "agent")
    agent = at_localhost(await house.as_account(account))
    await add(agent, device, "Ponsel <b>hilang</b>")
    (one,) = await passkeys.of_account(account)
    async with database.installation(writes=False):
        from core.accounts.tables import Account

        row = await Account.select(Account.public).where(Account.id == account).first()
    assert row is not None
    path = f"/{slug}/roles/{row['public']}"
    ratna = await house.as_role(house.maju, "administrator")
    page = await ratna.get(path)
    assert html.escape("Ponsel <b>hilang</b>") in page.text and "<b>hilang" not in page.text
    silent = await ratna.post(f"{path}/passkeys/{one.public}/remove", reason="")
    assert silent.status_code == 422 and await second_factor.is_on(account)
    assert (await ratna.post(f"{path}/passkeys/none/remove", reason="ponselnya hilang")).status_code == 404
    answer = await ratna.post(f"{path}/passkeys/{one.public}/remove", reason="ponselnya hilang")
    assert answer.headers["location"] == f"/{slug}/roles?done=passkey_removed"
    assert not await second_factor.is_on(account)
    assert "Passkey dilepas" in (await ratna.get(answer.headers["location"])).text
    budi = await house.as_person(house.maju, "budi")
    assert (await budi.post(f"{path}/passkeys/{one.public}/remove", reason="iseng saja")).status_code in (403, 404)


async def test_the_script_gets_what_the_standard_says(house: Installation) -> None:
    visitor = at_localhost(house.visitor())
    asked = await options_of(visitor, "/sign-in/passkey")
    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == ("localhost", "required", [])
    sari = at_localhost(await house.as_person(house.maju, "sari"))
    made = await options_of(sari, "/account/passkeys/new/options")
    assert made["authenticatorSelection"] == {
        "residentKey": "required", "requireResidentKey": True, "userVerification": "required",
    }  # fmt: skip
    assert "sari" not in json.dumps(made["user"]["id"]) and made["attestation"] == "none"
