"""An administrator connects the company's own bot and number in a real browser, and the first person talks over it."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.docker.test_commands import running, surroundings, wait_until_ready
from tests.journeys.conftest import Demo
from tests.journeys.test_browser import COMPANY
from tests.journeys.test_walk import faults_of
from tests.outside.telegram import Telegram
from tests.outside.whatsapp import WhatsApp
from tests.services import free_port

Visit = Callable[..., Any]
TOKEN = "700001:own-bot-of-maju-standing-in"
META = "EAAownnumberofmajustanding"
STRANGER = 9_600_002


@dataclass
class Platforms:
    """Where the demo finds Telegram and Meta."""

    telegram: Telegram
    meta: WhatsApp


@pytest.fixture(scope="module")
def platforms() -> Iterator[Platforms]:
    with Telegram() as telegram, WhatsApp() as meta:
        telegram.another(TOKEN, "maju_hr_bot")
        meta.another(META, "a" * 32, phone="200000000000001", business="300000000000001")
        yield Platforms(telegram, meta)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, platforms: Platforms) -> Iterator[Demo]:
    """The demo of the other journeys, with stand-ins where the platforms are."""
    folder = tmp_path_factory.mktemp("demo")
    env = surroundings() | {
        "SERAMBI_PORT": str(free_port()), "SERAMBI_HOST": "127.0.0.1",
        "SERAMBI_TELEGRAM_API": platforms.telegram.url, "SERAMBI_WHATSAPP_API": platforms.meta.url,
    }  # fmt: skip
    with running(["serambi", "demo"], env, folder) as process:
        wait_until_ready(process, env)
        known = json.loads((folder / "var/demo/sign-ins.json").read_text())
        url = f"http://127.0.0.1:{env['SERAMBI_PORT']}"
        yield Demo(url, folder, {email.partition("@")[0]: (email, password) for _, email, password in known})


def test_a_bot_is_connected_and_answers(visit: Visit, platforms: Platforms) -> None:
    bot = platforms.telegram.others[TOKEN]
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/settings")
        page.get_by_role("link", name="Sambungkan Telegram").click()
        expect(page.get_by_role("radio", name="Serambi yang bertanya ke Telegram")).to_be_checked()
        page.get_by_label("Token", exact=True).fill(TOKEN)
        page.get_by_role("button", name="Simpan dan sambungkan").click()
        expect(page.get_by_text("Telegram menjawab: botnya @maju_hr_bot.")).to_be_visible()
        assert faults_of(seen, None) == []
        bot.queue(bot.update("halo", STRANGER))
        give_up = time.monotonic() + 30
        while not bot.words(str(STRANGER)) and time.monotonic() < give_up:
            page.wait_for_timeout(50)
    assert "PT Maju Bersama" in bot.last(str(STRANGER)).words


def test_a_number_is_connected_and_its_templates_are_shown(visit: Visit, platforms: Platforms) -> None:
    number = platforms.meta.others[META]
    with visit("ratna") as seen:
        page = seen.page
        page.goto(f"{COMPANY}/settings/whatsapp")
        page.get_by_label("Phone number ID").fill("200000000000001")
        page.get_by_label("WhatsApp Business Account ID").fill("300000000000001")
        page.get_by_label("Token", exact=True).fill(META)
        page.get_by_label("App secret").fill("a" * 32)
        page.get_by_role("button", name="Simpan dan sambungkan").click()
        expect(page.get_by_text("0 dari 10 templat disetujui")).to_be_visible()
        number.approve_all()
        number.reviewed("notice", "id", "REJECTED", reason="INVALID_FORMAT")
        number.recategorised("security", "en", "MARKETING")
        page.get_by_role("link", name="Periksa lagi").click()
        expect(page.get_by_text("9 dari 10 templat disetujui")).to_be_visible()
        expect(page.get_by_text("Kata Meta: INVALID_FORMAT")).to_be_visible()
        assert faults_of(seen, None) == []
        page.get_by_text("Lepas sambungan").click()
        page.get_by_role("button", name="Lepas +62 21-500-123").click()
        expect(page.get_by_text("Sambungan dilepas.")).to_be_visible()
        assert not number.subscribed
