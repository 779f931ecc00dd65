"""What programs are told and may change: as the pages show it, by the same rules, and never what is sealed."""

import json
from datetime import timedelta
from itertools import pairwise
from typing import Any

from core import clock, database, jobs, vault
from core.accounts import joining
from core.audit import AuditEntry
from core.helpdesk import tickets
from core.leave.policy import Period
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from core.people.tables import Employment, Person
from core.privacy import restriction
from core.privacy.requests import Come
from core.privacy.requests import submit as ask_for_data
from tests.backoffice.asking import Program, program
from tests.backoffice.conftest import Installation
from tests.core.cast import as_
from tests.core.conftest import MONDAY


async def pages(asks: Program, path: str) -> list[dict[str, Any]]:
    """Every item of a list, by its cursors."""
    found: list[dict[str, Any]] = []
    cursor = ""
    for _ in range(50):
        answer = await asks.get(path, params={"limit": 2, "cursor": cursor} if cursor else {"limit": 2})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        cursor = answer.json()["next"]
        if not cursor:
            return found
    raise AssertionError(path)


async def id_of(house: Installation, name: str) -> str:
    async with database.reading(house.maju.company):
        row = await Employment.objects().get(Employment.id == house.maju.people[name].id)
    assert row is not None
    return str(row.public)


async def test_people_come_page_by_page_as_the_list_shows_them(house: Installation) -> None:
    asks = await program(house, house.maju)
    everybody = await pages(asks, "/people")
    numbers = [one["employee_number"] for one in everybody]
    assert len(numbers) == len(set(numbers)) and "0412" in numbers
    assert [one["name"] for one in everybody] == [one["name"] for one in (await asks.get("/people")).json()["items"]]
    found = (await asks.get("/people", params={"q": "budi"})).json()["items"]
    assert [one["employee_number"] for one in found] == ["0412"]
    one = await asks.get(f"/people/{found[0]['id']}")
    assert one.json()["work"][0]["manager"] and one.headers["etag"]
    assert (
        await asks.get(f"/people/{found[0]['id']}", headers={"if-none-match": one.headers["etag"]})
    ).status_code == 304
    assert (await asks.get("/departments")).json()["items"] and (await asks.get("/locations")).json()["items"]


async def test_nothing_sealed_is_ever_told(house: Installation) -> None:
    asks, maju = await program(house, house.maju), house.maju
    async with database.transaction(maju.company):
        await Person.update({
            Person.nik: vault.seal("3174000000000009", company=maju.company, column="person.nik", subject=maju.budi.person),
        }).where(Person.id == maju.budi.person)  # fmt: skip
    told = json.dumps([await pages(asks, path) for path in ("/people", "/audit", "/tickets", "/leave/requests")])
    told += (await asks.get(f"/people/{await id_of(house, 'budi')}")).text
    assert "3174000000000009" not in told and "s1." not in told and "@" not in told


async def test_somebody_is_changed_from_a_day_on_with_the_mark_that_was_read(house: Installation) -> None:
    asks = await program(house, house.maju, **{"accept-language": "en"})
    there = f"/people/{await id_of(house, 'budi')}"
    change = {"position": "Kepala Gudang", "effective": "2026-08-03"}
    assert (await asks.send("PATCH", there, change)).status_code == 428
    etag = (await asks.get(there)).headers["etag"]
    done = await asks.send("PATCH", there, change, **{"if-match": etag})
    assert done.status_code == 200, done.text
    assert done.json()["work"][0]["position"] == "Kepala Gudang"
    assert done.json()["work"][0]["begins"] == "2026-08-03"
    stale = await asks.send("PATCH", there, {"position": "Lain"}, **{"if-match": etag})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    fresh = (await asks.get(there)).headers["etag"]
    cleared = await asks.send("PATCH", there, {"department": None, "effective": "2026-09-01"}, **{"if-match": fresh})
    assert cleared.json()["work"][0]["department"] == ""
    for field in ("nik", "basic_salary", "role", "email", "grade"):
        assert (await asks.send("PATCH", there, {field: "1"}, **{"if-match": "*"})).status_code in (400, 422), field
    async with database.reading(house.maju.company):
        last = await AuditEntry.select().where(AuditEntry.action == "people.edited").first()
    assert last is not None and (last["channel"], last["actor"].partition(":")[0]) == ("api", "token")
    chief = await house.as_role(house.maju, "super_administrator")
    assert "program Penggajian" in (await chief.get(f"/{await house.slug(house.maju)}/audit")).text


async def test_whoever_has_a_role_given_by_hand_is_out_of_a_programs_reach(house: Installation) -> None:
    asks, maju = await program(house, house.maju, **{"accept-language": "en"}), house.maju
    async with database.transaction(maju.company):
        await joining.join("wayan@maju.example", "agent", person=maju.people["wayan"].person, language="id")
    there = f"/people/{await id_of(house, 'wayan')}"
    answer = await asks.send("PATCH", there, {"resign_date": "2026-08-03"}, **{"if-match": "*"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "resign_date"


async def test_leave_is_recorded_and_goes_the_way_of_its_chain(house: Installation) -> None:
    asks, budi = await program(house, house.maju), await id_of(house, "budi")
    kinds = {one["code"]: one for one in (await asks.get("/leave/kinds")).json()["items"]}
    assert kinds["annual"]["from_balance"] and kinds["annual"]["decision"] == "approve"
    before = {one["kind"]: one["days"] for one in (await asks.get(f"/people/{budi}/leave/balances")).json()["items"]}
    wished = {
        "person": budi,
        "starts": "2026-07-20",
        "ends": "2026-07-21",
        "told_by": "formulir 12",
        "reason": "rahasia",
    }
    made = await asks.post("/leave/requests", wished)
    assert made.status_code == 201, made.text
    assert (made.json()["state"], made.json()["days"]) == ("in_review", 2.0)
    after = {one["kind"]: one["days"] for one in (await asks.get(f"/people/{budi}/leave/balances")).json()["items"]}
    assert after["annual"] == before["annual"] - 2
    listed = await pages(asks, "/leave/requests")
    assert [one["number"] for one in listed] == [made.json()["number"]] and "rahasia" not in json.dumps(listed)
    assert (await asks.get("/leave/requests", params={"state": "applied"})).json()["items"] == []
    assert (await asks.get(f"/leave/requests/{made.json()['number']}")).json() == made.json()
    waits = (await pages(asks, "/approvals"))[0]
    assert waits["number"] == made.json()["number"] and waits["approvers"] == ["Sari"]
    again = await asks.post("/leave/requests", wished)
    assert again.status_code == 409 and again.json()["detail"]
    odd = await asks.post("/leave/requests", wished | {"starts": "9999-12-31", "ends": "9999-12-31"})
    assert odd.status_code == 422
    assert (await asks.post("/leave/requests", wished | {"kind": "nothing"})).status_code == 422


async def test_the_calendar_says_what_it_says_on_the_pages(house: Installation) -> None:
    asks = await program(house, house.maju, **{"accept-language": "en"})
    days = (await asks.get("/calendar/days-off?starts=2026-08-01&ends=2026-08-31")).json()["items"]
    assert "2026-08-17" in [one["date"] for one in days]
    due = (await asks.get("/calendar/due", params={"since": "2026-03-06T10:00:00+07:00"})).json()
    assert due["since"] == "2026-03-06T03:00:00Z" and due["promised_at"] == "2026-03-10T03:00:00Z"
    assert (await asks.get("/calendar/due?since=2026-03-06T10:00:00")).status_code == 422
    assert (await asks.get("/calendar/days-off?starts=2026-08-31&ends=2026-08-01")).status_code == 422
    assert (await asks.get("/calendar/days-off?starts=0001-01-01&ends=0001-01-02")).status_code == 422


async def test_a_ticket_is_opened_answered_and_solved(house: Installation) -> None:
    asks, maju = await program(house, house.maju), house.maju
    opened = await asks.post(
        "/tickets", {"employee_number": "0412", "words": "kartu BPJS saya hilang", "recognised": "nomor telepon kantor"}
    )
    assert opened.status_code == 201, opened.text
    one = opened.json()
    there = f"/tickets/{one['ticket']['id']}"
    assert one["employee_number"] == "0412" and one["messages"][0]["words"] == "kartu BPJS saya hilang"
    assert "nomor telepon kantor" not in opened.text, "notes of the desk stay with it"
    async with database.transaction(maju.company):
        row = await tickets.by_public(one["ticket"]["id"])
        assert row is not None
        await tickets.write(row, "sudah lapor polisi", by=as_(maju.budi))
    late = await asks.post(f"{there}/answers", {"words": "Ganti di kantor", "revision": one["revision"]})
    assert late.status_code == 409
    now = (await asks.get(there)).json()
    done = await asks.post(f"{there}/answers", {"words": "Ganti di kantor", "revision": now["revision"]})
    assert done.status_code == 201 and done.json()["messages"][-1] == done.json()["messages"][-1] | {"by": "desk"}
    async with database.reading(maju.company):
        row = await tickets.by_public(one["ticket"]["id"])
        assert row is not None and row.agent is None, "a program looks after nothing"
        assert await Outbound.exists().where(Outbound.key.like("tickets.answer%"))
    solved = await asks.post(f"{there}/solution", {"revision": now["revision"]})
    assert solved.json()["ticket"]["state"] == "resolved"
    assert (await asks.post(f"{there}/solution", {"revision": now["revision"]})).status_code == 409
    assert [row["id"] for row in await pages(asks, "/tickets")] == [one["ticket"]["id"]]
    assert (await asks.get("/tickets?state=new")).json()["items"] == []


async def test_brackets_without_an_end_are_no_fault_of_ours(house: Installation) -> None:
    asks = await program(house, house.maju)
    answer = await asks.post("/tickets", b"[" * 100_000)
    assert answer.status_code == 400 and answer.json()["code"] == "unreadable"


async def test_who_may_only_be_kept_is_not_read(house: Installation) -> None:
    asks, maju = await program(house, house.maju), house.maju
    async with database.transaction(maju.company):
        told = await tickets.submit(
            maju.budi, "gaji saya dipotong", address=Address("web", "web", str(maju.budi.person), maju.budi.person),
            by=as_(maju.budi),
        )  # fmt: skip
        await restriction.put(maju.budi.person, by=as_(maju.ratna))
    one = await asks.get(f"/tickets/{told.ticket.public}")
    assert one.status_code == 200 and "dipotong" not in one.text and vault.BAR in one.text


async def test_articles_the_clock_of_privacy_and_the_audit(house: Installation) -> None:
    asks, maju = await program(house, house.maju), house.maju
    found = (await asks.get("/knowledge", params={"q": "cara ajukan cuti"})).json()["items"]
    assert found and found[0]["answer"]
    async with database.transaction(maju.company):
        await ask_for_data("access", maju.budi.person, "semua data saya", Come("portal", "web"), by=as_(maju.budi))
    line = (await pages(asks, "/privacy/requests"))[0]
    assert (line["kind"], line["hours_left"]) == ("access", 72.0) and "semua" not in json.dumps(line)
    with clock.freeze(MONDAY + timedelta(hours=70)):
        told = (await asks.get("/privacy/clock")).json()
        assert (told["waiting"], told["within_six_hours"], told["overdue"]) == (1, 1, 0)
    chain = await pages(asks, "/audit")
    assert [one["seq"] for one in chain] == list(range(1, len(chain) + 1))
    assert all(two["prev"] == one["hash"] for one, two in pairwise(chain))


async def test_a_program_sees_and_changes_its_own_company_alone(house: Installation) -> None:
    """Whatever it names of another company is not there."""
    maju, sinar = house.maju, await program(house, house.sinar)
    day = MONDAY.date().replace(day=20)
    leave = await maju.asks(maju.budi, Period(day, day))
    asks = await program(house, maju)
    opened = (await asks.post("/tickets", {"employee_number": "0412", "words": "halo", "recognised": "telepon"})).json()
    budi = await id_of(house, "budi")
    for path in (
        f"/people/{budi}", f"/people/{budi}/leave/balances", f"/leave/requests/{leave.number}",
        f"/tickets/{opened['ticket']['id']}", f"/leave/requests?person={budi}",
    ):  # fmt: skip
        assert (await asks.get(path)).status_code == 200, path
        assert (await sinar.get(path)).status_code == 404, path
    wished = {"person": budi, "starts": "2026-07-20", "ends": "2026-07-20", "told_by": "x"}
    for method, path, body in (
        ("PATCH", f"/people/{budi}", {"name": "Dicuri"}), ("POST", "/leave/requests", wished),
        ("POST", f"/tickets/{opened['ticket']['id']}/answers", {"words": "x", "revision": 99}),
        ("POST", f"/tickets/{opened['ticket']['id']}/solution", {"revision": 99}),
    ):  # fmt: skip
        assert (await sinar.send(method, path, body, **{"if-match": "*"})).status_code == 404, path
    for path in ("/people", "/tickets", "/leave/requests", "/approvals", "/audit", "/departments"):
        assert "Budi" not in json.dumps(await pages(sinar, path)) and opened["ticket"]["id"] not in json.dumps(
            await pages(sinar, path)
        )
    assert (await sinar.get("/people", params={"cursor": budi})).status_code == 400
    assert (await asks.get(f"/people/{budi}")).json()["name"] != "Dicuri"
    await jobs.drain()
