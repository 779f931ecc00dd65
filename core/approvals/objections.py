"""Too late to decide, and of another mind: one who was asked too may wish that what another approved be called off."""

from core import audit, clock, database
from core.approvals import cards, history, kinds, story
from core.approvals.kinds import APPLIED, verdict_of
from core.approvals.settling import first_name, held
from core.approvals.tables import Request, RequestEvent
from core.audit import Actor
from core.errors import Refused
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.people import directory
from core.phrases import one_line, phrase

LONGEST = 500


def may(request: Request) -> bool:
    """Whether it is in effect, has not begun, and its asker could call it off in the chat."""
    ahead = request.begins is not None and request.begins > clock.now()
    return request.state == APPLIED and ahead and request.kind in kinds.CANCELS


async def wish(request: Request, *, person: int, reason: str, channel: str) -> None:
    """Ask the one who asked to call it off, with a reason that they and the one who approved it read; undoes nothing.

    Refuses whoever was not asked to decide it, a second wish of the same person, and what has begun or is undone.
    """
    async with database.transaction(request.company):
        fresh = await held(request)
        asker = await directory.employee(fresh.employment)
        if asker.person == person or not await story.was_asked(fresh, person):
            raise Refused("approvals.not_yours")
        if not may(fresh) or await _wished(fresh, person):
            raise Refused("approvals.over_already", number=fresh.number)
        words = one_line(reason)
        if not words:
            raise Refused("approvals.reason_needed")
        if len(words) > LONGEST:
            raise Refused("approvals.reason_too_long", most=LONGEST)
        await history.note(fresh, history.OBJECTED, person=person, channel=channel, words=words)
        who, given = await first_name(person), await verdict_of(fresh)
        await _ask(fresh, asker, person, words)
        if given is not None and given.person != person:
            await cards.tell(
                given.person, fresh, "approvals.objected_decider", mark=f"objected{person}", who=who, reason=words
            )
        audit.record(
            "request.objected", f"request:{fresh.id}", by=Actor(f"person:{person}", channel), number=fresh.number
        )


async def _wished(request: Request, person: int) -> bool:
    return bool(
        await RequestEvent.exists().where(
            (RequestEvent.request == request.id) & (RequestEvent.version == request.version)
            & (RequestEvent.what == history.OBJECTED) & (RequestEvent.person == person)
        )
    )  # fmt: skip


async def _ask(request: Request, asker: directory.Employee, whose: int, words: str) -> None:
    language = asker.language
    told = (await kinds.described([request], language))[request.id]
    flow, key = kinds.CANCELS[request.kind]
    choice = await buttons.make(
        phrase("approvals.call_it_off", language), "start", person=asker.person, flow=flow,
        answers={key: request.number},
    )  # fmt: skip
    text = phrase(
        "approvals.objected_asker", language, who=await first_name(whose), number=request.number, what=told.what,
        reason=words,
    )  # fmt: skip
    await outbox.post(
        await outbox.address_of(asker.person), Message("approvals.objected_asker", text, (choice,), language=language),
        dedupe=f"objected:{request.id}:{request.version}:{whose}",
    )  # fmt: skip
