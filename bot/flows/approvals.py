"""Deciding: what a press on a card does, and the reason that a rejection or a wish for a change needs."""

from bot.dialog.engine import Chat, Reply, flow
from bot.flows.readers import WORDS
from core.approvals import decisions, delegations, kinds, objections, steps, waiting
from core.approvals.kinds import CHANGE, REJECT
from core.approvals.tables import Delegation, Request
from core.errors import Refused
from core.messaging import buttons
from core.people import directory

MOST_LINES, MOST_CARDS = 6, 5


async def nothing_decided(chat: Chat) -> str:
    """What is said when a rejection is dropped before its reason was given."""
    return chat.phrase("approvals.still_open")


@flow("reject", cancelled=nothing_decided)
async def reject(chat: Chat) -> None:
    """Ask why, and reject with that reason."""
    request = await _asked(chat)
    asker = await chat.look("asker", directory.employee, request.employment)
    reason = await chat.ask("approvals.why", WORDS, name=asker.first_name)
    await _decide(chat, request, REJECT, reason)
    chat.say("approvals.rejected_ack", number=request.number)


@flow("change", cancelled=nothing_decided)
async def send_back(chat: Chat) -> None:
    """Ask what should be changed, and send it back with that."""
    request = await _asked(chat)
    asker = await chat.look("asker", directory.employee, request.employment)
    reason = await chat.ask("approvals.why_change", WORDS, name=asker.first_name)
    await _decide(chat, request, CHANGE, reason)
    chat.say("approvals.changed_ack", number=request.number)


@flow("object", reopens=False)
async def object_to(chat: Chat) -> None:
    """Ask why, and wish that what another approved be called off."""
    request = await _asked(chat)
    asker = await chat.look("asker", directory.employee, request.employment)
    reason = await chat.ask("approvals.why_object", WORDS, name=asker.first_name)
    await objections.wish(request, person=chat.employee.person, reason=reason or "", channel=chat.actor.channel)
    chat.say("approvals.objected_ack", number=request.number, name=asker.first_name)


@flow("leave_decided", reopens=False, brief=True)
async def leave_decided(chat: Chat) -> None:
    """Leave what another decided as it is."""
    chat.say("approvals.left_decided", number=(await _asked(chat)).number)


async def _asked(chat: Chat) -> Request:
    request = await Request.objects().where(Request.id == int(chat.answers["request"])).first()
    if request is None:
        raise Refused("approvals.not_yours")
    return request


async def _decide(chat: Chat, request: Request, verdict: str, reason: str | None) -> None:
    version = int(chat.answers["version"])
    await decisions.decide(
        request, verdict, reason=reason, person=chat.employee.person, version=version, channel=chat.actor.channel
    )


@flow("waiting", brief=True)
async def what_waits(chat: Chat) -> None:
    """What this person is to decide, and in whose place they are asked to decide."""
    person = chat.employee.person
    requests = await waiting.longest(person, MOST_LINES)
    offered = await delegations.unanswered(person)
    if not requests and not offered:
        chat.say("approvals.nothing_waits")
        return
    if not requests:
        chat.replies.append(await _offer(offered[0], chat.language))
        return
    told = await kinds.described(requests, chat.language)
    lines = [f"{one.number} {told[one.id].title}: {told[one.id].what}" for one in requests]
    cards = [
        await buttons.make(one.number, "start", person=person, flow="card", answers={"request": one.id})
        for one in requests[:MOST_CARDS]
    ]
    if offered:
        lines.append(
            chat.phrase("approvals.offer_waits", who=(await directory.person_name(offered[0].giver)).split()[0])
        )
        cards.append(
            await buttons.make(chat.phrase("approvals.see_offer"), "start", person=person, flow="offered", answers={})
        )
    chat.say(
        "approvals.these_wait",
        *cards,
        count=str(await waiting.count_for(person)),
        lines="\n".join(lines),
        example=requests[0].number,
    )


@flow("offered", reopens=False, brief=True)
async def show_offered(chat: Chat) -> None:
    """Ask again whether this person decides in another's place."""
    offered = await delegations.unanswered(chat.employee.person)
    if offered:
        chat.replies.append(await _offer(offered[0], chat.language))
    else:
        chat.say("approvals.delegate_ended")


async def _offer(offered: Delegation, language: str) -> Reply:
    giver = await directory.of_person(offered.giver)
    if giver is None:
        raise Refused("approvals.delegate_ended")
    return Reply(delegations.OFFERED, *await delegations.question(offered, giver, language))


@flow("card", reopens=False, brief=True)
async def show_card(chat: Chat) -> None:
    """Put the card of one that waits before this person again, with its buttons."""
    request = await _asked(chat)
    person = chat.employee.person
    if not await waiting.among(person, [request.id]):
        raise await decisions.too_late(request, person, request.version)
    await steps.show_again(request.id, person, mark=f":{chat.now.timestamp()}")
    chat.say("approvals.here_it_is", number=request.number)
