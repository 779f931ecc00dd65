"""The mistakes of well-known products, one by one: each has its answer, and the tests that show it are there."""

import ast
import re

import pytest

from tests.architecture.source import ROOT, modules, tree

TABLE = ROOT / "knowledge_base" / "developers" / "mistakes.md"
HOW_MANY = 40
ROW = re.compile(r"^\| (\d+) \| (.+) \| (.+) \| (.*) \|$", re.M)
ROWS = ROW.findall(TABLE.read_text(encoding="utf-8"))
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_no_mistake_is_left_out() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, HOW_MANY + 1))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_what_prevents_it_is_tested(row: tuple[str, str, str, str]) -> None:
    _, _, prevents, shown = row
    named = TEST.findall(shown)
    assert named or prevents.startswith("not here yet: "), "name the test that would notice"
    for path, name in named:
        assert re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8")), f"{path} has no {name}"


def test_nothing_is_evaluated() -> None:
    found = [
        f"{path}:{node.lineno} {node.func.id}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("eval", "exec", "compile")
    ]
    assert found == []
