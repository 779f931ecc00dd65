"""Rights over personal data in the talk: each in at most four messages, who looked, and what a linked chat may not do."""

import pytest

from bot.flows.privacy import OFFERED
from core import database
from core.audit import Actor
from core.people import reveals
from core.people.tables import Employment
from core.privacy import corrections, kinds
from core.privacy.tables import Correction, DataRequest
from tests.bot.conftest import Talk

WAYS = {
    kinds.ACCESS: ("data apa aja yang disimpan tentang saya", "ya"),
    kinds.COPY: ("minta salinan smua data sy", "ya"),
    kinds.PORTABLE: ("data pribadi saya mau dipindah, format json", "ya"),
    kinds.COMPLETE: ("lengkapi npwp saya 012345678901000", "ya"),
    kinds.UPDATE: ("perbarui no hp saya jadi 081234567890", "ya"),
    kinds.CORRECT: ("nik saya salah, harusnya 3275010101900001", "ya"),
    kinds.RESTRICT: ("batasi pemrosesan foto saya", "ya"),
    kinds.OBJECT: ("saya keberatan data pribadi saya dipakai iklan", "ya"),
    kinds.WITHDRAW: ("cabut persetujuan foto absen", "ya"),
    kinds.DELETE: ("hapus semua data saya", "ya"),
    kinds.COMPLAIN: ("mau ngadu, data gaji saya disebar", "kemarin temen tau nominalnya dari printer", "ya"),
    kinds.REVIEW: ("permintaan data pribadi", "Tinjau putusan mesin", "lembur saya ditolak otomatis", "ya"),
}


async def asked(talk: Talk) -> list[DataRequest]:
    async with database.reading(talk.cast.company):
        found: list[DataRequest] = await DataRequest.objects().order_by(DataRequest.id)
    return found


@pytest.mark.parametrize("kind", kinds.KINDS)
async def test_every_kind_is_asked_for_in_at_most_four_messages(talk: Talk, kind: str) -> None:
    assert len(WAYS[kind]) <= 4
    said = [await talk.writes("777", words) for words in WAYS[kind]]
    (row,) = await asked(talk)
    assert (row.kind, row.door, row.subject) == (kind, "chat", talk.cast.budi.person), said
    assert "D-1" in said[-1][-1].text
    assert "Kamis 9 Juli 09.00 WIB" in said[-1][-1].text


@pytest.mark.parametrize(
    "kind", sorted(set(kinds.KINDS) - {kinds.ACCESS, kinds.PORTABLE, kinds.COMPLETE, kinds.UPDATE})
)
async def test_the_same_by_the_choices_that_are_offered(talk: Talk, kind: str) -> None:
    (shown,) = await talk.writes("777", "permintaan data pribadi")
    titles = [one.title for one in shown.choices]
    assert len(titles) <= 10, "a list on WhatsApp holds ten"
    words = {kinds.CORRECT: ["npwp 012345678901000"], kinds.COPY: [], kinds.DELETE: []}.get(
        kind, ["foto saya di papan"]
    )
    pressed = shown.choices[OFFERED.index(kind)]
    await talk.writes("777", None, token=pressed.token)
    for one in (*words, "ya"):
        await talk.writes("777", one)
    (row,) = await asked(talk)
    assert row.kind == kind


async def test_no_number_of_the_record_is_shown_and_the_new_one_is_checked(talk: Talk) -> None:
    said = await talk.writes("777", "nik saya salah, harusnya 123")
    assert "NIK dan KK 16 angka" in said[-1].text
    await talk.writes("777", "nik 3275010101900001")
    await talk.writes("777", "ya")
    async with database.reading(talk.cast.company):
        one = await Correction.objects().first()
    assert one is not None
    assert corrections.values(one) == ("", "3275010101900001")


async def test_a_no_and_a_batal_leave_nothing(talk: Talk) -> None:
    await talk.writes("777", "hapus semua data saya")
    await talk.writes("777", "batal")
    await talk.writes("777", "minta salinan semua data saya")
    await talk.writes("777", "tidak")
    assert await asked(talk) == []


async def test_the_same_asked_again_says_that_it_waits_already(talk: Talk) -> None:
    for words in ("minta salinan semua data saya", "ya"):
        await talk.writes("777", words)
    (shown,) = await talk.writes("777", "minta salinan semua data saya")
    assert "D-1 untuk hal yang sama masih menunggu" in shown.text


async def test_who_looked_is_told_with_reason(talk: Talk) -> None:
    maju = talk.cast
    async with database.reading(maju.company):
        public = maju.budi.public
        row = await Employment.select(Employment.person.public.as_alias("person")).where(
            Employment.public == public
        ).first()  # fmt: skip
    assert row is not None
    by = Actor(f"person:{maju.ratna.person}", "web")
    await reveals.reveal(maju.company, row["person"], "email", "periksa surat yang kembali", resource="identity", by=by)
    (shown,) = await talk.writes("777", "siapa aja yang lihat data saya")
    assert "Ratna" in shown.text
    assert "periksa surat yang kembali" in shown.text
    assert [one.title for one in shown.choices] == ["Ada yang janggal"]


async def test_nobody_reads_another_persons_request(talk: Talk) -> None:
    for words in ("minta salinan semua data saya", "ya"):
        await talk.writes("777", words)
    await talk.link("tono", "999")
    (shown,) = await talk.writes("999", "D-1 gimana")
    assert shown.text == "Tidak ada permintaan D-1 darimu."
