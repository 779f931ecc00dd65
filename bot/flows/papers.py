"""A file that came alone: what it is for, as far as something waits for one; and throwing it away."""

from bot.dialog.engine import Chat, flow
from core import clock
from core.errors import Refused
from core.messaging import attachments, buttons
from core.phrases import tanggal


@flow("paper", reopens=False)
async def sort_paper(chat: Chat) -> None:
    """Say what a file that came may be for."""
    number = int(chat.answers["paper"])
    if not await attachments.waiting(number, chat.employee.person):
        raise Refused("files.gone")
    until = clock.local(chat.now + attachments.WAITS, chat.employee.zone).date()
    drop = await buttons.make(
        chat.phrase("files.drop"), "start", person=chat.employee.person, flow="drop_paper", answers={"paper": number}
    )
    chat.say("files.unplaced", drop, until=tanggal(until, chat.language, today=chat.today))


@flow("drop_paper", reopens=False)
async def drop_paper(chat: Chat) -> None:
    """Remove a file that is for nothing."""
    await attachments.discard(int(chat.answers["paper"]), chat.employee.person)
    chat.say("files.dropped")
