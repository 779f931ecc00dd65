"""What goes out is written with what caused it, once, and never sent before that is kept."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag

from core import clock, database, jobs
from core.jobs import Job
from core.messaging import buttons, outbox
from core.messaging.messages import Choice, Message
from core.messaging.outbox import Address
from core.messaging.tables import Button, Outbound
from tests.core.cast import Cast
from tests.core.conftest import MONDAY

HELLO = Message("dialog.hello", "Halo, gajimu 5920000", (Choice("Ya", "a:1"),), title="Kartu")


def to(cast: Cast) -> Address:
    return Address("telegram", "bot", "777", cast.budi.person)


async def post(cast: Cast, dedupe: str = "one") -> int:
    async with database.transaction(cast.company):
        return await outbox.post(to(cast), HELLO, dedupe=dedupe)


async def rows(cast: Cast) -> list[Outbound]:
    async with database.reading(cast.company):
        return await Outbound.objects().order_by(Outbound.id)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[bool, int | None, int]]]:
    """What reaches the sender: whether a transaction was open, whose it is, which message."""
    seen: list[tuple[bool, int | None, int]] = []

    async def deliver(company: int | None, number: int) -> None:
        seen.append((database.in_transaction(), company, number))

    monkeypatch.setitem(jobs.HANDLERS, "deliver", deliver)
    yield seen


async def test_a_message_leaves_after_the_commit_and_outside_of_it(
    maju: Cast, sent: list[tuple[bool, int | None, int]]
) -> None:
    async with database.transaction(maju.company):
        number = await outbox.post(to(maju), HELLO, dedupe="one")
        assert sent == []
    await jobs.drain()
    assert sent == [(False, maju.company, number)]


async def test_a_message_of_what_did_not_happen_is_never_sent(
    maju: Cast, sent: list[tuple[bool, int | None, int]]
) -> None:
    async def fails() -> None:
        async with database.transaction(maju.company):
            await outbox.post(to(maju), HELLO, dedupe="one")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fails()
    await jobs.drain()
    assert (sent, await rows(maju)) == ([], [])


async def test_the_same_thing_is_said_once(maju: Cast, sent: list[tuple[bool, int | None, int]]) -> None:
    await post(maju)
    with pytest.raises((sqlite3.IntegrityError, asyncpg.UniqueViolationError)):
        await post(maju)
    await post(maju, "two")
    await jobs.drain()
    assert len(sent) == len(await rows(maju)) == 2


async def test_two_companies_may_say_the_same(two: tuple[Cast, Cast]) -> None:
    for cast in two:
        await post(cast)
    assert [len(await rows(cast)) for cast in two] == [1, 1]


async def test_what_is_said_is_sealed_and_comes_back_whole(maju: Cast) -> None:
    await post(maju)
    (row,) = await rows(maju)
    assert "5920000" not in str(row.to_dict())
    async with database.reading(maju.company):
        assert outbox.unseal(row) == HELLO
        assert "5920000" not in str(await Outbound.select())
    async with database.installation(writes=False):
        assert "5920000" not in str(await Job.select())


async def test_another_company_cannot_open_it(two: tuple[Cast, Cast]) -> None:
    await post(two[0])
    (row,) = await rows(two[0])
    async with database.reading(two[1].company):
        with pytest.raises(InvalidTag):
            outbox.unseal(row)


# -- buttons -----------------------------------------------------------------------------------------------------------


async def test_a_button_means_something_to_its_person_only(maju: Cast) -> None:
    async with database.transaction(maju.company):
        choice = await buttons.make("Setujui", "decide", person=maju.sari.person, subject=3, verdict="approve")
        found = await buttons.find(choice.token, person=maju.sari.person)
        assert found is not None
        assert (found.action, found.subject, buttons.value_of(found)) == ("decide", 3, {"verdict": "approve"})
        assert await buttons.find(choice.token, person=maju.budi.person) is None
        assert await buttons.find(choice.token, person=None) is None
        assert await buttons.find(choice.token[:-1], person=maju.sari.person) is None


async def test_a_button_fits_on_every_platform_and_cannot_be_guessed(maju: Cast) -> None:
    async with database.transaction(maju.company):
        made = [await buttons.make("Ya", "nothing", person=maju.budi.person) for _ in range(50)]
        with pytest.raises(ValueError, match="20"):
            await buttons.make("Dua puluh satu huruf!", "nothing", person=maju.budi.person)
    assert len({choice.token for choice in made}) == 50
    assert all(choice.token.isascii() and 20 <= len(choice.token) <= 64 for choice in made)


async def test_a_button_ends_after_thirty_days(maju: Cast) -> None:
    async with database.transaction(maju.company):
        choice = await buttons.make("Ya", "nothing", person=maju.budi.person)
    for days, there in ((30, True), (31, False)):
        with clock.freeze(MONDAY + timedelta(days=days)):
            async with database.reading(maju.company):
                assert (await buttons.find(choice.token, person=maju.budi.person) is not None) is there
    async with database.reading(maju.company):
        assert await Button.count() == 1


async def test_what_a_button_carries_is_sealed(maju: Cast) -> None:
    answers = {"leave.said_why": "sakit"}
    async with database.transaction(maju.company):
        choice = await buttons.make("Ya", "start", person=maju.budi.person, flow="leave", answers=answers)
        button = await buttons.find(choice.token, person=maju.budi.person)
        assert button is not None
        assert "sakit" not in button.value
        assert buttons.value_of(button) == {"flow": "leave", "answers": answers}
