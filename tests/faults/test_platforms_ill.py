"""Platforms that are slow, overloaded, ill or answer rubbish: what is said arrives once, or a second time with its mark."""

import asyncio
from collections.abc import Callable

import pytest

from tests.faults import checker, story
from tests.faults.books import until
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import HEADLESS, Told, telegram_of
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


# -- others ------------------------------------------------------------------------------------------------------------

OTHERS, NINA = "PT Lain Sendiri", "U0NINA"
ASKED = 5  # questions of the other company, one after the other
SOON = 15.0  # seconds within which each is answered: the ill platform takes thirty for every message


async def _other_company(installation: Installation) -> str:
    """One more company in the same installation; the code by which its only employee links a chat."""
    await installation.command("company", "add", OTHERS, "--admin", "hr@lain.example")
    people = installation.folder / "others.csv"
    people.write_text("employee_number,name,join_date\nNINA,Nina Lestari,2021-01-04\n")
    await installation.command("people", "import", str(people), "--company", OTHERS)
    told = await installation.command("people", "invite", "NINA", "--company", OTHERS)
    return str(told["code"])


async def _others_unhurt(shape: Shape, tried: Tried, ill: Callable[[StandIn], None]) -> None:
    """Everybody of one company asks over a platform that is ill; who is of another is answered as ever."""
    people = HEADLESS[:8]
    async with shape.opened() as installation:
        code = await _other_company(installation)
        await installation.start()
        await story.link(installation, people)
        for words in (code, "ya"):
            await installation.hand_over(installation.slack.event(words, NINA, at=installation.at))
            await installation.settle()
        ill(installation.telegram)
        asked = [installation.telegram.update("sisa cuti", telegram_of(who)) for who in people for _ in range(3)]
        await asyncio.gather(*(installation.hand_over(hook) for hook in asked))
        late = 0
        for nth in range(ASKED):
            before = len(installation.slack.in_place(NINA))
            await installation.hand_over(installation.slack.event("sisa cuti", NINA, at=installation.at))
            try:
                await until(lambda: len(installation.slack.in_place(NINA)) > before, f"answer {nth}", SOON)  # noqa: B023
            except AssertionError:
                late += 1
        installation.telegram.calm()
        tried("others, while everybody of a company meets an ill platform", shape.name, ASKED, lost=late)
        assert not late, await installation.state()


@pytest.mark.whole
@pytest.mark.timeout(600)
@pytest.mark.parametrize("ill", ["slow", "ill", "away"])
async def test_another_company_is_answered_meanwhile(
    on_file: Shape, on_postgres: Shape, tried: Tried, ill: str
) -> None:
    makes: dict[str, Callable[[StandIn], None]] = {
        "slow": lambda platform: platform.delay(30.0, 1000),
        "ill": lambda platform: platform.fail(502, 1000),
        "away": lambda platform: platform.stop(),
    }
    for shape in (on_file, on_postgres):
        await _others_unhurt(shape, tried, makes[ill])
