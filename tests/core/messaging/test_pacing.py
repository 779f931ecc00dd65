"""However many want to speak at once, no window of time holds more than its platform allows, and everybody has a turn."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock, database
from core.messaging import outbox, pacing
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.pacing import Gate
from core.messaging.tables import Outbound
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

BOT = "123456"
START = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)
arrivals = st.lists(st.floats(0, 30), min_size=1, max_size=120).map(sorted)
shapes = st.tuples(st.floats(0.02, 6), st.integers(1, 40))


def passed(gate: Gate, waits: Sequence[float], *, closed: datetime | None = None) -> list[datetime]:
    """When each that comes so many seconds after the start passes."""
    full: datetime | None = None
    found = []
    for seconds in waits:
        at, full = gate.place(full, closed, START + timedelta(seconds=seconds))
        found.append(at)
    return found


@given(arrivals, shapes, st.floats(0.1, 60))
def test_no_window_holds_more_than_the_burst_and_what_the_rate_brings(
    waits: list[float], shape: tuple[float, int], window: float
) -> None:
    gate = Gate("chat", timedelta(seconds=shape[0]), shape[1])
    times = passed(gate, waits)
    for first in times:
        held = [at for at in times if first <= at < first + timedelta(seconds=window)]
        assert len(held) <= gate.burst + window / shape[0] + 0.001


@given(arrivals, shapes)
def test_whoever_comes_first_passes_first_and_nobody_waits_without_need(
    waits: list[float], shape: tuple[float, int]
) -> None:
    gate = Gate("chat", timedelta(seconds=shape[0]), shape[1])
    times = passed(gate, waits)
    assert times == sorted(times)
    for nth, (at, seconds) in enumerate(zip(times, waits, strict=True)):
        came = START + timedelta(seconds=seconds)
        busy = [one for one in times[:nth] if one > came - gate.interval * gate.burst]
        assert at >= came and (busy or at == came)


@given(arrivals, shapes, st.floats(0, 60))
def test_a_gate_that_its_platform_closed_lets_nobody_through_before(
    waits: list[float], shape: tuple[float, int], pause: float
) -> None:
    closed = START + timedelta(seconds=pause)
    assert min(passed(Gate("chat", timedelta(seconds=shape[0]), shape[1]), waits, closed=closed)) >= closed


@settings(deadline=None)
@given(st.integers(1, 200))
def test_what_a_setting_allows_a_second_is_what_a_second_holds(most: int) -> None:
    gate = pacing.gates("telegram", BOT, "777", answers=True)[-1]
    gate = pacing._within(gate.name, most)
    times = passed(gate, [0.0] * (3 * most))
    for first in times[:: max(most // 7, 1)]:
        assert sum(first <= at < first + timedelta(seconds=1) for at in times) <= max(most, 2)


def test_a_group_has_twenty_a_minute() -> None:
    times = passed(pacing.gates("telegram", BOT, "-1001", answers=True)[0], [0.0] * 100)
    for first in times:
        assert sum(first <= at < first + timedelta(minutes=1) for at in times) <= 20


async def said(maju: Cast, chat: str, *, answers: int | None = None, channel: str = "telegram") -> Outbound:
    async with database.transaction(maju.company):
        there = Address(channel, BOT, chat, maju.budi.person)
        count = await Outbound.count()
        number = await outbox.post(there, Message("leave.said", "Kabar"), dedupe=f"said:{count}", caused_by=answers)
        row = await Outbound.objects().where(Outbound.id == number).first()
    assert row is not None
    return row


async def waits(row: Outbound) -> float:
    """How many seconds this message has to wait from now; its row as it stands then."""
    async with database.transaction(row.company):
        fresh = await Outbound.objects().where(Outbound.id == row.id).first()
        assert fresh is not None
        until = await pacing.waits(fresh)
    return 0.0 if until is None else (until - clock.now()).total_seconds()


async def test_a_chat_is_spoken_to_once_a_second_after_a_short_burst(maju: Cast) -> None:
    rows = [await said(maju, "777", answers=1) for _ in range(6)]
    assert [await waits(row) for row in rows] == [0, 0, 0, 1, 2, 3]


async def test_a_message_comes_back_for_its_own_place(maju: Cast) -> None:
    rows = [await said(maju, "777", answers=1) for _ in range(5)]
    for row in rows:
        await waits(row)
    clock.move(MONDAY + timedelta(seconds=1))
    assert await waits(rows[4]) == 1, "its place is two seconds after the first ones"
    assert await waits(rows[3]) == 0
    clock.move(MONDAY + timedelta(seconds=10))
    assert await waits(rows[4]) == 0


async def test_messages_to_everybody_leave_room_for_answers(maju: Cast) -> None:
    everybody = [await said(maju, str(chat)) for chat in range(100)]
    assert max([await waits(row) for row in everybody]) > 4
    answer = await said(maju, "9999", answers=1)
    assert await waits(answer) < 0.5


async def test_a_chat_that_is_refused_rests_and_others_do_not(maju: Cast) -> None:
    refused, other = await said(maju, "777", answers=1), await said(maju, "888", answers=1)
    async with database.transaction(maju.company):
        await pacing.slow_down(refused, 30, everybody=False)
    assert (await waits(refused), await waits(other)) == (30, 0)


async def test_two_chats_refused_in_a_moment_rest_the_whole_bot(maju: Cast) -> None:
    rows = [await said(maju, chat, answers=1) for chat in ("777", "888", "999")]
    for row in rows[:2]:
        async with database.transaction(maju.company):
            await pacing.slow_down(row, 30, everybody=False)
    assert await waits(rows[2]) == 30


async def test_what_has_no_platform_has_no_rate(maju: Cast) -> None:
    rows = [await said(maju, "hr@maju.example", channel="email") for _ in range(50)]
    assert [await waits(row) for row in rows] == [0] * 50
