"""Articles: Markdown with front matter, one file a language under one id. Those in `knowledge_base/` are shipped."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from core.accounts.roles import EVERY
from core.knowledge import blocks

FOLDER = Path(__file__).parents[2] / "knowledge_base"
AUDIENCES = ("employees", "agents", "admins", "operators")
LANGUAGES = ("id", "en")
MOST_TITLE = 20  # what a button of every channel can show
ID = re.compile(r"[a-z0-9][a-z0-9-]{1,78}")
_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)", re.S)
_NEEDED = ("id", "language", "title", "aliases", "audience", "roles", "valid_from", "review_by", "source")
_MARKS = re.compile(r"[*`]+|!?\[([^\]]*)\]\([^)]*\)")


class Malformed(ValueError):
    """A file that is no article; says what is wrong with it."""


@dataclass(frozen=True)
class Article:
    """One article in one language."""

    id: str
    language: str
    title: str
    aliases: tuple[str, ...]
    audience: str
    roles: frozenset[str]
    valid_from: date
    review_by: date
    source: str
    body: str
    short: str = ""  # what stands on a button, where the title is too long
    intents: tuple[str, ...] = ()  # what a sentence asks for that this article answers
    before: tuple[str, ...] = ()  # flows of the talk that it answers in the place of, once it is surely meant
    opens: str = ""  # the flow that does it
    opens_as: str = ""  # the words on that button
    opens_with: str = ""  # the sentence that begins it
    own: bool = False  # written by the company
    asked: tuple[str, ...] = ()  # what people write who mean it, in words that it does not use itself

    @property
    def label(self) -> str:
        """What stands on a button."""
        return self.short or self.title

    @property
    def answer(self) -> str:
        """The first paragraph: the short answer, as plain text with its blocks still in it."""
        return plain(self.paragraphs[0]) if self.paragraphs else ""

    @property
    def paragraphs(self) -> list[str]:
        """What the body says under its heading, a paragraph, a line of a list or of a table each."""
        return list(_paragraphs(self.body))

    def may_read(self, roles: Collection[str]) -> bool:
        """Whether somebody with these roles may."""
        return not self.roles.isdisjoint(roles)


def plain(text: str) -> str:
    """Markdown as a chat shows it: the words, without what they are marked with."""
    return " ".join(_MARKS.sub(lambda found: found[1] or "", text).split())


def _paragraphs(body: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", body):
        if not block.strip() or block.lstrip().startswith(("#", "{open:", "```", "    ")):
            continue
        if re.match(r"\s*(?:[-*]|\d+\.)\s", block):
            yield from (re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", one) for one in re.split(r"\n(?=(?:[-*]|\d+\.)\s)", block))
        elif block.lstrip().startswith("|"):
            rows = [row for row in block.splitlines() if not re.fullmatch(r"[|\s:-]+", row)]
            yield from (": ".join(cell.strip() for cell in row.strip("| ").split("|")) for row in rows[1:])
        else:
            yield block


def parse(text: str) -> Article:
    """The article that a file holds; Malformed says what is missing or wrong in it."""
    found = _HEAD.match(text.replace("\r\n", "\n"))
    if found is None:
        raise Malformed("no front matter between two lines of ---")
    head = dict(line.split(": ", 1) for line in found[1].splitlines() if ": " in line)
    if missing := [name for name in _NEEDED if not head.get(name, "").strip()]:
        raise Malformed(f"without {', '.join(missing)}")
    try:
        valid_from, review_by = (date.fromisoformat(head[name].strip()) for name in ("valid_from", "review_by"))
    except ValueError as wrong:
        raise Malformed(f"a day is none: {wrong}") from wrong
    made = Article(
        id=head["id"].strip(), language=head["language"].strip(), title=head["title"].strip(),
        aliases=_several(head["aliases"]), audience=head["audience"].strip(),
        roles=frozenset(re.split(r"[,\s]+", head["roles"].strip())), valid_from=valid_from, review_by=review_by,
        source=head["source"].strip(), body=found[2].strip(), short=head.get("short", "").strip(),
        intents=_several(head.get("intents", "")), before=_several(head.get("before", "")),
        opens=head.get("opens", "").strip(), opens_as=head.get("opens_as", "").strip(),
        opens_with=head.get("opens_with", "").strip(), asked=_several(head.get("asked", ""), "|"),
    )  # fmt: skip
    if complaint := _wrong(made):
        raise Malformed(complaint)
    return made


def _several(line: str, between: str = ",") -> tuple[str, ...]:
    return tuple(one.strip() for one in line.split(between) if one.strip())


def _wrong(one: Article) -> str | None:
    """What is wrong with it, or None."""
    if not ID.fullmatch(one.id):
        return f"{one.id!r} is no id: small letters, digits and hyphens"
    if one.language not in LANGUAGES or one.audience not in AUDIENCES:
        return f"language {one.language!r} or audience {one.audience!r} is none there is"
    if not one.roles <= frozenset(EVERY):
        return f"roles there are not: {', '.join(sorted(one.roles - frozenset(EVERY)))}"
    if len(one.opens_as) > MOST_TITLE:
        return f"{one.opens_as!r} is longer than {MOST_TITLE} letters"
    if bool(one.opens) != bool(one.opens_as):
        return "opens and opens_as belong together"
    if not one.paragraphs:
        return "it says nothing under its heading"
    return next(blocks.unknown(one.body, one.valid_from), None)


@lru_cache(maxsize=1)
def shipped() -> Mapping[tuple[str, str], Article]:
    """The articles of this release, by id and language."""
    found: dict[tuple[str, str], Article] = {}
    for audience in AUDIENCES:
        for path in sorted((FOLDER / audience).glob("*.md")):
            if not path.name.endswith((".id.md", ".en.md")):
                continue  # the operators' guides are long, and not searched
            try:
                one = parse(path.read_text(encoding="utf-8"))
            except Malformed as wrong:
                raise Malformed(f"{path.name}: {wrong}") from wrong
            found[one.id, one.language] = one
    return found
