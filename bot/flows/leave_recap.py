"""A year of somebody's leave on one sheet: the balance with what made it, and every request with how it stands."""

import re
from functools import partial

from bot.dialog.engine import Chat, flow
from bot.flows.leave_told import movements
from bot.flows.leave_words import standing
from core import plain_pdf, settings
from core.approvals import decisions
from core.approvals.tables import Request
from core.leave import requests
from core.leave.types import ANNUAL
from core.messaging import fading, outbox
from core.messaging.messages import Enclosing
from core.phrases import tanggal

YEAR = re.compile(r"\b20\d\d\b")
MOST = 200  # requests; nobody makes more


@flow("leave_recap", brief=True)
async def send_recap(chat: Chat) -> None:
    """Send the sheet where a chat takes files, else say where it is found."""
    found = YEAR.search(chat.opening or "")
    year = min(int(found.group()), chat.today.year + 1) if found else chat.today.year
    if chat.actor.channel not in outbox.TAKES_FILES:
        chat.say("leave.recap_on_page", link=f"{settings.current().public_url}/me/leave")
        return
    asked = await _asked(chat, year)
    moved = await movements(chat, ANNUAL) if year == chat.today.year else []
    if not asked and not moved:
        chat.say("leave.recap_empty", year=str(year))
        return
    raw = plain_pdf.sheet(_blocks(chat, year, moved, [await standing(chat, one) for one in asked]))
    name = chat.phrase("leave.recap_file", year=str(year))
    goes = chat.actor.channel in fading.CHANNELS
    chat.send(
        "leave.recap" if goes else "leave.recap_stays", Enclosing(f"{name}.pdf", "application/pdf", raw), year=str(year)
    )


async def _asked(chat: Chat, year: int) -> list[Request]:
    mine = await chat.look("mine", partial(decisions.of_employee, limit=MOST), chat.employee.id)
    return [one for one in mine if one.kind == requests.KIND and await _of_year(one, year)]


async def _of_year(request: Request, year: int) -> bool:
    leave = await requests.of_request(request)
    return bool(leave.starts.year <= year <= leave.ends.year)


def _blocks(chat: Chat, year: int, moved: list[str], asked: list[str]) -> list[tuple[plain_pdf.Style, str]]:
    who = chat.employee
    blocks = [
        (plain_pdf.TITLE, chat.phrase("leave.recap_title", year=str(year))),
        (plain_pdf.LINE, " · ".join(part for part in (who.name, who.number, who.department_name or "") if part)),
        (plain_pdf.LINE, chat.phrase("leave.recap_made", on=tanggal(chat.today, chat.language, today=chat.today))),
    ]
    for head, lines in (("leave.recap_balance", moved), ("leave.recap_asked", asked)):
        if lines:
            blocks += [(plain_pdf.LINE, ""), (plain_pdf.HEAD, chat.phrase(head))]
            blocks += [(plain_pdf.LINE, one) for one in lines]
    return blocks
