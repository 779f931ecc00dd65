"""Small things that the flows about leave share: choices that begin another flow, how a request stands, kinds."""

import re
from collections.abc import Sequence
from datetime import date

from bot.dialog import dates
from bot.dialog.engine import Chat, Option
from core.approvals import chains, decisions
from core.approvals.kinds import APPLIED, verdict_of
from core.approvals.tables import Request
from core.calendar import days as calendar_days
from core.leave import policy, requests
from core.leave.policy import DayAway
from core.leave.requests import Preview
from core.leave.types import Kind
from core.messaging import buttons
from core.messaging.messages import Choice
from core.phrases import hari, tanggal, tanggal_pendek

ABOUT_WORKING = re.compile(r"\b(?:masuk|kerja|ngantor|work|come in|working)\b", re.IGNORECASE)
ABOUT_BEING_AWAY = re.compile(
    r"\b(?:cuti|libur\w*|izin|ijin|absen|off|leave|away|tidak|tdk|ga|gak|nggak|enggak|ngga|gk|not|don't|dont|won't|can't)\b",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(r"\b(?:cuti bersama|cutber|collective)\b", re.IGNORECASE)
_WISHES = re.compile(
    r"\b(?:mau|ingin|pengen|pingin|boleh|bisa|bolehkah|bisakah|tetap|tetep|izin|ijin|want|wanna|like|may|can|could|prefer|rather|will)\b|'(?:ll|d)\b",
    re.IGNORECASE,
)
OF_WORK = frozenset({"collective_work", "leave_cancel", "who_is_away", "leave_forecast", "holiday_calendar"})
MOST_NAMED = 5
NAMED = ("Cuti Bersama ", "Hari Raya ", "Hari Suci ", "Tahun Baru ")


async def start_choice(chat: Chat, name: str, title: str, **answers: object) -> Choice:
    """A choice that begins a flow."""
    return await buttons.make(title, "start", person=chat.employee.person, flow=name, answers=answers)


async def withdraw_choice(chat: Chat, number: str) -> Choice:
    """A choice that takes this request back."""
    answers = {"withdraw.which": number}
    return await buttons.make(
        chat.phrase("leave.take_back"), "start", person=chat.employee.person, flow="withdraw", answers=answers
    )


async def standing(chat: Chat, request: Request) -> str:
    """A request in one line: number, days, how far it is; a rejected one with its reason."""
    leave = await requests.of_request(request)
    left = await requests.stand([leave])
    given = await verdict_of(request)
    waits = request.state in ("in_review", "cancel_requested")
    who = await decisions.approvers_of(request) if given is None or waits else [given.named(chat.language)]
    recorded = request.state == APPLIED and given is None  # on the asker's own word: nobody decided it
    return chat.phrase(
        f"leave.state_{'recorded' if recorded else request.state}", number=request.number,
        days=left[leave.id].words(chat.language, today=chat.today), who=", ".join(who),
        reason=(given.reason if given is not None else None) or "",
    )  # fmt: skip


def named_days(chat: Chat, days: Sequence[date]) -> str:
    """`20, 23, 24 Maret`: days of one month share it."""
    if len({(day.year, day.month) for day in days}) == 1:
        first = ", ".join(str(day.day) for day in days[:-1])
        last = tanggal_pendek(days[-1], chat.language, today=chat.today)
        return f"{first}, {last}" if first else last
    return ", ".join(tanggal_pendek(day, chat.language, today=chat.today) for day in days)


def kind_name(chat: Chat, kind: Kind) -> str:
    """What a kind is called in the talk, shorter than on the pages."""
    return chat.phrase("leave.kind", code=kind.code, name=kind.name(chat.language))


def days_off(chat: Chat, days: Sequence[DayAway], *, full: bool = False) -> str:
    """The days of a period that cost nothing because of a holiday, as a sentence of their own."""
    off = [day for day in days if not day.counted and day.why not in (None, "weekend")]
    if not off:
        return ""
    if not full:
        named = ", ".join(f"{tanggal_pendek(day.date, chat.language)} ({day.why})" for day in off)
        return chat.phrase("leave.days_off", days=named)
    told = [
        chat.phrase(
            "leave.day_off_collective" if (day.why or "").startswith(NAMED[0]) else "leave.day_off",
            day=tanggal(day.date, chat.language, today=chat.today), name=plain_name(day.why or ""),
        )
        for day in off
    ]  # fmt: skip
    return "\n" + " ".join(told)


def plain_name(name: str) -> str:
    """The name of a day off without the words that are said before it anyway."""
    for words in NAMED:
        name = name.removeprefix(words)
    return name


def team_of(chat: Chat, seen: Preview) -> str:
    """Who else of the department is away, as the end of a sentence."""
    if seen.team is None or seen.clash is not None:
        return ""
    key = "leave.team_away" if seen.team.away else "leave.team_free"
    return chat.phrase(key, team=seen.team.name, away=", ".join(seen.team.away))


def team_words(chat: Chat, seen: Preview, *, lots_left: int | None) -> str:
    """What is left afterwards, and who else of the department is away."""
    team = team_of(chat, seen)
    if lots_left is None:
        return chat.phrase("leave.after_team", team=team.removeprefix("; ")) if team else ""
    return chat.phrase("leave.after", left=hari(lots_left, chat.language), many=many(lots_left), team=team)


def halves(chat: Chat) -> list[Option]:
    """Morning, afternoon, or not at all."""
    return [
        Option("am", chat.phrase("leave.half_am")),
        Option("pm", chat.phrase("leave.half_pm")),
        Option("cancel", chat.phrase("dialog.cancel")),
    ]


def starts_in_words(chat: Chat, starts: date) -> str:
    """Today, tomorrow, or the name of the day."""
    ahead = (starts - chat.today).days
    if ahead <= 1:
        return chat.phrase("leave.starts_today" if ahead <= 0 else "leave.starts_tomorrow")
    return chat.phrase("leave.starts_on", day=tanggal(starts, chat.language, today=chat.today).split()[0])


def speaks_of_work(words: str) -> bool:
    """Whether somebody says that they work, with no word of being away: "saya mau masuk kerja 24 desember"."""
    return ABOUT_WORKING.search(words) is not None and ABOUT_BEING_AWAY.search(words) is None


async def would_work(chat: Chat, words: str) -> bool:
    """Whether somebody wishes to work on a day of collective leave, whatever else the words resemble."""
    return (
        _WISHES.search(words) is not None
        and (speaks_of_work(words) or _COLLECTIVE.search(words) is not None)
        and await chat.look("would_work", collective_day, chat, words) is not None
    )


async def collective_day(chat: Chat, words: str, around: Sequence[date] = ()) -> date | None:
    """The day of collective leave on which these words ask to work, where they do."""
    if not ABOUT_WORKING.search(words):
        return None
    found = dates.find(re.sub(r"(?i)\b(senin|selasa|rabu|kamis|jumat)nya\b", r"\1", words), today=chat.today)
    named = found.when.starts if found is not None else None
    held, place = await calendar_days.calendar(), chat.employee.location
    off = held.within(min([chat.today, *around]), max([chat.today.replace(month=12, day=31), *around]), place)
    collective = [
        day for day, one in off.items() if one.kind == "collective" and held.week(day, place).get(day.weekday())
    ]
    if named in collective:
        return named
    inside = [day for day in collective if around and min(around) <= day <= max(around)]
    weekday = [day for day in inside if named is not None and day.weekday() == named.weekday()]
    if weekday or (inside and named is None and _COLLECTIVE.search(words)):
        return (weekday or inside)[0]
    return None


async def collective_aside(chat: Chat, words: str) -> str | None:
    """While a leave is open: what working on a collective day inside it would mean."""
    stored = chat.answers.get("leave.when")
    starts = stored.get("starts") if isinstance(stored, dict) else None
    if not starts or ("kal" not in words.lower() and "?" not in words and "if" not in words.lower()):
        return None
    first = date.fromisoformat(starts)
    last = date.fromisoformat(stored["ends"]) if isinstance(stored, dict) and stored.get("ends") else first
    if await collective_day(chat, words, (first, last)) is None:
        return None
    heads = await chains.who_hears(chat.employee)
    return chat.phrase(
        "leave.collective_work",
        head=heads[0].first_name if len(heads) == 1 else chat.phrase("leave.the_administrators"),
    )


def asked_names(chat: Chat, names: Sequence[str]) -> str:
    """Who is asked, by name; where the head is nobody's name, or there are too many to name, an administrator."""
    return listed(chat, names) if 0 < len(names) <= MOST_NAMED else chat.phrase("leave.the_administrators")


def asked_number(names: Sequence[str]) -> int:
    """For how many people those words stand: one, where it is "an administrator"."""
    return len(names) if len(names) <= MOST_NAMED else 1


def listed(chat: Chat, names: Sequence[str]) -> str:
    """The names as one says them: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    return chat.phrase("leave.and", first=", ".join(names[:-1]), last=names[-1])


def many(thousandths: int) -> int:
    """1 where a language says day, not days."""
    return 1 if thousandths == policy.DAY else 2
