"""Telling of requests: whoever looks after one as its hours run out, and whoever asked of what became of it.

A reminder is told once, however often its job runs and wherever it died: what was told is a row, unique, written in the
transaction that puts the messages on their way. The clock of the law knows no night.
"""

from collections.abc import Sequence

from core import clock, database, jobs, settings
from core.accounts.tables import Company
from core.approvals import chains
from core.crash import crashpoint
from core.helpdesk import outsiders
from core.messaging import buttons, mail, outbox
from core.messaging.messages import Choice, Message
from core.people import directory
from core.people.directory import DEFAULT_ZONE, Employee
from core.people.tables import Person
from core.phrases import phrase, saat
from core.privacy import deadlines, erasure, erasure_told, kinds, officers, requests, way
from core.privacy.requests import REMIND, TELL
from core.privacy.tables import DataRequest, DataRequestEvent, DataRequestReminder

NEW = -1  # told as it comes
CLOSES_AFTER = deadlines.LIMIT * 5  # fifteen days after it was handed over


@jobs.job(REMIND, lane=jobs.PROMPT)
async def remind(company: int, number: int) -> None:
    """Tell of a request what is to be told by now, and have the next reminder come in its time."""
    async with database.transaction(company):
        row = await DataRequest.objects().where(DataRequest.id == number).first()
        if row is None:
            return
        await requests.hold(row)
        if row.state not in way.OPEN:
            return
        now = clock.now()
        told = {
            one["hours"]
            for one in await DataRequestReminder.select(DataRequestReminder.hours).where(
                DataRequestReminder.request == row.id
            )
        }
        if NEW not in told:
            await _keep(row, NEW)
            await _tell(row, NEW, await officers.hears(row))
        for hours in deadlines.to_tell(row.received_at, now, told):
            await _keep(row, hours)
            await _tell(row, hours, await _who(row, hours))
        crashpoint("privacy.reminded")
        ahead = deadlines.following(row.received_at, now)
        if ahead is not None and told:  # the first one was written with the request
            mark = f"{REMIND}:{company}:{row.id}:{ahead.isoformat()}"
            await jobs.enqueue(REMIND, row.id, run_at=ahead, dedupe=mark)


@jobs.job(TELL, lane=jobs.PROMPT)
async def tell(company: int, number: int, what: str, event: int) -> None:
    """Tell whoever asked what happened to their request; whoever may be the second person what waits for one."""
    async with database.transaction(company):
        row = await DataRequest.objects().where(DataRequest.id == number).first()
        if row is None:
            return
        if what == "second":
            await _ask_second(row)
        elif await outsiders.of_person(row.person) is None:
            await _tell_asker(row, what, event)


@jobs.cron("20 * * * *", "privacy.handed_over")
async def hourly() -> None:
    """Look in each company which answers have arrived, and close those that nobody objects to."""
    async with database.installation(writes=False):
        companies = [row["id"] for row in await Company.select(Company.id)]
    for company in companies:
        await hand_over(company)


async def hand_over(company: int) -> None:
    """An answer that was sent is handed over; one that stood so long without a word is closed."""
    async with database.transaction(company):
        answered = DataRequest.state.is_in(list(way.OUTCOMES))
        for row in await DataRequest.objects().where(answered).order_by(DataRequest.due_at).limit(500):
            if await outbox.state_of(_mark(row, "decided", row.person)) in ("sent", "delivered", "read"):
                await requests.change(row, {DataRequest.state: way.DELIVERED})
        before = clock.now() - CLOSES_AFTER
        old = (DataRequest.state == way.DELIVERED) & (DataRequest.decided_at < before)
        for row in await DataRequest.objects().where(old).order_by(DataRequest.due_at).limit(500):
            await requests.change(row, {DataRequest.state: way.CLOSED, DataRequest.closed_at: clock.now()})


async def _keep(row: DataRequest, hours: int) -> None:
    await DataRequestReminder.insert(DataRequestReminder(request=row.id, hours=hours, at=clock.now()))


async def _who(row: DataRequest, hours: int) -> Sequence[Employee]:
    """First whoever looks after it, with a day left the officers too, and once it is overdue the top as well."""
    found: list[Employee] = []
    person = await officers.person_of(row.owner) if row.owner is not None else None
    owner = await directory.of_person(person) if person is not None else None
    if owner is not None:
        found.append(owner)
    if owner is None or hours <= 24:
        found += await officers.hears(row)
    if hours == deadlines.OVERDUE:
        found += await officers.leads(row)
    return list({one.person: one for one in found}.values())


async def _tell(row: DataRequest, hours: int, whom: Sequence[Employee]) -> None:
    key = "privacy.told_new" if hours == NEW else "privacy.told_late" if hours == 0 else "privacy.told_hours"
    await _mail_outside(row, key, hours)
    for one in whom:
        language = one.language
        facts = {"number": row.number, "kind": phrase(f"privacy.kind_{row.kind}", language)}
        by = saat(row.due_at, one.zone, language)
        told = phrase(key, language, **facts, by=by, hours=str(hours))
        await outbox.post_once(
            await outbox.address_of(one.person), Message(key, told, language=language),
            dedupe=f"privacy:{row.id}:{hours}:{one.person}",
        )  # fmt: skip


async def _mail_outside(row: DataRequest, key: str, hours: int) -> None:
    """Who looks after it without being anybody's employee, as at the operator's desk, reads it by mail."""
    for account, language in (await officers.outside()).items():
        facts = {"number": row.number, "kind": phrase(f"privacy.kind_{row.kind}", language)}
        by = saat(row.due_at, DEFAULT_ZONE, language)
        told = phrase(key, language, **facts, by=by, hours=str(hours))
        await mail.post(
            "privacy.mail", to=f"account:{account}", language=language, told=told, number=row.number,
            dedupe=f"privacy:{row.id}:{hours}:account:{account}",
        )  # fmt: skip


async def _ask_second(row: DataRequest) -> None:
    first = await officers.person_of(row.decided_by) if row.decided_by is not None else None
    for one in await chains.holders(sorted(officers.SECOND_ROLES)):
        if one.person in (first, row.person, row.subject):
            continue
        told = phrase(
            "privacy.told_second", one.language, number=row.number, by=saat(row.due_at, one.zone, one.language),
            kind=phrase(f"privacy.kind_{row.kind}", one.language),
        )  # fmt: skip
        # One message for each proposal: what was given back and is proposed anew is told anew.
        turns = await DataRequestEvent.count().where(
            (DataRequestEvent.request == row.id) & (DataRequestEvent.kind == "proposed")
        )
        await outbox.post_once(
            await outbox.address_of(one.person), Message("privacy.told_second", told, language=one.language),
            dedupe=f"privacy:{row.id}:second:{turns}:{one.person}",
        )  # fmt: skip


async def _tell_asker(row: DataRequest, what: str, event: int) -> None:
    person = await Person.select(Person.language).where(Person.id == row.person).first()
    assert person is not None
    language = person["language"]
    zone = (await directory.zones_of([row.person])).get(row.person, DEFAULT_ZONE)
    if what == "erasing":
        row_of = await erasure.waiting_for(row.public)
        if row_of is not None:
            link = f"{settings.current().public_url}/me/data/requests"
            await erasure_told.tell(row, row_of, language=language, zone=zone, link=link)
        return
    key = f"privacy.asker_{what}"
    facts = {
        "number": row.number, "kind": phrase(f"privacy.kind_{row.kind}", language),
        "by": saat(row.due_at, zone, language),
    }  # fmt: skip
    if what == "decided":
        key = f"privacy.asker_{row.outcome}"
        facts |= {"answer": requests.opened(row, "answer"), "article": row.article or ""}
    elif what == "asked":
        found = await DataRequestEvent.objects().where(DataRequestEvent.id == event).first()
        facts["words"] = requests.said(found) if found is not None else ""
    elif what == "duplicate":
        other = await DataRequest.select(DataRequest.number).where(DataRequest.id == row.duplicate_of).first()
        facts["of"] = other["number"] if other is not None else ""
    told = phrase(key, language, **facts)
    choices = await _choices(row, what, language)
    mark = _mark(row, what, row.person) if what == "decided" else f"privacy:{row.id}:{what}:{event}"
    await outbox.post_once(
        await outbox.address_of(row.person), Message(key, told, tuple(choices), language=language), dedupe=mark
    )


async def _choices(row: DataRequest, what: str, language: str) -> list[Choice]:
    """What can be done about it at once: each title, the flow, and the right that flow begins with."""
    offered: list[tuple[str, str, str]] = [("see", "privacy_status", "")]
    if what == "decided":
        offered = [
            ("again", "privacy", kinds.OBJECT), ("complain", "privacy", kinds.COMPLAIN),
            ("understood", "privacy_understood", ""),
        ][row.kind == kinds.COMPLAIN :]  # fmt: skip
    elif what == "asked":
        offered = [("answer", "privacy_add", ""), ("see", "privacy_status", "")]
    elif what == "entered":
        offered = [("see", "privacy_status", ""), ("not_me", "privacy_add", "")]
    return [
        await buttons.make(
            phrase(f"privacy.choice_{title}", language), "start", person=row.person, flow=flow,
            answers={"privacy.which": begins} if begins else {"privacy": row.number},
        )
        for title, flow, begins in offered
    ]  # fmt: skip


def _mark(row: DataRequest, what: str, person: int) -> str:
    return f"privacy:{row.id}:{what}:{person}"
