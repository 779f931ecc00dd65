"""What a press does: it answers the open question, begins something, or decides a request."""

import re
from functools import cache
from typing import Any

from bot import last_said, pressed_answers, resting, stack
from bot.asking import menu, run, said_yes_again, start
from bot.dialog import parsers
from bot.dialog.engine import Input
from bot.sought import FLOW
from bot.turn import OPEN_MENU, Turn
from core import audit, clock
from core.approvals import decisions, delegations, objections, steps, waiting
from core.approvals.kinds import APPLIED, APPROVE, CHANGE, CHANGES, UNDECIDED, VERDICTS, described, verdict_of
from core.approvals.tables import Delegation, Request
from core.errors import Refused
from core.messaging import buttons, misses, numbered, outbox
from core.messaging.messages import Choice, Message
from core.messaging.outbox import Address
from core.messaging.tables import Button
from core.people import directory
from core.phrases import LANGUAGES, jam, phrase, refused, saat

NEITHER = "neither"
NUMBERED = re.compile(
    r"\s*(?P<verb>\w+(?: \w+){0,3}?)\s+(?P<letter>[a-z])\s*-?\s*(?P<number>\d{1,9})\W*", re.IGNORECASE
)
# What is said around the word, and changes nothing of it: "tolak aja bu", "please reject it".
AROUND = frozenset("aja saja ya dong deh dulu nih pak bu bang mas mbak it this please itu yang".split())


@cache
def _verdicts() -> dict[str, str]:
    """Which verdict stands on which button, in either language."""
    return {phrase(f"approvals.{verdict}", language).lower(): verdict for verdict in VERDICTS for language in LANGUAGES}


@cache
def _to_offer() -> frozenset[str]:
    """The buttons that answer who is asked to stand in."""
    return frozenset(
        phrase(f"approvals.delegate_{answer}", language).lower()
        for answer in (delegations.ACCEPT, delegations.DECLINE)
        for language in LANGUAGES
    )


async def pressed(turn: Turn, token: str) -> None:
    """Do what a press means, if it is this person's and still good."""
    button = await buttons.find(token, person=turn.employee.person)
    if button is None:
        await turn.say("dialog.unknown_button")
        return
    value = buttons.value_of(button)
    if button.action == "answer":
        await _chose(turn, button, value)
    elif button.action == "start":
        await pressed_answers.say_whether(turn, value)
        await start(turn, value["flow"], opening=value.get("opening"), answers=value["answers"])
    elif button.action == delegations.ANSWER:
        await _stand_in(turn, button, value["answer"])
    elif button.action == "decide":
        await _decide(turn, button, value["verdict"])
    else:
        await turn.say("dialog.fine")


async def by_digit(turn: Turn, words: str) -> str:
    """What a digit stands for in what was said last, in its words; everything else as it was written."""
    digit = parsers.digit(words)
    if digit is None:
        return words
    state = turn.state
    titles = [str(title) for _, title in state.options]
    if state.asked is None:
        row = await last_said.row(turn)
        titles = [choice.title for choice in outbox.unseal(row).choices] if row is not None else []
    meant = numbered.counted(titles)
    if digit in meant:
        return meant[digit]
    if digit == numbered.DROP and state.asked is not None:
        return turn.phrase("dialog.number_drop")
    # "9" to a question without choices may be a day.
    return (
        turn.phrase("dialog.number_person") if digit == numbered.PERSON and (titles or state.asked is None) else words
    )


async def by_title(turn: Turn, words: str, *, only_exactly: bool) -> bool:
    """Whether these words are a choice of what was said last, written instead of pressed; then it is done.

    Words that ask for something by themselves must be those of the choice, as "leave it" is.
    """
    row = await last_said.row(turn)
    offered = outbox.unseal(row) if row is not None else None
    if row is None or offered is None or not offered.choices:
        return False
    titles = [choice.title for choice in offered.choices]
    said = words.strip().rstrip(".!").casefold()
    exact = next((choice.token for choice in offered.choices if choice.title.casefold() == said), None)
    if row.card_of is None and exact is not None:
        await pressed(turn, exact)
        return True
    if only_exactly and exact is None:
        return False
    if row.card_of is not None:
        return await _decided_in_words(turn, words, offered)
    number = parsers.choose(words, titles)
    asks = offered.text.endswith("?") and not offered.key.startswith("dialog.")  # a menu asks which, not whether
    answer = parsers.yes_no(words) if number is None and asks else None
    if number is None and answer is None:
        return False
    if answer is False:
        await turn.say("dialog.fine")
    else:
        await pressed(turn, offered.choices[number or 0].token)
    return True


async def repeat(turn: Turn) -> None:
    """Say what was said last once more; a card as its words alone, so that it has one place where it changes."""
    row = await last_said.row(turn)
    if row is None:
        await menu(turn, "dialog.nothing_said")
        return
    last = outbox.unseal(row)
    choices = () if row.card_of is not None else last.choices
    await turn.post(last.key, last.text, choices, numbered=last.numbered)


async def _decided_in_words(turn: Turn, words: str, card: Message) -> bool:
    """A card is decided by the very word of its button, and only where one request waits: no other can be meant.

    A mere yes is asked back.
    """
    said = words.strip().rstrip(".!").lower()
    token = next((choice.token for choice in card.choices if choice.title.lower() == said), None)
    if token is None and parsers.yes_no(words) is not True:
        return False
    waits = await waiting.longest(turn.employee.person, 2)
    if token is not None and len(waits) == 1:
        await pressed(turn, token)
    elif len(waits) == 1:  # "ok" is a yes to something, and a decision is too dear to guess
        told = (await described(waits, turn.language))[waits[0].id]
        await turn.say(
            "approvals.sure", *card.choices, number=waits[0].number, title=told.title, what=told.what
        )  # fmt: skip
    else:
        await start(turn, "waiting")
    return True


async def by_verdict(turn: Turn, words: str) -> bool:
    """Whether these words are a verdict and something waits for this person's; then it is done, or asked back.

    The card that was just asked for by its number is meant, or the only request that waits. Of several none is guessed.
    """
    said = " ".join(word for word in re.findall(r"\w+", words.lower()) if word not in AROUND)
    verdict = _verdicts().get(said)
    waits = await waiting.longest(turn.employee.person, 2) if verdict is not None else []
    if not waits and said in _to_offer() and await delegations.unanswered(turn.employee.person):
        await start(turn, "offered")
        return True
    if verdict is None or not waits:
        return False
    card = await _card_shown(turn)
    shown = next((one for one in card.choices if _verdicts().get(one.title.lower()) == verdict), None) if card else None
    if shown is not None:
        await pressed(turn, shown.token)
    elif len(waits) > 1:
        await start(turn, "waiting")
    elif verdict == APPROVE:  # it may be days since they saw the card, and a decision is final
        await _surely(turn, waits[0])
    else:
        await pressed(turn, (await _button(turn, waits[0], verdict)).token)
    return True


async def _card_shown(turn: Turn) -> Message | None:
    """The card that was put before this person at their own wish, when it is what was said last."""
    rows = await last_said.several(turn, 2)
    shown = len(rows) == 2 and outbox.unseal(rows[0]).key == "approvals.here_it_is" and rows[1].card_of is not None
    return outbox.unseal(rows[1]) if shown else None


async def _button(turn: Turn, request: Request, verdict: str) -> Choice:
    return await buttons.make(
        turn.phrase(f"approvals.{verdict}"), "decide", person=turn.employee.person, subject=request.id,
        version=request.version, verdict=verdict,
    )  # fmt: skip


async def _surely(turn: Turn, request: Request) -> None:
    """Ask back whether this request is agreed to."""
    told = (await described([request], turn.language))[request.id]
    choices = [await _button(turn, request, verdict) for verdict in VERDICTS]
    await turn.say("approvals.sure", *choices, number=request.number, title=told.title, what=told.what)


async def by_number(turn: Turn, words: str) -> bool:
    """Whether these words decide a request by its number, as "setujui C-121" does; then it is done."""
    said = NUMBERED.fullmatch(words)
    verdict = None if said is None else _verdicts().get(said["verb"].lower())
    if said is None or verdict is None:
        return False
    request = await decisions.by_number(f"{said['letter']}-{said['number']}")
    if request is None:
        await turn.say("approvals.not_yours")
        return True
    await pressed(turn, (await _button(turn, request, verdict)).token)
    return True


async def _chose(turn: Turn, button: Button, value: dict[str, Any]) -> None:
    state = turn.state
    if state.asked is None or button.version != state.turn:
        if state.asked is None and button.version == state.turn and await resting.offer(turn):
            return
        if await _belongs_to(turn, button):
            return
        if state.asked is not None or not await said_yes_again(turn):
            await turn.say("dialog.stale_button")
        return
    if all(value["value"] != offered for offered, _ in state.options):
        # Of another question that was asked in the same turn, and is closed.
        await turn.say("dialog.stale_button")
        return
    if state.flow == OPEN_MENU:
        await picked(turn, value["value"])
        return
    if state.flow == stack.RESTED:
        await resting.chosen(turn, value["value"])
        return
    chat = turn.chat()
    chat.input = Input(chosen=value["value"], pressed=True)
    await run(turn, chat, None)


async def _belongs_to(turn: Turn, button: Button) -> bool:
    """Whether this old button led to a request; then that is told with how it stands, and what fits is offered."""
    number = next((one[2] for one in turn.state.done if one[0] <= button.version <= one[1]), None)
    request = await decisions.by_number(number) if number is not None else None
    if request is None or request.employment != turn.employee.id:
        return False
    if request.kind not in CHANGES:  # a day to work on is agreed to or not: nothing in it can be asked otherwise
        return False
    said_yes = buttons.value_of(button).get("value") == "yes"
    if said_yes and turn.state.asked is None and await said_yes_again(turn):
        return True
    given = await verdict_of(request)
    open_ = request.state in UNDECIDED
    names = await decisions.approvers_of(request)
    who = ", ".join(names) if open_ or given is None else given.named(turn.language)
    again = request.state not in (*UNDECIDED, APPLIED)
    flow, key = CHANGES[request.kind]
    title, person = turn.phrase("dialog.ask_anew" if again else "dialog.ask_change"), turn.employee.person
    choices = (
        await buttons.make(
            title, "start", person=person, flow="leave" if again else flow, answers={} if again else {key: number},
        ),
        await buttons.make(
            turn.phrase("dialog.leave_it"), "start", person=person, flow="keep", answers={"which": number}
        ),
    )  # fmt: skip
    at = jam(given.at if given is not None else clock.now(), turn.employee.zone, turn.language)
    await turn.say("dialog.belongs_to", *choices, number=str(number), state=request.state, who=who, at=at)
    return True


async def picked(turn: Turn, name: str) -> None:
    """Begin what was chosen of what was offered, with the sentence that led there."""
    if (kept := turn.state.answers.get("miss")) is not None:
        await misses.chose(kept, name)
    if name.startswith(f"{FLOW}:"):
        await pressed_answers.article(turn, name.partition(":")[2])
        return
    if name == NEITHER and turn.state.answers.get("desk"):
        await pressed_answers.none_of_them(turn)
        return
    if name == NEITHER:
        turn.state.rest()
        await menu(turn, "dialog.missed")
        return
    await start(turn, name, opening=turn.state.answers.get("sentence"))


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
        if request.state not in UNDECIDED or request.version != button.version:
            raise await decisions.too_late(request, turn.employee.person, button.version)
    except Refused as no:
        await _refused(turn, request, no, verdict)
        return
    if turn.incoming.trigger is not None:
        await _open_dialog(turn, request, button, verdict)
        return
    await start(turn, verdict, answers={"request": request.id, "version": button.version})


async def _stand_in(turn: Turn, button: Button, answer: str) -> None:
    """Accept or decline to decide in somebody's place."""
    offered = await Delegation.objects().where(Delegation.id == button.subject).first()
    if offered is None:
        await turn.say("approvals.not_yours")
        return
    act = delegations.accept if answer == delegations.ACCEPT else delegations.decline
    try:
        await act(offered, by=turn.employee, actor=turn.actor)
    except Refused as no:
        await turn.post(no.key, refused(no, turn.language, turn.employee.zone))
        return
    who = (await directory.person_name(offered.giver)).split()[0]
    if answer == delegations.ACCEPT:
        days = await delegations.span(offered, turn.language)
        await turn.say("approvals.delegate_accepted_ack", who=who, days=days)
    else:
        await turn.say("approvals.delegate_declined_ack", who=who)


async def _refused(turn: Turn, request: Request, no: Refused, verdict: str) -> None:
    """Say a rule's no; after a press on a card that is out of date, with the newest."""
    if no.key in ("approvals.decided_already", "approvals.undo_decided_already"):
        audit.record("request.too_late", f"request:{request.id}", by=turn.actor, number=request.number, verdict=verdict)
        may_object = no.key == "approvals.decided_already" and objections.may(request)
        if verdict != APPROVE and no.facts["verdict"] == APPROVE and may_object:
            await _of_another_mind(turn, request, no)
            return
    await turn.post(no.key, refused(no, turn.language, turn.employee.zone), only_to=_only_to(turn))
    if no.key == "approvals.stale":
        await steps.show_again(request.id, turn.employee.person, mark=f":{turn.inbound}")


async def _of_another_mind(turn: Turn, request: Request, no: Refused) -> None:
    """Tell one who wanted it otherwise that another approved it, and what can still be done."""
    person, answers = turn.employee.person, {"request": request.id}
    text = phrase(
        "approvals.decided_other", turn.language, number=request.number, who=str(no.facts["who"]),
        at=saat(no.facts["at"], turn.employee.zone, turn.language),
        until=saat(request.begins, turn.employee.zone, turn.language) if request.begins else "",
    )  # fmt: skip
    choices = [
        await buttons.make(turn.phrase(f"approvals.{key}"), "start", person=person, flow=flow, answers=answers)
        for key, flow in (("do_object", "object"), ("do_leave", "leave_decided"))
    ]
    await turn.post("approvals.decided_other", text, tuple(choices))


def _only_to(turn: Turn) -> str | None:
    """Where a channel can show an answer to one person only, that person."""
    here = turn.incoming.channel == "slack" and turn.incoming.place != turn.incoming.sender
    return turn.incoming.sender if here else None  # a person is no place: what is said there only they see anyway


async def _open_dialog(turn: Turn, request: Request, button: Button, verdict: str) -> None:
    """Ask for the reason in a window of its own, which the platform opens only within seconds of the press."""
    asker = await directory.employee(request.employment)
    ending = "_change" if verdict == CHANGE else ""
    message = Message(
        "approvals.why", turn.phrase(f"approvals.why{ending}", name=asker.first_name), dialog=button.token,
        title=turn.phrase(f"approvals.why_title{ending}", number=request.number), language=turn.language,
    )  # fmt: skip
    window = Address(turn.address.channel, turn.address.account, turn.incoming.trigger or "", turn.employee.person)
    await outbox.post(
        window, message, dedupe=f"dialog:{turn.inbound}", caused_by=turn.inbound, after_unknown=outbox.DROP
    )  # fmt: skip


async def submitted(turn: Turn) -> None:
    """Take the reason that was written in a window of its own."""
    button = await buttons.find(turn.incoming.view or "", person=turn.employee.person)
    request = await Request.objects().where(Request.id == button.subject).first() if button else None
    if button is None or request is None:
        await turn.say("dialog.unknown_button")
        return
    try:
        await decisions.decide(
            request, buttons.value_of(button)["verdict"], reason=turn.incoming.words, person=turn.employee.person,
            version=button.version, channel=turn.incoming.channel,
        )  # fmt: skip
    except Refused as no:
        await _refused(turn, request, no, buttons.value_of(button)["verdict"])
