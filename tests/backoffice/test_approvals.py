"""The page on which approvers decide: also for administrators without an employee record, one at a time or many."""

import html
import re
from datetime import date, timedelta

from core import clock, database
from core.accounts.tables import Membership
from core.approvals import chains, decisions, rules
from core.approvals.rules import Level
from core.approvals.tables import Request
from core.audit import AuditEntry
from core.leave.policy import Period
from core.people.tables import Employment
from tests.backoffice.conftest import Installation
from tests.core.approvals.acts import HEAD, HR, grant, named, publish
from tests.core.cast import as_
from tests.core.conftest import MONDAY

DAY = date(2026, 8, 12)
RATNA_HAS_LEFT = MONDAY.date() - timedelta(days=1)


async def asked_by_hendra(house: Installation) -> Request:
    maju = house.maju
    await grant(maju, maju.hendra)
    async with database.transaction(maju.company):
        await Employment.update({Employment.leaves: RATNA_HAS_LEFT}).where(Employment.id == maju.ratna.id)
    return await maju.asks(maju.hendra, Period(DAY, DAY))


async def test_an_administrator_without_an_employee_record_finds_it_on_the_page_and_decides(
    house: Installation,
) -> None:
    asked = await asked_by_hendra(house)
    async with database.reading(house.maju.company):
        row = await Membership.select(Membership.account).where(Membership.person.is_null()).first()
    assert row is not None
    owner, slug = await house.as_account(row["account"]), await house.slug(house.maju)
    page = (await owner.get(f"/{slug}/approvals")).text
    assert f'action="/{slug}/approvals/{asked.public}"' in page
    assert (await owner.get(f"/{slug}/approvals/{asked.public}")).status_code == 200
    done = await owner.post(f"/{slug}/approvals/{asked.public}", verdict="approve", version="1")
    assert done.status_code == 303
    assert (await house.maju.request(asked.number)).state == "applied"
    told = (await owner.get(f"/{slug}/approvals/{asked.public}")).text
    assert "Owner" in told


async def test_many_are_rejected_with_one_reason_that_is_asked_for_once(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    sent = [await maju.asks(who, Period(DAY, DAY), "antar anak") for who in (maju.budi, maju.tono)]
    sari = await house.as_person(maju, "sari")
    items = [f"{one.public}:1" for one in sent]
    asks = await sari.post(f"/{slug}/approvals/bulk", item=items, verdict="reject")
    assert asks.status_code == 422 and "satu alasan untuk semua" in asks.text
    assert asks.text.count(" checked>") == 2
    assert [(await maju.request(one.number)).state for one in sent] == ["in_review", "in_review"]

    await maju.decides(maju.sari, sent[1], "approve")
    some = await sari.post(f"/{slug}/approvals/bulk", item=items, verdict="reject", reason="stok opname")
    assert some.status_code == 422  # the second was decided meanwhile, and the page says so
    assert sent[0].number in some.text and "ditolak" in some.text.lower()
    assert [(await maju.request(one.number)).state for one in sent] == ["rejected", "applied"]
    assert (await sari.post(f"/{slug}/approvals/bulk", item=items, verdict="change")).status_code == 404


async def test_what_was_counted_from_an_earlier_step_is_told_on_the_page_and_foreseen(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    await publish(maju, Level((HEAD,)), Level((HEAD, HR), mode=rules.ALL))
    asked = await maju.asks(maju.budi, Period(DAY, DAY))
    await maju.decides(maju.sari, asked, "approve")
    ratna = await house.as_person(maju, "ratna")
    page = (await ratna.get(f"/{slug}/approvals/{asked.public}")).text
    assert "sudah setuju di langkah sebelumnya" in page
    assert "Sari Wulandari sudah menyetujui di langkah sebelumnya, dan itu dihitung untuk langkah 2" in page
    ahead = (await ratna.get(f"/{slug}/chains?who={maju.budi.number}")).text
    assert "setujunya di langkah 1 dihitung juga di sini" in ahead


async def test_times_are_told_by_the_clock_of_who_reads_them(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    await publish(maju, Level((HEAD, named(maju.wayan)), mode=rules.ALL))
    asked = await maju.asks(maju.budi, Period(DAY, DAY))
    for who, mine, other in (("wayan", "10.00 WITA", "09.00 WIB"), ("sari", "09.00 WIB", "10.00 WITA")):
        reader = await house.as_person(maju, who)
        for there in ("", f"/{asked.public}"):
            page = (await reader.get(f"/{slug}/approvals{there}")).text
            assert (mine in page, other in page) == (True, False), (who, there)
    await maju.decides(maju.wayan, asked, "reject", "stok opname")
    page = (await (await house.as_person(maju, "wayan")).get(f"/{slug}/approvals/history")).text
    assert ("WITA" in page, "WIB" in page) == (True, False)


async def test_no_code_stands_where_a_name_belongs(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna, there = await house.as_person(maju, "ratna"), f"/{slug}/chains/leave_request"
    seen = re.findall(r'name="seen" value="([^"]*)"', (await ratna.get(there)).text)[0]
    form = {"who1": "manager", "mode1": "any", "seen": seen, "who2": "data_protection_officer", "mode2": "any"}
    refused = html.unescape((await ratna.post(there, **form)).text)
    assert "langkah 2 menanyai Pejabat Pelindungan Data, dan tidak ada karyawan di sini dengan peran itu" in refused
    only = form | {"who2": "administrator", "when2": "is", "type2": "annual"}
    assert (await ratna.post(there, **only)).status_code == 303
    assert "hanya untuk Cuti tahunan" in (await ratna.get(f"/{slug}/chains")).text


async def test_a_chain_for_a_later_day_is_read_and_withdrawn_until_it_begins(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna, there = await house.as_person(maju, "ratna"), f"/{slug}/chains/leave_request"
    seen = re.findall(r'name="seen" value="([^"]*)"', (await ratna.get(there)).text)[0]
    form = {"who1": "manager", "mode1": "any", "who2": "administrator", "mode2": "any", "from": "2026-08-01"}
    assert (await ratna.post(there, **form, seen=seen)).status_code == 303
    page = html.unescape((await ratna.get(f"/{slug}/chains")).text)
    assert "Cuti: yang berlaku mulai Sabtu 1 Agustus" in page
    assert "Versi 1, diterbitkan Senin 6 Juli 09.00 WIB oleh Ratna" in page
    assert "Administrator (salah satu cukup)" in page
    assert "bukan yang terakhir lagi" in html.unescape((await ratna.post(f"{there}/withdraw", version="2")).text)
    with clock.freeze(MONDAY.replace(month=8, day=1)):
        later = await house.as_person(maju, "ratna")
        assert "sudah berlaku sejak" in html.unescape((await later.post(f"{there}/withdraw", version="1")).text)
    done = await ratna.post(f"{there}/withdraw", version="1")
    page = html.unescape((await ratna.get(done.headers["location"])).text)
    assert "Versi itu ditarik" in page and "yang berlaku mulai" not in page
    async with database.reading(maju.company):
        (entry,) = await AuditEntry.select().where(AuditEntry.action == "chain.withdrawn")
        assert await chains.in_force("leave_request", date(2026, 8, 2)) is None
    assert '"version": 1' in entry["meta"]


async def test_a_number_of_days_that_is_none_stops_no_page_of_chains(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    for days in ("inf", "-inf", "nan", "1e9", "x", ""):
        assert (await ratna.get(f"/{slug}/chains?who=0412&days={days}")).status_code == 200, days
    there = f"/{slug}/chains/leave_request"
    seen = re.findall(r'name="seen" value="([^"]*)"', (await ratna.get(there)).text)[0]
    form = {"who1": "manager", "mode1": "any", "remind": "24", "escalate": "48", "seen": seen, "who2": "manager",
            "mode2": "any", "when2": "over", "days2": "inf"}  # fmt: skip
    assert (await ratna.post(there, **form)).status_code == 422


async def test_a_number_of_people_that_is_none_is_asked_back_and_never_one(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    there = f"/{slug}/chains/leave_request"
    seen = re.findall(r'name="seen" value="([^"]*)"', (await ratna.get(there)).text)[0]
    form = {"people1": "0101, 0003", "who1": "manager", "mode1": "quorum", "seen": seen}
    for number in ("0", "dua", "-1", ""):
        refused = await ratna.post(there, **form, quorum1=number)
        assert (refused.status_code, "berapa orang yang harus setuju, dari 1 sampai 3" in refused.text) == (
            422,
            True,
        ), number
    assert (await ratna.post(there, **form, quorum1="2")).status_code == 303


async def test_many_wait_and_the_page_shows_the_first_twenty_says_how_many_and_leads_on(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    days = [day for n in range(35) if (day := date(2026, 9, 1) + timedelta(days=n)).weekday() < 5][:23]
    sent = [await maju.asks(maju.budi, Period(day, day), leave_type="unpaid") for day in days]
    sari = await house.as_person(maju, "sari")
    first = (await sari.get(f"/{slug}/approvals")).text
    assert re.findall(r'action="/[^"]+/approvals/([\w-]{22})"', first)[::3] == [one.public for one in sent[:20]]
    assert "23" in re.findall(r"<h1>(.*?)</h1>", first, re.S)[0]
    further = re.findall(r'rel="next" href="([^"]+)"', first)[0]
    rest = (await sari.get(f"/{slug}/approvals{html.unescape(further)}")).text
    assert re.findall(r'action="/[^"]+/approvals/([\w-]{22})"', rest)[::3] == [one.public for one in sent[20:]]
    assert "23" in re.findall(r"<h1>(.*?)</h1>", rest, re.S)[0]
    assert 'rel="next"' not in rest


async def test_what_was_decided_keeps_its_title_while_its_cancellation_waits(house: Installation) -> None:
    maju, leave, undo = house.maju, "Cuti tahunan: Budi Santoso", "Batalkan Cuti tahunan: Budi Santoso"
    asked = await maju.asks(maju.budi, Period(DAY, DAY))
    sari, slug = await house.as_person(maju, "sari"), await house.slug(maju)

    async def decided() -> str:
        page = html.unescape((await sari.get(f"/{slug}/approvals")).text)
        return " ".join(re.sub(r"<[^>]+>", " ", page.partition('id="h-decided"')[2]).split())

    async def answers(verdict: str, reason: str = "") -> str:
        there = f"/{slug}/approvals/{asked.public}"
        done = await sari.post(
            there, verdict=verdict, version=str((await maju.request(asked.number)).version), reason=reason
        )
        return html.unescape((await sari.get(done.headers["location"])).text)

    assert f"{asked.number} dari Budi disetujui" in await answers("approve")
    assert leave in await decided() and undo not in await decided()
    await decisions.ask_cancel(asked, by=maju.budi, actor=as_(maju.budi))
    assert leave in await decided() and undo not in await decided(), "what she approved is the leave"
    history = html.unescape((await sari.get(f"/{slug}/approvals/history")).text)
    assert leave in history and undo not in history
    assert f"Pembatalan {asked.number} dari Budi ditolak" in await answers("reject", "sudah ada pengganti")
    assert undo in await decided(), "what she refused last is the cancellation"
    await decisions.ask_cancel(asked, by=maju.budi, actor=as_(maju.budi))
    assert f"Pembatalan {asked.number} dari Budi disetujui" in await answers("approve")
    assert undo in await decided()
