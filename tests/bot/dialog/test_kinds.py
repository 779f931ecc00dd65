"""Which kind of leave people mean, and what only sounds like one."""

import pytest

from bot.dialog import intents, kinds

SAID = {
    "sick": ["skit nih ga bs masuk smp bsk kyknya", "sick today and probably tomorrow", "saya demam, izin ga masuk", "sakit hari ini"],
    "menstrual": ["cuti haid hari ini", "lagi haid, sakit banget, ga masuk ya", "period pain, staying home today"],
    "maternity": ["cuti melahirkan mulai 1 september", "saya mau cuti lahiran agustus", "maternity leave from 1 september"],
    "miscarriage": ["saya keguguran, izin tidak masuk", "i had a miscarriage"],
    "paternity": ["istri lahiran besok, cuti ya", "istri saya melahirkan hari ini", "my wife gave birth today, taking leave"],
    "own_marriage": ["cuti nikah 3-5 agustus", "saya mau menikah tgl 3 agustus, cuti 3 hari", "leave for my wedding 3 august", "i'm getting married on 3 august"],
    "child_marriage": ["menikahkan anak tgl 3 agustus", "leave for my daughter's wedding 3 august"],
    "child_circumcision": ["khitanan anak besok, cuti", "sunatan anak 3 agustus cuti"],
    "child_baptism": ["cuti baptis anak 3 agustus"],
    "bereavement_close": ["bapak saya meninggal, ga masuk", "cuti duka besok", "ibu mertua wafat tadi malam, izin", "my mother passed away, i won't come in"],
    "bereavement_household": ["nenek serumah meninggal tadi pagi, cuti besok"],
    "religious_duty": ["cuti umrah 1-10 september", "mau naik haji bulan depan cuti", "leave for hajj 1 september"],
    "unpaid": ["cuti tanpa gaji besok", "unpaid leave tomorrow"],
    "long_leave": ["ajukan cuti besar agustus"],
}  # fmt: skip
ANNUAL = [
    "cuti 12-14 agustus nganter anak sekolah", "cuti besok, nikahan adik", "leave friday, friend's wedding", "cuti besok kucing melahirkan",
    "cuti besok antar ibu haji", "mau cuti dong", "tetangga meninggal, cuti besok", "cuti sunatan keponakan besok", "cuti 9 sampai 13 maret pulang kampung",
    "leave tomorrow, visiting my parents", "cuti lahiran adik besok",
]  # fmt: skip


@pytest.mark.parametrize("code", SAID)
def test_a_kind_is_known_by_what_people_call_it(code: str) -> None:
    assert {said: kinds.kind(said) for said in SAID[code]} == dict.fromkeys(SAID[code], code)


def test_what_only_sounds_like_one_is_annual_leave() -> None:
    assert {said: kinds.kind(said) for said in ANNUAL} == dict.fromkeys(ANNUAL)


@pytest.mark.parametrize("code", SAID)
def test_each_leads_to_the_talk_about_leave(code: str) -> None:
    assert [said for said in SAID[code] if not kinds.wanted(said, intents.guess(said).intent)] == []


@pytest.mark.parametrize(
    "said", ["gaji saya tidak dibayar", "halo", "ukuran L ada?", "cuti nikah brp hari", "struk bulan ini"]
)
def test_other_matters_do_not(said: str) -> None:
    assert not kinds.wanted(said, intents.guess(said).intent)
