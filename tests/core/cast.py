"""The people of PT Maju Bersama that the tests speak of, made by the verbs that any company is made by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core import clock, database
from core.accounts import joining, offers
from core.accounts.tables import MembershipOffer
from core.approvals import decisions
from core.approvals.tables import Request
from core.audit import Actor
from core.leave import jobs as leave_jobs
from core.leave import nights
from core.leave import requests as leave
from core.leave.plans import Spell
from core.leave.policy import Period
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from core.people import directory, imports
from core.people.directory import Employee

HR = Actor("hr", "test")
PEOPLE = """\
employee_number,name,email,manager,department,location,timezone,join_date,role
0001,Hendra Wijaya,hendra@{at},,Direksi,Jakarta,Asia/Jakarta,2016-03-01,super_administrator
0002,Ratna Dewanti,ratna@{at},0001,HR,Jakarta,Asia/Jakarta,2018-07-02,administrator
0003,Rina Kusuma,rina@{at},0001,Operasi,Jakarta,Asia/Jakarta,2017-01-09,
0101,Sari Wulandari,sari@{at},0003,Gudang,Cakung,Asia/Jakarta,2019-02-04,
0412,Budi Santoso,budi@{at},0101,Gudang,Cakung,Asia/Jakarta,2024-02-01,
0413,Tono Prasetyo,tono@{at},0101,Gudang,Cakung,Asia/Jakarta,2020-08-03,
0301,Wayan Sudarma,wayan@{at},0003,Toko,Denpasar,Asia/Makassar,2019-09-02,
0302,Dewi Ayuningsih,dewi@{at},0301,Toko,Denpasar,Asia/Makassar,2024-10-01,
0303,Ika Suryani,ika@{at},0301,Toko,Denpasar,Asia/Makassar,2025-10-01,
"""


@dataclass(frozen=True)
class Cast:
    """A company and its people by their first name, in lower case."""

    company: int
    people: Mapping[str, Employee]

    def __getattr__(self, name: str) -> Employee:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    async def night(self) -> None:
        """Have leave brought up to date, as every night."""
        await leave_jobs.bring_up_to_date(self.company)

    async def asks(
        self, who: Employee, period: Period, reason: str | None = None, *, leave_type: str = "annual"
    ) -> Request:
        """Have somebody ask for leave; returns the request."""
        sent = await leave.submit(who, leave_type, period, reason, actor=as_(who))
        return await self.request(sent.number)

    async def request(self, number: str) -> Request:
        async with database.reading(self.company):
            found = await decisions.by_number(number)
        assert found is not None
        return found

    async def decides(
        self, who: Employee, request: Request, verdict: str, reason: str | None = None, *, version: int | None = None
    ) -> Any:
        """Have somebody decide."""
        seen = request.version if version is None else version
        return await decisions.decide(request, verdict, reason=reason, person=who.person, version=seen, channel="web")

    async def told(self, who: Employee) -> list[Message]:
        """Everything that was put on its way to somebody, in order."""
        async with database.reading(self.company):
            rows = await Outbound.select().where(Outbound.person == who.person).order_by(Outbound.id)
            return [outbox.unseal(row) for row in rows]


def as_(who: Employee) -> Actor:
    """Somebody acting for themselves."""
    return Actor(f"person:{who.person}", "web")


async def accepted() -> None:
    """Everybody in the company in scope accepts what it offers them."""
    for row in await MembershipOffer.select(MembershipOffer.account):
        await offers.take(row["account"])


async def lay(
    name: str, *, at: str = "maju.example", people: str = PEOPLE, granted: tuple[str, ...] = ("budi", "dewi")
) -> Cast:
    """Make a company of these people; those who ask for leave in nearly every test have theirs already."""
    company, _ = await joining.add_company(name, f"owner@{at}")
    taken = await imports.take(company.id, people.format(at=at).encode(), actor=HR)
    assert taken.bad == []
    async with database.transaction(company.id):
        await accepted()
        cast = Cast(company.id, {one.first_name.lower(): one for one in await directory.everyone()})
        for who in granted:
            if who in cast.people:
                one = cast.people[who]
                await nights.bring([Spell(one.id, one.joins, one.leaves)], clock.today(one.zone))
    return cast
