"""What leave somebody has had, the latest first; what is still ahead is told by "status"."""

import re
from functools import partial

from bot.dialog.engine import Chat, flow
from bot.dialog.recaps import LEAVE, NOT_MINE
from bot.flows.leave_recap import MOST, YEAR
from bot.flows.leave_words import standing, start_choice
from core.approvals import decisions
from core.approvals.kinds import APPLIED, CANCEL_REQUESTED
from core.approvals.tables import Request
from core.leave import requests
from core.leave.tables import LeaveRequest

HISTORY = re.compile(
    r"\b(?:riwayat\w*|histor\w*|(?:past|previous|earlier) (?:\w+ ){0,2}(?:leaves?|time off))\b", re.IGNORECASE
)
TAKEN = (APPLIED, CANCEL_REQUESTED)  # a wish to call leave off changes nothing before it is agreed to
SHOWN = 8


def wanted(sentence: str) -> bool:
    """Whether somebody asks for the leave they have had."""
    return bool(HISTORY.search(sentence) and LEAVE.search(sentence)) and not NOT_MINE.search(sentence)


@flow("leave_history", brief=True)
async def tell_history(chat: Chat) -> None:
    """Leave that has begun or is over, of a year where one is named."""
    named = YEAR.search(chat.opening or "")
    year = int(named.group()) if named else None
    had = await _had(chat, year)
    ahead = await start_choice(chat, "status", chat.phrase("leave.see_status"))
    if not had:
        chat.say("leave.history_none", ahead, year=str(year) if year else "none")
        return
    lines = [await standing(chat, one) for one in had[:SHOWN]]
    if len(had) > SHOWN:
        lines.append(chat.phrase("leave.history_more", number=str(len(had) - SHOWN)))
    chat.say("leave.history", ahead, lines="\n".join(lines))


async def _had(chat: Chat, year: int | None) -> list[Request]:
    mine = await chat.look("mine", partial(decisions.of_employee, limit=MOST), chat.employee.id)
    taken = {one.subject: one for one in mine if one.kind == requests.KIND and one.state in TAKEN}
    begun = (LeaveRequest.id.is_in(list(taken) or [0])) & (LeaveRequest.starts <= chat.today)
    rows = await LeaveRequest.objects().where(begun).order_by(LeaveRequest.starts, LeaveRequest.id, ascending=False)
    return [taken[one.id] for one in rows if year is None or one.starts.year <= year <= one.ends.year]
