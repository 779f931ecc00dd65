"""One sentence in several bubbles is answered once; what is whole is answered at once."""

from datetime import timedelta

import pytest

from bot import conversation, pieces
from bot.pieces import MOST, PATIENCE
from core import clock, jobs
from tests.bot.conftest import Talk


async def comes(talk: Talk, words: str, *, after: float = 0.0) -> int:
    """A bubble arrives some seconds after the one before it."""
    clock.move(clock.now() + timedelta(seconds=after))
    return await talk.arrives("777", words)


async def test_words_that_say_nothing_yet_wait_two_seconds_and_not_longer(talk: Talk) -> None:
    number = await comes(talk, "mau cuti tanggal")
    with pytest.raises(jobs.Later) as later:
        await conversation.answer(None, number)
    assert await talk.replies(number) == []
    assert await talk.state(number) == "new"
    clock.move(later.value.at)
    (asked,) = await talk.answered(number)
    assert asked.key == "leave.when"


async def test_what_belongs_together_is_answered_once(talk: Talk) -> None:
    first = await comes(talk, "mau cuti tanggal")
    with pytest.raises(jobs.Later):
        await conversation.answer(None, first)
    second = await comes(talk, "13 juli sampai", after=1.5)
    with pytest.raises(jobs.Later):
        await conversation.answer(None, second)
    third = await comes(talk, "15 juli, antar ibu kontrol", after=1.9)
    (asked,) = await talk.answered(third)
    assert asked.key == "leave.confirm"
    assert "antar ibu kontrol" in asked.text
    assert [await talk.state(one) for one in (first, second, third)] == ["done"] * 3
    # The jobs of the first two find nothing left to do.
    for number in (first, second):
        await conversation.answer(None, number)
        assert await talk.replies(number) == []


async def test_who_pauses_longer_is_answered_twice(talk: Talk) -> None:
    first = await comes(talk, "mau cuti tanggal")
    second = await comes(talk, "besok", after=2.1)
    await conversation.answer(None, second)
    ((asked,), (confirm,)) = await talk.replies(first), await talk.replies(second)
    assert (asked.key, confirm.key) == ("leave.when", "leave.confirm")


@pytest.mark.parametrize(
    "words", ["batal", "menu", "halo", "sisa cuti saya berapa", "cuti besok", "tolong! ada kebakaran"]
)
async def test_what_is_whole_never_waits(talk: Talk, words: str) -> None:
    number = await comes(talk, words)
    await conversation.answer(None, number)
    assert len(await talk.replies(number)) == 1


async def test_a_press_is_answered_at_once_and_what_was_begun_before_it(talk: Talk) -> None:
    (menu,) = await talk.writes("777", "menu")
    part = await comes(talk, "anu")
    token = next(one.token for one in menu.choices)
    press = await talk.arrives("777", None, token=token, kind="press")
    await conversation.answer(None, press)
    assert len(await talk.replies(part)) == 1
    assert len(await talk.replies(press)) == 1


async def test_a_page_sends_what_was_finished(talk: Talk) -> None:
    who = talk.cast.people["budi"]
    from core.messaging import inbox

    (number,) = await inbox.write(talk.cast.company, who.person, words="anu", key="1")
    await conversation.answer(None, number)
    assert len(await talk.replies(number)) == 1


async def test_nobody_waits_for_ever(talk: Talk) -> None:
    numbers = [await comes(talk, "anu", after=0.5) for _ in range(MOST + 1)]
    assert timedelta(seconds=0.5) < PATIENCE
    with pytest.raises(jobs.Later):  # the seventh begins anew
        await conversation.answer(None, numbers[MOST - 1])
    assert [await talk.state(one) for one in numbers[:MOST]] == ["done"] * MOST
    assert sum([len(await talk.replies(one)) for one in numbers[:MOST]]) == 1


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("cuti tanggal", True), ("13 sampai", True), ("soalnya", True), ("i need leave from", True), ("besok dan", True),
        ("cuti besok,", True), ("gini...", True), ("dari mana?", False), ("cuti 2 hari", False), ("gak jadi", False),
        ("", False), ("besok", False), ("sama aja", False), ("ok sama " + "x" * 80 + " dan", False),
    ],
)  # fmt: skip
def test_a_sentence_hangs_where_more_must_come(words: str, more: bool) -> None:
    assert pieces.hangs(words) is more
