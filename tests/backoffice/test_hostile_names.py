"""Names that somebody chose to deceive: in a file of people, a kind of leave, a request; on every page and every card."""

from datetime import date
from html.parser import HTMLParser

import pytest

from core import database, jobs
from core.accounts.roles import SUPER
from core.calendar.tables import Closure, CompanyDay
from core.helpdesk import tickets
from core.leave.policy import Period
from core.leave.tables import Blackout
from core.messaging.outbox import Address
from core.notices import feature_requests
from core.people import directory
from core.people.tables import Department, Employment, Location
from core.phrases import one_line
from core.privacy import requests
from core.privacy.requests import Come
from tests.backoffice.conftest import Installation
from tests.backoffice.test_every_form import COMPANY, OWN
from tests.backoffice.test_kinds import form_of, text
from tests.backoffice.test_people import send
from tests.core.cast import as_

EVIL = "\"'><x-evil onx=\"1\" hx-get='/'>{{7*7}}</script><x-evil>"
A = "\u0430"  # Cyrillic
TURNED = "Budi\u202egnaro\u202c\u200b San\u2066toso\ufeff"


class Tags(HTMLParser):
    """Finds what a name would have added to a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag] if tag == "x-evil" else []
        for name, value in attrs:
            if name == "onx" or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")


async def test_a_name_stays_a_name_on_every_page(house: Installation) -> None:
    slug = await house.slug(house.maju)
    boss = await house.as_role(house.maju, SUPER)
    head = "employee_number,name,department,position,location,grade\n"
    cell = EVIL.replace('"', '""')
    there = await send(boss, slug, head + f'0412,"{cell}","{cell}","{cell}","{cell}",5\n', EVIL + ".csv")
    looked = [await boss.get(there), await boss.get(f"/{slug}/imports")]
    assert (await boss.post(f"{there}/apply")).status_code == 303
    await jobs.drain()
    looked += [await boss.get(there)]
    async with database.reading(house.maju.company):
        budi = await directory.of_person(house.maju.budi.person)
        row = (
            await Employment.select(Employment.public, Employment.person.public.as_alias("person"))
            .where(Employment.id == house.maju.budi.id)
            .first()
        )
    assert budi is not None and row is not None
    await house.maju.asks(budi, Period(date(2026, 8, 12), date(2026, 8, 12)), EVIL)
    async with database.transaction(house.maju.company):
        here = Address("web", "web", str(budi.person), budi.person)
        row["ticket"] = (await tickets.submit(budi, EVIL, address=here, by=as_(budi))).ticket.public
        come = Come("portal", "web", "session", subject=budi.person)
        row["data"] = (await requests.submit("complain", budi.person, EVIL, come, by=as_(budi))).public
        row["idea"] = (await feature_requests.submit(budi.person, EVIL, by=as_(budi))).public
    hendra, own = await house.as_person(house.maju, "hendra"), await house.as_person(house.maju, "budi")
    for visitor, path in [(hendra, f"/{slug}/{one.format(**row)}") for one in COMPANY] + [
        (own, one.format(**row)) for one in OWN
    ]:
        for more in ("", "?q=" + "%22%3E%3Cx-evil%20onx%3D1%3E"):
            answer = await visitor.get(path + more)
            assert answer.status_code == 200, path
            looked.append(answer)
    for answer in looked:
        tags = Tags()
        tags.feed(answer.text)
        assert tags.found == [], answer.url
        assert ">49<" not in answer.text
    assert sum("x-evil" in one.text for one in looked) > 10


async def test_no_name_turns_a_line_or_hides_a_sign(house: Installation) -> None:
    slug = await house.slug(house.maju)
    boss = await house.as_role(house.maju, SUPER)
    head = "employee_number,name,department,position,location\n"
    there = await send(boss, slug, head + f'0412,"{TURNED}","Gu\u00addang\u200b","Staf\nDisetujui HR","Cakung\u202e"\n')
    assert (await boss.post(f"{there}/apply")).status_code == 303
    await jobs.drain()
    async with database.reading(house.maju.company):
        budi = await directory.of_person(house.maju.budi.person)
        departments = [row["name"] for row in await Department.select(Department.name)]
        places = [row["name"] for row in await Location.select(Location.name)]
    assert budi is not None
    assert (budi.name, budi.department_name) == ("Budignaro Santoso", "Gudang")
    assert len(departments) == len(set(departments)) == 5  # none that only looks like another
    assert sorted(places) == ["Cakung", "Denpasar", "Jakarta"]
    assert "Staf Disetujui HR" in (await boss.get(f"/{slug}/people?q=budignaro")).text


def test_a_line_keeps_what_can_be_seen() -> None:
    for told, kept in (
        ("Jose\u0301", "José"), ("👨\u200d👩\u200d👧 sakit", "👨\u200d👩\u200d👧 sakit"), ("a\u200db", "ab"), ("\x00a\x07\tb", "a b"),
        ("می\u200cخواهم", "می\u200cخواهم"), ("\ue000" + "0\ue001", "0"), ("Siti  Aminah\r\nHR", "Siti Aminah HR"),
    ):  # fmt: skip
        assert one_line(told) == kept


async def test_no_name_passes_for_another_one(house: Installation) -> None:
    """Cyrillic letters that look like Latin ones: in a file by its cell, in a form beside its field."""
    slug = await house.slug(house.maju)
    boss = await house.as_role(house.maju, SUPER)
    head = "employee_number,name,department\n"
    page = (
        await boss.get(await send(boss, slug, head + f"0999,S{A}ri Wulandari,Gudang\n0998,Lestari,Gud{A}ng\n"))
    ).text
    assert page.count("U+0430") >= 2 and "B2" in page and "C3" in page
    answer = await boss.post(f"/{slug}/people/new", employee_number="0999", name=f"S{A}ri Wulandari")
    assert answer.status_code == 422 and "U+0430" in answer.text
    answer = await boss.post(f"/{slug}/people/places/department", old="", name=f"Gud{A}ng")
    assert answer.status_code == 422 and "U+0430" in answer.text
    answer = await boss.post(f"/{slug}/settings/company", name=f"PT M{A}ju Bersama", zone="Asia/Jakarta")
    assert answer.status_code == 422 and "U+0430" in answer.text
    answer = await boss.post(f"/{slug}/roles", email=f"s{A}ri@maju.example", role="agent", sure="1")
    assert answer.status_code == 422 and "U+0430" in answer.text
    async with database.reading(house.maju.company):
        assert not await Employment.exists().where(Employment.number.is_in(["0999", "0998"]))
    answer = await boss.post(f"/{slug}/people/places/department", old="", name="Ni Luh D\u00e9sa\u200b\u202e")
    assert answer.status_code == 303
    async with database.reading(house.maju.company):
        assert await Department.exists().where(Department.name == "Ni Luh D\u00e9sa")


@pytest.mark.parametrize(
    ("language", "said"), [("id", "hanya tampak seperti huruf Latin"), ("en", "only looks like a Latin")]
)
async def test_nothing_that_has_a_name_passes_for_another(house: Installation, language: str, said: str) -> None:
    """A kind of leave, a free day, a list of them, a closure, days without leave, a list kept under a name."""
    slug = await house.slug(house.maju)
    boss = await house.as_role(house.maju, SUPER)
    await boss.post("/language", language=language, back="/")
    kind = form_of((await boss.get(f"/{slug}/types/new")).text) | {
        "code": "tahun", "from_": "2027-01-01", "name_id": "Cuti lama", "name_en": "Long leave", "entitlement": "event",
        "per": "year", "days": "1",
    }  # fmt: skip
    day = {"date": "2026-12-31", "kind": "company", "name": "Libur", "name_en": "Day off", "why": "SK"}
    listed = "date,name_id,name_en,kind\n2027-01-01,Tahun Baru,New Year,national\n2027-02-01,{},Day,national\n"
    forms: list[tuple[str, dict[str, str], str]] = [
        ("types/new", kind | {"name_id": f"Cuti tahun{A}n"}, ""),
        ("types/new", kind | {"name_en": f"Annual le{A}ve"}, ""),
        ("settings/calendar/day", day | {"name": f"Ny{A}pi"}, ""),
        ("settings/calendar/day", day | {"name_en": "Day of Silenc\u0435"}, ""),
        ("settings/calendar/decree", {"list": listed.format(f"Ny{A}pi"), "why": "SKB"}, "3"),
        ("settings/calendar/closure", {"starts": "2026-07-20T08:00", "ends": "", "reason": f"B{A}njir"}, ""),
        ("leave/closed", {"starts": "2026-12-28", "ends": "2026-12-31", "why": f"Tutup buku {A}khir"}, ""),
    ]
    for path, fields, line in forms:
        answer = await boss.post(f"/{slug}/{path}", **fields)
        told = text(answer)
        assert answer.status_code == 422, path
        assert said in told and "U+04" in told, path
        assert not line or f"Baris {line}" in told or f"Line {line}" in told, path
    async with database.reading(house.maju.company):
        assert not await CompanyDay.exists() and not await Closure.exists() and not await Blackout.exists()
