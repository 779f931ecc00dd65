"""Versions of policy and terms: which one is read on which day, what differs, what a company accepted, who is told."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from core import clock, database, jobs
from core.approvals import chains
from core.errors import Refused
from core.people.directory import DEFAULT_ZONE
from core.phrases import LANGUAGES
from core.privacy import policies, policy_told
from tests.core.cast import Cast, as_

BODY = "# Ketentuan\n\nSatu.\n\nDua."


def written(
    folder: Path, number: int, *, announced: str, from_: str, body: str = BODY, changes: str = "Dua; Tiga"
) -> None:
    for kind in policies.KINDS:
        for language in LANGUAGES:
            (folder / f"{kind}.{number}.{language}.md").write_text(
                f"---\nid: policies.{kind}.{number}\nlanguage: {language}\ntitle: Ketentuan\nversion: {number}\n"
                f"announced: {announced}\nfrom: {from_}\nchanges: {changes}\n---\n{body}\n"
            )


@pytest.fixture
def two(tmp_path: Path) -> Path:
    written(tmp_path, 1, announced="2026-01-01", from_="2026-01-01")
    written(tmp_path, 2, announced="2026-07-01", from_="2026-08-01", body="# Ketentuan\n\nSatu.\n\nDua setengah.")
    return tmp_path


def test_every_version_that_is_shipped_is_announced_long_enough_before_and_says_what_changed() -> None:
    for kind in policies.KINDS:
        versions = policies.every()[kind]
        assert [one.number for one in versions] == list(range(1, len(versions) + 1))
        for one in versions:
            assert one.number == 1 or one.from_ - one.announced >= policies.NOTICE, (kind, one.number)
            for language in LANGUAGES:
                assert 1 <= len(one.changes[language]) <= 5
                assert one.bodies[language].startswith(f"# {one.titles[language]}\n")


def test_a_version_holds_from_its_day_on_and_is_read_from_its_announcement(two: Path) -> None:
    def on(day: date) -> tuple[int, int | None, int]:
        coming = policies.coming("terms", day, two)
        held = policies.in_force("terms", day, two)
        return held.number, coming.number if coming else None, len(policies.known("terms", day, two))

    assert on(date(2026, 6, 30)) == (1, None, 1)
    assert on(date(2026, 7, 1)) == (1, 2, 2)
    assert on(date(2026, 7, 31)) == (1, 2, 2)
    assert on(date(2026, 8, 1)) == (2, None, 2)
    assert policies.of("terms", 2, date(2026, 6, 30), two) is None


def test_what_differs_is_told_paragraph_by_paragraph(two: Path) -> None:
    old, new = policies.every(two)["terms"]
    assert policies.difference(old, new, "id") == [
        ("same", "# Ketentuan"), ("same", "Satu."), ("gone", "Dua."), ("new", "Dua setengah."),
    ]  # fmt: skip


async def test_a_company_accepts_each_version_once(maju: Cast, two: Path) -> None:
    async def waiting(day: date) -> list[tuple[str, int]]:
        async with database.reading(maju.company):
            return [(one.kind, one.number) for one in await policies.to_accept(day, two)]

    july, august = date(2026, 7, 6), date(2026, 8, 2)
    assert await waiting(july) == [("privacy", 1), ("terms", 1)]
    for _ in range(2):
        async with database.transaction(maju.company):
            await policies.accept("terms", 1, language="id", by=as_(maju.hendra), on=july, folder=two)
    async with database.reading(maju.company):
        (kept,) = await policies.accepted("terms")
    assert (kept.version, kept.hash) == (1, policies.every(two)["terms"][0].hash)
    assert await waiting(july) == [("privacy", 1)]
    assert await waiting(august) == [("privacy", 2), ("terms", 2)], "other words are another agreement"
    for kind, number in (("terms", 3), ("rules", 1)):
        with pytest.raises(Refused):
            async with database.transaction(maju.company):
                await policies.accept(kind, number, language="id", by=as_(maju.hendra), on=july, folder=two)


async def test_who_signs_for_a_company_is_told_once_before_it_takes_effect(
    maju: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.today(DEFAULT_ZONE)
    written(tmp_path, 1, announced="2026-01-01", from_="2026-01-01")
    written(tmp_path, 2, announced=str(today), from_=str(today + timedelta(days=31)))
    shipped = policies.coming
    monkeypatch.setattr(policies, "coming", lambda kind, on: shipped(kind, on, tmp_path))
    await policy_told.nightly()
    await policy_told.nightly()
    await jobs.drain()
    async with database.reading(maju.company):
        (signs, *_) = await chains.holders(["super_administrator"])
    told = [one.text for one in await maju.told(signs) if one.key == "policies.told"]
    assert len(told) == len(policies.KINDS)
    assert "Dua; Tiga" in told[0] and "/privacy?version=2" in told[0]
    assert [one for one in await maju.told(maju.budi) if one.key == "policies.told"] == []
