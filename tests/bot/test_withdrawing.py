"""Taking leave back and calling it off in the talk: what is lost by it is said before the yes, what is left after it."""

from datetime import date, datetime

import pytest

from backoffice.asked import rows_of
from core import clock, database
from core.approvals.tables import Request
from core.leave import coming_back, requests
from core.leave.policy import DAY, Period
from core.leave.tables import LeaveRequest, Lot
from core.messaging import inbox, outbox
from core.messaging.messages import Message
from core.messaging.tables import Outbound
from tests.bot.conftest import Talk
from tests.core.cast import as_
from tests.core.conftest import MONDAY  # noqa: F401

NEW_YEAR = datetime.fromisoformat("2027-01-05T09:00+07:00")


async def the_leave(talk: Talk) -> LeaveRequest:
    async with database.reading(talk.cast.company):
        leave = await LeaveRequest.objects().order_by(LeaveRequest.id, ascending=False).first()
    assert leave is not None
    return leave


async def test_days_whose_year_is_over_are_named_before_the_yes(talk: Talk) -> None:
    await talk.writes("777", "cuti 29-30 desember pulang kampung")
    await talk.writes("777", "ya")
    with clock.freeze(NEW_YEAR):
        async with database.reading(talk.cast.company):
            returns = await coming_back.of_held(await the_leave(talk))
        assert returns.back == []
        assert [(one.quantity, len(one.dates)) for one in returns.lost] == [(2 * DAY, 2)]
        await talk.confirms("budi")
        (asked,) = await talk.writes("777", "tarik pengajuan cutiku")
        assert "2 hari (29, 30 Desember 2026) langsung hangus, karena masa pakainya sudah lewat." in asked.text
        (kept,) = await talk.writes("777", "tidak jadi")
        assert kept.key == "dialog.cancelled"


async def test_approved_days_that_would_be_lost_are_asked_about_even_when_only_some_are_called_off(
    talk: Talk,
) -> None:
    cast = talk.cast
    request = await cast.asks(cast.budi, Period(date(2026, 7, 20), date(2026, 7, 22)))
    await cast.decides(cast.sari, request, "approve")
    # A lot that ends early, as where a company has shortened how long days may be carried.
    async with database.transaction(cast.company):
        await Lot.update({Lot.valid_to: date(2026, 6, 30)}).where(Lot.employment == cast.budi.id)
    (asked,) = await talk.writes("777", f"batalkan {request.number}")
    assert "3 hari (20, 21, 22 Juli) langsung hangus" in asked.text
    await talk.writes("777", "sebagian")
    (asked,) = await talk.writes("777", "21 juli")
    assert asked.key == "withdraw.loses"
    assert "batalkan 21 Juli?" in asked.text
    assert "1 hari (21 Juli) langsung hangus" in asked.text
    (sent,) = await talk.writes("777", "ya")
    assert sent.key == "leave.call_off_sent"


async def test_what_is_left_of_a_leave_is_what_status_and_pages_show(talk: Talk) -> None:
    cast = talk.cast
    request = await cast.asks(cast.budi, Period(date(2026, 7, 17), date(2026, 7, 22)))
    await cast.decides(cast.sari, request, "approve")
    for day in (21, 22):
        asked = await requests.ask_cancel(
            cast.budi, await cast.request(request.number), dates=[date(2026, 7, day)], actor=as_(cast.budi)
        )
        assert asked.number == request.number
        await cast.decides(cast.sari, await cast.request(request.number), "approve")
        (told,) = await talk.writes("777", f"status {request.number}")
        left = "Jumat 17 - Senin 20 Juli, Rabu 22 Juli" if day == 21 else "Jumat 17 - Senin 20 Juli"
        assert f"{request.number}: {left}, disetujui Sari" in told.text
    async with database.reading(cast.company):
        fresh = await cast.request(request.number)
        found = await requests.describe([fresh], "id")
        assert found[fresh.id].when == "Jumat 17 - Rabu 22 Juli", "a card keeps what was decided"
        assert await requests.cost_of(await requests.of_request(fresh)) == 2 * DAY
        (row,) = await rows_of(await Request.select().where(Request.id == fresh.id), "id")
        assert (row["days"], row["cost"]) == ("Jumat 17 - Senin 20 Juli", 2 * DAY)


async def test_what_nobody_had_to_agree_to_is_called_off_with_one_word(talk: Talk) -> None:
    (asked,) = await talk.writes("777", "sakit hari ini")
    await talk.writes("777", None, token=asked.choices[0].token, kind="press")
    (sure,) = await talk.writes("777", "tarik cuti")
    assert await talk.writes("777", None, token=sure.choices[0].token, kind="press") == []
    async with database.reading(talk.cast.company):
        mine = Outbound.person == talk.cast.people["budi"].person
        row = await Outbound.objects().where(mine).order_by(Outbound.id, ascending=False).first()
        assert row is not None
        told = outbox.unseal(row)
    assert (row.channel, told.key) == ("telegram", "leave.called_off")
    assert "tidak berlaku lagi" in told.text


async def test_who_reads_their_news_elsewhere_is_answered_here_too(talk: Talk) -> None:
    who = talk.cast.people["budi"]

    async def here(words: str | None = None, token: str | None = None) -> list[Message]:
        (number,) = await inbox.write(talk.cast.company, who.person, words=words, token=token, key=f"{words}{token}")
        return await talk.answered(number)

    (asked,) = await here("sakit hari ini")
    await here(token=asked.choices[0].token)
    (sure,) = await here("tarik cuti")
    told = await here(token=sure.choices[0].token)
    assert {one.key for one in told} >= {"leave.called_off_here"}


@pytest.mark.parametrize("words", ["Batal libur tgl 22", "libur tgl 22 batal", "cancel my day off on the 22nd"])
async def test_a_day_off_that_is_called_off_is_the_leave_of_that_day(talk: Talk, words: str) -> None:
    """It was answered with the list of free days."""
    cast = talk.cast
    for day in (20, 22):
        await cast.asks(cast.budi, Period(date(2026, 7, day), date(2026, 7, day)))
    (asked,) = await talk.writes("777", words)
    assert asked.key == "withdraw.confirm"
    assert "C-2" in asked.text


@pytest.mark.parametrize("words", ["turn notifications off please", "can you turn the reminders off"])
async def test_what_is_switched_off_is_no_day_off(talk: Talk, words: str) -> None:
    (said,) = await talk.writes("777", words)
    assert not said.key.startswith("leave."), said.text
