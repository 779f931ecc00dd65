"""When something was said: by the platform's clock where it can be believed, else when it reached us. Pure.

A platform signs what it delivers, and delivers again what we did not take: an outage of ours must not eat the time of
whoever wrote. So its instant counts, but never one that lies ahead, nor one older than the platform keeps anything:
then the instant counts at which we received it. What a button says is when its message was sent, so presses count from
their arrival; mail names whatever instant its sender likes, and is never believed (`core/helpdesk/mail_in.py`).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core.messaging.messages import Incoming

# How long a platform goes on delivering what was not taken.
DELIVERS: Mapping[str, timedelta] = {
    "telegram": timedelta(hours=24), "whatsapp": timedelta(days=7), "slack": timedelta(hours=1),
}  # fmt: skip
WRITTEN = frozenset({"message", "file", "voice"})


def said_at(one: Incoming, received: datetime) -> datetime:
    """The instant at which it was said, as far as anybody may rely on it."""
    late = DELIVERS.get(one.channel)
    if one.at is None or late is None or one.kind not in WRITTEN or not received - late <= one.at <= received:
        return received
    return one.at
