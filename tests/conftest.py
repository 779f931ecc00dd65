"""What every test may ask for: a database, a queue, a browser. What is missing is named; in CI it fails instead."""

import asyncio
import os
import subprocess
from collections.abc import Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import hypothesis
import pytest
import redis

from core import engines, key_store
from tests import services
from tests.dealing import Workers, dealt
from tests.services import IN_CI, SERVICES, Service

# How long an example may take says more about the machine than about the product.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# What a power cut forgets is not asked of the files of these tests, no more than of their PostgreSQL databases below;
# tests/core/test_file_log.py looks at what the product asks for.
LASTING = engines.PRAGMAS
engines.PRAGMAS = tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in LASTING)
LASTING_KEYS = key_store.PRAGMAS
key_store.PRAGMAS = tuple(one.replace("synchronous=EXTRA", "synchronous=OFF") for one in LASTING_KEYS)

MARK = "made by the tests of Serambi"
_addresses: dict[str, str | None] = {}


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Workers:
    return Workers(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items[:], left = dealt(config, items)
    if left:
        config.hook.pytest_deselected(items=left)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            need(next(service for service in SERVICES if service.name == name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip in CI is a failure: there everything can be installed, so nothing excuses it."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"
    return report


def need(service: Service) -> str:
    """The address of a service, or a skip that names it."""
    if service.variable not in _addresses:
        _addresses[service.variable] = services.find(service)
    address = _addresses[service.variable]
    if address is None:
        pytest.skip(service.missing)
    return address


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database for this worker, dropped afterwards; the login owns it and may make roles."""
    with _database("session") as url:
        yield url


@pytest.fixture
def fresh_postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database for this test alone."""
    with _database("test") as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis database for this worker alone, empty at first and afterwards."""
    server = urlsplit(need(services.REDIS))
    for number in range(15, 0, -1):
        url = urlunsplit(server._replace(path=f"/{number}"))
        with redis.Redis.from_url(url, decode_responses=True) as client:
            if _claimed(client):
                yield url
                client.flushdb()
                return
    raise RuntimeError("every Redis database from 1 to 15 is in use")


@pytest.fixture(scope="session")
def amqp_url() -> Iterator[str]:
    """A RabbitMQ virtual host for this run where we may make one, otherwise the one of the address."""
    address = need(services.AMQP)
    host = f"serambi-test-{os.getpid()}"
    ours = urlunsplit(urlsplit(address)._replace(path=f"/{host}"))
    user = urlsplit(address).username or "guest"
    made = _rabbitmqctl("add_vhost", host) and _rabbitmqctl("set_permissions", "-p", host, user, ".*", ".*", ".*")
    yield ours if made and services.amqp_answers(ours) else address
    if made:
        _rabbitmqctl("delete_vhost", host)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The program of a real browser."""
    return need(services.CHROMIUM)


@contextmanager
def _database(purpose: str) -> Iterator[str]:
    """Create a database named after this process, and drop it; those of processes that died are dropped on the way."""
    server = need(services.POSTGRES)
    name = f"serambi_{purpose}_{os.getpid()}"
    # The mark keeps a database of somebody's that happens to have such a name.
    ours = f"shobj_description(oid, 'pg_database') = '{MARK}'"
    for (other,) in _rows(
        server, f"select datname from pg_database where datname ~ '^serambi_[a-z]+_[0-9]+$' and {ours}"
    ):
        if other == name or not _alive(int(other.rpartition("_")[2])):
            _rows(server, f'drop database if exists "{other}" with (force)')
    # The order of letters must not depend on the machine.
    _rows(server, f"""create database "{name}" template template0 encoding 'UTF8' locale 'C.UTF-8'""")
    _rows(server, f"""comment on database "{name}" is '{MARK}'""")
    # What a server that falls over forgets is not asked here: faults have databases of their own.
    _rows(server, f'alter database "{name}" set synchronous_commit to off')
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    _rows(server, f'drop database if exists "{name}" with (force)')


def _rows(url: str, query: str) -> list[Any]:
    async def fetch() -> list[Any]:
        connection = await asyncpg.connect(url)
        try:
            return list(await connection.fetch(query))
        finally:
            await connection.close()

    return _in_a_thread(fetch())


def _in_a_thread(work: Coroutine[Any, Any, list[Any]]) -> list[Any]:
    """Run apart from the loop of the test that asked."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _claimed(client: "redis.Redis") -> bool:
    """Whether this process now owns the database: it was empty, or its owner is gone."""
    key, me = "serambi:test:owner", str(os.getpid())
    if client.dbsize() == 0:
        return bool(client.set(key, me, nx=True))
    owner = client.get(key)
    if owner is None or _alive(int(str(owner))) or client.getset(key, me) != owner:
        return False
    client.flushdb()
    return bool(client.set(key, me, nx=True))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _rabbitmqctl(*words: str) -> bool:
    try:
        subprocess.run(["rabbitmqctl", "-q", *words], check=True, capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
