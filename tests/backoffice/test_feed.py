"""Leave in a telephone's calendar: behind a secret address, without a reason, until it is ended."""

import html
import re
from datetime import timedelta

from core import clock, database
from core.audit import AuditEntry
from core.calendar.tables import CalendarFeed
from core.leave.policy import Period
from core.people.tables import Employment, Person
from tests.backoffice.conftest import Installation, Visitor
from tests.core.calendar.test_ical import read
from tests.core.conftest import MONDAY

TUESDAY = MONDAY.date() + timedelta(days=1)


async def address(house: Installation, who: Visitor, kind: str) -> str:
    page = html.unescape((await who.post(f"/me/calendar/{kind}")).text)
    found = re.search(r'readonly value="http://127\.0\.0\.1:8000(/[^"]+\.ics)"', page)
    assert found, page
    assert len(found[1].rpartition("/")[2]) == 26  # 128 bits and .ics
    return found[1]


async def events(house: Installation, path: str) -> list[dict[str, str]]:
    answer = await house.visitor().get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "set-cookie" not in answer.headers, "a calendar program has no forms"
    return read(answer.text)


async def test_ones_own_leave_without_signing_in(house: Installation) -> None:
    maju = house.maju
    asked = await maju.asks(maju.budi, Period(TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=6)), "umrah")
    budi = await house.as_person(maju, "budi")
    path = await address(house, budi, "own")
    [one] = await events(house, path)
    assert (one["DTSTART"], one["DTEND"], one["STATUS"]) == ("20260709", "20260714", "TENTATIVE")
    await maju.decides(maju.sari, asked, "approve")
    [one] = await events(house, path)
    assert (one["SUMMARY"], one["STATUS"]) == ("Cuti", "CONFIRMED")
    answer = await house.visitor().get(path)
    assert "umrah" not in answer.text
    again = await house.visitor().get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_head_reads_who_is_away_and_never_why(house: Installation) -> None:
    maju = house.maju
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY, "am"), "dokter")
    await maju.asks(maju.sari, Period(TUESDAY, TUESDAY))
    sari = await house.as_person(maju, "sari")
    found = await events(house, await address(house, sari, "team"))
    assert [one["SUMMARY"] for one in found] == ["Budi Santoso tidak masuk (pagi)"]
    assert found[0]["TRANSP"] == "TRANSPARENT"
    budi = await house.as_person(maju, "budi")
    refused = await budi.post("/me/calendar/team")
    assert refused.status_code in (409, 422)
    assert "Tim saya" not in html.unescape((await budi.get("/me/calendar")).text)


async def test_an_address_ends_when_it_is_changed_or_withdrawn(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    first = await address(house, budi, "own")
    second = await address(house, budi, "own")
    for path, status in ((first, 404), (second, 200), (second.replace(".ics", ""), 404), (first[:-8] + ".ics", 404)):
        assert (await house.visitor().get(path)).status_code == status
    other = await house.slug(house.sinar)
    mine = await house.slug(house.maju)
    assert (await house.visitor().get(second.replace(mine, other))).status_code == 404
    assert second.rpartition("/")[2] not in (await budi.get("/me/calendar")).text
    await budi.post("/me/calendar/own/end")
    assert (await house.visitor().get(second)).status_code == 404
    async with database.reading(house.maju.company):
        rows = await CalendarFeed.select()
        acts = [row["action"] for row in await AuditEntry.select().order_by(AuditEntry.seq)]
    secret = second.rpartition("/")[2].removesuffix(".ics")
    assert all(secret not in str(row) for row in rows)
    assert [act for act in acts if act.startswith("feed.")] == ["feed.made", "feed.ended", "feed.made", "feed.ended"]


async def test_whoever_has_left_reads_nothing(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    path = await address(house, budi, "own")
    async with database.transaction(house.maju.company):
        await Employment.update({Employment.leaves: MONDAY.date()}).where(Employment.id == house.maju.budi.id)
    assert (await house.visitor().get(path)).status_code == 200
    with clock.freeze(MONDAY + timedelta(days=1)):
        assert (await house.visitor().get(path)).status_code == 404


async def test_it_speaks_the_language_of_its_owners_pages_and_not_of_their_chat(house: Installation) -> None:
    maju = house.maju
    await maju.asks(maju.budi, Period(TUESDAY, TUESDAY, "am"), "dokter")
    budi, sari = await house.as_person(maju, "budi"), await house.as_person(maju, "sari")
    mine, team = await address(house, budi, "own"), await address(house, sari, "team")
    assert await summary(house, mine) == ("Cuti saya (Serambi)", "Cuti (pagi)")
    await budi.post("/language", language="en", back="/me/calendar")
    assert await summary(house, mine) == ("My leave (Serambi)", "On leave (morning)"), (
        "the address stays, its words follow"
    )
    assert await summary(house, team) == ("Tim saya (Serambi)", "Budi Santoso tidak masuk (pagi)"), (
        "Sari reads Indonesian"
    )
    async with database.transaction(maju.company):
        await Person.update({Person.language: "en"}).where(Person.id == maju.sari.person)
    assert await summary(house, team) == ("Tim saya (Serambi)", "Budi Santoso tidak masuk (pagi)"), "that is her chat's"
    await budi.post("/language", language="id", back="/me/calendar")
    assert await summary(house, mine) == ("Cuti saya (Serambi)", "Cuti (pagi)")


async def test_a_language_chosen_before_signing_in_is_the_calendars_too(house: Installation) -> None:
    await house.maju.asks(house.maju.budi, Period(TUESDAY, TUESDAY), "dokter")
    budi = await house.as_person(house.maju, "budi")
    budi.http.cookies.set("language", "en", domain="127.0.0.1", path="/")
    assert (await summary(house, await address(house, budi, "own")))[1] == "On leave"


async def summary(house: Installation, path: str) -> tuple[str, str]:
    """The name of a calendar and of its only event."""
    raw = (await house.visitor().get(path)).text
    [one] = read(raw)
    return raw.partition("X-WR-CALNAME:")[2].partition("\r\n")[0], one["SUMMARY"]
