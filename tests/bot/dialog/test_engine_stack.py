"""One task put aside for another, what is offered afterwards, and the words that always work."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot import conversation, stack
from bot.turn import State
from core import clock, database, vault
from core.leave.policy import Period
from core.messaging.tables import Conversation
from tests.bot.conftest import Talk


async def says(talk: Talk, *lines: str, sender: str = "777") -> str:
    """The last thing that is said back after these lines, with its key before it and its choices after it."""
    told = ""
    for line in lines:
        (heard,) = await talk.writes(sender, line)
        told = f"{heard.key}: {heard.text} {[one.title for one in heard.choices]}"
    return told


async def test_another_task_is_done_first_and_then_the_talk_comes_back(talk: Talk) -> None:
    await says(talk, "cuti 20 juli", "ya", "cuti 13-15 juli")
    assert (await says(talk, "tarik C-1")).startswith("withdraw.confirm")
    told = await says(talk, "ya")
    assert told.startswith("leave.withdrawn") and "Lanjut cutinya (13-15 Juli)? ['Lanjutkan', 'Buang']" in told
    assert (await says(talk, "lanjut")).startswith("leave.why")
    assert "untuk mudik" in await says(talk, "mudik")


async def test_dropping_the_second_task_leaves_the_first(talk: Talk) -> None:
    await says(talk, "cuti 20 juli", "ya", "cuti 13-15 juli", "tarik C-1")
    assert "Lanjut cutinya (13-15 Juli)?" in await says(talk, "batal")
    assert (await says(talk, "buang")).startswith("dialog.cancelled: Oke, batal. Tidak ada yang terkirim")
    assert (await says(talk, "batal")).startswith("dialog.nothing_open")


async def test_it_is_offered_once_and_continue_goes_on_with_it_later(talk: Talk) -> None:
    await says(talk, "cuti 20 juli", "ya", "cuti 13-15 juli", "tarik C-1", "biarkan")
    assert "Lanjut" not in await says(talk, "sisa cuti")
    assert (await says(talk, "lanjut")).startswith("leave.why")


async def test_the_same_task_twice_means_starting_over(talk: Talk) -> None:
    await says(talk, "mau cuti", "menu")
    assert (await says(talk, "cuti 14 juli")).startswith("leave.confirm")
    assert "Lanjut" not in await says(talk, "ya")
    assert (await says(talk, "batal")).startswith("dialog.nothing_open")


async def test_a_press_that_only_looks_something_up_leaves_the_question_open(talk: Talk) -> None:
    (balance,) = await talk.writes("777", "sisa cuti")
    await says(talk, "cuti 13-15 juli")
    why = next(one.token for one in balance.choices if one.title == "Kenapa 4?")
    (told,) = await talk.writes("777", None, token=why, kind="press")
    assert told.key == "leave.why" and "Jatah 2026" in told.text and "keperluannya apa?" in told.text


async def test_after_a_week_nothing_is_left_to_go_on_with(talk: Talk) -> None:
    await says(talk, "cuti 13-15 juli", "menu")
    now = clock.now()
    with clock.freeze(now + timedelta(days=2)):
        assert "masih tersimpan dan belum terkirim" in await says(talk, "lanjut")
    with clock.freeze(now + timedelta(days=7, hours=1)):
        assert (await says(talk, "lanjut")).startswith("dialog.nothing_rests")


async def test_what_rested_is_reckoned_again(talk: Talk) -> None:
    await says(talk, "cuti 13-15 juli", "menu", "tarik cuti")
    cast = talk.cast
    await cast.asks(cast.budi, Period(date(2026, 7, 20), date(2026, 7, 21)))
    assert (await says(talk, "lanjut")).startswith("leave.not_enough: Belum bisa")


@pytest.mark.parametrize(
    "word, answer",
    [
        ("ulangi", "leave.why: Lanjut cutinya (13-15 Juli): keper"), ("repeat", "leave.why: Lanjut cutinya (13-15 Juli)"),
        ("orang", "tickets.what: Boleh. Tulis singkat apa yang perlu dibantu."), ("bantuan", "leave.why: Tulis saja"),
        ("bantaun", "leave.why: Tulis saja"), ("kunci", "leave.why: Sudah terkunci"), ("lock", "leave.why: Sudah terkunci"),
        ("lanjut", "leave.why: Senin 13 - Rabu 15 Juli"), ("lewati", "leave.confirm: Cuti tahunan"),
        ("buang", "dialog.cancelled: Oke, batal."), ("batl", "dialog.cancelled: Oke, batal."),
        ("kembali", "leave.when: Cuti tanggal"), ("menu", "dialog.menu: Mau urus apa?"),
        ("kenapa", "leave.why: Dihitung Senin 13"), ("bahasa", "leave.why: Of course. Monday 13"),
    ],
)  # fmt: skip
async def test_each_word_does_what_it_says_while_a_question_is_open(talk: Talk, word: str, answer: str) -> None:
    told = await says(talk, "cuti 13-15 juli", word)
    assert told.startswith(answer)


@pytest.mark.parametrize(
    "word, answer",
    [
        ("ulangi", "leave.balance: 4 hari"), ("orang", "tickets.what: Boleh."), ("kunci", "dialog.locked"),
        ("lanjut", "dialog.nothing_rests"), ("lewati", "dialog.nothing_to_skip"), ("buang", "dialog.nothing_open"),
        ("kembali", "dialog.menu"), ("bantuan", "dialog.help"), ("language", "dialog.switched_menu: Of course, English"),
    ],
)  # fmt: skip
async def test_each_word_does_what_it_says_while_nothing_is_open(talk: Talk, word: str, answer: str) -> None:
    assert (await says(talk, "sisa cuti", word)).startswith(answer)


async def rewrite(talk: Talk, **facts: object) -> None:
    """The state of Budi's talk as another version left it."""
    async with database.transaction(talk.cast.company):
        row = await Conversation.objects().where(Conversation.person == talk.cast.budi.person).first()
        assert row is not None
        words = vault.unseal(
            row.state, company=database.company(), column=conversation.STATE, subject=row.person
        )  # fmt: skip
        sealed = vault.seal(
            json.dumps(json.loads(words) | facts), company=database.company(), column=conversation.STATE,
            subject=row.person,
        )  # fmt: skip
        await Conversation.update({Conversation.state: sealed}).where(Conversation.id == row.id)


async def test_answers_of_an_earlier_version_that_still_fit_are_kept(talk: Talk) -> None:
    await says(talk, "cuti 13-15 juli")
    good = {"starts": "2026-07-13", "ends": "2026-07-14"}
    await rewrite(talk, answers={"leave.when": good, "leave.place": "Bali"}, no_such_field=1)
    assert "Senin 13 - Selasa 14 Juli" in await says(talk, "mudik")


async def test_an_answer_that_no_longer_fits_is_asked_again(talk: Talk) -> None:
    await says(talk, "cuti 13-15 juli")
    await rewrite(talk, answers={"leave.when": "besok"})
    assert (await says(talk, "ulangi", "mudik")).startswith("leave.when")


async def test_a_flow_that_is_no_more_is_forgotten(talk: Talk) -> None:
    await says(talk, "mau cuti")
    at = clock.now().isoformat()
    await rewrite(talk, flow="sabbatical", stack=[{"flow": "sabbatical", "answers": {}, "asked": "x", "at": at}])
    assert (await says(talk, "sisa cuti")).startswith("leave.balance: 4 hari cuti tahunan, berlaku")
    assert (await says(talk, "lanjut")).startswith("dialog.nothing_rests")


async def test_what_an_earlier_version_kept_can_be_gone_on_with(talk: Talk) -> None:
    await says(talk, "cuti 13-15 juli", "menu")
    when = {"starts": "2026-07-13", "ends": "2026-07-15"}
    kept = {"flow": "leave", "answers": {"leave.when": when}, "asked": "leave.why", "at": clock.now().isoformat()}
    await rewrite(talk, stack=[], kept=kept)
    assert (await says(talk, "lanjut")).startswith("leave.why")


def test_a_fourth_task_put_aside_says_which_one_is_let_go() -> None:
    state = State()
    for number, flow in enumerate(("leave", "withdraw", "leave_change")):
        state.flow, state.asked, state.began = flow, "x", number
        assert stack.park(state) is None
    state.flow = "paper"
    assert stack.park(state) == "leave"
    assert [one["flow"] for one in state.stack] == ["withdraw", "leave_change", "paper"]


async def test_what_is_let_go_is_told(talk: Talk) -> None:
    await says(talk, "cuti 20 juli", "ya", "cuti 13-15 juli", "tarik C-1")
    async with database.transaction(talk.cast.company):
        row = await Conversation.objects().where(Conversation.person == talk.cast.people["budi"].person).first()
        assert row is not None
        state = conversation.load(row)
        at = clock.now().isoformat()
        older: list[dict[str, Any]] = [
            {"flow": flow, "answers": {}, "asked": "x", "at": at, "began": 0} for flow in ("object", "reject")
        ]
        state.stack = [*older, *state.stack]
        await conversation.save(row, state, row.language)
    told = await says(talk, "menu")
    assert "keberatannya tidak saya simpan lagi" in told
    assert "Mau urus apa?" in told
