"""The trial page: only in a demo, read from rows, written through the real inbox."""

import html
import re

import pytest
from litestar.routes import HTTPRoute

import serambi
from core import database, demo
from core.accounts.tables import Company
from core.leave import requests
from core.leave.policy import Period
from core.messaging import inbox
from core.messaging.tables import Inbound
from tests.backoffice.conftest import Installation, Visitor
from tests.backoffice.test_pages import read
from tests.core.cast import as_
from tests.core.conftest import MONDAY

TRIAL = {
    ("GET", "/try"),
    ("GET", "/try/lines"),
    ("GET", "/try/live"),
    ("GET", "/try/side"),
    ("POST", "/try/say"),
    ("POST", "/try/become"),
    ("POST", "/try/restart"),
}


@pytest.fixture
def visitor(house: Installation) -> Visitor:
    """A stranger at the demo."""
    return Visitor(serambi.make_app(trial=house.maju.company))


def test_the_trial_is_no_part_of_an_installation_that_is_no_demo(house: Installation) -> None:
    def routes(app: object) -> set[tuple[str, str]]:
        found = (route for route in getattr(app, "routes") if isinstance(route, HTTPRoute))  # noqa: B009
        return {
            (method, route.path) for route in found for method in route.methods if method not in ("HEAD", "OPTIONS")
        }

    assert routes(serambi.make_app(trial=house.maju.company)) - routes(house.app) == TRIAL


async def test_it_shows_the_ledger_and_says_what_is_missing(visitor: Visitor) -> None:
    page = html.unescape((await visitor.get("/try")).text)
    assert "Satu kalimat dari Budi, satu ketukan dari Sari." in page
    assert "Jatah tahunan 2026" in page
    assert "Kartu muncul di sini begitu Budi mengajukan sesuatu." in page
    assert read(page).faults == []


async def test_what_is_written_there_arrives_as_from_the_person(house: Installation, visitor: Visitor) -> None:
    for _ in range(2):
        assert (await visitor.post("/try/say", who="person", words="cuti besok", id="once")).status_code == 303
    await visitor.post("/try/say", who="approver", words="stok opname", id="twice")
    async with database.installation(writes=False):
        rows = await Inbound.objects().order_by(Inbound.id)
    company = house.maju.company
    assert [(row.channel, row.sender, inbox.unseal(row).words) for row in rows] == [
        ("web", f"{company}:{house.maju.budi.person}", "cuti besok"),
        ("web", f"{company}:{house.maju.sari.person}", "stok opname"),
    ]


async def test_the_card_is_drawn_as_slack_would_and_turns_when_it_is_decided(
    house: Installation, visitor: Visitor
) -> None:
    day = MONDAY.date().replace(day=20)
    asked = await house.maju.asks(house.maju.budi, Period(day, day), "antar <ibu> & bapak")
    page = html.unescape((await visitor.get("/try")).text)
    assert page.count(asked.number) > 1
    assert "antar <ibu> & bapak" in page
    assert 'class="fresh"' in page
    await house.maju.decides(house.maju.sari, asked, "approve")
    after = (await visitor.get("/try")).text
    assert 'class="card approved"' in after
    assert 'class="fresh"' not in after


async def test_the_side_is_sent_only_when_it_changed(house: Installation, visitor: Visitor) -> None:
    page = (await visitor.get("/try")).text
    (side,) = re.findall(r'hx-get="(/try/side[^"]*)"', page)
    assert (await visitor.get(html.unescape(side))).status_code == 204
    day = MONDAY.date().replace(day=21)
    await house.maju.asks(house.maju.budi, Period(day, day))
    assert (await visitor.get(html.unescape(side))).status_code == 200


async def test_becoming_somebody_signs_in_as_them(house: Installation, visitor: Visitor) -> None:
    async with database.installation():
        await Company.update({Company.trial: True}).where(Company.id == house.maju.company)
    assert (await visitor.post("/try/become", who="0002")).status_code == 303
    assert "Ratna" in (await visitor.get("/me/")).text
    for nobody in ("9999", "", "0301"):
        answer = await visitor.post("/try/become", who=nobody)
        assert answer.status_code == 404


async def test_starting_over_makes_the_company_anew_and_keeps_the_passwords(open_database: str) -> None:
    laid = await demo.lay()
    visitor = Visitor(serambi.make_app(trial=laid.company))
    budi, _ = await demo.actors(laid.company)
    day = MONDAY.date().replace(day=20)
    await requests.submit(budi, "annual", Period(day, day), None, actor=as_(budi))
    assert "C-1" in (await visitor.get("/try")).text
    assert (await visitor.post("/try/restart")).headers["location"] == "/try"
    page = (await visitor.get("/try")).text
    assert "C-1" not in page
    assert "Jatah tahunan 2026" in page
    (_, email, password), *_ = laid.sign_ins
    assert (await visitor.post("/sign-in", email=email, password=password)).headers["location"] == "/me/"
    assert (await visitor.get(f"/{laid.slug}/leave")).status_code == 200
    assert await demo.lay() == demo.Laid((await demo.lay()).company, laid.slug, ())


async def test_a_form_of_the_trial_needs_its_token_too(visitor: Visitor) -> None:
    await visitor.get("/try")
    assert (await visitor.http.post("/try/become", data={"who": "0002"})).status_code == 403


def test_the_demo_speaks_of_forty_people() -> None:
    assert len(demo.people_csv().decode().splitlines()) == 41
