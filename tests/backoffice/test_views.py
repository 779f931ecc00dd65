"""Lists kept under a name: for oneself, for the company, renamed, put away and brought back; never for the wrong eyes."""

import re

import pytest

from core import clock, database, purges, views
from core.accounts.roles import ADMINISTRATOR, AGENT, PROTECTION, SUPER, SUPPORTING
from core.audit import Actor
from core.errors import Refused
from core.retention import MONTH
from tests.backoffice.conftest import Installation, Visitor

ANNA, BIMA = Actor("person:1", "web"), Actor("account:2", "web")
GUDANG = "department=Gudang"


async def keep(visitor: Visitor, slug: str, name: str, state: str, list_: str = "people", **more: str) -> str:
    """Keep a list as the form does; returns the address to which it leads back."""
    answer = await visitor.post(f"/{slug}/views/{list_}", name=name, state=state, **more)
    assert answer.status_code == 303
    return str(answer.headers["location"])


def links(page: str) -> dict[str, str]:
    """The views above a list: what each is called, and where it leads."""
    nav = page.partition('class="filter views"')[2].partition("</nav>")[0]
    return {name.strip(): href for href, name in re.findall(r'<a class="pill" href="([^"]*)"[^>]*>([^<]*)', nav)}


async def test_a_list_is_kept_opened_renamed_put_away_and_brought_back(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    back = await keep(ratna, slug, "  Orang   gudang ", GUDANG + "&after=x&view=gone")
    assert back.startswith(f"/{slug}/people?{GUDANG}&view=saved&view_of=")
    told = (await ratna.get(back)).text
    assert "Tampilan disimpan" in told
    assert links(told) == {"Orang gudang": f"/{slug}/people?{GUDANG}"}
    shown = (await ratna.get(links(told)["Orang gudang"])).text
    assert 'aria-current="true">Orang gudang' in shown
    assert "Budi" in shown
    assert "Sari Wulandari</a></th>" not in shown or "Gudang" in shown
    public = back.rpartition("=")[2]
    there = f"/{slug}/views/people/{public}"
    await ratna.post(f"{there}/change", name="Gudang saja", state="")
    assert list(links((await ratna.get(f"/{slug}/people")).text)) == ["Gudang saja"]
    put_away = (await ratna.post(f"{there}/drop", state=GUDANG)).headers["location"]
    undo = (await ratna.get(put_away)).text
    assert links(undo) == {}
    assert f'action="{there}/restore"' in undo
    await ratna.post(f"{there}/restore", state="")
    assert list(links((await ratna.get(f"/{slug}/people")).text)) == ["Gudang saja"]


async def test_what_is_shared_is_seen_by_all_who_read_the_list_and_changed_by_one(house: Installation) -> None:
    slug = await house.slug(house.maju)
    admin, agent = await house.as_role(house.maju, ADMINISTRATOR), await house.as_role(house.maju, AGENT)
    helper, officer = await house.as_role(house.maju, SUPPORTING), await house.as_role(house.maju, PROTECTION)
    mine = (await keep(helper, slug, "Milik sendiri", GUDANG)).rpartition("=")[2]
    ours = (await keep(helper, slug, "Milik bersama", GUDANG, shared="1")).rpartition("=")[2]
    assert list(links((await agent.get(f"/{slug}/people")).text)) == ["Milik bersama"]
    # An agent keeps for himself, whatever the form says, and changes nothing of others.
    await keep(agent, slug, "Agen", "", shared="1")
    assert list(links((await admin.get(f"/{slug}/people")).text)) == ["Milik bersama"]
    for public in (mine, ours):
        assert (await agent.post(f"/{slug}/views/people/{public}/change", name="x")).status_code == 404
        await agent.post(f"/{slug}/views/people/{public}/drop")
    assert list(links((await helper.get(f"/{slug}/people")).text)) == ["Milik bersama", "Milik sendiri"]
    # Who sets up the company puts away what is shared, never what somebody keeps for themselves.
    for public in (mine, ours):
        await admin.post(f"/{slug}/views/people/{public}/drop")
    assert list(links((await helper.get(f"/{slug}/people")).text)) == ["Milik sendiri"]
    # Who does not read a list keeps no view of it.
    assert (await officer.post(f"/{slug}/views/people", name="x")).status_code == 404
    assert (await agent.post(f"/{slug}/views/audit", name="x")).status_code == 404
    assert (await agent.post(f"/{slug}/views/payroll", name="x")).status_code == 404


@pytest.mark.parametrize(
    ("list_", "path", "state"),
    [("leave", "leave", "show=all"), ("approvals", "approvals/history", "state=applied"), ("audit", "audit", "action=mail.read")],
)  # fmt: skip
async def test_every_list_has_views(house: Installation, list_: str, path: str, state: str) -> None:
    slug, owner = await house.slug(house.maju), await house.as_role(house.maju, SUPER)
    await keep(owner, slug, "Bulan ini", state, list_)
    page = (await owner.get(f"/{slug}/{path}?{state}")).text
    assert links(page) == {"Bulan ini": f"/{slug}/{path}?{state}"}
    assert 'aria-current="true">Bulan ini' in page


async def test_another_company_neither_sees_nor_takes_a_view(house: Installation) -> None:
    slug, other = await house.slug(house.maju), await house.slug(house.sinar)
    ours = await house.as_role(house.maju, ADMINISTRATOR)
    public = (await keep(ours, slug, "Gudang", GUDANG, shared="1")).rpartition("=")[2]
    lina = await house.as_person(house.sinar, "lina")
    assert links((await lina.get(f"/{other}/people")).text) == {}
    assert (await lina.post(f"/{other}/views/people/{public}/change", name="x")).status_code == 404
    await lina.post(f"/{other}/views/people/{public}/drop")
    assert list(links((await ours.get(f"/{slug}/people")).text)) == ["Gudang"]


async def test_a_name_is_needed_short_and_given_once(house: Installation) -> None:
    slug, ratna = await house.slug(house.maju), await house.as_person(house.maju, "ratna")
    await keep(ratna, slug, "Gudang", GUDANG)
    for name, words in (("  ", "perlu nama"), ("x" * 41, "paling banyak 40"), ("gudang", "nama itu")):
        told = (await ratna.get(await keep(ratna, slug, name, ""))).text
        assert words in told
        assert len(links(told)) == 1


async def test_no_more_than_thirty_and_what_was_put_away_is_gone_after_a_month(house: Installation) -> None:
    company = house.maju.company
    async with database.transaction(company):
        made = [await views.save("people", f"v{at:02}", "", shared=False, by=ANNA) for at in range(views.MOST)]
        with pytest.raises(Refused, match="view_too_many"):
            await views.save("people", "one more", "", shared=False, by=ANNA)
        with pytest.raises(Refused, match="view_too_much"):
            await views.save("people", "long", "q=" + "x" * 700, shared=False, by=BIMA)
        assert await views.drop(made[0], by=ANNA)
        assert not await views.drop(made[0], by=ANNA)
        await views.save("people", "v00", "", shared=False, by=ANNA)
        assert not await views.restore(made[0], by=ANNA), "its name was given again"
    with clock.freeze(clock.now() + MONTH * 2):
        await purges.sweep(company)
    async with database.reading(company):
        assert await views.SavedView.count().where(views.SavedView.public == made[0]) == 0
        assert len(await views.of_list("people", by=ANNA)) == views.MOST
