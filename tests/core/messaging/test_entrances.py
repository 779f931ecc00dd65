"""Whoever holds a code is told where it is written: a letter or a strip of paper is often all that somebody has."""

import re
from dataclasses import replace
from typing import Any

import pytest

from core import database, settings
from core.audit import Actor
from core.messaging import account_mail, bot_accounts, entrances, outbox
from core.messaging.bot_accounts import Named
from core.messaging.tables import Outbound
from core.people import identities
from tests.core.cast import HR, Cast

NOBODYS: dict[str, Any] = {"telegram_token": "", "telegram_name": "", "slack_bot_token": "", "whatsapp_phone_id": ""}


def serves(monkeypatch: pytest.MonkeyPatch, **given: Any) -> None:
    monkeypatch.setattr(settings, "_current", replace(settings.current(), **(NOBODYS | given)))


async def lines(cast: Cast, language: str = "id", code: str = "") -> list[str]:
    async with database.reading(cast.company):
        return [one.told(language, code) for one in await entrances.open_here()]


async def the_letter(cast: Cast) -> str:
    async with database.reading(cast.company):
        (row,) = await Outbound.select().where(Outbound.channel == "email")
        return outbox.unseal(row).text


async def test_a_letter_says_where_its_code_is_written(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    serves(monkeypatch, telegram_token="1:a", telegram_name="@serambi_bot", slack_bot_token="xoxb-1")
    code, expires = await identities.invite(maju.budi, actor=HR)
    await account_mail.invite(maju.budi, code, expires, by=HR)
    letter = await the_letter(maju)
    assert f"https://t.me/serambi_bot?start={identities.spelled(code)}" in letter, "one tap brings the code along"
    assert "Slack: aplikasi Serambi" in letter
    assert "WhatsApp" not in letter, "no number of it is known here"
    assert re.search(r"berlaku satu kali, sampai \w+", letter)


async def test_where_no_chat_is_served_the_letter_names_none(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    serves(monkeypatch)
    code, expires = await identities.invite(maju.budi, actor=HR)
    await account_mail.invite(maju.budi, code, expires, by=HR)
    letter = await the_letter(maju)
    assert "Tulis kode itu di chat Serambi." in letter
    assert "t.me" not in letter


async def test_a_chat_whose_name_nobody_told_us_is_listed_all_the_same(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serves(monkeypatch, telegram_token="1:a", whatsapp_phone_id="106", slack_bot_token="xoxb-1")
    assert [one.partition(":")[0] for one in await lines(maju)] == ["Telegram", "WhatsApp", "Slack"]
    assert "ask HR" in (await lines(maju, "en", "ABCD-EFGH"))[0]


async def test_a_company_s_own_bot_and_number_are_named_before_those_of_the_installation(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serves(monkeypatch, telegram_token="1:a", telegram_name="serambi_bot")
    by = Actor("hr", "test")
    telegram = {"token": "12345678:" + "a" * 35, "mode": "webhook"}
    whatsapp = {
        "token": "E" * 40, "account": "106540352242922", "business": "102290129340398", "app_secret": "a" * 32,
    }  # fmt: skip
    async with database.transaction(maju.company):
        await bot_accounts.save("telegram", telegram, Named("12345678", "hr_maju_bot"), by=by)
        await bot_accounts.save("whatsapp", whatsapp, Named("106540352242922", "+62 812-1000-2000"), by=by)
    assert await lines(maju) == ["Telegram: https://t.me/hr_maju_bot", "WhatsApp: +62 812-1000-2000"]
    assert await lines(maju, code="ABCD-EFGH") == [
        "Telegram: https://t.me/hr_maju_bot?start=ABCD-EFGH", "WhatsApp: https://wa.me/6281210002000?text=ABCD-EFGH",
    ]  # fmt: skip
