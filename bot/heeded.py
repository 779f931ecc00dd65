"""What is answered before all else: danger, a script that nobody here reads, and questions about somebody else."""

from bot import stack
from bot.asking import run, say_again, start
from bot.dialog import alarm as alarms
from bot.dialog import interrupts, others
from bot.dialog.engine import Input
from bot.flows import urgent
from bot.turn import Turn
from core.people.tables import Person

MOST_LIKE = 50


async def before_all_else(turn: Turn, words: str) -> bool:
    """Whether these words were answered before any task, command or guess."""
    if (alarm := alarms.heard(words)) is not None:
        await start(turn, urgent.FLOW, answers={"alarm": alarm, "words": words})
        for one in turn.state.stack:  # nobody in danger is asked whether to go on with their leave
            one["offered"] = True
        return True
    if turn.state.flow == urgent.FLOW and interrupts.command(words) == "person":
        chat = turn.chat()
        chat.input = Input(chosen="yes", pressed=True)
        await run(turn, chat, None)
        return True
    if alarms.other_script(words):
        await say_again(turn, "dialog.other_language")
        return True
    return await _about_somebody_else(turn, words)


async def _about_somebody_else(turn: Turn, words: str) -> bool:
    """Decline kindly what somebody else's pay, health, number or reason is; what answers an open question is left."""
    if stack.is_task(turn.state) or (about := others.asked(words)) is None:
        return False
    if about.name is not None and not await _is_a_colleague(turn, about.name):
        return False
    await turn.say(f"others.{about.what}")
    return True


async def _is_a_colleague(turn: Turn, name: str) -> bool:
    """Whether somebody else of the company is called so: "gaji budi berapa" names nobody by "si" or "pak"."""
    like = Person.search.like(f"%{name}%") & (Person.id != turn.employee.person)
    some = await Person.select(Person.search).where(like).limit(MOST_LIKE)
    return any(name in one["search"].split() for one in some)
