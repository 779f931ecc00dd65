"""A talk that only pretends: the whole of it is played in one transaction that is never kept and holds up nobody.

What was written so far is played again with every turn, so a request made two turns ago is there, with the number it
would have had; afterwards nothing is: no row, no number, no message on its way.
"""

import asyncio
import json
import secrets
from collections.abc import Sequence
from typing import Any

from bot import conversation, heard, talk
from bot.dialog import dates, interrupts, kinds
from bot.turn import State, Trace, Turn
from core import clock, database
from core.engines import GaveWay
from core.errors import Refused
from core.messaging import outbox
from core.messaging.messages import Incoming
from core.messaging.outbox import Address
from core.messaging.rehearsed import Heard, Played, Said
from core.messaging.tables import Outbound
from core.people import directory

MOST = 40  # turns
MOST_TRIES, PAUSE = 10, 0.1  # seconds; a talk that only pretends gives way to the real ones


async def play(
    company: int, person: int, lines: Sequence[str], language: str | None = None
) -> Sequence[Played]:  # fmt: skip
    """What this person would be told if they wrote these lines, the newest last; nothing of it stays.

    `language` is the one in which they are met, where it is not their own.

    `[Title]` presses the choice of that name. LookupError when the person does not work here, Refused while the company
    has so much to do that it could only be kept waiting.
    """
    for _ in range(MOST_TRIES):
        try:
            async with database.pretending(company):
                return await _play(person, lines[:MOST], language)
        except GaveWay:
            await asyncio.sleep(PAUSE)
    raise Refused("simulator.busy")


async def _play(person: int, lines: Sequence[str], met_in: str | None) -> list[Played]:
    employee = await directory.of_person(person)
    if employee is None:
        raise LookupError(f"person {person} does not work here")
    state, language, first = State(), met_in or employee.language, secrets.randbelow(2**60)
    offered: dict[str, str] = {}
    played = []
    for at, words in enumerate(lines):
        token = offered.get(words.strip()[1:-1].casefold()) if _is_press(words) else None
        incoming = Incoming(
            outbox.WEB, outbox.WEB, f"{employee.company}:{person}", f"simulated:{first}:{at}",
            words=None if token else words, token=token, kind="press" if token else "message",
        )  # fmt: skip
        turn = Turn(
            employee=await directory.of_person(person) or employee, incoming=incoming, inbound=-first - at,
            trace=Trace(clock.now()), state=state, language=language,
            address=Address(outbox.WEB, outbox.WEB, str(person), person),
        )  # fmt: skip
        asked, before = state.asked, dict(state.answers)
        with await heard.as_taught():
            understood = None if token else await _heard(words, turn)
        with outbox.watched() as posted:
            if interrupts.command(words) == "block":
                await conversation.block(turn)
                turn.state = State(turn=state.turn + 1)
            else:
                await talk.step(turn)
        state, language = turn.state, turn.language
        said = await _said(posted, person)
        pressable = {title.casefold(): token for _, choices in said for title, token in choices}
        offered = pressable or offered
        stored = {key: value for key, value in state.answers.items() if value is not None and before.get(key) != value}
        played.append(
            Played(
                words, asked, state.flow, understood,
                tuple((key, json.dumps(value, ensure_ascii=False, default=str)) for key, value in stored.items()),
                tuple(one for one, _ in said),
            )
        )  # fmt: skip
    return played


def _is_press(words: str) -> bool:
    return words.strip().startswith("[") and words.strip().endswith("]")


async def _heard(words: str, turn: Turn) -> Heard:
    guess, found = await heard.guess(words), dates.find(words, today=clock.today(turn.employee.zone))
    when: Any = found.when if found is not None else None
    return Heard(
        guess.intent, guess.runners_up, guess.heard, kinds.kind(words),
        starts=when and when.starts, ends=when and when.ends, days=when and when.days,
        doubtful=bool(when and (when.doubtful or when.either)),
    )  # fmt: skip


async def _said(posted: Sequence[int], person: int) -> list[tuple[Said, list[tuple[str, str]]]]:
    """What these messages say, each with the choices that this person may press."""
    rows = await Outbound.objects().where(Outbound.id.is_in(list(posted) or [0])).order_by(Outbound.id)
    told = []
    for row in rows:
        message = outbox.unseal(row)
        mine = row.person == person and row.channel == outbox.WEB
        name = row.channel if row.person is None else await directory.person_name(row.person)
        text = f"{message.title}\n{message.text}" if message.title else message.text
        titles = tuple(one.title for one in message.choices)
        pressable = [(one.title, one.token) for one in message.choices] if mine else []
        told.append((Said(message.key, text, titles, None if mine else name), pressable))
    return told
