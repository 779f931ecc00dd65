"""What has happened lately at PT Maju Bersama, laid relative to today by the verbs that people use themselves.

Nobody of the warehouse in Cakung takes part: its people are whom the visitor talks as.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock, database, demo_privacy
from core.approvals import decisions, delegations, waiting
from core.approvals.kinds import APPROVE, CHANGE, REJECT
from core.audit import Actor
from core.calendar import days
from core.errors import Refused
from core.helpdesk import tickets
from core.leave import requests
from core.leave.policy import Period
from core.messaging.outbox import Address
from core.notices import feature_requests
from core.notices.feature_rules import REVIEWING, Step
from core.people import directory
from core.people.directory import Employee

BY = Actor("demo", "command")
ANNUAL, SICK, UNPAID = "annual", "sick", "unpaid"
WEB = "web"
FINANCE_KEEPS = 6


async def tell(company: int) -> None:
    """Have some of its people ask, fall ill, decide and stand in for each other, up to this morning."""
    async with database.reading(company):
        people = {one.first_name.lower(): one for one in await directory.everyone()}
        works = await days.works_of(people["darto"].location)
    today = clock.today(directory.DEFAULT_ZONE)
    ahead = _working(today, works, 12)
    back = _working(today, works, -10)
    await _asks(people["rudi"], Period(ahead[0], ahead[1], None), "acara keluarga", back[8], people["darto"], APPROVE)
    await _asks(people["sinta"], Period(ahead[3], ahead[5], None), None, back[7], people["wayan"], APPROVE)
    await _asks(people["hesti"], Period(ahead[1], ahead[2], None), None, back[5], people["wayan"], REJECT, "toko ramai")
    await _asks(
        people["galih"], Period(ahead[4], ahead[6], None), "urus surat tanah", back[3], people["darto"], CHANGE,
        "stok opname, geser seminggu ya",
    )  # fmt: skip
    # Finance keeps six of its seven in: whoever asks for the days on which Vina is away is offered others.
    await _asks(people["vina"], Period(ahead[2], ahead[3], None), "pindah rumah", back[6], people["agus"], APPROVE)
    finance = people["maya"].department
    assert finance is not None
    async with database.transaction(company):
        await directory.minimum_of(finance, FINANCE_KEEPS)
    await _stands_in(people, Period(ahead[7], ahead[8], None), back[4])
    await _asks(
        people["bayu"], Period(ahead[5], ahead[5], None), "wisuda adik", back[1], people["yosef"], None, kind=UNPAID
    )
    await _asks(people["nina"], Period(ahead[6], ahead[7], None), None, back[1], people["ratna"], None)
    await _falls_ill(people["fitri"], Period(back[1], today, None), back[1])
    await _questions(people, back)
    await _wishes(people, back)
    await demo_privacy.tell(company, people)


def _working(today: date, works: Callable[[date], bool], many: int) -> list[date]:
    """So many working days from today on, today too if it is one; before today when `many` is negative."""
    found: list[date] = []
    step, day = (1 if many > 0 else -1), today
    while len(found) < abs(many):
        if works(day) or (day == today and many < 0):
            found.append(day)
        day += timedelta(days=step)
    return found


def _at(day: date, hour: int, zone: str) -> datetime:
    """This hour there; never later than now, so that nothing comes before what follows from it."""
    return min(datetime.combine(day, time(hour), ZoneInfo(zone)), clock.now())


async def _asks(
    who: Employee, period: Period, reason: str | None, on: date, head: Employee, verdict: str | None,
    why: str | None = None, *, kind: str = ANNUAL,
) -> None:  # fmt: skip
    # Around the turn of a year some of these days may not be had: then this was not asked for.
    with suppress(Refused):
        with clock.freeze(_at(on, 9, who.zone)):
            asked = await requests.submit(who, kind, period, reason, actor=BY)
        if verdict is None:
            return
        with clock.freeze(_at(on, 11, who.zone)):
            async with database.transaction(who.company):
                request = await waiting.by_number(asked.number)
                assert request is not None
                await decisions.decide(
                    request, verdict, reason=why, person=head.person, version=request.version, channel=WEB
                )


async def _stands_in(people: Mapping[str, Employee], period: Period, on: date) -> None:
    """The head of production goes away, and the head of the shop decides in his place."""
    darto, wayan = people["darto"], people["wayan"]
    await _asks(darto, period, None, on, people["rina"], APPROVE)
    starts = datetime.combine(period.starts, time(0), ZoneInfo(darto.zone))
    ends = datetime.combine(period.ends + timedelta(days=1), time(0), ZoneInfo(darto.zone))
    with suppress(Refused), clock.freeze(_at(on, 13, darto.zone)):
        offered = await delegations.offer(darto, wayan.person, starts=starts, ends=ends, actor=BY)
        await delegations.accept(offered, by=wayan, actor=BY)


async def _falls_ill(who: Employee, period: Period, on: date) -> None:
    with suppress(Refused), clock.freeze(_at(on, 7, who.zone)):
        await requests.acknowledge(who, SICK, period, None, actor=BY)


async def _questions(people: Mapping[str, Employee], back: Sequence[date]) -> None:
    """What the desk was asked of late: one answered and solved, one being worked on, one that nobody has taken."""
    nina = Actor(f"person:{people['nina'].person}", WEB)
    solved = await _opens(people["hesti"], "Kartu BPJS saya hilang, urusnya ke mana?", back[6])
    await _answers(
        solved, people["hesti"], nina, "Cetak ulang di aplikasi JKN; surat pengantarnya sudah saya kirim.", back[5],
        done=True,
    )  # fmt: skip
    taken = await _opens(people["rudi"], "Mesin absen di gerbang belakang sering tidak membaca jari", back[1])
    await _answers(
        taken, people["rudi"], nina, "Sudah saya teruskan ke teknisi. Sejak kapan, dan semua jari?", back[1], done=False
    )
    await _opens(people["umar"], "Seragam baru kapan dibagi?", back[0])


async def _wishes(people: Mapping[str, Employee], back: Sequence[date]) -> None:
    """What people wished the product could do: one that HR has opened, with two voices, and one nobody has read."""
    nina = Actor(f"person:{people['nina'].person}", WEB)
    with clock.freeze(_at(back[4], 10, people["hesti"].zone)):
        async with database.transaction(people["hesti"].company):
            row = await feature_requests.submit(people["hesti"].person, "ingatkan ulang tahun teman satu tim", by=BY)
            await feature_requests.move(row, Step(REVIEWING, title="Pengingat ulang tahun tim"), by=nina)
            row.state = REVIEWING
            await feature_requests.support(row, people["rudi"].person, by=BY)
    with clock.freeze(_at(back[0], 10, people["umar"].zone)):
        async with database.transaction(people["umar"].company):
            await feature_requests.submit(people["umar"].person, "kalender cuti bisa dicetak untuk ditempel", by=BY)


async def _opens(who: Employee, words: str, on: date) -> str:
    with clock.freeze(_at(on, 9, who.zone)):
        async with database.transaction(who.company):
            here = Address(WEB, WEB, str(who.person), who.person)
            told = await tickets.submit(who, words, address=here, by=Actor(f"person:{who.person}", WEB))
    return told.ticket.number


async def _answers(number: str, who: Employee, by: Actor, words: str, on: date, *, done: bool) -> None:
    with clock.freeze(_at(on, 11, who.zone)):
        async with database.transaction(who.company):
            row = await tickets.of_number(number)
            assert row is not None
            then = tickets.RESOLVED if done else tickets.WAITING
            await tickets.answer(row, words, by=by, read=row.last, then=then)
