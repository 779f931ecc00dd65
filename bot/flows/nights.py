"""Quiet hours and news in the talk: how they stand, and what somebody would rather have."""

import re
from typing import Any

from bot.dialog import clocks
from bot.dialog.engine import Chat, Misunderstood, Option, flow
from bot.flows.readers import OptionReader
from core.messaging import quiet
from core.messaging.quiet import Night
from core.phrases import jam_bulat

EARLY, LATE, COMPANY, NEWS_OFF, NEWS_ON = "20-7", "22-5", "company", "news_off", "news_on"
WANTED = re.compile(
    r"(?=.*\b(?:notif\w*|pemberitahuan|kabar usulan|alert\w*|ping)\b)(?=.*\b(?:jangan|matiin|matikan|mati|stop|senyap|"
    r"diam\w*|malam\w*|atur|setel|jam|kurangi\w*|kebanyakan|off|mute|quiet\w*|silent|silence|night|less|fewer|settings?)\b)",
    re.IGNORECASE | re.DOTALL,
)
NAMED = re.compile(r"\b(?:(?:jam|mode) senyap|jangan ganggu|quiet hours|do not disturb|don't disturb)\b", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:sampai|sampe|smp|hingga|until|till?|to|ke)\b|[-\u2013]", re.IGNORECASE)


class HoursReader(OptionReader):
    """One of the choices, or two hours: "jam 8 malam sampai jam 7 pagi"."""

    def read(self, words: str, chat: Chat) -> str:
        found = _hours(words)
        if found is None:
            raise Misunderstood("nights.unclear")
        return found

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return _hours(sentence)


HOURS = HoursReader()


def _hours(words: str) -> str | None:
    parts = UNTIL.split(words)
    if len(parts) != 2:
        return None
    # "8 malam" alone is a clock only beside "jam"; the other hour of the span says so.
    first, last = (clocks.find(part) or clocks.find(f"jam {part.strip()}") for part in parts)
    if first is None or last is None or first.minute or last.minute:
        return None
    starts, ends = first.hour, last.hour
    if starts < 12 and ends < 12 and starts > ends and not re.search(r"pagi|siang|am\b", words, re.IGNORECASE):
        starts += 12  # "jam 9 sampai jam 6": of a night
    return f"{starts}-{ends}"


@flow("nights")
async def nights(chat: Chat) -> None:
    """Say when what can wait does, and take another choice."""
    person = chat.employee.person
    now = await chat.look("night", quiet.of, person)
    news = NEWS_OFF if now.news else NEWS_ON
    options = [Option(EARLY, chat.phrase("nights.early")), Option(LATE, chat.phrase("nights.late"))]
    options.append(Option(news, chat.phrase(f"nights.{news}")))
    if now.own:
        options.insert(2, Option(COMPANY, chat.phrase("nights.company")))
    answer = await chat.ask("nights.what", HOURS, options=options, told=_told(chat, now))
    if answer in (NEWS_OFF, NEWS_ON):
        await quiet.choose_news(person, wanted=answer == NEWS_ON, by=chat.actor)
    elif answer == COMPANY:
        await quiet.choose(person, None, None)
    else:
        starts, _, ends = answer.partition("-")
        await quiet.choose(person, int(starts), int(ends))
    chat.say("nights.saved", told=_told(chat, await quiet.of(person)))


def _told(chat: Chat, night: Night) -> str:
    said: dict[str, Any] = {"news": "yes" if night.news else "no"}
    if night.starts == night.ends:
        return chat.phrase("nights.told_none", **said)
    starts, ends = (jam_bulat(hour, chat.language) for hour in (night.starts, night.ends))
    return chat.phrase("nights.told", since=starts, until=ends, own="yes" if night.own else "no", **said)


def named(words: str) -> bool:
    """Whether these words name quiet hours themselves."""
    return NAMED.search(words) is not None


def wanted(words: str) -> bool:
    """Whether these words are about when and of what somebody is told."""
    return WANTED.search(words) is not None
