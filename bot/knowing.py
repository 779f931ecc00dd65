"""Answers from the articles in the talk: at once where one is surely meant, else two or three choices, else none."""

from bot import pieces, presses, sought
from bot.asking import BY_INTENT, ask, start
from bot.dialog import alarm as alarms
from bot.dialog import intents
from bot.dialog.engine import Option, Question
from bot.dialog.intents import Guess
from bot.flows import privacy_words
from bot.sought import FLOW, Sought
from bot.turn import OPEN_MENU, Turn
from core.knowledge import search
from core.messaging import buttons

MOST_OFFERED = 3


async def instead(turn: Turn, words: str, guess: Guess) -> bool:
    """Whether an article answered what would have begun a flow: how long a leave is, not how much of it is left."""
    if guess.intent == "ticket_new" and intents.is_question(words):
        answers = await sought.answered(turn, words, guess)
    elif sought.may_come_before(guess, words):
        found = await sought.seek(turn, words, guess)
        one = found.sure
        comes = one is not None and guess.intent in one.before
        answers = await sought.begun(turn, words, found, one) if one is not None and comes else None
    else:
        return False
    if answers is not None:
        await start(turn, FLOW, opening=words, answers=answers)
    return answers is not None


async def about_rights(turn: Turn, words: str, guess: Guess) -> bool:
    """Whether it asks about the rights over personal data rather than for one of them, and an article said it."""
    asks = guess.intent == "privacy_request" and privacy_words.kind_of(words) is None and intents.is_question(words)
    return asks and await answer(turn, words, guess)


async def answer(turn: Turn, words: str, guess: Guess) -> bool:
    """Whether the articles answered this, or offered what it may be; else nothing was said."""
    if turn.may_wait and pieces.is_part(words):
        raise pieces.Incomplete
    if alarms.angry(words):
        return False
    if (more := await sought.goes_on(turn, words)) is not None:
        await start(turn, FLOW, opening=words, answers=more)
        return True
    found = await sought.seek(turn, words, guess)
    wavers = guess.intent is None and len(guess.runners_up) > 1
    if (one := found.sure) is not None and not (wavers and found.vague):
        await start(turn, FLOW, opening=words, answers=await sought.begun(turn, words, found, one))
        return True
    near = found.near
    if wavers or guess.intent == "smalltalk" or (not near and guess.intent is None):
        return False  # of several things we do the talk itself asks which
    log = await sought.kept(turn, words, found, None)
    if not near:
        return False
    await _offer(turn, words, found, log)
    return True


async def ways(turn: Turn, words: str, guess: Guess) -> list[Option]:
    """What a sentence may ask for that asks for several things alike: what is done here, and what articles answer."""
    found = await sought.seek(turn, words, guess)
    options = []
    for intent in guess.runners_up:
        one = found.of_intent(intent)
        if intent in BY_INTENT:
            options.append(Option(BY_INTENT[intent], turn.phrase(f"dialog.topic_{intent}")))
        elif one is not None:
            options.append(Option(f"{FLOW}:{one.id}", buttons.fitting(one.label)))
    return options[:MOST_OFFERED]


async def _offer(turn: Turn, words: str, found: Sought, log: str) -> None:
    """Two or three that may be meant; where none was surely near, that it is none of them goes to the desk."""
    thin = found.found.hits[0].score >= search.SURE
    near = found.near[: MOST_OFFERED if thin else MOST_OFFERED - 1]
    options = [Option(f"{FLOW}:{one.id}", buttons.fitting(one.label)) for one in near]
    if not thin or len(near) == 1:
        options.append(Option(presses.NEITHER, turn.phrase("dialog.not_that")))
    state = turn.state
    state.rest()
    state.flow, state.answers = OPEN_MENU, {"sentence": words, "log": log, "desk": True}
    key = "questions.which" if thin else "questions.not_found"
    await ask(turn, Question(key, turn.phrase(key), tuple(options)))
