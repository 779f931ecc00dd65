"""What comes in is kept once, sealed, and answered in its order."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from core import database
from core.jobs import Job
from core.messaging import inbox
from core.messaging.messages import Incoming
from core.messaging.tables import Inbound


def said(
    external_id: str = "m1", words: str = "cuti besok, anak sakit", *, channel: str = "telegram", account: str = "bot",
    sender: str = "777",
) -> Incoming:  # fmt: skip
    at = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
    return Incoming(channel, account, sender, external_id, words=words, at=at)


async def stored() -> list[Inbound]:
    async with database.installation(writes=False):
        return await Inbound.objects().order_by(Inbound.id)


async def answers() -> int:
    async with database.installation(writes=False):
        return int(await Job.count().where(Job.name == "answer"))


async def test_a_message_is_kept_as_it_came_and_will_be_answered(open_database: str) -> None:
    numbers = await inbox.receive([said()])
    (row,) = await stored()
    assert numbers == [row.id]
    assert (row.state, row.channel) == ("new", "telegram")
    assert row.company is None
    assert inbox.unseal(row) == said()
    assert await answers() == 1


async def test_what_a_platform_repeats_is_kept_once_even_at_the_same_moment(open_database: str) -> None:
    """Twenty receive the same message at once; one of them keeps it."""
    kept = await asyncio.gather(*(inbox.receive([said()]) for _ in range(20)))
    assert sorted(map(len, kept)) == [0] * 19 + [1]
    assert len(await stored()) == 1
    assert await answers() == 1


async def test_an_id_counts_for_its_channel_and_bot(open_database: str) -> None:
    await inbox.receive([said(), said(channel="slack"), said(account="another"), said("m2"), said("m2"), said("m1")])
    assert len(await stored()) == 4
    assert await answers() == 4


async def test_a_repeated_message_does_not_change_what_was_kept(open_database: str) -> None:
    await inbox.receive([said(words="pertama")])
    assert await inbox.receive([said(words="kedua")]) == []
    (row,) = await stored()
    assert inbox.unseal(row).words == "pertama"


async def test_words_are_not_readable_in_the_table(open_database: str) -> None:
    await inbox.receive([said()])
    async with database.installation(writes=False):
        rows = str(await Inbound.select()) + str(await Job.select())
    assert "anak sakit" not in rows


async def test_one_sender_is_answered_in_the_order_of_the_messages(open_database: str) -> None:
    first, second, *_ = await inbox.receive([said("m1"), said("m2"), said("m3", sender="888"), said("m4")])
    async with database.installation():
        waiting = await inbox.beside(first)
        assert [row.external_id for row in waiting] == ["m1", "m2", "m4"]
        assert await inbox.close(waiting[0].id, company=1)
        assert not await inbox.close(waiting[0].id, company=1), "answered twice"
        assert await inbox.beside(first) == [], "it was answered"
        assert [row.external_id for row in await inbox.beside(second)] == ["m2", "m4"]


async def test_failures_to_answer_are_counted(open_database: str) -> None:
    (number,) = await inbox.receive([said()])
    assert [await inbox.failed(number) for _ in range(3)] == [1, 2, 3]


async def test_what_comes_at_once_shares_a_commit(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    commits = 0
    finish = type(database.engine()).finish

    async def counted(self: Any, *args: Any, **more: Any) -> None:
        nonlocal commits
        commits += more["writes"]
        await finish(self, *args, **more)

    monkeypatch.setattr(type(database.engine()), "finish", counted)
    kept = await asyncio.gather(*(inbox.receive([said(f"m{number}")]) for number in range(40)))
    assert [len(numbers) for numbers in kept] == [1] * 40
    assert len(await stored()) == await answers() == 40
    assert commits <= 2  # not one for each


async def test_nobody_receives_inside_a_transaction_of_their_own(open_database: str) -> None:
    async with database.installation():
        with pytest.raises(RuntimeError, match="a transaction is open"):
            await inbox.receive([said()])
    assert await inbox.receive([said()])
