"""What a sentence asks for in this company's talk, and what becomes of one that was not understood."""

from collections import OrderedDict
from contextlib import AbstractContextManager
from dataclasses import replace

from bot.dialog import examples, intents, kinds
from bot.dialog.examples import Taught
from bot.dialog.intents import Guess
from bot.turn import Turn
from core import database
from core.messaging import misses
from core.people import unnamed

MOST_COMPANIES = 64
# What each company has taught, with the revision of its labels; never looked up but by the company in scope.
_taught: OrderedDict[int, tuple[str, Taught | None]] = OrderedDict()


async def guess(words: str) -> Guess:
    """What a sentence asks for, by what we know and by what the company in scope has labelled (`as_taught`)."""
    made = intents.guess(words)
    if intents.is_taught() and made.intent in (None, intents.OUT_OF_SCOPE):
        # What was taught holds no names; with them a sentence like it may not be near enough.
        again = intents.guess(await unnamed.without_names(words))
        made = again if again.score > made.score else made
    if made.intent == kinds.PERMISSION and not intents.is_taught() and not kinds.permits(words):
        # "May I bring my dog" asks to be allowed something too, and not to be away.
        rest = tuple(one for one in made.runners_up if one != kinds.PERMISSION)
        return replace(made, intent=None, runners_up=rest[:1])
    return made


async def as_taught() -> AbstractContextManager[None]:
    """A block in which every guess knows what the company in scope has labelled."""
    return intents.taught_by(await taught())


async def taught() -> Taught | None:
    """What the company in scope has taught, read again when its labels have changed; None before the first."""
    company, revision = database.company(), await misses.revision()
    kept = _taught.get(company)
    if kept is None or kept[0] != revision:
        pairs = await misses.taught()
        kept = (revision, examples.teach(pairs) if pairs else None)
        _taught[company] = kept
    _taught.move_to_end(company)
    while len(_taught) > MOST_COMPANIES:
        _taught.popitem(last=False)
    return kept[1]


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
