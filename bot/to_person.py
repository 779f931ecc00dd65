"""From the talk to a person: who in HR can be asked, and a question handed to the desk with what was said so far."""

from typing import Any

from bot import stack
from bot.asking import start
from bot.turn import Turn
from core.approvals import chains
from core.messaging import buttons
from core.messaging.messages import Choice
from core.people.names import told_apart


async def person(turn: Turn, key: str, *, about: str | None = None) -> None:
    """Say who in HR can be asked; with what it is about, that can be sent to the desk with one press."""
    names = told_apart([one.name for one in await chains.administrators() if one.person != turn.employee.person])
    told = turn.phrase(key if names else f"{key}_unnamed", names=", ".join(names))
    choices: tuple[Choice, ...] = ()
    if about is not None:
        answers = {"tickets.what": about, **_failed(turn)}
        choices = (
            await buttons.make(
                turn.phrase("tickets.ask_desk"), "start", person=turn.employee.person, flow="ticket", answers=answers
            ),
        )
    await turn.post(key if names else f"{key}_unnamed", told, choices)


async def to_desk(turn: Turn, words: str | None = None) -> None:
    """Hand over to a person: what was open goes with it, and can be gone on with afterwards."""
    await start(turn, "ticket", opening=words, answers=_failed(turn))


def _failed(turn: Turn) -> dict[str, Any]:
    """What the talk had come to, for whoever takes it over."""
    state = turn.state
    if not stack.is_task(state):
        return {}
    return {"from": {"flow": state.flow, "asked": state.asked, "answers": state.answers, "misses": state.misses}}
