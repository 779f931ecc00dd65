"""The story over WhatsApp: its posts are repeated and shuffled, its answers are lost, and whoever works on them dies."""

import asyncio
import random
from collections.abc import Sequence

import pytest

from tests.faults import checker
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import ACTS, PAPER, SENTENCE, Act, Told, tell
from tests.faults.table import scaled
from tests.outside.serving import Hook

BUDI = "6281234567890"
# Each stop between Meta's post and the message that answers it, with the act in which somebody dies there.
DEATHS: tuple[dict[str, list[tuple[str, str]]], ...] = (
    {
        "types_code": [("run", "webhooks.parsed"), ("run", "strangers.taken")],
        "agrees": [("run", "inbox.before_store"), ("run", "strangers.linked")],
        "asks": [("run", "inbox.after_store"), ("run", "conversation.before_commit")],
        "confirms": [("run", "webhooks.before_answer"), ("run", "leave.reserved")],
        "approves": [("run", "jobs.taken"), ("run", "delivery.before_mark")],
        "sends_a_paper": [("run", "webhooks.verified"), ("run", "files.half")],
    },
    {
        "types_code": [("run", "delivery.before_send")],
        "agrees": [("run", "delivery.after_mark")],
        "asks": [("run", "conversation.taken"), ("run", "delivery.before_take")],
        "confirms": [("run", "conversation.after_commit"), ("run", "jobs.before_done")],
        "approves": [("run", "delivery.before_take")],
        "sends_a_paper": [("run", "files.written")],
    },
)


async def _types_code(installation: Installation, told: Told) -> Hook:
    return installation.whatsapp.message(told.code, BUDI)


async def _agrees(installation: Installation, told: Told) -> Hook:
    return installation.whatsapp.press("Ya, sambungkan", BUDI)


async def _asks(installation: Installation, told: Told) -> Hook:
    return installation.whatsapp.message(SENTENCE, BUDI)


async def _confirms(installation: Installation, told: Told) -> Hook:
    return installation.whatsapp.press("Ya, ajukan", BUDI)


async def _sends_a_paper(installation: Installation, told: Told) -> Hook:
    return installation.whatsapp.upload(PAPER.getvalue(), BUDI)


OVER_WHATSAPP: dict[str, Act] = {
    **ACTS,
    "types_code": _types_code,
    "agrees": _agrees,
    "asks": _asks,
    "confirms": _confirms,
    "sends_a_paper": _sends_a_paper,
}


async def _wrong(installation: Installation, told: Told) -> list[str]:
    return await checker.of_story(
        installation.books, installation.whatsapp, installation.slack, told.hooks,
        by=installation.now(), by_way_of="whatsapp",
    )  # fmt: skip


async def _told(shape: Shape, tried: Tried, deaths: Sequence[dict[str, list[tuple[str, str]]]]) -> None:
    complaints: list[str] = []
    died = 0
    for each in deaths:
        async with shape.opened() as installation:
            installation.takes_whatsapp()
            told = Told(shape.founded.code)
            await installation.start()
            await tell(installation, told, each, OVER_WHATSAPP)
            wrong = await _wrong(installation, told)
            wrong += [f"nobody died: {one}" for one in installation.survived()]
            died += installation.deaths
            if wrong:
                complaints += [str(each), *wrong, installation.complaints()]
    tried("killed at a crash point, over WhatsApp", shape.name, died, lost=complaints)
    assert not complaints, "\n".join(complaints)
    assert died == sum(len(points) for each in deaths for points in each.values())


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_killed_at_each_point_on_the_way_of_whatsapp(on_file: Shape, on_postgres: Shape, tried: Tried) -> None:
    for shape in (on_file, on_postgres):
        await _told(shape, tried, DEATHS)


async def _comes_again(shape: Shape, tried: Tried, seeds: Sequence[int]) -> None:
    """Each post comes one to five times at once, old ones come between, and so does what became of what we sent."""
    brought, lost = 0, list[str]()
    for seed in seeds:
        chance = random.Random(seed)
        async with shape.opened() as installation:
            installation.takes_whatsapp()
            told = Told(shape.founded.code)
            await installation.start()
            for act in OVER_WHATSAPP.values():
                fresh = await act(installation, told)
                hooks = [fresh] * chance.randint(1, 5) + chance.choices(told.hooks or [fresh], k=2)
                refs = [shown.ref for shown in installation.whatsapp.sent[-3:]]
                # Reports come in any order, too.
                hooks += [
                    installation.whatsapp.status(ref, state) for ref in refs for state in ("read", "delivered", "sent")
                ]
                chance.shuffle(hooks)
                told.hooks.append(fresh)
                brought += len(hooks)
                await asyncio.gather(*(installation.hand_over(hook) for hook in hooks))
                await installation.settle()
            wrong = await _wrong(installation, told)
            back = await installation.books.rows(
                "select id from outbound where channel = 'whatsapp' and progress = 'delivered'"
            )
            lost += [f"seed {seed}: {one}" for one in [*wrong, *(f"{row} was read" for row in back)]]
    tried("posts of WhatsApp brought again, shuffled, at once", shape.name, brought, lost=lost)
    assert not lost, "\n".join(lost)


async def test_what_comes_again_by_whatsapp_changes_nothing(on_file: Shape, tried: Tried) -> None:
    await _comes_again(on_file, tried, [random.randrange(1_000_000)])


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_what_comes_again_by_whatsapp_changes_nothing_at_length(
    on_file: Shape, on_postgres: Shape, tried: Tried
) -> None:
    for shape in (on_file, on_postgres):
        await _comes_again(shape, tried, [random.randrange(1_000_000) for _ in range(scaled(10))])


@pytest.mark.whole
@pytest.mark.timeout(900)
@pytest.mark.parametrize("ill", ["lost", "too many", "a bad gateway", "slow"])
async def test_what_is_said_arrives_while_whatsapp_is_ill(on_file: Shape, tried: Tried, ill: str) -> None:
    async with on_file.opened() as installation:
        installation.takes_whatsapp()
        told = Told(on_file.founded.code)
        await installation.start()
        for name, act in OVER_WHATSAPP.items():
            fresh = await act(installation, told)
            told.hooks.append(fresh)
            if name in ("agrees", "confirms", "approves"):
                meta = installation.whatsapp
                match ill:
                    case "lost":
                        meta.accept_then_drop()
                    case "too many":
                        meta.too_many(2, 2)
                    case "a bad gateway":
                        meta.fail(502, 2)
                    case _:
                        meta.delay(5.0, 2)
            await installation.hand_over(fresh)
            await installation.settle(240)
            installation.whatsapp.calm()
        wrong = await _wrong(installation, told)
        tried(f"WhatsApp is ill: {ill}", on_file.name, 3, lost=wrong)
        assert not wrong, "\n".join([*wrong, installation.complaints()])
