"""The help desk in the talk: open a ticket, hear how it stands and why it is due then, add to it, end it, rate it."""

import re
from datetime import datetime, timedelta
from typing import Any

from bot.dialog import interrupts, parsers
from bot.dialog.engine import Cancelled, Chat, Misunderstood, Option, flow
from bot.dialog.normal import ADDRESS, PARTICLES
from bot.dialog.normal import words as words_in
from bot.flows.leave_words import start_choice
from bot.flows.readers import CONFIRM, ReasonReader, WordsReader
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import clocks, service_level, tickets, timelines, wording, words_back
from core.helpdesk.tables import Ticket
from core.messaging.messages import Choice
from core.messaging.outbox import WEB

MOST_LISTED = 5
TICK = timedelta(microseconds=1)
# What asks for a person or a ticket, and says nothing yet about what for.
ASKING = frozenset(
    """mau mo pengen pgn ingin minta bicara ngomong ngobrol curhat chat hubungi hubungkan sambungkan sambungin dengan
    dgn sama ke orang manusia admin cs hr hrd tim bagian bantuan helpdesk help desk petugas tiket ticket buka buat bikin
    bikinin buatkan buatin baru satu tolong bisa boleh dong saya sy aku gw gue langsung aja saja untuk
    i i'd would like want wanna need to talk speak with a an the person human agent somebody someone real live open
    raise create new one please can could you me my in from team support connect get through""".split()
)
MEANT = re.compile(r"\bT-?\s?(\d{1,9})\b", re.IGNORECASE)
ADDS = re.compile(
    r"\s*(?:tolong |eh |oh ya,? |please )?(?:tambah(?:in|kan|an)?|tmbhin|add|also add|info tambahan)\b[ :,]*",
    re.IGNORECASE,
)  # fmt: skip
HURRIES = re.compile(
    r"\b(?:dipercepat|percepat|cepetan|cepat(?:in|kan)?|buru\w*|urgent|mendesak|darurat|faster|sooner|hurry|speed|asap)\b",
    re.IGNORECASE,
)  # fmt: skip
WHY = re.compile(r"\b(?:kenapa|knp|knapa|kok|mengapa|why|how come|napa)\b", re.IGNORECASE)


class ForDeskReader(WordsReader):
    """Words for a person: a question among them is theirs to answer, and nobody answers it in between."""

    def read(self, words: str, chat: Chat) -> str | None:
        if not words.strip():
            raise Misunderstood
        if interrupts.command(words) == "skip":
            raise Misunderstood("dialog.needed_reason")
        return words.strip()


class MatterReader(ForDeskReader):
    """What somebody needs help with, in their own words; a sentence that only asks for a person does not say it yet."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        said = {word.text for word in words_in(sentence) if word.kind != "mark"}
        return sentence.strip() if len(said - ASKING - PARTICLES - ADDRESS) > 1 else None


# What asks whether a ticket is solved, and what still can be answered so.
ASKED_WHETHER = frozenset({"tickets.resolved", "tickets.welcome"})
THANKED, YES, NOT_YET = "thanked", "yes", "not_yet"
STILL = re.compile(r"\s*(?:belum|blm|blom|blum|not yet|not quite|nope|still)\b", re.IGNORECASE)
MATTER, FOR_DESK, WHY_NOT = MatterReader(), ForDeskReader(), ReasonReader(most=1000)


async def nothing_sent(chat: Chat) -> str:
    """What is said when a question to the desk is dropped."""
    return chat.phrase("tickets.not_sent")


@flow("ticket", cancelled=nothing_sent)
async def open_ticket(chat: Chat) -> None:
    """Hand a question to the desk, in the words of whoever asks."""
    back = await chat.look("back", back_at, chat.now)
    closed = ""
    if back is not None:
        zone = (await chat.look("times", promises.times)).held.zone
        at = wording.clock_time(back, chat.employee.zone, zone, chat.language)
        closed = chat.phrase("tickets.closed_now", at=at) + " "
    words = await chat.ask("tickets.what", MATTER, closed=closed) or ""
    answer = await chat.ask(
        "tickets.confirm", CONFIRM, hangs_on=["tickets.what"], words=tickets.subject_of(words),
        closed=closed if chat.opening is not None else "",
        options=[
            Option("yes", chat.phrase("tickets.yes_send")), Option("change", chat.phrase("tickets.change_first")),
            Option("no", chat.phrase("tickets.cancel")),
        ],
    )  # fmt: skip
    if answer == "change":
        chat.again("tickets.what")
    if answer == "no":
        raise Cancelled
    assert chat.here is not None
    told = await tickets.submit(
        chat.employee, words, address=chat.here, by=chat.actor, facts=chat.answers.get("from"), at=chat.said_at
    )  # fmt: skip
    await _tell_promise(chat, "tickets.opened", told, late=back is not None)


async def _tell_promise(chat: Chat, key: str, told: tickets.Told, *, late: bool = False) -> None:
    number = told.ticket.number
    zone = (await chat.look("times", promises.times)).held.zone
    choices = [await choice(chat, "see", "ticket_status", number), await choice(chat, "add_more", "ticket_add", number)]
    if late:
        choices[1] = await choice(chat, "why_so_long", "ticket_why", number)
    if told.promise is None:
        chat.say(f"{key}_open", *choices, number=number)
        return
    by = wording.moment(told.promise, chat.employee.zone, zone, chat.language)
    place = "web" if told.ticket.channel == WEB else "chat"  # a ticket opened on a page is answered on it, too
    chat.say(key, *choices, number=number, by=by, place=place)
    chat.topic = {"ticket": number}


@flow("ticket_status", brief=True)
async def how_it_stands(chat: Chat) -> None:
    """How one's tickets stand: the one that is named, the only one, or each in a line."""
    named = chat.answers.get("ticket") or number_in(chat.opening)
    mine = await chat.look("mine", tickets.of_person, chat.employee.person)
    if named is not None:
        row = await chat.look("named", _theirs, chat, named)
        await _tell(chat, row)
        return
    open_ = [row for row in mine if row.state != tickets.CLOSED]
    if not mine:
        chat.say("tickets.none", await start_choice(chat, "ticket", chat.phrase("tickets.ask_desk")))
    elif len(open_) == 1 or len(mine) == 1:
        await _tell(chat, (open_ or list(mine))[0])
    else:
        some = (open_ or list(mine))[:MOST_LISTED]
        lines = [await _line(chat, row) for row in some]
        shown = [await start_choice(chat, "ticket_status", row.number, ticket=row.number) for row in some]
        chat.say("tickets.several", *shown, lines="\n".join(lines))


async def _tell(chat: Chat, row: Ticket) -> None:
    choices = []
    if row.state in tickets.UNSOLVED:
        choices = [
            await choice(chat, "add_more", "ticket_add", row.number),
            await choice(chat, "end", "ticket_end", row.number),
        ]
    elif row.state == tickets.RESOLVED:
        choices = [
            await choice(chat, "is_done", words_back.DONE, row.number),
            await choice(chat, "is_not_done", words_back.NOT_DONE, row.number),
        ]
    chat.say("tickets.told", *choices, line=await _line(chat, row))
    chat.topic = {"ticket": row.number}


async def _line(chat: Chat, row: Ticket) -> str:
    """A ticket in one line: its number, what it is about, and what happens next."""
    zone, language = (await chat.look("times", promises.times)).held.zone, chat.language
    facts = {"number": row.number, "about": tickets.subject(row)}
    who = await words_back.named(row.agent, language) if row.agent else ""
    if row.state == tickets.CLOSED:
        assert row.closed_at is not None
        at = wording.clock_time(row.closed_at, chat.employee.zone, zone, language)
        return chat.phrase("tickets.line_closed", **facts, at=at)
    if row.state == tickets.RESOLVED:
        assert row.resolved_at is not None
        ends = tickets.stays_open_until(row.resolved_at, await chat.look("times", promises.times))
        until = wording.moment(ends, chat.employee.zone, zone, language)
        return chat.phrase("tickets.line_resolved", **facts, until=until)
    if row.state == tickets.WAITING:
        return chat.phrase("tickets.line_waiting", **facts, who=who)
    state = chat.phrase("tickets.looked_at", who=who) if who else chat.phrase("tickets.not_taken")
    due = row.answer_promise or row.solve_promise
    if due is None:
        return chat.phrase("tickets.line_no_due", **facts, state=state)
    by = wording.moment(due, chat.employee.zone, zone, language)
    key = "tickets.line_answer" if row.answer_promise is not None else "tickets.line_solve"
    if chat.now > due:
        return chat.phrase(f"{key}_late", **facts, state=state, by=by)
    left = wording.left(due, chat.now, language)
    still = chat.phrase("tickets.still", left=left) if left else ""
    return chat.phrase(key, **facts, state=state, by=by, left=still)


@flow("ticket_why", brief=True)
async def why_then(chat: Chat) -> None:
    """Every stretch of the promise, counted or skipped, up to the instant that was promised."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket") or number_in(chat.opening))
    both = await chat.look("clocks", _clocks, row)
    clock_of = _looked_at(both, row)
    see = await choice(chat, "see", "ticket_status", row.number)
    chat.topic = {"ticket": row.number}
    if clock_of is None:
        chat.say("tickets.no_clock", see, number=row.number)
        return
    if clock_of.due is None:
        chat.say("tickets.due_unknown", see, number=row.number)
        return
    lines = wording.receipt_of(clock_of, both.times, chat.language)
    by = wording.moment(clock_of.due, chat.employee.zone, both.times.held.zone, chat.language)
    what = wording.counted(clock_of, both.times, chat.language)
    chat.say("tickets.why", see, what=what, lines="\n".join(lines), by=by)


async def _clocks(row: Ticket) -> clocks.Both:
    return await clocks.of(row, await timelines.of(row))


def _looked_at(both: clocks.Both, row: Ticket) -> service_level.Clock | None:
    ran = both.promise
    still = service_level.running(ran)
    return still.get("answer") or (ran[0] if row.state == tickets.CLOSED else still.get("solve")) or ran[0]


@flow("ticket_add", cancelled=nothing_sent)
async def add_to_it(chat: Chat) -> None:
    """Write more to a ticket of one's own."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    words = await chat.ask("tickets.add_what", FOR_DESK, number=row.number) or ""
    told = await tickets.write(row, words, by=chat.actor, at=chat.said_at)
    await _added(chat, told)


async def _added(chat: Chat, told: tickets.Told) -> None:
    zone = (await promises.times()).held.zone
    if told.promise is None:
        chat.say("tickets.added_open", number=told.ticket.number)
    else:
        by = wording.moment(told.promise, chat.employee.zone, zone, chat.language)
        chat.say("tickets.added", number=told.ticket.number, by=by)
    chat.topic = {"ticket": told.ticket.number}


@flow("ticket_hurry", brief=True)
async def hurry_it(chat: Chat) -> None:
    """Tell the desk that it is urgent; what was promised stays."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    await tickets.hurry(row, by=chat.actor)
    zone = (await promises.times()).held.zone
    due = row.answer_promise or row.solve_promise
    who = await words_back.named(row.agent, chat.language) if row.agent else chat.phrase("tickets.desk")
    by = wording.moment(due, chat.employee.zone, zone, chat.language) if due else ""
    chat.say("tickets.flagged", who=who, by=by, known="yes" if due else "no")
    chat.topic = {"ticket": row.number}


@flow("ticket_end", cancelled=nothing_sent)
async def end_it(chat: Chat) -> None:
    """End a ticket that is needed no longer."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    answer = await chat.ask(
        "tickets.end_sure", CONFIRM, number=row.number,
        options=[Option("yes", chat.phrase("tickets.yes_end")), Option("no", chat.phrase("tickets.no_keep"))],
    )  # fmt: skip
    if answer == "no":
        chat.say("tickets.kept", number=row.number)
        return
    await _closed(chat, row, "tickets.ended")


@flow(words_back.DONE, brief=True)
async def it_is_done(chat: Chat) -> None:
    """Its requester says that it is done: it is closed, and they are asked how the help was."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    if row.state == tickets.CLOSED and row.rating is not None:
        raise Refused("tickets.closed", number=row.number)
    await _closed(chat, row, "tickets.rate")


async def _closed(chat: Chat, row: Ticket, key: str) -> None:
    await tickets.close(row, by=chat.actor)
    stars = [
        await start_choice(chat, "ticket_rate", chat.phrase(f"tickets.stars_{number}"), ticket=row.number, stars=number)
        for number in range(1, 6)
    ]  # fmt: skip
    chat.say(key, *stars, number=row.number)


@flow("ticket_rate", cancelled=nothing_sent)
async def rate_it(chat: Chat) -> None:
    """How the help was, 1 to 5; where it fell short, what was missing."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    stars = int(chat.answers["stars"])
    words = None
    if stars <= 3:
        words = await chat.ask("tickets.rate_why", WHY_NOT, stars=str(stars))
    await tickets.rate(row, stars, by=chat.actor, words=words)
    chat.say("tickets.rated_why" if words else "tickets.rated", stars=str(stars))


@flow(words_back.NOT_DONE, cancelled=nothing_sent)
async def it_is_not_done(chat: Chat) -> None:
    """It is not done: what is missing opens it again."""
    row = await chat.look("named", _theirs, chat, chat.answers.get("ticket"))
    if row.state == tickets.CLOSED:
        raise Refused("tickets.closed", number=row.number)
    words = await chat.ask("tickets.not_done_what", WHY_NOT, number=row.number)
    told = await tickets.write(row, words or chat.phrase("tickets.not_done_yet"), by=chat.actor, at=chat.said_at)
    await _tell_promise(chat, "tickets.reopened", told)


async def _theirs(chat: Chat, number: str | None) -> Ticket:
    row = await tickets.of_number(number, person=chat.employee.person) if number else None
    if row is not None and row.merged_into is not None:  # whoever names it means what it goes on in
        row = await Ticket.objects().where(Ticket.id == row.merged_into).first()
    if row is None:
        raise Refused("tickets.not_yours", number=number or "")
    return row


async def choice(chat: Chat, title: str, name: str, number: str) -> Choice:
    """A choice that begins a flow about this ticket."""
    return await start_choice(chat, name, chat.phrase(f"tickets.{title}"), ticket=number)


def number_in(words: str | None) -> str | None:
    """The number of a ticket that is named in a sentence."""
    found = MEANT.search(words or "")
    return f"T-{found[1]}" if found else None


def about(words: str, topic: dict[str, Any] | None) -> tuple[str, dict[str, Any]] | None:
    """The flow that this sentence about a ticket begins, with its answers: of a number that is named, or of the ticket
    that was spoken of last."""
    named = number_in(words)
    spoken = (topic or {}).get("ticket")
    number = named or spoken
    if number is None:
        return None
    answers: dict[str, Any] = {"ticket": number}
    if (adds := ADDS.match(words)) and words[adds.end() :].strip():
        rest = words[adds.end() :].strip()
        bare = MEANT.sub("", rest).strip(" ,:;-") if named else rest
        return "ticket_add", {**answers, "tickets.add_what": _without_particles(bare)}
    if HURRIES.search(words):
        return "ticket_hurry", answers
    if WHY.search(words) and (named or len(words.split()) <= 8):
        return "ticket_why", answers
    return ("ticket_status", answers) if named and interrupts.command(words) is None else None


def _without_particles(words: str) -> str:
    """The words without the particles that end them: "ukuran L ya" is "ukuran L"."""
    said = words.split()
    while len(said) > 1 and said[-1].lower().strip(".!,") in PARTICLES:
        said.pop()
    return " ".join(said)


def on_solved(words: str) -> str | None:
    """What these words say of a ticket that is taken for solved: thanks, yes, not yet; None for anything else."""
    if interrupts.thanks(words):
        return THANKED
    answer = parsers.yes_no(words)
    if STILL.match(words) or answer is False:
        return NOT_YET
    return YES if answer else None


async def after_solving(chat: Chat, words: str, said: str) -> tuple[str, dict[str, Any]] | None:
    """The flow that follows, with its answers; None where no ticket of theirs waits to be told done."""
    row = next((one for one in await tickets.of_person(chat.employee.person) if one.state == tickets.RESOLVED), None)
    if row is None or row.resolved_at is None:
        return None
    if said == THANKED:
        await tickets.thank(row, words, by=chat.actor)
        times = await promises.times()
        ends = tickets.stays_open_until(row.resolved_at, times)
        until = wording.moment(ends, chat.employee.zone, times.held.zone, chat.language)
        return THANKED, {"until": until}
    if said == YES:
        return words_back.DONE, {"ticket": row.number}
    more = {"tickets.not_done_what": words.strip()} if len(words.split()) > 2 else {}
    return words_back.NOT_DONE, {"ticket": row.number, **more}


async def back_at(now: datetime) -> datetime | None:
    """When people are at the desk again; None while they are there."""
    found = await promises.times()
    due = found.target.due(now, TICK)
    opens = due - TICK if due is not None else None
    return opens if opens is not None and opens > now else None
