"""Deciding: what a press on a card does, and the reason that a rejection needs."""

from bot.dialog.engine import Chat, flow
from bot.flows.readers import WORDS
from core.approvals import decisions
from core.approvals.kinds import DESCRIBES, REJECT
from core.approvals.tables import Request
from core.errors import Refused
from core.people import directory


async def nothing_decided(chat: Chat) -> str:
    """What is said when a rejection is dropped before its reason was given."""
    return chat.phrase("approvals.still_open")


@flow("reject", cancelled=nothing_decided)
async def reject(chat: Chat) -> None:
    """Ask why, and reject with that reason."""
    request = await Request.objects().where(Request.id == int(chat.answers["request"])).first()
    if request is None:
        raise Refused("approvals.not_yours")
    asker = await directory.employee(request.employment)
    reason = await chat.ask("approvals.why", WORDS, name=asker.first_name)
    version = int(chat.answers["version"])
    await decisions.decide(
        request, REJECT, reason=reason, person=chat.employee.person, version=version, channel=chat.actor.channel
    )
    chat.say("approvals.rejected_ack", number=request.number)


@flow("waiting")
async def what_waits(chat: Chat) -> None:
    """What this person is to decide."""
    requests = await decisions.waiting_for(chat.employee.person)
    if not requests:
        chat.say("approvals.nothing_waits")
        return
    lines = []
    for request in requests[:6]:
        told = await DESCRIBES[request.kind](request, chat.language)
        lines.append(f"{request.number} {told.title}: {told.what}")
    chat.say("approvals.these_wait", count=str(len(requests)), lines="\n".join(lines), example=requests[0].number)
