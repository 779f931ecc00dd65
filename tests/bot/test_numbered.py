"""Choices as digits: for who wants them so, and for whoever missed the buttons twice."""

from core import database
from core.messaging import numbered
from core.messaging.messages import Choice, Message
from core.people.tables import Person
from tests.bot.conftest import Talk


async def keys(talk: Talk, *words: str) -> list[str]:
    """What is said back to each of these, in its keys."""
    return [one.key for said in words for one in await talk.writes("777", said)]


async def test_who_wants_digits_has_them_until_they_want_buttons_again(talk: Talk) -> None:
    (menu,) = await talk.writes("777", "menu angka")
    assert menu.text.endswith("\n1 Ajukan cuti\n2 Sisa cuti\n3 Status cuti\n9 Orang")
    assert numbered.buttons(menu) == ()
    async with database.reading(talk.cast.company):
        row = await Person.select(Person.numbers).where(Person.id == talk.cast.people["budi"].person).first()
    assert row is not None
    assert row["numbers"]
    assert await keys(talk, "dua", "9", "menu") == ["leave.balance", "tickets.what", "dialog.menu"]
    (back,) = await talk.writes("777", "pakai tombol")
    assert "1 " not in back.text
    assert len(numbered.buttons(back)) == 3


async def test_zero_drops_what_was_begun_and_a_number_that_may_be_a_day_stays_one(talk: Talk) -> None:
    await talk.writes("777", "pakai angka")
    (asked,) = await talk.writes("777", "1")
    assert asked.text.endswith("\n0 Batal")
    (said,) = await talk.writes("777", "9")  # to "which dates?" it is the ninth
    assert said.key != "tickets.what"
    assert await keys(talk, "nol") == ["dialog.cancelled"]


async def test_two_answers_that_missed_bring_digits_for_this_question_alone(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "cuti besok, antar ibu kontrol")
    assert numbered.buttons(asked)
    (once,) = await talk.writes("777", "hmm gimana yah")
    assert numbered.buttons(once)
    (twice,) = await talk.writes("777", "hmm gimana yah")
    assert numbered.buttons(twice) == ()
    assert "\n1 Ya, ajukan" in twice.text
    assert "\n0 Batal\n9 Orang" in twice.text or "\n9 Orang\n0 Batal" in twice.text
    (sent,) = await talk.writes("777", "1")
    assert sent.key == "leave.submitted"
    assert numbered.buttons(sent)


async def test_the_last_thing_said_twice_is_numbered_once(talk: Talk) -> None:
    await talk.writes("777", "pakai angka")
    (first,) = await talk.writes("777", "sisa cuti")
    (again,) = await talk.writes("777", "ulangi")
    assert again.text == first.text


def test_the_way_out_is_zero_wherever_it_stands() -> None:
    made = numbered.shown(Message("x", "Ya?", (Choice("Batal", "a"), Choice("Ya", "b"))), drops=True, person=True)
    assert made.text == "Ya?\n1 Ya\n9 Orang\n0 Batal"
    assert numbered.shown(Message("x", "Selesai.")) == Message("x", "Selesai.")
