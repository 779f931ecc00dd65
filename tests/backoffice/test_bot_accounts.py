"""An administrator connects the company's own bot and number: every step by the page, against platforms that refuse."""

import html
import json
from collections.abc import AsyncIterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from backoffice.controllers import bot_accounts as bot_accounts_page
from bot.channels import telegram, whatsapp
from core import audit, clock, database, settings
from core.accounts.roles import ADMINISTRATOR
from core.messaging import bot_accounts
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, BotAccount
from core.people.tables import ChannelIdentity
from tests.backoffice.conftest import Installation, Visitor
from tests.outside.telegram import TOKEN as SHARED
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp

HERE = "https://hr.example.id"
BOT = "700001:own-bot-of-maju-standing-in"
KEYS = {
    "phone": "200000000000001",
    "business": "300000000000001",
    "token": "EAAownnumberofmajustanding",
    "secret": "a" * 32,
}


@dataclass
class Platforms:
    """Both platforms, with the bot and the number that are to be connected."""

    telegram: Telegram
    meta: WhatsApp
    bot: Telegram
    number: WhatsApp


@pytest.fixture
async def platforms(house: Installation, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Platforms]:
    with Telegram() as one, WhatsApp() as other:
        there: dict[str, Any] = {
            "telegram_token": SHARED,
            "telegram_secret": "s",
            "telegram_api": one.url,
            "whatsapp_api": other.url,
        }
        made = replace(settings.current(), base_url=HERE, **there)
        monkeypatch.setattr(settings, "_current", made)
        monkeypatch.setattr(bot_accounts_page, "PATIENCE", 60.0)  # a busy machine is no platform that does not answer
        bot = one.another(BOT, "maju_hr_bot")
        number = other.another(KEYS["token"], KEYS["secret"], phone=KEYS["phone"], business=KEYS["business"])
        yield Platforms(one, other, bot, number)
        assert [*one.refusals, *other.refusals, *bot.refusals, *number.refusals] == []
        await telegram.CHANNEL.close()
        await whatsapp.CHANNEL.close()


async def signed_in(house: Installation) -> tuple[Visitor, str]:
    """An administrator of PT Maju Bersama, over https as the settings say."""
    admin = await house.as_role(house.maju, ADMINISTRATOR)
    secret = admin.http.cookies.get("session")
    admin.http = httpx.AsyncClient(transport=admin.http._transport, base_url=HERE)
    admin.http.cookies.set("__Host-session", str(secret), domain="hr.example.id", path="/")
    return admin, await house.slug(house.maju)


async def page_of(visitor: Visitor, slug: str, channel: str) -> str:
    answer = await visitor.get(f"/{slug}/settings/{channel}")
    assert answer.status_code == 200, answer.headers
    return html.unescape(answer.text)


async def keys(visitor: Visitor, slug: str, channel: str, **fields: str) -> str:
    """Send the form; what the page says where it refuses."""
    answer = await visitor.post(f"/{slug}/settings/{channel}/keys", **fields)
    assert answer.status_code in (303, 422), answer.text
    return "" if answer.status_code == 303 else html.unescape(answer.text)


async def test_a_bot_is_connected_step_by_step(house: Installation, platforms: Platforms) -> None:
    admin, slug = await signed_in(house)
    assert "Buat bot di Telegram" in await page_of(admin, slug, "telegram")
    assert await keys(admin, slug, "telegram", token=BOT, mode="webhook") == ""
    async with database.reading(house.maju.company):
        account = await bot_accounts.of_company(TELEGRAM)
        kept = str(await BotAccount.select())
        acts = [one["action"] for one in await audit.AuditEntry.select(audit.AuditEntry.action)]
    assert account is not None and BOT not in kept and "bot.account_connected" in acts
    told = platforms.bot.webhook
    assert told["url"] == f"{HERE}{account.path}" and told["secret_token"] == account.secret
    assert set(platforms.bot.commands) == {"", "id", "en"}
    page = await page_of(admin, slug, "telegram")
    assert BOT not in page and account.secret not in page
    for words in ("botnya @maju_hr_bot", f"{HERE}{account.path}", "Telegram mengantar ke sini", "dalam kedua bahasa"):
        assert words in page
    assert "t.me/maju_hr_bot" in page


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"webhook": {}}, "tidak tahu harus mengantar ke mana"),
        ({"webhook": {"url": "https://else.example/x"}}, "mengantar ke tempat lain"),
        ({"commands": {}}, "Menu di samping kotak ketik tidak ada"),
        ({"token": "700001:revoked-since-standing-in-x"}, "tidak lagi mengenal tokennya"),
        ({"webhook_trouble": {"last_error_date": 1, "last_error_message": "Wrong response from the webhook: 403 Forbidden", "pending_update_count": 3}}, "menolak Telegram (Wrong response"),
        ({"webhook_trouble": {"last_error_date": 1, "last_error_message": "Connection timed out", "pending_update_count": 3}}, "tidak sampai ke server ini"),
    ],
)  # fmt: skip
async def test_what_does_not_work_is_told_with_the_way_out(
    house: Installation, platforms: Platforms, trouble: dict[str, object], said: str
) -> None:
    admin, slug = await signed_in(house)
    await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    for name, value in trouble.items():
        setattr(platforms.bot, name, deepcopy(value))  # connecting fills it
    assert said in await page_of(admin, slug, "telegram")
    if "webhook" in trouble or "commands" in trouble:
        assert (await admin.post(f"/{slug}/settings/telegram/connect")).status_code == 303
        assert said not in await page_of(admin, slug, "telegram")


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"token": "123", "mode": "webhook"}, "token", "bilangan, titik dua"),
        ({"token": BOT, "mode": "pigeon"}, "mode", "Pilih salah satu"),
        ({"token": "700009:nobody-knows-this-token-here", "mode": "webhook"}, "", "tidak mengenal token ini"),
        ({"token": SHARED, "mode": "webhook"}, "", "akun bersama server ini"),
    ],
)
async def test_a_token_that_cannot_be_kept_is_refused(
    house: Installation, platforms: Platforms, fields: dict[str, str], field: str, said: str
) -> None:
    admin, slug = await signed_in(house)
    page = await keys(admin, slug, "telegram", **fields)
    assert said in page and (not field or f'id="f-{field}-wrong"' in page)
    assert f'value="{fields["token"]}"' not in page
    async with database.reading(house.maju.company):
        assert not await BotAccount.exists()


async def test_a_token_is_replaced_and_another_bot_is_not_taken_for_it(
    house: Installation, platforms: Platforms
) -> None:
    admin, slug = await signed_in(house)
    await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    fresh = "700001:the-new-token-of-the-same-bot-1"
    platforms.telegram.others[fresh] = platforms.bot
    platforms.bot.token = fresh
    assert "tidak lagi mengenal" in await page_of(admin, slug, "telegram")
    assert await keys(admin, slug, "telegram", token=fresh, mode="webhook") == ""
    assert "botnya @maju_hr_bot" in await page_of(admin, slug, "telegram")
    assert await keys(admin, slug, "telegram", token="", mode="webhook") == "", "an empty token stays"
    platforms.telegram.another("700002:another-bot-altogether-here", "other_bot")
    assert "akun lain, bukan" in await keys(
        admin, slug, "telegram", token="700002:another-bot-altogether-here", mode="webhook"
    )


async def test_telegram_that_is_away_keeps_nobody_waiting_and_is_told(
    house: Installation, platforms: Platforms
) -> None:
    admin, slug = await signed_in(house)
    platforms.telegram.fail(502, 1, methods=["getMe"])
    assert "Telegram tidak menjawab" in await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    platforms.telegram.fail(502, 3, methods=["getMe"])
    assert "Tidak ada jawaban" in await page_of(admin, slug, "telegram")


async def test_a_bot_is_let_go(house: Installation, platforms: Platforms) -> None:
    admin, slug = await signed_in(house)
    assert (await admin.post(f"/{slug}/settings/telegram/end")).status_code == 404
    await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    async with database.transaction(house.maju.company):
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=house.maju.budi.person, channel="telegram", account="700001", external_id="7", place="7",
                verified_at=clock.now(), consent_hash="",
            )
        )  # fmt: skip
    assert "1 orang tersambung" in await page_of(admin, slug, "telegram")
    assert (await admin.post(f"/{slug}/settings/telegram/end")).status_code == 303
    assert platforms.bot.webhook == {}
    async with database.reading(house.maju.company):
        (link,) = await ChannelIdentity.select(ChannelIdentity.unreachable_at, ChannelIdentity.ended_at)
    assert link["unreachable_at"] is not None and link["ended_at"] is None
    assert "Buat bot di Telegram" in await page_of(admin, slug, "telegram")


async def test_a_number_is_connected_step_by_step(house: Installation, platforms: Platforms) -> None:
    admin, slug = await signed_in(house)
    assert "Siapkan nomor di Meta" in await page_of(admin, slug, "whatsapp")
    assert await keys(admin, slug, "whatsapp", **KEYS) == ""
    async with database.reading(house.maju.company):
        account = await bot_accounts.of_company(WHATSAPP)
        kept = str(await BotAccount.select())
    assert account is not None and KEYS["token"] not in kept and KEYS["secret"] not in kept
    page = await page_of(admin, slug, "whatsapp")
    for words in (
        f"{HERE}{account.path}",
        account.verify,
        "message_template_status_update",
        "+62 21-500-123",
        "Maju HR",
    ):
        assert words in page
    assert KEYS["token"] not in page and KEYS["secret"] not in page
    assert page.count("menunggu persetujuan") == 10 and "0 dari 10 templat disetujui" in page
    assert "Meta belum menanyakan" in page
    asked = {"hub.mode": "subscribe", "hub.verify_token": account.verify, "hub.challenge": "42"}
    assert (await admin.get(account.path, params=asked)).text == "42"
    platforms.number.approve_all()
    platforms.number.reviewed("notice", "id", "REJECTED", reason="INVALID_FORMAT")
    platforms.number.recategorised("security", "en", "MARKETING")
    page = await page_of(admin, slug, "whatsapp")
    assert "Meta menanyakan" in page and "9 dari 10 templat disetujui" in page
    assert "ditolak" in page and "Kata Meta: INVALID_FORMAT" in page and "menagihnya sebagai marketing" in page


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"phone": "0812"}, "phone", "Itu bukan nomor teleponnya"),
        ({"business": "x"}, "business", "sekitar 15 angka"),
        ({"secret": "short"}, "secret", "32 huruf dan angka"),
        ({"token": "EAA short"}, "token", "awalnya EAA"),
        ({"phone": "200000000000009"}, "", "tidak mengenal nomor"),
        ({"business": "300000000000009"}, "", "tidak mengenal akun"),
        ({"token": "EAAunknowntokenofnobody"}, "", "Meta menolak tokennya"),
    ],
)
async def test_keys_of_meta_that_do_not_fit_are_refused(
    house: Installation, platforms: Platforms, wrong: dict[str, str], field: str, said: str
) -> None:
    admin, slug = await signed_in(house)
    page = await keys(admin, slug, "whatsapp", **{**KEYS, **wrong})
    assert said in page and (not field or f'id="f-{field}-wrong"' in page)
    async with database.reading(house.maju.company):
        assert not await BotAccount.exists()


async def test_a_number_that_may_not_be_managed_is_told_so(house: Installation, platforms: Platforms) -> None:
    admin, slug = await signed_in(house)
    platforms.number.manages = False
    assert "Meta menolak tokennya" in await keys(admin, slug, "whatsapp", **KEYS)
    platforms.number.manages = True
    await keys(admin, slug, "whatsapp", **KEYS)
    platforms.number.number_status = "DISCONNECTED"
    platforms.number.subscribed = False
    page = await page_of(admin, slug, "whatsapp")
    assert "belum tersambung (disconnected)" in page and "Belum ada aplikasi yang mendengar" in page
    assert (await admin.post(f"/{slug}/settings/whatsapp/connect")).status_code == 303
    assert platforms.number.subscribed


async def test_an_account_of_another_company_is_refused(house: Installation, platforms: Platforms) -> None:
    async with database.transaction(house.sinar.company):
        given = bot_accounts.checked(TELEGRAM, {"token": BOT, "mode": "webhook"}, None)
        by = audit.Actor("test", "web")
        await bot_accounts.save(TELEGRAM, given, bot_accounts.Named("700001", "maju_hr_bot"), by=by)
    admin, slug = await signed_in(house)
    assert "dipakai perusahaan lain" in await keys(admin, slug, "telegram", token=BOT, mode="webhook")
    assert platforms.bot.webhook == {} and json.dumps(platforms.bot.commands) == "{}"


async def test_who_shut_their_chat_stands_on_the_page_of_what_did_not_arrive(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=house.maju.budi.person, channel="telegram", account="700001", external_id="7", place="7",
                verified_at=clock.now(), consent_hash="", unreachable_at=clock.now(), shut_at=clock.now(),
            )
        )  # fmt: skip
        (row,) = await ChannelIdentity.select(ChannelIdentity.id)
    admin, slug = await house.as_role(house.maju, ADMINISTRATOR), await house.slug(house.maju)
    page = html.unescape((await admin.get(f"/{slug}/undelivered")).text)
    assert "Obrolan yang ditutup" in page and "Budi Santoso" in page and "memblokir bot" in page
    assert "1 orang menutup" in html.unescape((await admin.get(f"/{slug}/today")).text)
    done = await admin.post(f"/{slug}/undelivered/shut/{row['id']}/seen")
    assert done.headers["location"].endswith("?done=seen")
    assert "Budi Santoso" not in html.unescape((await admin.get(f"/{slug}/undelivered")).text)
    assert (await admin.post(f"/{slug}/undelivered/shut/{row['id']}/seen")).status_code == 409
