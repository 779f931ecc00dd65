"""The platforms these tests talk to."""

from collections.abc import AsyncIterator

import pytest

from bot.channels import slack, telegram, whatsapp
from core import settings
from tests.outside.slack import Slack
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import PHONE, SECRET, TOKEN, VERIFY, WhatsApp


@pytest.fixture
async def telegram_api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Telegram]:
    with Telegram() as stand_in:
        monkeypatch.setattr(settings, "_current", settings.Settings(**stand_in.settings()))
        yield stand_in
        await telegram.CHANNEL.close()


@pytest.fixture
async def slack_api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Slack]:
    with Slack() as stand_in:
        monkeypatch.setattr(settings, "_current", settings.Settings(**stand_in.settings()))
        yield stand_in
        await slack.CHANNEL.close()


@pytest.fixture
async def whatsapp_api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WhatsApp]:
    with WhatsApp() as stand_in:
        monkeypatch.setattr(settings, "_current", settings.Settings(**stand_in.settings()))
        yield stand_in
        await whatsapp.CHANNEL.close()


@pytest.fixture
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings with every secret, and platforms that don't exist."""
    made = settings.Settings(
        telegram_token="123456:stand-in",
        telegram_secret="Stand-in_secret-1",
        telegram_api="http://127.0.0.1:9",
        slack_bot_token="xoxb-stand-in",
        slack_signing_secret="stand-in-signing-secret",
        slack_api="http://127.0.0.1:9/api/",
        whatsapp_token=TOKEN,
        whatsapp_phone_id=PHONE,
        whatsapp_app_secret=SECRET,
        whatsapp_verify_token=VERIFY,
        whatsapp_api="http://127.0.0.1:9",
    )
    monkeypatch.setattr(settings, "_current", made)
