"""What a sentence says, as data: the intent, the days, the kind of leave; for `serambi understand` and for measuring.

The keys and names are those of `cases/utterances.json`; what the product tells apart more finely stands in "finer".
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.dialog import clocks, date_words, dates, intents, interrupts, kinds, parsers
from bot.dialog.dates import Found, When
from bot.dialog.examples import Taught
from bot.dialog.intents import OUT_OF_SCOPE, Guess
from bot.dialog.normal import words
from core.calendar import holidays

# Intents of ours that are a part of a published one.
PUBLISHED = {
    "leave_explain": "leave_balance", "leave_forecast": "leave_balance", "leave_untaken": "leave_balance",
    "leave_change": "leave_request", "collective_work": "leave_request", "approvals_waiting": "leave_status",
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
_ASKING_DAYS = frozenset({"leave_request", "leave_change", "sick_leave", "permission_request"})
_LONGEST = 366
_SHOWN = ("op", "start", "end", "dates", "days", "part", "leave", "confirm", "clarify", "warn")


def understood(
    sentence: str, now: datetime, *, language: str | None = None, taught: Taught | None = None
) -> dict[str, Any]:
    """Everything that was understood, ready for JSON; days and the kind of leave only where the sentence has them."""
    guess = intents.guess(sentence, taught)
    told: dict[str, Any] = {
        "text": sentence,
        "lang": interrupts.language_of(sentence) or language or "id",
        "now": now.isoformat(),
        "intent": published(guess.intent),
        "alternatives": _alternatives(guess),
        "score": round(guess.score, 2),
    }
    if guess.intent in PUBLISHED:
        told["finer"] = guess.intent
    return told | _days(sentence, guess, now.date())


def in_words(told: Mapping[str, Any]) -> str:
    """The same on one line for people: what it was taken for, what else it could be, and the days."""
    others = f" (or {', '.join(told['alternatives'])})" if told["alternatives"] else ""
    days = " ".join(f"{name}={told[name]}" for name in _SHOWN if name in told)
    return f"{told['text']}\t{told['intent'] or 'asks back'}{others}\t{days}".rstrip()


def published(intent: str | None) -> str | None:
    """The name of `cases/utterances.json` for an intent of ours."""
    return PUBLISHED.get(intent, intent) if intent else None


def _alternatives(guess: Guess) -> list[str]:
    """The other likely intents, likelier first: two beside one that was chosen, up to three where none was."""
    names = dict.fromkeys(filter(None, map(published, guess.runners_up)))
    names.pop(published(guess.intent) or "", None)
    return list(names)[: 2 if guess.intent else 3]


def _days(sentence: str, guess: Guess, today: date) -> dict[str, Any]:
    """What is to become of the days that are named: filled in, corrected, dropped, or asked for."""
    goes_on = _TOPICS.isdisjoint(guess.heard)
    gone_by = guess.intent in _GONE_BY and not goes_on
    found = dates.find(sentence, today=today, prefer="past" if gone_by else "future")
    told = _when(found.when) if found else {}
    if goes_on and found and found.when.days is not None and found.when.starts is None:
        return {"op": "correct_duration", "days": found.when.days}
    if _drops(sentence, guess, found):
        return {"op": "cancel"}
    if goes_on and _puts_right(sentence, guess, found):
        part = _part(sentence, guess, found) or parsers.part_of_day(sentence)
        kept = told | ({"end": found.when.ends.isoformat()} if found and found.when.ends else {})
        kept |= {"part": part} if part else {}
        return {"op": "correct", **{name: kept[name] for name in kept if name not in ("clarify", "warn")}}
    if part := _part(sentence, guess, found):
        told["part"] = part
    leave = _leave(sentence, guess) if told or guess.intent in _ASKING_DAYS else {}
    if not told and (guess.intent != "leave_request" or intents.is_question(sentence)):
        return {"op": "fill", **leave} if leave.get("leave") == "sick" else {}
    if set(told) <= {"days", "part"} and leave != {"leave": "early"}:
        told["clarify"] = True
    return {"op": "fill", **told, **leave}


def _drops(sentence: str, guess: Guess, found: Found | None) -> bool:
    if found is not None and found.when.starts is not None:
        return False
    return guess.intent in ("cancel", "leave_cancel") or interrupts.command(sentence) == "cancel"


def _puts_right(sentence: str, guess: Guess, found: Found | None) -> bool:
    if found is not None:
        return found.correction
    said = {word.text for word in words(sentence)}
    hour = clocks.find(sentence) or parsers.part_of_day(sentence)
    return bool(hour) and (guess.intent in _NO_TOPIC or bool(said & date_words.CORRECTING))


def _part(sentence: str, guess: Guess, found: Found | None) -> str | None:
    """Half a day as am or pm, an hour as HH:MM where somebody comes late, goes early, or puts an hour right."""
    hour = clocks.find(sentence) if guess.intent == "permission_request" or _TOPICS.isdisjoint(guess.heard) else None
    return hour.strftime("%H:%M") if hour else found.when.part if found else None


def _when(when: When) -> dict[str, Any]:
    told: dict[str, Any] = {}
    off = holidays.in_file()
    if when.days is not None:
        told["days"] = when.days
    if when.starts is None and when.ends is not None and when.days is None:
        return {"clarify": True}
    if when.starts is None or when.either:
        return told if when.half and not when.doubtful else told | {"clarify": True}
    ends = when.ends or (_after(when.starts, when.days, off) if when.days else when.starts)
    if when.days_of:
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
