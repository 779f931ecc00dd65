"""What a sentence says, as data: the intent, the days, the kind of leave; for `serambi understand` and for measuring.

The keys and names are those of `cases/utterances.json`; what the product tells apart more finely stands in "finer".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.dialog import (
    clocks,
    date_doubts,
    date_words,
    dates,
    intents,
    interrupts,
    kinds,
    middays,
    occasions,
    parsers,
    recaps,
)
from bot.dialog.dates import Found
from bot.dialog.examples import Taught
from bot.dialog.intents import OUT_OF_SCOPE, Guess
from bot.dialog.normal import words
from core.calendar import holidays

# Intents of ours that are a part of a published one.
PUBLISHED = {
    "leave_explain": "leave_balance", "leave_forecast": "leave_balance", "leave_untaken": "leave_balance",
    "leave_change": "leave_request", "collective_work": "leave_request", "approvals_waiting": "leave_status",
    "who_is_away": "leave_status", "leave_recap": "leave_balance",
    "unlink": "privacy_request",
}  # fmt: skip
_GONE_BY = frozenset({"attendance_fix", "attendance_view"})
_ATTENDANCE = _GONE_BY | {"overtime_request", "shift_schedule"}
_NO_TOPIC = frozenset({None, OUT_OF_SCOPE, "cancel", "smalltalk"})
# Who names none of these while putting something right speaks of what was said before.
_TOPICS = frozenset(
    "leave off libur absent sick doctornote permit late early stepout comeat halfday att overtime shift holiday feast "
    "pay slip marry request leavecode".split()
)
_HOURS = frozenset({"early", "late", "comeat", "stepout"})
_COMES_OR_GOES = re.compile(
    r"\b(?:(?:in|be in|come in|coming in|off|out|leave|leaving|knock\w* off|head\w* out) (?:at|by|from) \d"
    r"|(?:masuk|datang|dateng|pulang|balik|cabut) (?:jam|pukul|jm|pkl)\b)",
    re.IGNORECASE,
)
_OFF_THEN = re.compile(r"\boff in the (?:morning|afternoon)\b", re.IGNORECASE)
_BACK_BY = re.compile(r"\b(?:in|back|report|there|present|available) (?:by|at|before) ", re.IGNORECASE)
_ASKING_DAYS = frozenset({"leave_request", "leave_change", "sick_leave", "permission_request"})
_DATE_WORDS = frozenset("date dates tanggal tanggalnya day harinya".split())
_LONGEST = 366
_MIDDAY = 12
_SHOWN = ("op", "start", "end", "dates", "days", "part", "leave", "confirm", "clarify", "warn")


def understood(
    sentence: str, now: datetime, *, language: str | None = None, taught: Taught | None = None
) -> dict[str, Any]:
    """Everything that was understood, ready for JSON; days and the kind of leave only where the sentence has them."""
    guess = intents.guess(sentence, taught)
    meant = "leave_recap" if recaps.wanted(sentence) else guess.intent  # as the talk has it: its words decide that one
    told: dict[str, Any] = {
        "text": sentence,
        "lang": interrupts.language_of(sentence) or language or "id",
        "now": now.isoformat(),
        "intent": published(meant),
        "alternatives": _alternatives(guess, meant),
        "score": round(guess.score, 2),
    }
    if meant in PUBLISHED:
        told["finer"] = meant
    return told | _days(sentence, guess, now.date())


def in_words(told: Mapping[str, Any]) -> str:
    """The same on one line for people: what it was taken for, what else it could be, and the days."""
    others = f" (or {', '.join(told['alternatives'])})" if told["alternatives"] else ""
    days = " ".join(f"{name}={told[name]}" for name in _SHOWN if name in told)
    meant = ": ".join(told[name] for name in ("intent", "finer") if told.get(name)) or "asks back"
    return f"{told['text']}\t{meant}{others}\t{days}".rstrip()


def published(intent: str | None) -> str | None:
    """The name of `cases/utterances.json` for an intent of ours."""
    return PUBLISHED.get(intent, intent) if intent else None


def _alternatives(guess: Guess, meant: str | None) -> list[str]:
    """The other likely intents, likelier first: two beside one that was chosen, up to three where none was."""
    names = dict.fromkeys(filter(None, map(published, guess.runners_up)))
    names.pop(published(meant) or "", None)
    return list(names)[: 2 if meant else 3]


def _days(sentence: str, guess: Guess, today: date) -> dict[str, Any]:
    """What is to become of the days that are named: filled in, corrected, dropped, or asked for."""
    if occasions.any_in(sentence):
        sentence = occasions.dated(sentence, holidays.names_in_file(), today=today, free=holidays.in_file())
    goes_on = _TOPICS.isdisjoint(guess.heard)
    plain = " ".join(word.text for word in words(sentence))
    gone_by = guess.intent in _GONE_BY and not goes_on
    gone_by = gone_by and not date_doubts.ahead(plain) and not date_doubts.stays_away(plain)
    found = dates.find(sentence, today=today, prefer="past" if gone_by else "future")
    if gone_by and found is not None and found.when.clash:
        found = dates.find(sentence, today=today)  # that weekday is ahead: "Tues 8/12 I come in at 10.30"
    if found is not None and guess.intent == "sick_leave" and _only_ends(found):
        found = replace(found, when=replace(found.when, starts=today, doubtful=False))  # as the talk has it
    told = _when(found, overtime=guess.intent == "overtime_request") if found else {}
    if found and found.open and guess.intent == "leave_request":
        told = {"clarify": True}  # until when?
    if goes_on and found and found.when.days is not None and found.when.starts is None and not found.which:
        return {"op": "correct_duration", "days": found.when.days}
    if _drops(sentence, guess, found):
        return {"op": "cancel"}
    if goes_on and _puts_right(sentence, guess, found):
        return _put_right(sentence, guess, found, told, today)
    if part := _part(sentence, guess, found, today):
        told["part"] = part
    if not told and date_doubts.unsaid(plain):
        told = {"clarify": True}
    leave = _leave(sentence, guess) if told or guess.intent in _ASKING_DAYS else {}
    if not told and (guess.intent != "leave_request" or intents.is_question(sentence)):
        return {"op": "fill", **leave} if leave.get("leave") == "sick" else {}
    if set(told) <= {"days", "part"} and leave != {"leave": "early"}:
        told["clarify"] = True
    return {"op": "fill", **told, **leave}


def _only_ends(found: Found) -> bool:
    when = found.when
    return when.starts is None and when.ends is not None and when.days is None and not found.correction


def _put_right(sentence: str, guess: Guess, found: Found | None, told: dict[str, Any], today: date) -> dict[str, Any]:
    """What takes the place of what was said before; to be asked about where only the old days are denied."""
    kept = {name: value for name, value in told.items() if name not in ("clarify", "warn")}
    if found is not None and found.when.ends is not None and found.when.starts is None:
        kept["end"] = found.when.ends.isoformat()
    if part := _part(sentence, guess, found, today) or parsers.part_of_day(sentence):
        kept["part"] = part
    half = found is not None and found.when.half
    if not kept and not half and (found is not None or _DATE_WORDS & {word.text for word in words(sentence)}):
        kept["clarify"] = True
    return {"op": "correct", **kept}


def _drops(sentence: str, guess: Guess, found: Found | None) -> bool:
    if found is not None and (found.when.starts is not None or found.which or found.when.either):
        return False
    return guess.intent in ("cancel", "leave_cancel") or interrupts.command(sentence) == "cancel"


def _puts_right(sentence: str, guess: Guess, found: Found | None) -> bool:
    if found is not None:
        # "Sampai Jumat deh": what was begun before has another end.
        return found.correction or _only_ends(found) or _other_hour(sentence)
    said = {word.text for word in words(sentence)}
    hour = clocks.find(sentence) or parsers.part_of_day(sentence)
    if not hour and said & _DATE_WORDS:
        return bool(said & date_words.CORRECTING)  # "bukan itu tanggalnya, wrong date"
    becomes = bool(said & (date_words.CORRECTING | date_words.BECOMING))
    return bool(hour) and (guess.intent in _NO_TOPIC or becomes)


def _other_hour(sentence: str) -> bool:
    """ "Bukan jam 9 tapi jam 10 besok"."""
    return bool(re.match(r"\W*(?:eh )?(?:bukan|bkn|not) (?:jam|jm|pukul|at) ", sentence, re.IGNORECASE))


def _part(sentence: str, guess: Guess, found: Found | None, today: date) -> str | None:
    """Half a day as am or pm, an hour as HH:MM where somebody comes late, goes early, or puts an hour right."""
    asked = guess.intent == "permission_request" or _TOPICS.isdisjoint(guess.heard)
    one_day = found is not None and found.when.starts is not None and found.when.starts == found.when.ends
    plain = " ".join(word.text for word in words(sentence))
    if one_day and (middays.halved(plain) or _OFF_THEN.search(plain)):
        told_by = middays.of_hours(plain)
        if told_by is not None:
            return told_by
    moves = not _HOURS.isdisjoint(guess.heard) or (one_day and bool(_COMES_OR_GOES.search(sentence)))
    if found is not None and one_day and middays.half(" ".join(word.text for word in words(sentence))):
        return found.when.part
    if found is not None and found.when.half and found.when.part and guess.intent == "leave_request":
        return found.when.part
    if found is not None and found.when.half and found.when.part and _BACK_BY.search(sentence):
        return found.when.part
    if found is not None and found.when.half and not found.when.part and middays.halved(sentence):
        starts = clocks.find(sentence)
        return None if starts is None else "pm" if starts.hour >= _MIDDAY else "am"
    hour = None
    reported = one_day and found is not None and found.when.starts is not None and found.when.starts < today
    told = (asked or moves) and not (reported and guess.intent == "overtime_request")  # that hour is when it ended
    if told or (guess.intent in _GONE_BY and one_day):
        span = clocks.span(sentence)
        hour = span[0] if span else clocks.find(sentence)
    return hour.strftime("%H:%M") if hour else found.when.part if found else None


def _when(found: Found, *, overtime: bool) -> dict[str, Any]:
    told: dict[str, Any] = {}
    when = found.when
    off = holidays.in_file()
    if when.days is not None:
        told["days"] = when.days
    if when.starts is None and when.ends is not None and when.days is None:
        return {"clarify": True}
    if when.starts is None or when.either:
        return told if when.half and not when.doubtful else told | {"clarify": True}
    if when.ends is not None and when.ends < when.starts:
        return {"clarify": True}  # "dari tanggal 24 sampai 22": one of them is a slip
    ends = when.ends or _last(when.starts, when.days or 1, found.weeks, off, overtime=overtime)
    if found.back:
        ends = next((day for day in reversed(_each(when.starts, ends)) if day not in off), ends)
    if when.days_of and (overtime or not _only_weekends(when.days_of)):
        told["dates"] = [day.isoformat() for day in when.days_of]
    else:
        told |= {"start": when.starts.isoformat(), "end": ends.isoformat()}
    if when.doubtful:
        told["confirm"] = True
    if any(day in off and day.weekday() < 5 for day in _each(when.starts, ends)):
        told["warn"] = "public_holiday"
    return told


def _leave(sentence: str, guess: Guess) -> dict[str, str | None]:
    """The kind of leave, None where it is about something else, and nothing where it has no name there."""
    if guess.intent in _ATTENDANCE:
        return {"leave": None}
    if guess.intent == "sick_leave":
        return {"leave": "sick"}
    if guess.intent == "permission_request":
        leaves = "early" in guess.heard or clocks.find(sentence) is not None
        return {"leave": "early"} if leaves and not {"late", "comeat"} & set(guess.heard) else {}
    kind = kinds.kind(sentence)
    if kind or guess.intent in ("leave_request", "leave_change") or {"leave", "off"} & set(guess.heard):
        return {"leave": kind or "annual"}
    return {}


def _last(starts: date, days: int, weeks: int, off: Mapping[date, str], *, overtime: bool) -> date:
    """The last day of a length: of working days, of weeks as they come, of overtime through a weekend."""
    if weeks > 1 or (weeks and starts.weekday()):
        return starts + timedelta(days=7 * weeks - 1)
    if days < 2:
        return starts
    return starts + timedelta(days=1) if overtime and days == 2 and starts.weekday() == 5 else _after(starts, days, off)


def _only_weekends(days: Sequence[date]) -> bool:
    """Whether nothing but a weekend lies between these days: "Friday and Monday"."""
    return all(day.weekday() > 4 or day in days for day in _each(days[0], days[-1]))


def _after(starts: date, days: int, off: Mapping[date, str]) -> date:
    """The last of so many working days."""
    day, left = starts, days
    for day in _each(starts, starts + timedelta(days=_LONGEST)):
        left -= day.weekday() < 5 and day not in off
        if left <= 0:
            break
    return day


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
