"""The 24 hours of WhatsApp, and what Meta tells later about what was sent."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from bot import conversation, delivery, door, reports, strangers, webhooks
from bot.channels import whatsapp
from core import clock, database, jobs, settings
from core.jobs import Job
from core.leave.policy import Period
from core.messaging import inbox, outbox, templates, windows
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity
from tests.core.cast import Cast
from tests.core.conftest import MONDAY
from tests.outside.serving import Hook
from tests.outside.whatsapp import PHONE, SECRET, VERIFY, WhatsApp, bsuid, hook, wrote

BUDI, SARI, NOBODY = "6281100000412", "6281100000101", "6281199999999"
TEMPLATE = "<request_decided>"
TUESDAY = MONDAY + timedelta(hours=25)


@dataclass
class House:
    """A company whose people are on WhatsApp, and Meta."""

    maju: Cast
    meta: WhatsApp

    async def link(self, name: str, number: str) -> None:
        """Let this number speak for that employee."""
        async with database.transaction(self.maju.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=self.maju.people[name].person, channel="whatsapp", account=PHONE,
                    external_id=bsuid(number), place=number, verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip

    async def posts(self, hook: Hook) -> None:
        """Meta posts this, and everything that follows from it happens."""
        payload = json.loads(hook.body)
        await inbox.receive(whatsapp.CHANNEL.parse(payload))
        await reports.receive(whatsapp.CHANNEL.reports(payload))
        await self.settle()

    async def writes(self, words: str, number: str = BUDI) -> None:
        await self.posts(self.meta.message(words, number))

    async def says(self, words: str, *, key: str = "leave.said") -> int:
        """Something is said to Budi that answers nothing."""
        async with database.transaction(self.maju.company):
            there = Address("whatsapp", PHONE, BUDI, self.maju.budi.person)
            number = await outbox.post(there, Message(key, words), dedupe=f"said:{words}")
        await self.settle()
        return number

    async def settle(self) -> None:
        """Let everything happen that is due, and what waits a moment."""
        for _ in range(3):
            await jobs.drain()
            clock.move(clock.now() + timedelta(seconds=3))

    async def row(self, number: int) -> dict[str, Any]:
        async with database.reading(self.maju.company):
            return cast(dict[str, Any], await Outbound.select().where(Outbound.id == number).first())

    async def on_the_page(self, name: str) -> list[str]:
        """What this employee reads on the page of the talk."""
        async with database.reading(self.maju.company):
            mine = (Outbound.person == self.maju.people[name].person) & (Outbound.channel == "web")
            return [outbox.unseal(row).text for row in await Outbound.objects().where(mine).order_by(Outbound.id)]

    def read(self, number: str = BUDI) -> list[str]:
        return self.meta.words(number)


@pytest.fixture
async def house(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    """Budi and Sari are on WhatsApp; Budi wrote there on Monday morning, and his answer is out of the way."""
    monkeypatch.setitem(jobs.HANDLERS, "answer", conversation.answer)
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
    with WhatsApp() as meta:
        monkeypatch.setattr(settings, "_current", replace(settings.current(), **meta.settings()))
        made = House(maju, meta)
        await made.link("budi", BUDI)
        await made.link("sari", SARI)
        await made.writes("sisa cuti")
        assert made.read() and not made.read()[0].startswith("<")
        meta.sent.clear()
        yield made
        assert meta.refusals == []
        await delivery.close()


async def test_within_a_day_of_their_last_words_people_are_told_freely(house: House) -> None:
    clock.move(MONDAY + timedelta(hours=23))
    await house.says("Kabar 1")
    assert house.read() == ["Kabar 1"]


async def test_later_a_template_asks_once_and_what_waited_follows_in_order(house: House) -> None:
    clock.move(TUESDAY)
    for words in ("Kabar 1", "Kabar 2"):
        await house.says(words)
    assert house.read() == [TEMPLATE]
    await house.posts(house.meta.press("Buka", BUDI))
    assert house.read() == [TEMPLATE, "Kabar 1", "Kabar 2"], "the press opens the talk, and says no more"
    await house.says("Kabar 3")
    assert house.read()[3:] == ["Kabar 3"], "the press was a message too"


async def test_whatever_is_written_opens_the_talk_as_well(house: House) -> None:
    clock.move(TUESDAY)
    await house.says("Kabar 1")
    await house.writes("sisa cuti")
    assert house.read()[:2] == [TEMPLATE, "Kabar 1"]
    assert len(house.read()) == 3 and "cuti" in house.read()[2].lower()


async def test_another_day_and_another_matter_have_their_own_template(house: House) -> None:
    clock.move(TUESDAY)
    for number, key in enumerate(("leave.said", "accounts.blocked", "approvals.card", "people.said")):
        await house.says(f"Kabar {number}", key=key)
    assert house.read() == [TEMPLATE, "<security>", "<request_waiting>", "<notice>"]
    clock.move(TUESDAY + timedelta(days=1))
    await house.says("Kabar 5")
    assert house.read()[4:] == [TEMPLATE]


async def test_a_press_when_nothing_waits_shows_what_can_be_asked(house: House) -> None:
    clock.move(TUESDAY)
    await house.says("Kabar 1")
    for _ in range(2):
        await house.posts(house.meta.press("Buka", BUDI))
    assert house.read()[:2] == [TEMPLATE, "Kabar 1"]
    assert len(house.read()) == 3


async def test_a_card_that_was_decided_meanwhile_shows_who_decided(house: House) -> None:
    request = await house.maju.asks(house.maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    await house.settle()
    assert house.read(SARI) == ["<request_waiting>"], "Sari has not written yet"
    await house.maju.decides(house.maju.sari, request, "approve")
    await house.settle()
    await house.posts(house.meta.press("Buka", SARI))
    cards = [one for one in house.meta.in_place(SARI) if "Budi" in one.words]
    assert len(cards) == 1
    assert "isetujui" in cards[0].words and cards[0].buttons == {}


async def test_where_the_template_is_refused_it_stands_on_the_page(house: House) -> None:
    house.meta.templates.clear()
    clock.move(TUESDAY)
    for words in ("Kabar 1", "Kabar 2"):
        await house.says(words)
    assert house.read() == []
    assert await house.on_the_page("budi") == ["Kabar 1", "Kabar 2"]
    assert len([call for call in house.meta.calls if call.body.get("type") == "template"]) == 1


async def test_what_waited_for_a_week_is_not_said_any_more(house: House) -> None:
    clock.move(TUESDAY)
    old = await house.says("Kabar 1")
    clock.move(TUESDAY + timedelta(days=8))
    await house.says("Kabar 2")
    await house.posts(house.meta.press("Buka", BUDI))
    assert house.read() == [TEMPLATE, TEMPLATE, "Kabar 2"]
    assert ((await house.row(old))["state"], (await house.row(old))["error"]) == ("dropped", "too old")


async def test_without_a_token_everything_waits_for_the_server(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_current", replace(settings.current(), whatsapp_token=""))
    number = await house.says("Kabar 1")
    assert ((await house.row(number))["state"], house.read()) == ("waiting", [])


# -- what Meta tells later


async def sent(house: House) -> tuple[int, str]:
    number = await house.says("Kabar 1")
    return number, house.meta.last(BUDI).ref


async def test_what_is_known_never_goes_back(house: House) -> None:
    number, ref = await sent(house)
    for state in ("delivered", "read", "delivered", "sent", "read", "failed"):
        code = 131026 if state == "failed" else None
        await house.posts(house.meta.status(ref, state, code=code, category="utility"))
    row = await house.row(number)
    assert (row["state"], row["progress"], row["category"], row["billable"]) == ("sent", "read", "utility", True)
    assert await house.on_the_page("budi") == []


async def test_a_report_may_be_here_before_the_answer(house: House) -> None:
    number, ref = await sent(house)
    await set_ref(house, number, None)
    await house.posts(house.meta.status(ref, "delivered"))
    assert (await house.row(number))["progress"] is None
    await set_ref(house, number, ref)
    await house.settle()
    assert (await house.row(number))["progress"] == "delivered"


async def set_ref(house: House, number: int, ref: str | None) -> None:
    async with database.transaction(house.maju.company):
        await Outbound.update({Outbound.provider_ref: ref}).where(Outbound.id == number)


async def test_a_report_about_nothing_of_ours_is_let_go(house: House) -> None:
    await house.posts(house.meta.status("wamid.elsewhere", "delivered"))
    clock.move(clock.now() + reports.PATIENCE)
    await house.settle()
    async with database.installation(writes=False):
        assert not await Job.exists().where((Job.name == reports.APPLY) & (Job.state != "done"))


async def test_a_window_that_was_shut_after_all_is_opened_by_a_template(house: House) -> None:
    number, ref = await sent(house)
    for _ in range(2):
        await house.posts(house.meta.status(ref, "failed", code=131047))
    assert (await house.row(number))["state"] == "waiting"
    assert house.read() == ["Kabar 1", TEMPLATE]
    await house.posts(house.meta.press("Buka", BUDI))
    assert house.read() == ["Kabar 1", TEMPLATE, "Kabar 1"]


async def test_whoever_is_not_on_whatsapp_any_more_is_told_elsewhere(house: House) -> None:
    number, ref = await sent(house)
    for state in ("failed", "sent", "failed"):
        await house.posts(house.meta.status(ref, state, code=131026 if state == "failed" else None))
    assert (await house.row(number))["state"] == "failed"
    assert await house.on_the_page("budi") == ["Kabar 1"]
    async with database.reading(house.maju.company):
        assert (await outbox.address_of(house.maju.budi.person)).channel == outbox.WEB
    await house.writes("sisa cuti")
    async with database.reading(house.maju.company):
        assert (await outbox.address_of(house.maju.budi.person)).channel == "whatsapp", "who writes is there again"


async def test_what_meta_let_fall_is_said_again(house: House) -> None:
    number, ref = await sent(house)
    await house.posts(house.meta.status(ref, "failed", code=131000))
    clock.move(clock.now() + timedelta(minutes=5))
    await house.settle()
    assert house.read() == ["Kabar 1", "Kabar 1"]
    assert (await house.row(number))["state"] == "sent"


async def test_what_was_said_to_strangers_is_reported_on_too(house: House) -> None:
    await house.writes("halo", NOBODY)
    shown = house.meta.last(NOBODY)
    await house.posts(house.meta.status(shown.ref, "read"))
    async with database.reading(await strangers.operator()):
        rows = await Outbound.select().where(Outbound.address == NOBODY)
    assert [row["progress"] for row in rows] == ["read"]


async def test_a_number_that_moved_speaks_for_nobody(house: House) -> None:
    moved = wrote(None, BUDI, type="system", system={"type": "user_changed_number", "wa_id": NOBODY, "body": "-"})
    await house.posts(hook(SECRET, messages=[moved]))
    async with database.reading(house.maju.company):
        mine = ChannelIdentity.person == house.maju.budi.person
        assert await ChannelIdentity.count().where(mine & ChannelIdentity.ended_at.is_null()) == 0
    before = len(house.read())
    for number in (BUDI, NOBODY):
        await house.writes("sisa cuti", number)
    assert all("Budi" not in words and "hari" not in words for words in [*house.read()[before:], *house.read(NOBODY)])
    assert house.read(NOBODY)


# -- the address that Meta knocks at


async def test_meta_is_let_in_and_nobody_else(house: House) -> None:
    app = door.before(cast(Any, Litestar(route_handlers=webhooks.routes())), webhooks.hooks())
    transport = httpx.ASGITransport(cast(Any, app))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
        right = await client.get("/hooks/whatsapp", params=asked)
        assert (right.status_code, right.text) == (200, "1158201444")
        assert right.headers["content-type"].startswith("text/plain")
        wrong = await client.get("/hooks/whatsapp", params=asked | {"hub.verify_token": "guessed"})
        assert wrong.status_code == 403 and "1158201444" not in wrong.text
        true, forged = house.meta.message("sisa cuti 👍", BUDI), hook("guessed", messages=[wrote("sisa cuti", BUDI)])
        assert (await client.post(forged.path, headers=forged.headers, content=forged.body)).status_code == 401
        for _ in range(2):
            assert (await client.post(true.path, headers=true.headers, content=true.body)).status_code == 200
    await house.settle()
    assert len(house.read()) == 1, "what comes twice is answered once"


def test_every_template_has_its_words() -> None:
    assert {
        windows.template_for(key) for key in ("approvals.card", "leave.x", "tickets.answer", "linking.done", "x")
    } == set(templates.NAMES)
