"""The clock of the law: 72 hours to the second, whatever the day, and each reminder once. Pure."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import Refused
from core.privacy import deadlines, kinds, way

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def some(number: int) -> random.Random:
    return random.Random(number)


def test_ten_thousand_timelines_are_right_to_the_second() -> None:
    for number in range(10_000):
        one = some(number)
        zone = ZoneInfo(one.choice(ZONES))
        received = (BEGIN + timedelta(seconds=one.randrange(10 * 365 * 86_400))).astimezone(zone)
        due = deadlines.due(received)
        assert due.timestamp() - received.timestamp() == 72 * 3600
        assert (due.hour, due.minute, due.second) == (received.hour, received.minute, received.second), "no summer time"
        assert (due.date() - received.date()).days == 3
        assert not deadlines.is_overdue(received, due)
        assert deadlines.is_overdue(received, due + timedelta(seconds=1))


def test_ten_thousand_timelines_are_reminded_of_once_each_and_never_late_of_what_is_past() -> None:
    """Whoever looks at whatever times, after whatever outage: each reminder once, in order, the newest that is due."""
    for number in range(10_000):
        one = some(number)
        received = BEGIN + timedelta(seconds=one.randrange(10 * 365 * 86_400))
        looks = sorted(received + timedelta(seconds=one.randrange(100 * 3600)) for _ in range(one.randint(1, 9)))
        told: list[int] = []
        for at in looks:
            now = deadlines.to_tell(received, at, told)
            assert len(now) <= 1
            left = deadlines.left(received, at)
            assert all(left <= timedelta(hours=hours) for hours in now), "never before its time"
            told += now
            assert not deadlines.to_tell(received, at, told), "never twice"
        assert told == sorted(set(told), reverse=True)
        assert (0 in told) == (looks[-1] > deadlines.due(received))


def test_reminders_come_at_48_24_and_6_hours_left_and_when_it_is_over() -> None:
    received = datetime(2026, 7, 10, 16, 0, tzinfo=ZoneInfo("Asia/Jakarta"))  # a Friday
    assert [(one.hours, one.at.isoformat(timespec="seconds")) for one in deadlines.reminders(received)] == [
        (48, "2026-07-11T16:00:00+07:00"), (24, "2026-07-12T16:00:00+07:00"), (6, "2026-07-13T10:00:00+07:00"),
        (0, "2026-07-13T16:00:01+07:00"),
    ]  # fmt: skip
    assert deadlines.following(received, received) == deadlines.reminders(received)[0].at
    assert deadlines.following(received, deadlines.reminders(received)[-1].at) is None


@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("identity", kinds.IDENTITIES)
def test_a_number_or_an_address_alone_opens_nothing(kind: str, identity: str) -> None:
    enough = kinds.is_known_enough(kind, identity)
    assert enough == (
        identity in ("session", "stepped", "vouched") or (identity == "linked" and kind not in kinds.GUARDED)
    )
    if not enough and kind != kinds.COMPLAIN:
        with pytest.raises(Refused, match="identity_needed"):
            way.check_answer(kind, way.FULFILLED, article="", reason="Sudah.", identity=identity, subject=1)


@pytest.mark.parametrize("outcome", [way.PARTLY, way.REFUSED])
@pytest.mark.parametrize("article", ["", "  ", "karena hukum", "x" * 130 + "1"])
def test_a_no_names_its_article(outcome: str, article: str) -> None:
    with pytest.raises(Refused, match="article_needed"):
        way.check_answer(
            kinds.DELETE, outcome, article=article, reason="Disimpan karena hukum.", identity="session", subject=1
        )
    with pytest.raises(Refused, match="reason_needed"):
        way.check_answer(
            kinds.DELETE, outcome, article="UU 8/1997 pasal 11", reason="tidak", identity="session", subject=1
        )


def test_every_state_leads_to_an_end() -> None:
    def ends(state: str, seen: frozenset[str]) -> bool:
        after = way.STEPS[state] - seen
        return not way.STEPS[state] or any(ends(one, seen | {state}) for one in after)

    assert all(ends(state, frozenset()) for state in way.STATES)
