"""The steps of a request as its asker reads them: who decided what and when, who is waited for and until when."""

from collections.abc import Sequence

from bot.dialog.engine import Chat
from core.approvals import story
from core.approvals.rules import QUORUM
from core.approvals.story import Place, Stage
from core.approvals.tables import Request
from core.phrases import saat


async def steps_of(chat: Chat, request: Request) -> Sequence[str]:
    """A line for each step of the present version that was answered, is open or is still to come."""
    told = []
    for stage in await story.stages(request):
        parts = [_answer(chat, one) for one in stage.places if one.verdict]
        parts += _to_come(chat, stage)
        if parts:
            told.append(chat.phrase("approvals.told_step", level=str(stage.level), parts="; ".join(parts)))
    return told


def _answer(chat: Chat, place: Place) -> str:
    who = _first(place.by or place.who)
    if place.by:
        who = chat.phrase("approvals.on_behalf", who=who, whom=_first(place.who))
    if place.earlier:
        return chat.phrase("approvals.told_earlier", who=who)
    at = saat(place.at, chat.employee.zone, chat.language) if place.at else ""
    return chat.phrase(f"approvals.told_{place.verdict}", who=who, at=at)


def _to_come(chat: Chat, stage: Stage) -> Sequence[str]:
    if stage.state == "waiting":
        who = ", ".join(_first(one.who) for one in stage.places if not one.ended)
        return [chat.phrase("approvals.told_later", who=who, mode=stage.mode, needed=str(stage.needed))]
    if not stage.awaited:
        return []
    who = ", ".join(_first(one) for one in stage.awaited)
    count = []
    if stage.mode == QUORUM:  # of some, whoever is quickest: how many are still needed is what the asker wonders
        count = [
            chat.phrase("approvals.told_count", agreed=stage.agreed, sofar=str(stage.agreed), enough=str(stage.enough))
        ]
    if stage.until is None:
        return [*count, chat.phrase("approvals.told_waits", who=who)]
    at = saat(stage.until, chat.employee.zone, chat.language)
    return [*count, chat.phrase("approvals.told_waits_until", who=who, at=at)]


def _first(name: str) -> str:
    return name.split(maxsplit=1)[0]
