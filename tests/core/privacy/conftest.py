"""A key store of each test's own, since keys are destroyed here, and a company whose people may be erased."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import database, settings
from core.accounts import keys
from core.accounts.tables import Company
from core.audit import Actor
from tests.core.cast import Cast, lay
from tests.core.privacy.asking import agus, asks  # noqa: F401  fixtures of the tests beside
from tests.core.privacy.planted import Planted

ONE, OTHER = Actor("account:9001", "web"), Actor("account:9002", "web")


@pytest.fixture
async def house(open_database: str, tmp_path: Path) -> AsyncIterator[Cast]:
    """PT Maju Bersama, its files in a folder and its keys in a store of this test alone."""
    before = settings.current()
    settings.use(replace(before, keys=str(tmp_path / "keys.db"), files=str(tmp_path / "files")))
    await _own_check()
    yield await lay("PT Maju Bersama")
    settings.use(before)
    await _own_check()


@pytest.fixture
async def planted(house: Cast) -> Planted:
    """Somebody who left last year, with a word of their own in everything that can be held about them."""
    async with database.transaction(house.company):
        return await Planted(house.company, 7).plant()


async def _own_check() -> None:
    async with database.installation():
        await Company.update({Company.key_check: keys.check()}).where(Company.key_check.is_not_null())
