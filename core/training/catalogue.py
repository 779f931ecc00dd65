"""The training films of this release: their scripts, whom each is for, and the files beside them.

`training_videos/` is the truth. A film is a folder with its script; what it shows was recorded from the product by
`training_videos/record.py`, and its captions and transcript come from the same script.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from core.accounts.roles import EVERY
from core.phrases import LANGUAGES, phrase
from core.training import captions
from core.training.captions import Cue

FOLDER = Path(__file__).parents[2] / "training_videos"
# The files beside a script: of the film in each language, and what is said in it, in its language and in the other.
FILM, POSTER, CAPTIONS = "film.{}.mp4", "poster.{}.jpg", "captions.{}.{}.vtt"
FOR_CHATS = "chat.{}.mp4"  # smaller, with its captions in the picture: a chat shows none beside it
ID = re.compile(r"[a-z0-9][a-z0-9-]{1,38}")
MINUTE = 60  # seconds
MOST_SHORT = 20  # what a button of every channel can show
_PHRASE = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")


class Told(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in both languages."""

    id: str
    en: str

    def to(self, language: str, *, seen: str | None = None) -> str:
        """In that language, each `{phrase.key}` as the pages say it that are seen: a caption names a button as it
        stands there."""
        words = self.en if language == "en" else self.id
        return _PHRASE.sub(lambda found: f"\u201c{phrase(found[1], seen or language)}\u201d", words)


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """What is done on a page, and what is said meanwhile; where nothing is said the last words stay."""

    do: Literal["go", "type", "press", "show", "choose", "file", "wait"]
    on: str = ""  # where: `phrase:` a button or a link of those words, `label:` a field, else a selector
    says: Told | None = None
    words: Told | None = None  # what is typed, chosen or put into the file
    until: str = ""  # what is there once it was done, named like `on`
    who: str = ""  # before a film: who does it, somebody else's browser
    key: str = ""  # what is pressed after typing
    zoom: bool = True  # whether a large screen is looked at from near, there


class Script(Struct, frozen=True, forbid_unknown_fields=True):
    """A film as it is written."""

    title: Told
    short: Told
    about: Told
    asked: Told  # other words for it, between commas
    who: str  # of the demo's company
    screen: Literal["phone", "desk"]
    opens: str
    step: tuple[Step, ...]
    articles: tuple[str, ...] = ()
    before: tuple[Step, ...] = ()
    newcomer: bool = False  # not signed in when the film begins

    @property
    def said(self) -> tuple[Told, ...]:
        """Everything that is said in it, in its order, the title first."""
        return (self.title, *(one.says for one in self.step if one.says is not None))


class Course(Struct, frozen=True, forbid_unknown_fields=True):
    """Films for the same work, in the order in which they help."""

    id: str
    title: Told
    roles: tuple[str, ...]
    films: tuple[str, ...]


@dataclass(frozen=True)
class Film:
    """A film and what is said in it, in each language."""

    id: str
    course: Course
    script: Script
    cues: Mapping[str, tuple[Cue, ...]]

    def seconds(self, language: str) -> int:
        """How long it is: its last words stay to the end."""
        return -(-self.cues[language][-1].ends // 1000)

    def length(self, language: str) -> str:
        """The same in words."""
        minutes = round(self.seconds(language) / 60)
        if self.seconds(language) <= MINUTE:
            return phrase("training.within_a_minute", language)
        return phrase("training.minutes", language, minutes=f"{minutes}", count=minutes)

    def may_see(self, roles: Collection[str]) -> bool:
        """Whether it is for somebody with these roles."""
        return not set(self.course.roles).isdisjoint(roles)

    @property
    def files(self) -> dict[str, Path]:
        """What may be fetched of it, by name."""
        patterns = [(one, (language,)) for one in (FILM, FOR_CHATS, POSTER) for language in LANGUAGES]
        captions = [(CAPTIONS, (language, said)) for language in LANGUAGES for said in LANGUAGES]
        names = [pattern.format(*languages) for pattern, languages in (*patterns, *captions)]
        return {name: FOLDER / self.id / name for name in names}


def script_of(name: str) -> Script:
    """The script of a film, whether or not it was recorded."""
    return msgspec.convert(tomllib.loads((FOLDER / name / "script.toml").read_text("utf-8")), Script)


@lru_cache(maxsize=1)
def courses() -> tuple[Course, ...]:
    """All courses, in their order; none where an installation was made without the films."""
    if not (FOLDER / "catalogue.toml").is_file():
        return ()
    found = msgspec.convert(tomllib.loads((FOLDER / "catalogue.toml").read_text("utf-8"))["course"], tuple[Course, ...])
    for course in found:
        if not set(course.roles) <= set(EVERY) or not all(ID.fullmatch(name) for name in course.films):
            raise ValueError(f"course {course.id!r} names roles or films that can be none")
    return found


@lru_cache(maxsize=1)
def films() -> Mapping[str, Film]:
    """Every film by its name, in the order of the courses."""
    return {film.id: film for film in _all()}


def _all() -> Iterator[Film]:
    for course in courses():
        for name in course.films:
            files = {language: FOLDER / name / CAPTIONS.format(language, language) for language in LANGUAGES}
            if all(path.is_file() for path in files.values()):  # while it is not filmed yet, nobody is shown it
                said = {language: captions.read(path.read_text("utf-8")) for language, path in files.items()}
                yield Film(name, course, script_of(name), said)


def seen_by(roles: Collection[str]) -> list[Film]:
    """The films for somebody with these roles, in the order of the courses."""
    return [film for film in films().values() if film.may_see(roles)]


def about_article(article: str, roles: Collection[str]) -> list[Film]:
    """The films that show what an article tells."""
    return [film for film in seen_by(roles) if article in film.script.articles]
