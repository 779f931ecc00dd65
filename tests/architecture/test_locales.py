"""Both languages say the same things, each in its own words."""

import ast as python
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from tests.architecture.source import ROOT, modules, tree

LOCALES = ROOT / "core" / "locales"
LANGUAGES = ("id", "en")
# Messages that are rightly the same in both languages: names, signs, words both languages share.
SAME_IN_BOTH = {
    "consents.short_telegram",
    "consents.short_whatsapp",
    "holdings.of_pin",
    "passkeys.one",
    "programs.title",
    "web.thing_webhook",
    "webhooks.took",
    "programs.token",
    "web.audit_program",
    "web.thing_token",
    "web.through_api",
    "training.in_id",
    "training.in_en",
    "register.country_id",
    "register.country_au",
    "desk.target",
    "queue.until",
    "queue.and_until",
    "mailboxes.folder",
    "mailboxes.port",
    "mailboxes.security_starttls",
    "mailboxes.through_email",
    "accounts.web",
    "staff.channel_console",
    "staff.channel_email",
    "staff.channel_slack",
    "staff.channel_telegram",
    "staff.channel_whatsapp",
    "staff.chat",
    "staff.column_bank",
    "staff.column_email",
    "channels.dialog_title",
    "telegram.command_menu",
    "botaccounts.business",  # as Meta and Telegram call them
    "botaccounts.callback",
    "botaccounts.phone",
    "botaccounts.secret",
    "botaccounts.telegram_title",
    "botaccounts.token",
    "botaccounts.verify",
    "botaccounts.whatsapp_title",
    "slackapp.app_token",  # as Slack calls them
    "slackapp.client_id",
    "slackapp.client_secret",
    "slackapp.signing_secret",
    "slackapp.title",
    "web.hint_menu",
    "web.language_en",
    "web.language_id",
    "web.role_administrator",
    "web.role_super_administrator",
}


def parsed(language: str, file: str) -> ast.Resource:
    return FluentParser().parse((LOCALES / language / file).read_text(encoding="utf-8"))


def files(language: str) -> set[str]:
    return {path.name for path in (LOCALES / language).glob("*.ftl")}


def messages() -> Iterator[tuple[str, dict[str, ast.Message]]]:
    """`slice.id` -> its message in each language that has it."""
    found: dict[str, dict[str, ast.Message]] = {}
    for language in LANGUAGES:
        for file in files(language):
            for entry in parsed(language, file).body:
                if isinstance(entry, ast.Message):
                    found.setdefault(f"{Path(file).stem}.{entry.id.name}", {})[language] = entry
    yield from sorted(found.items())


class Facts(Visitor):
    """Collects the variables a message says; what only chooses a form is left aside."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        for variant in node.variants:
            self.visit(variant)


class Words(Visitor):
    """Collects the literal words of a message."""

    def __init__(self) -> None:
        self.text: list[str] = []

    def visit_TextElement(self, node: ast.TextElement) -> None:
        self.text.append(node.value)


def facts(message: ast.Message) -> set[str]:
    visitor = Facts()
    visitor.visit(message)
    return visitor.names


def words(message: ast.Message) -> str:
    visitor = Words()
    visitor.visit(message)
    return " ".join(" ".join(visitor.text).split())


def test_both_languages_have_the_same_files() -> None:
    assert files("id") == files("en") != set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_can_be_read(language: str) -> None:
    junk = [
        f"{language}/{file}: {entry.content!r}"
        for file in sorted(files(language))
        for entry in parsed(language, file).body
        if isinstance(entry, ast.Junk)
    ]
    assert not junk


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_said_twice(language: str) -> None:
    for file in files(language):
        names = [entry.id.name for entry in parsed(language, file).body if isinstance(entry, ast.Message)]
        assert len(names) == len(set(names)), f"{language}/{file}: {sorted(n for n in names if names.count(n) > 1)}"


def test_both_languages_have_the_same_messages() -> None:
    assert [key for key, said in messages() if set(said) != set(LANGUAGES)] == []


def test_both_languages_say_the_same_facts() -> None:
    different = {
        key: (facts(said["id"]), facts(said["en"]))
        for key, said in messages()
        if set(said) == set(LANGUAGES) and facts(said["id"]) != facts(said["en"])
    }
    assert different == {}


def test_no_english_text_is_a_copy_of_the_indonesian() -> None:
    copied = {
        key
        for key, said in messages()
        if set(said) == set(LANGUAGES) and words(said["id"]) == words(said["en"]) and _has_words(words(said["id"]))
    }
    assert copied - SAME_IN_BOTH == set(), "say it in English, or name it in SAME_IN_BOTH"
    assert SAME_IN_BOTH - copied == set(), "these are no longer the same: take them off the list"


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


# Calls whose first argument is the key of a phrase.
SPEAK = {"phrase", "Refused", "say", "ask"}
KEY = re.compile(r"[a-z]+\.[a-z0-9_]+")


def literals() -> Iterator[str]:
    """Every string of the source and every quoted word of the pages; of an f-string, what stands between its holes."""
    for path in modules():
        for node in python.walk(tree(path)):
            if isinstance(node, python.Constant) and isinstance(node.value, str):
                yield node.value
    for page in (ROOT / "backoffice" / "templates").rglob("*.html"):
        yield from re.findall(r"[\"']([^\"'{}]+)[\"']", page.read_text(encoding="utf-8"))


def test_no_phrase_is_said_by_nobody() -> None:
    quoted = set(literals())
    starts = tuple(word for word in quoted if re.fullmatch(r"[a-z]+\.([a-z0-9_]+_)?", word))
    ends = [word for word in quoted if re.fullmatch(r"_[a-z0-9_]+", word)]
    whole = quoted | {f"{word}{end}" for word in quoted if KEY.fullmatch(word) for end in ends}
    assert [key for key, _ in messages() if key not in whole and not key.startswith(starts)] == []


def test_every_phrase_that_is_said_is_there() -> None:
    known = {key for key, _ in messages()}
    missing = []
    for path in modules():
        for node in python.walk(tree(path)):
            if not isinstance(node, python.Call) or not node.args or not isinstance(node.args[0], python.Constant):
                continue
            key, name = node.args[0].value, getattr(node.func, "attr", getattr(node.func, "id", ""))
            # A question is kept under one key and may be worded by another.
            for word in node.keywords:
                if name == "ask" and word.arg == "says":
                    key = getattr(word.value, "value", None)
            if name in SPEAK and isinstance(key, str) and KEY.fullmatch(key) and key not in known:
                missing.append(f"{path}:{node.lineno} {key}")
    assert not missing


def test_every_phrase_of_a_page_is_there() -> None:
    known = {key for key, _ in messages()}
    said = re.compile(r"\bt\(\s*\"([a-z]+\.[a-z0-9_]+)\"(?!\s*~)")
    missing = [
        f"{page.name} {key}"
        for page in (ROOT / "backoffice" / "templates").rglob("*.html")
        for key in said.findall(page.read_text(encoding="utf-8"))
        if key not in known
    ]
    assert not missing
