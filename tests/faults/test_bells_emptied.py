"""The bell forgets everything while work comes in: whoever was to be woken looks by itself, and nothing is lost."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pika
import pytest
import redis

from tests import services
from tests.faults import checker, story
from tests.faults.books import ended
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.story import HEADLESS, telegram_of
from tests.faults.table import scaled
from tests.faults.test_stopping import RABBITMQ, REDIS, Doorbell, _doorbell

QUEUES = ("serambi.prompt", "serambi.bulk")


def _flush(url: str) -> None:
    """FLUSHALL: the bells, and with them all that dramatiq knows of who listens."""
    with redis.Redis.from_url(url) as client:
        client.flushall()


def _purge(url: str) -> None:
    """Empty the queues."""
    connection = pika.BlockingConnection(pika.URLParameters(url))
    try:
        channel = connection.channel()
        for queue in QUEUES:
            channel.queue_purge(queue)
    finally:
        connection.close()


async def _again_and_again(empty: Callable[[str], None], url: str, times: list[int]) -> None:
    while True:
        await asyncio.to_thread(empty, url)
        times.append(1)
        await asyncio.sleep(0.02)


async def _emptied(
    founded: Founded, folder: Path, tried: Tried, rounds: int,
    which: tuple[type[Doorbell], str, services.Service], empty: Callable[[str], None],
) -> None:  # fmt: skip
    with _doorbell(*which) as bell:
        await bell.start()
        shape, people = Shape(founded, folder, bell.url), HEADLESS[:6]
        async with shape.opened() as installation:
            await installation.start()
            await story.link(installation, people)
            times: list[int] = []
            emptying = asyncio.create_task(_again_and_again(empty, bell.url, times))
            for _ in range(rounds):
                await story.all_ask(installation, people)
            await ended(emptying)
            await installation.settle()
            wrong = await checker.complaints(installation.books, by=installation.now())
            answered = {
                number: sum("hari" in words for words in installation.telegram.words(str(telegram_of(number))))
                for number in people
            }
            least, most = min(answered.values()), max(answered.values())
            tried(
                "the bell emptied while work comes in", shape.name, len(times),
                lost=wrong or least < rounds, doubled=most > rounds,
            )  # fmt: skip
            assert not wrong, installation.complaints()
            assert (least, most) == (rounds, rounds), answered
            assert len(times) > rounds
            assert installation.deaths == 0
            assert all(not process.died for process in installation.processes.values())


async def test_a_redis_that_forgets_loses_nothing(founded_postgres: Founded, tmp_path: Path, tried: Tried) -> None:
    await _emptied(founded_postgres, tmp_path, tried, 2, REDIS, _flush)


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_redis_that_forgets_all_the_time_loses_nothing(
    founded_postgres: Founded, tmp_path: Path, tried: Tried
) -> None:
    await _emptied(founded_postgres, tmp_path, tried, scaled(20), REDIS, _flush)


@pytest.mark.whole
@pytest.mark.timeout(900)
async def test_a_rabbitmq_that_forgets_all_the_time_loses_nothing(
    founded_postgres: Founded, tmp_path: Path, tried: Tried
) -> None:
    await _emptied(founded_postgres, tmp_path, tried, scaled(20), RABBITMQ, _purge)
