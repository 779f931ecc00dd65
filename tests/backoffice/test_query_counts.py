"""A list asks the database as often for many rows as for few."""

from typing import Any

import pytest

from core import database
from core.audit import Actor
from core.people import imports
from tests.backoffice.conftest import Installation, Visitor

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
HEAD = "employee_number,name,email,manager,department,location,timezone,join_date\n"
MORE = "".join(
    f"9{number:03},Orang {number},o{number}@lain.example,0001,Bagian {number},Kantor {number},Asia/Jakarta,2019-02-04\n"
    for number in range(30)
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
    await ratna.get(f"/{slug}/people")  # what is looked up once and remembered is no part of it
    few = {path: await counted(monkeypatch, ratna, f"/{slug}/{path}") for path in LISTS}
    taken = await imports.take(maju.company, (HEAD + MORE).encode(), actor=Actor("tests", "command"))
    assert not taken.bad
    await maju.night()
    assert {path: await counted(monkeypatch, ratna, f"/{slug}/{path}") for path in LISTS} == few
    assert "Orang 7" in (await ratna.get(f"/{slug}/people")).text  # or it would have counted a list of nobody new
