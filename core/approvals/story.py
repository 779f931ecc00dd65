"""The full history of a request: who asked, saw, decided, was reminded; when, by which door, on which version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core import vault
from core.approvals import history, rules
from core.approvals.kinds import APPROVE, EARLIER, askers, reason_of
from core.approvals.tables import Decision, Request, RequestEvent, Step, StepApprover
from core.people.tables import Person

OPEN = "open"


@dataclass(frozen=True)
class Line:
    """Something that happened, in the order in which it happened."""

    at: datetime
    what: str
    who: str
    other: str
    channel: str
    version: int
    level: int | None
    words: str | None


@dataclass(frozen=True)
class Place:
    """Somebody at a step: why they were asked, what they answered, whether they may still."""

    person: int
    who: str
    why: str
    verdict: str | None
    ended: bool
    beside: str | None
    at: datetime | None = None  # of the answer
    by: str | None = None  # who gave it in their place
    earlier: bool = False  # it was given at an earlier step and counts here too


@dataclass(frozen=True)
class Stage:
    """A step of the present version, with its people."""

    level: int
    state: str
    mode: str
    needed: int
    asks: str
    places: tuple[Place, ...]
    until: datetime | None = None  # when the head of the first who is silent is asked too; None once that has happened

    @property
    def agreed(self) -> int:
        """How many of its seats agreed; an answer from beside a seat is that seat's."""
        return len({one.beside or one.who for one in self.places if one.verdict == APPROVE})

    @property
    def enough(self) -> int:
        """How many of its seats must agree."""
        return rules.needed(
            self.mode,
            self.needed,
            len({one.who for one in self.places if not one.beside and (one.verdict or not one.ended)}),
        )

    @property
    def awaited(self) -> Sequence[str]:
        """Of an open step, whose answer may still come: not theirs whose seat another beside them answered."""
        answered = {one.who for one in self.places if one.verdict}
        answered |= {one.beside for one in self.places if one.verdict and one.beside}
        return [
            one.who for one in self.places
            if self.state == OPEN and not one.ended and not {one.who, one.beside} & answered
        ]  # fmt: skip


async def lines(request: Request, seen: Sequence[Mapping[str, Any]]) -> Sequence[Line]:
    """Everything that happened, the first first; `seen` are the cards that arrived: person, channel, at, version."""
    asker = (await askers([request]))[request.id]
    events = await RequestEvent.select().where(RequestEvent.request == request.id)
    steps = {
        row["id"]: row for row in await Step.select(Step.id, Step.level).where(Step.request == request.id)
    }  # fmt: skip
    decided = await Decision.select().where(Decision.step.is_in(list(steps) or [0])).order_by(Decision.id)
    people = {row[key] for row in events for key in ("person", "other")} | {row["person"] for row in seen}
    name_of = await _names(people | {row[key] for row in decided for key in ("actor", "for_whom")})
    told = [
        Line(
            row["at"], row["what"], name_of.get(row["person"], ""), name_of.get(row["other"], ""), row["channel"],
            row["version"], row["level"],
            vault.shown(row["words"], company=request.company, column=history.WORDS, subject=asker)
            if row["words"] else None,
        )
        for row in events
    ]  # fmt: skip
    told += [
        Line(
            row["decided_at"], EARLIER if row["channel"] == EARLIER else row["verdict"],
            name_of.get(row["actor"], ""), name_of.get(row["for_whom"], ""),
            "job" if row["channel"] == EARLIER else row["channel"], row["version"], steps[row["step"]]["level"],
            reason_of(row, asker),
        )
        for row in decided
    ]  # fmt: skip
    told += [
        Line(
            row["at"], history.SEEN, name_of.get(row["person"], ""), "", row["channel"], row["version"] or 1, None, None
        )
        for row in seen
    ]
    return sorted(told, key=lambda one: one.at)


async def stages(request: Request) -> Sequence[Stage]:
    """The steps of the present version, in order."""
    steps = await Step.objects().where(
        (Step.request == request.id) & (Step.version == request.version)
    ).order_by(Step.level)  # fmt: skip
    ids = [one.id for one in steps] or [0]
    rows = await StepApprover.select().where(StepApprover.step.is_in(ids)).order_by(StepApprover.id)
    decided = await Decision.select().where(Decision.step.is_in(ids))
    name_of = await _names(
        {row[key] for row in rows for key in ("person", "beside")}
        | {row[key] for row in decided for key in ("actor", "for_whom")}
    )
    found = []
    for step in steps:
        given = {row["for_whom"] or row["actor"]: row for row in decided if row["step"] == step.id}
        found.append(
            Stage(
                step.level, step.state, step.mode, step.needed, step.asks,
                tuple(
                    Place(
                        row["person"], name_of.get(row["person"], ""), row["added_by"],
                        _of(given, row["person"], "verdict"), row["ended_at"] is not None,
                        name_of.get(row["beside"]), _of(given, row["person"], "decided_at"),
                        name_of.get(_of(given, row["person"], "actor"))
                        if _of(given, row["person"], "for_whom") else None,
                        _of(given, row["person"], "channel") == EARLIER,
                    )
                    for row in rows
                    if row["step"] == step.id
                ),
                None if step.escalated_at or step.state != OPEN else step.escalate_at,
            )
        )  # fmt: skip
    return found


def _of(given: Mapping[int, Mapping[str, Any]], person: int, what: str) -> Any:
    return given[person][what] if person in given else None


async def _names(people: set[Any]) -> Mapping[int, str]:
    wanted = [one for one in people if one is not None]
    rows = await Person.select(Person.id, Person.name).where(Person.id.is_in(wanted or [0]))
    return {row["id"]: row["name"] for row in rows}


async def was_asked(request: Request, person: int) -> bool:
    """Whether this person was ever asked to decide it, or did in another's place."""
    return bool(
        await StepApprover.exists().where((StepApprover.step.request == request.id) & (StepApprover.person == person))
        or await Decision.exists().where((Decision.step.request == request.id) & (Decision.actor == person))
    )
