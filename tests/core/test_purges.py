"""What was kept long enough goes, nothing sooner, and nothing that still waits for somebody."""

import re
import tomllib
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from core import choices, clock, database, jobs, purges, vault, work
from core.accounts import sign_in
from core.accounts.tables import Account, Company, Session, Token
from core.approvals.tables import Request
from core.jobs import CronRun, Job
from core.leave.policy import Period
from core.messaging import buttons
from core.messaging.tables import Button, Conversation, Inbound, Outbound
from core.retention import KEPT
from core.work import ExportFile, Work
from tests.architecture.source import ROOT
from tests.core.cast import HR, Cast, lay
from tests.core.conftest import MONDAY

NOW = MONDAY.astimezone(UTC)


@pytest.fixture
async def maju(open_database: str) -> Cast:
    return await lay("PT Maju Bersama")


async def counted(company: int | None, *tables: Any) -> list[int]:
    async with database.reading(company) if company is not None else database.installation(writes=False):
        return [await table.count() for table in tables]


async def night(after: timedelta) -> None:
    """Sweep the installation and every company, and do nothing else that would be due by then."""
    async with database.installation(writes=False):
        companies = await Company.select(Company.id)
    with clock.freeze(NOW + after):
        for company in (None, *(row["id"] for row in companies)):
            await purges.sweep(company)


async def test_a_message_goes_after_a_year_but_not_the_card_of_an_undecided_request(maju: Cast) -> None:
    await maju.asks(maju.budi, Period(date(2026, 7, 20), date(2026, 7, 20)))
    async with database.transaction(maju.company):
        await Outbound.update({Outbound.state: "sent"}).where(Outbound.id > 0)
    before = await counted(maju.company, Outbound)
    async with database.reading(maju.company):
        cards = await Outbound.count().where(Outbound.card_of.is_not_null())
    assert cards > 0
    await night(KEPT["outbound"] - timedelta(days=1))
    assert await counted(maju.company, Outbound) == before
    await night(KEPT["outbound"] + timedelta(days=1))
    async with database.reading(maju.company):
        left = await Outbound.select(Outbound.card_of).order_by(Outbound.id)
    assert [row["card_of"] is not None for row in left] == [True] * cards
    async with database.transaction(maju.company):
        await Request.update({Request.state: "rejected"}).where(Request.id > 0)
    await night(KEPT["outbound"] + timedelta(days=2))
    assert await counted(maju.company, Outbound) == [0]


async def test_sessions_links_and_the_traces_of_the_schedule_go_after_their_end(maju: Cast) -> None:
    async with database.installation():
        account = await Account.select(Account.id).first()
        assert account is not None
        await CronRun.insert(CronRun(name="old", due=NOW))
        await Job.insert(*[Job(name="x", args="[]", run_at=NOW, state=state) for state in ("done", "parked", "queued")])
    await sign_in.open_for(account["id"])
    links = (await counted(None, Token))[0]
    assert links > 0
    async with database.installation(writes=False):
        (ends,) = await Session.select(Session.expires_at)
    await night(ends["expires_at"] - NOW + KEPT["session"] - timedelta(minutes=1))
    assert (await counted(None, Session))[0] == 1
    await night(ends["expires_at"] - NOW + KEPT["session"] + timedelta(minutes=1))
    assert await counted(None, Session, Token) == [0, links]
    await night(timedelta(days=34))
    assert await counted(None, Token) == [0]
    await night(timedelta(days=90))
    async with database.installation(writes=False):
        assert not await CronRun.exists().where(CronRun.name == "old")
        assert sorted(row["state"] for row in await Job.select(Job.state).where(Job.name == "x")) == [
            "parked",
            "queued",
        ]


def sealed(one: Cast) -> str:
    """A talk at rest, as it is stored."""
    return vault.seal("{}", company=one.company, column="conversation.state", subject=one.budi.person)


async def test_buttons_talks_messages_and_files_go_and_other_companies_keep_theirs(maju: Cast) -> None:
    sinar = await lay("PT Sinar Laut", at="sinar.example")
    for one in (maju, sinar):
        async with database.transaction(one.company):
            await buttons.make("Ya", "answer", person=one.budi.person)
            await Conversation.insert(
                Conversation(
                    person=one.budi.person,
                    language="id",
                    state=sealed(one),
                    changed_at=NOW + timedelta(days=300 if one is sinar else 0),
                )
            )
            long = await work.begin("export", 1, {}, by=HR)
            await work.keep(long.id, b"a,b\n", name="a.csv", type_="text/csv")
            await work.finish(long.id, work.DONE)
    async with database.installation():
        for number, state in enumerate(("done", "failed", "new")):
            await Inbound.insert(
                Inbound(
                    channel="web",
                    account="web",
                    sender="1",
                    external_id=str(number),
                    body=vault.seal("{}", company=0, column="inbound.body"),
                    state=state,
                    received_at=NOW,
                )
            )
    await night(timedelta(days=1, hours=1))
    assert await counted(maju.company, ExportFile, Work, Button) == [0, 1, 1]
    await night(timedelta(days=30 + 31))
    assert await counted(maju.company, Work, Button) == [1, 0]
    await night(timedelta(days=91))
    assert await counted(maju.company, Work) == [0]
    await night(timedelta(days=366))
    assert await counted(maju.company, Conversation) == [0]
    assert await counted(sinar.company, Conversation) == [1]
    async with database.installation(writes=False):
        assert [row["state"] for row in await Inbound.select(Inbound.state)] == ["new"]


async def test_a_company_may_keep_its_messages_for_less_time(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Conversation.insert(
            Conversation(person=maju.budi.person, language="id", state=sealed(maju), changed_at=NOW)
        )
        await choices.choose("messages_kept", 3, by=HR)
    await night(timedelta(days=89))
    assert await counted(maju.company, Conversation) == [1]
    await night(timedelta(days=91))
    assert await counted(maju.company, Conversation) == [0]


async def test_very_much_is_deleted_in_parts_that_let_others_in(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purges, "PART", 10)
    monkeypatch.setattr(purges, "MOST_PARTS", 3)
    async with database.installation():
        await CronRun.insert(*[CronRun(name=f"old-{number}", due=NOW) for number in range(95)])
    with clock.freeze(NOW + timedelta(days=61)):
        await purges.nightly()
        await jobs.drain()
    async with database.installation(writes=False):
        assert await CronRun.count().where(CronRun.name.like("old-%")) == 0
        assert await Job.count().where((Job.name == "purge.sweep") & Job.company.is_null()) >= 4


def test_the_figures_are_those_of_the_classification() -> None:
    told = tomllib.loads((ROOT / "core" / "classification.toml").read_text(encoding="utf-8"))
    units = {"day": 1, "days": 1, "month": 30, "months": 30, "year": 365}
    for table, kept in KEPT.items():
        for column, said in told[table].items():
            if said["retention"].startswith("employment") or (table, column) == ("import_batch", "file"):
                continue  # what stays of an ended link, and the file, which goes before its rows
            found = re.search(r"(\d+) (days?|months?|year)", said["retention"])
            assert found is not None, (table, column)
            number, unit = int(found[1]), found[2]
            assert kept == timedelta(days=365 if (number, unit) == (12, "months") else number * units[unit]), (
                table,
                column,
            )
