"""Twenty messages a minute are answered; the next hears one sentence, the others nothing until there is room."""

import asyncio
from datetime import timedelta

from bot import conversation
from core import clock
from core.messaging import inbox
from tests.bot.conftest import Talk

BALANCE = "sisa cuti saya berapa"


async def said(talk: Talk, sender: str, times: int) -> list[str]:
    """The keys of what is said back, one for each message, "" for silence."""
    keys = []
    for _ in range(times):
        heard = await talk.writes(sender, BALANCE)
        assert len(heard) <= 1
        keys.append(heard[0].key if heard else "")
    return keys


async def test_the_21st_hears_one_sentence_and_the_next_nothing(talk: Talk) -> None:
    keys = await said(talk, "777", 25)
    assert keys == ["leave.balance"] * 20 + ["dialog.too_fast"] + [""] * 4


async def test_another_chat_is_not_held_up(talk: Talk) -> None:
    await said(talk, "777", 22)
    assert await said(talk, "888", 1) == ["leave.no_lots"]


async def test_after_the_minute_there_is_room_again_and_the_talk_is_where_it_was(talk: Talk) -> None:
    await talk.writes("777", "mau cuti")
    await said(talk, "777", 19)
    start = clock.now()
    assert [one.key for one in await talk.writes("777", "besok")] == ["dialog.too_fast"]
    with clock.freeze(start + timedelta(seconds=59)):
        assert await talk.writes("777", "lusa") == []
    with clock.freeze(start + timedelta(seconds=61)):
        (asked,) = await talk.writes("777", "besok")
    assert asked.key == "leave.confirm", "the open question was not lost, and hears the first answer after the minute"


async def test_never_more_than_twenty_in_any_minute(talk: Talk) -> None:
    """Not even across the full minute of the clock: what counts is the last sixty seconds."""
    start = clock.now()
    keys = []
    for second in range(0, 120, 2):
        with clock.freeze(start + timedelta(seconds=second)):
            heard = await talk.writes("777", BALANCE)
            keys.append((second, heard[0].key if heard else ""))
    answered = [second for second, key in keys if key == "leave.balance"]
    assert all(len([one for one in answered if second - 60 < one <= second]) <= 20 for second, _ in keys)
    assert len(answered) >= 38, "who goes on writing is answered again as soon as there is room"


async def test_nothing_is_lost_or_doubled_when_many_answer_at_once(talk: Talk) -> None:
    numbers = [await talk.arrives("777", BALANCE) for _ in range(24)]
    await asyncio.gather(*(conversation.answer(None, number) for number in numbers))
    keys = [[one.key for one in await talk.replies(number)] for number in numbers]
    assert keys == [["leave.balance"]] * 20 + [["dialog.too_fast"]] + [[]] * 3
    assert [await talk.state(number) for number in numbers] == ["done"] * 20 + ["limited"] * 4


async def test_a_stranger_is_held_to_it_too(talk: Talk) -> None:
    keys = [[one.key for one in await talk.writes("999", "halo")] for _ in range(22)]
    assert keys[20:] == [["dialog.too_fast"], []]
    assert all(len(one) == 1 and one[0].startswith("linking.") for one in keys[:20])


async def test_a_press_is_answered_all_the_same(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "cuti besok")
    await said(talk, "777", 22)
    (heard,) = await talk.writes("777", None, token=asked.choices[0].token, kind="press")
    assert heard.key != "dialog.too_fast"


async def test_the_61st_press_of_a_minute_is_told_so_and_the_next_hears_nothing(talk: Talk) -> None:
    heard = []
    for number in range(62):
        said = await talk.writes("777", None, token=f"a:made-up-{number}", kind="press")
        heard.append([one.key for one in said])
    assert ["dialog.too_fast"] not in heard[:60]
    assert all(len(one) == 1 for one in heard[:60])
    assert heard[60:] == [["dialog.too_fast"], []]


async def test_the_page_is_held_to_it_and_the_keyboard_of_the_server_is_not(talk: Talk) -> None:
    budi = talk.cast.budi
    for channel, last in (("web", ""), ("console", "leave.balance")):
        numbers = [
            (await inbox.write(talk.cast.company, budi.person, words=BALANCE, channel=channel))[0] for _ in range(22)
        ]
        heard = [await talk.answered(number) for number in numbers]
        assert (heard[-1][0].key if heard[-1] else "") == last
