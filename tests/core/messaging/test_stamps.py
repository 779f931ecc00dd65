"""When something was said: the platform's instant where it can be believed, else when it reached us."""

from datetime import UTC, datetime, timedelta

import pytest

from core.messaging.messages import Incoming
from core.messaging.stamps import said_at

NOW = datetime(2026, 7, 6, 2, tzinfo=UTC)


def one(channel: str, at: datetime | None, kind: str = "message") -> Incoming:
    return Incoming(channel=channel, account="1", sender="1", external_id="1", words="halo", at=at, kind=kind)


@pytest.mark.parametrize(
    ("channel", "ago", "believed"),
    [
        ("telegram", timedelta(hours=3), True),  # we were down, and it delivers again
        ("telegram", timedelta(hours=24), True),
        ("telegram", timedelta(hours=24, seconds=1), False),  # older than it keeps anything
        ("whatsapp", timedelta(days=7), True),
        ("whatsapp", timedelta(days=8), False),
        ("slack", timedelta(minutes=6), True),
        ("slack", timedelta(hours=2), False),
        ("telegram", timedelta(seconds=-1), False),  # a clock ahead of ours, or a forged one
        ("whatsapp", timedelta(days=-3650), False),
        ("web", timedelta(hours=1), False),  # nobody but us says when
        ("mail", timedelta(minutes=1), False),
    ],
)
def test_an_instant_is_believed_within_what_its_platform_delivers(channel: str, ago: timedelta, believed: bool) -> None:
    assert said_at(one(channel, NOW - ago), NOW) == (NOW - ago if believed else NOW)


def test_what_bears_no_instant_or_that_of_another_message_counts_from_its_arrival() -> None:
    assert said_at(one("telegram", None), NOW) == NOW
    assert said_at(one("telegram", NOW - timedelta(hours=1), "press"), NOW) == NOW
