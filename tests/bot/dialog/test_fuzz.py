"""Random turns over every flow: none raises, works without end, or acts on words that answer no question.

A thousand are played; `TURNS=100000 pytest tests/bot/dialog/test_fuzz.py` plays as many as it says.
"""

import os
import random

from bot.dialog.engine import FLOWS
from core.phrases import LANGUAGES
from tests.bot.dialog import walks
from tests.bot.dialog.test_every_flow import database_url, empty_url  # noqa: F401  found by name
from tests.bot.dialog.walks import Walker
from tests.core.cast import Cast
from tests.core.conftest import maju, open_database  # noqa: F401  found by name

TURNS = int(os.environ.get("TURNS", "1000"))
A_TALK = 25


async def test_whatever_is_said_the_talk_goes_on(maju: Cast) -> None:  # noqa: F811
    brings = await walks.brought(maju)
    seed = int(os.environ.get("SEED", "20260706"))
    names, done = list(FLOWS), 0
    while done < TURNS:
        chance = random.Random(seed + done)
        async with walks.pretended(maju):
            name, language = names[done // A_TALK % len(names)], LANGUAGES[done % 2]
            walker = Walker(maju.sari if chance.random() < 0.2 else maju.budi, language)
            try:
                await walker.begins(name, brings)
                for _ in range(A_TALK):
                    await _one(walker, chance)
                    done += 1
            except Exception as wrong:
                wrong.add_note(f"seed {seed + done}, {name} in {language}: {walker.path}")
                raise


async def _one(walker: Walker, chance: random.Random) -> None:
    """Play one turn; what is no press and meets no open question may change nothing."""
    turn = walks.anything(walker, chance)
    idle = walker.state.asked is None and "token" not in turn and not walker.card and chance.random() < 0.2
    before = await walks.everything() if idle else None
    told = await walker.does(**turn)  # type: ignore[arg-type]
    # Beside a card that is shown again, and news that go where somebody reads theirs, one thing is said a turn.
    said = [one.text for one in told if one.key not in ("approvals.card", "leave.called_off")]
    assert len(said) <= walks.MOST_REPLIES, said
    for one in told:
        assert one.text.strip(), one.key
        assert all(0 < len(choice.title) <= 20 for choice in one.choices), one.choices
    if before is not None:
        assert await walks.everything() == before, "it acted though nothing was asked"
