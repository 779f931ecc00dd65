"""A backup each hour where a folder is named: old ones go, and whoever runs Serambi is told when none was made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core import backup_hourly, clock, health, settings
from tests.core.conftest import MONDAY

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def named(at: datetime) -> str:
    return f"serambi-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z.backup"


def test_each_hour_of_two_days_and_the_last_of_each_day_are_kept(tmp_path: Path) -> None:
    for hours in range(24 * 20):
        (tmp_path / named(NOON - timedelta(hours=hours))).touch()
    (tmp_path / "mine.backup").touch()
    kept = backup_hourly.kept(tmp_path)
    assert len(kept) == 24 * 20
    left = sorted(set(kept.values()) - {kept[path] for path in backup_hourly.spent(kept, now=NOON, days=14)})
    assert left[-49:] == [NOON - timedelta(hours=hours) for hours in reversed(range(49))]
    assert [at.hour for at in left[:-49]] == [23] * 12
    assert left[0] == NOON - timedelta(days=13, hours=13)


def test_the_newest_stays_however_old_it_is(tmp_path: Path) -> None:
    for days in (100, 200):
        (tmp_path / named(NOON - timedelta(days=days))).touch()
    kept = backup_hourly.kept(tmp_path)
    assert [path.name for path in backup_hourly.spent(kept, now=NOON, days=14)] == [named(NOON - timedelta(days=200))]


async def test_the_doctor_says_when_none_was_made(
    open_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def told() -> health.Check:
        return next(check for check in await health.doctor() if check.name == "backups")

    assert (await told()).well
    monkeypatch.setattr(settings, "_current", replace(settings.current(), backups=str(tmp_path)))
    assert not (await told()).well
    with clock.freeze(MONDAY):
        (tmp_path / named(MONDAY - timedelta(hours=2))).touch()
        assert (await told()).well
    with clock.freeze(MONDAY + timedelta(hours=2)):
        late = await told()
    assert not late.well
    assert "serambi backup" in late.advice
