"""The privacy policy and the terms, in versions: which holds, which is announced, what differs, and who accepted them.

A version is a file a language in `knowledge_base/policies`, never changed once it was published: what a company
accepted is kept by the hash of its words.
A change is announced at least thirty days before it takes effect (art. 21(2) of Law 27/2022).
"""

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from core import audit, clock
from core.audit import Actor
from core.errors import Refused
from core.phrases import LANGUAGES
from core.privacy.registry_tables import PolicyAcceptance

FOLDER = Path(__file__).parents[2] / "knowledge_base" / "policies"
PRIVACY, TERMS = "privacy", "terms"
KINDS = (PRIVACY, TERMS)
NOTICE = timedelta(days=30)
SAME, NEW, GONE = "same", "new", "gone"
_NAME = re.compile(r"(privacy|terms)\.(\d+)\.(id|en)\.md")
_HEAD = re.compile(r"---\n(.*?)\n---\n(.*)", re.S)


@dataclass(frozen=True)
class Version:
    """One version of one of them, in every language."""

    kind: str
    number: int
    announced: date
    from_: date
    titles: Mapping[str, str]
    bodies: Mapping[str, str]
    changes: Mapping[str, Sequence[str]]  # in a few lines, for people

    @property
    def hash(self) -> str:
        """What was agreed to, whichever language it was read in."""
        return hashlib.sha256("\n".join(self.bodies[one] for one in LANGUAGES).encode()).hexdigest()


@lru_cache(maxsize=4)
def every(folder: Path = FOLDER) -> Mapping[str, Sequence[Version]]:
    """The versions of each kind, the oldest first."""
    found: dict[tuple[str, int], dict[str, tuple[dict[str, str], str]]] = {}
    for path in sorted(folder.glob("*.md")):
        named, read = _NAME.fullmatch(path.name), _HEAD.match(path.read_text(encoding="utf-8"))
        if named is None or read is None:
            raise ValueError(f"{path.name} is no version of a policy")
        front = dict(line.split(": ", 1) for line in read[1].splitlines())
        found.setdefault((named[1], int(named[2])), {})[named[3]] = front, read[2].strip()
    made: dict[str, list[Version]] = {kind: [] for kind in KINDS}
    for (kind, number), said in sorted(found.items()):
        head = said["id"][0]
        made[kind].append(
            Version(
                kind, number, date.fromisoformat(head["announced"]), date.fromisoformat(head["from"]),
                {one: said[one][0]["title"] for one in LANGUAGES}, {one: said[one][1] for one in LANGUAGES},
                {one: said[one][0]["changes"].split("; ") for one in LANGUAGES},
            )
        )  # fmt: skip
    return made


def known(kind: str, on: date, folder: Path = FOLDER) -> Sequence[Version]:
    """The versions that may be read on a day: those that were announced by then; the first one always."""
    return [one for one in every(folder)[kind] if one.number == 1 or one.announced <= on]


def in_force(kind: str, on: date, folder: Path = FOLDER) -> Version:
    """The version that holds on a day; before the first takes effect, the first."""
    begun = [one for one in known(kind, on, folder) if one.from_ <= on]
    return begun[-1] if begun else every(folder)[kind][0]


def coming(kind: str, on: date, folder: Path = FOLDER) -> Version | None:
    """The version that is announced and does not hold yet."""
    later = [one for one in known(kind, on, folder) if one.from_ > on and one.number > 1]
    return later[0] if later else None


def of(kind: str, number: int, on: date, folder: Path = FOLDER) -> Version | None:
    """The version with this number, if it may be read."""
    return next((one for one in known(kind, on, folder) if one.number == number), None)


def difference(old: Version, new: Version, language: str) -> Sequence[tuple[str, str]]:
    """The paragraphs of both in order, each the same, new or gone."""
    before, after = (re.split(r"\n{2,}", one.bodies[language]) for one in (old, new))
    told: list[tuple[str, str]] = []
    for act, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act == "equal":
            told += [(SAME, one) for one in before[a:b]]
        else:
            told += [(GONE, one) for one in before[a:b]] + [(NEW, one) for one in after[c:d]]
    return told


async def accepted(kind: str) -> Sequence[PolicyAcceptance]:
    """What this company has accepted, the newest first."""
    return list(
        await PolicyAcceptance.objects().where(PolicyAcceptance.kind == kind).order_by(
            PolicyAcceptance.id, ascending=False
        )
    )  # fmt: skip


async def to_accept(on: date, folder: Path = FOLDER) -> Sequence[Version]:
    """The versions in force that this company has not accepted."""
    found = []
    for kind in KINDS:
        version = in_force(kind, on, folder)
        if not any(one.hash == version.hash for one in await accepted(kind)):
            found.append(version)
    return found


async def accept(kind: str, number: int, *, language: str, by: Actor, on: date, folder: Path = FOLDER) -> None:
    """Accept a version by name, in the open transaction; twice is once. Refused: one that cannot be read yet."""
    version = of(kind, number, on, folder) if kind in KINDS else None
    if version is None:
        raise Refused("policies.no_version")
    if any(one.hash == version.hash for one in await accepted(kind)):
        return
    await PolicyAcceptance.insert(
        PolicyAcceptance(
            kind=kind, version=number, hash=version.hash, language=language, by=by.name, at=clock.now()
        )
    )  # fmt: skip
    audit.record("policy.accepted", f"policy:{kind}-{number}", by=by, hash=version.hash[:16])
