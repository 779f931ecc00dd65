"""A list asks the database as often for many rows as for few."""

from datetime import date, timedelta
from typing import Any

import pytest

from core import database
from core.approvals import waiting
from core.audit import Actor
from core.leave.policy import Period
from core.people import directory, imports
from core.people.directory import Employee
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

LISTS = (
    "people",
    "leave",
    "reports",
    "reports/departments",
    "calendar",
    "imports",
    "delegation",
    "people/places",
    "today",
)
WAITING = ("approvals", "approvals/history", "leave")
HEAD = "employee_number,name,email,manager,department,location,timezone,join_date\n"
MORE = "".join(
    f"9{number:03},Orang {number},o{number}@lain.example,0001,Bagian {number},Kantor {number},Asia/Jakarta,2019-02-04\n"
    for number in range(30)
)
# Fifty who ask, all under the same head.
TEAM = "".join(
    f"8{number:03},Regu {number},r{number}@lain.example,0003,Regu,Jakarta,Asia/Jakarta,2019-02-04\n"
    for number in range(50)
)


async def counted(monkeypatch: pytest.MonkeyPatch, visitor: Visitor, path: str) -> int:
    """How many statements opening a page takes."""
    made, seen = type(database.engine()), [0]
    plain = made.run_querystring

    async def run(*args: Any, **kwargs: Any) -> Any:
        seen[0] += 1
        return await plain(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(made, "run_querystring", run)
        assert (await visitor.get(path)).status_code == 200
    return seen[0]


async def test_a_list_asks_as_often_for_many_as_for_few(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    for path in LISTS:
        await ratna.get(f"/{slug}/{path}")  # what is looked up once and remembered is no part of it
    few = {path: await counted(monkeypatch, ratna, f"/{slug}/{path}") for path in LISTS}
    taken = await imports.take(maju.company, (HEAD + MORE).encode(), actor=Actor("tests", "command"))
    assert not taken.bad
    await maju.night()
    assert {path: await counted(monkeypatch, ratna, f"/{slug}/{path}") for path in LISTS} == few
    assert "Orang 7" in (await ratna.get(f"/{slug}/people")).text  # or it would have counted a list of nobody new


async def asked(cast: Cast, who: list[Employee]) -> None:
    day = MONDAY.date() + timedelta(days=14)
    for one in who:
        await cast.asks(one, Period(day, day))


async def test_fifty_cards_cost_as_many_queries_as_three(house: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    taken = await imports.take(maju.company, (HEAD + TEAM).encode(), actor=Actor("tests", "command"))
    assert not taken.bad
    await maju.night()
    async with database.reading(maju.company):
        team = [one for one in await directory.everyone() if one.name.startswith("Regu ")]
    await asked(maju, team[:3])
    rina, ratna = await house.as_person(maju, "rina"), await house.as_person(maju, "ratna")
    visits = [
        (visitor, f"/{slug}/{path}") for visitor, paths in ((rina, WAITING[:2]), (ratna, WAITING)) for path in paths
    ]
    for visitor, path in visits:
        await visitor.get(path)  # what is looked up once and remembered is no part of it
    few = [await counted(monkeypatch, visitor, path) for visitor, path in visits]
    await asked(maju, team[3:])
    assert [await counted(monkeypatch, visitor, path) for visitor, path in visits] == few
    counts, count_for = [], waiting.count_for

    async def count(person: int) -> int:
        counts.append(await count_for(person))
        return counts[-1]

    with monkeypatch.context() as patch:
        patch.setattr(waiting, "count_for", count)
        page = (await rina.get(f"/{slug}/approvals")).text
        assert page.count('name="item"') == 20  # each with its card; the rest is led to
        assert counts == []  # the list brings the number along, for the menu too
    home = (await rina.get("/me/")).text
    assert "50 menunggu keputusanmu" in home
    assert [f">C-{number}<" in home for number in (1, 10, 11)] == [True, True, False]  # the longest-waiting ten


async def test_one_s_own_leave_asks_as_often_for_many_requests_as_for_few(
    house: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    maju, budi = house.maju, await house.as_person(house.maju, "budi")
    pages = ("/me", "/me/leave")

    async def asks(first: int, last: int) -> None:
        for day in range(first, last):
            request = await maju.asks(maju.budi, Period(date(2026, 9, day), date(2026, 9, day)))
            await maju.decides(maju.sari, request, "reject", "stok opname")

    await asks(1, 3)
    for path in pages:
        await budi.get(path)
    few = [await counted(monkeypatch, budi, path) for path in pages]
    await asks(7, 12)
    assert [await counted(monkeypatch, budi, path) for path in pages] == few
    assert "C-7" in (await budi.get("/me/leave")).text
