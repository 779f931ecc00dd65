"""What people send is looked at by a scanner before anything of it is kept, and nothing is taken while none looks."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from core import antivirus, database, health, settings
from core.errors import Refused
from core.helpdesk import ticket_files
from core.messaging import attachments
from core.messaging.tables import Attachment
from core.settings import Misconfigured
from tests.core.cast import Cast
from tests.core.conftest import logged  # noqa: F401  pytest finds fixtures by name
from tests.outside.clamd import EICAR, Clamd

PDF = b"%PDF-1.7 surat dokter"
KEYS = {"SERAMBI_SECRET_KEY": "k" * 32, "SERAMBI_MASTER_KEY": "k" * 32}


@pytest.fixture(params=["tcp", "unix"])
async def clamd(
    request: pytest.FixtureRequest, keys: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Clamd]:
    """A scanner by a port and by a file in turn, named in the settings."""
    there = await Clamd().start(tmp_path / "clamd.ctl" if request.param == "unix" else None)
    monkeypatch.setattr(
        settings, "_current", replace(settings.current(), clamd=there.address, files=str(tmp_path / "files"))
    )
    yield there
    await there.stop()


async def test_what_the_scanner_finds_is_refused_and_lies_nowhere(
    clamd: Clamd,
    tmp_path: Path,
    logged: io.StringIO,  # noqa: F811
) -> None:
    for take in (attachments.take, ticket_files.take):
        with pytest.raises(Refused, match=r"files\.infected"):
            await take(1, PDF + EICAR, "surat.pdf")
    assert not (tmp_path / "files").exists()
    assert "Eicar-Test-Signature" in logged.getvalue()
    assert "surat" not in logged.getvalue()


async def test_what_is_clean_is_kept_and_was_seen_whole(clamd: Clamd, tmp_path: Path) -> None:
    large = PDF + bytes(range(256)) * 3000
    examined, written = await attachments.take(1, large, "surat.pdf")
    assert clamd.seen == [large]
    assert examined.raw == large
    assert written.path
    assert any((tmp_path / "files").rglob("*"))


async def test_while_nobody_can_look_nothing_is_taken_unless_it_was_said(
    clamd: Clamd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(antivirus, "PATIENCE", 0.2)

    async def refused() -> None:
        with pytest.raises(Refused, match=r"files\.not_scanned"):
            await attachments.take(1, PDF, "surat.pdf")

    for says in ("stream: Can't allocate memory ERROR", "OK", "stream: OK\nstream: OK", "x" * 9000):
        clamd.says = says
        await refused()
    clamd.says, clamd.largest = "", 4
    await refused()
    clamd.silent = True
    await refused()
    await clamd.stop()
    await refused()
    monkeypatch.setattr(settings, "_current", replace(settings.current(), clamd_away="take"))
    assert (await attachments.take(1, PDF, "surat.pdf"))[0].type == "pdf"


async def test_a_file_that_somebody_brings_is_answered_in_words(
    maju: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = await Clamd().start()
    monkeypatch.setattr(settings, "_current", replace(settings.current(), clamd=there.address, files=str(tmp_path)))
    said = await attachments.enclose(maju.company, maju.budi.person, PDF + EICAR, "surat.pdf")
    assert (said.kept, said.ref) == (False, "files.infected")
    async with database.reading(maju.company):
        assert not await Attachment.exists()
    await there.stop()


async def test_the_doctor_says_who_looks(open_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def told() -> health.Check:
        return next(check for check in await health.doctor() if check.name == "antivirus")

    nobody = await told()
    assert nobody.well
    assert "nobody looks" in nobody.told
    there = await Clamd().start()
    monkeypatch.setattr(settings, "_current", replace(settings.current(), clamd=there.address))
    assert "ClamAV 1.4.3" in (await told()).told
    await there.stop()
    away = await told()
    assert not away.well
    assert "refused" in away.told


@pytest.mark.parametrize("wrong", ["clamd", "tcp://x", "unix:", "http://x:1", "tcp://x:abc", "tcp://:3310"])
def test_an_address_of_no_scanner_is_refused(wrong: str) -> None:
    with pytest.raises(Misconfigured, match="SERAMBI_CLAMD"):
        settings.load({**KEYS, "SERAMBI_CLAMD": wrong})


def test_what_becomes_of_files_is_one_of_two() -> None:
    with pytest.raises(Misconfigured, match="SERAMBI_CLAMD_AWAY"):
        settings.load({**KEYS, "SERAMBI_CLAMD_AWAY": "maybe"})
