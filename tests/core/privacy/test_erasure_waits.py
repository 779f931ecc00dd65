"""An erasure that was asked for waits: its asker reads what goes, what stays and when, and may stop it until then."""

import pytest

from core import clock, database, jobs
from core.audit import Actor
from core.errors import Refused
from core.people.directory import Employee
from core.privacy import carrying_out, deciding, erasure, kinds
from core.privacy.holding_tables import Erasure
from core.privacy.tables import DataRequest
from tests.core.cast import Cast, as_
from tests.core.privacy.asking import Asks


async def granted(maju: Cast, agus: Employee, asks: Asks) -> DataRequest:
    row = await asks(maju.budi, kinds.DELETE)
    async with database.transaction(maju.company):
        await deciding.answer(
            row, "partly", article="UU KUP pasal 28", reason="Catatan pajak disimpan.",
            by=Actor(f"person:{agus.person}", "web"),
        )  # fmt: skip
        await deciding.agree(row, by=Actor(f"person:{maju.ratna.person}", "web"))
    await jobs.drain()
    return row


async def stands(maju: Cast) -> Erasure:
    async with database.reading(maju.company):
        found = await Erasure.objects().first()
    assert found is not None
    return found


async def test_its_asker_is_told_and_nothing_goes_before_its_time(
    maju: Cast, agus: Employee, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await granted(maju, agus, asks)
    row = await stands(maju)
    assert (row.state, row.stage) == (erasure.RUNNING, "")
    (told,) = [one for one in await maju.told(maju.budi) if one.key == "erasing.told"]
    assert "masih bekerja di sini" in told.text and [one.title for one in told.choices] == ["Batalkan"]
    await erasure.apply_erasure(maju.company, row.id)
    assert (await stands(maju)).stage == ""
    later = clock.now() + carrying_out.STOPPABLE
    monkeypatch.setattr(clock, "now", lambda: later)
    await erasure.apply_erasure(maju.company, row.id)
    assert (await stands(maju)).state == erasure.DONE


async def test_it_can_be_taken_back_until_then_and_not_after(
    maju: Cast, agus: Employee, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await granted(maju, agus, asks)
    async with database.transaction(maju.company):
        await deciding.keep(row, by=as_(maju.budi))
    assert (await stands(maju)).state == erasure.DROPPED
    later = clock.now() + carrying_out.STOPPABLE
    monkeypatch.setattr(clock, "now", lambda: later)
    await erasure.apply_erasure(maju.company, (await stands(maju)).id)
    assert (await stands(maju)).state == erasure.DROPPED
    with pytest.raises(Refused, match="too_late"):
        async with database.transaction(maju.company):
            await deciding.keep(row, by=as_(maju.budi))


async def test_when_it_has_begun_it_is_too_late(
    maju: Cast, agus: Employee, asks: Asks, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = await granted(maju, agus, asks)
    later = clock.now() + carrying_out.STOPPABLE
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refused, match="too_late"):
        async with database.transaction(maju.company):
            await deciding.keep(row, by=as_(maju.budi))
