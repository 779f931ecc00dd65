"""Templates made by us at Meta: whether one may be sent is known before it is, and HR is told why not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import templates_told
from core import clock, database
from core.errors import Refused
from core.messaging import bot_accounts, templates, undelivered
from core.messaging.bot_accounts import WHATSAPP, Account
from core.messaging.tables import MessageTemplate
from core.phrases import LANGUAGES
from tests.bot import bots_house
from tests.bot.bots_house import BUSINESSES, House
from tests.core.cast import Cast
from tests.outside.whatsapp import hook

NUMBER = "6281100000412"
ALL = {(name, language) for name in templates.NAMES for language in LANGUAGES}


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    async with bots_house.opened(maju) as made:
        yield made


async def on_whatsapp(house: House, *, approved: bool) -> Account:
    """Budi is on WhatsApp over the company's own number, and has not written for more than a day."""
    account = await house.connect_whatsapp(approved=approved)
    await house.link("budi", NUMBER, channel=WHATSAPP, account=account.account)
    return account


async def states(business: str = BUSINESSES["maju"]) -> dict[tuple[str, str], MessageTemplate]:
    async with database.installation(writes=False):
        return dict(await templates.known(business))


async def troubles(house: House) -> list[str]:
    async with database.reading(house.maju.company):
        return [row["trouble"] for row in await undelivered.waiting(50)]


async def test_every_template_is_made_in_both_languages_and_only_once(house: House) -> None:
    account = await on_whatsapp(house, approved=False)
    made = house.number().templates
    assert made.keys() == ALL and {one["category"] for one in made.values()} == {"UTILITY"}
    assert house.number().subscribed
    assert {row.state for row in (await states()).values()} == {"pending"}
    await bots_house.SETUPS[WHATSAPP].connect(account)
    assert len(made) == len(ALL)


async def test_of_many_templates_every_page_is_read(house: House) -> None:
    account = await on_whatsapp(house, approved=False)
    house.number().page = 3
    house.number().approve_all()
    await house.asked_about_templates(account)
    assert {key: row.state for key, row in (await states()).items()} == dict.fromkeys(ALL, "approved")


async def test_a_message_whose_template_waits_for_approval_is_told_to_hr_and_not_tried(house: House) -> None:
    await on_whatsapp(house, approved=False)
    await house.says("budi", "Kabar")
    assert house.number().sent == [] and await troubles(house) == ["template_pending"]
    rows = await house.rows("budi")
    assert [(row["channel"], row["state"]) for row in rows] == [("whatsapp", "dropped"), ("web", "sent")]


async def test_once_meta_says_that_it_is_approved_it_is_sent(house: House) -> None:
    account = await on_whatsapp(house, approved=False)
    change = house.number().reviewed("request_decided", "id", "APPROVED")
    assert await house.knocks(house.number().told(change), account) == 200
    await house.says("budi", "Kabar")
    assert house.number().words(NUMBER) == ["<request_decided>"] and await troubles(house) == []


@pytest.mark.parametrize(
    ("event", "reason", "why"),
    [
        ("REJECTED", "INVALID_FORMAT", "template_refused"),
        ("PAUSED", "NONE", "template_paused"),
        ("DISABLED", "NONE", "template_missing"),
        ("IN_APPEAL", "NONE", "template_pending"),
    ],
)
async def test_what_meta_decides_is_what_hr_is_told(house: House, event: str, reason: str, why: str) -> None:
    account = await on_whatsapp(house, approved=True)
    change = house.number().reviewed("request_decided", "id", event, reason=reason)
    for _ in range(2):
        assert await house.knocks(house.number().told(change), account) == 200
    await house.says("budi", "Kabar")
    assert await troubles(house) == [why]
    row = (await states())["request_decided", "id"]
    assert (row.state, row.reason) == (event.lower(), None if reason == "NONE" else reason)


async def test_a_pause_that_nobody_told_of_is_learnt_from_the_refusal(house: House) -> None:
    await on_whatsapp(house, approved=True)
    house.number().reviewed("request_decided", "id", "PAUSED")
    await house.says("budi", "Kabar")
    assert await troubles(house) == ["template_paused"]
    assert (await states())["request_decided", "id"].state == "paused"


async def test_a_report_that_got_lost_is_made_good_within_the_hour(house: House) -> None:
    await on_whatsapp(house, approved=False)
    house.number().approve_all()
    clock.move(clock.now() + timedelta(hours=1))
    await templates_told.hourly()
    await house.settle()
    assert {row.state for row in (await states()).values()} == {"approved"}
    shared = await states(house.meta.business)
    assert {row.state for row in shared.values()} == {"approved"}, "the installation's number is asked about too"


async def test_reports_that_come_late_change_nothing(house: House) -> None:
    account = await on_whatsapp(house, approved=False)
    old = house.number().told(house.number().reviewed("notice", "id", "REJECTED", reason="SCAM"))
    clock.move(clock.now() + timedelta(minutes=5))
    new = house.number().told(house.number().reviewed("notice", "id", "APPROVED"))
    for one in (new, old):
        assert await house.knocks(one, account) == 200
    row = (await states())["notice", "id"]
    assert row.state == "approved" and row.reason is None


async def test_another_category_is_seen_and_the_one_before_remembered(house: House) -> None:
    account = await on_whatsapp(house, approved=True)
    change = house.number().recategorised("notice", "en", "MARKETING")
    assert await house.knocks(house.number().told(change), account) == 200
    row = (await states())["notice", "en"]
    assert (row.category, row.category_before, row.state) == ("marketing", "utility", "approved")
    looks = await bots_house.SETUPS[WHATSAPP].looks(account)
    assert (looks["templates"].well, looks["templates"].told) == (False, "templates_moved")


async def test_nobody_reports_about_another_account(house: House) -> None:
    mine, theirs = await on_whatsapp(house, approved=True), await house.connect_whatsapp("sinar")
    value: dict[str, Any] = {
        "event": "DISABLED", "message_template_name": "notice", "message_template_language": "id", "reason": "NONE",
        "message_template_id": 1, "message_template_category": "UTILITY",
    }  # fmt: skip
    change = {"field": "message_template_status_update", "value": value}
    told = house.number().told(change)
    house.number().business = theirs.business
    forged = house.number().told(change)
    assert await house.knocks(forged, mine) == 200
    assert (await states(theirs.business))["notice", "id"].state == "approved"
    assert await house.knocks(told, mine) == 200
    assert (await states())["notice", "id"].state == "disabled"


async def test_templates_of_somebody_else_are_none_of_ours(house: House) -> None:
    account = await on_whatsapp(house, approved=True)
    value = {"event": "APPROVED", "message_template_name": "sale", "message_template_language": "id"}
    field = "message_template_status_update"
    assert await house.knocks(house.number().told({"field": field, "value": value}), account) == 200
    strange: list[Any] = [{"event": 7}, None, [], {"message_template_name": "notice"}]
    for bent in strange:
        assert await house.knocks(house.number().told({"field": field, "value": bent}), account) == 200
    assert (await states()).keys() == ALL
    assert await house.knocks(hook("a" * 32, phone=account.account, messages=None), account) == 200


async def test_to_let_one_number_go_silences_no_other_of_the_same_account(house: House) -> None:
    await on_whatsapp(house, approved=True)
    async with database.transaction(house.sinar.company):
        given = {"token": "EAAanother", "secret": "c" * 32, "business": BUSINESSES["maju"]}
        await bot_accounts.save(WHATSAPP, given, bot_accounts.Named("200000000000009", "+62"), by=bots_house.BY)
    await house.end(WHATSAPP)
    assert house.number().subscribed
    async with database.transaction(house.sinar.company):
        last = await bot_accounts.end(WHATSAPP, by=bots_house.BY)
    assert last is not None
    await bots_house.SETUPS[WHATSAPP].disconnect(replace(last, token=house.number().token))
    assert not house.number().subscribed


async def test_what_meta_does_not_let_us_do_is_refused_with_the_way_out(house: House) -> None:
    account = await on_whatsapp(house, approved=False)
    house.number().manages = False
    with pytest.raises(Refused, match=r"botaccounts\.meta_refused"):
        await bots_house.SETUPS[WHATSAPP].connect(account)
    looks = await bots_house.SETUPS[WHATSAPP].looks(account)
    assert [(name, one.well) for name, one in looks.items()] == [
        ("number", True), ("subscribed", False), ("templates", False)
    ]  # fmt: skip
