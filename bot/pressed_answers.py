"""What is pressed below an answer from an article, or below the articles that were offered."""

from typing import Any

from bot.asking import start
from bot.sought import FLOW
from bot.turn import Turn
from core.knowledge import asked, search

ANSWERED = {"question_helped": True, "ticket": False}  # where a question hangs on the button


async def say_whether(turn: Turn, value: dict[str, Any]) -> None:
    """Note whether an answer was what was asked: a press on "yes" or on "not yet" says so."""
    log = value["answers"].get("log")
    if log is not None and value["flow"] in ANSWERED:
        await asked.confirm(str(log), ANSWERED[value["flow"]], person=turn.employee.person)


async def article(turn: Turn, name: str) -> None:
    """Answer with the article that was chosen of those offered."""
    sentence = str(turn.state.answers.get("sentence") or name)
    log = turn.state.answers.get("log")
    if log is None:
        log = await asked.keep(
            sentence, person=turn.employee.person, language=turn.language, place=asked.CHAT, outcome=search.CHOICES,
            article=name,
        )  # fmt: skip
    else:
        await asked.chose(str(log), name, person=turn.employee.person)
    await start(turn, FLOW, opening=sentence, answers={"article": name, "words": sentence, "log": log})


async def none_of_them(turn: Turn) -> None:
    """It was none of the articles offered: the words go to the desk."""
    log, sentence = str(turn.state.answers.get("log")), turn.state.answers.get("sentence")
    await asked.confirm(log, False, person=turn.employee.person)
    await start(turn, "ticket", answers={"tickets.what": sentence})
