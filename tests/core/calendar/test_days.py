"""What a company's calendar says of a day, and how it is changed."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core import clock, database
from core.audit import AuditEntry
from core.calendar import days, promises, versions
from core.calendar.tables import CompanyDay
from core.calendar.versions import Said
from core.errors import Refused
from tests.core.cast import HR, Cast
from tests.core.conftest import KEYS, MASTER, prepared
from tests.typed import Done, typed

MONDAY, SATURDAY = date(2026, 7, 6), date(2026, 7, 11)
INDEPENDENCE, NYEPI_LEAVE = date(2026, 8, 17), date(2026, 3, 18)


async def test_without_a_word_of_the_company_the_national_list_holds(maju: Cast) -> None:
    async with database.reading(maju.company):
        off = await days.within(date(2026, 8, 15), date(2026, 8, 18), maju.budi.location)
        works = await days.works_of(maju.budi.location)
        assert [(day, one.kind, one.name("id"), one.name("en")) for day, one in off.items()] == [
            (INDEPENDENCE, "national", "Hari Kemerdekaan Republik Indonesia", "Independence Day")
        ]
        assert off[INDEPENDENCE].source is not None
        assert [works(day) for day in (MONDAY, SATURDAY, INDEPENDENCE, NYEPI_LEAVE)] == [True, False, False, False]
        assert await days.hours_of(maju.budi.location, MONDAY) == days.Halves((480, 720), (780, 1020))
        assert await days.hours_of(maju.budi.location, SATURDAY) is None


async def test_a_place_may_have_its_own_day_and_its_own_week(maju: Cast) -> None:
    bali, cakung = maju.wayan.location, maju.budi.location
    six = dict.fromkeys(range(6), ((540, 960),))
    async with database.transaction(maju.company):
        galungan = Said(date(2026, 6, 17), "company", "Galungan", "Galungan", location=bali)
        first = await versions.say([galungan], "SK direksi 12", actor=HR)
        second = await versions.week(six, date(2026, 7, 1), "Toko buka Sabtu", location=bali, actor=HR)
        assert (first, second) == (1, 2)
    async with database.reading(maju.company):
        held = await days.calendar()
        assert held.off(date(2026, 6, 17), bali) is not None
        assert held.works(date(2026, 6, 17), cakung)
        assert (held.works(SATURDAY, bali), held.works(SATURDAY, cakung)) == (True, False)
        assert not held.works(date(2026, 6, 27), bali)  # before the week began
        assert days.halves(held.hours(SATURDAY, bali)) == days.Halves((540, 750), (750, 960))
        before = await days.as_of(1)
        assert not before.works(SATURDAY, bali)
        assert held.version.endswith(".2")


async def test_a_day_may_be_worked_all_the_same(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await versions.say(
            [Said(NYEPI_LEAVE, "working", "Masuk", "At work"), Said(SATURDAY, "working", "Ganti", "Instead")],
            "Gudang tetap buka", actor=HR,
        )  # fmt: skip
        held = await days.calendar()
        assert held.works(NYEPI_LEAVE, None)
        assert held.hours(SATURDAY, None) == days.OFFICE
        row = await CompanyDay.select().where(CompanyDay.date == SATURDAY).first()
        assert row is not None
        await versions.take_back(row["id"], "Batal", actor=HR)
        assert not (await days.calendar()).works(SATURDAY, None)


async def test_one_switch_opens_every_day_of_collective_leave(maju: Cast) -> None:
    async with database.transaction(maju.company):
        since = datetime(2026, 3, 17, 8, tzinfo=UTC)  # 15:00 WIB
        closed = await promises.due("first_response", since)
        await versions.collective(False, "Kami bekerja pada cuti bersama", actor=HR)
        opened = await promises.due("first_response", since)
        assert (await days.calendar()).off(INDEPENDENCE, None) is not None
    assert closed.promise.at == datetime(2026, 3, 26, 8, tzinfo=UTC)
    assert opened.promise.at == datetime(2026, 3, 20, 8, tzinfo=UTC)


async def test_a_closure_takes_two_and_then_stops_the_clock(maju: Cast) -> None:
    starts = datetime(2026, 7, 6, 6, tzinfo=UTC)  # Monday 13:00 WIB
    async with database.transaction(maju.company):
        closure = await versions.ask_closure(starts, None, "Banjir", person=maju.hendra.person, actor=HR)
        assert (await days.calendar()).number == 0
        for person in (maju.hendra.person, None):
            with pytest.raises(Refused, match="needs_a_second"):
                await versions.approve_closure(closure, person=person, actor=HR)
        await versions.approve_closure(closure, person=maju.ratna.person, actor=HR)
        with pytest.raises(Refused, match="closure_decided"):
            await versions.approve_closure(closure, person=maju.rina.person, actor=HR)
        works = await days.works_of(maju.budi.location)
        with clock.freeze(datetime(2026, 7, 7, 3, tzinfo=UTC)):
            # Monday was worked until it began; nobody knows yet whether it lasts until Wednesday.
            assert [works(MONDAY + timedelta(days=number)) for number in range(3)] == [True, False, True]
        assert (await promises.due("first_response", datetime(2026, 7, 6, 2, tzinfo=UTC))).promise.at is None
        await versions.end_closure(closure, datetime(2026, 7, 8, 1, tzinfo=UTC), actor=HR)
        answer = await promises.due("first_response", datetime(2026, 7, 6, 2, tzinfo=UTC))
        assert answer.promise.at == datetime(2026, 7, 9, 21, tzinfo=UTC)
        assert sum((line.counts for line in answer.promise.receipt), timedelta(0)) == promises.PROMISE
        assert (await days.works_of(maju.budi.location))(date(2026, 7, 8))
    async with database.reading(maju.company):
        acts = [row["action"] for row in await AuditEntry.select().order_by(AuditEntry.seq)]
    assert {"calendar.closure_asked", "calendar.closure_approved", "calendar.changed"} <= set(acts)


async def test_what_was_undone_is_not_remembered(maju: Cast) -> None:
    """A version that was rolled back leaves nothing behind, not even in the memory of this process."""

    async def change(name: str, breaks: bool) -> None:
        async with database.transaction(maju.company):
            await versions.say([Said(MONDAY, "company", name, name)], "Ulang tahun", actor=HR)
            assert MONDAY in await days.within(MONDAY, MONDAY, None)
            if breaks:
                raise ConnectionError

    with pytest.raises(ConnectionError):
        await change("Salah", True)
    async with database.reading(maju.company):
        assert await days.within(MONDAY, MONDAY, None) == {}
    await change("Benar", False)
    async with database.reading(maju.company):
        assert (await days.within(MONDAY, MONDAY, None))[MONDAY].name_id == "Benar"


async def test_each_company_has_its_own(two: tuple[Cast, Cast]) -> None:
    one, other = two
    async with database.transaction(one.company):
        await versions.say([Said(MONDAY, "company", "Ulang tahun", "Birthday")], "SK", actor=HR)
    async with database.reading(other.company):
        assert await days.within(MONDAY, MONDAY, None) == {}
    async with database.reading(one.company):
        assert len(await days.within(MONDAY, MONDAY, None)) == 1


@pytest.mark.parametrize(
    ("hours", "why", "says"),
    [
        ({}, "x", "week_empty"),
        ({0: ((600, 500),)}, "x", "hours_unclear"),
        ({0: ((480, 720), (700, 900))}, "x", "hours_unclear"),
        ({0: ((480, 1500),)}, "x", "hours_unclear"),
        ({0: ((480, 720),)}, " ", "why_missing"),
    ],
)
async def test_a_week_that_makes_no_sense_is_refused(
    maju: Cast, hours: dict[int, days.Hours], why: str, says: str
) -> None:
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match=says):
            await versions.week(hours, MONDAY, why, actor=HR)


async def test_the_promise_and_the_target_of_the_terms(maju: Cast) -> None:
    """The table of the terms: Friday 17:00 and Saturday 09:30."""
    async with database.reading(maju.company):
        friday = await promises.due("first_response", datetime(2026, 7, 3, 10, tzinfo=UTC))
        saturday = await promises.due("first_response", datetime(2026, 7, 4, 2, 30, tzinfo=UTC))
        far = await promises.due("first_response", datetime(2027, 3, 9, 2, tzinfo=UTC))
        with pytest.raises(Refused, match="policy_unknown"):
            await promises.due("resolution", datetime(2026, 7, 3, 10, tzinfo=UTC))
    assert friday.promise.at == friday.target.at == datetime(2026, 7, 7, 10, tzinfo=UTC)
    assert saturday.promise.at == datetime(2026, 7, 7, 17, tzinfo=UTC)
    assert saturday.target.at == saturday.last_office_moment == datetime(2026, 7, 7, 11, tzinfo=UTC)
    assert far.estimated == (date(2027, 3, 10), date(2027, 3, 11))
    assert friday.estimated == ()


def serambi(url: str, *words: str) -> Done:
    made = {
        "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": MASTER, "SERAMBI_SECRET_KEY": MASTER, "SERAMBI_KEYS": KEYS,
    }  # fmt: skip
    return typed(*words, environ=made)


async def test_the_command_prints_the_receipt(tmp_path: Path) -> None:
    url = await prepared(f"sqlite:///{tmp_path}/serambi.db")
    added = serambi(url, "company", "add", "PT Contoh", "--admin", "a@contoh.example")
    assert added.returncode == 0, added.stderr
    asks = ["calendar", "due", "--company", "PT Contoh", "--policy", "first_response", "--from"]
    done = serambi(url, *asks, "2026-07-03T17:00:00+07:00", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["promise"]["due"] == told["target"]["due"] == "2026-07-07T17:00:00+07:00"
    assert sum(line["seconds"] for line in told["promise"]["receipt"]) == 48 * 3600
    assert sum(line["seconds"] for line in told["target"]["receipt"]) == 20 * 3600
    words = serambi(url, *asks, "2026-07-03T17:00:00+07:00").stdout
    assert "promise: Tue 07 Jul 2026 17:00:00 WIB" in words
    assert "no working day" in words
    refused = serambi(url, *asks, "2026-07-03T17:00:00")
    assert (refused.returncode, "needs its offset" in refused.stderr) == (1, True)
    wrong = serambi(url, *asks, "besok").stderr
    assert "--from: 'besok' is no day and time; write it like 2026-07-03T17:00:00+07:00" in wrong
    assert "isoformat" not in wrong
