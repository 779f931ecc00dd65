"""That no paid day is there for a brother's wedding and the like is said at once, and what can be taken instead."""

from bot.dialog import family
from bot.dialog.engine import Chat, Option
from bot.flows.readers import ReasonReader
from core.leave import types
from core.leave.types import ANNUAL, Kind

UNPAID, HOUSEHOLD = "unpaid", "bereavement_household"


class EventReader(ReasonReader):
    """The event of the family that a sentence names, where nothing is paid for it."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        return family.unpaid_event(sentence)


EVENT = EventReader()


def say_first(chat: Chat, kind: Kind) -> None:
    """Have the first question of this task begin with it."""
    event = chat.note("family", EVENT)
    if event is not None and kind.code == ANNUAL:
        chat.first_words = chat.phrase("leave.family_no_day", event=event) + " "


async def instead(chat: Chat, kind: Kind) -> list[Option]:
    """The other ways to be away for it, where the company has them."""
    event = chat.answers.get("family")
    if event is None or kind.code != ANNUAL:
        return []
    offered = {one.code for one in await chat.look("offered", types.offered, chat.employee)}
    codes = [code for code in (HOUSEHOLD, UNPAID) if code in offered and (code == UNPAID or event == "death")]
    return [Option(code, chat.phrase(f"leave.family_{code}")) for code in codes]


def taken(chat: Chat, answer: str) -> bool:
    """Whether one of them was chosen; then the task goes on with it."""
    if answer not in (UNPAID, HOUSEHOLD):
        return False
    for key in ("leave.confirm", "leave.clash", "leave.not_enough"):
        chat.answers.pop(key, None)
    chat.answers["leave_type"] = answer
    chat.forget_what_hangs_on("leave_type")  # what was looked up for annual leave is looked up anew
    return True
