"""The demo company has a life on whatever day it is laid."""

import re
import socket
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core import clock, database, demo, demo_folder, demo_story, settings
from core.accounts import sign_in
from core.approvals.tables import Delegation, Request
from core.leave import requests
from core.leave.policy import Period
from core.leave.tables import LeaveDay
from core.people import directory
from core.people.consent_tables import ConsentEvent
from core.privacy import way
from core.privacy.registry_tables import Disclosure, ProcessorApproval
from core.privacy.tables import DataRequest


@pytest.mark.parametrize("day", ["2026-03-25", "2026-07-06", "2026-08-16", "2026-12-31"])
async def test_somebody_is_away_somebody_waits_and_somebody_stands_in(
    open_database: str, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)
    now = datetime.fromisoformat(f"{day}T10:30").replace(tzinfo=ZoneInfo("Asia/Jakarta"))
    with clock.freeze(now):
        laid = await demo.lay()
        await demo_story.tell(laid.company)
        async with database.reading(laid.company):
            states = {row["state"] for row in await Request.select(Request.state)}
            assert {"applied", "in_review"} <= states
            assert await LeaveDay.exists().where(LeaveDay.request.is_not_null() & (LeaveDay.date >= now.date()))
            assert not await Request.exists().where(Request.submitted_at > now)
            if day != "2026-12-31":
                maya = await directory.by_number("0501")
                vina = next(one for one in await directory.everyone() if one.first_name == "Vina")
                mine = (LeaveDay.employment == vina.id) & LeaveDay.request.is_not_null()
                away = await LeaveDay.select(LeaveDay.date).where(mine).order_by(LeaveDay.date).first()
                assert maya is not None
                assert away is not None
                seen = await requests.preview(maya, "annual", Period(away["date"], away["date"]))
                assert seen.clash is not None, "the rule that keeps some people in can be seen"
                assert seen.clash.instead is not None, "with dates that work"
                assert {"returned", "rejected"} <= states
                assert await Delegation.exists().where(Delegation.accepted_at.is_not_null())


async def test_the_privacy_desk_has_something_before_it(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "ANSWER_AFTER", 0.0)
    with clock.freeze(datetime(2026, 7, 8, 3, tzinfo=UTC)):
        laid = await demo.lay()
        await demo_story.tell(laid.company)
        async with database.reading(laid.company):
            rows = await DataRequest.select().order_by(DataRequest.due_at)
            left = [row["due_at"] - clock.now() for row in rows if row["state"] in way.OPEN]
            assert len(left) == 5 and timedelta(0) < left[0] < timedelta(hours=24)
            assert {row["kind"] for row in rows} >= {"access", "complain", "correct", "restrict", "copy", "object"}
            assert await ConsentEvent.count().where(ConsentEvent.act == "withdrawn") == 2
            assert await ProcessorApproval.exists() and await Disclosure.exists()


async def test_leave_of_the_next_year_can_be_asked_for_when_the_year_ends(open_database: str) -> None:
    with clock.freeze(datetime(2026, 12, 29, 3, tzinfo=UTC)):
        laid = await demo.lay()
        async with database.reading(laid.company):
            budi = await directory.by_number("0412")
            assert budi is not None
            for first, last in ((date(2026, 12, 30), date(2026, 12, 31)), (date(2027, 1, 4), date(2027, 1, 7))):
                seen = await requests.preview(budi, "annual", Period(first, last))
                assert seen.left >= 0


def test_a_second_terminal_prints_links_to_the_demo_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_folder, "FOLDER", tmp_path)
    running = demo_folder.settle(replace(settings.load({}), port=0), reset=False)
    demo_folder.write_environment(running)
    told = re.findall(r"^export (SERAMBI_\w+)='(.*)'$", (tmp_path / "environment").read_text(), re.MULTILINE)
    other = settings.load(dict(told))
    assert running.port != 0
    assert (other.public_url, other.port, other.database_url) == (
        running.public_url,
        running.port,
        running.database_url,
    )


def test_a_demo_that_finds_its_port_taken_says_where_it_is_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_folder, "FOLDER", tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        made = demo_folder.settle(replace(settings.load({}), host="127.0.0.1", port=taken), reset=False)
    assert made.port != taken
    said = demo_folder.moved(made, taken)
    assert f"Port {taken} on 127.0.0.1 is taken by another program" in said
    assert made.public_url in said
    assert "SERAMBI_PORT=" in said
