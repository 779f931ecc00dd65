"""What holds of leave after everything that happens, reckoned here from the rows alone: no rule of the product is asked."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from core.approvals.kinds import APPLIED, APPROVED, CANCEL_REQUESTED, IN_REVIEW, RETURNED
from core.approvals.tables import Request
from core.calendar.tables import Holiday
from core.leave.tables import LeaveDay, LeaveEntry, LeaveRequest, Lot

DAY, HALF = 1_000, 500
AWAY = (IN_REVIEW, RETURNED, APPROVED, APPLIED, CANCEL_REQUESTED)  # states of leave whose days are kept
SLOTS = {None: ("am", "pm"), "am": ("am",), "pm": ("pm",)}
Row = Mapping[str, Any]


class Reckoned:
    """The rows of a company's leave, read once; each method is something that must be so."""

    def __init__(self, terms: Mapping[str, Any], night: date) -> None:
        self.terms, self.night = terms, night  # the company's rule, and the last day to which a night came
        self.free: set[date] = set()
        self.days: Sequence[Row] = []
        self.asked: dict[int, Row] = {}
        self.lots: dict[int, Row] = {}
        self.entries: Sequence[Row] = []

    async def read(self) -> None:
        """Read everything there is."""
        self.free = {row["date"] for row in await Holiday.select(Holiday.date)}
        self.days = await LeaveDay.select()
        states = {row["subject"]: row["state"] for row in await Request.select(Request.subject, Request.state)}
        self.asked = {row["id"]: row | {"state": states.get(row["id"])} for row in await LeaveRequest.select()}
        self.lots = {row["id"]: row for row in await Lot.select()}
        self.entries = await LeaveEntry.select()

    def check(self) -> None:
        """Everything that must be so."""
        self.days_are_what_was_asked_for()
        self.nobody_is_away_twice()
        self.days_belong_to_leave_that_stands()
        self.what_a_day_took_comes_back_whence_it_came()
        self.nothing_is_left_in_lots_that_are_over()
        self.what_is_carried_and_restored_is_what_the_rule_says()
        self.only_what_may_be_paid_out_is()

    # -- days ----------------------------------------------------------------------------------------------------------

    def days_are_what_was_asked_for(self) -> None:
        """One row for each date; a half is a half, and only working days that are no holiday cost anything."""
        of: defaultdict[int, list[Row]] = defaultdict(list)
        for day in self.days:
            if day["request"] is not None:
                of[day["request"]].append(day)
        for number, asked in self.asked.items():
            mine = sorted(of[number], key=lambda day: day["date"])
            span = (asked["ends"] - asked["starts"]).days + 1
            every = [asked["starts"] + timedelta(days=n) for n in range(span)]
            assert sorted({day["date"] for day in mine}) == every, "days that were not asked for, or are missing"
            for day in mine:
                works = day["date"].weekday() < 5 and day["date"] not in self.free
                assert day["counted"] == works, f"{day['date']} counts wrongly"
                assert day["part"] == asked["part"], "the half that was asked for is not the half that is away"
                assert day["fraction"] == (HALF if asked["part"] else DAY), "a half is no half"

    def nobody_is_away_twice(self) -> None:
        """Each half of a day is taken once at most, by whatever kind of leave."""
        slots: Counter[tuple[int, date, str]] = Counter()
        for day in self.days:
            if day["counted"] and day["ended_at"] is None:
                slots.update((day["employment"], day["date"], half) for half in SLOTS[day["part"]])
        assert all(times == 1 for times in slots.values()), "somebody is away twice in the same half of a day"

    def days_belong_to_leave_that_stands(self) -> None:
        for day in self.days:
            if day["request"] is not None and day["ended_at"] is None:
                asked = self.asked[day["request"]]
                assert asked["state"] in AWAY, f"a day is away of what is {asked['state']}"
                assert (day["taken_at"] is not None) == (asked["state"] in (APPLIED, CANCEL_REQUESTED))

    # -- lots ----------------------------------------------------------------------------------------------------------

    def what_a_day_took_comes_back_whence_it_came(self) -> None:
        """A day that is away took its cost; one that is not has everything back in the very lots that paid."""
        moved: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for entry in self.entries:
            if entry["leave_day"] is not None:
                moved[entry["leave_day"]][entry["lot"]] += entry["quantity"]
        for day in self.days:
            lots = moved[day["id"]]
            if day["ended_at"] is not None:
                assert not any(lots.values()), "what a day took is not back where it came from"
            elif lots and day["counted"]:
                assert all(left <= 0 for left in lots.values()), "a day gave a lot more than it took"
                assert -sum(lots.values()) == day["fraction"], "a day costs what it does not"
        undone = [entry["reversal_of"] for entry in self.entries if entry["reversal_of"] is not None]
        assert len(undone) == len(set(undone)), "a movement was taken back twice"

    def nothing_is_left_in_lots_that_are_over(self) -> None:
        """Once a night has come past a lot's last day nothing is free in it, whatever came back since."""
        left: Counter[int] = Counter()
        for entry in self.entries:
            left[entry["lot"]] += entry["quantity"]
        for number, lot in self.lots.items():
            if lot["valid_to"] < self.night:
                assert left[number] <= 0, f"{left[number]} left in a lot that ended {lot['valid_to']}"

    def what_is_carried_and_restored_is_what_the_rule_says(self) -> None:
        came: defaultdict[tuple[int, date], int] = defaultdict(int)
        gave: Counter[int] = Counter()
        for entry in self.entries:
            if entry["kind"] == "grant":
                gave[entry["lot"]] += entry["quantity"]
        for number, lot in self.lots.items():
            if lot["origin"] == "carry":
                came[lot["employment"], lot["valid_from"]] += gave[number]
                assert (lot["valid_from"].month, lot["valid_from"].day) == (1, 1), "carried in the middle of a year"
                last = self.terms["months"]
                end = date(lot["valid_from"].year, last, monthrange(lot["valid_from"].year, last)[1])
                assert lot["valid_to"] == end, f"what was carried ends {lot['valid_to']}, not {end}"
            if lot["origin"] == "restored":
                assert self.terms["restore"], "days were restored that no rule restores"
                assert (lot["valid_to"] - lot["valid_from"]).days == self.terms["restore"]
        assert all(days <= self.terms["carry"] * DAY for days in came.values()), "more was carried than may be"
        over: Counter[str] = Counter()
        for entry in self.entries:
            if entry["batch"].startswith("over-"):
                over[entry["batch"]] += entry["quantity"]
        assert all(total <= 0 for total in over.values()), "more came of what was over than there was"

    def only_what_may_be_paid_out_is(self) -> None:
        if not self.terms["encashable"]:
            assert not any(entry["kind"] == "encash" for entry in self.entries), "days were paid out that may not be"


def met_in(rows: Reckoned, today: date) -> Sequence[str]:
    """Which of the rare things have happened: a machine that never meets them proves nothing about them."""
    found = []
    over = {number for number, lot in rows.lots.items() if lot["valid_to"] < today}
    if any(day["part"] and day["counted"] for day in rows.days):
        found.append("halves")
    if any(entry["kind"] == "expire" for entry in rows.entries):
        found.append("expired")
    if any(lot["origin"] == "carry" for lot in rows.lots.values()):
        found.append("carried")
    if any(lot["origin"] == "restored" for lot in rows.lots.values()):
        found.append("restored")
    for kind, what in (("release", "released"), ("reverse", "reversed")):
        late = [
            entry
            for entry in rows.entries
            if entry["kind"] == kind and entry["lot"] in over
            and entry["recorded_at"].date() > rows.lots[entry["lot"]]["valid_to"] + timedelta(days=1)
        ]  # fmt: skip
        if late:
            found.append(f"{what} into what was over")
    return found
