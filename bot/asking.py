"""Running the flows: begin one, go on with it, ask its questions, say a rule's no, answer a short question between."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot import heard, pieces, sought, stack
from bot.dialog import between, impossible, intents, interrupts, occasions
from bot.dialog.engine import FLOWS, Cancelled, Chat, Option, Question, Reply, advance, reopen
from bot.flows import leave_cost
from bot.turn import OPEN_MENU, Turn
from core import clock
from core.approvals import chains, decisions, waiting
from core.approvals.kinds import IN_REVIEW
from core.calendar import days
from core.crash import crashpoint
from core.errors import Refused
from core.leave.requests import KIND as LEAVE
from core.messaging import buttons
from core.messaging.misses import ANSWER
from core.people.names import told_apart
from core.phrases import jam, refused, tanggal_pendek

# What each thing people ask for is done by; whatever is not here is said to be not here yet.
BY_INTENT = {
    "leave_request": "leave",
    "leave_balance": "balance",
    "leave_explain": "explain",
    "leave_status": "status",
    "leave_cancel": "withdraw",
    "leave_change": "leave_change",
    "leave_forecast": "forecast",
    "leave_untaken": "forecast_untaken",
    "collective_work": "collective_work",
    "sick_leave": "leave",
    "permission_request": "leave",
    "holiday_calendar": "holidays",
    "approvals_waiting": "waiting",
    "who_is_away": "team",
    "ticket_new": "ticket",
    "ticket_status": "ticket_status",
    "privacy_request": "privacy",
}
# Questions whose answer names days, or may put others in their place.
ASK_DAYS = frozenset({
    "leave.when", "leave.until", "leave.confirm", "leave.record", "leave.clash", "leave.not_enough", "change.when",
    "change.confirm", "withdraw.days",
})  # fmt: skip


async def in_figures(turn: Turn, words: str) -> str:
    """The sentence with the days it calls by name ("natal", "the first Monday of August") in figures."""
    if not occasions.any_in(words):
        return words
    today = clock.today(turn.employee.zone)
    off = await days.within(today, today + occasions.AHEAD, turn.employee.location)
    names = {day: one.name_id for day, one in off.items()}
    return occasions.dated(words, names, today=today, free=set(off))


async def start(
    turn: Turn, name: str, *, opening: str | None = None, answers: dict[str, Any] | None = None, before: str = ""
) -> None:
    """Begin a flow, from a sentence or with answers already given; a task that is open is put aside for it. `before`
    is said in the same breath."""
    state = turn.state
    if FLOWS[name].brief and stack.is_task(state):
        await in_place(turn, name, opening, answers)
        return
    let_go = stack.park(state)
    if not FLOWS[name].brief:
        stack.forget(state, name)
    state.rest()
    state.flow, state.answers, state.began = name, dict(answers or {}), state.turn + 1
    await run(turn, turn.chat(opening), None, before=before + _let_go(turn, let_go))


def _let_go(turn: Turn, flow: str | None) -> str:
    """That the oldest of what was put aside is not kept any more: nobody looks for it later in vain."""
    return turn.phrase("dialog.let_go", task=flow) + "\n" if flow is not None else ""


async def in_place(
    turn: Turn, name: str, words: str | None = None, answers: dict[str, Any] | None = None
) -> None:  # fmt: skip
    """Answer a short question, and come back to the one that is open."""
    chat = turn.chat(words)
    chat.answers, chat.asked = dict(answers or {}), None
    try:
        await advance(FLOWS[name].run, chat)
    except Refused as no:
        chat.replies = [Reply(no.key, refused(no, turn.language, turn.employee.zone))]
    state = turn.state
    state.topic = _topic(turn, chat)
    if not stack.is_task(state):
        state.rest()
        for reply in chat.replies:
            await _say(turn, reply)
        return
    for reply in chat.replies:
        if reply.file is not None:  # a message of its own: the question that is open has buttons and no file
            await _say(turn, reply)
    if told := "\n".join(reply.text for reply in chat.replies if reply.file is None):
        await told_between(turn, told)
    else:
        await resume(turn)


async def _say(turn: Turn, reply: Reply) -> None:
    await turn.post(reply.key, reply.text, reply.choices, file=reply.file)


async def told_between(turn: Turn, told: str) -> None:
    """Say something that leaves the open question open, and put that again in its short form."""
    state = turn.state
    if state.spoken not in (None, turn.language):
        await resume(turn, before=f"{told}\n")
        return
    options = tuple(Option(*one) for one in state.options)
    await ask(turn, Question(state.asked or "", f"{told}\n{state.text}", options), short=state.text)


async def why(turn: Turn, words: str | None = None) -> bool:
    """Where the figures of the open question come from, and the whole of it again; False where it has none.

    Without words it was a bare "why"; with them it must be what they ask.
    """
    flow = FLOWS.get(turn.state.flow or "")
    if flow is None or flow.why is None or not (words is None or leave_cost.asks(words)):
        return False
    if "figure" in (turn.state.topic or {}):  # it is the figure between that is asked about
        await in_place(turn, "explain", words)
        return True
    chat = turn.chat()
    chat.asked = None
    try:
        ended = await advance(flow.run, chat)
    except (Refused, Cancelled):
        return False
    told = None if ended else await flow.why(chat)
    if told is None:
        return False
    await resume(turn, before=f"{told}\n")
    return True


async def resume(turn: Turn, before: str = "") -> None:
    """Ask again what is open, or what is open now that an answer was dropped."""
    if turn.state.flow not in FLOWS:
        await menu(turn, "dialog.menu")
        return
    chat = turn.chat()
    chat.asked = None
    await run(turn, chat, None, before=before)


async def back(turn: Turn) -> None:
    """Drop the last answer that was given, and ask for it again."""
    answers = turn.state.answers
    for key in reversed([key for key in answers if "." in key]):
        del answers[key]
        break
    await resume(turn)


async def run(turn: Turn, chat: Chat, words: str | None, before: str = "") -> bool:
    """Run the open flow one step and say what it says. False when the words ask for something else instead."""
    state = turn.state
    run = FLOWS[state.flow or ""].run
    turn.trace.passed("flow", flow=state.flow, answers=len(chat.answers))
    try:
        ended = await advance(run, chat)
    except Cancelled:
        await cancel(turn)
        return True
    except Refused as no:
        await _refuse(turn, chat, no)
        return True
    crashpoint("talk.after_flow")
    if chat.misunderstood is not None and words is not None:
        return await _unclear(turn, chat, words)
    turn.trace.passed("rules", answers=len(chat.answers))
    state.topic = _topic(turn, chat)
    if ended:
        await _over(turn, chat, before)
        return True
    for reply in chat.replies:
        await turn.post(reply.key, before + reply.text, reply.choices)
        before = ""
    assert chat.open is not None
    state.answers, state.misses = chat.answers, 0
    if wrong := _no_such_day(turn, chat.open.key, words or chat.opening or ""):
        before = f"{before}{wrong} "
    await ask(turn, chat.open, before=before)
    return True


def _topic(turn: Turn, chat: Chat) -> dict[str, Any] | None:
    """What was spoken of in this turn; what an earlier one spoke of is over once something else was said."""
    return chat.topic if chat.topic is not turn.state.topic else None


async def _over(turn: Turn, chat: Chat, before: str) -> None:
    """Say what a task that has come to its end says, and go on with what follows from it."""
    state = turn.state
    if chat.made is not None:
        state.done = [*state.done[-4:], [state.began, state.turn, chat.made]]
    state.rest()
    replies = [replace(one, text=before * (at == 0) + one.text) for at, one in enumerate(chat.replies)]
    for reply in replies[:-1]:
        await _say(turn, reply)
    if chat.paper_next is not None:
        last = f"{replies[-1].text}\n" if replies else ""
        await start(turn, "paper", answers={"paper": chat.paper_next}, before=last)
    else:
        await _and_go_on(turn, replies[-1] if replies else None)


async def _and_go_on(turn: Turn, last: Reply | None) -> None:
    """Say the last thing about a task, with the question whether to go on with the one that waits for it."""
    asked = await stack.offer_after(turn)
    if asked is not None and last is not None and last.file is not None:
        await _say(turn, last)
        last = None
    if asked is not None:
        turn.state.flow = stack.RESTED
        before = f"{last.text}\n" if last is not None else ""
        await ask(turn, asked, before=before, key=last.key if last is not None else None)
    elif last is not None:
        await _say(turn, last)


def asked_between(intent: str | None) -> str | None:
    """The flow that answers a short question at once, where these words are one."""
    return BY_INTENT[intent] if intent is not None and intent in between.LOOKS else None


def _no_such_day(turn: Turn, asked: str, words: str) -> str | None:
    """What is wrong with a date that no calendar has, where days were asked for."""
    wrong = impossible.in_words(words, today=clock.today(turn.employee.zone)) if asked in ASK_DAYS else None
    if wrong is None:
        return None
    month, last = wrong
    named = tanggal_pendek(month, turn.language, today=clock.today(turn.employee.zone)).partition(" ")[2]
    return turn.phrase("dialog.no_such_day", month=named, last=str(last))


async def _refuse(turn: Turn, chat: Chat, no: Refused) -> None:
    """Say a rule's no, and leave the question open that was answered against it."""
    told = refused(no, turn.language, turn.employee.zone)
    flow = FLOWS[turn.state.flow or ""]
    stays = flow.reopens or turn.state.asked in flow.stays_open
    if stays and await reopen(flow, chat, no) and chat.open is not None:
        turn.state.answers = chat.answers
        question = Question(chat.open.key, chat.open.text, chat.open.options)
        if chat.put_right is not None:  # what stands is still to be agreed to, so it is said again
            await ask(turn, question, before=f"{told}\n", key=no.key)
        else:
            await ask(turn, question, instead=Reply(no.key, told))
        return
    turn.state.rest()
    await _and_go_on(turn, Reply(no.key, told))


async def _unclear(turn: Turn, chat: Chat, words: str) -> bool:
    """The words do not answer the question: perhaps they ask for something else; else ask again, offer a person."""
    state = turn.state
    if interrupts.command(words) == "skip" and chat.open is not None:
        await _needed(turn, chat, chat.open)
        return True
    guess = await heard.guess(words)
    asks = guess.score >= between.LIKELY or intents.is_question(words)
    name = asked_between(guess.intent) if asks else None
    if name is None and guess.intent in (None, "out_of_scope") and "why" in guess.heard:
        # Amid a task "why" is about its figures, where nothing is nearer.
        name = "explain" if guess.runners_up[:1] == ("leave_explain",) else None
    if name is not None:
        await in_place(turn, name, await in_figures(turn, words))
        return True
    if asks and intents.is_question(words) and guess.intent not in BY_INTENT:
        known = await sought.answered(turn, words, guess)
        if known is not None:
            await in_place(turn, sought.FLOW, words, {**known, "amid": True})
            return True
    intent = guess.intent
    again = BY_INTENT.get(intent or "") == state.flow and between.no_new_wish(words, chooses=bool(state.options))
    for_desk = intent == "ticket_new" and intents.is_question(words)  # amid a task it may wait until that is done
    if (intent in BY_INTENT and not again and not for_desk) or intent == "unlink":
        return False
    if for_desk or (intent not in (None, "out_of_scope", "smalltalk", "cancel") and intents.is_question(words)):
        await told_between(turn, turn.phrase("dialog.not_here_yet_open"))
        return True
    assert chat.open is not None
    if turn.may_wait and pieces.is_part(words):
        raise pieces.Incomplete
    await heard.missed(turn, words, ANSWER, guess)
    state.answers = chat.answers
    state.misses += 1
    if state.misses > 1:
        state.numbers = bool(chat.open.options)
        names = told_apart([one.name for one in await chains.administrators() if one.person != turn.employee.person])
        told = turn.phrase("dialog.unclear_twice", names=", ".join(names) or "HR")
    else:
        told = _no_such_day(turn, chat.open.key, words) or turn.phrase(chat.misunderstood or "dialog.unclear")
    await ask(turn, chat.open, before=f"{told}\n", key=chat.misunderstood)
    return True


async def _needed(turn: Turn, chat: Chat, question: Question) -> None:
    """Say that this question can't be passed over and why, and put it again."""
    key = "dialog.needed_days" if question.key in ASK_DAYS else "dialog.needed"
    key = chat.misunderstood if chat.misunderstood == "dialog.needed_reason" else key
    turn.state.answers = chat.answers
    await ask(turn, question, before=f"{turn.phrase(key)}\n", key=key)


async def say_again(turn: Turn, key: str, text: str | None = None) -> None:
    """Ask the open question once more, after a word about why; where none is open, say the word (or the menu) alone."""
    state = turn.state
    if state.asked is None or state.flow not in FLOWS:
        if text is None:
            await menu(turn, key)
        else:
            await turn.post(key, text)
        return
    options = tuple(Option(*one) for one in state.options)
    before = f"{turn.phrase(key) if text is None else text}\n"
    await ask(turn, Question(state.asked, f"{before}{state.text}", options), short=state.text)


async def ask(
    turn: Turn, question: Question, *, before: str = "", short: str | None = None, instead: Reply | None = None,
    key: str | None = None,
) -> None:  # fmt: skip
    """Put a question, its options as buttons that belong to this turn of the talk only."""
    state = turn.state
    state.turn += 1
    state.asked, state.text = question.key, short or question.short or question.text
    state.options = [[option.value, option.title] for option in question.options]
    state.asked_at, state.spoken = clock.now().isoformat(), turn.language
    offered = [(option.title, {"value": option.value}) for option in question.options]
    choices = await buttons.make_each(offered, "answer", person=turn.employee.person, version=state.turn)
    if instead is not None:
        await turn.post(instead.key, instead.text, tuple(choices))
    else:
        await turn.post(key or question.key, before + question.text, tuple(choices))


async def menu(turn: Turn, key: str) -> None:
    """What can be done here, as far as it works."""
    person = turn.employee.person
    names = ["leave", "balance", "status"]
    if await waiting.longest(person, 1):
        names.append("waiting")
    choices = [
        await buttons.make(turn.phrase(f"dialog.choice_{name}"), "start", person=person, flow=name, answers={})
        for name in names
    ]
    let_go = stack.park(turn.state)
    part = "pagi" if clock.local(clock.now(), turn.employee.zone).hour < 11 else "other"
    turn.state.rest()
    turn.state.flow = OPEN_MENU
    turn.state.options = [[name, choice.title] for name, choice in zip(names, choices, strict=True)]
    turn.state.asked, turn.state.asked_at, turn.state.answers = key, clock.now().isoformat(), {}
    told = turn.phrase(key, name=turn.employee.first_name, part=part)
    await turn.post(key, _let_go(turn, let_go) + told, tuple(choices))


async def cancel(turn: Turn) -> None:
    """Drop what was begun, and say that nothing was sent."""
    registered = FLOWS.get(turn.state.flow or "")
    if registered is None:
        await turn.say("dialog.nothing_open")
        return
    text = turn.phrase("dialog.cancelled")
    if registered.cancelled is not None:
        text = await registered.cancelled(turn.chat())
    turn.state.rest()
    await _and_go_on(turn, Reply("dialog.cancelled", text))


async def said_yes_again(turn: Turn) -> bool:
    """A yes when nothing is open: it was probably said before, so tell what it did, if that still stands."""
    request = next(iter(await decisions.of_employee(turn.employee.id, limit=1)), None)
    if request is None or request.state != IN_REVIEW or clock.now() - request.submitted_at > timedelta(minutes=30):
        return False
    person = turn.employee.person
    choices = [await buttons.make(turn.phrase("leave.see_status"), "start", person=person, flow="status", answers={})]
    if request.kind == LEAVE:
        answers = {"withdraw.which": request.number}
        title = turn.phrase("leave.take_back")
        choices.append(await buttons.make(title, "start", person=person, flow="withdraw", answers=answers))
    await turn.say(
        "dialog.asked_before", *choices, number=request.number, who=", ".join(await decisions.approvers_of(request)),
        at=jam(request.submitted_at, turn.employee.zone, turn.language),
    )  # fmt: skip
    return True
