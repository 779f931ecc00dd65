"""Reads a scene: who says what, what is so before, and what is to be written in the end. Knows nothing of the product.

The format is that of README.md beside this file. A word that is not known there raises, and collection fails with it.
"""

import re
import shlex
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from core.demo import NAMED
from tests.transcripts.ending import Ending

FOLDER = Path(__file__).parent
LANGUAGES = ("id", "en")
STRANGER = "Nomor"
PEOPLE = {row[1].split()[0] for row in NAMED}
CHANNELS = ("web", "whatsapp", "telegram", "telegram-group", "slack")
OF_A_PERSON = {"channel", "also", "language", "linked", "leave", "head", "kind"}
SAYS = re.compile(r"(?P<who>\w+)\s*> (?P<words>.+)")
HEARS = re.compile(r"Serambi(?::(?P<who>\w+))?\s*(?P<how>[<~]) (?P<words>.+)")
UNREAD = {"{pesan suara}": "voice", "{voice message}": "voice", "{stiker}": "sticker", "{sticker}": "sticker"}
FILE = re.compile(r"(?P<words>.*?)\{(?:foto|photo) (?P<name>[\w.-]+)\}")
CHOICES = re.compile(r"(?:(?:^| )\[[^][]+\])+$")


class Unreadable(ValueError):
    """A line that says something the runner does not know."""


@dataclass
class Given:
    """What the `!` line says of a person."""

    channel: str | None = None
    also: tuple[str, ...] = ()
    language: str | None = None
    linked: bool = True
    leave: Decimal | None = None
    head: str | None = None
    kind: tuple[str, Decimal] | None = None  # another kind of leave, and the days of it


@dataclass(frozen=True)
class Asked:
    """A leave that was asked for (`request`), or is asked for now (`submit`)."""

    of: str
    starts: date
    ends: date
    reason: str | None = None
    number: str | None = None
    to: str | None = None
    state: str = "in_review"


@dataclass(frozen=True)
class Decided:
    """A person presses a button of the card now, in their own chat."""

    number: str
    by: str
    verdict: str


@dataclass(frozen=True)
class Opened:
    """A ticket from before the scene."""

    number: str
    of: str
    at: datetime
    about: str
    agent: str | None = None
    resolved: datetime | None = None


@dataclass(frozen=True)
class Wish:
    """A feature request that HR had opened before the scene, with this many votes of others."""

    number: str
    title: str
    votes: int
    state: str


@dataclass(frozen=True)
class Helped:
    """An agent does something with a ticket now: take, answer, note, wait, resolve, hand_back or move; or an officer with a
    request about personal data: enter, ask, fulfil, grant_part or refuse; or the operator sends the news of a quarter."""

    act: str
    number: str
    by: str
    words: str = ""
    article: str = ""
    second: str = ""  # who agrees
    of: str = ""  # in whose name it is recorded, or whose fact is looked at
    kind: str = ""


@dataclass(frozen=True)
class Invited:
    """HR has handed this person a code."""

    who: str
    code: str
    until: datetime


@dataclass
class Prepared:
    """One `!` line."""

    at: datetime | None = None
    people: dict[str, Given] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    staffing: dict[str, tuple[int, int]] = field(default_factory=dict)
    invited: list[Invited] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    away: list[tuple[str, date]] = field(default_factory=list)
    policy: dict[str, str] = field(default_factory=dict)
    own: list[dict[str, str]] = field(default_factory=list)  # kinds of leave of the company's own
    chain: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tickets: list[Opened] = field(default_factory=list)
    ideas: list[Wish] = field(default_factory=list)
    acts: list[Asked | Decided | Helped] = field(default_factory=list)


@dataclass(frozen=True)
class Says:
    """A person writes this, or presses the choice of this title."""

    who: str
    words: str
    pressed: bool
    file: str | None = None  # a photo of this name, with `words` beside it; or "voice" or "sticker"


@dataclass(frozen=True)
class Hears:
    """A person reads this now: a new message, or (`edited`) an earlier one that was changed in its place."""

    who: str | None
    words: str
    choices: tuple[str, ...]
    edited: bool


@dataclass
class Scene:
    """A talk from its first line to what it leaves behind."""

    name: str
    language: str
    channel: str
    person: str
    opening: Prepared
    lines: list[tuple[int, Says | Hears | Prepared]]
    ending: Ending | None

    def channel_of(self, person: str) -> str:
        """Where this person is written to."""
        given = self.opening.people.get(person, Given())
        usual = {"Sari": "slack", "Rina": "telegram"}.get(person, "web")
        return given.channel or (self.channel if person == self.person else usual)


def read(path: Path) -> Scene:
    """The scene in this file, or Unreadable with the line."""
    number = 0
    try:
        head, opening, ending = None, None, None
        lines: list[tuple[int, Says | Hears | Prepared]] = []
        moved = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            mark, rest = line[:1], line[1:].strip()
            if ending is not None and line.strip():
                raise Unreadable("the line = is the last")
            if mark == "#" and head is None:
                head = [part.strip() for part in rest.split("|")]
            elif mark == "!" and opening is None:
                opening = _prepared(rest)
            elif mark == "!":
                if not moved:
                    raise Unreadable("a second ! line needs an @ line before it")
                moved = False
                lines.append((number, _prepared(rest, later=True)))
            elif mark == "@":
                moved = True
            elif mark == "=":
                ending = Ending.read(rest)
            elif line.strip():
                lines.append((number, _line(line)))
    except ValueError as wrong:
        raise Unreadable(f"{path.relative_to(FOLDER)}:{number}: {wrong}") from wrong
    return _whole(path, head, opening, lines, ending)


def _whole(
    path: Path,
    head: list[str] | None,
    opening: Prepared | None,
    lines: list[tuple[int, Says | Hears | Prepared]],
    ending: Ending | None,
) -> Scene:
    where = path.relative_to(FOLDER)
    if head is None or len(head) != 4 or opening is None or opening.at is None:
        raise Unreadable(f"{where} needs a line `# language | channel | person | when, facts` and a line `! at ...`")
    language, channel, person, _ = head
    if language != path.parent.name or channel not in CHANNELS or person not in PEOPLE | {STRANGER}:
        raise Unreadable(f"{where}:1: {language} | {channel} | {person}")
    if opening.people.get(person, Given()).channel not in (None, channel):
        raise Unreadable(f"{where}: {person} is on {channel} in the first line, and elsewhere in the second")
    if ending is None and language == "id":
        raise Unreadable(f"{where} does not say what it ends with: the line =")
    return Scene(path.stem, language, channel, person, opening, lines, ending)


def _line(line: str) -> Says | Hears:
    if heard := HEARS.fullmatch(line):
        words = heard["words"]
        found = CHOICES.search(words)
        titles = tuple(re.findall(r"\[([^][]+)\]", found[0])) if found else ()
        text = (words[: found.start()] if found else words).replace(" | ", "\n").strip()
        return Hears(_person(heard["who"]) if heard["who"] else None, text, titles, heard["how"] == "~")
    if said := SAYS.fullmatch(line):
        words, pressed = said["words"].strip(), False
        if words in UNREAD:
            return Says(_person(said["who"]), "", False, UNREAD[words])
        if sent := FILE.fullmatch(words):
            return Says(_person(said["who"]), (sent["words"] or "").strip(), False, sent["name"])
        if tap := re.fullmatch(r"\[([^][]+)\]", words):
            words, pressed = tap[1], True
        return Says(_person(said["who"]), words, pressed)
    raise Unreadable(f"what is this line? {line!r}")


def _person(name: str) -> str:
    if name not in PEOPLE | {STRANGER}:
        raise Unreadable(f"{name} is not in the cast")
    return name


def _prepared(line: str, *, later: bool = False) -> Prepared:
    made = Prepared()
    for item in _items(line):
        key, *words = shlex.split(item)
        if key == "at":
            made.at = datetime.fromisoformat(words[0])
        elif key in ("submit", "decide", "do"):
            made.acts.append(_submit(words) if key == "submit" else _decide(words) if key == "decide" else _help(words))
        elif key in PEOPLE or key == STRANGER:
            made.people[key] = _given(words)
            if later and made.people[key] != Given(made.people[key].channel):
                raise Unreadable("after an @ line a person may only go to another channel")
        elif later:
            raise Unreadable(f"after an @ line the clock moves and people act; {key!r} belongs into the first ! line")
        elif key in FACTS:
            FACTS[key](made, words)
        else:
            raise Unreadable(f"unknown key {key!r}; the known ones are in tests/transcripts/README.md")
    if made.at is None:
        raise Unreadable("the line ! begins with `at` and an instant")
    return made


def _items(line: str) -> list[str]:
    items = re.findall(r"(?:\"[^\"]*\"|[^;\"])+", line)
    return [item.strip() for item in items if item.strip()]


def _facts(words: list[str], known: set[str]) -> dict[str, str]:
    facts = dict(word.split("=", 1) for word in words)
    if facts.keys() - known:
        raise Unreadable(f"unknown: {sorted(facts.keys() - known)}; known: {sorted(known)}")
    return facts


def _given(words: list[str]) -> Given:
    facts = _facts(words, OF_A_PERSON)
    also = tuple(facts.get("also", "").split(",")) if "also" in facts else ()
    for channel in (*also, facts.get("channel", "web")):
        if channel not in CHANNELS:
            raise Unreadable(f"no channel {channel!r}")
    if facts.get("language", "id") not in LANGUAGES or facts.get("linked", "yes") not in ("yes", "no"):
        raise Unreadable(f"a language is id or en, and linked is yes or no: {words}")
    return Given(
        facts.get("channel"), also, facts.get("language"), facts.get("linked", "yes") == "yes",
        Decimal(facts["leave"]) if "leave" in facts else None, facts.get("head"), _kind(facts.get("kind")),
    )  # fmt: skip


def _kind(told: str | None) -> tuple[str, Decimal] | None:
    if told is None:
        return None
    code, _, days = told.partition(":")
    return code, Decimal(days)


def _cast(made: Prepared, words: list[str]) -> None:
    if words != ["maju"]:
        raise Unreadable("the cast of this release is maju")


def _number(made: Prepared, words: list[str]) -> None:
    for word in words:
        letter, _, number = word.partition("=")
        made.numbers[letter] = int(number)


def _staffing(made: Prepared, words: list[str]) -> None:
    for word in words:
        team, _, figures = word.partition("=")
        minimum, _, people = figures.partition("/")
        made.staffing[team] = int(minimum), int(people)


def _invite(made: Prepared, words: list[str]) -> None:
    facts = _facts(words[1:], {"code", "until"})
    made.invited.append(Invited(_person(words[0]), facts["code"], datetime.fromisoformat(facts["until"])))


def _request(made: Prepared, words: list[str]) -> None:
    facts = _facts(words[1:], {"of", "to", "leave", "state", "reason"})
    if facts.get("state") not in ("in_review", "applied"):
        raise Unreadable("a request of the first line is in_review or applied; other decisions are made in the scene")
    starts, ends = _days(facts["leave"])
    who, to = _person(facts["of"]), ",".join(_person(one) for one in facts["to"].split(","))
    made.requests.append(Asked(who, starts, ends, facts.get("reason"), words[0], to, facts["state"]))


def _away(made: Prepared, words: list[str]) -> None:
    made.away += [(_person(who), date.fromisoformat(words[1])) for who in words[0].split(",")]


def _policy(made: Prepared, words: list[str]) -> None:
    made.policy |= _facts(words, {"carry_days", "carry_months"})


def _ticket(made: Prepared, words: list[str]) -> None:
    facts = _facts(words[1:], {"of", "about", "opened", "agent", "resolved"})
    solved = datetime.fromisoformat(facts["resolved"]) if "resolved" in facts else None
    agent = _person(facts["agent"]) if "agent" in facts else None
    opened = datetime.fromisoformat(facts["opened"])
    made.tickets.append(Opened(words[0], _person(facts["of"]), opened, facts["about"], agent, solved))


def _idea(made: Prepared, words: list[str]) -> None:
    facts = _facts(words[1:], {"title", "votes", "state"})
    if facts["state"] not in ("reviewing", "planned"):
        raise Unreadable("a wish of the first line is reviewing or planned")
    made.ideas.append(Wish(words[0], facts["title"], int(facts["votes"]), facts["state"]))


def _own(made: Prepared, words: list[str]) -> None:
    made.own.append(_facts(words, {"code", "id", "en"}))


def _chain(made: Prepared, words: list[str]) -> None:
    levels = [word.rpartition(":") for word in words]
    made.chain = tuple((mode or "any", tuple(asked.split(","))) for mode, _, asked in levels)
    known = {"manager", "managers_manager", "department_head"}
    for mode, asked in made.chain:
        named = {one for one in asked if one not in known}
        if not re.fullmatch(r"any|all|quorum[1-9]", mode) or any(not one[:1].isupper() for one in named):
            raise Unreadable(f"a chain of scenes asks people by their relation to the asker, or by name: {words}")


FACTS = {
    "chain": _chain, "cast": _cast, "number": _number, "staffing": _staffing, "invite": _invite, "request": _request, "away": _away,
    "policy": _policy, "own": _own, "ticket": _ticket, "idea": _idea,
}  # fmt: skip


def _submit(words: list[str]) -> Asked:
    if words[0] != "leave":
        raise Unreadable("what is submitted in this release is leave")
    facts = _facts(words[1:], {"of", "dates", "reason"})
    return Asked(_person(facts["of"]), *_days(facts["dates"]), facts.get("reason"))


def _decide(words: list[str]) -> Decided:
    facts = _facts(words[1:], {"by", "verdict"})
    if facts["verdict"] != "approve":
        raise Unreadable("a rejection has a reason, which is written in a scene of its own")
    return Decided(words[0], _person(facts["by"]), facts["verdict"])


def _help(words: list[str]) -> Helped:
    act, number, *more = words
    facts = _facts(more, {"by", "words", "article", "second", "of", "kind"})
    if act == "announce" and not facts:
        return Helped(act, number, "")
    elsewhere = {"B-": ("breach",), "Y-": ("yearly",)}.get(number[:2])
    known = elsewhere or ("enter", "ask", "fulfil", "grant_part", "refuse") if number[:2] in ("D-", "B-", "Y-") else (
        "take", "answer", "note", "wait", "resolve", "hand_back", "move"
    )  # fmt: skip
    if act not in known:
        raise Unreadable(f"an agent does not {act} a ticket, nor an officer a request")
    second = _person(facts["second"]) if "second" in facts else ""
    of = _person(facts["of"]) if "of" in facts else ""
    return Helped(
        act,
        number,
        _person(facts["by"]),
        facts.get("words", ""),
        facts.get("article", ""),
        second,
        of,
        facts.get("kind", ""),
    )


def _days(text: str) -> tuple[date, date]:
    starts, _, ends = text.partition("..")
    return date.fromisoformat(starts), date.fromisoformat(ends or starts)


def scenes() -> list[Scene]:
    """Every scene in both languages, or Unreadable when one has no twin."""
    files = {language: {path.stem: path for path in (FOLDER / language).glob("*.chat")} for language in LANGUAGES}
    alone = set(files["id"]) ^ set(files["en"])
    if alone:
        raise Unreadable(f"a scene exists in both languages; these do not: {sorted(alone)}")
    found = []
    for name in sorted(files["id"]):
        first, twin = read(files["id"][name]), read(files["en"][name])
        # An English scene must write what its Indonesian twin writes, the people changed.
        if twin.ending is None:
            assert first.ending is not None
            twin.ending = first.ending.told_of(_changed(first, twin), twin.channel_of)
        found += [first, twin]
    return found


def _changed(first: Scene, twin: Scene) -> dict[str, str]:
    if first.person == twin.person:
        return {}
    heads = {row[1].split()[0]: row[3] for row in NAMED}
    names = {row[0]: row[1].split()[0] for row in NAMED}
    changed = {first.person: twin.person}
    if STRANGER not in changed and heads[first.person] in names and heads[twin.person] in names:
        changed[names[heads[first.person]]] = names[heads[twin.person]]
    return changed
