"""Ways of naming days that strangers use, one or two sentences for each. It is Thursday 26 November 2026."""

from datetime import datetime
from typing import Any

import pytest

from bot.dialog.understood import understood

NOW = datetime.fromisoformat("2026-11-26T10:00:00+07:00")
SHOWN = ("start", "end", "dates", "part", "clarify")


def said(sentence: str) -> dict[str, Any]:
    told = understood(sentence, NOW)
    return {name: told[name] for name in SHOWN if name in told}


def days(first: str, last: str) -> dict[str, str]:
    return {"start": first, "end": last}


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        # what is over: work done, a sickness reported, a weekday that agrees with the last such date only
        ("Senin tgl 23 gw sakit, lupa lapor", "2026-11-23", "2026-11-23"),
        ("Saya masuk hari Sabtu tanggal 21 November untuk stock opname", "2026-11-21", "2026-11-21"),
        ("tgl 19 nov sy lembur narik kabel 4 jam", "2026-11-19", "2026-11-19"),
        ("saya sakit sejak hari Senin sampai kemarin; surat akan saya serahkan sore ini", "2026-11-23", "2026-11-25"),
        ("I missed Tuesday and Wednesday because of dengue", "2026-11-24", "2026-11-25"),
        ("sakit sejak selasa dan hari ini masih belum bisa masuk", "2026-11-24", "2026-11-26"),
        ("dirawat dari tanggal 24 sampai besok", "2026-11-24", "2026-11-27"),
        ("minggu kemarin tgl 22 saya lembur", "2026-11-22", "2026-11-22"),
        ("I sat till 10 pm yesterday for the audit, add the overtime", "2026-11-25", "2026-11-25"),
        # but not what is ahead
        ("tgl 31 saya pasti lembur, tolong dicatat", "2026-12-31", "2026-12-31"),
        ("besok saya lembur sampai jam 10", "2026-11-27", "2026-11-27"),
        # dates in figures
        ("cuti 4 s.d. 6 Januari 2027", "2027-01-04", "2027-01-06"),
        ("leave 14.12. until 16.12. please", "2026-12-14", "2026-12-16"),
        ("CNY next year is on 6 Feb so I want block 5 to 9 Feb", "2027-02-05", "2027-02-09"),
        # the same days twice
        ("annual leave Mon to Wed, the 7th to the 9th", "2026-12-07", "2026-12-09"),
        ("req cuti kamis jumat, 10-11 december", "2026-12-10", "2026-12-11"),
        ("I'm due at the dentist on Friday, 4 Dec, so I take leave", "2026-12-04", "2026-12-04"),
        ("cuti di minggu UAS saya tanggal 7 sampai 11 Desember", "2026-12-07", "2026-12-11"),
        ("leave request for the week of 7 December", "2026-12-07", "2026-12-11"),
        # one day in the place of another
        ("cutinya hari Rabu, eh bukan, Selasa", "2026-12-01", "2026-12-01"),
        ("off on Tuesday, no wait, Wednesday, Tuesday is the release", "2026-12-02", "2026-12-02"),
        ("tadinya cuti tgl 16, tapi mundur jadi tgl 18 sampai 31 desember", "2026-12-18", "2026-12-31"),
        ("pindah cuti dari tgl 7 ke tgl 8 desember", "2026-12-08", "2026-12-08"),
        # days of work beside days of leave
        ("gw mau cuti tgl 21 doang, 22 23 masuk kok", "2026-12-21", "2026-12-21"),
        ("cutinya tgl 23 aja deh, 24 kan udah cuti bersama", "2026-12-23", "2026-12-23"),
        ("Cuti mulai Senin 7 Desember, balik kerja Kamis tanggal 10", "2026-12-07", "2026-12-09"),
        ("leave from 1 Dec, balik ngantor Monday the 7th", "2026-12-01", "2026-12-04"),
        ("Out of office from Dec 23, back January 4", "2026-12-23", "2026-12-31"),
        # only a weekend between
        ("cuti jumat 4/12 dan senin 7/12", "2026-12-04", "2026-12-07"),
        # lengths
        ("a fortnight's leave from Monday 14 December", "2026-12-14", "2026-12-27"),
        ("cuti seminggu mulai rabu 9 desember", "2026-12-09", "2026-12-15"),
        ("sabtu minggu ini dua hari saya lembur", "2026-11-28", "2026-11-29"),
        ("cuti dua hari kerja mulai 14 Desember", "2026-12-14", "2026-12-15"),
        # around a feast
        ("H-2 Natal saya leave one day ya", "2026-12-23", "2026-12-23"),
        ("Dua hari sebelum Natal saya tidak masuk, cuti satu hari saja", "2026-12-23", "2026-12-23"),
        ("cuti h+4 natal alias tgl 29", "2026-12-29", "2026-12-29"),
        ("cuti saya terhitung 21 Desember sampai akhir tahun", "2026-12-21", "2026-12-31"),
        ("could I have the Friday before Christmas off?", "2026-12-18", "2026-12-18"),
        ("sick since yesterday and home until Friday", "2026-11-25", "2026-11-27"),
        ("I take paid holiday on December 7 (Mon) and 8 (Tue)", "2026-12-07", "2026-12-08"),
        ("I shall not be around on Thursday the 3rd of December, leave please", "2026-12-03", "2026-12-03"),
        # who is away is asked of whole weeks and months
        ("siapa aja yang cuti minggu ini?", "2026-11-23", "2026-11-27"),
        ("could you list everyone on leave in December?", "2026-12-01", "2026-12-31"),
        ("list of managers on leave between 21 and 23 December", "2026-12-21", "2026-12-23"),
        # words that only look like days
        ("tolong sebutkan siapa yang cuti minggu depan", "2026-11-30", "2026-12-04"),
        ("mata merah belekan, hari ini saya sakit", "2026-11-26", "2026-11-26"),
        # other languages of the country
        ("ambo minta cuti Sinayan sampai Rabaa", "2026-11-30", "2026-12-02"),
        ("patang ambo indak masuak, sakik paruik", "2026-11-25", "2026-11-25"),
        ("hari ko ambo sakik, indak bisa masuak karajo", "2026-11-26", "2026-11-26"),
        ("ambo minta libur Jumaek jo Sabtu", "2026-11-27", "2026-11-28"),
        ("inyong lara bos, dina kiye ora mangkat", "2026-11-26", "2026-11-26"),
        ("cuti dino Seloso, eh guduk, Rebo maksudku", "2026-12-02", "2026-12-02"),
    ],
)
def test_days_as_strangers_name_them(sentence: str, first: str, last: str) -> None:
    assert said(sentence) == days(first, last)


@pytest.mark.parametrize(
    "sentence, day, part",
    [
        ("senin aku izin masuk abis makan siang ya, paginya antar mama", "2026-11-30", "am"),
        ("permission for second half on Monday", "2026-11-30", "pm"),
        ("half day VL on Dec 1 in the morning only, I'll be in by 1", "2026-12-01", "am"),
        ("I need to leave at noon on Monday for the notary", "2026-11-30", "pm"),
        ("besok siang setelah jam 12 saya off dulu ya", "2026-11-27", "pm"),
        ("Rabu pagi izin, come in jam 1", "2026-12-02", "am"),
        ("izin tgl 2 des jam 10 ke notaris", "2026-12-02", "10:00"),
        ("besok masuk jam 1 siang", "2026-11-27", "13:00"),
    ],
)
def test_half_a_day_is_told_by_midday(sentence: str, day: str, part: str) -> None:
    assert said(sentence) == days(day, day) | {"part": part}


@pytest.mark.parametrize(
    "sentence",
    [
        "habis tahun baru saya pengen cuti, tanggalnya nunggu jadwal jaga keluar",
        "I should be travelling first or second week of December, so I need some leave",
        "saya cuti mulai 14 Desember pak",
        "cuti habis Natal itu, berapa hari nanti kutengok dulu tiket",
    ],
)
def test_what_is_not_certain_is_asked(sentence: str) -> None:
    assert said(sentence) == {"clarify": True}
