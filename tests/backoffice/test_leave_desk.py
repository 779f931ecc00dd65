"""The list of leave requests: how each is called."""

import html
from datetime import timedelta

from core import database
from core.approvals import routing
from core.leave import feed, requests
from core.leave.policy import Period
from core.people.tables import Department
from tests.backoffice.conftest import Installation
from tests.core.cast import as_
from tests.core.conftest import MONDAY
from tests.core.people.test_batches import applied

DAY = MONDAY.date()


async def test_what_nobody_decided_is_called_recorded(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    sent = await requests.acknowledge(maju.budi, "sick", Period(DAY, DAY), None, actor=as_(maju.budi))
    sick = await maju.request(sent.number)
    annual = await maju.asks(maju.tono, Period(DAY, DAY))
    await maju.decides(maju.sari, annual, "approve")
    ratna = await house.as_person(maju, "ratna")

    for path in ("leave?show=all", "approvals/history"):
        page = html.unescape((await ratna.get(f"/{slug}/{path}")).text)
        rows = {number: page.split(f"{number}<")[-1].split("</tr>")[0] for number in ("C-1", "C-2")}
        assert "tercatat" in rows["C-1"] and "disetujui" not in rows["C-1"], path
        assert "disetujui" in rows["C-2"], path
    assert ">tercatat</span>" in (await ratna.get(f"/{slug}/approvals/{sick.public}")).text
    file = (await ratna.post(f"/{slug}/leave/export", format="csv", state="show=all")).text
    states = {line[:3]: line.rpartition(",")[2].strip() for line in file.splitlines() if line.startswith("C-")}
    assert states == {"C-1": "tercatat", "C-2": "disetujui"}
    assert "Saringan: Semua" in file and "Saringan: Saringan" not in file
    # Nobody is waited for any more, once it is decided.
    assert next(line for line in file.splitlines() if line.startswith("C-2")).split(",")[-2] == ""
    assert "Sari" not in html.unescape((await ratna.get(f"/{slug}/leave?show=decided")).text).partition("<table")[2]

    only = {
        state: (await ratna.get(f"/{slug}/approvals/history?state={state}")).text for state in ("applied", "recorded")
    }
    assert "C-2<" in only["applied"] and "C-1<" not in only["applied"]
    assert "C-1<" in only["recorded"] and "C-2<" not in only["recorded"]


async def test_what_is_ticked_is_decided_and_what_is_refused_stays_ticked(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    for who in (maju.sari, maju.budi, maju.tono):  # Sari is under Rina, the others under Sari
        await maju.asks(who, Period(DAY, DAY))
    sent = [await maju.request(f"C-{number}") for number in (1, 2, 3)]
    ratna = await house.as_person(maju, "ratna")
    assert 'name="item"' not in (await ratna.get(f"/{slug}/leave")).text  # nothing of it waits for her
    for one, head in zip(sent, (maju.rina, maju.sari, maju.sari), strict=True):
        await routing.reassign(
            one, from_=head.person, to=maju.ratna.person, reason="sakit", by=maju.hendra.person, channel="web"
        )
    page = (await ratna.get(f"/{slug}/leave")).text
    assert page.count('name="item"') == 3
    items = [f"{one.public}:1" for one in sent]

    nothing = await ratna.post(f"/{slug}/leave/decide", verdict="approve")
    assert nothing.status_code == 422 and "Belum ada yang dicentang" in nothing.text
    silent = await ratna.post(f"/{slug}/leave/decide", item=items[:1], verdict="reject")
    assert silent.status_code == 422 and silent.text.count(" checked>") == 1
    assert (await maju.request("C-1")).state == "in_review"

    # Somebody was faster with the second; the first is decided all the same.
    await maju.decides(maju.ratna, sent[1], "approve")
    some = await ratna.post(
        f"/{slug}/leave/decide", item=items[:2], verdict="reject", reason="stok opname", state="q=a"
    )
    text = html.unescape(some.text)
    assert some.status_code == 422 and "C-1 dari Sari ditolak" in text and "1 belum diputus" in text
    assert [(await maju.request(f"C-{n}")).state for n in (1, 2, 3)] == ["rejected", "applied", "in_review"]
    assert "stok opname" in (await maju.told(maju.sari))[-1].text

    done = await ratna.post(f"/{slug}/leave/decide", item=items[2:], verdict="approve", state="q=tono")
    assert done.status_code == 303 and done.headers["location"].startswith(f"/{slug}/leave?q=tono&done=")
    assert "C-3 dari Tono disetujui" in (await ratna.get(done.headers["location"])).text
    assert (await maju.request("C-3")).state == "applied"
    assert (await ratna.post(f"/{slug}/leave/decide", item=items[2:], verdict="change")).status_code == 404


async def test_the_list_names_the_kind_and_leads_to_the_request_and_the_person(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    sent = await requests.acknowledge(maju.budi, "sick", Period(DAY, DAY), None, actor=as_(maju.budi))
    sick = await maju.request(sent.number)
    await maju.asks(maju.tono, Period(DAY, DAY))
    ratna = await house.as_person(maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/leave?show=all")).text)
    rows = {number: page.split(f"{number}</a>")[1].split("</tr>")[0] for number in ("C-1", "C-2")}
    assert ">Sakit: " in rows["C-1"] and ">Cuti tahunan: " in rows["C-2"]
    assert f'href="/{slug}/approvals/{sick.public}">C-1</a>' in page
    person = rows["C-1"].partition('href="')[2].partition('"')[0]
    opened = html.unescape((await ratna.get(person)).text)
    assert person.startswith(f"/{slug}/people/") and maju.budi.name in opened
    own = html.unescape((await (await house.as_person(maju, "budi")).get("/me/leave")).text)
    assert "<b>C-1</b> Sakit: " in own


async def test_a_department_is_those_who_work_in_it_today_and_not_who_is_to_move_there(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    await maju.asks(maju.budi, Period(DAY, DAY))
    move = "employee_number,name,department,manager\n0412,Budi Santoso,Toko,0301\n"
    await applied(maju, move, begins=DAY + timedelta(days=30))
    async with database.reading(maju.company):
        place = {row["name"]: row["id"] for row in await Department.select(Department.id, Department.name)}
    ratna = await house.as_person(maju, "ratna")
    seen = {name: (await ratna.get(f"/{slug}/leave?show=all&department={place[name]}")).text for name in place}
    assert "C-1<" in seen["Gudang"]
    assert "C-1<" not in seen["Toko"]
    async with database.transaction(maju.company):
        secret = await feed.make(maju.sari, feed.TEAM, actor=as_(maju.sari))
    async with database.reading(maju.company):
        told = await feed.read(secret)
    assert told is not None and "Budi Santoso" in told, "until then he is in the calendar of the team he is still in"
