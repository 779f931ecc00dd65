"""The kinds of leave: those that are shipped (`types.toml`), and what a company made of them, each from a date on."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from core import clock, database, vault
from core.leave.tables import LeaveType
from core.people.columns import MAN, WOMAN
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Person
from core.stated import stated

ANNUAL = "annual"
APPROVE, ACKNOWLEDGE = "approve", "acknowledge"
LOTS, EVENT, OPEN = "lots", "event", "open"
WORKING, CALENDAR = "working", "calendar"
PER = ("request", "month", "year", "employment")
SCHEDULES = ("yearly", "quarterly", "monthly", "none")
SHORT = ("exempt", "unpaid", "advance")
DAY = 1000  # leave is counted in thousandths of a day
MOST_DAYS = 100_000
FIGURES = ("days", "months", "more_days", "more_months", "carry_days", "negative")
GENDER = "person.gender"


@dataclass(frozen=True)
class Kind:
    """What a kind of leave is from `from_` on. Days and months are in thousandths; what counts something is whole."""

    code: str
    from_: date
    name_id: str
    name_en: str
    source: str
    entitlement: str = LOTS
    decision: str = APPROVE
    counts: str = WORKING
    gender: str | None = None
    halves: bool = False
    days: int = 0
    months: int = 0
    more_days: int = 0
    more_months: int = 0
    per: str = "request"
    pay: tuple[tuple[int, int], ...] = ((0, 100),)  # (until this month of it, percent); 0 = from then on
    back_days: int = 0
    notice_days: int = 0
    document_after: int | None = None
    document_within: int = 2
    after_months: int = 0
    basis: str = "calendar"  # calendar | anniversary: when a leave year begins
    schedule: str = "none"
    due: str = "first"  # first | last day of a month, quarter or year of the schedule
    round_to: int = DAY  # a share of a year is cut to a multiple of this
    carry_days: int = 0
    carry_months: int = 3
    negative: int = 0
    restore_days: int = 0
    encashable: bool = False
    collective: bool = False
    collective_short: str = "exempt"
    active: bool = True
    source_id: str = ""  # the same law as it is cited in Indonesian
    examples: tuple[Mapping[str, Any], ...] = field(default=(), compare=False)

    def name(self, language: str) -> str:
        """What people call it."""
        return self.name_id if language == "id" else self.name_en

    def spoken(self, language: str) -> str:
        """The same inside a sentence: the first letter small, the company's own abbreviations as they are."""
        name = self.name(language)
        return name if name[:2].isupper() else name[:1].lower() + name[1:]

    def cited(self, language: str) -> str:
        """The law or rule it follows; a company's own as it was written."""
        return self.source_id if language == "id" and self.source_id else self.source

    @property
    def in_lots(self) -> bool:
        """Whether its days are granted, held and taken from a balance."""
        return self.entitlement == LOTS


def thousandths(days: object) -> int:
    """Days as people write them (`3`, `3.5`, `3,5`), in thousandths of a day; ValueError where that is no number of
    days that anybody could have."""
    try:
        told = Decimal(str(days).strip().replace(",", "."))
    except InvalidOperation:
        raise ValueError(f"{days!r} is no number of days") from None
    if not told.is_finite() or abs(told) > MOST_DAYS:
        raise ValueError(f"{days!r} is no number of days")
    return int(told * DAY)


@lru_cache(maxsize=1)
def shipped() -> Sequence[Kind]:
    """Every kind of this release, each of its versions, the oldest first."""
    with (Path(__file__).parent / "types.toml").open("rb") as opened:
        rows = tomllib.load(opened, parse_float=Decimal)["type"]
    return tuple(sorted((_kind(row) for row in rows), key=lambda one: one.from_))


def _kind(row: Mapping[str, Any]) -> Kind:
    told = dict(row)
    names = told.pop("names")
    told |= {name: thousandths(told[name]) for name in FIGURES if name in told}
    pay = tuple((int(until), int(percent)) for until, percent in told.pop("pay", [[0, 100]]))
    return Kind(
        from_=told.pop("from"), name_id=names["id"], name_en=names["en"], pay=pay,
        examples=tuple(told.pop("examples", ())), **told,
    )  # fmt: skip


async def every(on: date | None = None, *, known: datetime | None = None) -> list[Kind]:
    """Each kind as it is in this company on a day (today), also those that it does not use.

    With `known`, as a night at that moment saw it: what was published later that day is left out.
    """
    day = on or clock.today(DEFAULT_ZONE)
    kinds = {one.code: one for one in shipped() if one.from_ <= day}
    order = list(dict.fromkeys(one.code for one in shipped()))
    rows: list[dict[str, Any]] = await database.once(
        ("kinds", day, known), [LeaveType], lambda: _published(day) if known is None else _published_by(day, known)
    )
    for row in rows:
        kinds[row["code"]] = told(row, kinds.get(row["code"]))
    return sorted(kinds.values(), key=lambda one: order.index(one.code) if one.code in order else len(order))


@stated
def _published(day: date) -> Any:
    where = LeaveType.published_at.is_not_null() & (LeaveType.from_ <= day)
    return LeaveType.select().where(where).order_by(LeaveType.from_)


@stated
def _published_by(day: date, known: datetime) -> Any:
    where = LeaveType.published_at.is_not_null() & (LeaveType.from_ <= day) & (LeaveType.published_at <= known)
    return LeaveType.select().where(where).order_by(LeaveType.from_)


async def all(on: date | None = None) -> list[Kind]:
    """The kinds that this company uses on a day (today)."""
    return [one for one in await every(on) if one.active]


async def of(code: str, on: date | None = None) -> Kind:
    """The kind with this code as it is on a day; LookupError where there is none."""
    found = next((one for one in await every(on) if one.code == code), None)
    if found is None:
        raise LookupError(f"there is no kind of leave {code!r} on {on or 'this day'}")
    return found


async def offered(employee: Employee) -> list[Kind]:
    """What this employee may ask for: a kind for women only is not shown to a man, nor the other way."""
    gender = await gender_of(employee)
    return [one for one in await all() if one.gender is None or gender is None or one.gender == gender]


async def gender_of(employee: Employee) -> str | None:
    """`female` or `male` as registered; None where nothing, or nothing that is understood, is known."""
    row = await Person.select(Person.gender).where(Person.id == employee.person).first()
    if row is None or not row["gender"]:
        return None
    words = vault.shown(row["gender"], company=employee.company, column=GENDER, subject=employee.person).strip().lower()
    return "female" if words in WOMAN else "male" if words in MAN else None


def told(row: Mapping[str, Any], before: Kind | None) -> Kind:
    """A company's row as a kind: what it says, and what the kind was otherwise."""
    terms = json.loads(row["terms"])
    if "pay" in terms:
        terms["pay"] = tuple((int(until), int(percent)) for until, percent in terms["pay"])
    examples = tuple(json.loads(row["examples"]))
    blank = before or Kind(row["code"], row["from_"], row["code"], row["code"], "")
    return replace(blank, from_=row["from_"], examples=examples, **terms)


def terms_of(kind: Kind, before: Kind | None) -> dict[str, Any]:
    """What a row must say so that `told` makes this kind of the one before."""
    blank = asdict(before or Kind(kind.code, kind.from_, kind.code, kind.code, ""))
    same = {"code", "from_", "examples"}
    return {
        one.name: getattr(kind, one.name)
        for one in fields(Kind)
        if one.name not in same and getattr(kind, one.name) != blank[one.name]
    }
