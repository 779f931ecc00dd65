"""Going on with what was put aside, with other answers, or dropping it."""

import re

from bot import stack
from bot.asking import ask, cancel, resume, run
from bot.dialog import interrupts, parsers
from bot.dialog.engine import FLOWS, Input
from bot.stack import RESTED
from bot.turn import Turn


async def offer(turn: Turn) -> bool:
    """Go on with what was put aside last, asked first where that is long ago; False where nothing was."""
    state = turn.state
    if not state.stack:
        return False
    entry = state.stack[-1]
    if stack.is_fresh(entry):
        await chosen(turn, "go_on")
        return True
    asked = await stack.question(turn, entry)
    state.rest()
    state.flow = RESTED
    await ask(turn, asked)
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
    """Go on with what was put aside last, with other answers, or drop it; its rules are looked at again."""
    state = turn.state
    state.rest()
    if not state.stack:
        await cancel(turn)
        return
    if choice == "drop":
        await drop(turn)
        return
    entry = state.stack.pop()
    state.flow, state.answers = entry["flow"], dict(entry["answers"])
    state.began = entry.get("began", state.turn + 1)
    if choice == "change":
        for key in FLOWS[entry["flow"]].changed:
            state.answers.pop(key, None)
    if choice == "go_on" and rest:
        chat = turn.chat()
        chat.asked, chat.input = entry["asked"], Input(words=rest)
        await run(turn, chat, rest)
        return
    await resume(turn)


async def drop(turn: Turn) -> None:
    """Forget what was put aside last, and say that nothing was sent."""
    state = turn.state
    state.rest()
    if state.stack:
        entry = state.stack.pop()
        state.flow, state.answers = entry["flow"], dict(entry["answers"])
    await cancel(turn)
