"""One turn of the talk with an employee: commands first, then the open question, then what a new sentence asks for."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.dialog import intents, interrupts, parsers
from bot.dialog.engine import FLOWS, Cancelled, Chat, Input, Option, Question, Reply, advance, reopen
from core import clock
from core.approvals import chains, decisions
from core.approvals.kinds import APPROVE, IN_REVIEW, REJECT, verdict_of
from core.approvals.tables import Request
from core.audit import Actor
from core.crash import crashpoint
from core.errors import Refused
from core.messaging import buttons, outbox
from core.messaging.messages import Choice, Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Button
from core.people import directory, identities
from core.people.directory import Employee
from core.people.tables import Person
from core.phrases import hari, phrase, rentang, saat, tanggal

REST_AFTER = timedelta(hours=24)
KEEP_FOR = timedelta(days=7)
MOST_WORDS = 4000
# What each thing people ask for is done by; whatever is not here is said to be not here yet.
BY_INTENT = {
    "leave_request": "leave",
    "leave_balance": "balance",
    "leave_explain": "explain",
    "leave_status": "status",
    "leave_cancel": "withdraw",
    "holiday_calendar": "holidays",
    "approvals_waiting": "waiting",
}
IN_PLACE = frozenset({"leave_balance", "leave_explain", "leave_status", "holiday_calendar", "approvals_waiting"})


@dataclass
class State:
    """Where a talk rests between two messages."""

    flow: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    asked: str | None = None
    text: str = ""
    options: list[list[Any]] = field(default_factory=list)  # [value, title] of the open question
    turn: int = 0
    misses: int = 0
    asked_at: str | None = None

    def rest(self) -> None:
        """Nothing is open any more."""
        self.flow, self.answers, self.asked, self.text, self.options, self.misses = None, {}, None, "", [], 0


@dataclass
class Trace:
    """The stops a message passed, in milliseconds since it was received."""

    since: datetime
    stops: list[list[Any]] = field(default_factory=list)

    def passed(self, stop: str, **facts: Any) -> None:
        """Note that the message is here now."""
        self.stops.append([stop, round((clock.now() - self.since).total_seconds() * 1000, 1), facts])


@dataclass
class Turn:
    """A message of an employee, and all that answering it needs."""

    employee: Employee
    incoming: Incoming
    inbound: int
    trace: Trace
    state: State
    language: str
    address: Address
    said: int = 0

    def phrase(self, key: str, **facts: Any) -> str:
        """A phrase in the language of the talk."""
        return phrase(key, self.language, **facts)

    @property
    def actor(self) -> Actor:
        """Who acts in this turn, for the audit."""
        return Actor(f"person:{self.employee.person}", self.incoming.channel)

    async def post(self, key: str, text: str, choices: tuple[Choice, ...] = (), **more: Any) -> None:
        """Say one thing back."""
        self.said += 1
        message = Message(key, text, choices, language=self.language, **more)
        await outbox.post(self.address, message, dedupe=f"reply:{self.inbound}:{self.said}", caused_by=self.inbound)

    async def say(self, key: str, *choices: Choice, **facts: Any) -> None:
        """Say a phrase back."""
        await self.post(key, self.phrase(key, **facts), choices)


async def step(turn: Turn) -> None:
    """Answer one message; all that it changes is in the open transaction."""
    incoming = turn.incoming
    if not incoming.private:
        await turn.say("dialog.private_only")
    elif incoming.kind == "blocked":
        await identities.unreachable(incoming.channel, incoming.sender)
    elif incoming.kind == "edited":
        return  # what was answered stays answered; a correction is written anew
    elif incoming.kind == "submission":
        await _submitted(turn)
    elif incoming.token is not None:
        await _pressed(turn, incoming.token)
    elif incoming.kind == "unsupported" or not (incoming.words or "").strip():
        await _say_again(turn, "dialog.only_text")
    else:
        await _wrote(turn, (incoming.words or "").strip()[:MOST_WORDS])


async def _wrote(turn: Turn, words: str) -> None:
    state = turn.state
    command = interrupts.command(words)
    if command and command.startswith("language:"):
        await _switch(turn, command.partition(":")[2])
        return
    heard = interrupts.language_of(words)
    if heard is not None and heard != turn.language and state.asked is None:
        await _remember_language(turn, heard)
    if _expired(state):
        state.rest()
    if command is not None and await _obey(turn, command):
        return
    if state.asked is not None:
        await _answered(turn, words)
    else:
        await _new(turn, words)


def _expired(state: State) -> bool:
    return state.asked_at is not None and clock.now() - datetime.fromisoformat(state.asked_at) > REST_AFTER


async def _obey(turn: Turn, command: str) -> bool:
    """Do what a word asks that always works; False where the open question should hear it."""
    state = turn.state
    if command == "cancel":
        await _cancel(turn)
    elif command == "menu" or (command == "back" and state.asked is None):
        state.rest()
        await _menu(turn, "dialog.menu")
    elif command == "help":
        await _menu(turn, "dialog.help")
    elif command == "back":
        for key in reversed([key for key in state.answers if "." in key and state.answers[key] is not None]):
            del state.answers[key]
            break
        await _resume(turn)
    elif command == "repeat" and state.asked is not None:
        await _ask(turn, Question(state.asked, state.text, tuple(Option(*one) for one in state.options)))
    elif command == "person":
        await _person(turn)
    elif command == "why":
        await _in_place(turn, "explain")
    else:
        return False
    return True


async def _cancel(turn: Turn) -> None:
    registered = FLOWS.get(turn.state.flow or "")
    if registered is None:
        await turn.say("dialog.nothing_open")
        return
    text = turn.phrase("dialog.cancelled")
    if registered.cancelled is not None:
        text = await registered.cancelled(_chat(turn))
    turn.state.rest()
    await turn.post("dialog.cancelled", text)


async def _answered(turn: Turn, words: str) -> None:
    """The words are for the open question, unless they do not fit it and ask for something else."""
    state, chat = turn.state, _chat(turn)
    chat.input = Input(words=words)
    if state.flow == "choose":
        number = parsers.choose(words, [one[1] for one in state.options])
        if number is not None:
            await _start(turn, state.options[number][0], opening=state.answers.get("sentence"))
            return
        state.rest()
        await _new(turn, words)
        return
    await _run(turn, chat, words)


async def _new(turn: Turn, words: str) -> None:
    state = turn.state
    hello = interrupts.greeting(words)
    guess = intents.guess(words)
    if guess.intent not in BY_INTENT and hello is None and parsers.yes_no(words) is not None:
        if not await _said_yes_again(turn):
            await _menu(turn, "dialog.menu")
        return
    turn.trace.passed("intent", intent=guess.intent)
    if hello is not None and (guess.intent is None or guess.intent == "smalltalk"):
        await _menu(turn, "dialog.salam" if hello == "salam" else "dialog.hello")
    elif guess.intent in BY_INTENT:
        state.misses = 0
        await _start(turn, BY_INTENT[guess.intent], opening=words)
    elif guess.intent == "unlink":
        await _start(turn, "unlink", opening=words)
    elif guess.intent == "human":
        await _person(turn)
    elif interrupts.thanks(words):
        await turn.say("dialog.welcome")
    elif guess.intent is None and len(guess.runners_up) > 1:
        await _offer(turn, words, guess.runners_up)
    elif guess.intent in (None, "out_of_scope", "smalltalk", "cancel"):
        await _missed(turn)
    else:
        state.misses = 0
        await _menu(turn, "dialog.not_here_yet")


async def _said_yes_again(turn: Turn) -> bool:
    """A yes when nothing is open: it was probably said before, so tell what it did."""
    latest = list(await decisions.of_employee(turn.employee.id, limit=1))
    if not latest or clock.now() - latest[0].submitted_at > timedelta(minutes=30):
        return False
    request = latest[0]
    await turn.say(
        "dialog.asked_before", number=request.number, at=saat(request.submitted_at, turn.employee.zone, turn.language)
    )
    return True


async def _offer(turn: Turn, words: str, names: tuple[str, ...]) -> None:
    offered = [name for name in names if name in BY_INTENT][:3]
    if not offered:
        await _missed(turn)
        return
    state = turn.state
    state.rest()
    state.flow, state.answers = "choose", {"sentence": words}
    options = tuple(Option(BY_INTENT[name], turn.phrase(f"dialog.topic_{name}")) for name in offered)
    await _ask(turn, Question("dialog.did_you_mean", turn.phrase("dialog.did_you_mean"), options))


async def _missed(turn: Turn) -> None:
    turn.state.misses += 1
    if turn.state.misses > 1:
        await _person(turn, key="dialog.missed_twice")
        return
    misses = turn.state.misses
    await _menu(turn, "dialog.missed")
    turn.state.misses = misses


async def _person(turn: Turn, key: str = "dialog.person") -> None:
    names = [one.first_name for one in await chains.administrators() if one.person != turn.employee.person]
    await turn.say(key if names else f"{key}_unnamed", names=", ".join(names))


async def _switch(turn: Turn, language: str) -> None:
    await _remember_language(turn, language)
    state = turn.state
    if state.asked is None or state.flow not in FLOWS:
        await _menu(turn, "dialog.switched_menu")
        return
    await _resume(turn, before=turn.phrase("dialog.switched") + " ")


async def _remember_language(turn: Turn, language: str) -> None:
    turn.language = language
    await Person.update({Person.language: language}).where(Person.id == turn.employee.person)


# -- presses -----------------------------------------------------------------------------------------------------------


async def _pressed(turn: Turn, token: str) -> None:
    button = await buttons.find(token, person=turn.employee.person)
    if button is None:
        await turn.say("dialog.unknown_button")
        return
    value = json.loads(button.value)
    if button.action == "answer":
        await _chose(turn, button, value)
    elif button.action == "start":
        turn.state.rest()
        await _start(turn, value["flow"], answers=value["answers"])
    elif button.action == "decide":
        await _decide(turn, button, value["verdict"])
    else:
        await turn.say("dialog.fine")


async def _chose(turn: Turn, button: Button, value: dict[str, Any]) -> None:
    state = turn.state
    if state.asked is None or button.version != state.turn:
        if state.asked is not None or not await _said_yes_again(turn):
            await turn.say("dialog.stale_button")
        return
    if state.flow == "choose":
        await _start(turn, value["value"], opening=state.answers.get("sentence"))
        return
    chat = _chat(turn)
    chat.input = Input(chosen=value["value"], pressed=True)
    await _run(turn, chat, None)


async def _decide(turn: Turn, button: Button, verdict: str) -> None:
    request = await Request.objects().where(Request.id == button.subject).first()
    if request is None:
        await turn.say("approvals.not_yours")
        return
    try:
        if verdict == APPROVE:
            await decisions.decide(
                request, verdict, reason=None, person=turn.employee.person, version=button.version,
                channel=turn.incoming.channel,
            )  # fmt: skip
            turn.trace.passed("decision", number=request.number)
            return
        given = await verdict_of(request)
        if given is not None or request.state != IN_REVIEW:
            raise await decisions.too_late(request, turn.employee.person, button.version)
    except Refused as no:
        await turn.post(no.key, refusal(no, turn.language, turn.employee.zone), only_to=_only_to(turn))
        return
    turn.state.rest()
    if turn.incoming.trigger is not None:
        await _open_dialog(turn, request, button)
        return
    await _start(turn, "reject", answers={"request": request.id, "version": button.version})


def _only_to(turn: Turn) -> str | None:
    """Where a channel can show an answer to one person only, that person."""
    return turn.incoming.sender if turn.incoming.channel == "slack" else None


async def _open_dialog(turn: Turn, request: Request, button: Button) -> None:
    """Ask for the reason in a window of its own, which the platform opens only within seconds of the press."""
    asker = await directory.employee(request.employment)
    message = Message(
        "approvals.why", turn.phrase("approvals.why", name=asker.first_name), dialog=button.token,
        title=turn.phrase("approvals.why_title", number=request.number), language=turn.language,
    )  # fmt: skip
    window = Address(turn.address.channel, turn.address.account, turn.incoming.trigger or "", turn.employee.person)
    await outbox.post(
        window, message, dedupe=f"dialog:{turn.inbound}", caused_by=turn.inbound, after_unknown=outbox.DROP
    )  # fmt: skip


async def _submitted(turn: Turn) -> None:
    button = await buttons.find(turn.incoming.view or "", person=turn.employee.person)
    request = await Request.objects().where(Request.id == button.subject).first() if button else None
    if button is None or request is None:
        await turn.say("dialog.unknown_button")
        return
    try:
        await decisions.decide(
            request, REJECT, reason=turn.incoming.words, person=turn.employee.person, version=button.version,
            channel=turn.incoming.channel,
        )  # fmt: skip
    except Refused as no:
        await turn.post(no.key, refusal(no, turn.language, turn.employee.zone))


# -- running flows -----------------------------------------------------------------------------------------------------


def _chat(turn: Turn, opening: str | None = None) -> Chat:
    state = turn.state
    return Chat(
        employee=turn.employee, language=turn.language, now=clock.now(), today=clock.today(turn.employee.zone),
        actor=turn.actor, answers=dict(state.answers), opening=opening, asked=state.asked,
    )  # fmt: skip


async def _start(turn: Turn, name: str, *, opening: str | None = None, answers: dict[str, Any] | None = None) -> None:
    turn.state.rest()
    turn.state.flow, turn.state.answers = name, dict(answers or {})
    await _run(turn, _chat(turn, opening), None)


async def _in_place(turn: Turn, name: str) -> None:
    """Answer a short question, and come back to the one that is open."""
    chat = _chat(turn)
    chat.answers, chat.asked = {}, None
    await advance(FLOWS[name].run, chat)
    state = turn.state
    if state.asked is None:
        for reply in chat.replies:
            await turn.post(reply.key, reply.text, reply.choices)
        return
    told = "\n".join(reply.text for reply in chat.replies)
    await _ask(
        turn,
        Question(state.asked, f"{told}\n{state.text}", tuple(Option(*one) for one in state.options)),
        short=state.text,
    )


async def _resume(turn: Turn, before: str = "") -> None:
    """Ask again what is open, or what is open now that an answer was dropped."""
    if turn.state.flow not in FLOWS:
        await _menu(turn, "dialog.menu")
        return
    chat = _chat(turn)
    chat.asked = None
    await _run(turn, chat, None, before=before)


async def _run(turn: Turn, chat: Chat, words: str | None, before: str = "") -> None:
    """Run the open flow one step and say what it says."""
    state = turn.state
    run = FLOWS[state.flow or ""].run
    turn.trace.passed("flow", flow=state.flow, answers=len(chat.answers))
    try:
        ended = await advance(run, chat)
    except Cancelled:
        await _cancel(turn)
        return
    except Refused as no:
        await _refuse(turn, chat, no)
        return
    crashpoint("talk.after_flow")
    if chat.misunderstood is not None and words is not None:
        await _unclear(turn, chat, words)
        return
    turn.trace.passed("rules", answers=len(chat.answers))
    for reply in chat.replies:
        await turn.post(reply.key, before + reply.text, reply.choices)
        before = ""
    if ended:
        state.rest()
        return
    assert chat.open is not None
    state.answers, state.misses = chat.answers, 0
    await _ask(turn, chat.open, before=before)


async def _refuse(turn: Turn, chat: Chat, no: Refused) -> None:
    """Say a rule's no, and leave the question open that was answered against it."""
    told = refusal(no, turn.language, turn.employee.zone)
    if await reopen(FLOWS[turn.state.flow or ""].run, chat) and chat.open is not None:
        turn.state.answers = chat.answers
        question = Question(chat.open.key, chat.open.text, chat.open.options)
        await _ask(turn, question, instead=Reply(no.key, told))
        return
    turn.state.rest()
    await turn.post(no.key, told)


async def _unclear(turn: Turn, chat: Chat, words: str) -> None:
    """The words do not answer the question: perhaps they ask for something else; else ask again, offer a person."""
    state = turn.state
    guess = intents.guess(words)
    if guess.intent in IN_PLACE:
        await _in_place(turn, BY_INTENT[guess.intent or ""])
        return
    if guess.intent in BY_INTENT or guess.intent == "unlink":
        await _new(turn, words)
        return
    assert chat.open is not None
    state.answers = chat.answers
    state.misses += 1
    if state.misses > 1:
        names = [one.first_name for one in await chains.administrators() if one.person != turn.employee.person]
        told = turn.phrase("dialog.unclear_twice", names=", ".join(names) or "HR")
    else:
        told = turn.phrase(chat.misunderstood or "dialog.unclear")
    await _ask(turn, chat.open, before=f"{told}\n", key=chat.misunderstood)


async def _say_again(turn: Turn, key: str) -> None:
    state = turn.state
    if state.asked is None:
        await _menu(turn, key)
        return
    options = tuple(Option(*one) for one in state.options)
    await _ask(turn, Question(state.asked, state.text, options), before=turn.phrase(key) + "\n")


async def _ask(
    turn: Turn, question: Question, *, before: str = "", short: str | None = None, instead: Reply | None = None,
    key: str | None = None,
) -> None:  # fmt: skip
    """Put a question, its options as buttons that belong to this turn of the talk only."""
    state = turn.state
    state.turn += 1
    state.asked, state.text = question.key, short if short is not None else question.text
    state.options = [[option.value, option.title] for option in question.options]
    state.asked_at = clock.now().isoformat()
    choices = [
        await buttons.make(option.title, "answer", person=turn.employee.person, version=state.turn, value=option.value)
        for option in question.options
    ]
    if instead is not None:
        await turn.post(instead.key, instead.text, tuple(choices))
    else:
        await turn.post(key or question.key, before + question.text, tuple(choices))


async def _menu(turn: Turn, key: str) -> None:
    """What can be done here, as far as it works."""
    person = turn.employee.person
    names = ["leave", "balance", "status"]
    if await decisions.waiting_for(person):
        names.append("waiting")
    choices = [
        await buttons.make(turn.phrase(f"dialog.choice_{name}"), "start", person=person, flow=name, answers={})
        for name in names
    ]
    part = "pagi" if clock.local(clock.now(), turn.employee.zone).hour < 11 else "other"
    turn.state.rest()
    turn.state.flow = "choose"
    turn.state.options = [[name, choice.title] for name, choice in zip(names, choices, strict=True)]
    turn.state.asked, turn.state.asked_at, turn.state.answers = key, clock.now().isoformat(), {}
    await turn.say(key, *choices, name=turn.employee.first_name, part=part)


def refusal(no: Refused, language: str, zone: str) -> str:
    """A rule's no in words, its facts as people write them."""
    facts: dict[str, Any] = dict(no.facts)
    if "starts" in facts and "ends" in facts and facts["starts"] is not None:
        facts["days"] = rentang(min(facts["starts"], facts["ends"]), max(facts["starts"], facts["ends"]), language)
    for name, value in list(facts.items()):
        if isinstance(value, datetime):
            facts[name] = saat(value, zone, language)
        elif hasattr(value, "isoformat"):
            facts[name] = tanggal(value, language)
        elif name in ("needed", "left"):
            facts[name] = hari(value, language)
        elif not isinstance(value, str):
            facts[name] = str(value)
    return phrase(no.key, language, **facts)
