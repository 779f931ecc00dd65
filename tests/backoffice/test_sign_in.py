"""Proving who one is: passwords, the one-time link, and sessions that are new at every sign-in and end when they should."""

import asyncio
from datetime import timedelta
from urllib.parse import unquote

import pytest

from core import clock, database, vault
from core.accounts import addresses, joining, sign_in, tries
from core.accounts.tables import Account, Session
from core.errors import Refused
from tests.backoffice.conftest import Installation
from tests.core.conftest import MONDAY

EMAIL, PASSWORD = "pages@maju.example", "four unrelated words here"


@pytest.fixture
async def account(house: Installation) -> int:
    """An employee's account with a password."""
    async with database.transaction(house.maju.company):
        number = await joining.join(EMAIL, "employee", person=house.maju.budi.person, language="id")
        link = await joining.sign_in_link(number)
    await sign_in.redeem(link, PASSWORD)
    return number


async def test_signing_in_leads_to_one_s_own_page(house: Installation, account: int) -> None:
    visitor = house.visitor()
    answer = await visitor.post("/sign-in", email=EMAIL.upper(), password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/")
    assert "Budi" in (await visitor.get("/me/")).text


async def test_the_session_is_new_at_every_sign_in_and_stored_as_a_hash(house: Installation, account: int) -> None:
    visitor = house.visitor()
    visitor.holds("chosen-by-an-attacker")
    await visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    first = visitor.http.cookies["session"]
    assert first != "chosen-by-an-attacker"
    assert await sign_in.recognise("chosen-by-an-attacker") is None
    second = await sign_in.enter(EMAIL, PASSWORD, replacing=first)
    assert second != first
    assert await sign_in.recognise(first) is None
    assert await sign_in.recognise(second) is not None
    async with database.installation(writes=False):
        stored = {row["token_hash"] for row in await Session.select(Session.token_hash)}
    assert stored.isdisjoint({first, second})


async def test_signing_out_ends_the_session_itself(house: Installation, account: int) -> None:
    visitor = house.visitor()
    await visitor.post("/sign-in", email=EMAIL, password=PASSWORD)
    secret = visitor.http.cookies["session"]
    answer = await visitor.post("/sign-out")
    assert answer.headers["location"] == "/sign-in?out=1"
    assert await sign_in.recognise(secret) is None


async def test_a_session_ends_after_half_an_hour_of_silence_and_after_twelve_hours(account: int) -> None:
    secret = await sign_in.open_for(account)
    for minutes in range(29, 12 * 60, 29):
        with clock.freeze(MONDAY + timedelta(minutes=minutes)):
            assert await sign_in.recognise(secret) is not None
    with clock.freeze(MONDAY + timedelta(hours=12, minutes=1)):
        assert await sign_in.recognise(secret) is None
    silent = await sign_in.open_for(account)
    with clock.freeze(MONDAY + timedelta(minutes=30)):
        assert await sign_in.recognise(silent) is None


async def test_a_page_that_refreshes_itself_does_not_keep_the_session_alive(house: Installation, account: int) -> None:
    visitor = house.visitor()
    visitor.holds(await sign_in.open_for(account))
    for minutes in (10, 20, 29):
        with clock.freeze(MONDAY + timedelta(minutes=minutes)):
            answer = await visitor.get("/chat/lines", headers={"hx-request": "true"})
            assert answer.status_code == 200
    with clock.freeze(MONDAY + timedelta(minutes=31)):
        assert (await visitor.get("/chat/lines", headers={"hx-request": "true"})).status_code == 401
        said = {"words": "cuti besok", "csrf": await visitor.token()}
        assert (await visitor.http.post("/chat", data=said, headers={"x-requested-with": "fetch"})).status_code == 401


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(house: Installation, account: int) -> None:
    visitor = house.visitor()
    token = await visitor.token()
    pages = []
    for email in (EMAIL, "nobody@maju.example"):
        answer = await visitor.http.post("/sign-in", data={"csrf": token, "email": email, "password": "wrong words"})
        assert answer.status_code == 422
        pages.append(answer.text.replace(email, "…"))
    assert pages[0] == pages[1]
    assert "<title>Kesalahan:" in pages[0]


async def test_a_refusal_takes_the_same_time_whatever_it_refuses(account: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.6)
    loop = asyncio.get_running_loop()
    took = []
    for email in (EMAIL, "nobody@maju.example"):
        begun = loop.time()
        with pytest.raises(Refused):
            await sign_in.enter(email, "wrong words")
        took.append(loop.time() - begun)
    assert min(took) >= 0.6
    assert abs(took[0] - took[1]) < 0.3


async def test_after_five_wrong_tries_even_the_right_password_has_to_wait(account: int) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            await sign_in.enter(EMAIL, "wrong words")
    with pytest.raises(Refused, match=r"web\.sign_in_wrong"):
        await sign_in.enter(EMAIL, PASSWORD)
    with clock.freeze(MONDAY + timedelta(seconds=16)):
        assert await sign_in.enter(EMAIL, PASSWORD)
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None
    assert row.failures == 0


async def test_many_wrong_tries_at_once_are_no_more_than_one_after_the_other(
    account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def guess(number: int) -> None:
        with pytest.raises(Refused):
            await sign_in.enter(EMAIL, f"wrong words {number}")

    await asyncio.gather(*(guess(number) for number in range(20)))
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None
    assert row.failures == 5, "what came later had to wait, and was no try"


@pytest.mark.parametrize("role", ["super_administrator", "supporting_administrator", "data_protection_officer"])
async def test_whoever_opens_the_data_of_others_waits_after_three(house: Installation, account: int, role: str) -> None:
    async with database.transaction(house.sinar.company):
        await joining.join(EMAIL, role, person=None, language="id")
    for _ in range(2):
        with pytest.raises(Refused):
            await sign_in.enter(EMAIL, "wrong words")
    assert await sign_in.enter(EMAIL, PASSWORD), "two are forgiven"
    for _ in range(3):
        with pytest.raises(Refused):
            await sign_in.enter(EMAIL, "wrong words")
    with pytest.raises(Refused, match=r"web\.sign_in_wrong"):
        await sign_in.enter(EMAIL, PASSWORD)
    with clock.freeze(MONDAY + timedelta(seconds=16)):
        assert await sign_in.enter(EMAIL, PASSWORD)


def test_the_wait_doubles_to_a_quarter_of_an_hour_and_never_beyond() -> None:
    waits = [tries.wait_after(failures).total_seconds() for failures in range(4, 14)]
    assert waits == [0, 15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert tries.wait_after(10_000) == timedelta(minutes=15)
    assert [tries.wait_after(failures, 3).total_seconds() for failures in range(2, 6)] == [0, 15, 30, 60]


async def test_many_failures_from_one_address_are_told_to_wait(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST", 3)
    visitor = house.visitor()
    token = await visitor.token()

    async def tried(number: int) -> int:
        fields = {"csrf": token, "email": f"nobody{number}@maju.example", "password": "wrong words"}
        return int((await visitor.http.post("/sign-in", data=fields)).status_code)

    statuses = await asyncio.gather(*(tried(number) for number in range(6)))
    assert sorted(statuses) == [422] * 3 + [429] * 3, "at once is no way round"
    refused = await house.visitor().post("/forgot", email=EMAIL)
    assert refused.status_code == 429 and "Coba lagi 65 menit lagi" in refused.text
    with clock.freeze(clock.now() + timedelta(minutes=40)):
        assert "Coba lagi 25 menit lagi" in (await house.visitor().post("/forgot", email=EMAIL)).text
        english = house.visitor()
        english.http.cookies.set("language", "en")
        assert "Try again in 25 minutes;" in (await english.post("/forgot", email=EMAIL)).text
    with clock.freeze(clock.now() + timedelta(minutes=66)):
        assert await tried(7) == 422, "an hour later it is free again"


async def test_signing_in_gives_the_try_back(
    house: Installation, account: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST", 2)
    for _ in range(3):
        entered = await house.visitor().post("/sign-in", email=EMAIL, password=PASSWORD)
        assert entered.status_code == 303


async def passes(address: str) -> bool:
    try:
        await addresses.claim(address)
    except addresses.TooMany:
        return False
    return True


async def test_a_household_of_version_six_is_one_address(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MOST", 2)
    ways = [
        "2001:db8:1:2::1",
        "2001:db8:1:2:ffff::9",
        "2001:db8:1:2::3",
        "2001:db8:1:3::1",
        "10.0.0.1",
        "::ffff:10.0.0.1",
    ]
    assert [await passes(one) for one in ways] == [True, True, False, True, True, True]
    assert not await passes("10.0.0.1")


async def test_a_link_is_spent_by_use_and_not_by_looking(house: Installation, account: int) -> None:
    old = await sign_in.open_for(account)
    async with database.transaction(house.maju.company):
        link = await joining.sign_in_link(account)
    visitor = house.visitor()
    for _ in range(2):
        page = await visitor.get(f"/sign-in/{link}")
        assert (page.status_code, EMAIL in page.text) == (200, True)
    answer = await visitor.post(f"/sign-in/{link}", password="another four unrelated words")
    assert (answer.status_code, answer.headers["location"]) == (303, "/me/")
    assert await sign_in.recognise(old) is None, "every other session ends"
    assert (await house.visitor().get(f"/sign-in/{link}")).status_code == 410
    late = await house.visitor().post(f"/sign-in/{link}", password="yet another unrelated phrase")
    assert late.status_code == 410
    with pytest.raises(Refused):
        await sign_in.enter(EMAIL, PASSWORD)


async def test_a_link_ends_after_three_days(house: Installation, account: int) -> None:
    async with database.transaction(house.maju.company):
        link = await joining.sign_in_link(account)
    with clock.freeze(MONDAY + timedelta(days=3, seconds=1)):
        assert (await house.visitor().get(f"/sign-in/{link}")).status_code == 410
        with pytest.raises(Refused, match=r"web\.link_spent"):
            await sign_in.redeem(link, "another four unrelated words")


@pytest.mark.parametrize(
    "password", ["short", "password", "Jakarta123", "12345678901234", "pages2026", "serambi1", "x" * 129]
)
async def test_a_password_that_is_short_or_guessed_first_is_refused_and_the_link_stays(
    house: Installation, account: int, password: str
) -> None:
    async with database.transaction(house.maju.company):
        link = await joining.sign_in_link(account)
    answer = await house.visitor().post(f"/sign-in/{link}", password=password)
    assert answer.status_code == 422
    assert await sign_in.link_holder(link) == EMAIL


async def test_administrators_need_twelve_characters(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        link = await joining.sign_in_link(
            await joining.join("boss@maju.example", "administrator", person=None, language="id")
        )
    with pytest.raises(Refused, match=r"web\.password_short"):
        await sign_in.redeem(link, "elevenchars")
    assert await sign_in.redeem(link, "twelve chars")


async def test_the_address_is_sealed_and_the_password_hashed(account: int) -> None:
    async with database.installation(writes=False):
        row = await Account.objects().get(Account.id == account)
    assert row is not None
    assert EMAIL not in row.email
    assert vault.unseal(row.email, company=0, column="account.email") == EMAIL
    assert str(row.password_hash).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/sign-out"]
)
async def test_signing_in_never_leads_out_of_the_house(house: Installation, account: int, after: str) -> None:
    answer = await house.visitor().post("/sign-in", email=EMAIL, password=PASSWORD, next=after)
    assert answer.headers["location"] == "/me/"


@pytest.mark.parametrize(
    ("method", "asked", "back"),
    [
        ("get", "/{slug}/leave?show=all&q=a%26b", "/{slug}/leave?show=all&q=a%26b"),
        ("get", "/me/leave", "/me/leave"),
        ("post", "/me/leave/new", "/me/leave/new"),
        ("post", "/{slug}/people/abc/invite", "/{slug}/people/abc"),
        ("post", "/{slug}/settings/calendar/week", "/{slug}/settings/calendar"),
    ],
)
async def test_whoever_must_sign_in_comes_back_to_the_page_they_were_on(
    house: Installation, method: str, asked: str, back: str
) -> None:
    visitor, slug = house.visitor(), await house.slug(house.maju)
    there = asked.format(slug=slug)
    answer = await (visitor.get(there) if method == "get" else visitor.post(there))
    assert answer.status_code == 303
    where, _, after = answer.headers["location"].partition("?next=")
    assert (where, unquote(after)) == ("/sign-in", back.format(slug=slug))
