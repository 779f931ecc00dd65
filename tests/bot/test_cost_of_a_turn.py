"""How many statements and commits an answer takes: what a turn costs, wherever it runs."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from core import clock, database
from tests.bot.conftest import Talk

NINE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


class Cost:
    """What the database was asked."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.commits = 0


@pytest.fixture
def cost(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Cost]]:
    """Counts from each call on."""
    found, kind = Cost(), type(database.engine())
    run, finish = kind.run_querystring, kind.finish

    async def ran(engine: Any, querystring: Any, *args: Any, **more: Any) -> Any:
        found.statements.append(str(querystring.template))
        return await run(engine, querystring, *args, **more)

    async def finished(engine: Any, held: Any, *, writes: bool, keep: bool) -> None:
        found.commits += writes and keep
        await finish(engine, held, writes=writes, keep=keep)

    monkeypatch.setattr(kind, "run_querystring", ran)
    monkeypatch.setattr(kind, "finish", finished)

    def begin() -> Cost:
        found.__init__()  # type: ignore[misc]
        return found

    with clock.freeze(NINE):
        yield begin


async def test_an_answer_takes_no_more_than_it_needs(talk: Talk, cost: Callable[[], Cost]) -> None:
    await talk.writes("777", "halo")
    number = await talk.arrives("777", "sisa cuti")
    took = cost()
    assert [one.key for one in await talk.answered(number)] == ["leave.balance"]
    assert (len(took.statements), took.commits) <= (21, 1), took.statements


async def test_a_request_takes_no_more_than_it_needs(talk: Talk, cost: Callable[[], Cost]) -> None:
    await talk.writes("777", "halo")
    asks = await talk.arrives("777", "cuti 10 maret, urusan keluarga")
    took = cost()
    assert [one.key for one in await talk.answered(asks)] == ["leave.confirm"]
    assert (len(took.statements), took.commits) <= (29, 1), took.statements
    agrees = await talk.arrives("777", "ya")
    took = cost()
    assert [one.key for one in await talk.answered(agrees)] == ["leave.submitted"]
    # The last of them asks which programs are told of it.
    assert (len(took.statements), took.commits) <= (70, 1), took.statements
