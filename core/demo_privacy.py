"""What the privacy desk of PT Maju Bersama has before it: requests at every hour of their clock, words taken back, the
company's word on who works with its data. Laid by the verbs that people use themselves, some hours before now.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from core import clock, database
from core.audit import Actor
from core.people.consents import LEARNING, TRAINING, Said
from core.people.directory import Employee
from core.phrases import phrase
from core.privacy import consents, corrections, deciding, disclosures, entered, kinds, registry, requests
from core.privacy.requests import Come
from core.privacy.tables import DataRequest

WEB = "web"


async def tell(company: int, people: Mapping[str, Employee]) -> None:
    """Have its people use their rights, and Agus look after them."""
    agus = Actor(f"person:{people['agus'].person}", WEB)
    ratna = Actor(f"person:{people['ratna'].person}", WEB)
    await _answered(company, people["fitri"], agus)
    await _taken(company, people["rudi"], agus)
    await _asked(company, people["umar"], kinds.COMPLAIN, "Slip gaji saya tertinggal di printer lantai dua.", 21)
    await _corrected(company, people["sinta"])
    await _asked(company, people["hesti"], kinds.RESTRICT, "Jangan pakai foto saya di papan pengumuman dulu.", 2)
    taken = entered.Taken(
        kinds.COPY, "Minta salinan data selama bekerja, untuk pindah kerja.", entered.PAPER, _ago(6),
        name="Dedi Kurniawan", contact="Jalan Kemang 12, Bekasi",
    )  # fmt: skip
    with clock.freeze(_ago(5)):
        async with database.transaction(company):
            await entered.enter(taken, language="id", by=ratna)
    await _words(company, people)
    await _others(company, agus)


async def _asked(company: int, who: Employee, kind: str, words: str, hours: int) -> DataRequest:
    with clock.freeze(_ago(hours)):
        async with database.transaction(company):
            come = Come(kinds.PORTAL, WEB, kinds.SESSION, subject=who.person)
            return await requests.submit(kind, who.person, words, come, by=_by(who))


async def _taken(company: int, who: Employee, agus: Actor) -> None:
    """Seven hours are left of it."""
    row = await _asked(company, who, kinds.ACCESS, "", 65)
    with clock.freeze(_ago(60)):
        async with database.transaction(company):
            await deciding.take(row, by=agus)


async def _answered(company: int, who: Employee, agus: Actor) -> None:
    row = await _asked(company, who, kinds.OBJECT, "Saya keberatan tanggal lahir saya ditulis di kalender tim.", 220)
    with clock.freeze(_ago(200)):
        async with database.transaction(company):
            await deciding.take(row, by=agus)
            await deciding.answer(
                row, "fulfilled", article="", reason="Tanggal lahir dihapus dari kalender tim.", by=agus
            )  # fmt: skip


async def _corrected(company: int, who: Employee) -> None:
    row = await _asked(company, who, kinds.CORRECT, "Ganti nomor, yang lama hilang.", 30)
    with clock.freeze(_ago(30)):
        async with database.transaction(company):
            await corrections.propose(row, "phone", "081298765432", by=_by(who))


async def _words(company: int, people: Mapping[str, Employee]) -> None:
    """Two have refused something, and one of them allows it again."""
    for name, purpose, again in (("vina", LEARNING, False), ("bayu", TRAINING, True)):
        who = people[name]
        with clock.freeze(_ago(50)):
            async with database.transaction(company):
                said = Said(phrase(f"consents.withdraw_{purpose}", who.language), who.language)
                await consents.withdraw(who.person, purpose, said, by=_by(who))
        if again:
            with clock.freeze(_ago(8)):
                async with database.transaction(company):
                    said = Said(phrase(f"consents.text_{purpose}", who.language), who.language)
                    await consents.give(who.person, purpose, said, by=_by(who))


async def _others(company: int, agus: Actor) -> None:
    given = _ago(100).replace(second=0, microsecond=0)
    with clock.freeze(_ago(90)):
        async with database.transaction(company):
            await registry.say(
                "whatsapp", registry.APPROVED, name="", country="", safeguard=registry.CONTRACT,
                document="Perjanjian pemrosesan data Meta, arsip hukum 2026/07", by=agus,
            )  # fmt: skip
            await disclosures.record(
                person=None, group="Semua karyawan", people=40, receiver="BPJS Ketenagakerjaan",
                data="nama, NIK, tanggal lahir, upah", basis=disclosures.LAW,
                why="Laporan bulanan kepesertaan.", given_at=given, by=agus,
            )  # fmt: skip


def _by(who: Employee) -> Actor:
    return Actor(f"person:{who.person}", WEB)


def _ago(hours: int) -> datetime:
    return clock.now() - timedelta(hours=hours)
