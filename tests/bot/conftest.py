"""What the tests of the bot ask for: a company on either kind of database, and somebody who talks to the bot."""

from dataclasses import dataclass, field

import pytest

from bot import conversation
from core import clock, database, jobs
from core.messaging import inbox, outbox
from core.messaging.messages import Incoming, Message
from core.messaging.tables import Inbound, Outbound
from core.people import identities
from core.people.tables import ChannelIdentity
from tests.core.cast import Cast, as_
from tests.core.conftest import database_url, empty_url, maju, open_database  # noqa: F401  found by name

BOT = "123456"


@dataclass
class Talk:
    """A company whose people write on Telegram; what they are told is read from the outbox."""

    cast: Cast
    _number: int = 0
    _heard: dict[int, list[int]] = field(default_factory=dict)

    async def link(self, name: str, chat: str) -> None:
        """Let this chat speak for that employee."""
        async with database.transaction(self.cast.company):
            await ChannelIdentity.insert(
                ChannelIdentity(
                    person=self.cast.people[name].person, channel="telegram", account=BOT, external_id=chat, place=chat,
                    verified_at=clock.now(), consent_hash="",
                )
            )  # fmt: skip

    async def confirms(self, name: str) -> None:
        """Somebody says on the web, after a long silence, that their chat is still theirs."""
        who = self.cast.people[name]
        async with database.transaction(self.cast.company):
            await identities.confirm(who.person, "telegram", actor=as_(who))

    async def writes(self, sender: str, words: str | None, **more: object) -> list[Message]:
        """Somebody writes this; returns what is said back."""
        return await self.answered(await self.arrives(sender, words, **more))

    async def arrives(self, sender: str, words: str | None, **more: object) -> int:
        """A message is stored, and not answered yet."""
        self._number += 1
        made = {"place": sender, "at": clock.now(), **more}
        (number,) = await inbox.receive(
            [Incoming("telegram", BOT, sender, f"tg:{self._number}", words=words, **made)]  # type: ignore[arg-type]
        )
        return number

    async def answered(self, number: int) -> list[Message]:
        """Answer a stored message, at once or when it is due; returns what is said back."""
        try:
            await conversation.answer(None, number)
        except jobs.Later as later:
            now = clock.now()
            clock.move(later.at)
            await conversation.answer(None, number)
            clock.move(now)
        return await self.replies(number)

    async def replies(self, number: int) -> list[Message]:
        """What was said because of this message."""
        found: list[Message] = []
        for company in await companies():
            async with database.reading(company):
                rows = await Outbound.objects().where(Outbound.caused_by == number).order_by(Outbound.id)
                found += [outbox.unseal(row) for row in rows]
        return found

    async def state(self, number: int) -> str:
        """What became of a stored message."""
        async with database.installation(writes=False):
            row = await Inbound.objects().where(Inbound.id == number).first()
        assert row is not None
        return str(row.state)


async def companies() -> list[int]:
    from core.accounts.tables import Company

    async with database.installation(writes=False):
        return [row["id"] for row in await Company.select(Company.id)]


@pytest.fixture
async def talk(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> Talk:  # noqa: F811  the fixture of core
    """PT Maju Bersama; Budi and Sari write on Telegram from the chats 777 and 888."""
    monkeypatch.setitem(jobs.HANDLERS, "answer", conversation.answer)
    made = Talk(maju)
    await made.link("budi", "777")
    await made.link("sari", "888")
    return made
