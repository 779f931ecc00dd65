"""Every setting is documented where people look for it, and nothing documented is not a setting."""

import re
from dataclasses import fields

import pytest

from core.settings import PREFIX, Settings
from tests.architecture.source import ROOT

VARIABLES = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
DOCUMENTS = ("README.md", "knowledge_base/operators/settings.md")


def mentioned(document: str) -> set[str]:
    names = set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", (ROOT / document).read_text(encoding="utf-8")))
    return {name.removesuffix("_FILE") if name.removesuffix("_FILE") in VARIABLES else name for name in names}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_setting_is_documented(document: str) -> None:
    assert VARIABLES - mentioned(document) == set()


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, "docker/compose.yaml", "docker/compose.scale-out.yaml", "docker/Dockerfile"]
)
def test_nothing_documented_is_not_a_setting(document: str) -> None:
    assert mentioned(document) - VARIABLES == set()
