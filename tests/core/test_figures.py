"""What a monitor reads: how much waits, since when, what is not well; of the installation, and of nobody in it."""

import asyncio
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from core import backup_hourly, clock, database, figures, health, jobs, settings
from core.accounts import audit_nightly
from core.engines import PooledPostgres
from core.jobs import Job
from core.messaging import inbox, outbox, undelivered
from core.messaging.messages import Incoming, Message
from core.messaging.outbox import Address
from core.messaging.tables import Circuit, Outbound
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

LATER = MONDAY + timedelta(seconds=90)


async def told() -> dict[tuple[str, ...], float]:
    """Each figure by its name and the values of its labels, in the order of the labels' names."""
    families = text_string_to_metric_families((await figures.told()).decode())
    return {
        (one.name, *(one.labels[label] for label in sorted(one.labels))): one.value
        for family in families
        for one in family.samples
    }


async def say(cast: Cast, channel: str, dedupe: str, **changed: object) -> int:
    """Write a message to Budi down, and what became of it."""
    async with database.transaction(cast.company):
        there = Address(channel, "bot", "1", cast.budi.person)
        number = await outbox.post(there, Message("leave.said", "Kabar"), dedupe=dedupe)
        if changed:
            await Outbound.update(dict(changed)).where(Outbound.id == number)
    return number


async def test_jobs_are_told_by_lane_and_name(open_database: str) -> None:
    async with database.installation():
        await jobs.enqueue("answer", 1)
        await jobs.enqueue("answer", 2)
        await jobs.enqueue("answer", 3, run_at=MONDAY + timedelta(hours=1))
        await jobs.enqueue("deliver", 1)
        await jobs.enqueue("work")
        await Job.update({Job.lane: jobs.BULK}).where(Job.name == "work")
        await Job.update({Job.state: "parked"}).where(Job.name == "deliver")
    with clock.freeze(LATER):
        now = await told()
    assert now["serambi_jobs_waiting", "prompt", "answer"] == 2, "the third is not due"
    assert now["serambi_jobs_oldest_seconds", "prompt", "answer"] == 90
    assert now["serambi_jobs_waiting", "bulk", "work"] == 1
    assert (now["serambi_jobs_parked", "prompt", "deliver"], now["serambi_jobs_parked", "prompt", "answer"]) == (1, 0)


async def test_what_came_in_and_is_not_answered_is_told_by_channel(open_database: str) -> None:
    for number in range(3):
        await inbox.receive([Incoming("telegram", "bot", "17", f"u{number}", words="cuti besok")])
    await inbox.receive([Incoming("slack", "T1", "U1", "e1", words="cuti besok")])
    with clock.freeze(LATER):
        now = await told()
    assert now["serambi_inbound_unanswered", "telegram"] == 3
    assert now["serambi_inbound_oldest_seconds", "slack"] == 90
    assert now["serambi_inbound_unanswered", "whatsapp"] == 0


async def test_the_outbox_is_told_over_all_companies_and_names_none(two: tuple[Cast, Cast]) -> None:
    maju, sinar = two
    await say(maju, "telegram", "a")
    await say(sinar, "telegram", "b", state="unknown")
    await say(sinar, "telegram", "c", held_until=MONDAY + timedelta(hours=8), queued_at=MONDAY - timedelta(hours=9))
    await say(maju, "email", "d", state="waiting")
    await say(maju, "slack", "e", state="sent")
    gone = await say(sinar, "whatsapp", "f", state="failed")
    async with database.transaction(sinar.company):
        row = await Outbound.objects().where(Outbound.id == gone).first()
        assert row is not None
        await undelivered.note(row, undelivered.REFUSED)
    with clock.freeze(LATER):
        now = await told()
    of_telegram = {key[2]: value for key, value in now.items() if key[:2] == ("serambi_outbox_messages", "telegram")}
    assert of_telegram == {"queued": 1, "unknown": 1, "held": 1, "sending": 0, "waiting": 0}
    assert now["serambi_outbox_oldest_seconds", "telegram"] == 90, "what is kept for the morning is not late"
    assert now["serambi_outbox_messages", "email", "waiting"] == 1
    assert now["serambi_outbox_oldest_seconds", "email"] == 0, "a mail without a server waits for nobody of ours"
    assert (now["serambi_undelivered", "whatsapp"], now["serambi_undelivered", "slack"]) == (1, 0)
    text = (await figures.told()).decode()
    assert "Budi" not in text and "Maju" not in text and "Sinar" not in text


async def test_the_role_of_the_application_sees_sums_of_all_companies_and_no_row(two: tuple[Cast, Cast]) -> None:
    await say(two[0], "telegram", "a")
    if not isinstance(database.engine(), PooledPostgres):
        return  # SQLite has no roles
    async with database.installation(writes=False):
        assert await Job.raw("select * from outbound") == []
        assert (await Job.raw("select * from outbox_standing(now())"))[0]["number"] == 1
    async with database.reading(two[1].company):
        rows = await Job.raw("select * from outbox_standing(now())")
    assert rows == [], "inside a company, not even the sums of others"


async def test_the_schedule_is_late_until_its_newest_run_is_done(open_database: str) -> None:
    with clock.freeze(MONDAY):
        await jobs.tick()
        before = await told()
        assert before["serambi_schedule_late_seconds", "audit.nightly"] == 7 * 3600 + 20 * 60, "due at 1.40"
        async with database.installation():
            await Job.update({Job.state: "done"}).where(Job.name == "audit.nightly")
        assert (await told())["serambi_schedule_late_seconds", "audit.nightly"] == 0
    with clock.freeze(MONDAY + timedelta(minutes=21)):
        assert (await told())["serambi_schedule_rung_seconds",] == 21 * 60, "nobody has looked at the clock since"


async def test_a_service_that_is_left_alone_is_told(open_database: str) -> None:
    async with database.installation():
        await Circuit.insert(Circuit(name="telegram|bot", shut_until=MONDAY, times=1))
    assert (await told())["serambi_channels_shut", "telegram"] == 1


async def test_a_broken_audit_is_counted_each_time_it_is_found(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken() -> int:
        return 3

    before = (await told())["serambi_audit_broken_total",]
    monkeypatch.setattr("core.audit.first_broken", broken)
    await audit_nightly.verify(maju.company)
    assert (await told())["serambi_audit_broken_total",] == before + 1


async def test_without_a_database_what_needs_none_is_told_still(
    open_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await told())["serambi_check", "database"] == 1

    async def away(**_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(database.engine().__class__, "begin", away)
    now = await told()
    assert now["serambi_check", "database"] == 0
    assert ("serambi_jobs_waiting", "prompt", "answer") not in now, "nobody knows"
    assert now["process_resident_memory_bytes",] > 0


async def test_many_who_ask_at_once_cost_one_look(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    ready = health.ready

    async def counted() -> list[health.Check]:
        nonlocal looks
        looks += 1
        return await ready()

    monkeypatch.setattr(health, "ready", counted)
    answers = await asyncio.gather(*(figures.told() for _ in range(20)))
    assert looks == 1 and all(b"serambi_jobs_waiting" in one for one in answers)


async def test_the_age_of_the_last_backup_is_told_where_one_is_made(
    open_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ("serambi_backup_age_seconds", "hourly") not in await told(), "none is made by itself"
    monkeypatch.setattr(settings, "_current", replace(settings.current(), backups=str(tmp_path)))
    assert (await told())["serambi_backup_age_seconds", "hourly"] == float("inf"), "there is none at all"
    begun = (MONDAY - timedelta(hours=2)).astimezone(UTC)
    (tmp_path / f"serambi-{begun.strftime(backup_hourly.SPELLED)}Z.backup").touch()
    assert (await told())["serambi_backup_age_seconds", "hourly"] == 2 * 3600
