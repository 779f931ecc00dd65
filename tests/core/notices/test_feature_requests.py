"""Wishes on both databases: who sees which words, one voice each, who is told what, and merging."""

import asyncio

import pytest

from core import database, jobs
from core.errors import Refused
from core.messaging import quiet
from core.notices import feature_requests
from core.notices import feature_told as _told  # noqa: F401  registers its job
from core.notices.feature_rules import Step
from core.notices.tables import FeatureRequest, Vote
from core.people.directory import Employee
from tests.core.cast import Cast, as_


async def wishes(maju: Cast, who: Employee, words: str = "pengingat ultah bu Sri") -> FeatureRequest:
    async with database.transaction(maju.company):
        return await feature_requests.submit(who.person, words, by=as_(who))


async def moves(maju: Cast, row: FeatureRequest, step: Step) -> None:
    async with database.transaction(maju.company):
        await feature_requests.move(row, step, by=as_(maju.ratna))
    await jobs.drain()


async def supports(maju: Cast, row: FeatureRequest, who: Employee) -> int:
    async with database.transaction(maju.company):
        return await feature_requests.support(row, who.person, by=as_(who))


async def texts(maju: Cast, who: Employee) -> list[str]:
    return [message.text for message in await maju.told(who)]


async def test_colleagues_read_only_the_title_that_hr_wrote(maju: Cast) -> None:
    row = await wishes(maju, maju.budi)
    async with database.reading(maju.company):
        assert await feature_requests.of_number("u1", person=maju.budi.person) is not None
        assert await feature_requests.of_number("U-1", person=maju.tono.person) is None, "nobody has read it yet"
        assert "Sri" not in str(await FeatureRequest.select()), "words rest sealed"
    await moves(maju, row, Step("reviewing", title="Pengingat ulang tahun"))
    async with database.reading(maju.company):
        seen = await feature_requests.of_number("U-1", person=maju.tono.person)
        assert seen is not None
        assert feature_requests.titled(seen) == "Pengingat ulang tahun"
        assert await feature_requests.alike("pengingat ultah") == "U-1"


async def test_a_voice_counts_once_however_often_and_together(maju: Cast) -> None:
    row = await wishes(maju, maju.budi)
    with pytest.raises(Refused, match="not_open"):
        await supports(maju, row, maju.tono)
    await moves(maju, row, Step("reviewing", title="Pengingat"))
    async with database.reading(maju.company):
        copies = [await feature_requests.by_public(row.public) for _ in range(6)]
    await asyncio.gather(*(supports(maju, copy, maju.tono) for copy in copies if copy is not None))
    assert await supports(maju, row, maju.budi) == 2, "its author was the first"
    async with database.transaction(maju.company):
        assert await feature_requests.leave(row, maju.tono.person, by=as_(maju.tono)) == 1
        assert await Vote.count().where(Vote.request == row.id) == 1


async def test_supporters_are_told_of_every_step_and_who_left_of_none(maju: Cast) -> None:
    row = await wishes(maju, maju.budi)
    await moves(maju, row, Step("reviewing", title="Pengingat", answer="Dibaca minggu ini."))
    await supports(maju, row, maju.tono)
    await moves(maju, row, Step("planned", law="UU 27/2022: tanggal lahir seperlunya"))
    async with database.transaction(maju.company):
        await feature_requests.leave(row, maju.tono.person, by=as_(maju.tono))
    await moves(maju, row, Step("released", release="2026.4"))
    assert [text for text in await texts(maju, maju.budi) if "U-1" in text] == [
        'Usulan U-1 "Pengingat" sedang ditinjau. Dibaca minggu ini. Yang belum setuju bisa berhenti mendukung di '
        "halaman Usulan.",
        'Usulan U-1 "Pengingat" direncanakan.',
        'Usulan U-1 "Pengingat" sudah ada di rilis 2026.4.',
    ]
    assert [text for text in await texts(maju, maju.tono) if "U-1" in text] == ['Usulan U-1 "Pengingat" direncanakan.']


async def test_news_that_is_switched_off_is_not_sent(maju: Cast) -> None:
    row = await wishes(maju, maju.budi)
    async with database.transaction(maju.company):
        await quiet.choose_news(maju.budi.person, wanted=False, by=as_(maju.budi))
    await moves(maju, row, Step("reviewing", title="Pengingat"))
    assert not any("U-1" in text for text in await texts(maju, maju.budi))


async def test_merged_wishes_bring_their_voices_along_once(maju: Cast) -> None:
    one, other = await wishes(maju, maju.budi), await wishes(maju, maju.tono, "ingatkan ulang tahun")
    await moves(maju, one, Step("reviewing", title="Pengingat"))
    await supports(maju, one, maju.tono)
    async with database.transaction(maju.company):
        with pytest.raises(Refused, match="into_itself"):
            await feature_requests.merge(one, one, by=as_(maju.ratna))
    async with database.transaction(maju.company):
        await feature_requests.merge(other, one, by=as_(maju.ratna))
        assert one.votes == 2
    await jobs.drain()
    assert any("digabung dengan U-1" in text for text in await texts(maju, maju.tono))
    assert not any("U-2" in text for text in await texts(maju, maju.budi))


async def test_nobody_fills_the_list_alone(maju: Cast) -> None:
    for number in range(feature_requests.MOST_UNREAD):
        await wishes(maju, maju.budi, f"usulan nomor {number}")
    with pytest.raises(Refused, match="too_many"):
        await wishes(maju, maju.budi)
