"""A chat that is closed to us: the same message once, in another chat of its person, or before HR."""

from datetime import timedelta
from typing import Any

import pytest

from bot import delivery
from bot.channels import CHANNELS, Later, Never, Sent, Unknown
from core import clock, database, jobs
from core.audit import Actor
from core.errors import Refused
from core.messaging import outbox, undelivered
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people.tables import ChannelIdentity
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

RATNA = Actor("ratna", "web")


class Platform:
    """A platform that takes what it is given, or fails in these ways one after the other, the last one for ever."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.said: list[str] = []

    async def send(self, message: Message, *, to: str, edits: str | None) -> Sent:
        if self.faults:
            fault = self.faults.pop(0) if len(self.faults) > 1 else self.faults[0]
            if isinstance(fault, Unknown):
                self.said.append(message.text)
            raise fault
        self.said.append(message.text)
        return Sent("1")


class House:
    """Budi on Telegram and on Slack."""

    def __init__(self, maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        self.maju, self.telegram, self.slack = maju, Platform(), Platform()
        monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)
        for name in ("telegram", "slack"):
            monkeypatch.setitem(CHANNELS, name, getattr(self, name))

    async def link(self, channel: str) -> None:
        async with database.transaction(self.maju.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=self.maju.budi.person, channel=channel, account="A1", external_id="777", place="777",
                    verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip

    async def says(self, channel: str, words: str = "Cutimu disetujui.") -> int:
        async with database.transaction(self.maju.company):
            there = Address(channel, "A1", "777", self.maju.budi.person)
            number = await outbox.post(there, Message("approvals.approved", words), dedupe=f"{channel}:{words}")
        for _ in range(40):
            await jobs.drain()
            clock.move(clock.now() + timedelta(minutes=4))
        return number

    async def half_a_day(self) -> None:
        """Pass as long as a message is tried."""
        for _ in range(26):
            clock.move(clock.now() + timedelta(minutes=30))
            await jobs.drain()

    async def waiting(self) -> list[dict[str, Any]]:
        async with database.reading(self.maju.company):
            return list(await undelivered.waiting(50))

    async def pages(self) -> list[str]:
        async with database.reading(self.maju.company):
            return [outbox.unseal(row).text for row in await Outbound.objects().where(Outbound.channel == "web")]


@pytest.fixture
def house(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> House:
    return House(maju, monkeypatch)


async def test_a_closed_chat_gives_way_to_the_other_and_nobody_has_to_see_to_it(house: House) -> None:
    await house.link("telegram")
    await house.link("slack")
    house.slack.faults = [Never("account_inactive", gone=True)]
    await house.says("slack")
    assert (house.slack.said, house.telegram.said) == ([], ["Cutimu disetujui."])
    assert await house.waiting() == []


async def test_what_may_be_out_already_is_marked_where_it_is_said_instead(house: House) -> None:
    await house.link("telegram")
    await house.link("slack")
    house.slack.faults = [Unknown(), Never("account_inactive", gone=True)]
    await house.says("slack")
    assert house.slack.said == ["Cutimu disetujui."]
    (instead,) = house.telegram.said
    assert "dikirim ulang" in instead


@pytest.mark.parametrize(
    ("channel", "fault", "why"),
    [
        ("telegram", Never("Forbidden: bot was blocked by the user", gone=True), "blocked"),
        ("slack", Never("account_inactive", gone=True), "deactivated"),
        ("telegram", Never("Bad Request: message is too long"), "refused"),
        ("telegram", Later(None, "server error"), "tried"),
        ("telegram", Unknown(), "unknown"),
    ],
)
async def test_where_nothing_else_is_open_hr_sees_why_and_what_to_do(
    house: House, channel: str, fault: Exception, why: str
) -> None:
    await house.link(channel)
    getattr(house, channel).faults = [fault]
    await house.says(channel)
    if why == "tried":
        assert await house.waiting() == []
        await house.half_a_day()
    (row,) = await house.waiting()
    assert (row["name"], row["trouble"], row["kind"]) == ("Budi Santoso", why, "request_decided")
    told = {**undelivered.told(row, "id"), **undelivered.told(row, "en")}
    assert all(told.values()) and "Cutimu" not in str(row)
    assert await house.pages() == (["Cutimu disetujui."] if why in ("blocked", "deactivated") else [])


async def test_it_is_sent_again_where_its_person_is_open_now_and_once_only(house: House) -> None:
    await house.link("slack")
    house.slack.faults = [Never("account_inactive", gone=True)]
    number = await house.says("slack")
    async with database.transaction(house.maju.company):
        with pytest.raises(Refused, match=r"delivery.no_chat"):
            await undelivered.send_again(number, by=RATNA)
    await house.link("telegram")
    async with database.transaction(house.maju.company):
        await undelivered.send_again(number, by=RATNA)
    await jobs.drain()
    assert house.telegram.said == ["Cutimu disetujui."]
    assert await house.waiting() == []
    async with database.transaction(house.maju.company):
        for verb in (undelivered.send_again, undelivered.dismiss):
            with pytest.raises(Refused, match=r"delivery.settled_already"):
                await verb(number, by=RATNA)


async def test_what_was_said_perhaps_is_sent_again_with_its_mark(house: House) -> None:
    await house.link("telegram")
    house.telegram.faults = [Unknown()]
    number = await house.says("telegram")
    house.telegram.faults, house.telegram.said = [], []
    async with database.transaction(house.maju.company):
        await undelivered.send_again(number, by=RATNA)
    await jobs.drain()
    (again,) = house.telegram.said
    assert "dikirim ulang" in again


async def test_mail_is_not_sent_again_for_its_links_are_its_mailboxs(house: House) -> None:
    async with database.transaction(house.maju.company):
        there = Address("email", "email", "budi@maju.example", house.maju.budi.person)
        number = await outbox.post(there, Message("mail.invitation", "Tautan"), dedupe="mail")
        row = await Outbound.objects().where(Outbound.id == number).first()
        assert row is not None
        await undelivered.note(row, "address")
        with pytest.raises(Refused, match=r"delivery.mail_not_again"):
            await undelivered.send_again(number, by=RATNA)
        await undelivered.dismiss(number, by=RATNA)


async def test_what_can_wait_is_said_in_the_morning_and_holds_up_nothing(house: House) -> None:
    await house.link("telegram")
    clock.move(MONDAY.replace(hour=22))
    for key, words in (("leave.away", "Sari cuti besok."), ("approvals.approved", "Cutimu disetujui.")):
        async with database.transaction(house.maju.company):
            there = Address("telegram", "A1", "777", house.maju.budi.person)
            await outbox.post(there, Message(key, words), dedupe=words)
    await jobs.drain()
    assert house.telegram.said == ["Cutimu disetujui."]
    clock.move(MONDAY.replace(hour=5, minute=59) + timedelta(days=1))
    await jobs.drain()
    assert len(house.telegram.said) == 1
    clock.move(MONDAY.replace(hour=6) + timedelta(days=1))
    await jobs.drain()
    assert house.telegram.said[1:] == ["Sari cuti besok."]


async def test_a_reminder_that_was_answered_overnight_is_not_said(house: House) -> None:
    await house.link("telegram")
    clock.move(MONDAY.replace(hour=22))
    async with database.transaction(house.maju.company):
        there = Address("telegram", "A1", "777", house.maju.budi.person)
        first = await outbox.post(there, Message("approvals.reminder", "Masih menunggu"), dedupe="reminder")
    await jobs.drain()
    async with database.transaction(house.maju.company):
        await outbox.post(there, Message("approvals.card", "Disetujui"), dedupe="turned", edits=first)
    await jobs.drain()
    clock.move(MONDAY.replace(hour=8) + timedelta(days=1))
    await jobs.drain()
    assert house.telegram.said == []
