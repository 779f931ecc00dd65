"""The app's home at Slack: what waits for its viewer, decided there, and drawn anew when it changes anywhere."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot import homes
from core import clock, database, settings
from core.approvals.kinds import APPLIED, IN_REVIEW
from core.approvals.tables import Request
from core.leave.policy import Period
from tests.bot.slack_house import BUDI, SARI, House, opened
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

JULY = Period(MONDAY.date() + timedelta(days=7), MONDAY.date() + timedelta(days=8))
NEXT = Period(MONDAY.date() + timedelta(days=21), MONDAY.date() + timedelta(days=21))


@pytest.fixture
async def house(maju: Cast) -> AsyncIterator[House]:
    async with opened(maju) as made:
        await made.link("sari", SARI)
        yield made


def day_of(days: int) -> Period:
    """One day, so many days after the first."""
    return Period(NEXT.starts + timedelta(days=days), NEXT.starts + timedelta(days=days))


async def opens(house: House, user: str = SARI, tab: str = "home") -> None:
    """Somebody opens the app."""
    seen = {"type": "app_home_opened", "user": user, "channel": f"D{user[1:]}", "tab": tab}
    assert await house.knocks(house.slack.notice(seen)) == [200]
    await house.settle()


async def state_of(house: House, number: str) -> str:
    async with database.reading(house.maju.company):
        row = await Request.select(Request.state).where(Request.number == number).first()
    assert row is not None
    return str(row["state"])


async def test_whoever_opens_the_app_sees_what_waits_for_them(house: House) -> None:
    await opens(house)
    assert house.slack.home(SARI) == "Halo Sari. Tidak ada yang menunggu keputusanmu."
    asked = await house.maju.asks(house.maju.budi, JULY, "nganter anak")
    await opens(house)
    assert "Yang menunggu keputusanmu: 1." in house.slack.home(SARI)
    assert asked.number in house.slack.home(SARI) and "nganter anak" in house.slack.home(SARI)


async def test_a_press_in_the_home_decides_and_the_home_follows(house: House) -> None:
    asked = await house.maju.asks(house.maju.budi, JULY)
    await opens(house)
    assert await house.knocks(house.slack.press_home("Setujui", SARI), times=2) == [200, 200]
    await house.settle()
    assert await state_of(house, asked.number) == APPLIED
    assert house.slack.home(SARI) == "Halo Sari. Tidak ada yang menunggu keputusanmu."
    assert not house.slack.last(SARI).buttons, "the card in the talk has lost its buttons too"


async def test_the_home_follows_what_is_asked_and_decided_elsewhere(house: House) -> None:
    await opens(house)
    asked = await house.maju.asks(house.maju.budi, JULY)
    await house.settle()
    assert asked.number in house.slack.home(SARI), "a new request"
    await house.maju.decides(house.maju.sari, asked, "approve")
    await house.settle()
    assert asked.number not in house.slack.home(SARI), "decided on the page"


async def test_a_rejection_in_the_home_asks_for_a_reason_in_a_window(house: House) -> None:
    asked = await house.maju.asks(house.maju.budi, JULY)
    await opens(house)
    await house.knocks(house.slack.press_home("Tolak", SARI))
    await house.settle()
    assert await state_of(house, asked.number) == IN_REVIEW
    assert house.slack.views[-1]["private_metadata"]
    await house.knocks(house.slack.submission("stok opname", SARI))
    await house.settle()
    assert await state_of(house, asked.number) == "rejected"


async def test_an_old_home_is_told_who_decided_and_is_drawn_anew(house: House) -> None:
    asked = await house.maju.asks(house.maju.budi, JULY)
    await opens(house)
    press = house.slack.press_home("Setujui", SARI)
    await house.maju.decides(house.maju.sari, asked, "approve")
    assert await house.knocks(press) == [200]
    await house.settle()
    assert house.slack.refusals == [], "nobody asks for a note that only one sees in a place that is none"
    assert house.slack.last(SARI).words.startswith("Sudah tercatat sekali")


async def test_somebody_elses_button_decides_nothing(house: House) -> None:
    asked = await house.maju.asks(house.maju.budi, JULY)
    await house.link("tono", BUDI)
    await opens(house)
    house.slack.homes[BUDI] = house.slack.homes[SARI]
    await house.knocks(house.slack.press_home("Setujui", BUDI))
    await house.settle()
    assert await state_of(house, asked.number) == IN_REVIEW


async def test_a_stranger_is_told_how_to_be_known_and_nothing_else(house: House) -> None:
    await house.maju.asks(house.maju.budi, JULY)
    await opens(house, "U0NOBODY")
    assert "belum tersambung" in house.slack.home("U0NOBODY") and "Budi" not in house.slack.home("U0NOBODY")


async def test_the_other_tab_is_no_home(house: House) -> None:
    await opens(house, tab="messages")
    assert house.slack.homes == {}


async def test_many_changes_at_once_are_drawn_once(house: House) -> None:
    await opens(house)
    before = house.slack.published
    for days in range(3):
        await house.maju.asks(house.maju.budi, day_of(days))
    clock.move(clock.now() + timedelta(seconds=3))
    await house.settle()
    assert "menunggu keputusanmu: 3" in house.slack.home(SARI)
    assert house.slack.published - before <= 2


async def test_more_than_fit_lead_to_the_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(homes, "MOST", 2)
    for days in range(3):
        await house.maju.asks(house.maju.budi, day_of(days))
    await opens(house)
    assert "menunggu keputusanmu: 3. Di sini 2" in house.slack.home(SARI)
    assert f"{settings.current().public_url}/" in house.slack.home(SARI)


async def test_a_home_that_slack_did_not_take_is_shown_later(house: House) -> None:
    house.slack.too_many(7, methods=("views.publish",))
    await opens(house)
    assert house.slack.homes == {}
    clock.move(clock.now() + timedelta(seconds=10))
    await house.settle()
    assert "Tidak ada yang menunggu" in house.slack.home(SARI)
    house.slack.fail(503, methods=("views.publish",))
    await house.maju.asks(house.maju.budi, JULY)
    await house.settle()
    clock.move(clock.now() + timedelta(seconds=10))
    await house.settle()
    assert "menunggu keputusanmu: 1" in house.slack.home(SARI)
