"""Lists by address: what stands in it, what is ignored, and that pages one after another are the whole list."""

import re
from datetime import date, timedelta
from typing import Any, cast

import pytest
from litestar.connection import ASGIConnection

from backoffice import listing
from backoffice.listing import AFTER, Filter, Head, Listing
from core import database
from core.leave.policy import Period
from core.people.tables import Employment
from tests.backoffice.conftest import Installation, Visitor

HEADS = (
    Head("joins", "web.dates", by=Employment.joins),
    Head("number", "web.number", by=Employment.number),
    Head("plain", "web.who"),
)
FILTERS = (Filter("type", "web.state", {"": "all", "permanent": "permanent"}), Filter("q", "web.who"))


def asked(address: str) -> Listing:
    connection: Any = ASGIConnection(
        cast(Any, {"type": "http", "query_string": address.removeprefix("?").encode(), "headers": []})
    )
    return listing.read(connection, HEADS, FILTERS, key=Employment.id, default="-joins")


def test_an_address_that_asks_for_nothing_is_the_usual_list() -> None:
    usual = asked("")
    assert (usual.sort, usual.chosen, usual.after, usual.href()) == ("-joins", {"type": "", "q": ""}, None, "?")


@pytest.mark.parametrize(
    "address",
    ["?sort=plain", "?sort=--joins", "?sort=id", "?type=nonsense", "?after=x", "?after=W10", "?after=WzEsMV0", "?after=%00", "?nonsense=1",
     "?after=WyIyMDI2LTAxLTAxIiwtMV0"],
)  # fmt: skip
def test_what_the_list_does_not_know_is_as_if_it_were_not_there(address: str) -> None:
    assert asked(address).href() == "?"
    assert asked(address).after is None


def test_filters_stand_in_the_address_and_each_chip_takes_its_own_away() -> None:
    seen = asked("?type=permanent&q=%20budi%20%20s%20&sort=number")
    assert seen.href() == "?sort=number&type=permanent&q=budi+s"
    assert [(chip.words, chip.without) for chip in seen.chips] == [
        ("permanent", "?sort=number&q=budi+s"),
        ("budi s", "?sort=number&type=permanent"),
    ]
    assert seen.cleared == "?sort=number"
    assert seen.state == "sort=number&type=permanent&q=budi+s"


def test_a_head_turns_the_order_round_and_says_how_it_stands() -> None:
    joins, number, plain = HEADS
    assert asked("").sorting(joins) == ("?sort=joins", "descending")
    assert asked("?sort=joins").sorting(joins) == ("?", "ascending")
    assert asked("").sorting(number) == ("?sort=number", "none")
    assert asked("").sorting(plain) is None


@pytest.mark.parametrize("sort", ["joins", "-joins", "number", "-number"])
async def test_pages_one_after_another_are_the_whole_list_once(house: Installation, sort: str) -> None:
    company = house.maju.company
    async with database.transaction(company):
        who = house.maju.budi.person
        for at in range(23):  # many share a day
            await Employment.insert(
                Employment(
                    person=who,
                    number=f"X{at:03}",
                    type="permanent",
                    joins=date(2020, 1, 1) + timedelta(days=at % 3),
                    public=f"p{at:021}",
                )
            )
    async with database.reading(company):
        whole = await asked(f"?sort={sort}").ordered(
            Employment.select(Employment.id, Employment.joins, Employment.number), 1000
        )
        seen, here = [], asked(f"?sort={sort}")
        for _ in range(20):
            rows = here.cut(
                await here.page(Employment.select(Employment.id, Employment.joins, Employment.number), 7), 7
            )
            seen += rows
            if here.further is None:
                break
            here = asked(here.further)
            assert here.after is not None
    assert seen == whole
    assert len(whole) > 30
    name = sort.removeprefix("-")
    assert [row[name] for row in whole] == sorted((row[name] for row in whole), reverse=sort.startswith("-"))


async def test_a_filtered_page_is_the_same_for_whoever_opens_its_address(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    for day in (20, 21, 22):
        await maju.asks(maju.budi, Period(date(2026, 7, day), date(2026, 7, day)))
    addresses = (f"/{slug}/leave?show=all&sort=asked", f"/{slug}/leave?{AFTER}=nonsense", f"/{slug}/leave?show=decided")

    async def rows(visitor: Visitor, address: str) -> list[str]:
        return re.findall(r">(C-\d+)<", (await visitor.get(address)).text)

    ratna, support = (
        await house.as_person(house.maju, "ratna"),
        await house.as_role(house.maju, "supporting_administrator"),
    )
    for address in addresses:
        seen = await rows(ratna, address)
        assert (len(seen), seen) == (0 if "decided" in address else 3, await rows(support, address))


@pytest.mark.parametrize(
    "mark", ["WyJcdTAwMDAiLDFd", "WyJcdWQ4MDAiLDFd", "W1tb" * 15_000], ids=["a NUL", "half a sign", "deep"]
)
async def test_a_mark_that_no_list_gave_is_no_fault(house: Installation, mark: str) -> None:
    slug, hendra = await house.slug(house.maju), await house.as_person(house.maju, "hendra")
    page = await hendra.get(f"/{slug}/people?sort=name&after={mark}")
    assert page.status_code == 200
    assert "Budi Santoso" in page.text
