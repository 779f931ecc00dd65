"""A group is told once an hour where to write instead, whoever writes, and learns nothing of anybody."""

from datetime import timedelta

from core import clock, settings
from tests.bot.conftest import Talk

GROUP = "-100200300"


async def in_group(talk: Talk, sender: str, words: str, place: str = GROUP) -> list[str]:
    return [one.text for one in await talk.writes(sender, words, place=place, private=False)]


async def test_once_an_hour_whoever_writes(talk: Talk) -> None:
    start = clock.now()
    (told,) = await in_group(talk, "777", "sisa cuti saya berapa")
    assert "Urusan HR saya jawab di chat pribadi" in told
    assert await in_group(talk, "777", "halo?") == []
    assert await in_group(talk, "999", "K7QF3MWT") == [], "a stranger is not told apart"
    with clock.freeze(start + timedelta(minutes=59)):
        assert await in_group(talk, "888", "halo") == []
    with clock.freeze(start + timedelta(minutes=61)):
        assert len(await in_group(talk, "888", "halo")) == 1
    assert len(await in_group(talk, "777", "halo", place="-100999")) == 1, "another group has not heard it yet"


async def test_a_group_that_moved_has_heard_it_already(talk: Talk) -> None:
    assert len(await in_group(talk, "777", "halo")) == 1
    assert await talk.writes("777", None, place=GROUP, private=False, kind="migrated", ref="-100999") == []
    assert await in_group(talk, "777", "halo", place="-100999") == []
    assert await talk.writes("777", None, place=GROUP, private=False, kind="migrated", ref="-100999") == []


async def test_the_private_talk_does_not_notice(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "mau cuti")
    await in_group(talk, "777", "batal")
    (summary,) = await talk.writes("777", "besok")
    assert (asked.key, summary.key) == ("leave.when", "leave.confirm")


async def test_the_way_is_shown_where_the_name_is_known(talk: Talk) -> None:
    import dataclasses

    settings.use(dataclasses.replace(settings.current(), telegram_name="@MajuHRBot"))
    (told,) = await in_group(talk, "777", "how many days of leave do I have left?")
    assert told == "I answer HR matters in a private chat, so that nobody else reads them: t.me/MajuHRBot"
