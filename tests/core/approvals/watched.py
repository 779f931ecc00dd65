"""What holds of approvals after everything that happens, told by the rows alone where the code could agree with itself."""

from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import datetime
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from core import clock, database
from core.approvals import delegations, kinds, settling, steps, story, waiting
from core.approvals.kinds import (
    APPLIED,
    APPROVED,
    CANCEL_REQUESTED,
    CANCELLED,
    IN_REVIEW,
    MOVES,
    RETURNED,
    UNDECIDED,
)  # fmt: skip
from core.approvals.tables import Decision, Delegation, Request, RequestEvent, Step, StepApprover
from core.errors import Refused
from core.leave.tables import LeaveDay, LeaveRequest
from core.messaging import outbox
from core.messaging.tables import Outbound
from core.people import directory
from core.people.tables import Employment
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

Seen = dict[str, dict[int, dict[str, Any]]]  # table -> id -> row
STILL_AWAY = (IN_REVIEW, RETURNED, APPROVED, APPLIED, CANCEL_REQUESTED)
met: Counter[str] = Counter()  # in how many runs each of the rare things happened


class Watched(RuleBasedStateMachine):
    """A company whose every request is looked at after each step, if anything was written of it."""

    cast: Cast
    run: Callable[[Coroutine[Any, Any, Any]], Any]

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[str] = []
        self.states: dict[int, tuple[str, int]] = {}
        self.written: Seen = {}
        self.checked: dict[int, Any] = {}
        self.may: dict[tuple[str, int], steps.Seat] = {}  # who may decide which request now, and from which seat
        self.now: datetime = MONDAY
        clock.move(self.now)

    def teardown(self) -> None:
        if hasattr(self, "cast"):
            self.run(self._count())

    @invariant()
    def every_request_holds(self) -> None:
        if hasattr(self, "cast"):
            self.run(self._holds())

    async def _holds(self) -> None:
        async with database.reading(self.cast.company):
            links = await delegations.in_force()
            lent = {row["id"]: row for row in await Delegation.select()}
            left = await Employment.select(Employment.id).where(Employment.leaves.is_not_null())
            now: Seen = {"decision": await self._rows(Decision), "event": await self._rows(RequestEvent)}
            self._unchanged(now, lent)
            assert not _in_circles(lent.values()), "places were lent in a circle, or through more than two hands"
            requests = {one.id: one for one in await Request.objects().order_by(Request.id)}
            about = await self._about(requests, now)
            # Of what nothing was written, and nobody came or went, there is nothing to see again.
            late = [one for one in requests.values() if self.checked.get(one.id) != (links, left, about[one.id])]
            if not late:
                return
            waits = {name: set(await waiting.ids_for(one.person)) for name, one in self.cast.people.items()}
            for request in late:
                self.checked[request.id] = (links, left, about[request.id])
                self._moved(request)
                await self._decided_once(request)
                await self._somebody_decides(request, waits)
                await self._days(request)
                await self._history(request)
                await self._cards(request)

    async def _rows(self, table: Any) -> dict[int, dict[str, Any]]:
        return {row["id"]: row for row in await table.select()}

    async def _about(self, requests: Mapping[int, Request], now: Seen) -> Mapping[int, list[Any]]:
        """Everything that is written of each request."""
        about: dict[int, list[Any]] = {number: [one.to_dict()] for number, one in requests.items()}
        of_step = {}
        for row in await Step.select():
            of_step[row["id"]] = row["request"]
            about[row["request"]].append(row)
        for row in [*await StepApprover.select(), *now["decision"].values()]:
            about[of_step[row["step"]]].append(row)
        for row in await Outbound.select(Outbound.id, Outbound.card_of).where(Outbound.card_of.is_not_null()):
            about[row["card_of"]].append(row)
        for row in now["event"].values():
            about[row["request"]].append(row)
        return about

    def _unchanged(self, now: Seen, lent: Mapping[int, Mapping[str, Any]]) -> None:
        for kind, rows in now.items():
            before = self.written.get(kind, {})
            assert all(rows.get(number) == row for number, row in before.items()), f"a {kind} was changed or deleted"
        for number in now["decision"].keys() - self.written.get("decision", {}).keys():
            given = now["decision"][number]
            if given["for_whom"] is not None:
                assert _lends(lent.values(), given), "somebody decided in a place that was not lent to them then"
        self.written = now

    def _moved(self, request: Request) -> None:
        before, version = self.states.get(request.id, (IN_REVIEW, 1))
        reached, edge = {before}, {before}
        while edge := {to for one in edge for to in MOVES[one]} - reached:
            reached |= edge
        assert request.state in reached, f"from {before} to {request.state}"
        assert request.version >= version, "a version was lost"
        self.states[request.id] = (request.state, request.version)

    async def _decided_once(self, request: Request) -> None:
        asker = await steps.asker_of(request)
        for step in await Step.objects().where(Step.request == request.id):
            given = await steps.answers(step)
            seats = [row["seat"] for row in given]
            actors = [row["actor"] for row in given]
            assert len(set(actors)) == len(actors), "somebody decided a step twice"
            assert len(set(seats)) == len(seats), "a seat answered twice"
            assert asker not in actors, "somebody decided what they asked for"
            if step.state == "approved":
                await self._enough_agreed(step)
        if request.state in (APPLIED, CANCEL_REQUESTED, CANCELLED):
            asked = [row for row in await Step.select().where(Step.request == request.id) if row["asks"] == steps.IT]
            newest = max(row["version"] for row in asked)
            left = [row["state"] for row in asked if row["version"] == newest and row["state"] != "approved"]
            assert not left, f"it took effect with steps that are {left}"

    async def _enough_agreed(self, step: Step) -> None:
        """As many seats as the step asks for said yes, told by the rows alone."""
        rows = await StepApprover.select().where(StepApprover.step == step.id)
        beside = {row["person"]: row["beside"] for row in rows}
        given = await Decision.select().where(Decision.step == step.id)
        seat_of = {row["id"]: row["for_whom"] or row["actor"] for row in given}
        seat_of = {number: beside.get(whose) or whose for number, whose in seat_of.items()}
        agreed = {seat_of[row["id"]] for row in given if row["verdict"] == "approve"}
        seats = {row["person"] for row in rows if not row["beside"] and row["ended_at"] is None} | set(seat_of.values())
        enough = {"any": 1, "all": len(seats), "quorum": min(step.needed, len(seats))}[step.mode]
        assert len(agreed) >= enough, f"{len(agreed)} of {enough} agreed to a step by {step.mode}"

    async def _somebody_decides(self, request: Request, waits: Mapping[str, set[int]]) -> None:
        self.may = {key: seat for key, seat in self.may.items() if key[1] != request.id}
        open_now = await Step.objects().where((Step.request == request.id) & (Step.state == steps.OPEN))
        if request.state not in UNDECIDED:
            assert not open_now, "a step is open that decides nothing"
            assert all(request.id not in mine for mine in waits.values()), "what is over still waits"
            return
        assert len(open_now) == 1, "not one step is open"
        assert await steps.outcome(open_now[0]) is None, "it was decided, and nothing followed"
        here = {name for name, one in self.cast.people.items() if await directory.of_person(one.person) is not None}
        for name in here:
            try:
                _, seat = await settling.right(request, self.cast.people[name].person, request.version)
            except Refused:
                continue
            self.may[name, request.id] = seat
        able = {name for name, number in self.may if number == request.id}
        assert able, "nobody can decide it"
        await self._asked_once(request, open_now[0], able)
        assert able == {name for name in here if request.id in waits[name]}, "the list is not what may be decided"

    async def _asked_once(self, request: Request, step: Step, able: Iterable[str]) -> None:
        """Who said yes at an earlier step is not asked at a later one, but for the place of who was silent there."""
        before = {row["id"] for row in await Step.select().where(
            (Step.request == request.id) & (Step.version == request.version) & (Step.level < step.level)
        )}  # fmt: skip
        said = await Decision.select().where(Decision.step.is_in(list(before) or [0]))
        agreed = {row["actor"] for row in said if row["verdict"] == "approve"}
        own = {self.cast.people[name].person for name in able if self.may[name, request.id].for_whom is None}
        own -= {row.person for row in await steps.sitting(step) if row.added_by == "escalation"}
        assert not own & agreed, "somebody is asked who has agreed already"

    async def _days(self, request: Request) -> None:
        mine = await LeaveRequest.select(LeaveRequest.id).where(LeaveRequest.id == request.subject)
        days = await LeaveDay.select().where(LeaveDay.request.is_in([row["id"] for row in mine]))
        live = [day for day in days if day["ended_at"] is None]
        if request.state not in STILL_AWAY:
            assert not live, f"days stay away of what is {request.state}"
        taken = request.state in (APPLIED, CANCEL_REQUESTED)
        assert all((day["taken_at"] is not None) == taken for day in live), f"days of what is {request.state}"
        assert live or request.state not in (IN_REVIEW, RETURNED, CANCEL_REQUESTED), "days were lost"

    async def _history(self, request: Request) -> None:
        told = await story.lines(request, ())
        assert told[0].what == "submitted", "the history does not begin at the beginning"
        assert [one.at for one in told] == sorted(one.at for one in told)
        assert max(one.version for one in told) <= request.version
        words = {one.what for one in told}
        ended = {"withdrawn": "withdrawn", "expired": "expired", "rejected": "reject", "returned": "returned",
                 CANCELLED: "cancelled", APPLIED: "approve", CANCEL_REQUESTED: "cancel_asked"}  # fmt: skip
        if request.state in ended:
            assert ended[request.state] in words, f"the history does not say why it is {request.state}"

    async def _cards(self, request: Request) -> None:
        """What each copy says now: only those who may decide have buttons, on the newest they were given."""
        edits: dict[int, dict[str, Any]] = {}
        for row in await Outbound.select().where(
            (Outbound.card_of == request.id) & Outbound.edits.is_not_null()
        ).order_by(Outbound.id):  # fmt: skip
            edits[row["edits"]] = row
        pressable: dict[int, set[int]] = {}
        for card in await outbox.cards(request.id):
            shown = edits.get(int(str(card["id"])), card)
            if outbox.unseal(Outbound(**shown)).choices:
                pressable.setdefault(int(str(card["person"])), set()).add(int(str(card["card_version"])))
        if request.state not in UNDECIDED:
            assert not pressable, f"a card of what is {request.state} still has its buttons"
            return
        assert all(request.version in versions and len(versions) == 1 for versions in pressable.values()), "old buttons"
        for name, one in self.cast.people.items():
            if (name, request.id) in self.may:
                seat = self.may[name, request.id]
                assert one.person in pressable, f"{name}, who is asked as {seat}, has no card"

    async def _count(self) -> None:
        async with database.reading(self.cast.company):
            met["runs"] += 1
            met["decided"] += await Decision.exists()
            met["lent"] += await Delegation.exists().where(Delegation.accepted_at.is_not_null())
            met["stood in"] += await Decision.exists().where(Decision.for_whom.is_not_null())
            met["added above"] += await StepApprover.exists().where(StepApprover.added_by == "escalation")
            met["left"] += await Employment.exists().where(Employment.leaves.is_not_null())
            met["once"] += await Decision.exists().where(Decision.channel == kinds.EARLIER)
            met["changed"] += await Request.exists().where(Request.version > 1)


def _lends(rows: Any, given: Mapping[str, Any]) -> bool:
    """Whether the place was lent when this was decided in it, straight or through one other: told by the rows alone."""
    at = given["decided_at"]
    links = [
        (row["giver"], row["taker"])
        for row in rows
        if row["accepted_at"] and row["accepted_at"] <= at and row["starts"] <= at < row["ends"]
        and (row["ended_at"] is None or row["ended_at"] > at)
    ]  # fmt: skip
    near = {giver for giver, taker in links if taker == given["actor"]}
    return given["for_whom"] in near | {giver for giver, taker in links if taker in near}


def _in_circles(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether at the beginning of any place that was accepted the hands it goes through are a circle, or too many."""
    held = [row for row in rows if row["accepted_at"] is not None and row["ended_at"] is None]
    for begins in {row["starts"] for row in held}:
        then = [(row["giver"], row["taker"]) for row in held if row["starts"] <= begins < row["ends"]]
        paths = [[giver, taker] for giver, taker in then]
        while paths:
            if any(len(path) > len(set(path)) or len(path) > 1 + delegations.DEEPEST for path in paths):
                return True
            paths = [[*path, taker] for path in paths for giver, taker in then if giver == path[-1]]
    return False
