"""A flow reads only through the engine, so that a replay asks the same question; it writes after its last one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOWS = sorted((Path(__file__).parents[2] / "bot" / "flows").glob("*.py"))
# What a flow does when all was asked, in a block that a rule's no leaves again.
WRITES = (
    {"requests.submit", "requests.acknowledge"}
    | {f"tickets.{verb}" for verb in ("submit", "write", "hurry", "close", "rate", "thank")}
    | {f"feature_requests.{verb}" for verb in ("submit", "support", "leave")}
    | {"links.tie"}
    | {"progress.finish"}
    | {"quiet.choose", "quiet.choose_news"}
    | {"moving.agree", "moving.decline"}
    | {f"requests.{verb}" for verb in ("withdraw", "add")}
    | {"corrections.propose", "deciding.understood", "deciding.keep", "yearly.confirm"}
    | {"consents.withdraw", "step_up.link"}
)


def reads_past_the_engine(source: str) -> Iterator[str]:
    """Each await of something of the core's, by a function that holds the talk, with more to be asked after it."""
    for made in ast.walk(ast.parse(source)):
        if not isinstance(made, ast.AsyncFunctionDef) or "chat" not in {one.arg for one in made.args.args}:
            continue
        raised = {one.exc for one in ast.walk(made) if isinstance(one, ast.Raise)}
        calls = [one for one in ast.walk(made) if isinstance(one, ast.Await) and one not in raised]
        asks = [one.lineno for one in calls if _asks(one)]
        writes = [one.lineno for one in calls if _called(one) in WRITES]
        until = min([max(asks, default=0), *writes])
        for one in calls:
            if not _asks(one) and not _called(one).startswith("chat.") and one.lineno < until:
                yield f"{made.name}, line {one.lineno}: {_called(one)}"


def _called(one: ast.Await) -> str:
    return ast.unparse(one.value.func) if isinstance(one.value, ast.Call) else ""


def _asks(one: ast.Await) -> bool:
    """Whether this may ask: the engine's question, or a part of the flow that is handed the talk."""
    if _called(one) == "chat.ask":
        return True
    handed = one.value.args if isinstance(one.value, ast.Call) else []
    return any(isinstance(arg, ast.Name) and arg.id == "chat" for arg in handed)


@pytest.mark.parametrize("file", FLOWS, ids=lambda file: file.stem)
def test_flows_read_through_look(file: Path) -> None:
    assert list(reads_past_the_engine(file.read_text())) == []


def test_the_rule_finds_what_it_forbids() -> None:
    bad = "async def f(chat):\n    left = await lots.balance(1)\n    await chat.ask('x', X)\n"
    good = (
        "async def f(chat):\n    await chat.look('left', lots.balance, 1)\n    await chat.ask('x', X)\n    await go()\n"
    )
    assert list(reads_past_the_engine(bad)) == ["f, line 2: lots.balance"]
    assert list(reads_past_the_engine(good)) == []
