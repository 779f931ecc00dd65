"""Once a year everybody is asked, by message and on their own page, whether what is held of them is still right.

Each is asked around the day they joined, so that nobody asks a whole company at once. A press answers it; a correction
answers it too. Who does not want to be asked is not.
"""

from datetime import date, timedelta

from core import audit, clock, database, jobs, settings
from core.accounts.tables import Company
from core.audit import Actor
from core.messaging import buttons, outbox
from core.messaging.messages import Message
from core.people import consents, directory
from core.people.directory import DEFAULT_ZONE
from core.people.tables import Employment
from core.phrases import phrase
from core.privacy import kinds
from core.privacy.tables import DataCheck

YEAR = timedelta(days=365)
CATCHES_UP = timedelta(days=30)  # a day that was missed is made up for so long
AT_ONCE = 200
ASK = "privacy.ask_yearly"


async def is_due(person: int) -> bool:
    """Whether a year has gone by since they last said that it is right."""
    row = await DataCheck.select(DataCheck.answered_at).where(
        (DataCheck.person == person) & DataCheck.answered_at.is_not_null()
    ).order_by(DataCheck.year, ascending=False).first()  # fmt: skip
    return row is None or clock.now() - row["answered_at"] >= YEAR


async def confirm(person: int, *, by: Actor) -> None:
    """They have looked, and it is right; said twice in a year it counts once."""
    if not await is_due(person):
        return
    year, now = clock.today(DEFAULT_ZONE).year, clock.now()
    mine = (DataCheck.person == person) & (DataCheck.year == year)
    if await DataCheck.exists().where(mine):
        await DataCheck.update({DataCheck.answered_at: now, DataCheck.right: True}).where(mine)
    else:
        await DataCheck.insert(DataCheck(person=person, year=year, asked_at=now, answered_at=now, right=True))
    audit.record("privacy.confirmed", f"person:{person}", by=by, year=year)


async def found_wrong(person: int) -> None:
    """They want something put right: what they were asked and had not answered is answered by that."""
    waits = (DataCheck.person == person) & DataCheck.answered_at.is_null()
    await DataCheck.update({DataCheck.answered_at: clock.now(), DataCheck.right: False}).where(waits)


@jobs.cron("15 9 * * *", "privacy.yearly")
async def daily() -> None:
    """Have whoever's day it is asked, in each company."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id).where(Company.kind == "company")]
    for company in companies:
        async with database.transaction(company):
            await jobs.enqueue(ASK, 0)


@jobs.job(ASK, lane=jobs.BULK)
async def ask(company: int, after: int) -> None:
    """Ask the next of those whose day it is; goes on in a job of its own where there are many."""
    today = clock.today(DEFAULT_ZONE)
    async with database.transaction(company):
        due = [one for one in await _people(today) if one > after][:AT_ONCE]
        refusing = await consents.refusing(consents.YEARLY, due)
        asked = await DataCheck.select(DataCheck.person).where(
            DataCheck.person.is_in(due or [0]) & (DataCheck.year == today.year)
        )
        skips = refusing | {row["person"] for row in asked}
        for person in due:
            if person not in skips and await is_due(person):
                await _ask(person, today.year)
        if len(due) == AT_ONCE:
            await jobs.enqueue(ASK, due[-1])


async def _people(today: date) -> list[int]:
    """Who works here and has the day of joining in this year today, or had it lately."""
    rows = await Employment.select(Employment.person, Employment.joins).where(
        (Employment.joins < today - timedelta(days=300)) & (Employment.leaves.is_null() | (Employment.leaves >= today))
    )
    return sorted({row["person"] for row in rows if _day(row["joins"], today.year) <= today <= _last(row, today.year)})


def _day(joins: date, year: int) -> date:
    """The day of a year that is theirs; who joined on a leap day has the first of March in others."""
    try:
        return joins.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def _last(row: dict[str, date], year: int) -> date:
    return _day(row["joins"], year) + CATCHES_UP


async def _ask(person: int, year: int) -> None:
    employee = await directory.of_person(person)
    if employee is None:
        return
    await DataCheck.insert(DataCheck(person=person, year=year, asked_at=clock.now()))
    choices = tuple(
        [
            await buttons.make(
                phrase(f"yearly.choice_{title}", employee.language), "start", person=person, flow=flow, answers=answers
            )
            for title, flow, answers in (
                ("right", "privacy_checked", {}),
                ("wrong", "privacy", {"privacy.which": kinds.CORRECT}),
            )
        ]
    )
    told = phrase(
        "yearly.asked", employee.language, name=employee.first_name, link=f"{settings.current().public_url}/me/data"
    )  # fmt: skip
    message = Message("yearly.asked", told, choices, language=employee.language)
    await outbox.post_once(await outbox.address_of(person), message, dedupe=f"yearly:{person}:{year}")
