"""What was not understood: kept sealed for whoever wrote it, labelled by an administrator, learnt by their company.

Names of people of the company, long numbers and addresses of mail are taken out before a sentence is kept: nothing
that is learnt needs them. A sentence goes in time; what it taught stays, tied to nobody, until it is taken back.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core import audit, clock, database, jobs, vault
from core.audit import Actor
from core.errors import Refused
from core.messaging.tables import Lesson, Miss
from core.people import consents, unnamed

COLUMN, LESSON = "miss.words", "lesson.words"
UNHEARD, OFFERED, ANSWER, PERSON = "unheard", "offered", "answer", "person"
WHYS = (UNHEARD, OFFERED, ANSWER, PERSON)
OUT_OF_SCOPE, IGNORE = "out_of_scope", "ignore"
# What a sentence may ask for; tests/bot/dialog/test_heard.py compares it with what the talk knows.
LABELS = (
    "leave_request", "leave_balance", "leave_explain", "leave_status", "leave_cancel", "leave_change", "leave_forecast",
    "leave_untaken", "collective_work", "sick_leave", "holiday_calendar", "approvals_waiting", "who_is_away",
    "permission_request", "payslip", "payday", "salary_issue", "attendance_fix", "attendance_view", "overtime_request",
    "shift_schedule", "thr", "bpjs", "tax", "loan", "profile_update", "privacy_request", "ticket_new", "ticket_status",
    "human", "work_letter", "training", "cancel", "smalltalk", "unlink", OUT_OF_SCOPE, IGNORE,
)  # fmt: skip
LONGEST, MOST_TAUGHT = 300, 2000
_NUMBER, _MAIL = re.compile(r"\d(?:[\s.-]?\d){4,}"), re.compile(r"\S+@\S+")
MARK = (
    "select count(*) as count, max(changed_at) as last from miss where company = :company and label is not null "
    "union all select count(*), max(changed_at) from lesson where company = :company"
)
_DATE = re.compile(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}")


def without_secrets(words: str) -> str:
    """The sentence without what could name somebody or open something: numbers of five digits and more, mail."""
    told = _MAIL.sub("…@…", " ".join(words.split()))
    return _NUMBER.sub(lambda found: found[0] if _DATE.fullmatch(found[0]) else "…", told)[:LONGEST]


async def keep(
    words: str, *, person: int, language: str, why: str, guessed: Sequence[str] = (), chosen: str | None = None
) -> str:
    """Keep a sentence that was not understood, in the transaction of its answer; returns its address.

    Of whoever does not want that nothing is kept, and the address is empty.
    """
    if not await consents.allows(person, consents.LEARNING):
        return ""
    told = without_secrets(await unnamed.without_names(words))
    sealed = vault.seal(told, company=database.company(), column=COLUMN, subject=person)
    made = Miss(
        public=database.new_public(), person=person, words=sealed, language=language, why=why,
        guessed=",".join(guessed[:3]), chosen=chosen, said_at=clock.now(),
    )  # fmt: skip
    await Miss.insert(made)
    return str(made.public)


async def chose(public: str, name: str) -> None:
    """Note what the person chose when it was asked what the sentence meant."""
    await Miss.update({Miss.chosen: name}).where(Miss.public == public)


async def label(public: str, name: str | None, *, by: Actor) -> bool:
    """Say what a sentence asks for, or with None take that back; False when there is no such sentence.

    Refused: a label that is none.
    """
    if name is not None and name not in LABELS:
        raise Refused("misses.no_label")
    changed = (
        await Miss.update({Miss.label: name, Miss.labelled_by: by.name, Miss.changed_at: clock.now()})
        .where(Miss.public == public)
        .returning(Miss.id)
    )
    if not changed:
        return False
    audit.record("miss.labelled", f"miss:{changed[0]['id']}", by=by, label=name or "")
    await _learnt()
    return True


async def _learnt() -> None:
    """Have the chats of the company replayed (`rehearsals.py`), once for all labels that are given within a minute."""
    now = clock.now()
    begun = now.replace(second=0, microsecond=0)
    once = f"rehearsals:{database.company()}:{begun:%Y%m%d%H%M}"
    await jobs.enqueue("rehearsals.replay", run_at=begun + timedelta(minutes=1), dedupe=once)


def told(row: Any) -> str | None:
    """The sentence of a row of the company in scope; None once it can no longer be opened."""
    try:
        return vault.unseal(row["words"], company=row["company"], column=COLUMN, subject=row["person"])
    except vault.SHUT:
        return None


async def revision() -> str:
    """A mark that changes whenever the company's labels do."""
    rows = await database.tally(Miss, MARK)
    return ":".join(str(one[name]) for one in rows for name in ("count", "last"))[:60]


async def taught() -> list[tuple[str, str]]:
    """What the company's administrators have labelled, as (sentence, what it asks for); of two labels of one
    sentence the later stands later."""
    rows = (
        await Miss.select()
        .where(Miss.label.is_not_null() & (Miss.label != IGNORE))
        .order_by(Miss.id, ascending=False)
        .limit(MOST_TAUGHT)
    )
    older = await Lesson.select().order_by(Lesson.id, ascending=False).limit(MOST_TAUGHT - len(rows))
    told_of = [(lesson(row), row["label"]) for row in reversed(older)]
    told_of += [(told(row), row["label"]) for row in reversed(rows)]
    return [(words, label) for words, label in told_of if words]


def lesson(row: Any) -> str | None:
    """The sentence of a lesson of the company in scope; None once it can no longer be opened."""
    try:
        return vault.unseal(row["words"], company=row["company"], column=LESSON)
    except vault.SHUT:
        return None


async def let_go(numbers: Sequence[int]) -> None:
    """Delete these sentences; what the labelled ones taught stays behind, without whose they were and when."""
    rows = await Miss.select().where(Miss.id.is_in(list(numbers)) & Miss.label.is_not_null() & (Miss.label != IGNORE))
    for row in rows:
        if words := told(row):
            # Kept before names were taken out, it may hold some.
            sealed = vault.seal(await unnamed.without_names(words), company=row["company"], column=LESSON)
            made = Lesson(
                public=database.new_public(), words=sealed, language=row["language"], label=row["label"],
                changed_at=clock.now(),
            )  # fmt: skip
            await Lesson.insert(made)
    await Miss.delete().where(Miss.id.is_in(list(numbers)))


async def take_back(public: str, *, by: Actor) -> bool:
    """Unlearn what a sentence taught that is gone itself; False when there is no such lesson."""
    gone = await Lesson.select(Lesson.id, Lesson.label).where(Lesson.public == public).first()
    if gone is None:
        return False
    await Lesson.delete().where(Lesson.id == gone["id"])
    audit.record("miss.labelled", f"lesson:{gone['id']}", by=by, label="")
    await _learnt()
    return True


async def by_week(weeks: int, zone: str) -> list[tuple[date, int, int]]:
    """For each of the last weeks, the newest last: its Monday, how many sentences were missed, how many still wait."""
    today = clock.today(zone)
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    mondays = [first + timedelta(weeks=at) for at in range(weeks)]
    begins = [datetime.combine(day, time(), ZoneInfo(zone)) for day in (*mondays, mondays[-1] + timedelta(weeks=1))]
    found = []
    for at, monday in enumerate(mondays):
        within = (Miss.said_at >= begins[at]) & (Miss.said_at < begins[at + 1])
        missed = await Miss.count().where(within)
        waiting = await Miss.count().where(within & Miss.label.is_null()) if missed else 0
        found.append((monday, missed, waiting))
    return found
