"""What taking a file would do to each person, and every cell that stands in its way: rows and facts in, a plan out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.accounts.leading import Leads
from core.people.columns import (
    CAREER,
    CLEARED,
    COLUMNS,
    DEFAULT_LOCATION,
    Bad,
    Checked,
    cell_of,
    day,
)

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"
NOT_COMPARED = ("employee_number", "timezone")
SHOWN_IN_A_PATH = 8
SHOWN_NUMBERS = 5
BEFORE_FIRST = "people.before_first_day"
ENDS = ("resign_date", "join_date", "role")  # where it is said that somebody who leads does not stay


@dataclass(frozen=True)
class Held:
    """Who has a number already: what the company holds of them, spelled as the file would."""

    employment: int
    person: int
    joins: date
    leaves: date | None
    at: date  # the beginning of the facts in force on the day of the change
    second: date | None  # when the second of their facts began
    values: Mapping[str, str]
    roles: Collection[str] = ()

    @property
    def taken_back(self) -> bool:
        """A spell that an import made and an undo ended before it began."""
        return self.leaves is not None and self.leaves < self.joins


@dataclass(frozen=True)
class Known:
    """What the company knows of a file's people, places and heads."""

    held: Mapping[str, Held] = field(default_factory=dict)
    heads: Mapping[str, str] = field(default_factory=dict)  # number -> number of the head, of everybody
    left: Mapping[str, date] = field(default_factory=dict)  # number -> last day, of those who have one
    zones: Mapping[str, str] = field(default_factory=dict)  # place -> zone
    addresses: Mapping[str, int] = field(default_factory=dict)  # row's address -> whose it is
    away: Collection[int] = ()  # people of those addresses who do not work here now
    above: Mapping[int, str] = field(default_factory=dict)  # people out of the sender's reach, by which role
    guarded: Mapping[str, str] = field(default_factory=dict)  # the same of addresses
    today: date | None = None  # from when changes hold that no day was given for
    # New number -> the same but for zeros, and whether it is somebody of the same name.
    twins: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    leads: Leads | None = None  # who leads the company; none = nothing here touches that


@dataclass(frozen=True)
class Planned:
    """One row and what it does."""

    row: int
    number: str
    verdict: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    employment: int | None = None
    person: int | None = None


def plan(checked: Checked, known: Known, *, begins: date, barred: Collection[str] = ()) -> list[Planned]:
    """The rows as they would be written; adds to `checked` what is wrong, and counts."""
    bad: list[Bad] = _alike(checked, known)
    numbers = set(known.heads) | {row["employee_number"] for row in checked.rows}
    # Of a row whose number or name is wrong already it isn't asked whether it lacks a name.
    told = {one.row for one in checked.bad if one.column in ("employee_number", "name")}
    unnamed = _all_unnamed(checked, known, told)
    if unnamed:
        named = ", ".join(unnamed[:SHOWN_NUMBERS]) + (", …" if len(unnamed) > SHOWN_NUMBERS else "")
        bad.append(Bad(checked.first, "name", "people.names_of_new", f"{len(unnamed)} ({named})"))
    planned = []
    for row in checked.rows:
        where = int(row["_row"])
        wrong = [
            Bad(where, column, key, value, cell_of(checked.head, where, column))
            for column, key, value in _against(row, known, numbers, begins, barred)
        ]
        bad += wrong
        if where not in told and not unnamed:
            bad += [Bad(where, *one, cell_of(checked.head, where, one[0])) for one in _nameless(row, known)]
        made = _one(row, known)
        planned.append(made)
        bad += [
            Bad(where, column, key, role, cell_of(checked.head, where, column))
            for column, key, role in _out_of_reach(made, known)
        ]
        bad += [Bad(where, *one, cell_of(checked.head, where, one[0])) for one in _before_the_first(row, known, begins)]
    bad += _circles(checked, known)
    bad += _leaderless(checked, known)
    checked.bad += bad
    order = {column: at for at, column in enumerate(checked.head)}
    checked.bad.sort(key=lambda one: (one.row, order.get(one.column, len(order))))
    refused = {one.row for one in checked.bad}
    nobody = set(unnamed)
    sound = [one for one in planned if one.row not in refused and one.number not in nobody]
    bare = {row["employee_number"] for row in checked.rows if not row.get("name")}
    checked.whose = [
        (one.number, known.held[one.number].values.get("name", ""), sorted(one.after))
        for one in sound
        if one.verdict == CHANGED and one.number in bare
    ]
    checked.new = sum(one.verdict == NEW for one in sound)
    checked.changed = sum(one.verdict == CHANGED for one in sound)
    checked.same = sum(one.verdict == SAME for one in sound)
    return sound


def _alike(checked: Checked, known: Known) -> list[Bad]:
    """Each new number of the file that differs from one above it only in zeros before it: one of the two lost them."""
    first: dict[str, str] = {}
    found = []
    for row in checked.rows:
        number, where = row["employee_number"], int(row["_row"])
        if number in known.held or not (number.isascii() and number.isdigit()):
            continue
        other = first.setdefault(number.lstrip("0"), number)
        if other != number:
            told = f"{number} \u2192 {other}"
            cell = cell_of(checked.head, where, "employee_number")
            found.append(Bad(where, "employee_number", "people.zeros_in_file", told, cell))
    return found


def _one(row: Mapping[str, str], known: Known) -> Planned:
    number, where = row["employee_number"], int(row["_row"])
    given = {name: row[name] for name in COLUMNS if row.get(name) and name not in NOT_COMPARED}
    held = known.held.get(number)
    if held is None or held.taken_back:
        after = {name: value for name, value in given.items() if value != CLEARED}
        if row.get("timezone"):
            after["timezone"] = row["timezone"]
        person = held.person if held else known.addresses.get(row.get("email", ""))
        return Planned(where, number, NEW, {}, after, held.employment if held else None, person)
    before, after = {}, {}
    for name, value in given.items():
        wanted = "" if value == CLEARED else value
        if name == "role":
            if wanted not in held.roles:
                before[name], after[name] = "", wanted
        elif held.values.get(name, "") != wanted:
            before[name], after[name] = held.values.get(name, ""), wanted
    if after:
        if row.get("timezone") and "location" in after:
            after["timezone"] = row["timezone"]
        before["_at"] = held.at.isoformat()
    return Planned(where, number, CHANGED if after else SAME, before, after, held.employment, held.person)


def _out_of_reach(made: Planned, known: Known) -> list[tuple[str, str, str]]:
    """Each cell that would change somebody who stands above the sender, or take the address of such an account."""
    role = known.above.get(made.person or 0)
    if role is not None:
        return [(column, "people.above_you", role) for column in made.after if column != "timezone"]
    role = known.guarded.get(made.after.get("email", ""))
    return [("email", "people.above_address", role)] if role is not None else []


def _before_the_first(row: Mapping[str, str], known: Known, begins: date) -> list[tuple[str, str, str]]:
    """Column, reason and value where work would change from a day on that lies before the first: there is nothing to
    change there, and what holds from the first day would be lost. Who begins later may be corrected any time before."""
    held = known.held.get(row["employee_number"])
    if held is None or held.taken_back or begins == known.today:
        return []
    first = min(held.at, day(row.get("join_date", "")) or held.at)
    column = next((name for name in CAREER if row.get(name)), None)
    if column is None or begins >= first:
        return []
    return [(column, BEFORE_FIRST, first.isoformat())]


def _all_unnamed(checked: Checked, known: Known, told: Collection[int]) -> list[str]:
    """The new numbers of a file without a column for names, where they are most of it: that is said once, of the file,
    and not of each. A few among many who are here are slips, and each is told."""
    if "name" in checked.head:
        return []
    rows = [row for row in checked.rows if int(row["_row"]) not in told]
    new = [row["employee_number"] for row in rows if _nameless(row, known)]
    return new if len(new) > 1 and 2 * len(new) > len(rows) else []


def _nameless(row: Mapping[str, str], known: Known) -> list[tuple[str, str, str]]:
    """Column, reason and value where somebody new has no name. Whoever is here keeps theirs, and a number that is asked
    about for its zeros may be of somebody who is here."""
    number = row["employee_number"]
    held = known.held.get(number)
    if row.get("name") or number in known.twins or (held is not None and not held.taken_back):
        return []
    return [("name", "people.name_of_new", number)]


def _against(
    row: Mapping[str, str], known: Known, numbers: Collection[str], begins: date, barred: Collection[str]
) -> list[tuple[str, str, str]]:
    """Column, reason and value of what does not fit the company."""
    found, number, head = [], row["employee_number"], row.get("manager", "")
    held = known.held.get(number)
    if number in known.twins:
        other, same = known.twins[number]
        key = "people.zeros_lost" if same else "people.zeros_others" if row.get("name") else "people.zeros_nameless"
        found.append(("employee_number", key, f"{number} \u2192 {other}" if not same else other))
    if head and head != CLEARED:
        if head not in numbers:
            found.append(("manager", "people.unknown_manager", head))
        elif head == number:
            found.append(("manager", "people.own_manager", head))
        elif head in known.left and known.left[head] < begins and (held is None or held.values.get("manager") != head):
            found.append(("manager", "people.manager_left", head))
    here, zone = known.zones.get(row.get("location") or DEFAULT_LOCATION), row.get("timezone")
    if here is not None and zone and zone != here:
        found.append(("timezone", "people.other_zone", here))
    whose = known.addresses.get(row.get("email", ""))
    new = held is None or held.taken_back
    mine = held.person if held else None
    if whose is not None and whose != mine and not (new and whose in known.away):
        found.append(("email", "people.email_taken", row["email"]))
    if row.get("role") and not (row.get("email") or (held and held.values.get("email"))):
        found.append(("email", "people.role_needs_email", ""))
    if held is not None and not new:
        found += _against_spell(row, held)
    for name in barred:
        if row.get(name) and (held is None or name == "role" or held.values.get(name, "") != row[name]):
            found.append((name, "people.role_not_yours" if name == "role" else "people.column_not_yours", name))
    return found


def _against_spell(row: Mapping[str, str], held: Held) -> list[tuple[str, str, str]]:
    joins = day(row.get("join_date", "")) or held.joins
    leaves = day(row.get("resign_date", "")) or held.leaves
    if held.leaves is not None and joins > held.leaves and not row.get("resign_date"):
        return [("employee_number", "people.number_of_leaver", row["employee_number"])]
    if joins != held.joins and held.second is not None and joins >= held.second:
        return [("join_date", "people.joins_after_change", held.second.isoformat())]
    if leaves is not None and leaves < joins and row.get("resign_date") != CLEARED:
        return [("resign_date", "people.resigns_before_joining", leaves.isoformat())]
    return []


def _leaderless(checked: Checked, known: Known) -> list[Bad]:
    """Each row that ends a Super Administrator, when after all rows none would stay."""
    leads, ending = known.leads, []
    if leads is None:
        return []
    staying = dict(leads.staying)
    for row in checked.rows:
        number, email = row["employee_number"], row.get("email", "")
        held = known.held.get(number)
        person = held.person if held else known.addresses.get(email)
        tied = bool(row.get("role")) and email in leads.named
        if not (tied or person in leads.people):  # whoever is to lead has not accepted it yet, and may never do so
            continue
        if _stays(row, held, leads.today):
            staying[number] = person or 0
        elif staying.pop(number, None) is not None or tied or _ends_anew(row, held):
            ending.append(row)
    if staying or (set(leads.outside) and len(leads.named) < len(leads.outside)):
        return []
    found = []
    for row in ending:
        where, column = int(row["_row"]), next(name for name in ENDS if row.get(name))
        found.append(Bad(where, column, "people.last_super", row[column], cell_of(checked.head, where, column)))
    return found


def _stays(row: Mapping[str, str], held: Held | None, today: date) -> bool:
    """Whether this row leaves a spell that runs and has no last day."""
    if held is None or held.taken_back:
        return not day(row.get("resign_date", "")) and (day(row.get("join_date", "")) or today) <= today
    leaves = None if row.get("resign_date") == CLEARED else day(row.get("resign_date", "")) or held.leaves
    return leaves is None and (day(row.get("join_date", "")) or held.joins) <= today


def _ends_anew(row: Mapping[str, str], held: Held | None) -> bool:
    leaves = day(row.get("resign_date", ""))
    return held is not None and leaves is not None and leaves != held.leaves


def _circles(checked: Checked, known: Known) -> list[Bad]:
    """Each row of the file that is part of a circle of heads, with the way round."""
    heads, rows = dict(known.heads), {}
    for row in checked.rows:
        number = row["employee_number"]
        if number in rows:  # a number that stands twice is refused for that alone
            continue
        rows[number] = int(row["_row"])
        if row.get("manager"):
            heads[number] = "" if row["manager"] == CLEARED else row["manager"]
    seen: set[str] = set()
    found = []
    for start in rows:
        way: dict[str, None] = {}
        at = start
        while at in heads and at not in seen:
            seen.add(at)
            way[at] = None
            at = heads[at]
        if at in way:
            circle = list(way)[list(way).index(at) :]
            if len(circle) > 1:
                found += [
                    Bad(
                        rows[one],
                        "manager",
                        "people.circle",
                        path(circle, one),
                        cell_of(checked.head, rows[one], "manager"),
                    )
                    for one in circle
                    if one in rows
                ]
    return found


def path(circle: Sequence[str], start: str) -> str:
    """`0412 → 0101 → 0412`: the way round from somebody back to them, shortened in the middle."""
    at = circle.index(start)
    way = [*circle[at:], *circle[:at]]
    if len(way) > SHOWN_IN_A_PATH:
        way = [*way[: SHOWN_IN_A_PATH - 2], "…", way[-1]]
    return " → ".join([*way, start])


def career_of(cells: Mapping[str, str]) -> dict[str, str]:
    """The part of these cells that is true from a date on."""
    return {name: cells[name] for name in CAREER if name in cells}
