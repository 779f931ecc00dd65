"""One turn of the talk with an employee: commands first, then the open question, then what a new sentence asks for."""

from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from bot import erasing, heard, heeded, knowing, last_said, pieces, presses, resting, stack
from bot.asking import (
    ASK_DAYS,
    BY_INTENT,
    ask,
    back,
    cancel,
    in_figures,
    in_place,
    menu,
    resume,
    run,
    said_yes_again,
    say_again,
    start,
    told_between,
    why,
)
from bot.dialog import alarm as alarms
from bot.dialog import glued, intents, interrupts, kinds, parsers, recaps
from bot.dialog.engine import FLOWS, Input, Option, Question
from bot.flows import disputes, ideas, leave_history, leave_kinds, leave_words, misuse, nights, privacy_words, training
from bot.flows import tickets as desk
from bot.to_person import person, to_desk
from bot.turn import OPEN_MENU, Turn
from core.errors import Refused
from core.messaging import inbox
from core.messaging.messages import HAPPENED
from core.messaging.misses import OFFERED, UNHEARD
from core.people import answering, identities
from core.people.tables import Person
from core.phrases import refused

MOST_WORDS = 4000


async def step(turn: Turn) -> None:
    """Answer one message; all that it changes is in the open transaction."""
    with nullcontext() if turn.incoming.token else await heard.as_taught():
        await _step(turn)


async def _step(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.kind not in ("edited", *HAPPENED):
        stack.let_rest(turn.state)
    if incoming.kind == "blocked":
        await identities.shut(incoming.channel, incoming.account, incoming.sender)
    elif incoming.kind in HAPPENED:
        return  # that the chat is open again was noted when the message was taken
    elif incoming.kind == "edited":
        await _edited(turn)
    elif incoming.kind == "opened":
        await menu(turn, "dialog.menu")
    elif incoming.kind == "submission":
        await presses.submitted(turn)
    elif incoming.token is not None:
        await presses.pressed(turn, incoming.token)
    elif incoming.kind == "file":
        await _sent(turn)
    elif incoming.kind in ("voice", "location"):
        await say_again(turn, f"dialog.no_{incoming.kind}")
    elif incoming.kind == "contact":
        await turn.post("linking.already", turn.phrase("linking.already"), contact="")
    elif incoming.kind == "sticker" or _only_signs(incoming.words):
        if turn.state.asked is not None and turn.state.flow in FLOWS:  # alone it says nothing that needs an answer
            await say_again(turn, "dialog.only_text")
    elif incoming.kind == "unsupported" or not (incoming.words or "").strip():
        await say_again(turn, "dialog.only_text")
    else:
        await _wrote(turn, (incoming.words or "").strip()[:MOST_WORDS])


async def _edited(turn: Turn) -> None:
    """What was answered stays answered, so that nothing sent changes unseen; a correction is written anew."""
    words = (turn.incoming.words or "").strip()
    if words and words != (await inbox.as_it_was(turn.incoming, before=turn.inbound) or "").strip():
        await say_again(turn, "dialog.edited", text=turn.phrase("dialog.edited"))


async def _wrote(turn: Turn, words: str) -> None:
    state = turn.state
    if turn.numbers:
        words = await presses.by_digit(turn, words)
    words = glued.apart(words)
    if await heeded.before_all_else(turn, words) or await erasing.asked(turn, words):
        return
    command = interrupts.command(words)
    if turn.may_wait and command is None and pieces.hangs(words):
        raise pieces.Incomplete
    if command and command.startswith("language"):
        other = "en" if turn.language == "id" else "id"
        await _switch(turn, command.partition(":")[2] or other)
        return
    if command in ("numbers", "buttons"):
        await _count(turn, command == "numbers")
        return
    written = interrupts.language_of(words)
    switches = state.flow not in FLOWS or interrupts.whole_sentence(words)
    if written is not None and written != turn.language and switches:
        await _remember_language(turn, written)
    if state.flow not in (*FLOWS, stack.RESTED) and await _rested(turn, command):
        return
    if command is not None and await _obey(turn, command):
        return
    if state.asked is not None:
        await _answered(turn, words)
    else:
        await _new(turn, words)


async def _sent(turn: Turn) -> None:
    """A file came: what is written beside it is answered as ever; alone it is asked what it is for."""
    words = (turn.incoming.words or "").strip()[:MOST_WORDS]
    if isinstance(turn.paper, Refused):
        await say_again(turn, turn.paper.key, text=refused(turn.paper, turn.language, turn.employee.zone))
    elif turn.state.asked is not None and turn.state.flow in FLOWS:
        if words:
            await _wrote(turn, words)
        else:
            await say_again(turn, "files.kept_for_now")
    elif words and (await heard.guess(words)).intent in BY_INTENT:
        await _wrote(turn, words)
    else:
        await start(turn, "paper", answers={"paper": turn.paper})


async def _rested(turn: Turn, command: str | None) -> bool:
    """Whether this is about what rests; then it was answered."""
    if command == "continue":
        return await resting.offer(turn)
    if command in ("discard", "cancel") and turn.state.stack:
        await resting.drop(turn)
        return True
    return False


async def _obey(turn: Turn, command: str) -> bool:
    """Do what a word asks that always works; False where the open question should hear it."""
    state = turn.state
    open_ = stack.is_task(state)
    if command in ("cancel", "discard") and state.flow != stack.RESTED:
        await cancel(turn)
    elif command == "menu" or (command == "back" and not open_):
        await menu(turn, "dialog.menu")
    elif command == "back":
        await back(turn)
    elif command == "person":
        await heard.asked_for_a_person(turn)
        await to_desk(turn)
    elif command == "why":
        if not await why(turn):
            spoken = (state.topic or {}).get("ticket")
            await in_place(turn, *(("explain",) if spoken is None else ("ticket_why", None, {"ticket": spoken})))
    elif open_:
        return await _obey_amid(turn, command)
    elif command == "help":
        await menu(turn, "dialog.help")
    elif command == "repeat":
        await presses.repeat(turn)
    elif command in ("skip", "lock"):
        await turn.say("dialog.locked" if command == "lock" else "dialog.nothing_to_skip")
    elif command == "continue" and state.flow != stack.RESTED and not await said_yes_again(turn):
        await menu(turn, "dialog.nothing_rests")
    else:
        return state.flow != stack.RESTED
    return True


async def _obey_amid(turn: Turn, command: str) -> bool:
    """The words that mean something else while a question is open; False where they answer it."""
    state = turn.state
    if command == "help":
        await told_between(turn, turn.phrase("dialog.help_open"))
    elif command == "lock":
        await told_between(turn, turn.phrase("dialog.locked"))
    elif command == "repeat":
        await ask(turn, Question(state.asked or "", state.text, tuple(Option(*one) for one in state.options)))
    elif command == "continue" and not any(value == "yes" for value, _ in state.options):
        await resume(turn)
    else:
        return False
    return True


async def _answered(turn: Turn, words: str) -> None:
    """The words are for the open question, unless they do not fit it and ask for something else."""
    state, chat = turn.state, turn.chat()
    flow = FLOWS.get(state.flow or "")
    if flow is not None and flow.aside is not None and (told := await flow.aside(chat, words)) is not None:
        await told_between(turn, told)
        return
    if await why(turn, words):
        return
    if flow is not None and (recaps.sent_for(words) or training.amid(words)):
        await start(turn, "training" if training.amid(words) else "leave_recap", opening=words)
        return
    if leave_history.wanted(words):
        await start(turn, "leave_history", opening=words)
        return
    chat.input = Input(words=await in_figures(turn, words) if state.asked in ASK_DAYS else words)
    if state.flow == stack.RESTED:
        if not await resting.answered(turn, words):
            state.rest()
            await _new(turn, words)
        return
    if state.flow == OPEN_MENU:
        number = parsers.choose(words, [one[1] for one in state.options])
        if number is not None:
            await presses.picked(turn, state.options[number][0])
            return
        misses = state.misses
        state.rest()
        state.misses = misses  # a menu that was offered after a miss does not make the next one the first
        await _new(turn, words)
        return
    if not await run(turn, chat, words):
        await _new(turn, words)


async def _new(turn: Turn, words: str) -> None:
    state = turn.state
    misses, state.misses = state.misses, 0
    if await _of_a_ticket(turn, words):
        return
    if (wish := ideas.about(words)) is not None:
        await start(turn, wish[0], opening=words, answers=wish[1])
        return
    if (name := _named(words)) is not None:
        await start(turn, name, opening=words)
        return
    hello = interrupts.greeting(words)
    guess = await heard.guess(words)
    elsewhere = guess.intent in BY_INTENT
    if await presses.by_number(turn, words) or await presses.by_title(turn, words, only_exactly=elsewhere):
        return
    if await presses.by_verdict(turn, words):
        return
    if guess.intent not in BY_INTENT and hello is None and parsers.yes_no(words) is not None:
        if not await said_yes_again(turn):
            await menu(turn, "dialog.menu")
        return
    turn.trace.passed("intent", intent=guess.intent)
    if hello is None and (
        await knowing.instead(turn, words, guess) or await knowing.about_rights(turn, words, guess)
    ):  # fmt: skip
        return
    dated = await in_figures(turn, words)
    if hello is not None and (guess.intent is None or guess.intent == "smalltalk"):
        await menu(turn, "dialog.salam" if hello == "salam" else "dialog.hello")
    elif recaps.wanted(words):
        await start(turn, "leave_recap", opening=words)
    elif leave_history.wanted(words):
        await start(turn, "leave_history", opening=words)
    elif guess.intent not in leave_words.OF_WORK and await leave_words.would_work(turn.chat(), dated):
        await start(turn, "collective_work", opening=dated)
    elif guess.intent in BY_INTENT:
        await start(turn, BY_INTENT[guess.intent], opening=dated)
    elif kinds.wanted(words, guess.intent):
        await start(turn, "leave", opening=dated)
    elif guess.intent == "unlink":
        await start(turn, "unlink", opening=words)
    elif guess.intent == "human":
        await heard.asked_for_a_person(turn)
        await to_desk(turn, words)
    elif not intents.is_question(words) and await leave_kinds.speaks_of_own(words):
        await start(turn, "leave", opening=dated)
    elif interrupts.thanks(words):
        await turn.say("dialog.welcome")
    elif guess.intent in (None, "out_of_scope", "smalltalk", "cancel") and nights.wanted(words):
        await start(turn, "nights", opening=words)
    elif guess.intent != "cancel" and await knowing.answer(turn, words, guess):
        return
    elif guess.intent is None and len(guess.runners_up) > 1:
        await _offer(turn, words, guess, misses)
    elif guess.intent in (None, "out_of_scope", "smalltalk", "cancel"):
        await _missed(turn, words, guess, misses)
    else:
        await menu(turn, "dialog.not_here_yet")
    if guess.intent not in (None, "human", "out_of_scope"):
        state.heard = [words, guess.intent]


def _named(words: str) -> str | None:
    """The flow of what a sentence names outright: the number of a request about data, a film, one's own quiet hours."""
    if misuse.reported(words):
        return "misuse"
    if privacy_words.number_in(words) is not None:
        return "privacy_status"
    if training.wanted(words):
        return "training"
    if privacy_words.surely(words):
        return "privacy"
    return "nights" if nights.named(words) else None


async def _of_a_ticket(turn: Turn, words: str) -> bool:
    """Whether this is about a ticket: one that is named, the one just spoken of, or one that was just solved."""
    if (minds := disputes.raised(words, turn.state.topic)) is not None:
        await start(turn, "ticket_dispute", opening=words, answers=minds)
        return True
    begins = desk.about(words, turn.state.topic) or await _after_solving(turn, words)
    if begins is None:
        return False
    if begins[0] == desk.THANKED:
        await turn.say("tickets.welcome", until=begins[1]["until"])
    else:
        await start(turn, begins[0], answers=begins[1])
    return True


async def _after_solving(turn: Turn, words: str) -> tuple[str, dict[str, Any]] | None:
    """What "yes", "not yet" or thanks begin where a ticket that was solved is what was spoken of last."""
    said = desk.on_solved(words)
    if said is None or await last_said.key(turn) not in desk.ASKED_WHETHER:
        return None
    return await desk.after_solving(turn.chat(), words, said)


async def _offer(turn: Turn, words: str, guess: intents.Guess, misses: int) -> None:
    if turn.may_wait and pieces.is_part(words):
        raise pieces.Incomplete
    offered = await knowing.ways(turn, words, guess)
    if not offered:
        await _missed(turn, words, guess, misses)
        return
    state = turn.state
    state.rest()
    kept = await heard.missed(turn, words, OFFERED, guess)
    state.flow, state.answers = OPEN_MENU, {"sentence": words, "miss": kept}
    options = offered
    if len(options) == 1:  # one choice alone leaves nothing to choose
        options.append(Option(presses.NEITHER, turn.phrase("dialog.not_that")))
    await ask(turn, Question("dialog.did_you_mean", turn.phrase("dialog.did_you_mean"), tuple(options)))


def _only_signs(words: str | None) -> bool:
    """Whether it is emoji alone, and none that answers or greets."""
    said = (words or "").strip()
    return (
        bool(said)
        and not any(sign.isalnum() for sign in said)
        and "?" not in said
        and (parsers.yes_no(said) is None and interrupts.command(said) is None and not interrupts.thanks(said))
    )


async def _missed(turn: Turn, words: str, guess: intents.Guess, misses: int) -> None:
    """Nothing near was heard: say what can be done here; the second time in a row, who can be asked instead."""
    if turn.may_wait and pieces.is_part(words):
        raise pieces.Incomplete
    angry = alarms.angry(words)
    if guess.intent != "cancel" and not angry:
        await heard.missed(turn, words, UNHEARD, guess)
    if angry:
        await person(turn, key="dialog.upset", about=words)
    elif misses:
        await person(turn, key="dialog.missed_twice", about=words)
    else:
        await menu(turn, "dialog.missed")
    turn.state.misses = misses + 1


async def _switch(turn: Turn, language: str) -> None:
    await _remember_language(turn, language)
    state = turn.state
    if state.asked is None or state.flow not in FLOWS:
        await menu(turn, "dialog.switched_menu")
        return
    await resume(turn, before=turn.phrase("dialog.switched") + " ")


async def _count(turn: Turn, wanted: bool) -> None:
    """Write choices as digits from now on, or as buttons again."""
    await answering.choose(turn.employee.person, digits=wanted)
    turn.employee = replace(turn.employee, numbers=wanted)
    turn.state.numbers = False
    told = "dialog.numbers_on" if wanted else "dialog.numbers_off"
    if stack.is_task(turn.state):
        await resume(turn, before=turn.phrase(told) + "\n")
    else:
        await menu(turn, f"{told}_menu")


async def _remember_language(turn: Turn, language: str) -> None:
    turn.language = language
    await Person.update({Person.language: language}).where(Person.id == turn.employee.person)
