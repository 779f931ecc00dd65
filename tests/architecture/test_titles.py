"""What stands on a button fits every channel: WhatsApp refuses a title over twenty characters.

The runtime refuses a longer title; here the phrases that become titles are found in the source and measured, so that
nobody's turn is the one that finds out.
"""

import ast as python
from collections.abc import Iterator
from typing import Any

from fluent.syntax import ast

from core.messaging.buttons import LONGEST_TITLE
from tests.architecture.source import modules, tree
from tests.architecture.test_locales import messages

# Titles whose phrase is chosen at run time: every phrase that begins so is one.
OPEN = ("dialog.topic_", "dialog.choice_", "linking.choice_", "approvals.do_")

Function = python.FunctionDef | python.AsyncFunctionDef


def _keys(node: python.AST) -> Iterator[str]:
    """Phrase keys said in this expression; an f-string's key ends in `*` where it is filled in."""
    for call in python.walk(node):
        if not isinstance(call, python.Call):
            continue
        name = call.func.attr if isinstance(call.func, python.Attribute) else getattr(call.func, "id", "")
        if name not in ("phrase", "title", "only"):
            continue
        for said in call.args[:2]:
            if isinstance(said, python.Constant) and isinstance(said.value, str):
                yield said.value
            elif isinstance(said, python.JoinedStr):
                yield "".join(str(one.value) if isinstance(one, python.Constant) else "*" for one in said.values)


def _titles() -> Iterator[str]:
    for path in modules():
        for function in python.walk(tree(path)):
            if not isinstance(function, Function):
                continue
            for call in python.walk(function):
                said = _title_of(call)
                if said is None:
                    continue
                yield from _keys(said)
                for name in (one.id for one in python.walk(said) if isinstance(one, python.Name)):
                    yield from _assigned(function, name)


def _title_of(call: python.AST) -> python.expr | None:
    match call:
        case python.Call(func=python.Name(id="Option"), args=[_, title, *_]):
            return title
        case python.Call(func=python.Attribute(attr="make", value=python.Name(id="buttons")), args=[title, *_]):
            return title
    return None


def _assigned(function: Function, name: str) -> Iterator[str]:
    for one in python.walk(function):
        targets: list[Any] = []
        if isinstance(one, python.Assign):
            targets = one.targets
        elif isinstance(one, python.AnnAssign):
            targets = [one.target]
        if any(isinstance(target, python.Name) and target.id == name for target in targets):
            value = getattr(one, "value", None)
            yield from _keys(value) if value is not None else ()


def _fits(message: ast.Message, language: str) -> str | None:
    """The text, when it is plain and too long; what is filled in is measured where it is filled in."""
    assert message.value is not None
    if not all(isinstance(one, ast.TextElement) for one in message.value.elements):
        return None
    said = "".join(one.value for one in message.value.elements if isinstance(one, ast.TextElement))
    return f"{language}: {said!r}" if len(said) > LONGEST_TITLE else None


def test_every_title_fits_in_both_languages() -> None:
    titles = set(_titles())
    assert len(titles) > 30, "the titles are not found in the source any more"
    long = [
        f"{key} {text}"
        for key, both in messages() if key in titles or key.startswith(OPEN)
        for language, one in both.items() if (text := _fits(one, language))
    ]  # fmt: skip
    assert not long, long
