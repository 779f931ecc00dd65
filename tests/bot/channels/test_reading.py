"""Ids of strangers, read no longer than the columns that keep them."""

import json
from pathlib import Path

import pytest

from bot.channels import slack

PAYLOADS = Path(__file__).parents[2] / "payloads" / "slack"


@pytest.mark.parametrize("name", ["message", "press", "submission"])
def test_a_workspace_with_an_id_no_column_holds_is_nobodys(name: str) -> None:
    """Signed or not: what cannot be stored is refused where it is read, not by the database."""
    told = (PAYLOADS / f"{name}.json").read_text(encoding="utf-8")
    for length, kept in ((64, True), (65, False)):
        found = slack.CHANNEL.parse(json.loads(told.replace("T0MAJU", "T" * length)))
        assert [one.account for one in found] == (["T" * length] if kept else [])
