"""Platforms that are slow, overloaded, ill or answer rubbish: what is said arrives once, or a second time with its mark."""

from collections.abc import Callable

import pytest

from tests.faults import checker, story
from tests.faults.conftest import Shape, Tried
from tests.faults.story import Told
from tests.outside.serving import Answer, StandIn, Trouble


def _answers(body: bytes, status: int = 200) -> Callable[[StandIn], None]:
    said = Answer(status, body, {}, "rubbish")
    return lambda platform: platform._trouble(Trouble(platform.sends, 1, answer=said))


ILL: dict[str, Callable[[StandIn], None]] = {
    "slow": lambda platform: platform.delay(5.0, 2),
    "too many": lambda platform: platform.too_many(2, 2),
    "a bad gateway": lambda platform: platform.fail(502, 2),
    "an ill server": lambda platform: platform.fail(500, 2),
    "half an answer": _answers(b'{"ok": tru'),
    "another JSON": _answers(b"[1, 2]"),
    "a page": _answers(b"<html>Welcome to nginx!</html>"),
    "no answer": lambda platform: platform.accept_then_drop(1),
}


@pytest.mark.whole
@pytest.mark.timeout(900)
@pytest.mark.parametrize("ill", ILL)
async def test_what_is_said_arrives(on_file: Shape, tried: Tried, ill: str) -> None:
    async with on_file.opened() as installation:
        told = Told(on_file.founded.code)
        await installation.start()
        for act in (story.types_code, story.agrees, story.asks, story.confirms, story.approves, story.sends_a_paper):
            hook = await act(installation, told)
            told.hooks.append(hook)
            if act in (story.confirms, story.approves):
                ILL[ill](installation.telegram)
                ILL[ill](installation.slack)
            await installation.hand_over(hook)
            await installation.settle(240)
            installation.telegram.calm()
            installation.slack.calm()
        wrong = await checker.complaints(installation.books, by=installation.now(), deaths=True)
        doubled = checker.said_twice(installation.telegram.sent) + checker.said_twice(installation.slack.sent)
        if not any("Disetujui Sari" in (shown.before or [shown.words])[0] for shown in installation.telegram.sent):
            wrong.append("the employee was not told")
        tried(f"platforms that answer: {ill}", on_file.name, 4, lost=wrong, doubled=doubled)
        assert not wrong, installation.complaints()
        assert not doubled
        assert installation.deaths == 0
