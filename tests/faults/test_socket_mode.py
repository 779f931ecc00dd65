"""Slack's connection breaks with the process that holds it: what was not acknowledged comes again, and counts once."""

import json
import random
from collections.abc import AsyncIterator
from functools import partial

import pytest

from tests.faults import checker
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import ACTS, SARI, Told
from tests.faults.table import scaled
from tests.outside.slack import payload_of
from tests.outside.slack_socket import APP_TOKEN, Envelope, Sockets

# Where the process dies with an envelope in its hands, or with what it brought.
POINTS = (
    "sockets.before_store", "sockets.before_answer", "webhooks.parsed", "inbox.before_store", "inbox.after_store",
    "jobs.taken", "conversation.before_commit", "delivery.before_mark", "decisions.after_decision",
)  # fmt: skip


async def _brought(installation: Installation, ends: Sockets, one: Envelope) -> None:
    """Slack brings it until it is acknowledged, to whatever process there is by then."""

    async def acknowledged() -> bool:
        await installation.revive()
        return one.acked is not None

    await until(acknowledged, f"{one.kind} is acknowledged", 120)


async def _asks_and_is_answered(installation: Installation, ends: Sockets) -> None:
    said = installation.slack.event("sisa cuti", SARI, at=installation.at)
    await _brought(installation, ends, ends.brings("events_api", json.loads(said.body)))


def _some(brought: list[Envelope], what: str) -> bool:
    return any(getattr(one, what) for one in brought)


@pytest.fixture(params=["on_file"])
def shape(request: pytest.FixtureRequest) -> Shape:
    found: Shape = request.getfixturevalue(request.param)
    return found


@pytest.fixture
async def connected(shape: Shape) -> AsyncIterator[tuple[Shape, Installation, Sockets]]:
    async with shape.opened() as installation:
        with Sockets(installation.slack) as ends:
            installation.also["SERAMBI_SLACK_APP_TOKEN"] = APP_TOKEN
            await installation.start()
            await until(lambda: ends.open, "a connection stands", 60)
            yield shape, installation, ends


async def _killed(shape: Shape, installation: Installation, ends: Sockets, tried: Tried, deaths: list[str]) -> None:
    for point in deaths:
        installation.is_to_die("run", [point])
        await _asks_and_is_answered(installation, ends)
        await installation.settle()
    n = (await installation.books.one(f"select count(*) as n from inbound where sender = '{SARI}'"))["n"] - 2
    wrong = await checker.complaints(installation.books, by=installation.now())
    wrong += [f"nobody died: {one}" for one in installation.survived()]
    wrong += checker.said_twice(installation.slack.sent, asked=len(deaths))
    tried(
        "killed while Slack's connection brings something", shape.name, len(deaths),
        lost=wrong or n < len(deaths), doubled=n > len(deaths),
    )  # fmt: skip
    assert not wrong, "\n".join([*wrong, installation.complaints()])
    assert n == len(deaths)


async def test_killed_with_an_envelope_in_its_hands(
    connected: tuple[Shape, Installation, Sockets], tried: Tried
) -> None:
    await _killed(*connected, tried, ["sockets.before_store", "sockets.before_answer", "jobs.taken"])


@pytest.mark.whole
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("shape", ["on_file", "on_postgres"], indirect=True)
async def test_killed_at_each_point_with_an_envelope_in_its_hands(
    connected: tuple[Shape, Installation, Sockets], tried: Tried
) -> None:
    points = [point for point in POINTS if not point.startswith("decisions.")]
    await _killed(*connected, tried, points * scaled(3))


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_press_over_a_connection_that_dies_decides_once(
    connected: tuple[Shape, Installation, Sockets], tried: Tried
) -> None:
    shape, installation, ends = connected
    told = Told(shape.founded.code)
    for name, act in ACTS.items():
        hook = await act(installation, told)
        told.hooks.append(hook)
        if name != "approves":
            await installation.hand_over(hook)
            await installation.settle()
            continue
        for point in ("sockets.before_store", "decisions.after_decision"):
            installation.is_to_die("run", [point])
        await _brought(installation, ends, ends.brings("interactive", payload_of(hook)))
        await installation.settle()
    wrong = await checker.of_story(
        installation.books, installation.telegram, installation.slack, told.hooks, by=installation.now()
    )
    wrong += [f"nobody died: {one}" for one in installation.survived()]
    tried("killed while a press comes over the connection", shape.name, 2, lost=wrong)
    assert not wrong, "\n".join([*wrong, installation.complaints()])


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_killed_at_random_while_envelopes_come(
    connected: tuple[Shape, Installation, Sockets], tried: Tried
) -> None:
    """A process that dies at any moment, and envelopes that come in twos."""
    shape, installation, ends = connected
    seed = random.randrange(1_000_000)
    chance, times = random.Random(seed), scaled(20)
    for _ in range(times):
        said = [installation.slack.event("sisa cuti", SARI, at=installation.at) for _ in range(2)]
        brought = [ends.brings("events_api", json.loads(one.body)) for one in said]
        await until(partial(_some, brought, "sent"), "one is on its way", 30)
        if chance.random() < 0.7:
            await until(partial(_some, brought, "acked"), "one is acknowledged", 60)
        installation.processes["run"].kill()
        for one in brought:
            await _brought(installation, ends, one)
        await installation.settle()
    n = (await installation.books.one(f"select count(*) as n from inbound where sender = '{SARI}'"))["n"] - 2
    wrong = await checker.complaints(installation.books, by=installation.now(), deaths=True)
    tried(
        "killed at random under Slack's connection",
        shape.name,
        times,
        lost=wrong or n < 2 * times,
        doubled=n > 2 * times,
    )
    assert not wrong, "\n".join([f"seed {seed}", *wrong, installation.complaints()])
    assert n == 2 * times, f"seed {seed}"
