"""On the page of one's own account: another password, and new recovery codes for who has just signed in."""

import html
import re
from datetime import timedelta

import httpx

from core import clock, database
from core.accounts import joining, second_factor, sign_in, totp
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import MONDAY

PASSWORD, NEXT = "gerimis lumbung kenari", "tujuh pasir menguning"


def text(answer: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", answer.text))


async def budi(house: Installation) -> tuple[Visitor, int]:
    async with database.transaction(house.maju.company):
        account = await joining.join("budi@own.example", "employee", person=house.maju.budi.person, language="id")
        link = await joining.sign_in_link(account)
    visitor = house.visitor()
    visitor.holds(await sign_in.redeem(link, PASSWORD))
    return visitor, account


async def test_a_password_is_changed_by_who_knows_it(house: Installation) -> None:
    visitor, _ = await budi(house)
    wrong = await visitor.post("/account/password", current="salah", password=NEXT)
    assert (wrong.status_code, "Kata sandi sekarang belum cocok" in text(wrong)) == (422, True)
    assert NEXT not in wrong.text, "what was typed is not shown"
    weak = await visitor.post("/account/password", current=PASSWORD, password="password1")
    assert (weak.status_code, "mudah ditebak" in text(weak)) == (422, True)
    done = await visitor.post("/account/password", current=PASSWORD, password=NEXT)
    assert "Kata sandi diganti" in text(await visitor.get(done.headers["location"]))
    assert await sign_in.enter("budi@own.example", NEXT)


async def test_new_codes_are_for_who_has_just_signed_in(house: Installation) -> None:
    visitor, account = await budi(house)
    assert (await visitor.get("/account/codes")).headers["location"] == "/account", "there is no second step"
    secret, _ = await second_factor.begin(account)
    await second_factor.confirm(account, totp.code_at(secret, totp.step_of(clock.now())), session=0)
    fresh = await house.as_account(account)
    assert "/account/codes" in (await fresh.get("/account")).text
    assert "yang lama tidak berlaku lagi" in text(await fresh.get("/account/codes"))
    made = await fresh.post("/account/codes")
    assert len(re.findall(r"<li>[^<]+</li>", made.text.partition('<ul class="mono">')[2])) == totp.RECOVERY_CODES
    with clock.freeze(MONDAY + timedelta(minutes=20)):
        later = await fresh.post("/account/codes")
        assert later.headers["location"] == "/sign-in?again=1&next=/account/codes"
        assert (await fresh.get("/account/codes")).headers["location"] == "/sign-in?again=1&next=/account/codes"
