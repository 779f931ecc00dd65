"""Ending the link of a chat account, by the one whom it speaks for."""

from bot.dialog.engine import Chat, Option, flow
from bot.flows.readers import CONFIRM
from core.errors import Refused
from core.people import identities

INSIDE = ("web", "console")


@flow("unlink")
async def unlink(chat: Chat) -> None:
    """Let this chat account speak for nobody any more."""
    if chat.actor.channel in INSIDE:
        raise Refused("linking.web_needs_no_link")
    answer = await chat.ask(
        "linking.unlink", CONFIRM,
        options=[Option("yes", chat.phrase("linking.yes_unlink")), Option("no", chat.phrase("linking.no_unlink"))],
    )  # fmt: skip
    if answer == "no":
        chat.say("linking.still_linked")
        return
    await identities.unlink(chat.employee.person, chat.actor.channel, actor=chat.actor)
    chat.say("linking.unlinked_now")
