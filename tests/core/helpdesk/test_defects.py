"""Defects: whoever told of one hears that it is mended when that release runs, once, and not before."""

import pytest

from core import database, jobs, release
from core.accounts import operators
from core.errors import Refused
from core.helpdesk import defects, moving
from core.helpdesk.tables import Ticket
from tests.core.cast import Cast, as_
from tests.core.helpdesk.test_moving import dian, moved, there
from tests.core.helpdesk.test_tickets import texts


async def test_a_reporter_in_a_company_is_told_once_when_the_release_runs(
    maju: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "number", lambda: "1.4.0")
    row, _ = await moved(maju)
    (ticket,), by = await there(maju), await dian()
    async with database.transaction(await operators.company()):
        made = await defects.open_one("Layar absen membeku", "The attendance screen freezes", "1.4.0", by=by)
        assert made.number == "B-1"
        await defects.tie(ticket, "b1", by=by)
        with pytest.raises(Refused, match="not_after"):
            await defects.fix(made, "1.4.0", by=by)
        await defects.fix(made, "1.4.1", by=by)
    await jobs.drain()
    await defects.look()
    await jobs.drain()
    assert not [one for one in await texts(maju, maju.budi) if "B-1" in one], "it does not run here yet"

    monkeypatch.setattr(release, "number", lambda: "1.10.0")
    await defects.look()
    await jobs.drain()
    await defects.look()
    await jobs.drain()
    heard = [one for one in await texts(maju, maju.budi) if "B-1" in one]
    assert len(heard) == 1
    assert "Layar absen membeku" in heard[0] and "rilis 1.4.1" in heard[0]
    async with database.reading(maju.company):
        assert [one.state for one in await moving.of_ticket(row)] == ["back"]
    async with database.transaction(await operators.company()):
        solved = await Ticket.objects().where(Ticket.id == ticket.id).first()
        assert solved is not None and solved.state == "resolved"
        with pytest.raises(Refused, match="told_already"):
            await defects.fix(made, "1.5.0", by=by)


async def test_what_is_no_defect_is_refused_with_what_to_write(maju: Cast) -> None:
    by = await dian()
    async with database.transaction(await operators.company()):
        for title, english, named, key in (
            ("", "x", "1.0.0", "title_needed"), ("x", "", "1.0.0", "title_needed"), ("x", "x", "next", "no_release"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=key):
                await defects.open_one(title, english, named, by=by)
    row, _ = await moved(maju)
    (ticket,) = await there(maju)
    async with database.transaction(await operators.company()):
        with pytest.raises(Refused, match="no_such_number"):
            await defects.tie(ticket, "B-9", by=by)
    assert row.number == "T-1" and as_(maju.budi).name
