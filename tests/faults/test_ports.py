"""No run of tests answers for another's: not its ports, not its databases."""

import socket
import subprocess
import sys
from os import getpid

import pytest

from tests import services
from tests.conftest import MARK
from tests.faults import books
from tests.faults.conftest import Shape
from tests.faults.nursery import ROOT

ASKS = "from tests import services; print(services.free_port(), flush=True); input()"


def test_two_runs_on_one_machine_are_given_ports_of_different_ranges() -> None:
    def other() -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", ASKS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    with other() as first, other() as second:
        assert first.stdout is not None and second.stdout is not None
        given = [int(first.stdout.readline()), int(second.stdout.readline()), services.free_port()]
        for one in (first, second):
            one.communicate("\n")
    ranges = {(port - services.PORTS.start) // services.AT_A_TIME for port in given}
    assert len(ranges) == 3, given
    assert all(port in services.PORTS for port in given), given


async def test_whoever_listens_in_the_place_of_an_installation_is_seen(on_file: Shape) -> None:
    """Else it would be brought what is meant for ours, answer 200, and the story would wait for words that never come."""
    async with on_file.opened() as installation:
        with socket.socket() as other:
            other.bind(("127.0.0.1", installation.port))
            other.listen()
            with pytest.raises(AssertionError, match="somebody else listens"):
                await installation.start()
        assert installation.processes == {}
        await installation.start()
        assert installation.listens()


async def test_a_database_of_a_run_that_was_killed_is_known_as_such(postgres_url: str) -> None:
    name = f"serambi_gone_{getpid()}"
    url = await books.emptied(postgres_url, name)
    reader = books.Books(url)
    try:
        told = await reader.one(
            "select shobj_description(oid, 'pg_database') as told from pg_database where datname = current_database()"
        )
        assert told["told"] == MARK, "the next run drops what carries this mark and belongs to nobody who lives"
    finally:
        await reader.close()
        await books.dropped(url, name)
