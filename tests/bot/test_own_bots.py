"""A company's own bot on Telegram and its own number on WhatsApp, over the addresses that their platforms post to."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from core import clock, database, settings
from core.errors import Refused
from core.jobs import Job
from core.messaging import bot_accounts
from core.messaging.bot_accounts import TELEGRAM, WHATSAPP, BotAccount, Named
from core.messaging.tables import Circuit, Pace
from core.people.tables import ChannelIdentity
from tests.bot import bots_house
from tests.bot.bots_house import BY, HERE, PHONES, TOKENS, House, tampered
from tests.core.cast import Cast
from tests.outside import whatsapp
from tests.outside.telegram import TOKEN as SHARED_TOKEN
from tests.outside.whatsapp import hook, signed, wrote

BUDI, SARI, BAMBANG = "7001", "7002", "7003"
NUMBER = "6281100000412"
PHOTO = (Path(__file__).parents[1] / "payloads" / "photo.jpg").read_bytes()


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    async with bots_house.opened(maju) as made:
        yield made


async def test_an_own_bot_is_heard_and_answers_as_itself(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    assert await house.knocks_as_telegram(house.bot().update("sisa cuti", BUDI)) == 200
    await house.settle()
    assert len(house.bot().words(BUDI)) == 1 and house.telegram.sent == []
    row = (await house.rows("budi"))[-1]
    assert (row["account"], row["state"]) == ("700001", "sent")


async def test_the_addresses_cannot_be_guessed_and_each_has_its_own_secret(house: House) -> None:
    mine, theirs = await house.connect_telegram(), await house.connect_telegram("sinar")
    assert len(mine.public) == 22 and mine.path != theirs.path and mine.secret != theirs.secret
    assert house.bot().webhook["url"] == f"{HERE}{mine.path}"
    said = house.bot().update("sisa cuti", BUDI)
    for secret in ("", "guessed", theirs.secret, house.telegram.secret):
        headers = {"x-telegram-bot-api-secret-token": secret}
        assert await house.knocks_as_telegram(said, **headers) == 401
    for path in ("/hooks/telegram/none", f"/hooks/telegram/{'x' * 200}", f"/hooks/whatsapp/{mine.public}"):
        assert (await house.http.post(path, headers=said.headers, content=said.body)).status_code == 404
    assert await house.heard() == 0


async def test_tokens_and_secrets_are_sealed(house: House) -> None:
    await house.connect_telegram()
    await house.connect_whatsapp()
    async with database.reading(house.maju.company):
        kept = str(await BotAccount.select())
    assert TOKENS["maju"] not in kept and "a" * 32 not in kept and "EAAown" not in kept


async def test_the_same_update_twice_is_answered_once_and_the_shared_bot_goes_on(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    await house.link("sari", SARI, channel=TELEGRAM, account=SHARED_TOKEN.partition(":")[0])
    said = house.bot().update("sisa cuti", BUDI)
    assert [await house.knocks_as_telegram(said) for _ in range(2)] == [200, 200]
    shared = house.telegram.update("sisa cuti", SARI)
    assert (await house.http.post(shared.path, headers=shared.headers, content=shared.body)).status_code == 200
    await house.settle()
    assert len(house.bot().words(BUDI)) == 1 and len(house.telegram.words(SARI)) == 1


async def test_nobody_of_another_company_is_linked_by_an_own_bot(house: House) -> None:
    await house.connect_telegram()
    theirs, ours = await house.code("bambang", "sinar"), await house.code("budi")
    await house.knocks_as_telegram(house.bot().update(theirs, BAMBANG))
    await house.settle()
    assert "Bambang" not in str(house.bot().words(BAMBANG)) and house.bot().last(BAMBANG).buttons == {}
    await house.knocks_as_telegram(house.bot().update(ours, BUDI))
    await house.settle()
    assert "Budi" in house.bot().last(BUDI).words
    await house.knocks_as_telegram(house.bot().press("Ya, sambungkan", BUDI))
    await house.settle()
    async with database.installation(writes=False):
        linked = await ChannelIdentity.select(ChannelIdentity.company, ChannelIdentity.account)
    assert linked == [{"company": house.maju.company, "account": "700001"}]
    shared = house.telegram.update(theirs, BAMBANG)
    await house.http.post(shared.path, headers=shared.headers, content=shared.body)
    await house.settle()
    assert "Bambang" in house.telegram.last(BAMBANG).words, "the shared bot links whoever was invited"


async def test_a_stranger_at_an_own_bot_hears_of_its_company_alone(house: House) -> None:
    await house.connect_telegram("sinar")
    await house.knocks_as_telegram(house.bot("sinar").update("halo", BAMBANG), "sinar")
    await house.settle()
    assert "PT Sinar Laut" in house.bot("sinar").last(BAMBANG).words


async def test_a_person_who_moves_to_the_own_bot_leaves_the_shared_one(house: House) -> None:
    await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=SHARED_TOKEN.partition(":")[0])
    await house.knocks_as_telegram(house.bot().update(await house.code("budi"), BUDI))
    await house.settle()
    await house.knocks_as_telegram(house.bot().press("Ya, sambungkan", BUDI))
    await house.settle()
    assert "tidak lagi" in house.telegram.last(BUDI).words or "sudah" in house.telegram.last(BUDI).words
    row = await house.says("budi", "Kabar")
    assert row["account"] == "700001" and house.bot().words(BUDI)[-1] == "Kabar"


async def test_meta_is_answered_at_the_own_address_with_its_own_token(house: House) -> None:
    account = await house.connect_whatsapp()
    asked = {"hub.mode": "subscribe", "hub.verify_token": account.verify, "hub.challenge": "42"}
    wrong = await house.http.get(account.path, params=asked | {"hub.verify_token": whatsapp.VERIFY})
    assert wrong.status_code == 403
    async with database.reading(house.maju.company):
        before = await bot_accounts.of_company(WHATSAPP)
    assert before is not None and before.verified_at is None
    right = await house.http.get(account.path, params=asked)
    assert (right.status_code, right.text) == (200, "42")
    async with database.reading(house.maju.company):
        after = await bot_accounts.of_company(WHATSAPP)
    assert after is not None and after.verified_at is not None


async def test_an_own_number_is_heard_and_answers_as_itself(house: House) -> None:
    account = await house.connect_whatsapp()
    await house.link("budi", NUMBER, channel=WHATSAPP, account=account.account)
    assert await house.knocks(house.number().message("sisa cuti 👍", NUMBER), account) == 200
    await house.settle()
    assert len(house.number().words(NUMBER)) == 1 and house.meta.sent == []
    row = (await house.rows("budi"))[-1]
    assert (row["account"], row["state"]) == (PHONES["maju"], "sent")
    read = house.number().status(row["provider_ref"], "read")
    assert await house.knocks(read, account) == 200
    await house.settle()
    assert (await house.rows("budi"))[-1]["progress"] == "read"


async def test_whoever_signs_for_one_number_speaks_for_no_other(house: House) -> None:
    mine, theirs = await house.connect_whatsapp(), await house.connect_whatsapp("sinar")
    await house.link("bambang", NUMBER, channel=WHATSAPP, account=theirs.account, whose="sinar")
    forged = hook("a" * 32, phone=theirs.account, messages=[wrote("blokir akun saya", NUMBER)])
    assert await house.knocks(forged, mine) == 200, "it is signed, and says nothing that counts"
    assert await house.knocks(forged, theirs) == 401
    assert await house.knocks(tampered(house.number().message("cuti", NUMBER), theirs.account), mine) == 401
    assert await house.knocks(house.meta.message("cuti", NUMBER), mine) == 401
    assert await house.heard() == 0
    stranger = hook("a" * 32, phone=theirs.account, statuses=[{"id": "wamid.1", "status": "failed", "timestamp": "1"}])
    assert await house.knocks(stranger, mine) == 200
    await house.settle()
    assert house.number("sinar").sent == []


async def test_rates_and_breakers_are_each_bots_own(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    await house.link("sari", SARI, channel=TELEGRAM, account=SHARED_TOKEN.partition(":")[0])
    house.bot().token = "700001:another-token-since-it-was-revoked"
    await house.says("budi", "Kabar 1")
    await house.says("sari", "Kabar 2")
    async with database.installation(writes=False):
        shut = [one.name for one in await Circuit.objects().where(Circuit.shut_until.is_not_null())]
        assert await Pace.count() > 0
    assert shut == ["telegram|700001"]
    assert house.telegram.words(SARI) == ["Kabar 2"]


async def test_a_token_that_is_replaced_goes_on_with_the_same_links(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    fresh = "700001:the-new-token-of-the-same-bot-1"
    old = house.telegram.others.pop(TOKENS["maju"])
    old.token = fresh
    house.telegram.others[fresh] = old
    given = bot_accounts.checked(TELEGRAM, {"token": fresh, "mode": "webhook"}, account)
    async with database.transaction(house.maju.company):
        again = await bot_accounts.save(TELEGRAM, given, Named("700001", "maju_hr_bot"), by=BY)
    assert (again.id, again.public, again.token) == (account.id, account.public, fresh)
    await house.says("budi", "Kabar")
    assert old.words(BUDI) == ["Kabar"]


async def test_an_account_belongs_to_one_company_and_never_to_the_shared_one(house: House) -> None:
    await house.connect_telegram()
    assert not await bot_accounts.free(TELEGRAM, "700001", house.sinar.company)
    async with database.transaction(house.sinar.company):
        with pytest.raises(Refused, match=r"botaccounts\.taken"):
            await bot_accounts.save(TELEGRAM, {"token": TOKENS["maju"]}, Named("700001", "x"), by=BY)
    async with database.transaction(house.sinar.company):
        with pytest.raises(Refused, match=r"botaccounts\.is_shared"):
            shared = SHARED_TOKEN.partition(":")[0]
            await bot_accounts.save(TELEGRAM, {"token": SHARED_TOKEN}, Named(shared, "x"), by=BY)
    async with database.transaction(house.maju.company):
        with pytest.raises(Refused, match=r"botaccounts\.another"):
            await bot_accounts.save(TELEGRAM, {"token": TOKENS["sinar"]}, Named("700002", "x"), by=BY)


async def test_what_is_said_after_a_bot_was_let_go_goes_elsewhere_and_comes_back_with_it(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    await house.end(TELEGRAM)
    assert house.bot().webhook == {}
    said = house.bot().update("sisa cuti", BUDI)
    assert (await house.http.post(account.path, headers=said.headers, content=said.body)).status_code == 404
    assert (await house.says("budi", "Kabar 1"))["channel"] == "web"
    await house.connect_telegram()
    assert (await house.says("budi", "Kabar 2"))["state"] == "sent"
    assert house.bot().words(BUDI) == ["Kabar 2"]


async def test_what_was_on_its_way_when_a_bot_was_let_go_is_told_to_hr_with_that_reason(house: House) -> None:
    account = await house.connect_telegram()
    await house.link("budi", BUDI, channel=TELEGRAM, account=account.account)
    house.telegram.fail(502, 4)
    await house.says("budi", "Kabar")
    await house.end(TELEGRAM)
    house.telegram.calm()
    clock.move(clock.now() + timedelta(minutes=2))
    await house.settle()
    rows = await house.rows("budi")
    assert [row["trouble"] for row in rows if row["channel"] == "telegram"] == ["disconnected"]
    assert rows[-1]["channel"] == "web"


async def test_a_file_is_fetched_from_the_bot_it_was_sent_to(house: House) -> None:
    telegram, number = await house.connect_telegram(), await house.connect_whatsapp()
    await house.link("budi", BUDI, channel=TELEGRAM, account=telegram.account)
    await house.link("sari", NUMBER, channel=WHATSAPP, account=number.account)
    await house.knocks_as_telegram(house.bot().upload(PHOTO, BUDI))
    await house.knocks(house.number().upload(PHOTO, NUMBER), number)
    await house.settle()
    keys = {(await house.rows(name))[-1]["key"] for name in ("budi", "sari")}
    assert len(keys) == 1 and "files.not_fetched" not in keys


async def test_in_a_group_an_own_bot_names_itself(house: House) -> None:
    await house.connect_telegram()
    said = house.bot().update("sisa cuti", BUDI, chat_id=-55, chat_type="group")
    await house.knocks_as_telegram(said)
    await house.settle()
    assert "t.me/maju_hr_bot" in house.bot().last("-55").words


async def test_what_is_not_of_the_platform_is_told_so_and_kept_nowhere(house: House) -> None:
    account = await house.connect_whatsapp()
    for raw in (b"{", b"[" * 50 + b"]" * 50, json.dumps({"entry": "x"}).encode()):
        posted = signed(raw, "a" * 32)
        assert await house.knocks(posted, account) in (200, 400)
    assert await house.heard() == 0
    assert settings.current().base_url == HERE


async def test_what_one_number_tells_of_a_message_keeps_no_word_from_another(house: House) -> None:
    """A number of a message is known by whoever got it: told first by another app, it would be told for good."""
    mine, theirs = await house.connect_whatsapp(), await house.connect_whatsapp("sinar")
    await house.link("bambang", NUMBER, channel=WHATSAPP, account=theirs.account, whose="sinar")
    await house.knocks(house.number("sinar").message("sisa cuti", NUMBER), theirs)
    await house.settle()
    said = (await house.rows("bambang", "sinar"))[-1]
    told = [{"id": said["provider_ref"], "status": "read", "timestamp": "1783304000", "recipient_id": NUMBER}]
    assert await house.knocks(hook("a" * 32, phone=mine.account, statuses=told), mine) == 200
    assert (await house.rows("bambang", "sinar"))[-1]["progress"] is None
    assert await house.knocks(hook("b" * 32, phone=theirs.account, statuses=told), theirs) == 200
    await house.settle()
    assert (await house.rows("bambang", "sinar"))[-1]["progress"] == "read"


async def test_whatever_a_company_signs_at_its_own_number_waits_among_its_own(house: House) -> None:
    """It could sign thousands of strangers and reports: nobody else's stand behind them."""
    own = await house.connect_whatsapp()
    strangers = [wrote("halo", f"62811000{number:04}") for number in range(3)]
    told = [{"id": f"wamid.{number}", "status": "read", "timestamp": "1783304000"} for number in range(3)]
    assert await house.knocks(hook("a" * 32, phone=own.account, messages=strangers, statuses=told), own) == 200
    async with database.installation(writes=False):
        waiting = await Job.select(Job.name, Job.company).where(Job.name.is_in(["answer", "messages.report"]))
    assert len(waiting) == 6 and {row["company"] for row in waiting} == {house.maju.company}


async def test_what_was_said_to_a_bot_before_it_was_let_go_links_nobody_of_another_company(house: House) -> None:
    account = await house.connect_telegram()
    code = await house.code("bambang", "sinar")
    await house.knocks_as_telegram(house.bot().update(code, BAMBANG))
    await house.end(TELEGRAM)
    await house.settle()
    assert not await bot_accounts.speaks_for(TELEGRAM, account.account, house.sinar.company)
    assert await bot_accounts.speaks_for(TELEGRAM, account.account, house.maju.company)
