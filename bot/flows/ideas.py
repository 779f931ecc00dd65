"""Wishes for the product in the talk: have one, support another's, hear how it stands, drop one's voice."""

import re
from typing import Any

from bot.dialog import dates, normal
from bot.dialog.engine import Cancelled, Chat, Option, flow
from bot.flows.leave_words import start_choice
from bot.flows.readers import CONFIRM, WordsReader
from core import clock
from core.errors import Refused
from core.notices import feature_requests, feature_rules
from core.notices.tables import FeatureRequest
from core.phrases import angka, tanggal

MOST_LISTED = 5
MEANT = re.compile(r"\bU-?\s?(\d{1,9})\b", re.IGNORECASE)
# "Usul dong, ...", "saya ada ide: ...", "feature request: ...": what a sentence begins with that brings a wish.
BRINGS = re.compile(
    r"\W*(?:(?:halo|hai|hi|hey|min|kak|pak|bu|mau|mo|pengen|ingin|aku|saya|sy|gw|gue|boleh|bisa|ada|punya|kasih|ngasih|"
    r"i|i'd|i've|i'm|we|have|got|want|would|like|to|make|give|an|a|my|some|here's|one)\W+){0,5}"
    r"(?:usul(?:an|in|kan)?(?: fitur)?|saran|ide|masukan(?: fitur)?|request fitur|permintaan fitur|minta fitur|"
    r"feature (?:request|idea)|new feature|suggest(?:ion|ing)?|idea|feedback)\b"
    r"(?:\W+(?:dong|nih|ya|min|kak|deh|baru|fitur|buat serambi|untuk serambi|for serambi|for you|is|that|untuk|buat|"
    r"for|supaya|agar)\b){0,3}\W*",
    re.IGNORECASE,
)
# "Usulanku gimana", "what about my suggestion", "my wishes": asks how one's own stand rather than brings another.
STANDS = re.compile(
    r"\b(?:usul(?:an)?(?:ku|nya)|usulan (?:saya|aku|gue|gw|sy)|ide(?:ku| saya)|"
    r"my (?:suggestion|idea|wish)(?:e?s)?|my feature requests?)\b",
    re.IGNORECASE,
)
MOST_ASKING = 9  # words; whoever writes more brings something


class WishReader(WordsReader):
    """What somebody wishes, in their own words, without those that only bring it."""

    def spot(self, sentence: str, chat: Chat) -> str | None:
        found = BRINGS.match(sentence)
        said = sentence[found.end() :].strip() if found else sentence.strip()
        return said if len(normal.tokens(said)) > 1 else None


WISH = WishReader()


async def nothing_sent(chat: Chat) -> str:
    """What is said when a wish is dropped."""
    return chat.phrase("tickets.not_sent")


@flow("idea", cancelled=nothing_sent)
async def wish(chat: Chat) -> None:
    """Hand a wish to HR; where somebody had it before, that one is offered first."""
    words = await chat.ask("ideas.what", WISH) or ""
    other = await _like(chat, words)
    if other is not None:
        answer = await chat.ask(
            "ideas.alike", CONFIRM, hangs_on=["ideas.what"], line=await _line(chat, other),
            options=[
                Option("yes", chat.phrase("ideas.support")), Option("other", chat.phrase("ideas.differs")),
                Option("no", chat.phrase("tickets.cancel")),
            ],
        )  # fmt: skip
        if answer == "no":
            raise Cancelled
        if answer == "yes":
            await _support(chat, other)
            return
    answer = await chat.ask(
        "ideas.confirm", CONFIRM, hangs_on=["ideas.what"], words=feature_requests.shortened(words),
        options=[
            Option("yes", chat.phrase("tickets.yes_send")), Option("change", chat.phrase("tickets.change_first")),
            Option("no", chat.phrase("tickets.cancel")),
        ],
    )  # fmt: skip
    if answer == "change":
        chat.again("ideas.what")
    if answer == "no":
        raise Cancelled
    made = await feature_requests.submit(chat.employee.person, words, by=chat.actor)
    chat.say("ideas.sent", await _see(chat, made.number), number=made.number)
    chat.topic = {"idea": made.number}


async def _like(chat: Chat, words: str) -> FeatureRequest | None:
    """The wish that is most like these words, the same one as long as the words are."""
    kept = chat.answers.get("like")
    if not isinstance(kept, list) or kept[0] != words:
        kept = [words, await chat.look("like", feature_requests.alike, " ".join(normal.tokens(words)))]
        chat.answers["like"] = kept
    if kept[1] is None:
        return None
    return await chat.look("other", _seen, chat, kept[1])


@flow("idea_support", brief=True)
async def support(chat: Chat) -> None:
    """Support the wish that was shown."""
    await _support(chat, await _named(chat))


async def _support(chat: Chat, row: FeatureRequest) -> None:
    votes = await feature_requests.support(row, chat.employee.person, by=chat.actor)
    notes = tanggal(feature_rules.next_notes(clock.today(chat.employee.zone)), chat.language)
    chat.say("ideas.voted", votes=angka(votes, chat.language), notes=notes)
    chat.topic = {"idea": row.number}


@flow("idea_leave", brief=True)
async def leave(chat: Chat) -> None:
    """Support it no longer, and hear of it no longer."""
    row = await _named(chat)
    await feature_requests.leave(row, chat.employee.person, by=chat.actor)
    chat.say("ideas.left", number=row.number)


@flow("idea_status", brief=True)
async def how_it_stands(chat: Chat) -> None:
    """How a wish stands: the one that is named, or each of one's own in a line."""
    named = chat.answers.get("idea") or number_in(chat.opening)
    if named is not None:
        await _tell(chat, await _seen(chat, named))
        return
    rows = await chat.look("mine", feature_requests.of_person, chat.employee.person)
    if not rows:
        chat.say("ideas.none", await start_choice(chat, "idea", chat.phrase("ideas.have_one")))
    elif len(rows) == 1:
        await _tell(chat, rows[0])
    else:
        some = rows[:MOST_LISTED]
        lines = [await _line(chat, row) for row in some]
        shown = [await start_choice(chat, "idea_status", row.number, idea=row.number) for row in some]
        chat.say("ideas.several", *shown, lines="\n".join(lines))


async def _tell(chat: Chat, row: FeatureRequest) -> None:
    choices = []
    if row.state in feature_rules.OPEN:
        mine = row.id in await chat.look("supported", feature_requests.supported, chat.employee.person)
        name, title = ("idea_leave", "ideas.leave") if mine else ("idea_support", "ideas.support")
        choices = [await start_choice(chat, name, chat.phrase(title), idea=row.number)]
    chat.say("ideas.stands", *choices, line=await _line(chat, row))
    chat.topic = {"idea": row.number}


async def _line(chat: Chat, row: FeatureRequest) -> str:
    return chat.phrase(
        "ideas.line", number=row.number, title=feature_requests.titled(row), votes=angka(row.votes, chat.language),
        state=chat.phrase(f"ideas.state_{row.state}", release=row.release or ""),
    )  # fmt: skip


async def _named(chat: Chat) -> FeatureRequest:
    return await chat.look("named", _seen, chat, str(chat.answers.get("idea") or ""))


async def _seen(chat: Chat, number: str) -> FeatureRequest:
    row = await feature_requests.of_number(number, person=chat.employee.person) if number else None
    if row is None:
        raise Refused("ideas.not_there", number=number)
    return row


async def _see(chat: Chat, number: str) -> Any:
    return await start_choice(chat, "idea_status", chat.phrase("ideas.see"), idea=number)


def number_in(words: str | None) -> str | None:
    """The number of a wish that is named in a sentence."""
    found = MEANT.search(words or "")
    return f"U-{found[1]}" if found else None


def about(words: str) -> tuple[str, dict[str, Any]] | None:
    """The flow that a sentence about a wish begins, with its answers; None for a sentence about anything else."""
    if (named := number_in(words)) is not None:
        return "idea_status", {"idea": named}
    if STANDS.search(words) and len(words.split()) <= MOST_ASKING:
        return "idea_status", {}
    found = BRINGS.match(words)
    if found is None or dates.find(words[found.end() :], today=clock.today("Asia/Jakarta")) is not None:
        return None  # "usul cuti tgl 5" is about those days
    return "idea", {}
