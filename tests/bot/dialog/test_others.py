"""What asks for somebody else's pay, health, number or reason, and what is one's own; events that nothing is paid for."""

import pytest

from bot.dialog import alarm, family, kinds, others
from bot.dialog.others import About

THEIRS = """
pay | gaji si Budi berapa
pay | gaji bu sari berapa ya
pay | slip gaji pak Hendra dong
pay | boleh tau gaji manager?
pay | teman saya digaji berapa
pay | what's my boss's salary
pay | how much is her salary
health | si ani sakit apa
health | pak budi sakit apa kok lama
contact | no hp pak budi
contact | minta no wa mbak sari dong
contact | alamat bu ratna dimana
contact | no hp atasan saya berapa
reason | alasan cuti si rina apa
reason | kenapa atasan saya ga masuk
"""
BY_NAME = """
pay budi | gaji budi berapa
pay budi | what is Budi's salary
pay sari | how much does Sari earn
health ani | what illness does ani have
contact hendra | phone number of hendra
reason budi | kenapa budi ga masuk
reason sari | why is sari on leave
"""
ONES_OWN = """
gaji saya berapa
pak gaji saya berapa
gaji berapa
mbak, gaji kapan
gaji bulan ini berapa
gaji pokok berapa
bu gaji udah masuk belum
kenapa gaji saya turun
kenapa gaji ga masuk
slip gaji saya mana
sakit apa saja yang perlu surat dokter?
surat sakit saya mana
surat dokter wajib apa tidak
kenapa cuti saya ditolak pak budi
kenapa pak budi belum setuju cuti saya
si budi cuti ga hari ini
siapa yang cuti besok
siapa atasan saya
nomor hp hr berapa
alamat kantor dimana
no rekening saya ganti
why is my leave off
how much do i get paid
what's wrong with my payslip
kenapa istri saya tidak masuk bpjs
"""


def _lines(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("what", "sentence"), _lines(THEIRS))
def test_what_is_somebody_elses_is_known_as_such(what: str, sentence: str) -> None:
    about = others.asked(sentence)
    assert about is not None
    assert (about.what, about.name) == (what, None)


@pytest.mark.parametrize(("told", "sentence"), _lines(BY_NAME))
def test_a_name_alone_is_handed_back_to_be_looked_up(told: str, sentence: str) -> None:
    what, name = told.split()
    assert others.asked(sentence) == About(what, name)  # type: ignore[arg-type]


@pytest.mark.parametrize("sentence", ONES_OWN.strip().splitlines())
def test_what_is_ones_own_is_left_to_the_talk(sentence: str) -> None:
    assert others.asked(sentence) is None


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        ("marriage", "cuti besok, nikahan adik"),
        ("marriage", "adek saya nikah sabtu, cuti jumat"),
        ("marriage", "I need friday off for my cousin's wedding"),
        ("circumcision", "sunatan keponakan"),
        ("birth", "kakak ipar lahiran cuti besok"),
        ("death", "nenek meninggal, izin besok"),
        (None, "cuti nikah"),
        (None, "anak saya nikah"),
        (None, "istri saya lahiran"),
        (None, "bapak mertua meninggal"),
        (None, "cuti tahunan besok, nikahan adik"),
        (None, "cuti besok ada acara keluarga"),
    ],
)
def test_events_that_nothing_is_paid_for(event: str | None, sentence: str) -> None:
    assert family.unpaid_event(sentence) == event


def test_a_brothers_wedding_is_not_ones_own() -> None:
    assert kinds.kind("adek saya nikah sabtu, cuti jumat") is None
    assert kinds.kind("saya mau nikah bulan depan") == "own_marriage"
    assert kinds.kind("cuti duka nenek") is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("life", "rasanya capek hidup"),
        ("life", "i don't want to live anymore"),
        ("harassment", "saya diancem mandor"),
        ("harassment", "he says he is going to kill me"),
        (None, "capek banget hari ini"),
        (None, "kebijakan pelecehan seksual ada di mana"),
    ],
)
def test_danger_is_heard(name: str | None, sentence: str) -> None:
    assert alarm.heard(sentence) == name
