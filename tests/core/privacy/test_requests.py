"""Requests about personal data on both databases: their number and clock, who decides, what a no needs, who is told."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock, database, jobs
from core.audit import AuditEntry
from core.errors import Refused
from core.people.directory import Employee
from core.privacy import deadlines, deciding, entered, kinds, officers, requests, telling, way
from core.privacy.tables import DataRequest, DataRequestEvent, DataRequestReminder
from tests.core.cast import Cast, as_
from tests.core.conftest import MONDAY
from tests.core.privacy.asking import Asks, texts

LAW, WHY = "UU 8/1997 pasal 11", "Catatan gaji disimpan 10 tahun."


async def does(maju: Cast, verb: Any, row: DataRequest, *args: Any, by: Employee, **more: Any) -> DataRequest:
    async with database.transaction(maju.company):
        found = await requests.by_public(row.public)
        assert found is not None
        await verb(found, *args, by=as_(by), **more)
    await jobs.drain()
    async with database.reading(maju.company):
        found = await requests.by_public(row.public)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", kinds.KINDS)
async def test_every_kind_has_a_number_and_its_72_hours(maju: Cast, agus: Employee, asks: Asks, kind: str) -> None:
    row = await asks(maju.budi, kind, "gaji saya disebar")
    assert row.number == "D-1"
    assert row.due_at - row.received_at == timedelta(hours=72)
    (told,) = await texts(maju, agus)
    assert "D-1" in told
    assert "Kamis 9 Juli 09.00 WIB" in told
    assert "disebar" not in told, "what is asked lies open in no chat"
    async with database.reading(maju.company):
        assert "disebar" not in str(await DataRequest.select()) + str(await DataRequestEvent.select())


async def test_reminders_are_told_once_first_to_the_owner_then_the_officer_then_the_top(
    maju: Cast, agus: Employee, asks: Asks
) -> None:
    row = await asks(maju.budi, kinds.CORRECT)
    await does(maju, deciding.take, row, by=maju.ratna)
    seen: list[tuple[str, int, int, int]] = []
    for hours in (23, 24, 30, 48, 60, 66, 67, 72):
        with clock.freeze(MONDAY + timedelta(hours=hours)):
            await jobs.drain()
            await jobs.drain()
    with clock.freeze(MONDAY + timedelta(hours=72, seconds=1)):
        for _ in range(3):
            await telling.remind(maju.company, row.id)
            await jobs.drain()
    for who in (maju.ratna, agus, maju.hendra):
        said = await texts(maju, who)
        seen.append(
            (who.first_name, sum("sisa" in one for one in said), sum("lewat batas" in one for one in said), len(said))
        )
    assert seen == [("Ratna", 3, 1, 4), ("Agus", 2, 1, 4), ("Hendra", 0, 1, 1)]
    async with database.reading(maju.company):
        kept = [one["hours"] for one in await DataRequestReminder.select().order_by(DataRequestReminder.id)]
    assert kept == [telling.NEW, 48, 24, 6, 0]


async def test_after_an_outage_only_the_newest_reminder_is_told(maju: Cast, agus: Employee, asks: Asks) -> None:
    await asks(maju.budi, kinds.CORRECT)
    with clock.freeze(MONDAY + timedelta(hours=70)):
        await jobs.drain()
    said = await texts(maju, agus)
    assert [one for one in said if "sisa" in one] == [one for one in said if "sisa 6 jam" in one]


async def test_who_decides(maju: Cast, agus: Employee, asks: Asks) -> None:
    complaint = await asks(maju.budi, kinds.COMPLAIN, "gaji saya disebar")
    for who in (maju.hendra, maju.ratna, maju.sari):
        with pytest.raises(Refused, match="officer_decides"):
            await does(maju, deciding.take, complaint, by=who)
    with pytest.raises(Refused, match="own_request"):
        await does(maju, deciding.take, complaint, by=maju.budi)
    assert (await does(maju, deciding.take, complaint, by=agus)).state == way.WORKING
    record = await asks(maju.budi, kinds.CORRECT)
    assert (await does(maju, deciding.take, record, by=maju.ratna)).owner == f"person:{maju.ratna.person}"
    own = await asks(agus, kinds.COMPLAIN, "tentang saya sendiri")
    with pytest.raises(Refused, match="own_request"):
        await does(maju, deciding.take, own, by=agus)
    assert (await does(maju, deciding.take, own, by=maju.hendra)).state == way.WORKING


async def test_without_an_officer_the_top_decides(maju: Cast, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.ACCESS)
    with pytest.raises(Refused, match="officer_decides"):
        await does(maju, deciding.take, row, by=maju.ratna)
    await does(maju, deciding.take, row, by=maju.hendra)
    assert any("D-1" in one for one in await texts(maju, maju.hendra))
    own = await asks(maju.hendra, kinds.ACCESS)
    async with database.reading(maju.company):
        assert not any(one.person == maju.hendra.person for one in await officers.hears(own))


async def test_a_refusal_without_article_is_impossible_for_the_database_too(
    maju: Cast, agus: Employee, asks: Asks
) -> None:
    row = await asks(maju.budi, kinds.DELETE)
    with pytest.raises(Refused, match="article_needed"):
        await does(maju, deciding.answer, row, way.REFUSED, article="", reason=WHY, by=agus)
    sealed = requests.seal
    for article in (None, "", "x"):
        with pytest.raises(Exception, match=r"data_request|in no state"):
            async with database.transaction(maju.company):
                await DataRequest.update(
                    {
                        DataRequest.state: "refused", DataRequest.outcome: "refused", DataRequest.article: article,
                        DataRequest.answer: sealed("x", "answer", row.person), DataRequest.decided_by: "person:1",
                    }
                ).where(DataRequest.id == row.id)  # fmt: skip
    refused = await does(maju, deciding.answer, row, way.REFUSED, article=LAW, reason=WHY, by=agus)
    assert refused.state == way.REFUSED
    said = (await texts(maju, maju.budi))[-1]
    assert WHY in said
    assert LAW in said


async def test_an_erasure_needs_a_second_person(maju: Cast, agus: Employee, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.DELETE, "hapus semua data saya")
    row = await does(maju, deciding.answer, row, way.PARTLY, article=LAW, reason=WHY, by=agus)
    assert row.state == way.SECOND
    assert not any("D-1" in one for one in await texts(maju, maju.budi)), "nothing is told before it holds"
    assert any("menunggu orang kedua" in one for one in await texts(maju, maju.ratna))
    for who, no in ((agus, "another_person"), (maju.budi, "own_request"), (maju.sari, "officer_decides")):
        with pytest.raises(Refused, match=no):
            await does(maju, deciding.agree, row, by=who)
    with pytest.raises(Exception, match=r"data_request|in no state"):
        async with database.transaction(maju.company):
            await DataRequest.update({DataRequest.state: "partly", DataRequest.second_by: row.decided_by}).where(
                DataRequest.id == row.id
            )
    back = await does(maju, deciding.give_back, row, "Foto absen juga bisa dihapus.", by=maju.ratna)
    assert back.state == way.WORKING
    assert back.outcome is None
    again = await does(maju, deciding.answer, row, way.PARTLY, article=LAW, reason=WHY, by=agus)
    done = await does(maju, deciding.agree, again, by=maju.ratna)
    assert (done.state, done.second_by) == (way.PARTLY, f"person:{maju.ratna.person}")
    assert WHY in (await texts(maju, maju.budi))[-1]


async def test_nothing_is_granted_to_somebody_who_is_not_known(maju: Cast, agus: Employee, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.ACCESS, identity=kinds.LINKED)
    with pytest.raises(Refused, match="identity_needed"):
        await does(maju, deciding.answer, row, way.FULFILLED, article="", reason="Salinan dikirim.", by=agus)
    with pytest.raises(Refused, match="vouch_needed"):
        await does(maju, deciding.vouch, row, maju.budi.person, "kenal", by=agus)
    await does(maju, deciding.vouch, row, maju.budi.person, "Datang sendiri, kenal sejak 2024.", by=agus)
    done = await does(maju, deciding.answer, row, way.FULFILLED, article="", reason="Salinan dikirim.", by=agus)
    assert (done.state, done.identity) == (way.FULFILLED, kinds.VOUCHED)


async def test_asking_back_stops_no_clock_and_late_needs_a_why(maju: Cast, agus: Employee, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.RESTRICT)
    due = row.due_at
    row = await does(maju, deciding.ask_back, row, "Data yang mana?", by=agus)
    assert row.due_at == due
    assert "Data yang mana?" in (await texts(maju, maju.budi))[-1]
    await does(maju, requests.add, row, "Foto absen.", by=maju.budi)
    with clock.freeze(MONDAY + deadlines.LIMIT + timedelta(seconds=1)):
        with pytest.raises(Refused, match="late_needed"):
            await does(maju, deciding.answer, row, way.FULFILLED, article="", reason="Sudah dibatasi.", by=agus)
        row = await does(
            maju, deciding.answer, row, way.FULFILLED, article="", reason="Sudah dibatasi.",
            late_why="Petugas sakit dua hari.", by=agus,
        )  # fmt: skip
    assert requests.opened(row, "late_why") == "Petugas sakit dua hari."


async def test_duplicates_are_answered_once(maju: Cast, agus: Employee, asks: Asks) -> None:
    first, second = await asks(maju.budi, kinds.ACCESS), await asks(maju.budi, kinds.ACCESS)
    other = await asks(maju.tono, kinds.ACCESS)
    async with database.reading(maju.company):
        assert [one.number for one in await requests.alike(second)] == [first.number]
    for wrong in (second, other):
        with pytest.raises(Refused, match="not_the_same"):
            await does(maju, deciding.is_duplicate, second, wrong, by=agus)
    done = await does(maju, deciding.is_duplicate, second, first, by=agus)
    assert done.state == way.DUPLICATE
    assert (await texts(maju, maju.budi))[-1] == ("D-2 sama dengan D-1, jadi dijawab di sana. Batas D-1 tidak berubah.")


async def test_an_answer_that_arrived_is_handed_over_and_closed_later(maju: Cast, agus: Employee, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.RESTRICT)
    row = await does(maju, deciding.answer, row, way.FULFILLED, article="", reason="Sudah dibatasi.", by=agus)
    row = await does(maju, deciding.understood, row, by=maju.budi)
    assert row.state == way.CLOSED
    with pytest.raises(Refused, match="answered_already"):
        await does(maju, requests.add, row, "lagi", by=maju.budi)


async def test_a_paper_counts_from_when_it_came(maju: Cast, agus: Employee) -> None:
    at = MONDAY - timedelta(hours=30)
    paper = entered.Taken(kinds.ACCESS, "minta salinan", entered.PAPER, at, "0412", how="Datang sendiri ke HR.")
    async with database.transaction(maju.company):
        row = await entered.enter(paper, language="id", by=as_(maju.ratna))
    await jobs.drain()
    assert (row.due_at, row.identity) == (at + timedelta(hours=72), kinds.VOUCHED)
    assert "Atas namamu dicatat" in (await texts(maju, maju.budi))[-1]
    by_agent = entered.Taken(kinds.ACCESS, "minta salinan", entered.PHONE, MONDAY, "0413", how="Suaranya dikenal.")
    async with database.transaction(maju.company):
        row = await entered.enter(by_agent, language="id", by=as_(maju.sari))
        assert row.identity == kinds.UNKNOWN, "whoever may not decide may not vouch"
        stranger = entered.Taken(kinds.DELETE, "hapus", entered.PAPER, MONDAY, name="Joko Bekas", contact="0812")
        row = await entered.enter(stranger, language="id", by=as_(maju.sari))
        assert (row.subject, row.identity) == (None, kinds.UNKNOWN)
    for wrong, no in ((MONDAY + timedelta(hours=1), "received_then"), (MONDAY - timedelta(days=91), "received_then")):
        with pytest.raises(Refused, match=no):
            async with database.transaction(maju.company):
                later = entered.Taken(kinds.ACCESS, "", entered.PAPER, wrong, "0412")
                await entered.enter(later, language="id", by=as_(maju.ratna))


async def test_what_happened_is_never_rewritten_and_stands_in_the_audit(maju: Cast, agus: Employee, asks: Asks) -> None:
    row = await asks(maju.budi, kinds.ACCESS)
    await does(maju, deciding.take, row, by=agus)
    with pytest.raises(Exception, match=r"append-only|permission denied"):
        async with database.transaction(maju.company):
            await DataRequestEvent.update({DataRequestEvent.kind: "x"}).where(DataRequestEvent.request == row.id)
    async with database.reading(maju.company):
        acts = [one["action"] for one in await AuditEntry.select().order_by(AuditEntry.seq)]
    assert [one for one in acts if one.startswith("privacy.")] == ["privacy.received", "privacy.taken"]
