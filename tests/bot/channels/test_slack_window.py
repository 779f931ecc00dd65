"""The window in which Slack asks for a text."""

from typing import Any

from bot.channels import slack_blocks
from core.approvals import decisions
from core.messaging.messages import Message


def test_a_window_takes_no_more_than_a_reason_may_have() -> None:
    window: Any = slack_blocks.window(Message("approvals.why", "Alasannya apa?", dialog="a:1", title="Tolak C-1"))
    assert window["blocks"][0]["element"]["max_length"] == decisions.LONGEST_REASON
