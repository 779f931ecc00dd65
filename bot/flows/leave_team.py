"""Who of one's colleagues is away, as far as one may see it: names and days, never the kind."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import dates
from bot.dialog.engine import Chat, flow
from core.errors import Refused
from core.leave import calendar
from core.leave.calendar import Gone
from core.phrases import rentang, tanggal

MOST, LONGEST = 6, timedelta(days=92)
FRIDAY, OVER_WEEKEND = 4, timedelta(days=3)


@flow("team", brief=True)
async def who_is_away(chat: Chat) -> None:
    """Tell who is away on the days that are named, today without any."""
    said = dates.find(chat.opening or "", today=chat.today)
    first = said.when.starts if said is not None else None
    last = (said.when.ends if said is not None else None) or first
    first, last = first or chat.today, last or chat.today
    if said is not None and said.when.days and said.when.ends is None:
        last = first + timedelta(days=min(said.when.days, LONGEST.days) - 1)
    if last - first > LONGEST:
        raise Refused("leave.team_too_long")
    gone = await chat.look("gone", calendar.around, chat.employee, first, last)
    days = rentang(first, last, chat.language, today=chat.today)
    if not gone:
        chat.say("leave.nobody_away", days=days)
        return
    lines = [f"{one.name}: {', '.join(_runs(chat, one))}" for one in gone[:MOST]]
    if len(gone) > MOST:
        lines.append(chat.phrase("leave.and_more_away", count=str(len(gone) - MOST)))
    chat.say("leave.these_away", days=days, lines="\n".join(lines))


def _runs(chat: Chat, gone: Gone) -> list[str]:
    """`Senin 13 - Rabu 15 Juli`, half days on their own; a weekend inside does not part a leave."""
    runs: list[tuple[date, date]] = []
    told: list[tuple[date, str]] = []
    for day, part in gone.days:
        if part is not None:
            told.append(
                (day, chat.phrase(f"leave.half_away_{part}", day=tanggal(day, chat.language, today=chat.today)))
            )
        elif runs and _next(runs[-1][1], day):
            runs[-1] = runs[-1][0], day
        else:
            runs.append((day, day))
    told += [(first, rentang(first, last, chat.language, today=chat.today)) for first, last in runs]
    return _in_order(told)


def _next(before: date, day: date) -> bool:
    apart = day - before
    return apart == timedelta(days=1) or (before.weekday() == FRIDAY and apart == OVER_WEEKEND)


def _in_order(told: Sequence[tuple[date, str]]) -> list[str]:
    return [words for _, words in sorted(told)]
