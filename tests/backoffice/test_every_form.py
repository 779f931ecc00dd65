"""Whatever is typed into whichever field of whichever form, or address: it is taken or refused, never a fault."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest

from core import database
from core.helpdesk import tickets
from core.leave.policy import Period
from core.messaging.outbox import Address
from core.notices import feature_requests
from core.people.tables import Employment
from core.privacy import requests
from core.privacy.requests import Come
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_roles import OPEN, ROUTES
from tests.core.cast import as_

TYPED = (
    "a" * 5000, "inf", "1e999999", "9" * 20, "-1", "2026-02-30", "9999-12-31", "²", "１２", "\u202e{x}", "[]", "1.5", " ",
)  # fmt: skip
ADDRESSED = ("x", "9" * 25, "a" * 3000, "²", "..", "\u202e{x}", "annual")
PART = re.compile(r"\{\w+:\w+\}")
COMPANY = (
    "today", "approvals", "approvals/history", "chains", "chains/leave_request", "delegation", "leave", "leave/closed",
    "leave/worked", "reports", "reports/desk", "reports/desk/what-if", "types/new", "types/annual", "collective", "people", "people/new", "people/places",
    "people/{public}", "people/{public}/leave", "people/{public}/leave/record", "leave/record", "people/{person}/identity/nik", "people/{person}/pay/basic_salary",
    "careers", "calendar", "settings", "settings/calendar", "settings/calendar/leave", "settings/slack", "settings/telegram", "settings/whatsapp", "settings/mail", "settings/chat", "settings/desk", "settings/calendar/tickets", "roles", "misses", "articles", "articles/new", "articles/thr", "rehearsals",
    "tickets", "tickets/team", "tickets/call", "tickets/{ticket}", "ideas", "ideas/{idea}", "replies",
    "privacy", "privacy/new", "privacy/{data}", "privacy/holdings",
    "undelivered", "costs", "operator",
    "audit", "simulator",
)  # fmt: skip
OWN = (
    "/me",
    "/me/tickets",
    "/me/ideas",
    "/me/data",
    "/me/data/requests",
    "/me/data/pack",
    "/me/data/requests/{data}",
    "/me/tickets/{ticket}",
    "/me/leave",
    "/me/leave/new",
    "/me/calendar",
    "/chat",
    "/chat/code",
    "/help",
    "/help/cuti-menikah",
    "/go",
)
# Forms that end what the visitor needs to go on: the session, the language of the pages, the spell of work.
LEFT_OUT = ("sign-out", "/language", "/theme", "/end", "/file", "/account")


@dataclass
class Form:
    """A form of a page: where it is sent, how, and with what it is filled in."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects the forms of a page as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self._open = Form(told.get("action") or "", (told.get("method") or "get").lower())
            self.found.append(self._open)
        name, value = told.get("name") or "", told.get("value") or ""
        if self._open is None:
            return
        if tag in ("input", "textarea", "button") and name:
            self._open.fields.setdefault(name, value)
        elif tag == "select":
            self._select = name
            self._open.fields.setdefault(name, "")
        elif tag == "option" and self._select and ("selected" in told or not self._open.fields[self._select]):
            self._open.fields[self._select] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""


@pytest.fixture
def empty_url(tmp_path: Path) -> str:
    """What is looked at is the pages, not the database."""
    return f"sqlite:///{tmp_path / 'serambi.db'}"


def forms_of(page: str) -> Iterator[Form]:
    parser = Forms()
    parser.feed(page)
    for one in parser.found:
        one.fields.pop("csrf", None)
        if one.fields and not any(part in one.action for part in LEFT_OUT):
            yield one


async def sent(visitor: Visitor, form: Form, path: str, fields: dict[str, str]) -> int:
    there = (form.action or path).partition("#")[0]
    answer = await (visitor.post(there, **fields) if form.method == "post" else visitor.get(there, params=fields))
    return answer.status_code


@pytest.mark.timeout(400)  # some seven hundred requests
async def test_no_form_ends_in_a_fault_whatever_is_typed(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 12)))
    async with database.reading(maju.company):
        row = await Employment.select(Employment.public, Employment.person.public.as_alias("person")).where(
            Employment.id == maju.budi.id
        ).first()  # fmt: skip
    assert row is not None
    async with database.transaction(maju.company):
        here = Address("web", "web", str(maju.budi.person), maju.budi.person)
        row["ticket"] = (await tickets.submit(maju.budi, "seragam baru", address=here, by=as_(maju.budi))).ticket.public
    async with database.transaction(maju.company):
        row["idea"] = (await feature_requests.submit(maju.budi.person, "mode gelap", by=as_(maju.budi))).public
    async with database.transaction(maju.company):
        come = Come("portal", "web", "session", subject=maju.budi.person)
        row["data"] = (await requests.submit("correct", maju.budi.person, "salah", come, by=as_(maju.budi))).public
    hendra, budi = await house.as_person(maju, "hendra"), await house.as_person(maju, "budi")
    visits = [(hendra, f"/{slug}/{one.format(**row)}") for one in COMPANY] + [(budi, one.format(**row)) for one in OWN]
    seen, faults, typed = set(), [], cycle(TYPED)
    for visitor, path in visits:
        page = await visitor.get(path)
        assert page.status_code == 200, path
        for form in forms_of(page.text):
            shape = (form.method, form.action.partition("?")[0], tuple(form.fields))
            if shape in seen:
                continue
            seen.add(shape)
            for name in form.fields:
                for words in (TYPED[0], next(typed)):
                    status = await sent(visitor, form, path, form.fields | {name: words})
                    if status >= 500:
                        faults.append((path, form.action, name, words[:20], status))
            for words in (TYPED[0], next(typed)):
                status = await sent(visitor, form, path, dict.fromkeys(form.fields, words))
                if status >= 500:
                    faults.append((path, form.action, "everything", words[:20], status))
    assert len(seen) > 40
    assert faults == []


@pytest.mark.timeout(400)  # some seven hundred requests
async def test_no_address_ends_in_a_fault_whatever_stands_in_it(house: Installation) -> None:
    slug, hendra = await house.slug(house.maju), await house.as_person(house.maju, "hendra")
    faults = []
    for method, path in (*ROUTES, *OPEN):
        there = path.replace("{company:str}", slug)
        if "{" not in there or "sign-out" in there:
            continue
        for typed in ADDRESSED:
            address = PART.sub(quote(typed, safe=""), there)
            answer = await (hendra.get(address) if method == "GET" else hendra.post(address))
            if answer.status_code >= 500:
                faults.append((method, path, typed[:20], answer.status_code))
    assert faults == []
