"""Rights over one's personal data in the talk: ask for any of them, hear how it stands, add, take it back, who looked.

What is asked is found in the first sentence where it says so. A value of the record is never shown here, only what its
owner writes; a copy or an erasure is granted once they have signed in and said that it was they who asked.
"""

from typing import Any

from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.flows import consents
from bot.flows.leave_words import start_choice
from bot.flows.privacy_words import CORRECTION, KIND, LOOKS, MATTER, number_in
from bot.flows.readers import CONFIRM
from core import settings
from core.errors import Refused
from core.people import identities, reveals
from core.phrases import saat, tanggal
from core.privacy import corrections, deciding, erasure, kinds, officers, requests, step_up, way, yearly
from core.privacy.requests import Come
from core.privacy.tables import DataRequest

MOST_LISTED, MOST_LOOKS = 5, 5
# What is offered where a sentence names none; "copy" is the whole of art. 7 and 13, "correct" that of art. 6.
OFFERED = (
    kinds.COPY, kinds.CORRECT, kinds.RESTRICT, kinds.OBJECT, kinds.WITHDRAW, kinds.DELETE, kinds.COMPLAIN, kinds.REVIEW,
)  # fmt: skip
TOLD = frozenset({kinds.RESTRICT, kinds.OBJECT, kinds.WITHDRAW, kinds.COMPLAIN, kinds.REVIEW})  # in words


async def nothing_sent(chat: Chat) -> str:
    """What is said when a request is dropped."""
    return chat.phrase("tickets.not_sent")


@flow("privacy", cancelled=nothing_sent, keeps={"": ("privacy.which", "said")})
async def ask_for(chat: Chat) -> None:
    """Ask for one of one's rights; at most four messages, whichever it is."""
    kind = await chat.ask(
        "privacy.which", KIND,
        options=[
            *(Option(one, chat.phrase(f"privacy.kind_{one}")) for one in OFFERED),
            Option(LOOKS, chat.phrase("privacy.kind_looks")),
        ],
    )  # fmt: skip
    if kind == LOOKS:
        await _tell_looks(chat)
        return
    words, change, told = "", None, "privacy.tell"
    if kind == kinds.WITHDRAW:
        said = await consents.withdraw(chat)
        if said is None:
            return
        words, told = said, "consents.which" if said else "privacy.tell"
    if kind in kinds.REWRITES:
        change = await chat.ask("privacy.right", CORRECTION, hangs_on=["privacy.which"])
        if change[0] != corrections.OTHER:
            corrections.checked(*change)
    elif kind in TOLD and not words:
        reads = "officer" if await chat.look("officer", officers.any_officer, chat.employee.person) else "top"
        matter = await chat.ask(
            "privacy.tell", MATTER, says=f"privacy.tell_{kind}", hangs_on=["privacy.which"], reads=reads
        )  # fmt: skip
        words = matter or ""
    answer = await _confirmed(chat, kind, words, change)
    if answer == "change":
        chat.again("privacy.right" if change else told)
    if answer == "part":
        part = await chat.ask("privacy.part", MATTER, hangs_on=["privacy.confirm"])
        words = part or ""
    row = await requests.submit(
        kind, chat.employee.person, words or (chat.answers.get("said") or ""), await _came(chat), by=chat.actor
    )
    if change:
        await corrections.propose(row, *change, by=chat.actor)
    await _receipt(chat, row)


async def _confirmed(chat: Chat, kind: str, words: str, change: tuple[str, str] | None) -> str:
    chat.note("said", MATTER)
    like = await chat.look("like", requests.waiting_like, chat.employee.person, kind)
    before = ""
    if like is not None:
        by = saat(like.due_at, chat.employee.zone, chat.language)
        before = chat.phrase("privacy.there_is", number=like.number, by=by) + " "
    says, facts, middle, yes = "privacy.confirm", dict[str, Any](), list[Option](), "privacy.yes_ask"
    if change is not None:
        says = "privacy.confirm_change"
        facts = {"field": chat.phrase(f"privacy.field_{change[0]}"), "value": change[1]}
        middle = [Option("change", chat.phrase("privacy.change_it"))]
    elif words:
        says, facts, yes = "privacy.confirm_words", {"words": words}, "tickets.yes_send"
        middle = [Option("change", chat.phrase("privacy.change_it"))]
    elif kind == kinds.DELETE:
        says, middle = "privacy.confirm_delete", [Option("part", chat.phrase("privacy.a_part"))]
    else:
        facts = {"what": chat.phrase(f"privacy.what_{kind}")}
    options = [Option("yes", chat.phrase(yes)), *middle, Option("no", chat.phrase("tickets.cancel"))]
    answer = await chat.ask(
        "privacy.confirm", CONFIRM, says=says,
        hangs_on=["privacy.which", "privacy.right", "privacy.tell", "consents.which"],
        options=options, before=before, **facts,
    )  # fmt: skip
    if answer == "no":
        raise Cancelled
    return answer


async def _came(chat: Chat) -> Come:
    """A chat that was linked a moment ago shows less than one that has been theirs for long."""
    cooling = await identities.cooling_until(chat.employee.person)
    identity = kinds.LINKED if cooling is None else kinds.UNKNOWN
    return Come(kinds.CHAT, chat.actor.channel, identity, subject=chat.employee.person)


async def _receipt(chat: Chat, row: DataRequest) -> None:
    by = saat(row.due_at, chat.employee.zone, chat.language)
    choices = [await _choice(chat, "see", row), await _choice(chat, "take_back", row, "privacy_drop")]
    if row.kind == kinds.COMPLAIN:
        choices = [
            await start_choice(chat, "privacy", chat.phrase("privacy.choice_looks"), **{"privacy.which": LOOKS}),
            choices[0],
        ]
        chat.say("privacy.complaint_opened", *choices, number=row.number, by=by)
    elif (page := await step_up.link(row)) is not None:
        key = "pins.opened_change" if row.kind in kinds.REWRITES else "pins.opened"
        choices = [await _choice(chat, "prove", row, "privacy_prove"), *choices]
        chat.say(key, *choices, number=row.number, by=by, page=page, link=_link())
    elif not kinds.is_known_enough(row.kind, row.identity) or await corrections.needs_more(row):
        chat.say("privacy.opened_prove", *choices, number=row.number, by=by, link=_link())
    else:
        key = "privacy.opened_change" if row.kind in kinds.REWRITES else "privacy.opened"
        chat.say(key, *choices, number=row.number, by=by, link=_link())
    chat.topic = {"privacy": row.number}


def _link() -> str:
    return f"{settings.current().public_url}/me/data/requests"


@flow("privacy_status", brief=True)
async def how_it_stands(chat: Chat) -> None:
    """How one's requests stand: the one that is named, or each in a line."""
    named = chat.answers.get("privacy") or number_in(chat.opening)
    if named is not None:
        await _tell(chat, await chat.look("named", _theirs, chat, named))
        return
    rows = await chat.look("mine", requests.of_person, chat.employee.person)
    if not rows:
        chat.say("privacy.none", await start_choice(chat, "privacy", chat.phrase("privacy.make_one")))
    elif len(rows) == 1:
        await _tell(chat, rows[0])
    else:
        some = rows[:MOST_LISTED]
        shown = [await start_choice(chat, "privacy_status", row.number, privacy=row.number) for row in some]
        chat.say("privacy.several", *shown, lines="\n".join(_line(chat, row) for row in some))


@flow("privacy_drop", cancelled=nothing_sent)
async def take_back(chat: Chat) -> None:
    """Take a request back, after one question."""
    row = await chat.look("named", _theirs, chat, str(chat.answers.get("privacy") or ""))
    if row.state not in way.OPEN:
        raise Refused("privacy.answered_already", number=row.number)
    answer = await chat.ask(
        "privacy.drop_sure", CONFIRM, number=row.number, what=chat.phrase(f"privacy.kind_{row.kind}"),
        options=[Option("yes", chat.phrase("privacy.drop_yes")), Option("no", chat.phrase("privacy.drop_no"))],
    )  # fmt: skip
    if answer == "no":
        chat.say("privacy.kept", number=row.number, by=saat(row.due_at, chat.employee.zone, chat.language))
        return
    await requests.withdraw(row, by=chat.actor)
    chat.say("privacy.dropped", number=row.number)


@flow("privacy_prove", brief=True)
async def prove(chat: Chat) -> None:
    """A fresh page for the PIN, where the first one was used up or its time is over."""
    row = await chat.look("named", _theirs, chat, str(chat.answers.get("privacy") or ""))
    if not step_up.needs(row):
        await _tell(chat, row)
        return
    page = await step_up.link(row)
    key = "pins.again_none" if page is None else "pins.again_link"
    chat.say(key, await _choice(chat, "see", row), number=row.number, link=page or _link())


@flow("privacy_add", cancelled=nothing_sent)
async def add(chat: Chat) -> None:
    """Add something to a request, or answer what the officer asks."""
    row = await chat.look("named", _theirs, chat, str(chat.answers.get("privacy") or ""))
    words = await chat.ask("privacy.add_what", MATTER, number=row.number)
    await requests.add(row, words or "", by=chat.actor)
    by = saat(row.due_at, chat.employee.zone, chat.language)
    chat.say("privacy.added", await _choice(chat, "see", row), number=row.number, by=by)


@flow("privacy_understood", brief=True)
async def understood(chat: Chat) -> None:
    """The answer was read: nothing of it is open any more."""
    row = await chat.look("named", _theirs, chat, str(chat.answers.get("privacy") or ""))
    await deciding.understood(row, by=chat.actor)
    chat.say("privacy.understood", number=row.number)


@flow("privacy_checked", brief=True)
async def checked(chat: Chat) -> None:
    """What is held was looked at, and is right."""
    await yearly.confirm(chat.employee.person, by=chat.actor)
    chat.say("yearly.thanks")


@flow("privacy_keep", cancelled=nothing_sent)
async def keep(chat: Chat) -> None:
    """Stop a deletion that was granted and has not begun, after one question."""
    row = await chat.look("named", _theirs, chat, str(chat.answers.get("privacy") or ""))
    waiting = await chat.look("waiting", erasure.waiting_for, row.public)
    if waiting is None:
        raise Refused("erasing.too_late")
    answer = await chat.ask(
        "erasing.stop_sure", CONFIRM, number=row.number,
        options=[Option("yes", chat.phrase("erasing.stop_yes")), Option("no", chat.phrase("erasing.stop_no"))],
    )  # fmt: skip
    if answer == "no":
        chat.say("erasing.goes_on", number=row.number, at=saat(waiting.runs_at, chat.employee.zone, chat.language))
        return
    await deciding.keep(row, by=chat.actor)
    chat.say("erasing.stopped", number=row.number)


async def _tell(chat: Chat, row: DataRequest) -> None:
    choices = []
    if row.state in way.OPEN:
        choices = [
            await _choice(chat, "add", row, "privacy_add"),
            await _choice(chat, "take_back", row, "privacy_drop"),
        ]
    if step_up.needs(row) and await chat.look("pin", step_up.has_pin, row.person):
        choices = [await _choice(chat, "prove", row, "privacy_prove"), *choices]
    chat.say("privacy.stands", *choices, line=_line(chat, row))
    chat.topic = {"privacy": row.number}


def _line(chat: Chat, row: DataRequest) -> str:
    kind = chat.phrase(f"privacy.kind_{row.kind}")
    state = chat.phrase(f"privacy.state_{row.state}")
    key = "privacy.line_open" if row.state in way.OPEN else "privacy.line"
    by = saat(row.due_at, chat.employee.zone, chat.language)
    return chat.phrase(key, number=row.number, kind=kind, state=state, by=by)


async def _tell_looks(chat: Chat) -> None:
    """Who looked at what about them, as it is kept for every look."""
    person, zone, language = chat.employee.person, chat.employee.zone, chat.language
    if await chat.look("cooling", identities.cooling_until, person) is not None:
        raise Refused("privacy.looks_later", link=f"{settings.current().public_url}/me/looks")
    looks, _ = await chat.look("looks", _looks, person)
    if not looks:
        chat.say("privacy.looks_none")
        return
    lines = []
    for one in reversed(looks):
        who = one.who or chat.phrase("vault.looks_outside")
        field = chat.phrase(f"vault.field_{one.field}")
        why = one.why or chat.phrase("vault.looks_gone")
        lines.append(chat.phrase("privacy.look", at=saat(one.at, zone, language), who=who, field=field, why=why))
    complains = await start_choice(chat, "privacy", chat.phrase("privacy.odd"), **{"privacy.which": kinds.COMPLAIN})
    since = tanggal(looks[-1].at.date(), language, today=chat.today)
    chat.say(
        "privacy.looks",
        complains,
        lines="\n".join(lines),
        since=since,
        link=f"{settings.current().public_url}/me/looks",
    )


async def _looks(person: int) -> Any:
    return await reveals.of_person(person, most=MOST_LOOKS)


async def _theirs(chat: Chat, number: str) -> DataRequest:
    row = await requests.of_number(number, person=chat.employee.person) if number else None
    if row is None:
        raise Refused("privacy.not_there", number=number)
    return row


async def _choice(chat: Chat, title: str, row: DataRequest, name: str = "privacy_status") -> Any:
    return await start_choice(chat, name, chat.phrase(f"privacy.choice_{title}"), privacy=row.number)
