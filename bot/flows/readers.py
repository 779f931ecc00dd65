"""How the answers of the flows are read: days, halves of a day, reasons, a yes."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NoReturn

from bot.dialog import between, dates, interrupts, kinds, parsers, shifts
from bot.dialog.dates import When
from bot.dialog.engine import Again, Chat, Misunderstood

ASK_AGAIN = ""
CHANGED_REASON = re.compile(
    r"(?:\w+[, ]+){0,2}(?:ganti|ubah|change) (?:the |my )?(?:alasan|keperluan|reason)\w*(?: dong| deh| aja)?"
    r"(?:[ :]+(?:jadi|menjadi|ke|to)?[ :]*(?P<new>.*))?",
    re.IGNORECASE,
)


ASKS_COST = re.compile(
    r"\b(?:ke|ter|di)?potong\w*\b.*\b(?:brp|berapa)|\b(?:brp|berapa)\b.*\b(?:ke|ter)?potong"
    r"|\bhow many days (?:is|does|would)\b|\bwhat does it cost\b|\bhow many days off my\b",
    re.IGNORECASE,
)
INSTEAD = re.compile(r"\s*\w+\s*[,;:]\s*\w+")


# What ties a weekday to a week or a date of its own: without it, the weekday is of the week that is spoken of.
TIED = re.compile(
    r"\d|\b(?:besok|bsk|besuk|lusa|depan|dpn|ini|nanti|ntar|lagi|kemarin|kmrn|today|tomorrow|tmr\w*|tmw|next|this|coming|"
    r"yesterday|week|weeks|pekan|jan|feb|mar|apr|mei|may|jun|jul|agu|aug|sep|okt|oct|nov|des|dec)",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:mulai|mulainya|dari|dr|from|start|starts|starting|begin\w*)\b", re.IGNORECASE
)
BARE = re.compile(
    r"\W*(?:(?:eh|jadi|jd|maaf|sorry|yang|yg|cuma|cm|hanya|just|only|the|tgl|tanggal|ambil)\W+)*(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?!\d|\s*(?:hari|hr|days?|jam|am|pm|minggu|weeks?|bulan|months?)\b|\s*[-:./\u2013]\s*\d)\W*"
    r"(?:\b(?:aja|saja|sj|aj|doang|deh|dong|only|just|please|ya|1|satu|one|hari|day)\b\W*)*",
    re.IGNORECASE,
)
# "Sampai 17 aja", said of days that are known: a number after "until" is a day of theirs.
UNTIL = re.compile(
    r"\b(?P<until>sampai|sampe|smpe|smp|sampek|hingga|until|till|til|s/d)\s+(?:the\s+)?"
    r"(?=\d{1,2}(?!\d|\s*(?:hari|hr|days?|jam|am|pm|minggu|weeks?|bulan|months?|jan|feb|mar|apr|mei|may|jun|jul|agu|aug|"
    r"sep|okt|oct|nov|des|dec)|\s*[-:./\u2013]\s*\d|st\b|nd\b|rd\b|th\b))",
    re.IGNORECASE,
)


def _day_of(words: str, before: When) -> date | None:
    """The one day of those named before that a bare number means: "16 aja 1 hari" after the 15th and 16th."""
    said = BARE.fullmatch(words)
    if said is None or before.starts is None or not re.search(r"[a-z]", words, re.IGNORECASE):
        return None
    last = before.ends or before.starts + timedelta(days=2 * (before.days or 1))
    days = (before.starts + timedelta(days=n) for n in range(min(366, (last - before.starts).days + 1)))
    return next((day for day in days if day.day == int(said["day"])), None)


# Days of a month that is not said again: "eh salah, 14-18 aja".
NO_MONTH = re.compile(
    r"/|\d{4}|\b(?:hari|hr|besok|bsk|besuk|lusa|depan|dpn|ini|lagi|kemarin|kmrn|bulan|bln|minggu|mgg|pekan|today|tomorrow|tmr\w*|"
    r"tmw|next|this|coming|months?|weeks?|days?|jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|nop|des|dec)",
    re.IGNORECASE,
)


def seen_from(words: str, before: When, today: date) -> date:
    """The day from which a corrected day is looked for: the eve of the week that was named before, or its month."""
    if before.starts is None:
        return today
    if re.search(r"\d", words) and not NO_MONTH.search(words):
        # Days that the month before has, or the one that follows it; never those of an earlier one.
        return max(today, before.starts.replace(day=1))
    if TIED.search(words):
        return today
    return max(today, before.starts - timedelta(days=before.starts.weekday() + 1))


class WhenReader:
    """Days, as people name them."""

    def read(self, words: str, chat: Chat) -> When:
        found = dates.find(words, today=chat.today)
        if found is not None and (found.when.starts is not None or found.when.days_of is not None):
            if "said_why" in chat.answers and chat.answers["said_why"] is None:
                # "27-28 juli ya, mau urus sim" says both; a single word beside the days, such as "then", is no reason.
                why = parsers.reason(found.rest)
                chat.answers["said_why"] = why if why is not None and " " in why else None
            return found.when
        length = LENGTH.spot(words, chat)
        if length is None:
            raise Misunderstood("leave.when_unclear")
        chat.answers["length"] = length
        raise Again

    def spot(self, sentence: str, chat: Chat) -> When | None:
        found = dates.find(sentence, today=chat.today)
        if found is None or (found.when.starts is None and found.when.days_of is None):
            return None
        return found.when

    def correct(self, words: str, before: When, chat: Chat) -> When | None:
        one_of_them = _day_of(words, before)
        if one_of_them is not None:
            return When(one_of_them, one_of_them)
        words = UNTIL.sub(r"\g<until> tanggal ", words)
        found = dates.find(words, today=seen_from(words, before, chat.today))
        named = found is not None and (found.when.starts or found.when.ends or found.when.days_of or found.when.either)
        moved = shifts.the_next(words, before) or (None if named else shifts.shifted(words, before))
        if moved == shifts.NONE_LEFT:
            self._other(chat)
        if moved is not None:
            return moved
        if found is None:
            part = parsers.part_of_day(words)
            halved = before.half or "leave.part" in chat.answers
            return When(before.starts, before.starts, half=True, part=part) if part and halved else None
        said = found.when
        if said.either is not None:
            chat.answers["either"] = EITHER.dump(said)
            chat.answers.pop("leave.when", None)
            chat.forget_what_hangs_on("leave.when")
            raise Again
        if found.correction and said == When(doubtful=True) and "leave.when" in chat.answers:
            # "Bukan besok", "perpanjang 2 hari": the days are other ones, and which is not said.
            self._other(chat)
        if said.ends is not None and said.starts is None and before.starts is not None:
            # "Sampai Kamis aja": the beginning stays.
            return When(before.starts, said.ends) if said.ends >= before.starts else None
        if BEGINS.match(words) and said.starts is not None and said.ends in (None, said.starts) and not said.half:
            # "Mulai Selasa": the end stays.
            ends = before.ends if before.ends is not None and before.ends > said.starts else None
            return When(said.starts, ends, days=before.days if ends is None else None)
        if said.starts is not None or said.days_of is not None:
            half = before.half and said.ends in (None, said.starts) and said.days is None
            return (
                said
                if said.half or not half
                else When(said.starts, said.ends, half=True, part=said.part or before.part)
            )
        if said.days is not None:
            return When(before.starts, None, days=said.days)
        if said.half or said.part:
            return When(before.starts, before.starts, half=True, part=said.part or before.part)
        return None

    @staticmethod
    def _other(chat: Chat) -> NoReturn:
        """The days are other ones, and which is not said: they are asked for again."""
        for name in ("leave.when", "length"):
            chat.answers.pop(name, None)
        chat.forget_what_hangs_on("leave.when")
        raise Again

    def dump(self, value: When) -> Any:
        return {
            "starts": value.starts and value.starts.isoformat(),
            "ends": value.ends and value.ends.isoformat(),
            "days": value.days,
            "part": value.part,
            "half": value.half,
            "days_of": value.days_of and [day.isoformat() for day in value.days_of],
            "doubtful": value.doubtful,
        }

    def load(self, stored: Any) -> When:
        def day(name: str) -> date | None:
            return date.fromisoformat(stored[name]) if stored.get(name) else None

        several = stored.get("days_of")
        return When(
            day("starts"), day("ends"), days=stored.get("days"), part=stored.get("part"),
            half=bool(stored.get("half") or stored.get("part")),
            days_of=tuple(date.fromisoformat(one) for one in several) if several else None,
            doubtful=bool(stored.get("doubtful")),
        )  # fmt: skip


class EitherReader(WhenReader):
    """Some days, one or one stretch of which was meant; picking it is the answer to when."""

    def spot(self, sentence: str, chat: Chat) -> When | None:
        found = dates.find(sentence, today=chat.today)
        return found.when if found is not None and found.when.either is not None else None

    def dump(self, value: When) -> Any:
        days = [[day.isoformat() for day in stretch] for stretch in value.either] if value.either else None
        return {"either": days, "half": value.half, "part": value.part, "clash": value.clash}

    def load(self, stored: Any) -> When:
        # What an older release kept are two single days.
        pairs = [[one, one] if isinstance(one, str) else one for one in stored["either"]]
        either = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in pairs)
        return When(
            half=bool(stored["half"]), part=stored["part"], either=either, clash=bool(stored.get("clash", True))
        )


class LengthReader:
    """A number of working days whose beginning was not named: "cuti 2 hari"; a half day is 0."""

    def spot(self, sentence: str, chat: Chat) -> int | None:
        found = dates.find(sentence, today=chat.today)
        if found is None or found.when.starts is not None:
            return None
        return 0 if found.when.half else found.when.days or None

    def read(self, words: str, chat: Chat) -> int:
        raise Misunderstood

    def correct(self, words: str, before: int, chat: Chat) -> int | None:
        return None

    def dump(self, value: int) -> Any:
        return value

    def load(self, stored: Any) -> int:
        return int(stored)


class KindReader(LengthReader):
    """The kind of leave that a sentence names; nothing named means annual leave."""

    def spot(self, sentence: str, chat: Chat) -> str | None:  # type: ignore[override]
        return kinds.kind(sentence)

    def load(self, stored: Any) -> str:  # type: ignore[override]
        return str(stored)


class CostReader(LengthReader):
    """Whether it was asked what a leave costs, which is then the first thing said."""

    def spot(self, sentence: str, chat: Chat) -> int | None:
        return 1 if ASKS_COST.search(sentence) else None

    def heard(self, chat: Chat) -> bool:
        """Whether the opening sentence asked that."""
        return chat.note("asks_cost", self) is not None


class PartReader:
    """Morning or afternoon."""

    def read(self, words: str, chat: Chat) -> str:
        part = parsers.part_of_day(words)
        if part is None:
            raise Misunderstood
        return part

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return None

    def correct(self, words: str, before: str, chat: Chat) -> str | None:
        return None

    def dump(self, value: str) -> Any:
        return value

    def load(self, stored: Any) -> str:
        return str(stored)


@dataclass(frozen=True)
class ReasonReader:
    """Why, in the person's own words; None when skipped."""

    most: int = 300

    def read(self, words: str, chat: Chat) -> str | None:
        if interrupts.command(words) == "skip" or parsers.yes_no(words) is False:
            return None
        if between.asks_something_else(words):
            raise Misunderstood("dialog.not_an_answer")
        if parsers.yes_no(words) and parsers.only_yes(words):  # there is a reason, and it is still to come
            raise Misunderstood("dialog.reason_awaited")
        if between.only_begins(words):
            raise Misunderstood
        return words.strip()[: self.most] or None

    def spot(self, sentence: str, chat: Chat) -> str | None:
        found = dates.find(sentence, today=chat.today)
        return parsers.reason(found.rest if found else sentence)

    def correct(self, words: str, before: str | None, chat: Chat) -> str | None:
        return None

    def dump(self, value: str | None) -> Any:
        return value

    def load(self, stored: Any) -> str | None:
        return None if stored is None else str(stored)


class AnotherReasonReader(ReasonReader):
    """A reason that is put in place of the one in the summary; without a new one it is asked for."""

    def correct(self, words: str, before: str | None, chat: Chat) -> str | None:
        said = CHANGED_REASON.fullmatch(words.strip())
        return None if said is None else (said["new"] or "").strip()[: self.most] or ASK_AGAIN


class ConfirmReader:
    """The yes before something is written; a no drops the whole."""

    def read(self, words: str, chat: Chat) -> str:
        answer = parsers.yes_no(words)
        # "No, the day after" wants something else, and what it wants was not understood: it drops nothing.
        if answer is None or (not answer and INSTEAD.match(words)):
            raise Misunderstood
        if answer and not parsers.only_yes(words) and between.speaks_of_something_else(words):
            raise Misunderstood
        return "yes" if answer else "no"

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return None

    def correct(self, words: str, before: str, chat: Chat) -> str | None:
        return None

    def dump(self, value: str) -> Any:
        return value

    def load(self, stored: Any) -> str:
        return str(stored)


class OptionReader(ConfirmReader):
    """One of the options that were shown, and nothing else."""

    def read(self, words: str, chat: Chat) -> str:
        raise Misunderstood


class WayOutReader(OptionReader):
    """One of the ways out that are shown. What leave is for may be told here instead: it is kept, and the ways stay."""

    def read(self, words: str, chat: Chat) -> str:
        why = between.tells_why(words)
        if why is None:
            raise Misunderstood
        chat.answers["said_why"], chat.put_right = why, "said_why"
        raise Again


class WordsReader(ReasonReader):
    """Whatever is written, which must be something."""

    def read(self, words: str, chat: Chat) -> str | None:
        if not words.strip():
            raise Misunderstood
        if interrupts.command(words) == "skip":
            raise Misunderstood("dialog.needed_reason")
        if between.asks_something_else(words, tasks=False):
            raise Misunderstood("dialog.not_an_answer")
        return words.strip()

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return None


EITHER = EitherReader()
WHEN, LENGTH, PART, REASON = WhenReader(), LengthReader(), PartReader(), ReasonReader()
KIND, COSTS = KindReader(), CostReader()
ANOTHER_REASON = AnotherReasonReader()
CONFIRM, OPTION, WORDS, WAY_OUT = ConfirmReader(), OptionReader(), WordsReader(), WayOutReader()
