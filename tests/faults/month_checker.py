"""The verdict over a month, read from the books and from the screens; the rules are written down here once more.

Like checker.py it imports nothing of the product: what it says must not follow from what it looks at.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.faults import checker
from tests.faults.books import Books, Row, instant
from tests.outside.serving import StandIn

DAY = 1_000
OVER = ("rejected", "withdrawn", "expired", "cancelled")
A_WHILE = timedelta(minutes=10)  # within which a message is answered, unless its process died
PLANNED = timedelta(minutes=5)
# The columns by which two histories are compared: no numbers of rows, nothing that is sealed.
HISTORY = {
    "inbound": "channel, sender, state, tries, received_at, answered_at",
    "outbound": "channel, address, key, state, attempts, error, trouble, queued_at, sent_at",
    "request": "number, version, state, submitted_at",
    "decision": "verdict, channel, version, decided_at",
    "leave_entry": "kind, quantity, effective_on, recorded_at",
    "job": "name, lane, state, attempts, error, run_at",
    "audit_entry": "seq, actor, channel, action, at",
}


async def complaints(
    books: Books, screens: Mapping[str, StandIn], *, now: datetime, at_rest: bool = False
) -> list[str]:  # fmt: skip
    """What is wrong at this moment; `at_rest` when nothing went wrong for long enough that all must be done."""
    wrong = await checker.doubles(books)
    wrong += await _ledger(books)
    wrong += await _days(books)
    wrong += await _requests(books)
    wrong += await _inbound(books, now)
    wrong += await _jobs(books, now, at_rest=at_rest)
    wrong += await _outbound(books, now, at_rest=at_rest)
    wrong += await _screens(books, screens)
    return wrong + await checker.audit(books)


async def _ledger(books: Books) -> list[str]:
    """Every balance is the sum of its entries; no lot gives more than it has and may lend."""
    wrong = []
    sums: dict[tuple[int, str], int] = Counter()
    left: Counter[int] = Counter()
    lots = {row["id"]: row for row in await books.rows("select id, employment, leave_type, overdraft from lot")}
    for row in await books.rows("select lot, quantity from leave_entry"):
        lot = lots[row["lot"]]
        sums[lot["employment"], lot["leave_type"]] += row["quantity"]
        left[row["lot"]] += row["quantity"]
    for row in await books.rows("select employment, leave_type, available, held, taken, floor from leave_balance"):
        counted = sums.pop((row["employment"], row["leave_type"]), 0)
        if row["available"] != counted:
            wrong.append(f"employment {row['employment']}: the balance says {row['available']}, the entries {counted}")
        if row["available"] < row["floor"] or min(row["held"], row["taken"]) < 0:
            wrong.append(f"the balance {row} is below what it may be")
    wrong += [f"employment {who} has entries of {quantity} and no balance" for (who, _), quantity in sums.items()]
    for number, rest in left.items():
        if rest < -lots[number]["overdraft"]:
            wrong.append(f"lot {number} is overdrawn by {-rest}, and may lend {lots[number]['overdraft']}")
    return wrong


async def _days(books: Books) -> list[str]:
    """Nobody is away twice on a day; each day costs what it says, or nothing once it has ended."""
    wrong = []
    moved: Counter[int] = Counter()
    for row in await books.rows("select leave_day, quantity from leave_entry where leave_day is not null"):
        moved[row["leave_day"]] += row["quantity"]
    away: Counter[tuple[int, str]] = Counter()
    held: Counter[tuple[int, str, bool]] = Counter()
    paid = {row["leave_day"] for row in await books.rows("select distinct leave_day from leave_entry")}
    rows = await books.rows(
        "select id, employment, leave_type, date, fraction, counted, taken_at, ended_at from leave_day"
    )
    for row in rows:
        if row["ended_at"] is None and row["counted"]:
            away[row["employment"], str(row["date"])] += row["fraction"]
            if row["id"] in paid:
                held[row["employment"], row["leave_type"], row["taken_at"] is not None] += row["fraction"]
        meant = 0 if row["ended_at"] is not None else -row["fraction"]
        if row["id"] in paid and moved[row["id"]] != meant:
            wrong.append(f"leave day {row['id']} moved {moved[row['id']]} instead of {meant}")
    wrong += [f"employment {who} is away {much} of a day on {day}" for (who, day), much in away.items() if much > DAY]
    for row in await books.rows("select employment, leave_type, held, taken from leave_balance"):
        for column in ("held", "taken"):
            meant = held[row["employment"], row["leave_type"], column == "taken"]
            if row[column] != meant:
                wrong.append(f"employment {row['employment']} has {column} {row[column]}, the days say {meant}")
    return wrong


async def _requests(books: Books) -> list[str]:
    """What is decided is decided once, by somebody else than the asker; what is undecided has one open step."""
    wrong = []
    steps: dict[int, list[Row]] = defaultdict(list)
    for row in await books.rows("select id, request, version, level, state, mode, asks from step order by id"):
        steps[row["request"]].append(row)
    given: dict[int, list[Row]] = defaultdict(list)
    for row in await books.rows(
        "select d.step, d.actor, d.for_whom, d.verdict, d.version, d.channel, e.person as asker from decision d"
        " join step s on s.id = d.step join request r on r.id = s.request join employment e on e.id = r.employment"
    ):
        given[row["step"]].append(row)
        if row["actor"] == row["asker"] or row["for_whom"] == row["asker"]:
            wrong.append(f"the asker decided: {row}")
    for row in await books.rows("select id, number, version, state, subject, kind from request"):
        mine = steps[row["id"]]
        open_now = [step for step in mine if step["state"] == "open"]
        undecided = row["state"] in ("in_review", "cancel_requested")
        if len(open_now) != int(undecided):
            wrong.append(f"{row['number']} is {row['state']} with {len(open_now)} open steps")
        wrong += [
            f"{row['number']}: two verdicts at {step}: {twice}" for step in mine if (twice := _twice(step, given))
        ]
        if undecided and any(step["version"] != row["version"] for step in open_now):
            wrong.append(f"{row['number']} waits at a step of another version")
    wrong += await _of_leave(books)
    return wrong


def _twice(step: Row, given: Mapping[int, list[Row]]) -> list[Row]:
    told = given.get(step["id"], [])
    seats = Counter(row["for_whom"] or row["actor"] for row in told)
    final = [row for row in told if row["verdict"] in ("approve", "reject", "change")]
    many = max(seats.values(), default=0) > 1 or (step["mode"] == "any" and len(final) > 1)
    meant = {"approved": ("approve",), "rejected": ("reject", "change")}.get(step["state"])
    contradicted = meant is not None and told and not any(row["verdict"] in meant for row in told)
    return told if many or contradicted else []


async def _of_leave(books: Books) -> list[str]:
    """The days of a request are as its state says."""
    wrong = []
    days: dict[int, list[Row]] = defaultdict(list)
    for row in await books.rows("select request, taken_at, ended_at from leave_day where request is not null"):
        days[row["request"]].append(row)
    for row in await books.rows("select number, state, subject from request where kind = 'leave_request'"):
        live = [day for day in days[row["subject"]] if day["ended_at"] is None]
        taken = [day for day in live if day["taken_at"] is not None]
        if row["state"] in OVER and live:
            wrong.append(f"{row['number']} is {row['state']} and keeps {len(live)} days")
        if row["state"] in ("in_review", "returned") and (taken or not live):
            wrong.append(f"{row['number']} is {row['state']} with {len(live)} days, {len(taken)} taken")
        if row["state"] in ("applied", "cancel_requested") and len(taken) != len(live):
            wrong.append(f"{row['number']} is {row['state']}, and {len(live) - len(taken)} of its days are not taken")
    subjects = {row["subject"] for row in await books.rows("select subject from request where kind = 'leave_request'")}
    for number, mine in days.items():
        if number not in subjects and any(day["ended_at"] is None for day in mine):
            wrong.append(f"leave {number} is an earlier wish and still holds days")
    return wrong


async def _inbound(books: Books, now: datetime) -> list[str]:
    """Whoever wrote is answered, or told that it was lost; at the latest when the lease of a dead worker is over."""
    wrong = []
    failed = {row["dedupe"] for row in await books.rows("select dedupe from outbound where dedupe like 'failed:%'")}
    rows = await books.rows(
        "select id, channel, sender, state, received_at from inbound where state not in ('done', 'limited')"
    )
    for row in rows:
        if row["state"] == "failed" and f"failed:{row['id']}" not in failed:
            wrong.append(f"the message {row} was given up, and its sender not told")
        if row["state"] == "new" and instant(row["received_at"]) < now - A_WHILE:
            wrong.append(f"the message {row} is not answered")
    return wrong


async def _jobs(books: Books, now: datetime, *, at_rest: bool) -> list[str]:
    wrong = []
    for row in await books.rows("select id, name, state, run_at, attempts, error, lease_until from job"):
        if row["state"] == "parked" and row["error"] != "the worker died in it":
            wrong.append(f"the job {row} was given up")
        if row["state"] == "running" and (at_rest or instant(row["lease_until"]) < now - A_WHILE):
            wrong.append(f"the job {row} still runs")
        if row["state"] == "queued" and instant(row["run_at"]) < now - PLANNED:
            wrong.append(f"the job {row} was not done")
    return wrong


async def _outbound(books: Books, now: datetime, *, at_rest: bool) -> list[str]:
    """Every message is out, or taken back, or HR is told that it is not."""
    wrong = []
    instead = {row["dedupe"] for row in await books.rows("select dedupe from outbound where dedupe like 'instead:%'")}
    rows = await books.rows(
        "select id, key, channel, state, error, trouble, after_unknown, attempts, edits, queued_at, held_until, person"
        " from outbound where state <> 'sent'"
    )
    for row in rows:
        # Of whom nobody knows who they are, there is nobody to be told.
        noted = row["person"] is None or row["trouble"] is not None or f"instead:{row['id']}" in instead
        state = row["state"]
        if state in ("failed", "parked") and not noted and row["edits"] is None:
            wrong.append(f"the message {row} is {state}, and nobody is told")
        if state == "dropped" and row["error"] == "nobody knows" and row["after_unknown"] != "drop" and not noted:
            wrong.append(f"nobody knows of the message {row}, and nobody is told")
        held = row["held_until"] is not None and instant(row["held_until"]) > now
        if at_rest and state in ("queued", "sending", "unknown") and not held:
            wrong.append(f"the message {row} is not out")
    return wrong


async def _screens(books: Books, screens: Mapping[str, StandIn]) -> list[str]:
    """Nothing stands twice on a screen without its double being marked: no more bare messages than there were."""
    wrong = []
    meant: Counter[tuple[str, str]] = Counter()
    for row in await books.rows(
        "select channel, address, count(*) as n from outbound where edits is null and attempts > 0 group by 1, 2"
    ):
        if row["channel"] in screens:
            meant[row["channel"], screens[row["channel"]].place_of(row["address"])] += row["n"]
    for channel, platform in screens.items():
        bare: Counter[str] = Counter()
        for shown in platform.sent:
            words: Any = (shown.before or [shown.words])[0]
            bare[shown.place] += not any(mark in words for mark in MARKS)
        for place, many in bare.items():
            if many > meant[channel, place]:
                wrong.append(
                    f"{channel} {place} reads {many} unmarked messages, and {meant[channel, place]} were meant"
                )
    return wrong


MARKS = (checker.RESENT, "(sent again)")
