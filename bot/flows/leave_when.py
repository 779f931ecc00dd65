"""Which days: asked where they were not said, or not wholly. A weekday that is another date's leaves two of them; "cuti
mulai 14 Desember" has no end, which is asked and not guessed."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.dialog import dates
from bot.dialog.dates import When
from bot.dialog.engine import Again, Chat, Misunderstood, Option
from bot.flows.leave_period import day_title, example, short_range, title, usual
from bot.flows.leave_words import kind_name, many
from bot.flows.readers import (
    BEGINS,
    EITHER,
    LENGTH,
    OPTION,
    UNTIL,
    WHEN,
    LengthReader,
    OptionReader,
    WhenReader,
    seen_from,
)
from core.leave import policy
from core.leave.types import Kind
from core.phrases import hari, tanggal

DAY, FRIDAY = "day", 4
_NUMBER = re.compile(r"\W*(?:(?:the|tgl|tanggal)\W+)?\d{1,2}(?:st|nd|rd|th)?\W*", re.IGNORECASE)


class FirstDayReader(LengthReader):
    """Whether a sentence names the day from which somebody is away, and no end."""

    def spot(self, sentence: str, chat: Chat) -> int | None:
        return 1 if _only_begins(sentence, chat) is not None else None


class BeginsReader(WhenReader):
    """Days, as people name them; of a beginning alone it is remembered that its end is still to be said."""

    def read(self, words: str, chat: Chat) -> When:
        when = super().read(words, chat)
        chat.answers["only_begins"] = 1 if _only_begins(words, chat) is not None else None
        return when


class UntilReader(OptionReader):
    """The last day, or how long; whoever names both ends anew has said when."""

    def read(self, words: str, chat: Chat) -> str:
        before = WHEN.load(chat.answers["leave.when"])
        assert before.starts is not None
        said = f"sampai tanggal {words}" if _NUMBER.fullmatch(words) else UNTIL.sub(r"\g<until> tanggal ", words)
        found = dates.find(said, today=seen_from(said, before, chat.today))
        when = found.when if found is not None else When()
        last = when.ends or when.starts
        if last is None and (days := when.days or LENGTH.spot(words, chat)):
            _settle(chat, replace(before, ends=None, days=days))
        elif last is not None and last >= before.starts:
            anew = when.starts is not None and when.ends not in (None, when.starts)
            _settle(chat, When(when.starts if anew else before.starts, last))
        raise Misunderstood("leave.until_unclear")


class _AnotherBeginning(WhenReader):
    """ "Bukan, mulai 15": the day from which on somebody is away is another one, and its end is still to be said."""

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        found = dates.find(words, today=chat.today)
        if found is None or found.when.starts is None or not (found.correction or BEGINS.match(words)):
            return None
        if found.when.ends not in (None, found.when.starts) or found.when.days:
            chat.answers["only_begins"] = None
        return found.when


BEGIN, ONLY_BEGINS, UNTIL_WHEN = BeginsReader(), FirstDayReader(), UntilReader()


async def asked(chat: Chat, kind: Kind, left: int | None, length: int | None) -> When:
    """The days that somebody wants, asked for as far as they were not said."""
    return await _until(chat, await _when(chat, kind, left, length), length, kind)


async def _when(chat: Chat, kind: Kind, left: int | None, length: int | None) -> When:
    if "leave.when" not in chat.answers and (several := chat.note("either", EITHER)) is not None:
        await _which(chat, several)
    chat.note("only_begins", ONLY_BEGINS)
    again = bool(chat.answers.get("asked_when"))
    chat.answers["asked_when"] = True
    facts: dict[str, Any] = {
        "name": chat.employee.first_name, "length": _length(chat, length), "example": example(chat, length),
        "kind": kind_name(chat, kind),
    }  # fmt: skip
    if left is None:
        return await chat.ask("leave.when", BEGIN, says="leave.when_kind", **facts)
    asks = "leave.when_again" if again and length is None else _asks_when(length)
    pays = chat.phrase("leave.yours", code=kind.code, kind=kind.spoken(chat.language))
    return await chat.ask(
        "leave.when", BEGIN, says=asks, left=hari(left, chat.language), many=many(left), pays=pays, **facts
    )  # fmt: skip


async def _which(chat: Chat, several: When) -> None:
    """Ask which of some days was meant: the weekday and the figures do not belong together, or it was left open."""
    assert several.either is not None
    days = {f"{first}..{last}": (first, last) for first, last in several.either}
    told = [_in_full(chat, *stretch) for stretch in days.values()]
    answer = await chat.ask(
        "leave.which_day", OPTION, changes=[("either", _ThatDay())],
        says="leave.which_day" if several.clash else "leave.which_of_three" if len(told) > 2 else "leave.which_of",
        options=[Option(said, _in_short(chat, *stretch)) for said, stretch in days.items()],
        one=told[0], other=told[1], third=told[-1],
    )  # fmt: skip
    half = several.half and days[answer][0] == days[answer][1]
    when = When(*days[answer], half=half, part=several.part if half else None)
    chat.answers.pop("leave.which_day", None)
    chat.answers |= {"either": None, "leave.when": WHEN.dump(when)}


def _in_full(chat: Chat, first: date, last: date) -> str:
    return tanggal(first, chat.language, today=chat.today) if first == last else short_range(chat, first, last)


def _in_short(chat: Chat, first: date, last: date) -> str:
    return day_title(chat, first) if first == last else title(chat, "leave.these_days", first, last)


class _ThatDay(type(EITHER)):  # type: ignore[misc]
    """A day said in words instead of picked: "yang selasa", "tanggal 21 aja"."""

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        found = dates.find(words, today=chat.today)
        if found is None or found.when.starts is None:
            return None
        said = found.when
        when = said if said.half or not before.half else replace(said, half=True, part=before.part, ends=said.starts)
        chat.answers |= {"either": None, "leave.when": WHEN.dump(when)}
        raise Again


async def _until(chat: Chat, when: When, length: int | None, kind: Kind) -> When:
    """The days with the end that is said when it is asked for; as they are where it was said, or the kind sets it."""
    begins, first = chat.answers.get("only_begins"), when.starts
    if not begins or first is None or length is not None or when.days or when.half or _has_an_end(kind, when):
        return when
    friday = first + timedelta(days=FRIDAY - first.weekday())
    options = [Option(DAY, chat.phrase("leave.one_day"))]
    if friday > first:
        options.append(Option(friday.isoformat(), title(chat, "leave.until_choice", friday, friday)))
    answer = await chat.ask(
        "leave.until", UNTIL_WHEN, hangs_on=["leave.when"], changes=[("leave.when", _AnotherBeginning())],
        options=options, day=tanggal(first, chat.language, today=chat.today),
    )  # fmt: skip
    chat.answers.pop("leave.until", None)
    return _answered(chat, When(first, first if answer == DAY else friday))


def _settle(chat: Chat, when: When) -> None:
    _answered(chat, when)
    raise Again


def _answered(chat: Chat, when: When) -> When:
    """Keep the days as they were now said, in place of their beginning alone."""
    chat.answers |= {"only_begins": None, "leave.when": WHEN.dump(when)}
    return when


def _only_begins(sentence: str, chat: Chat) -> When | None:
    found = dates.find(sentence, today=chat.today)
    return found.when if found is not None and found.open and found.when.starts is not None else None


def _has_an_end(kind: Kind, when: When) -> bool:
    return usual(kind) is not None or (
        when.starts is not None and policy.latest(kind, when.starts, with_paper=False) is not None
    )


def _asks_when(length: int | None) -> str:
    if length is None:
        return "leave.when"
    return "leave.when_half" if length == 0 else "leave.when_length"


def _length(chat: Chat, length: int | None) -> str:
    days = (length or 0) * policy.DAY
    return chat.phrase("leave.so_many", days=hari(days, chat.language), many=many(days))
