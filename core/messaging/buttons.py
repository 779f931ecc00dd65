"""What a press means. The platform carries a random token; who may press, and what it does, is looked up here."""

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core import clock, database, vault
from core.messaging.messages import Choice
from core.messaging.tables import Button

LIFE = timedelta(days=30)
LONGEST_TITLE = 20
VALUE = "button.value"


def fitting(*spellings: str) -> str:
    """The first of these spellings, the fullest first, that fits on a choice; else the last, cut with an ellipsis."""
    for words in spellings:
        if len(words) <= LONGEST_TITLE:
            return words
    return spellings[-1][: LONGEST_TITLE - 1].rstrip() + "…"


async def make(
    title: str, action: str, *, person: int | None, subject: int | None = None, version: int = 1, **value: Any
) -> Choice:
    """A choice to be offered to this person, good for 30 days."""
    made = await make_each([(title, value)], action, person=person, subject=subject, version=version)
    return made[0]


async def make_each(
    choices: Sequence[tuple[str, dict[str, Any]]], action: str, *, person: int | None, subject: int | None = None,
    version: int = 1,
) -> list[Choice]:  # fmt: skip
    """Several choices of one kind, each its title and what its press brings with it, written at once."""
    for title, _ in choices:
        if len(title) > LONGEST_TITLE:
            raise ValueError(f"the choice {title!r} is longer than {LONGEST_TITLE} characters")
    tokens = ["a:" + secrets.token_urlsafe(16) for _ in choices]
    rows = [
        Button(
            token=token, person=person, action=action, subject=subject, version=version,
            value=vault.seal(json.dumps(value), company=database.company(), column=VALUE, subject=person),
            expires_at=clock.now() + LIFE,
        )
        for token, (_, value) in zip(tokens, choices, strict=True)
    ]  # fmt: skip
    if rows:
        await Button.insert(*rows)
    return [Choice(title, token) for token, (title, _) in zip(tokens, choices, strict=True)]


async def find(token: str, *, person: int | None) -> Button | None:
    """What this person's press on it means; None when it is unknown, expired, or somebody else's."""
    row = await Button.objects().where(Button.token == token).first()
    if row is None or row.person != person or row.expires_at < clock.now():
        return None
    return row


def value_of(button: Button) -> dict[str, Any]:
    """What the press brings with it; it may repeat somebody's reason, so it rests in an envelope."""
    with vault.own(button.company, button.person):
        words = vault.unseal(button.value, company=button.company, column=VALUE, subject=button.person)
    value: dict[str, Any] = json.loads(words)
    return value
