"""The bell that says that there is work: in this process, or to others through Redis or RabbitMQ.

It carries no work. What is to be done stands in the job table, so a bell that is lost or heard twice costs nothing, and
one that waits to be sent stands for all that are rung meanwhile.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dramatiq

from core import log
from core.crash import crashpoint

PROMPT, BULK = "prompt", "bulk"
LANES = (PROMPT, BULK)
QUEUE = "serambi."  # begins the name of each lane's queue
LISTENING = 50  # milliseconds at most between two looks into Redis while nothing comes

Hears = Callable[[], bool]
_broker: dramatiq.Broker | None = None
_ringer: ThreadPoolExecutor | None = None
_worker: dramatiq.Worker | None = None
_loop: asyncio.AbstractEventLoop | None = None
_here: dict[str, Hears] = {}
_unsent: set[str] = set()  # lanes of which a bell waits to be sent


def connect(url: str) -> None:
    """Choose the bell: in this process alone, or also Redis or RabbitMQ by URL."""
    global _broker, _ringer
    if not url:
        return
    if url.startswith("redis"):
        from dramatiq.brokers.redis import RedisBroker

        _broker = RedisBroker(url=url, middleware=[], heartbeat_timeout=15_000)  # type: ignore[no-untyped-call]
    else:
        from dramatiq.brokers.rabbitmq import RabbitmqBroker

        _broker = RabbitmqBroker(url=url, middleware=[])
    for lane in LANES:
        _broker.declare_queue(QUEUE + lane)
        dramatiq.Actor(
            _heard, broker=_broker, actor_name=lane, queue_name=QUEUE + lane, priority=LANES.index(lane), options={}
        )
    # A network broker must not hold up the event loop, and keeps one connection a thread: one thread rings.
    _ringer = ThreadPoolExecutor(1, thread_name_prefix="doorbell")


def disconnect() -> None:
    """Let go of the bell."""
    global _broker, _ringer
    if _ringer is not None:
        _ringer.shutdown(wait=True)
        _ringer = None
    if _broker is not None:
        _broker.close()
        _broker = None
    _unsent.clear()


def listen(loop: asyncio.AbstractEventLoop, here: dict[str, Hears]) -> None:
    """Hear the bell in this process: by lane, what is called in its loop, which tells whether a hand is free."""
    global _worker, _loop
    _loop = loop
    _here.update(here)
    if _broker is not None:
        _worker = dramatiq.Worker(_broker, worker_threads=len(LANES), worker_timeout=LISTENING)
        _worker.queue_prefetch = len(LANES)  # whoever is busy keeps no bells from the others
        _worker.start()


def deafen(patience: float) -> None:
    """Hear the bell no more; takes up to so many seconds, in any thread."""
    global _worker
    _here.clear()
    if _worker is not None:
        _worker.stop(timeout=int(patience * 1000))
        _worker = None


def ring(lane: str) -> None:
    """Say that there is work in this lane: here if somebody listens who has a hand free, else to the others."""
    crashpoint("jobs.before_ring")
    here = _here.get(lane)
    if here is None or not here():
        ring_others(lane)


def ring_others(lane: str) -> None:
    """Say it to the other processes."""
    if _ringer is not None and lane in LANES and lane not in _unsent:
        _unsent.add(lane)
        _ringer.submit(_send, lane)


def wrong() -> str | None:
    """What is wrong with the broker, or None."""
    if _broker is None:
        return None
    try:
        client = getattr(_broker, "client", None)
        # Redis answers a ping; for RabbitMQ, asking for the queue's length opens its connection.
        client.ping() if client is not None else _broker.get_queue_message_counts(QUEUE + PROMPT)  # type: ignore[attr-defined]
    except Exception as fault:  # whatever a broker's client raises, the answer is that it does not answer
        return f"{type(fault).__name__}: the broker does not answer; check SERAMBI_BROKER_URL"
    return None


def _send(lane: str) -> None:
    _unsent.discard(lane)  # first: what is written from now on may be overlooked by whoever hears this one
    assert _broker is not None
    message: dramatiq.Message[Any] = dramatiq.Message(
        queue_name=QUEUE + lane, actor_name=lane, args=(lane,), kwargs={}, options={}
    )
    try:
        _broker.enqueue(message)
    except Exception as fault:  # the broker is down: every worker looks by itself within a second
        log.warning("doorbell_silent", fault=fault)


def _heard(lane: str) -> None:
    """Called by dramatiq, in a thread of its own."""
    here, loop = _here.get(lane), _loop
    if here is not None and loop is not None and not loop.is_closed():
        loop.call_soon_threadsafe(here)
