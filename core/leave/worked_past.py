"""Who worked on a day of collective leave that is over: found, looked at, recorded as one batch, and put back as one.

The talk takes wishes for days ahead (`worked_day`); afterwards only HR can say who came. Recording gives each of them
their day back where it came from, and tells them. Nobody records a day for themselves.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core import audit, bulk, clock, database, jobs, vault
from core.approvals import kinds
from core.audit import Actor
from core.errors import Refused
from core.leave import collective, lapses, ledger, told
from core.leave.ledger import Move
from core.leave.tables import LeaveBatch, LeaveDay, LeaveEntry, Lot, WorkedDay
from core.leave.types import DAY
from core.leave.worked_day import KIND as WISH
from core.messaging.messages import Message
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.names import plain
from core.phrases import hari, one_line, phrase, tanggal

WORKED = "worked"
GIVE, PUT_BACK = "leave.worked", "leave.unworked"
WHY = "leave_batch.why"
LONGEST_REASON = 200
PART = 100
MOST_WORDS = 5
BACK_TO = 2  # calendar years, this one included
# From one day to the next by the index of days, however many had each of them off.
_OFF = "x.request is null and x.ended_at is null and x.counted"
DAYS = f"""
with recursive d(day) as (
  select min(x."date") from leave_day x
  where x.company = :company and x."date" >= {{}} and x."date" < {{}} and {_OFF}
  union all
  select (select min(x."date") from leave_day x
    where x.company = :company and x."date" > d.day and x."date" < {{}} and {_OFF})
  from d where d.day is not null
)
select d.day as day, (select x.why from leave_day x
  where x.company = :company and x."date" = d.day and {_OFF} limit 1) as name
from d where d.day is not null order by d.day desc"""
OF_THEM = """d.id as id, d.employment as employment, d.leave_type as kind, e.public as public, e.number as number,
  p.id as person, p.name as name, p.search as search, l.name as place, o.name as department, r.number as asked"""
# In this order: the few people of a page by their names, those of a form by the rows of that day.
BY_NAME, BY_DAY = (
    f"\nfrom {' cross join '.join([*some, 'assignment a', 'location l'])}\n"
    for some in (("person p", "employment e", "leave_day d"), ("leave_day d", "employment e", "person p"))
)
AWAY = f"""left join department o on o.company = :company and o.id = a.department
left join request r on r.company = :company and r.kind = '{WISH}' and r.subject = d.id
  and r.state in ('{kinds.IN_REVIEW}', '{kinds.RETURNED}')
where p.company = :company and e.company = :company and e.person = p.id
  and a.company = :company and a.employment = e.id
  and a.from_ <= d."date" and (a."until" is null or a."until" > d."date")
  and l.company = :company and l.id = a.location
  and d.company = :company and d.employment = e.id and d."date" = {{}}
  and d.request is null and d.ended_at is null and d.counted"""

# Counted by the index of days where nothing narrows it; the few who can't be ticked are taken off.
_THAT_DAY = 'd.company = :company and d."date" = {} and d.request is null and d.ended_at is null and d.counted'
EVERYBODY = f"""
select (select count(*) from leave_day d where {_THAT_DAY}) - (
  select count(*) from leave_day d where {_THAT_DAY}
    and (d.employment in (select e.id from employment e where e.company = :company and e.person = {{}})
      or d.id in (select r.subject from request r where r.company = :company and r.kind = '{WISH}'
        and r.state in ('{kinds.IN_REVIEW}', '{kinds.RETURNED}')))) as many"""


@dataclass(frozen=True)
class Past:
    """A collective day that is over, which somebody had off."""

    date: date
    name: str


@dataclass(frozen=True)
class Narrowed:
    """Whom a list is about: part of a name or number, a department and a place by the id of their rows."""

    words: str = ""
    department: int | None = None
    location: int | None = None


@dataclass(frozen=True)
class Away:
    """Somebody who had a collective day off, where they worked then, and why they cannot be ticked."""

    leave_day: int
    employment: int
    public: str
    number: str
    name: str
    search: str
    place: str
    department: str
    unpaid: bool
    asked: str | None  # the number of their own wish to work, which nobody has decided
    oneself: bool

    @property
    def may(self) -> bool:
        """Whether whoever asks may record that they worked."""
        return self.asked is None and not self.oneself


@dataclass(frozen=True)
class Look:
    """What recording would do; nothing was written. `lost` counts the days that would come back and lapse at once."""

    date: date
    people: Sequence[Away]
    back: int
    unpaid: int
    lost: int


async def days() -> Sequence[Past]:
    """The collective days that are over and that somebody had off, the latest first."""
    today = clock.today(DEFAULT_ZONE)
    rows = await database.tally(LeaveDay, DAYS, date(today.year - BACK_TO + 1, 1, 1), today, today)
    return [Past(_date(row["day"]), row["name"] or "") for row in rows]


async def away(
    day: date, narrowed: Narrowed, *, by: Actor, after: tuple[str, int] | None = None, most: int | None = None,
    descending: bool = False, only: Collection[str] | None = None,
) -> Sequence[Away]:  # fmt: skip
    """Who had that day off, in the order of their names; `only` are the addresses of the spells that are meant."""
    where, values = _where(day, narrowed)
    if only is not None:
        where += f"\n  and e.public in ({', '.join('{}' for _ in only)})" if only else "\n  and 1 = 0"
        values += sorted(only)
    if after is not None:
        past = "<" if descending else ">"
        where += f"\n  and p.search {past}= {{}} and (p.search {past} {{}} or d.id {past} {{}})"
        values += [after[0], *after]
    way = " desc" if descending else ""
    cut = f"\nlimit {int(most)}" if most is not None else ""
    first = BY_NAME if only is None and most is not None else BY_DAY
    query = f"select {OF_THEM}{first}{where}\norder by p.search{way}, d.id{way}{cut}"
    return [
        Away(
            row["id"], row["employment"], row["public"], row["number"], row["name"], row["search"], row["place"],
            row["department"] or "", row["kind"] == collective.UNPAID, row["asked"],
            by.name == f"person:{row['person']}",
        )
        for row in await database.tally(LeaveDay, query, *values)
    ]  # fmt: skip


async def many(day: date, narrowed: Narrowed, *, by: Actor) -> int:
    """How many of them whoever asks may record."""
    kind, _, number = by.name.partition(":")
    if narrowed == Narrowed():
        rows = await database.tally(LeaveDay, EVERYBODY, day, day, int(number) if kind == "person" else 0)
        return int(rows[0]["many"])
    where, values = _where(day, narrowed)
    query = f"select count(*) as many{BY_DAY}{where}\n  and r.number is null and p.id <> {{}}"
    rows = await database.tally(LeaveDay, query, *values, int(number) if kind == "person" else 0)
    return int(rows[0]["many"])


def _where(day: date, narrowed: Narrowed) -> tuple[str, list[Any]]:
    where, values = AWAY, list[Any]([day])
    for word in plain(narrowed.words).split()[:MOST_WORDS]:
        where += "\n  and (p.search like {} or lower(e.number) like {})"
        values += [f"%{word}%", f"{word}%"]
    for column, wanted in (("a.department", narrowed.department), ("a.location", narrowed.location)):
        if wanted is not None:
            where += f"\n  and {column} = {{}}"
            values.append(wanted)
    return where, values


async def look(day: date, people: Sequence[Away]) -> Look:
    """What recording that these people worked would do, or why it can't be; writes nothing."""
    known = {one.date for one in await days()}
    if day not in known:
        raise Refused("leave.worked_no_day")
    some = [one for one in people if one.may]
    if not some:
        raise Refused("leave.worked_nobody")
    came: dict[int, int] = {}
    for part in ledger.in_parts([one.leave_day for one in some]):
        for entry in await LeaveEntry.select(LeaveEntry.lot, LeaveEntry.quantity).where(
            LeaveEntry.leave_day.is_in(list(part)) & (LeaveEntry.kind == ledger.CONSUME)
        ):
            came[entry["lot"]] = came.get(entry["lot"], 0) - entry["quantity"]
    lost = 0
    for lots in ledger.in_parts(list(came)):
        fates = await lapses.fates({lot: came[lot] for lot in lots}, clock.today(DEFAULT_ZONE))
        lost += sum(one.lost for one in fates)
    unpaid = sum(one.unpaid for one in some)
    return Look(day, some, len(some) - unpaid, unpaid, lost)


async def record(looked: Look, why: str, *, seen: int, actor: Actor) -> LeaveBatch:
    """Record that these people worked; `seen` is for how many that was looked at, and another number is refused."""
    reason = reason_of(why)
    async with database.transaction(database.company()):
        if len(looked.people) != seen:
            raise Refused("leave.worked_changed", number=len(looked.people))
        batch = LeaveBatch(
            public=database.new_public(), kind=WORKED, year=looked.date.year, people=len(looked.people),
            made_by=actor.name, made_at=clock.now(), why=vault.seal(reason, company=database.company(), column=WHY),
        )  # fmt: skip
        await LeaveBatch.insert(batch)
        await bulk.insert(WorkedDay, [{"leave_day": one.leave_day, "batch": batch.id} for one in looked.people])
        audit.record("leave.worked_recorded", f"batch:{batch.id}", by=actor, on=looked.date, number=len(looked.people))
        await jobs.enqueue(GIVE, batch.id)
        return batch


def reason_of(why: str) -> str:
    """Why they worked, as one line that is not empty."""
    reason = one_line(why)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused("leave.worked_why", most=LONGEST_REASON)
    return reason


@jobs.job(GIVE, lane=jobs.BULK)
async def give(company: int, batch: int) -> None:
    """Give the next people of a batch their day back and tell them; goes on until there is none left."""
    async with database.transaction(company):
        await collective.one_at_a_time()
        row = await LeaveBatch.objects().where((LeaveBatch.id == batch) & LeaveBatch.undone_at.is_null()).first()
        if row is None:
            return
        turn = await _next(batch, WorkedDay.given_at.is_null())
        if not turn:
            return
        open_days = await LeaveDay.select().where(
            LeaveDay.id.is_in([one["leave_day"] for one in turn]) & LeaveDay.ended_at.is_null()
        )
        given = {day["id"] for day in open_days}
        before = await ledger.projected([day["employment"] for day in open_days])
        await collective.give_back(open_days, _name(batch))
        now = clock.now()
        await WorkedDay.update({WorkedDay.given_at: now}).where(
            WorkedDay.id.is_in([one["id"] for one in turn if one["leave_day"] in given] or [0])
        )
        # Somebody gave it back between the look and its turn: it belongs to whoever did.
        await WorkedDay.update({WorkedDay.put_back_at: now}).where(
            WorkedDay.id.is_in([one["id"] for one in turn if one["leave_day"] not in given] or [0])
        )
        why = vault.unseal(row.why or "", company=company, column=WHY)
        await _tell(open_days, "leave.worked_told", before, batch, why=why)
        await jobs.enqueue(GIVE, batch)


async def undo(batch: LeaveBatch, *, actor: Actor) -> None:
    """Have the day count as collective leave again for everybody of a batch; what was spent meanwhile stays spent."""
    async with database.transaction(database.company()):
        await collective.one_at_a_time()
        where = (LeaveBatch.id == batch.id) & (LeaveBatch.kind == WORKED) & LeaveBatch.undone_at.is_null()
        if not await LeaveBatch.update({LeaveBatch.undone_at: clock.now()}).where(where).returning(LeaveBatch.id):
            raise Refused("leave.batch_undone", year=batch.year)
        await WorkedDay.update({WorkedDay.put_back_at: clock.now()}).where(
            (WorkedDay.batch == batch.id) & WorkedDay.given_at.is_null()
        )
        audit.record("leave.worked_undone", f"batch:{batch.id}", by=actor)
        await jobs.enqueue(PUT_BACK, batch.id)


@jobs.job(PUT_BACK, lane=jobs.BULK)
async def put_back(company: int, batch: int) -> None:
    """Take the day of the next people of an undone batch again, from where it had gone; goes on until none is left."""
    async with database.transaction(company):
        await collective.one_at_a_time()
        turn = await _next(batch, WorkedDay.given_at.is_not_null())
        if not turn:
            return
        days_of = {row["id"]: row for row in await LeaveDay.select().where(
            LeaveDay.id.is_in([one["leave_day"] for one in turn])
        )}  # fmt: skip
        undone = {row["id"] for row in await LeaveBatch.select(LeaveBatch.id).where(
            LeaveBatch.id.is_in([day["batch"] for day in days_of.values()]) & LeaveBatch.undone_at.is_not_null()
        )}  # fmt: skip
        # Where the collective leave itself was taken back since, the day is theirs anyhow.
        again = [day for day in days_of.values() if day["batch"] not in undone]
        moves, spent = await _mirrored(again, batch)
        taken = [day for day in again if day["id"] not in spent]
        before = await ledger.projected([day["employment"] for day in taken])
        await LeaveDay.update({LeaveDay.ended_at: None}).where(LeaveDay.id.is_in([day["id"] for day in taken] or [0]))
        await ledger.write(moves)
        await WorkedDay.update({WorkedDay.stays: True}).where(
            WorkedDay.id.is_in([one["id"] for one in turn if one["leave_day"] in spent] or [0])
        )
        await WorkedDay.update({WorkedDay.put_back_at: clock.now()}).where(
            WorkedDay.id.is_in([one["id"] for one in turn if one["leave_day"] not in spent] or [0])
        )
        await _tell(taken, "leave.worked_undone_told", before, batch)
        await jobs.enqueue(PUT_BACK, batch)


async def _next(batch: int, state: Any) -> list[dict[str, Any]]:
    """The next people of a batch whose turn it is."""
    return (
        await WorkedDay.select()
        .where(
            (WorkedDay.batch == batch) & state & WorkedDay.put_back_at.is_null() & (WorkedDay.stays == False)  # noqa: E712
        )
        .order_by(WorkedDay.id)
        .limit(PART)
    )


async def _mirrored(days_back: Sequence[Mapping[str, Any]], batch: int) -> tuple[list[Move], set[int]]:
    """What takes these days again: everything the batch moved, the other way. And those of which it is spent.

    A day that came back into a year that was over went on at once, into what was carried or out of it: that too is
    mirrored, so that the same lots stand as before.
    """
    whose = {day["employment"]: day for day in days_back}
    lots = {
        row["id"]: row
        for row in await Lot.select(Lot.id, Lot.employment, Lot.leave_type, Lot.overdraft).where(
            Lot.employment.is_in(list(whose) or [0])
        )
    }
    entries: list[dict[str, Any]] = []
    for some in ledger.in_parts(list(lots)):
        entries += await LeaveEntry.select().where(
            LeaveEntry.lot.is_in(list(some)) & (LeaveEntry.batch == _name(batch))
        )
    rests = await ledger.rests(sorted({entry["lot"] for entry in entries}))
    for entry in entries:
        rests[entry["lot"]] -= entry["quantity"]
    elsewhere = await LeaveDay.select(LeaveDay.employment, LeaveDay.date).where(
        LeaveDay.employment.is_in(list(whose) or [0])
        & LeaveDay.date.is_in([day["date"] for day in days_back] or [date.min])
        & LeaveDay.ended_at.is_null() & (LeaveDay.counted == True)  # noqa: E712
    )  # fmt: skip
    away_then = {(row["employment"], row["date"]) for row in elsewhere}
    short = {lots[lot]["employment"] for lot, rest in rests.items() if rest < -lots[lot]["overdraft"]}
    spent = {
        day["id"] for day in days_back
        if day["employment"] in short or (day["employment"], day["date"]) in away_then
    }  # fmt: skip
    moves = [
        Move(
            lots[entry["lot"]]["employment"], lots[entry["lot"]]["leave_type"], entry["lot"],
            ledger.CONSUME if entry["kind"] == ledger.REVERSE else entry["kind"], -entry["quantity"],
            entry["effective_on"], f"un{_name(batch)}", None, entry["leave_day"], entry["id"],
        )
        for entry in entries
        if whose[lots[entry["lot"]]["employment"]]["id"] not in spent
    ]  # fmt: skip
    return moves, spent


def _name(batch: int) -> str:
    """What the entries of a batch are known by."""
    return f"past-{batch}"


async def _tell(
    days_moved: Sequence[Mapping[str, Any]], key: str, before: Mapping[ledger.Whose, ledger.Standing], batch: int,
    **facts: str,
) -> None:  # fmt: skip
    """Tell whoever still works here what became of their day, and what is left."""
    people = {one.id: one for one in await directory.several({day["employment"] for day in days_moved}, at_work=True)}
    after = await ledger.projected(list(people))
    for day in days_moved:
        asker = people.get(day["employment"])
        if asker is not None:
            text = _words(asker, day, key, before, after, facts)
            message = Message("leave.work", text, language=asker.language)
            await told.tell(asker, message, f"{key.partition('.')[2]}:{batch}:{day['id']}")


def _words(
    asker: Employee, day: Mapping[str, Any], key: str, before: Mapping[ledger.Whose, ledger.Standing],
    after: Mapping[ledger.Whose, ledger.Standing], facts: Mapping[str, str],
) -> str:  # fmt: skip
    language, unpaid = asker.language, day["leave_type"] == collective.UNPAID
    whose = (asker.id, day["leave_type"])
    was, left = before.get(whose, (0, 0, 0))[0], after.get(whose, (0, 0, 0))[0]
    text = phrase(
        key, language, day=tanggal(day["date"], language), unpaid="yes" if unpaid else "no",
        left=hari(left, language), many=told.plural(left), **facts,
    )  # fmt: skip
    missing = 0 if unpaid or key == "leave.worked_undone_told" else DAY - (left - was)
    return text + told.lost(missing, language)


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
