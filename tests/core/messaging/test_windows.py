"""A window that can no longer be opened is not the end of what was asked in it."""

import pytest

from bot import delivery
from bot.channels import Never, slack
from core import database, jobs
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from tests.core.cast import Cast


@pytest.mark.parametrize(("language", "said"), [("id", "tolak c-121"), ("en", "reject c-121")])
async def test_an_approver_whose_window_stays_shut_is_told_the_words_that_do_the_same(
    maju: Cast, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    async def too_late(message: Message, trigger: str) -> None:
        raise Never("trigger")

    monkeypatch.setattr(slack.CHANNEL, "open_dialog", too_late)
    sari = maju.people["sari"]
    title = {"id": "Tolak C-121", "en": "Reject C-121"}[language]
    window = Message("approvals.why", "?", title=title, dialog="a:token", language=language)
    async with database.transaction(maju.company):
        number = await outbox.post(
            Address("slack", "T1", "trigger", sari.person), window, dedupe="window", after_unknown=outbox.DROP
        )
    for _ in range(2):  # a repeated delivery tells it once
        await delivery.deliver(maju.company, number)
    await jobs.drain()
    async with database.reading(maju.company):
        told = await Outbound.select().where(Outbound.key == "channels.window_closed")
        words = [outbox.unseal(row).text for row in told]
    assert [row["person"] for row in told] == [sari.person]
    assert words[0].endswith(said)
