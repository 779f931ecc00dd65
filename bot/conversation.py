"""The middle of the product: who is this, which flow, what next; the replies in the same transaction.

One message is one transaction {inbox row, conversation, what the flow wrote, replies, audit}. A conversation's messages
are taken in order, one after the other: its row is held until the end of each.
"""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from piccolo.query.mixins import OnConflictAction

from bot import groups, limits, papers, pieces, strangers, talk, with_agent
from bot import wanted as _wanted  # noqa: F401  registers its job
from bot.dialog import interrupts
from bot.flows import approvals as _approvals  # noqa: F401  registers its flows
from bot.flows import desk_moves as _desk_moves  # noqa: F401  registers its flows
from bot.flows import ideas as _ideas  # noqa: F401  registers its flows
from bot.flows import leave as _leave  # noqa: F401  registers its flows
from bot.flows import leave_ahead as _leave_ahead  # noqa: F401  registers its flows
from bot.flows import leave_history as _leave_history  # noqa: F401  registers its flow
from bot.flows import leave_later as _leave_later  # noqa: F401  registers its flows
from bot.flows import leave_recap as _leave_recap  # noqa: F401  registers its flow
from bot.flows import leave_team as _leave_team  # noqa: F401  registers its flow
from bot.flows import leave_told as _leave_told  # noqa: F401  registers its flows
from bot.flows import linking as _linking  # noqa: F401  registers its flow
from bot.flows import misuse as _misuse  # noqa: F401  registers its flow
from bot.flows import nights as _nights  # noqa: F401  registers its flow
from bot.flows import papers as _papers  # noqa: F401  registers its flow
from bot.flows import privacy as _privacy  # noqa: F401  registers its flows
from bot.flows import questions as _questions  # noqa: F401  registers its flows
from bot.flows import tickets as _tickets  # noqa: F401  registers its flows
from bot.flows import training as _training  # noqa: F401  registers its flows
from bot.flows import urgent as _urgent  # noqa: F401  registers its flow
from bot.pieces import Incomplete, Piece
from bot.turn import State, Trace, Turn
from core import clock, database, engines, jobs, log, metrics, vault
from core.accounts import blocks
from core.audit import Actor
from core.crash import crashpoint
from core.helpdesk import alarming as _alarming  # noqa: F401  registers its job
from core.helpdesk import closing as _closing  # noqa: F401  registers its job
from core.helpdesk import dealing as _dealing  # noqa: F401  likewise
from core.helpdesk import many as _many  # noqa: F401  likewise
from core.helpdesk import recounting as _recounting  # noqa: F401  registers its job
from core.messaging import block_notices, inbox, outbox, silence, windows
from core.messaging.messages import Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Conversation, Inbound
from core.notices import feature_told as _feature_told  # noqa: F401  registers its job
from core.notices import release_told as _release_told  # noqa: F401  registers its jobs
from core.people import directory, identities
from core.people.identities import Known
from core.phrases import phrase
from core.privacy import breaches as _breaches  # noqa: F401  registers its jobs
from core.privacy import policy_told as _policy_told  # noqa: F401  registers its job
from core.privacy import telling as _privacy_told  # noqa: F401  registers its jobs
from core.stated import stated

STATE = "conversation.state"
MOST_TRIES = 3


@jobs.job("answer", lane=jobs.PROMPT)
async def answer(_: int | None, number: int) -> None:
    """Answer what this message's sender wrote and has not been answered, in order."""
    crashpoint("conversation.before_answer")
    async with database.installation(writes=False):
        waiting = await inbox.beside(number)
    while waiting:
        one = waiting[0]
        if one.id != number and await jobs.given_up("answer", one.id):
            # Whoever tried to answer it died of it: this message must not die of it too.
            await _give_up(one)
            waiting = waiting[1:]
            continue
        try:
            waiting = waiting[await _answer_first(waiting) :]
        except jobs.Later:
            raise
        except Exception as fault:  # whatever it is, one message must not silence its sender for ever
            if engines.refuses(fault):
                raise  # it is not the message: it is answered once the database takes the answer
            if await inbox.failed(one.id) < MOST_TRIES:
                raise
            await _give_up(one)
            waiting = waiting[1:]


@jobs.parked("answer")
async def unanswerable(_: int | None, number: int) -> None:
    """Whoever tried to answer this message died of it: its sender hears that it was lost, and may write again."""
    async with database.installation(writes=False):
        row = await Inbound.objects().where(Inbound.id == number).first()
    if row is not None and row.state == "new":
        await _give_up(row)


async def _answer_first(waiting: Sequence[Inbound]) -> int:
    """Answer the first message, with those that go on with it; returns how many that were."""
    taken = 1
    while True:
        some = pieces.of(waiting, taken)
        followed = taken < len(waiting) and pieces.goes_on(some[-1], waiting[taken])
        try:
            may_wait = pieces.may_wait(some, followed=followed, newest=taken == len(waiting))
            await _answer(some, may_wait=may_wait, last=taken == len(waiting))
        except Incomplete:
            if not followed:
                raise jobs.Later(some[-1].waits_until) from None
            taken += 1
        else:
            return taken


async def _answer(some: Sequence[Piece], *, may_wait: bool, last: bool) -> None:
    row, incoming = some[-1].row, pieces.joined(some)
    begun = time.perf_counter()
    await _answer_whom(some, row, incoming, may_wait=may_wait, last=last)
    metrics.TURN_WORK.labels(row.channel).observe(time.perf_counter() - begun)
    metrics.TURNS.labels(row.channel).observe(max((clock.now() - row.received_at).total_seconds(), 0.0))


async def _answer_whom(
    some: Sequence[Piece], row: Inbound, incoming: Incoming, *, may_wait: bool, last: bool
) -> None:  # fmt: skip
    if not incoming.private:
        await groups.answer(row, incoming, await strangers.operator())
        crashpoint("conversation.after_commit")
        return
    async with database.installation(writes=False):
        known = await _whose(incoming)
        silent = known is not None and await _is_silent(known, incoming)
    if known is None or silent:
        await strangers.answer(row, incoming, silent=known is not None)
    else:
        await _answer_known(some, incoming, known, may_wait=may_wait, last=last)
    crashpoint("conversation.after_commit")


async def _give_up(row: Inbound) -> None:
    """We cannot answer this message: say so, drop what was begun, and go on with the next one."""
    incoming = inbox.unseal(row)
    log.error("message_unanswered", channel=row.channel, number=row.id)
    if not incoming.private:
        async with database.installation():
            await inbox.close(row.id, company=0, state="failed")
        return
    known = await _whose(incoming)
    if known is None:
        await strangers.give_up(row, incoming)
        return
    async with database.transaction(known.company):
        conversation = await _conversation(known.person)
        if await inbox.close(row.id, company=known.company, state="failed", of=(known.person, incoming)):
            await save(conversation, State(turn=_turn_after(conversation)), conversation.language)
            words = phrase("dialog.failed", conversation.language)
            message = Message("dialog.failed", words, language=conversation.language)
            await outbox.post(_back_to(incoming, known.person), message, dedupe=f"failed:{row.id}", caused_by=row.id)


def _turn_after(conversation: Conversation) -> int:
    """The turn after the one at rest; what rests may be the very thing that cannot be read."""
    try:
        return load(conversation).turn + 1
    except (TypeError, *vault.SHUT):
        return secrets.randbelow(1_000_000_000)


async def _whose(incoming: Incoming) -> Known | None:
    if incoming.channel in inbox.INSIDE:
        # The session or the command line has already shown who this is: "company:person".
        company, person = incoming.sender.split(":")
        return Known(0, int(company), int(person))
    async with database.installation(writes=False):
        return await identities.whose(incoming.channel, incoming.account, incoming.sender)


async def _is_silent(known: Known, incoming: Incoming) -> bool:
    """Whether nobody wrote here for so long that it may be somebody else by now; a block is taken all the same."""
    if known.verified_at is None or interrupts.command(incoming.words or "") == "block":
        return False
    async with database.installation(writes=False):
        return await silence.is_silent(
            incoming.channel, incoming.account, incoming.sender, person=known.person, verified_at=known.verified_at
        )


async def _answer_known(
    some: Sequence[Piece], incoming: Incoming, known: Known, *, may_wait: bool, last: bool
) -> None:  # fmt: skip
    row = some[-1].row
    fetched = await papers.fetch(row, incoming, known.company, known.person)
    async with database.transaction(known.company):
        vault.read_by(known.company, known.person)
        conversation = await _conversation(known.person)
        employee = await directory.of_person(known.person)  # once the talk is held: what was read before may be old
        trace = Trace(row.received_at)
        trace.passed("conversation")
        if employee is None:
            # The employment has ended, and with it what this chat may be told.
            await identities.unlink(known.person, incoming.channel, actor=Actor("serambi", "job"))
            await inbox.close(row.id, company=known.company, of=(known.person, incoming))
            return
        turn = Turn(
            employee=employee, incoming=incoming, inbound=row.id, trace=trace,
            state=load(conversation), language=conversation.language, address=_back_to(incoming, known.person),
            may_wait=may_wait,
        )  # fmt: skip
        if incoming.channel in inbox.INSIDE and await blocks.of_person(known.person) is not None:
            if await inbox.close(row.id, company=known.company):
                await turn.say("accounts.blocked_says")
            return
        if interrupts.command(incoming.words or "") == "block":
            # Before any limit and any open question: who asks for this may have no second message.
            if await inbox.close(row.id, company=known.company):
                await block(turn)
                await save(conversation, State(turn=turn.state.turn + 1), turn.language)
            return
        room = await limits.room(row, incoming)
        state = "done" if room == "answer" else limits.LIMITED
        for one in some:
            if not await inbox.close(one.row.id, company=known.company, state=state, of=(known.person, one.incoming)):
                return
        crashpoint("conversation.taken")
        if room != "answer":
            if room == "tell":
                await turn.say("dialog.too_fast")
            return
        if known.unreachable and incoming.kind not in ("blocked", "moved"):
            await identities.reachable(known.identity)
        if incoming.kind == "moved":
            # A number that moved may have another owner: its link ends, and a new one needs a new code.
            await identities.unlink(known.person, incoming.channel, actor=Actor("serambi", "job"))
            return
        freed = await windows.opened(known.person, incoming)
        if incoming.kind == "opened" and freed:
            return  # what waited is the answer
        turn.paper = await papers.keep(fetched, known.person)
        if conversation.ticket is None or not await with_agent.heard_by_agent(turn, conversation.ticket):
            await talk.step(turn)
        crashpoint("conversation.answered")
        await save(conversation, turn.state, turn.language)
        trace.passed("outbox")
        await Inbound.update({Inbound.trace: json.dumps(trace.stops)}).where(Inbound.id == row.id)
        if last:
            await jobs.end_here()
        crashpoint("conversation.before_commit")


async def block(turn: Turn) -> None:
    """Everything that speaks for this person ends now; the other chats and their mailbox are told."""
    ended = await blocks.block(turn.employee.person, channel=turn.incoming.channel, by=turn.actor)
    words = await block_notices.tell(ended, turn.employee, language=turn.language, here=turn.address)
    await turn.post("accounts.blocked_now", words)


def _back_to(incoming: Incoming, person: int) -> Address:
    """Where the answer to this message goes: where it came from."""
    if incoming.channel in inbox.INSIDE:
        return Address(outbox.WEB, outbox.WEB, str(person), person)
    return Address(incoming.channel, incoming.account, incoming.place or incoming.sender, person)


async def _conversation(person: int) -> Conversation:
    """The talk with this person, held until the end of the transaction."""
    row: Conversation | None = await _talk(person)
    if row is None:
        employee = await directory.of_person(person)
        fresh = Conversation(
            ticket=await with_agent.who_has_the_word(person),
            person=person, language=employee.language if employee else "id", state=seal(State(), person),
            changed_at=clock.now(),
        )  # fmt: skip
        await Conversation.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)
        row = await _talk(person)
        assert row is not None
    if await database.lock(Conversation, row.id):
        row = await Conversation.objects().where(Conversation.id == row.id).first()
        assert row is not None
    return row


@stated
def _talk(person: int) -> Any:
    return Conversation.objects().where(Conversation.person == person).first()


@stated
def _rests(number: int, state: str, language: str, at: datetime) -> Any:
    values: dict[Any, Any] = {Conversation.state: state, Conversation.language: language, Conversation.changed_at: at}
    return Conversation.update(values).where(Conversation.id == number)


def seal(state: State, person: int | None) -> str:
    """The envelope in which the state of a talk with this person rests."""
    return vault.seal(json.dumps(asdict(state)), company=database.company(), column=STATE, subject=person)


def load(conversation: Conversation) -> State:
    """The state in which a talk rests."""
    with vault.own(database.company(), conversation.person):
        words = vault.unseal(conversation.state, company=database.company(), column=STATE, subject=conversation.person)
    stored: dict[str, Any] = json.loads(words)
    if kept := stored.pop("kept", None):  # written by an earlier version
        stored["stack"] = [kept]
    known = {one.name for one in fields(State)}
    return State(**{name: value for name, value in stored.items() if name in known})


async def save(conversation: Conversation, state: State, language: str) -> None:
    """Write down where the talk stands."""
    await _rests(conversation.id, seal(state, conversation.person), language, clock.now())
