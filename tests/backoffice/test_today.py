"""The board says what the rows say, in order of harm; a new company is led through its first steps."""

import html
import re
from datetime import timedelta

import pytest

from backoffice.board import Today
from backoffice.controllers import today
from core import clock, database, jobs
from core.accounts import blocks, joining, offers
from core.calendar import days as calendar_days
from core.calendar import versions
from core.calendar.versions import Said
from core.jobs import Job
from core.leave.policy import Period
from core.messaging import circuits, outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people import batches
from core.people.tables import ChannelIdentity, Location
from core.phrases import LANGUAGES, keys
from tests.backoffice.conftest import Installation
from tests.core.cast import HR, as_
from tests.core.conftest import MONDAY

TODAY = MONDAY.date()


async def text(house: Installation, name: str = "ratna", path: str = "today") -> str:
    visitor = await house.as_person(house.maju, name)
    return html.unescape((await visitor.get(f"/{await house.slug(house.maju)}/{path}")).text)


async def test_the_heading_and_the_bar_say_who_is_here(house: Installation) -> None:
    maju, people = house.maju, len(house.maju.people)
    asked = await maju.asks(maju.budi, Period(TODAY + timedelta(days=1), TODAY + timedelta(days=1)))
    page = await text(house)
    assert f"<h1>{people} orang terjadwal hari ini, tidak ada yang cuti.</h1>" in page
    await maju.decides(maju.sari, asked, "approve")
    with clock.freeze(MONDAY + timedelta(days=1)):
        page = await text(house)
    assert f"<h1>{people} orang terjadwal hari ini, 1 di antaranya cuti.</h1>" in page
    assert f'data-number="{people - 1}"' in page
    assert 'data-number="1"' in page
    assert "Budi Santoso" in page
    with clock.freeze(MONDAY + timedelta(days=5)):
        assert f"Hari ini akhir pekan. {people} orang tidak dijadwalkan." in await text(house)
    with clock.freeze(MONDAY.replace(month=8, day=17)):
        assert "Hari ini libur, " in await text(house)


async def test_what_begins_soon_stands_before_what_is_untidy(house: Installation) -> None:
    maju = house.maju
    async with database.transaction(maju.company):
        await Job.insert(
            Job(name="deliver", company=maju.company, args="[]", run_at=MONDAY, state="parked", error="OSError")
        )
    await maju.asks(maju.budi, Period(TODAY + timedelta(days=1), TODAY + timedelta(days=2)))
    await maju.asks(maju.tono, Period(TODAY + timedelta(days=30), TODAY + timedelta(days=30)))
    page = await text(house)
    assert page.index("1 cuti segera mulai dan belum diputuskan") < page.index(
        "1 pekerjaan berhenti sesudah lima kali gagal"
    )
    assert "2 cuti menunggu keputusan" in page
    with clock.freeze(MONDAY + timedelta(days=40)):
        page = await text(house)
        assert "2 persetujuan lewat waktunya" in page
        assert "Yang pertama sudah mulai." in page


async def test_people_and_pages_are_found_by_part_of_their_name(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna, budi = await house.as_person(house.maju, "ratna"), await house.as_person(house.maju, "budi")
    found = html.unescape((await ratna.get("/go/found?q=tono")).text)
    assert f"/{slug}/people/" in found
    assert "Tono Prasetyo" in found
    assert "Bambang" not in (await ratna.get("/go/found?q=bambang")).text.partition("<ul")[2]
    assert "Tono" not in (await budi.get("/go/found?q=tono")).text
    assert f'href="/{slug}/settings"' in (await ratna.get("/go?q=pengat")).text


def test_every_job_and_every_time_of_the_day_has_a_name_in_words() -> None:
    ours = {name for name, made in jobs.HANDLERS.items() if made.__module__.partition(".")[0] in ("core", "bot")}
    assert ours >= set(jobs.CRONS) and len(ours) > 30
    for language in LANGUAGES:
        named = set(keys(language))
        assert [name for name in sorted(ours) if f"jobs.name_{name.replace('.', '_')}" not in named] == []


async def test_who_blocked_their_account_is_waited_for_until_it_is_lifted(house: Installation) -> None:
    maju, said = house.maju, "1 akun diblokir pemiliknya"
    assert said not in await text(house)
    async with database.transaction(maju.company):
        await blocks.block(maju.budi.person, channel="web", by=as_(maju.budi))
    page = await text(house)
    assert said in page
    assert f'href="/{await house.slug(maju)}/blocked"' in page
    async with database.transaction(maju.company):
        await blocks.lift(maju.budi.person, "datang dengan KTP", by=HR, by_person=maju.ratna.person)
    assert said not in await text(house)


async def test_a_file_that_changes_nothing_does_not_wait(house: Installation) -> None:
    maju, waits = house.maju, "Isinya belum berlaku sampai diterapkan."
    for name, waiting in (("Budi Santoso", False), ("Budi Santosa", True)):
        raw = f"Nomor Induk,Nama\n0412,{name}\n".encode()
        await batches.receive(maju.company, raw, batches.Sent("file", "a.csv", "", "", TODAY, HR))
        await jobs.drain()
        assert (waits in await text(house)) is waiting, name


async def test_a_supporting_administrator_is_shown_no_jobs(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        await Job.insert(Job(name="deliver", company=house.maju.company, args="[]", run_at=MONDAY, state="parked"))
    support = await house.as_role(house.maju, "supporting_administrator")
    page = (await support.get(f"/{await house.slug(house.maju)}/today")).text
    assert "pekerjaan berhenti" not in page


async def test_a_new_company_sees_its_first_steps_with_their_true_state(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    company, _ = await joining.add_company("PT Baru Jaya", "owner@baru.example")
    async with database.installation(writes=False):
        owner = await joining.account_of("owner@baru.example")
    async with database.transaction(company.id):
        await offers.take(owner)
    visitor = await house.as_account(owner)
    answer = await visitor.get(f"/{company.slug}")
    assert answer.headers["location"] == f"/{company.slug}/today"
    page = html.unescape((await visitor.get(f"/{company.slug}/today")).text)
    assert "PT Baru Jaya belum berisi karyawan." in page
    assert "Belum ada yang menyambungkan chat." in page
    assert page.count(">selesai</span>") == 1  # the national holidays are known

    async def unknown(*_: object) -> dict[object, object]:
        return {}

    monkeypatch.setattr(calendar_days, "within", unknown)  # then each step is still to be taken, and leads to its page
    page = html.unescape((await visitor.get(f"/{company.slug}/today")).text)
    steps = re.search(r'<ol class="list steps".*?</ol>', page, re.S)
    assert steps is not None
    links = re.findall(r'href="([^"]+)"', steps[0])
    assert [link.removeprefix(f"/{company.slug}/") for link in links] == [
        "imports", "people", "settings/calendar", "roles",
    ]  # fmt: skip
    for link in links:
        assert (await visitor.get(link)).status_code == 200, link


async def test_a_job_that_was_given_up_is_tried_again_or_dropped_by_its_number(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    async with database.transaction(maju.company):
        mine = Job(
            name="deliver", company=maju.company, args="[0]", run_at=MONDAY, state="parked", attempts=5, error="OSError"
        )
        theirs = Job(name="deliver", company=house.sinar.company, args="[0]", run_at=MONDAY, state="parked", attempts=5)
        for one in (mine, theirs):
            await Job.insert(one)
    ratna = await house.as_person(maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/jobs")).text)
    assert "1 pekerjaan berhenti dan menunggu Anda." in page
    assert f"jobs/{theirs.id}/again" not in page
    assert (await ratna.post(f"/{slug}/jobs/{theirs.id}/again")).status_code == 409
    wrong = await ratna.post(f"/{slug}/jobs/{mine.id}/drop", name="1")
    assert wrong.status_code == 422
    assert "<title>Kesalahan:" in wrong.text
    answer = await ratna.post(f"/{slug}/jobs/{mine.id}/again")
    assert answer.headers["location"].endswith("?done=tried")
    async with database.installation(writes=False):
        states = {
            row["id"]: (row["state"], row["attempts"]) for row in await Job.select(Job.id, Job.state, Job.attempts)
        }
    assert (states[mine.id], states[theirs.id]) == (("queued", 0), ("parked", 5))
    assert (await ratna.post(f"/{slug}/jobs/{mine.id}/drop", name=str(mine.id))).status_code == 409


async def test_the_schedule_says_when_each_ran_and_will_run(house: Installation) -> None:
    page = await text(house, path="jobs")
    assert "Cuti tiap malam" in page
    assert "belum pernah" in page
    assert "Selasa 7 Juli 00.10 WIB" in page


async def test_a_place_with_a_holiday_of_its_own_is_not_scheduled(house: Installation) -> None:
    maju, people = house.maju, len(house.maju.people)
    async with database.transaction(maju.company):
        bali = await Location.select(Location.id).where(Location.name == "Denpasar").first()
        assert bali is not None
        said = Said(TODAY, "company", "Hari raya setempat", "A local feast", location=bali["id"])
        await versions.say([said], "pemda", actor=HR)
    page = await text(house)
    assert f"<h1>{people - 3} orang terjadwal hari ini" in page
    assert 'data-number="3"' in page


async def test_a_service_that_does_not_answer_is_told_to_those_it_speaks_to(house: Installation) -> None:
    async with database.transaction(house.maju.company):
        budi = house.maju.budi.person
        there = Address("telegram", "123456", "777", budi)
        await ChannelIdentity.insert(
            ChannelIdentity(
                person=budi, channel="telegram", account="123456", external_id="777", place="777", verified_at=MONDAY,
                consent_hash="",
            )
        )  # fmt: skip
        number = await outbox.post(there, Message("leave.said", "Kabar"), dedupe="kabar")
        row = await Outbound.objects().where(Outbound.id == number).first()
        assert row is not None
        await circuits.failed(row, "status 502", seconds=300)
    page = await text(house, path="jobs")
    assert "Layanan obrolan yang tidak menjawab" in page and "status 502" in page
    lina = await house.as_person(house.sinar, "lina")
    theirs = html.unescape((await lina.get(f"/{await house.slug(house.sinar)}/jobs")).text)
    assert "Layanan obrolan yang tidak menjawab" not in theirs


@pytest.mark.parametrize(("language", "written"), [("id", "20.000"), ("en", "20,000")])
def test_the_bar_writes_many_people_as_the_reader_does(language: str, written: str) -> None:
    drawn = today.bar(Today(TODAY, None, 20_000, 0, 0, 0), language)
    assert drawn is not None
    assert [number for _, number in drawn.rows] == [written]
