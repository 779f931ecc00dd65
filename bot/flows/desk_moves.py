"""Whether a question of one's own may go to the operator's desk: yes or no, by the buttons under the words shown."""

from bot.dialog.engine import Chat, flow
from core.helpdesk import moving


@flow(moving.YES, brief=True)
async def it_may(chat: Chat) -> None:
    """The words that were shown go to the operator."""
    row = await chat.look("move", moving.of_public, chat.answers.get("move") or "", chat.employee.person)
    if row is None or row.state != moving.ASKED:
        chat.say("moves.over")
        return
    await moving.agree(row, by=chat.actor)
    chat.say("moves.sent")


@flow(moving.NO, brief=True)
async def it_may_not(chat: Chat) -> None:
    """Nothing goes; the company's own desk goes on."""
    row = await chat.look("move", moving.of_public, chat.answers.get("move") or "", chat.employee.person)
    if row is None or row.state != moving.ASKED:
        chat.say("moves.over")
        return
    await moving.decline(row, by=chat.actor)
    chat.say("moves.stays")
