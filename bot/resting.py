"""What was begun and not finished: it rests after a day without an answer, and "lanjut" goes on with it for a week."""

import re
from datetime import datetime, timedelta
from typing import Any

from bot.asking import ask, cancel, chat_of, run
from bot.dialog import interrupts, parsers
from bot.dialog.engine import FLOWS, Chat, Input, Option, Question
from bot.turn import State, Turn
from core import clock

REST_AFTER, KEPT = timedelta(hours=24), timedelta(days=7)
RESTED = "rested"  # stands in place of a flow's name while we ask whether to go on


def let_rest(state: State) -> None:
    """Put an open question aside that nobody has answered for a day; forget what was put aside a week ago."""
    now = clock.now()
    if state.kept is not None and now - datetime.fromisoformat(state.kept["at"]) > KEPT:
        state.kept = None
    if state.asked_at is None or now - datetime.fromisoformat(state.asked_at) <= REST_AFTER:
        return
    flow = FLOWS.get(state.flow or "")
    if state.asked is not None and flow is not None and flow.kept is not None:
        age = now - datetime.fromisoformat(state.asked_at)
        kept = {"flow": state.flow, "answers": state.answers, "asked": state.asked, "at": state.asked_at}
        state.kept = kept if age <= KEPT else None
    state.rest()


async def offer(turn: Turn) -> bool:
    """Ask whether to go on with what rests; False where nothing does."""
    state = turn.state
    if state.kept is None:
        return False
    flow, chat = FLOWS[state.kept["flow"]], _chat(turn, state.kept)
    assert flow.kept is not None
    kept = await flow.kept(chat)
    state.rest()
    state.flow = RESTED
    options = [Option("go_on", turn.phrase("dialog.go_on")), Option("drop", turn.phrase("dialog.discard"))]
    if flow.changed:
        options.insert(1, Option("change", kept.change))
    await ask(turn, Question("dialog.go_on_with", kept.text, tuple(options)))
    return True


async def answered(turn: Turn, words: str) -> bool:
    """Go on, change, or drop as these words say; what stands after them answers the question that rested."""
    head, _, rest = re.sub(r"\s*[,;\n]\s*", "\0", words, count=1).partition("\0")
    command = interrupts.command(head)
    number = parsers.choose(head, [one[1] for one in turn.state.options])
    if command in ("discard", "cancel"):
        await chosen(turn, "drop")
    elif number is not None:
        await chosen(turn, turn.state.options[number][0], rest=rest)
    elif command == "continue" or parsers.yes_no(head):
        await chosen(turn, "go_on", rest=rest)
    elif parsers.yes_no(head) is False:
        await chosen(turn, "drop")
    else:
        return False
    return True


async def chosen(turn: Turn, choice: str, rest: str = "") -> None:
    """Go on with what rested, with other answers, or drop it."""
    state = turn.state
    kept, state.kept = state.kept, None
    state.rest()
    if kept is None:
        await cancel(turn)
        return
    state.flow, state.answers = kept["flow"], dict(kept["answers"])
    if choice == "drop":
        await drop(turn)
        return
    if choice == "change":
        for key in FLOWS[kept["flow"]].changed:
            state.answers.pop(key, None)
    chat = chat_of(turn)
    if choice == "go_on" and rest:
        chat.asked, chat.input = kept["asked"], Input(words=rest)
    await run(turn, chat, rest or None)


async def drop(turn: Turn) -> None:
    """Forget what rested, and say that nothing was sent."""
    state = turn.state
    if state.kept is not None:
        state.flow, state.answers, state.kept = state.kept["flow"], dict(state.kept["answers"]), None
    await cancel(turn)


def _chat(turn: Turn, kept: dict[str, Any]) -> Chat:
    chat = chat_of(turn)
    chat.answers, chat.asked = dict(kept["answers"]), None
    return chat
