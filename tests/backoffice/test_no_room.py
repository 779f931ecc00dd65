"""Where nothing can be saved, whoever asks is told in their words, and told to come again."""

import errno
import sqlite3

import asyncpg
import pytest

from core import database
from core.key_store import Unreachable
from tests.backoffice.conftest import Installation

FULL = (
    sqlite3.OperationalError("database or disk is full"),
    asyncpg.DiskFullError("could not extend file"),
    OSError(errno.ENOSPC, "No space left on device"),
    Unreachable("database or disk is full"),
)
AWAY = (sqlite3.OperationalError("database is locked"), asyncpg.TooManyConnectionsError("sorry"), Unreachable("gone"))


@pytest.mark.parametrize("fault", FULL + AWAY, ids=lambda fault: type(fault).__name__)
async def test_a_page_says_whether_there_is_no_room_or_no_database(
    house: Installation, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def refuses(*_: object, **__: object) -> None:
        raise fault

    visitor = await house.as_person(house.maju, "budi")
    monkeypatch.setattr(database.engine().__class__, "begin", refuses)
    answer = await visitor.get("/me/")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert ("penyimpanan Serambi sedang penuh" in answer.text) is (fault in FULL)
    assert ("tidak bisa menjangkau datanya" in answer.text) is (fault in AWAY)
