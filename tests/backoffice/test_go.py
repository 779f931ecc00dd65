"""What stands behind Ctrl K: every page that somebody may open and that needs nothing named is found by its words."""

import html
import re

import pytest

from backoffice.menu import BEHIND_BUTTONS, OF_A_COMPANY, OWN_BEHIND_BUTTONS
from core.accounts.roles import ROLES
from core.phrases import phrase
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_roles import APPROVER, EMPLOYEE, OPEN, ROUTES, persona

# Fetched by a page, handed out as a file, or the box itself.
NO_PAGES = {
    "/chat/lines", "/live", "/go", "/go/found", "/account/awake", "/{company:str}", "/{company:str}/approvals/news",
    "/{company:str}/named", "/{company:str}/imports/template", "/{company:str}/leave/opening/template",
    "/{company:str}/tickets/live",
    "/{company:str}/settings/slack/installed",  # where Slack leads back to
    "/{company:str}/tickets/{public:str}/articles",  # a part of the ticket's page
    "/{company:str}/collective/people",  # behind a figure of the page above it
}  # fmt: skip
ASK_THEMSELVES = {
    "/account/second-factor",
    "/account/offers",
    "/account/passkeys/new",
}  # for a session: they stand with what is open


async def found(visitor: Visitor, words: str = "") -> dict[str, str]:
    """What the box leads to, by address."""
    page = (await visitor.get("/go/found", params={"q": words})).text
    return {
        href: html.unescape(words)
        for href, words in re.findall(r'<a href="([^"]+)">.*?</svg><span>([^<]*)</span>', page, re.S)
    }


def wanted(role: str, slug: str) -> set[str]:
    paths = {path for (method, path), roles in ROUTES.items() if method == "GET" and role in roles}
    paths |= {path for method, path in OPEN if method == "GET" and path in ASK_THEMSELVES}
    plain = {path.replace("{company:str}", slug) for path in paths - NO_PAGES}
    return {"/me/" if path == "/me" else path for path in plain if "{" not in path}


@pytest.mark.parametrize("role", ROLES)
async def test_every_page_that_needs_nothing_named_is_found_in_both_languages(house: Installation, role: str) -> None:
    visitor, slug = await persona(house, role), await house.slug(house.maju)
    for language in ("id", "en"):
        await visitor.post("/language", language=language, next="/account")
        every = await found(visitor)
        extra = {"/chat", "/me/leave", "/me/"} if role in (APPROVER, EMPLOYEE) else set()
        assert wanted(role, slug) - set(every) == set(), language
        assert set(every) - wanted(role, slug) - extra == set(), "nothing that may not be opened"
        assert all(every.values())
        for href, words in every.items():
            assert href in await found(visitor, words), (language, words)


async def test_words_in_any_order_and_capitals_find_a_page(house: Installation) -> None:
    ratna, slug = await house.as_person(house.maju, "ratna"), await house.slug(house.maju)
    assert f"/{slug}/leave/record" in await found(ratna, "karyawan CATAT")
    assert f"/{slug}/leave/opening" in await found(ratna, "awal saldo")
    assert await found(ratna, "tidak ada yang begini") == {}


def test_no_two_pages_are_called_the_same() -> None:
    for language in ("id", "en"):
        labels = [line[4] for line in (*OF_A_COMPANY, *BEHIND_BUTTONS, *OWN_BEHIND_BUTTONS)]
        words = [phrase(label, language) for label in labels]
        assert sorted(words) == sorted(set(words)), language
