"""What will be left: after a leave that is only thought of, or if none is taken; and what is lost or goes on then."""

from datetime import date

from bot.dialog import dates
from bot.dialog.dates import When
from bot.dialog.engine import Chat, flow
from bot.flows.leave_period import resolve, title
from bot.flows.leave_words import many, start_choice
from bot.flows.readers import WHEN
from core.leave import forecast, policy, requests, types
from core.leave.accrual import Outlook
from core.leave.types import ANNUAL
from core.messaging import buttons
from core.phrases import hari, rentang, tanggal

ALWAYS = date(1, 1, 1)  # a day of another year, so that the year is said


@flow("forecast")
async def what_if(chat: Chat) -> None:
    """What a leave would leave, and what would be lost."""
    found = dates.find(chat.opening or "", today=chat.today)
    if found is None or found.when.starts is None:
        await untaken(chat)
        return
    kind = await types.of(ANNUAL)
    period = await resolve(chat, found.when, None, found.when.part, kind)
    policy.check_dates(period, today=chat.today, kind=kind)
    seen = await requests.preview(chat.employee, ANNUAL, period)
    ahead = await forecast.after(chat.employee, ANNUAL, period)
    chat.topic = {"forecast": WHEN.dump(When(period.starts, period.ends, half=bool(period.part), part=None))}
    chat.say(
        "leave.what_if", left=hari(ahead.left, chat.language), many=many(ahead.left),
        days=rentang(period.starts, period.ends, chat.language, today=chat.today), cost=hari(seen.cost, chat.language),
        many_cost=many(seen.cost), fate=_fate(chat, ahead), lost="yes" if ahead.lapses or ahead.carried else "no",
    )  # fmt: skip


@flow("forecast_untaken")
async def untaken(chat: Chat) -> None:
    """What becomes of the days that are left if no more of them are taken."""
    ahead = await forecast.after(chat.employee, ANNUAL, None)
    if not ahead.lapses and not ahead.carried:
        chat.say("leave.untaken_nothing", left=hari(ahead.left, chat.language), many=many(ahead.left))
        return
    choices = []
    stored = (chat.topic or {}).get("forecast")
    when = WHEN.load(stored) if stored else None
    if when is not None and when.starts is not None:
        name = title(chat, "leave.ask_days", when.starts, when.ends or when.starts)
        choices = [
            await start_choice(chat, "leave", name, **{"leave.when": stored}),
            await buttons.make(chat.phrase("leave.done_looking"), "nothing", person=chat.employee.person),
        ]
    chat.topic = None
    chat.say("leave.untaken", *choices, fate=_fate(chat, ahead))


def _fate(chat: Chat, ahead: Outlook) -> str:
    """What goes on and until when, and what is lost on which day."""
    told = []
    for quantity, until in ahead.carried:
        told.append(
            chat.phrase(
                "leave.goes_on", days=hari(quantity, chat.language), many=many(quantity), year=str(until.year),
                until=tanggal(until, chat.language, today=chat.today),
            )
        )  # fmt: skip
    for quantity, on in ahead.lapses:
        told.append(
            chat.phrase(
                "leave.is_lost", days=hari(quantity, chat.language), many=many(quantity),
                on=tanggal(on, chat.language, today=ALWAYS),
            )
        )  # fmt: skip
    return "; ".join(told)
