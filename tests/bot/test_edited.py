"""A message that is edited after it was answered: what was answered stays, and that is said."""

from tests.bot.conftest import Talk


async def edits(talk: Talk, words: str | None, *, ref: str = "55", chat: str = "777") -> list[str]:
    return [one.key for one in await talk.writes(chat, words, kind="edited", ref=ref)]


async def test_it_is_told_that_the_answer_stands(talk: Talk) -> None:
    await talk.writes("777", "sisa cuti", ref="55")
    (said,) = await talk.writes("777", "sisa cuti tahun depan", kind="edited", ref="55")
    assert said.key == "dialog.edited" and "tulis di pesan baru" in said.text


async def test_an_open_question_is_put_again_and_still_open(talk: Talk) -> None:
    await talk.writes("777", "cuti besok", ref="55")
    (said,) = await talk.writes("777", "cuti lusa", kind="edited", ref="55")
    assert said.key == "leave.confirm" and said.text.startswith("Pesan yang diubah tidak saya baca ulang")
    assert said.choices
    (corrected,) = await talk.writes("777", "bukan, lusa")
    assert corrected.key == "leave.confirm"


async def test_nothing_is_said_where_the_words_are_the_same(talk: Talk) -> None:
    """Telegram tells of an edit too when a preview of a link appears."""
    await talk.writes("777", "sisa cuti", ref="55")
    assert await edits(talk, "sisa cuti") == []
    assert await edits(talk, None) == []
    assert await edits(talk, "sisa cuti!") == ["dialog.edited"]
    assert await edits(talk, "sisa cuti!") == []


async def test_another_chats_message_of_the_same_number_is_another(talk: Talk) -> None:
    await talk.writes("888", "sisa cuti besok", ref="55")
    await talk.writes("777", "sisa cuti", ref="55")
    assert await edits(talk, "sisa cuti besok") == ["dialog.edited"]


async def test_whoever_edits_without_end_is_answered_no_more_often_than_who_writes(talk: Talk) -> None:
    await talk.writes("777", "sisa cuti", ref="55")
    told = [await edits(talk, f"sisa cuti {number}") for number in range(25)]
    assert sum(bool(one) for one in told) <= 20


async def test_a_stranger_and_a_group_hear_nothing(talk: Talk) -> None:
    assert await edits(talk, "halo", chat="999") == []
    assert await talk.writes("777", "halo", kind="edited", ref="55", place="-100", private=False) == []
