"""The talk with a chat account that is linked to nobody: no fact about anybody, until a code from HR is typed.

Strangers belong to no company, so their talk is kept by the installation's own. The same words are said whether or not
a number or a code is known.
"""

import json
import re
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from piccolo.query.mixins import OnConflictAction

from bot import heard, limits
from bot.dialog import intents, interrupts, parsers
from bot.flows import privacy_words
from core import clock, database, jobs, settings, vault
from core.accounts import blocks
from core.accounts.tables import Company
from core.crash import crashpoint
from core.errors import Refused
from core.messaging import bot_accounts, buttons, inbox, outbox, silent_chats
from core.messaging.messages import CHANNEL_NAMES, HAPPENED, Choice, Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Conversation, Inbound
from core.people import by_phone, directory, identities
from core.phrases import LANGUAGES, phrase

STATE = "conversation.state"
MOST_TRIES, LOCKED = 5, timedelta(hours=1)
SHOW_NUMBERS = frozenset({"telegram"})  # chats that vouch for the number of who writes
CHOICES = ("have_code", "invite")


@dataclass
class State:
    """Where the talk with a stranger rests."""

    offered: dict[str, Any] | None = None  # the invitation that waits for a yes
    asks: str | None = None  # number | code
    shows: bool = False  # a button under the input offers to show the own number
    tries: int = 0
    tried_at: str | None = None


@dataclass
class Turn:
    """A stranger's message, and all that answering it needs."""

    row: Inbound
    incoming: Incoming
    state: State
    language: str
    company: int
    silent: bool = False  # it is linked, and nobody knows whether still to whom
    said: int = 0

    async def say(self, key: str, *names: str, offers: bool = False, **facts: Any) -> None:
        """Say a phrase back, with choices by name; it may offer to show the own number instead, where a chat can."""
        self.said += 1
        contact = None
        if not names and (self.state.shows or (offers and self.incoming.channel in SHOW_NUMBERS)):
            self.state.shows = offers
            contact = phrase("linking.show_number", self.language) if offers else ""
        titles = {name: phrase(f"linking.choice_{name}", self.language) for name in names}
        choices = tuple([await buttons.make(titles[name], "stranger", person=None, value=name) for name in names])
        await _post(
            self.row, self.incoming, key, phrase(key, self.language, **facts), choices, self.language, self.said,
            contact=contact,
        )  # fmt: skip


async def answer(row: Inbound, incoming: Incoming, *, silent: bool = False) -> None:
    """Answer one message of somebody who is linked to nobody, or whose chat was `silent` for too long."""
    operator, only = await houses(incoming.channel, incoming.account)
    if await _is_blocked(row, incoming, operator):
        return
    words = _said(incoming)
    language = interrupts.language_of(words) or (incoming.language or "id")[:2]
    code = parsers.code(words)
    shown = incoming.words if incoming.kind == "contact" else None
    offer = await _offer(code) if code else await _offer_by_number(shown) if shown else None
    if offer is not None and not await bot_accounts.speaks_for(incoming.channel, incoming.account, offer["company"]):
        offer = None
    if incoming.kind == "edited" or incoming.kind in HAPPENED:
        async with database.transaction(operator):
            await inbox.close(row.id, company=operator)
        return
    learnt = await _learnt(only)
    async with database.transaction(operator):
        conversation = await _conversation(incoming, "en" if language == "en" else "id")
        state = State(**json.loads(vault.unseal(conversation.state, company=operator, column=STATE)))
        command = interrupts.command(words) or ""
        spoken = command.partition(":")[2] if command.startswith("language:") else interrupts.language_of(words)
        turn = Turn(row, incoming, state, spoken or conversation.language, operator, silent)
        crashpoint("strangers.taken")
        pressed = await _pressed(turn) or _typed(words, state)
        if command in ("cancel", "menu", "back") or command.startswith("language:"):
            state.asks = None
        linking = state.offered if pressed == "yes" else None
        if linking is None:
            room = await limits.room(row, incoming)
            if not await inbox.close(row.id, company=operator, state="done" if room == "answer" else limits.LIMITED):
                return
            if room != "answer":
                if room == "tell":
                    await turn.say("dialog.too_fast")
                return
            with learnt:
                await _step(turn, pressed, code, offer, only)
            if state.asks == "told":
                await jobs.enqueue("strangers.tell", row.id)
            await _save(conversation, turn)
    if linking is not None:
        await _link(row, incoming, linking, turn.language, operator, shows=state.shows)
        async with database.transaction(operator):
            turn.state = State()  # the offer is used up; should the chat be unlinked, the talk begins afresh
            await _save(conversation, turn)


async def give_up(row: Inbound, incoming: Incoming) -> None:
    """We cannot answer this message of a stranger: say so, and begin the talk afresh, for what rests may be why."""
    company = await operator()
    async with database.transaction(company):
        conversation = await _conversation(incoming, _written_in(incoming))
        if await inbox.close(row.id, company=company, state="failed"):
            await _save(conversation, Turn(row, incoming, State(), conversation.language, company))
            key = "dialog.failed"
            await _post(row, incoming, key, phrase(key, conversation.language), (), conversation.language, 0)


async def _learnt(only: Company | None) -> AbstractContextManager[None]:
    """What the one company that is served here has taught its talk; of several, none is the stranger's."""
    if only is None:
        return nullcontext()
    async with database.reading(only.id):
        return await heard.as_taught()


async def _is_blocked(row: Inbound, incoming: Incoming, operator: int) -> bool:
    """Whether this chat was blocked by its owner: then it hears one sentence, whatever it says."""
    async with database.installation(writes=False):
        if not await blocks.stands_on(incoming.channel, incoming.account, incoming.sender):
            return False
    async with database.transaction(operator):
        conversation = await _conversation(incoming, _written_in(incoming))
        room = await limits.room(row, incoming)
        closed = await inbox.close(row.id, company=operator, state="done" if room == "answer" else limits.LIMITED)
        if closed and room == "answer" and incoming.kind not in ("edited", *HAPPENED):
            language = interrupts.language_of(_said(incoming)) or conversation.language
            key = "accounts.blocked_says"
            await _post(row, incoming, key, phrase(key, language), (), language, 1)
    return True


async def _step(turn: Turn, pressed: str | None, code: str | None, offer: dict[str, Any] | None, only: Any) -> None:
    state, words = turn.state, _said(turn.incoming)
    if turn.incoming.kind == "contact":
        await _showed(turn, offer, only)
    elif code is not None:
        await _tried(turn, offer)
    elif state.offered is not None and pressed == "no":
        state.offered = None
        await turn.say("linking.not_you", "have_code")
    elif state.offered is not None and pressed is None:
        await turn.say("linking.say_yes", "yes", "no")
    elif pressed == "have_code":
        state.asks = None
        await turn.say("linking.type_code", offers=True)
    elif pressed == "invite":
        if only is None:
            await turn.say("linking.ask_hr")
        else:
            state.asks = "number"
            await turn.say("linking.type_number", offers=True)
    elif state.asks == "number" and any(sign.isdigit() for sign in words):
        state.asks = "told"
        await turn.say("linking.told_hr", "have_code")
    elif state.asks == "number" and words:
        await turn.say("linking.type_number", offers=True)
    elif turn.silent:
        await turn.say("linking.silent", "have_code", "invite", link=silent_chats.page())
    elif _says_nothing_yet(words):
        key = "linking.hello" if only is not None else "linking.hello_any"
        await turn.say(key, "have_code", "invite", company=only.name if only else "")
    elif privacy_words.is_about_data(words):
        # The same words whether or not this number is known here: asked is there, where nobody has to be known.
        await turn.say("linking.data_form", "have_code", "invite", link=f"{settings.current().public_url}/report")
    else:
        await turn.say("linking.unlinked", "have_code", "invite")


def _said(incoming: Incoming) -> str:
    """The words, without the command that a link into Telegram puts before them; a number that was shown is none."""
    if incoming.kind == "contact":
        return ""
    return re.sub(r"^/start\b", "", incoming.words or "").strip()


def _typed(words: str, state: State) -> str | None:
    """The choice that was written instead of pressed."""
    if state.offered is not None and (answer := parsers.yes_no(words)) is not None:
        return "yes" if answer else "no"
    for language in LANGUAGES:
        titles = [phrase(f"linking.choice_{name}", language) for name in CHOICES]
        if words and words[0].isalpha() and (number := parsers.choose(words, titles)) is not None:
            return CHOICES[number]
    return None


def _says_nothing_yet(words: str) -> bool:
    """Whether somebody only greets or asks what this is; whoever asks for a thing hears that it needs a link."""
    guess = intents.guess(words)
    return not words or guess.intent in (None, "smalltalk", "out_of_scope", "training")


async def _tried(turn: Turn, offer: dict[str, Any] | None) -> None:
    state, now = turn.state, clock.now()
    if state.tried_at and now - datetime.fromisoformat(state.tried_at) > LOCKED:
        state.tries = 0
    if state.tries >= MOST_TRIES:
        await turn.say("linking.too_many")
        return
    state.tries, state.tried_at = state.tries + 1, now.isoformat()
    if offer is None:
        await turn.say("linking.wrong_code")
        return
    await _confirm(turn, offer)


async def _showed(turn: Turn, offer: dict[str, Any] | None, only: Company | None) -> None:
    """Somebody showed a card: their own number does what a code does, and HR hears of one that opens nothing."""
    if turn.incoming.words is None:
        await turn.say("linking.not_your_number", offers=True)
    elif offer is not None:
        await _confirm(turn, offer)
    elif only is None:
        await turn.say("linking.ask_hr")
    else:
        turn.state.asks = "told"
        await turn.say("linking.told_hr_phone")


async def _confirm(turn: Turn, offer: dict[str, Any]) -> None:
    state = turn.state
    state.offered = offer
    facts = offer | {"channel": CHANNEL_NAMES.get(turn.incoming.channel, turn.incoming.channel)}
    state.offered["consent"] = phrase("linking.confirm", turn.language, **_words(facts))
    await turn.say("linking.confirm", "yes", "no", **_words(facts))


def _words(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: str(facts[name]) for name in ("who", "where", "channel")}


async def _link(
    row: Inbound, incoming: Incoming, offered: dict[str, Any], language: str, operator: int, *, shows: bool
) -> None:
    """The yes: in one transaction of the employee's company the code is used up, the chat linked, the answer posted."""
    allowed = await bot_accounts.speaks_for(incoming.channel, incoming.account, offered["company"])
    try:
        if not allowed:  # the workspace became another company's since the code was shown
            raise Refused("linking.wrong_code")
        async with database.transaction(offered["company"]):
            if not await inbox.close(row.id, company=offered["company"]):
                return
            employee = await identities.link(
                offered["invitation"], channel=incoming.channel, account=incoming.account, external_id=incoming.sender,
                place=incoming.place, consent=offered["consent"], message=row.id,
            )  # fmt: skip
            crashpoint("strangers.linked")
            choices = [
                await buttons.make(
                    phrase(f"dialog.choice_{name}", language), "start", person=employee.person, flow=name, answers={}
                )
                for name in ("balance", "leave")
            ]
            address = Address(incoming.channel, incoming.account, incoming.place or incoming.sender, employee.person)
            message = Message("linking.done", phrase("linking.done", language), tuple(choices), language=language)
            if shows:  # the message that takes the button away can have none of its own
                key = "linking.done_in_words"
                message = Message(key, phrase(key, language), language=language, contact="")
            await outbox.post(address, message, dedupe=f"reply:{row.id}:1", caused_by=row.id)
    except Refused as no:
        async with database.transaction(operator):
            if await inbox.close(row.id, company=operator):
                await _post(row, incoming, no.key, phrase(no.key, language), (), language, 1)


async def _offer(code: str) -> dict[str, Any] | None:
    """What a code opens, with as much of the person as lets them recognise themselves."""
    async with database.installation(writes=False):
        found = await identities.offered(code)
    if found is None:
        return None
    async with database.transaction(found.company):
        employee = await directory.at_work(found.employment)
        if employee is None or not await identities.tried(found.invitation):
            return None
    return _recognised(found, employee)


async def _offer_by_number(number: str) -> dict[str, Any] | None:
    """What HR has opened for whoever is registered with this number, which its owner has shown."""
    found = await by_phone.invited(number)
    if found is None:
        return None
    async with database.reading(found.company):
        employee = await directory.at_work(found.employment)
    return None if employee is None else _recognised(found, employee)


def _recognised(found: identities.Offered, employee: directory.Employee) -> dict[str, Any]:
    return {
        "invitation": found.invitation, "company": found.company, "who": employee.short_name,
        "where": employee.department_name or employee.number,
    }  # fmt: skip


async def _pressed(turn: Turn) -> str | None:
    if turn.incoming.token is None:
        return None
    button = await buttons.find(turn.incoming.token, person=None)
    return None if button is None or button.action != "stranger" else str(buttons.value_of(button)["value"])


async def _post(
    row: Inbound, incoming: Incoming, key: str, text: str, choices: tuple[Choice, ...], language: str, said: int,
    contact: str | None = None,
) -> None:  # fmt: skip
    address = Address(incoming.channel, incoming.account, incoming.place or incoming.sender, None)
    message = Message(key, text, choices, language=language, contact=contact)
    await outbox.post(address, message, dedupe=f"reply:{row.id}:{said}", caused_by=row.id)


async def operator() -> int:
    """The installation's own company, in which the talks with nobody are kept."""
    return (await houses())[0]


async def houses(channel: str = "", account: str = "") -> tuple[int, Company | None]:
    """The installation's own company, and the customer who alone is spoken for there: whose bot it is, or the one."""
    owner = await bot_accounts.owner(channel, account)
    async with database.installation(writes=False):
        companies = await Company.objects().order_by(Company.id)
    operator = next(one for one in companies if one.kind == "operator")
    customers = [one for one in companies if one.kind == "company" and owner in (None, one.id)]
    return operator.id, customers[0] if len(customers) == 1 else None


def _written_in(incoming: Incoming) -> str:
    """The language in which the app of this stranger speaks, as far as we speak it too."""
    return "en" if (incoming.language or "").startswith("en") else "id"


async def _conversation(incoming: Incoming, language: str) -> Conversation:
    stranger = f"{incoming.channel}|{incoming.account}|{incoming.sender}"
    sealed = vault.seal(json.dumps(asdict(State())), company=database.company(), column=STATE)
    fresh = Conversation(person=None, stranger=stranger, language=language, state=sealed, changed_at=clock.now())
    await Conversation.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
    row = await Conversation.objects().where(Conversation.stranger == stranger).first()
    assert row is not None
    await database.lock(Conversation, row.id)
    held = await Conversation.objects().where(Conversation.id == row.id).first()
    assert held is not None
    return held


async def _save(conversation: Conversation, turn: Turn) -> None:
    turn.state.asks = None if turn.state.asks == "told" else turn.state.asks
    sealed = vault.seal(json.dumps(asdict(turn.state)), company=database.company(), column=STATE)
    await Conversation.update(
        {Conversation.state: sealed, Conversation.language: turn.language, Conversation.changed_at: clock.now()}
    ).where(Conversation.id == conversation.id)
