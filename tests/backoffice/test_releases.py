"""Release notes as everybody reads them, and their news as the operator sends it."""

from datetime import UTC, datetime

import pytest

from core import clock, jobs
from core.accounts.roles import OPERATOR_AGENT, OPERATOR_LEAD
from core.notices import release_told as _told  # noqa: F401  registers its jobs
from tests.backoffice import operators
from tests.backoffice.conftest import Installation

DAY = datetime(2027, 1, 5, 3, 0, tzinfo=UTC)  # ten in the morning in Jakarta


@pytest.fixture(autouse=True)
def after_it_came_out(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY)


async def test_anybody_reads_what_is_new(house: Installation) -> None:
    stranger = house.visitor()
    assert (await stranger.get("/rilis")).headers["location"] == "/releases"
    newest = (await stranger.get("/releases")).text
    assert "kuartal IV 2026" in newest and "0.1.0" in newest
    assert (await stranger.get("/releases/2026-q4")).status_code == 200
    for wrong in ("2026-q3", "2026", "nothing"):
        assert (await stranger.get(f"/releases/{wrong}")).status_code == 404


async def test_a_lead_counts_sends_and_takes_back_an_agent_looks_on(house: Installation) -> None:
    lead = await operators.visitor(house, OPERATOR_LEAD)
    there = "/operator/releases/2026-q4"
    assert "Belum dikirim" in (await lead.get("/operator/releases")).text
    assert (await lead.post(f"{there}/send")).status_code == 409
    await lead.post(f"{there}/count")
    await jobs.drain()
    shown = (await lead.get(there)).text
    assert "Chat di portal" in shown and "Kirim ke" in shown
    agent = await operators.visitor(house, OPERATOR_AGENT, "eko")
    assert (await agent.post(f"{there}/send")).status_code == 403
    assert "Kirim ke" not in (await agent.get(there)).text
    await lead.post(f"{there}/send")
    await jobs.drain()
    assert "Terkirim" in (await lead.get("/operator/releases")).text
    await lead.post(f"{there}/back")
    assert "Ditarik" in (await lead.get(there)).text
