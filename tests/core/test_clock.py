"""What day it is depends on where one stands."""

from datetime import UTC, date, datetime

import pytest

from core import clock

LATE = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)


def test_the_new_year_comes_to_the_east_first() -> None:
    with clock.freeze(LATE):
        assert [clock.today(zone) for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")] == [
            date(2026, 12, 31),
            date(2027, 1, 1),
            date(2027, 1, 1),
        ]
        assert clock.local(clock.now(), "Asia/Jakarta").hour == 23


def test_a_frozen_clock_runs_again_afterwards() -> None:
    with clock.freeze(LATE):
        with clock.freeze(LATE.replace(year=2025)):
            assert clock.now().year == 2025
        assert clock.now() == LATE
    assert clock.now() != LATE
    assert clock.now().tzinfo is UTC


def test_an_instant_without_a_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="aware"), clock.freeze(LATE.replace(tzinfo=None)):
        pass
