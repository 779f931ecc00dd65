"""The articles of the house: in both languages, dated, with their source, their blocks known and their links alive."""

import re
from datetime import date

import pytest

import bot.conversation  # noqa: F401  # registers the flows
from bot.dialog.engine import FLOWS
from core.knowledge import articles, blocks
from core.knowledge.articles import Article

SHIPPED = articles.shipped()
LINK = re.compile(r"\]\((?:\.\./\w+/)?([a-z0-9-]+)\.(id|en)\.md")
LONGEST_ANSWER = 700  # a chat shows 900 with the article's name and the buttons


def test_every_article_is_there_in_both_languages_and_says_the_same_of_itself() -> None:
    names = {name for name, _ in SHIPPED}
    assert {(name, language) for name in names for language in articles.LANGUAGES} == set(SHIPPED)
    for name in sorted(names):
        first, second = SHIPPED[name, "id"], SHIPPED[name, "en"]
        said = [
            (one.audience, one.roles, one.valid_from, one.review_by, one.intents, one.before, one.opens)
            for one in (first, second)
        ]
        assert said[0] == said[1], name
        assert blocks.named(first.body) == blocks.named(second.body), name


def test_there_are_articles_enough_for_whoever_reads() -> None:
    names = {one.id: one.audience for one in SHIPPED.values()}
    assert len(names) >= 60
    assert set(names.values()) == set(articles.AUDIENCES)


@pytest.mark.parametrize("one", SHIPPED.values(), ids=lambda one: f"{one.id}.{one.language}")
def test_an_article_can_be_answered_with(one: Article) -> None:
    assert date(2026, 1, 1) <= one.valid_from < one.review_by
    assert one.source and len(one.aliases) >= 1
    assert len(one.label) <= articles.MOST_TITLE, "no button shows that title: give it a `short:` one"
    assert len(one.answer) <= LONGEST_ANSWER, "the first paragraph is the short answer"
    assert all((name, language) in SHIPPED for name, language in LINK.findall(one.body)), "a link leads nowhere"
    assert not one.opens or one.opens in FLOWS
    assert {what for kind, what in blocks.named(one.body) if kind == "open"} <= set(FLOWS)


def test_no_two_articles_have_one_name() -> None:
    for language in articles.LANGUAGES:
        for what in ("title", "label"):
            said = [getattr(one, what).casefold() for one in SHIPPED.values() if one.language == language]
            assert sorted({name for name in said if said.count(name) > 1}) == [], (language, what)
