"""A fault of ours in the talk: tried again, then told as a sentence that names nothing of the inside."""

from typing import Any

import pytest

from bot import conversation, strangers
from bot import talk as middle
from tests.bot.conftest import Talk

INSIDE = 'relation "leave_entry" does not exist'


async def _is_told_of_the_fault(talk: Talk, who: str, words: str) -> None:
    """Whoever writes this is told after the last try that we failed, and nothing of the inside."""
    number = await talk.arrives(who, words)
    for _ in range(conversation.MOST_TRIES - 1):
        with pytest.raises(RuntimeError):
            await conversation.answer(None, number)
        assert await talk.replies(number) == [], "it may still be answered"
    (said,) = await talk.answered(number)
    assert said.key == "dialog.failed"
    assert "leave_entry" not in said.text and "RuntimeError" not in said.text
    assert await talk.state(number) == "failed"


async def test_a_fault_is_told_as_a_sentence_and_the_next_message_is_answered(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    async def breaks(turn: Any) -> None:
        tries.append(turn)
        raise RuntimeError(INSIDE)

    assert [one.key for one in await talk.writes("777", "mau cuti")] == ["leave.when"]
    with monkeypatch.context() as patch:
        patch.setattr(middle, "step", breaks)
        await _is_told_of_the_fault(talk, "777", "besok")
    assert len(tries) == conversation.MOST_TRIES
    (said,) = await talk.writes("777", "sisa cuti saya berapa")
    assert said.key == "leave.balance"


async def test_a_stranger_whom_we_fail_to_answer_is_told_and_may_begin_again(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: Any) -> None:
        raise RuntimeError(INSIDE)

    with monkeypatch.context() as patch:
        patch.setattr(strangers, "_step", breaks)
        await _is_told_of_the_fault(talk, "999", "AAAAA-23456")
    (said,) = await talk.writes("999", "halo")
    assert said.key.startswith("linking.hello")
