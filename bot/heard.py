"""What a sentence asks for in this company's talk, and what becomes of one that was not understood."""

from bot.dialog.intents import Guess
from bot.turn import Turn
from core.messaging import misses


async def missed(turn: Turn, words: str, why: str, guess: Guess | None = None) -> str:
    """Keep a sentence that was not understood, for an administrator to label; returns its address."""
    near = () if guess is None else ((guess.intent,) if guess.intent else ()) + guess.runners_up
    turn.state.heard = None  # it is kept now: a person who is asked for next changes nothing
    return await misses.keep(
        words,
        person=turn.employee.person,
        language=turn.language,
        why=why,
        guessed=[one for one in near if one],
    )


async def asked_for_a_person(turn: Turn) -> None:
    """Somebody asks for a person: what they said just before was answered, but not what they wanted."""
    before = turn.state.heard
    if before is not None:
        guess = Guess(before[1], 1.0, ())
        await missed(turn, before[0], misses.PERSON, guess)
