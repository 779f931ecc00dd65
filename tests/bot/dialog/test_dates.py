"""The days people name, as they name them. It is Wednesday 8 July 2026."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.dialog import dates
from bot.dialog.dates import Found, When

TODAY = date(2026, 7, 8)
CASES = json.loads((Path(__file__).parents[2] / "cases" / "utterances.json").read_text(encoding="utf-8"))


def find(sentence: str) -> Found:
    found = dates.find(sentence, today=TODAY)
    assert found is not None, f"no days found in: {sentence}"
    return found


def day(text: str) -> date:
    """ "12/8" is 12 August 2026, "3/3/27" says the year."""
    parts = [int(part) for part in text.split("/")]
    return date(2000 + parts[2] if len(parts) > 2 else 2026, parts[1], parts[0])


# Sentence, first day, last day.
DAYS = """
besok | 9/7 | 9/7
bsk gak masuk ya | 9/7 | 9/7
lusa | 10/7 | 10/7
hr ini | 8/7 | 8/7
kemaren | 7/7 | 7/7
kemarin lusa | 6/7 | 6/7
besok lusa | 10/7 | 10/7
the day after tomorrow | 10/7 | 10/7
yesterday | 7/7 | 7/7
tmrw | 9/7 | 9/7
hari jumat | 10/7 | 10/7
jum'at | 10/7 | 10/7
senen | 13/7 | 13/7
senin depan | 13/7 | 13/7
jumat ini | 10/7 | 10/7
jumat minggu depan | 17/7 | 17/7
minggu depan hari kamis | 16/7 | 16/7
hari minggu | 12/7 | 12/7
hari minggu depan | 19/7 | 19/7
sabtu minggu | 11/7 | 12/7
sabtu dan minggu | 11/7 | 12/7
jumat sampai minggu | 10/7 | 12/7
kamis sama jumat | 9/7 | 10/7
kamis & jumat minggu depan | 16/7 | 17/7
next monday | 13/7 | 13/7
this friday | 10/7 | 10/7
friday next week | 17/7 | 17/7
mon to wed next week | 13/7 | 15/7
next tuesday and wednesday | 14/7 | 15/7
besok senin | 13/7 | 13/7
besok dan lusa | 9/7 | 10/7
today and tomorrow | 8/7 | 9/7
sick today and probably tomorrow | 8/7 | 9/7
dari kemaren smp hari ini | 7/7 | 8/7
sakit dari kemarin | 7/7 | 8/7
sakit sejak senin | 6/7 | 8/7
hari ini sampai besok | 8/7 | 9/7
dari besok sampe tgl 15 | 9/7 | 15/7
from tomorrow to the 15th | 9/7 | 15/7
tomorrow until friday | 9/7 | 10/7
lusa sampai sabtu | 10/7 | 11/7
cuti senin sampe rabu | 13/7 | 15/7
senen smp rebo | 13/7 | 15/7
dari senin - rabu | 13/7 | 15/7
dari rabu sampai jumat minggu depan | 15/7 | 17/7
tgl 20 | 20/7 | 20/7
tgl 5 | 5/8 | 5/8
tanggal dua puluh | 20/7 | 20/7
tgl20 | 20/7 | 20/7
tgl 20-22 bln dpn | 20/8 | 22/8
20-22 bulan depan | 20/8 | 22/8
tanggal 5 bulan depan | 5/8 | 5/8
bulan depan tgl 5 | 5/8 | 5/8
the 5th of next month | 5/8 | 5/8
dari tanggal 20 sampai tanggal 22 bulan ini | 20/7 | 22/7
9 sama 10 | 9/7 | 10/7
9-11 | 9/7 | 11/7
9, 10 dan 11 | 9/7 | 11/7
12,13,14 agustus | 12/8 | 14/8
tgl 12 13 14 agustus | 12/8 | 14/8
tanggal 12, 13, sama 14 agustus | 12/8 | 14/8
the 12th, 13th and 14th of august | 12/8 | 14/8
12-14 agustus | 12/8 | 14/8
12 - 14 agst | 12/8 | 14/8
12 s/d 14 agustus | 12/8 | 14/8
12 s.d. 14 agustus | 12/8 | 14/8
12 sd 14 agustus | 12/8 | 14/8
12 sampai dengan 14 agustus | 12/8 | 14/8
12 to 14 aug | 12/8 | 14/8
Aug 12-14 | 12/8 | 14/8
august 12th through 14th | 12/8 | 14/8
agustus 12-14 | 12/8 | 14/8
12 agustus - 14 | 12/8 | 14/8
bulan agustus tanggal 12 sampai 14 | 12/8 | 14/8
tanggal dua belas agustus | 12/8 | 12/8
3 agt sampe 5 agt | 3/8 | 5/8
30 juli sampai 2 agustus | 30/7 | 2/8
tgl 30 smp tgl 2 | 30/7 | 2/8
28 - 3 agustus | 28/7 | 3/8
28 des - 2 jan | 28/12 | 2/1/27
28 desember sampai 2 januari 2027 | 28/12 | 2/1/27
des 28 - jan 2 | 28/12 | 2/1/27
3-5/12 | 3/12 | 5/12
17/8 sampai 19/8 | 17/8 | 19/8
28/7-2/8 | 28/7 | 2/8
08/09/2026 | 8/9 | 8/9
8/9/26 | 8/9 | 8/9
12-08-2026 s/d 14-08-2026 | 12/8 | 14/8
12.8.2026 | 12/8 | 12/8
2026-08-12 sampai 2026-08-14 | 12/8 | 14/8
2026/08/12 | 12/8 | 12/8
8/15 | 15/8 | 15/8
senin 9 - rabu 11 november | 9/11 | 11/11
senin 13, selasa 14 dan rabu 15 juli | 13/7 | 15/7
Friday, July 10 | 10/7 | 10/7
friday the 10th | 10/7 | 10/7
senin (13/7) | 13/7 | 13/7
2 hari lagi | 10/7 | 10/7
seminggu lagi | 15/7 | 15/7
in two days | 10/7 | 10/7
two weeks from today | 22/7 | 22/7
3 days ago | 5/7 | 5/7
2 minggu yang lalu | 24/6 | 24/6
6-10 juli | 6/7 | 10/7
3 maret | 3/3/27 | 3/3/27
1 januari | 1/1/27 | 1/1/27
maternity leave 1 Sept for 3 months | 1/9 | 30/11
sebulan mulai 1 agustus | 1/8 | 31/8
cuti next monday bs ga | 13/7 | 13/7
off tgl 20 july | 20/7 | 20/7
bukan, besok | 9/7 | 9/7
bukan besok tapi lusa | 10/7 | 10/7
eh bukan, lusa aja | 10/7 | 10/7
no, tomorrow | 9/7 | 9/7
not monday, tuesday | 14/7 | 14/7
tuesday, not monday | 14/7 | 14/7
jgn besok, lusa aja | 10/7 | 10/7
14-12 agustus | 14/8 | 12/8
ganti tanggal 14-16 agustus | 14/8 | 16/8
besok cuti, nganter anak lomba hari sabtu | 9/7 | 9/7
besok jam 10 | 9/7 | 9/7
agustuss 12 | 12/8 | 12/8
12 septmber | 12/9 | 12/9
wedneday | 15/7 | 15/7
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_days(line: str) -> None:
    sentence, first, last = line.rsplit(" | ", 2)
    when = find(sentence).when
    assert (when.starts, when.ends, when.days, when.half, when.days_of) == (day(first), day(last), None, False, None)


@pytest.mark.parametrize(
    "sentence, starts, days",
    [
        ("2 hari", None, 2), ("eh 2 hari deh", None, 2), ("actually make it 2 days", None, 2), ("sehari", None, 1),
        ("sehari aja", None, 1), ("seminggu", None, 5), ("2 minggu", None, 10), ("two days", None, 2), ("dua hari", None, 2),
        ("2hari", None, 2), ("2 hr", None, 2), ("a week", None, 5), ("for 3 days", None, 3), ("selama tiga hari", None, 3),
        ("next 3 days", None, 3), ("3 hari ke depan", None, 3), ("3 hari kerja", None, 3), ("10 working days", None, 10),
        ("cuti lusa sehari", "10/7", 1), ("besok 2 hari", "9/7", 2), ("3 hari mulai senin", "13/7", 3),
        ("seminggu mulai senin", "13/7", 5), ("three days starting monday", "13/7", 3), ("mulai 3 agustus selama 3 hari", "3/8", 3),
        ("2 weeks starting next monday", "13/7", 10), ("3 hari minggu depan", None, 3), ("two days next week", None, 2), ("cuti 5 hari kerja mulai 20 juli", "20/7", 5),
    ],
)  # fmt: skip
def test_lengths(sentence: str, starts: str | None, days: int) -> None:
    when = find(sentence).when
    assert (when.starts, when.ends, when.days) == (day(starts) if starts else None, None, days)


@pytest.mark.parametrize(
    "sentence, starts, part",
    [
        ("besok stengah hari aja bs?", "9/7", None), ("setengah hari pagi", None, "am"), ("setengah hari siang", None, "pm"),
        ("half day tomorrow afternoon", "9/7", "pm"), ("pagi aja", None, "am"), ("afternoon only", None, "pm"),
        ("besok 1/2 hari", "9/7", None), ("besok 0,5 hari", "9/7", None), ("half-day friday pm", "10/7", "pm"),
        ("besok siang setengah hari", "9/7", "pm"), ("half a day on friday", "10/7", None), ("setengah hari", None, None),
        ("besok pagi", "9/7", "am"), ("friday afternoon off", "10/7", "pm"), ("nanti siang", "8/7", "pm"),
        ("cuti setengah hari tgl 20 sore", "20/7", "pm"),
    ],
)  # fmt: skip
def test_half_days(sentence: str, starts: str | None, part: str | None) -> None:
    when = find(sentence).when
    assert (when.starts, when.half, when.part, when.days) == (day(starts) if starts else None, True, part, None)


@pytest.mark.parametrize(
    "sentence, days",
    [
        ("senin, rabu, jumat", ["13/7", "15/7", "17/7"]),
        ("9 dan 12", ["9/7", "12/7"]),
        ("12, 13 dan 15 agustus", ["12/8", "13/8", "15/8"]),
        ("13/7 dan 15/7", ["13/7", "15/7"]),
        ("tgl 12-13 sama 17 agustus", ["12/8", "13/8", "17/8"]),
        ("monday and wednesday", ["13/7", "15/7"]),
    ],
)
def test_days_that_do_not_follow_each_other(sentence: str, days: list[str]) -> None:
    assert find(sentence).when.days_of == tuple(day(each) for each in days)


@pytest.mark.parametrize(
    "sentence",
    [
        "31 Februari", "tgl 32", "31 april", "30 feb 2027", "akhir bulan", "awal agustus", "end of the month", "bulan depan", "next month",
        "agustus", "akhir tahun", "jumat atau senin", "12 or 13 aug", "2-3 hari", "1.5 days", "satu setengah hari", "3 bulan",
        "29 februari",
    ],
)  # fmt: skip
def test_what_must_be_asked(sentence: str) -> None:
    assert replace(find(sentence).when, either=None) == When(doubtful=True)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("jumat atau senin", ["10/7", "13/7"]), ("12 or 13 aug", ["12/8", "13/8"]), ("senin, selasa atau rabu", ["13/7", "14/7", "15/7"]),
    ],
)  # fmt: skip
def test_what_is_left_open_may_be_chosen(sentence: str, days: list[str]) -> None:
    assert find(sentence).when.either == tuple((day(each), day(each)) for each in days)


def test_stretches_that_are_left_open_may_be_chosen_too_and_what_is_over_may_not() -> None:
    assert find("cuti 3-5 atau 10-12 agustus").when.either == ((day("3/8"), day("5/8")), (day("10/8"), day("12/8")))
    assert find("senin, selasa, rabu atau kamis").when.either is None  # no platform shows four buttons


@pytest.mark.parametrize(
    "sentence",
    [
        "minggu depan", "next week", "jumat depan", "next friday", "seminggu mulai senin", "08/09/2026", "3 maret", "rabu", "cuti minggu",
        "senin 14 juli", "12", "akhir pekan", "28 - 3 agustus", "besok pagi",
    ],
)  # fmt: skip
def test_what_deserves_a_second_look(sentence: str) -> None:
    assert find(sentence).when.doubtful


@pytest.mark.parametrize(
    "sentence",
    ["besok", "12-14 agustus", "senin sampai rabu", "next monday", "17/8", "9 sama 10", "2 hari", "jumat ini"],
)
def test_what_is_clear(sentence: str) -> None:
    assert not find(sentence).when.doubtful


@pytest.mark.parametrize(
    "sentence",
    [
        "ga jadi deh", "jam 3", "jam 3 sore", "pukul 15.30", "lembur nanti jam 5 sampe 7", "5 to 8pm", "14:30-16:00", "hub 08123456789",
        "0812-3456-7890", "+62 812 3456 7890", "K7QF3MWT", "C-121", "batalin C-121", "kasbon 3jt bs ga", "Rp1.500.000", "1,5 juta", "500rb",
        "K/1", "pph 21", "1721-A1", "anak ke 3", "kl anak ke 3?", "lantai 3", "shift 2", "shift 1-2", "no 2", "nomor 12", "2 orang",
        "knp 4? kan belom pernah cuti", "umur 3 tahun", "saya punya 2 anak", "10 kali telat", "versi 3", "mau cuti", "kapan", "tanggal berapa",
        "what is this", "pagi min", "pagi", "may i", "i may be late", "marah marah", "market", "kami", "tinggal di depok", "",
        "tell me about marketing", "besuk ibu di rumah sakit", "pph 21 saya kok 73rb", "harusnya yg 7781", "24 jam", "5%",
    ],
)  # fmt: skip
def test_what_names_no_day(sentence: str) -> None:
    assert dates.find(sentence, today=TODAY) is None


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("forgot to clock in on the 3rd", "3/7", "3/7"), ("lupa absen tgl 20", "20/6", "20/6"), ("absen senin", "6/7", "6/7"),
        ("lupa absen jumat kemarin", "3/7", "3/7"), ("tgl 3 kemarin", "3/7", "3/7"), ("sakit kemarin", "7/7", "7/7"),
        ("3 desember", "3/12/25", "3/12/25"), ("1 juli sampai 3 juli", "1/7", "3/7"),
    ],
)  # fmt: skip
def test_days_gone_by(sentence: str, first: str, last: str) -> None:
    found = dates.find(sentence, today=TODAY, prefer="past")
    assert found is not None
    assert (found.when.starts, found.when.ends) == (day(first), day(last))


def test_until_alone_names_only_the_end() -> None:
    assert find("skit nih ga bs masuk smp bsk kyknya").when == When(ends=date(2026, 7, 9), doubtful=True)


@pytest.mark.parametrize(
    "sentence, rest",
    [
        ("bu mau cuti 12-14 agustus ya, nganter anak sekolah", "bu mau cuti ya, nganter anak sekolah"),
        ("can i take 12-14 august off, family trip", "can i take off, family trip"),
        ("cuti bsk smp jumat, antar ibu kontrol ke rs", "cuti, antar ibu kontrol ke rs"),
        ("Cuti lusa sehari", "Cuti"),
        ("I'd like the day after tomorrow off", "I'd like off"),
        ("off on friday for half a day", "off"),
        ("hari ini pulang cepat jam 3 sore", "pulang cepat jam 3 sore"),
    ],
)
def test_the_rest_keeps_the_persons_words(sentence: str, rest: str) -> None:
    assert find(sentence).rest == rest


@pytest.mark.parametrize(
    "sentence, corrects",
    [
        ("bukan, besok", True), ("eh bukan, lusa aja", True), ("no, tomorrow", True), ("eh 2 hari deh", True),
        ("actually make it 2 days", True), ("ganti jadi 14-16 agustus", True), ("maksudnya senin", True), ("change it to 14 august", True),
        ("besok", False), ("cuti 12-14 agustus", False), ("2 hari", False), ("gak masuk besok ada acara", False),
    ],
)  # fmt: skip
def test_corrections(sentence: str, corrects: bool) -> None:
    assert find(sentence).correction is corrects


@pytest.mark.parametrize("case", CASES["dates"], ids=[case["id"] for case in CASES["dates"]])
def test_the_recorded_utterances(case: dict[str, object]) -> None:
    expected = case["expected"]
    assert isinstance(expected, dict)
    looking_back = expected.get("leave", "annual") is None
    found = dates.find(str(case["text"]), today=TODAY, prefer="past" if looking_back else "future")
    if expected["op"] == "cancel":
        assert found is None
        return
    assert found is not None
    when = found.when
    assert found.correction == str(expected["op"]).startswith("correct")
    assert when.starts == (date.fromisoformat(expected["start"]) if "start" in expected else None)
    assert when.days == expected.get("days")
    if "end" in expected and when.days is None:
        assert when.ends == date.fromisoformat(expected["end"])
    if expected.get("part") in ("am", "pm"):
        assert (when.half, when.part) == (True, expected["part"])
    assert when.doubtful == expected.get("confirm", False)


# Sentences written by people who had seen none of the above.
MORE_DAYS = """
tgl 20 bulan 7 | 20/7 | 20/7
tanggal 5 bulan delapan | 5/8 | 5/8
24 07 2026 | 24/7 | 24/7
24-7 | 24/7 | 24/7
20-7 s/d 22-7 | 20/7 | 22/7
cuti dari tanggal dua sembilan sampai tiga satu | 29/7 | 31/7
senin pertama agustus | 3/8 | 3/8
the first monday of august | 3/8 | 3/8
last friday of this month | 31/7 | 31/7
jumat terakhir bulan ini | 31/7 | 31/7
tahun depan januari tgl 4 | 4/1/27 | 4/1/27
first day 20 july last day 24 july | 20/7 | 24/7
nggak jadi senin, selasa aja | 14/7 | 14/7
demam hari senin subuh, sakit dari senin sampai hari ini | 6/7 | 8/7
monday and tuesday i was sick, now already good | 6/7 | 7/7
senin sama selasa sakit, sekarang sudah sembuh | 6/7 | 7/7
sy skt hr ni | 8/7 | 8/7
"""


@pytest.mark.parametrize("line", MORE_DAYS.strip().splitlines())
def test_more_days(line: str) -> None:
    sentence, first, last = line.rsplit(" | ", 2)
    when = find(sentence).when
    assert (when.starts, when.ends) == (day(first), day(last))


def test_after_a_whole_date_a_bare_one_with_a_sentence_tells_of_itself() -> None:
    said = find("leave on 4th august and 6th august only, 5th i will be present").when
    assert said.days_of == (day("4/8"), day("6/8"))


@pytest.mark.parametrize("sentence", ["senin 14 juli", "leave on monday 14 july", "cuti hari senin tanggal 14 juli"])
def test_a_weekday_and_figures_that_disagree_are_two_days_to_choose_from(sentence: str) -> None:
    said = find(sentence).when
    assert (said.starts, said.clash) == (None, True)
    assert said.either == ((day("13/7"), day("13/7")), (day("14/7"), day("14/7")))


@pytest.mark.parametrize(
    "sentence", ["undur sehari", "tambahin sehari lagi", "28 juli sampe awal agustus", "push it two days"]
)
def test_a_shift_that_names_no_day_is_asked_about(sentence: str) -> None:
    assert find(sentence).when == When(doubtful=True)


@pytest.mark.parametrize(
    "sentence, corrects",
    [
        ("jadi 3 hari ya", True), ("small correction, date is 5 august", True), ("mending kamis aja", True), ("diubah menjadi lima hari kerja", True),
        ("sorry, the 22nd", True), ("sorry boss i'm sick today", False), ("eh besok saya cuti ya", False), ("besok cuti mau pindah rumah", False),
    ],
)  # fmt: skip
def test_more_corrections(sentence: str, corrects: bool) -> None:
    assert find(sentence).correction is corrects


def test_the_half_that_is_named_counts() -> None:
    said = find("cuma butuh separuh hari. cuti setengah hari siang tgl 4 agustus").when
    assert (said.starts, said.half, said.part) == (day("4/8"), True, "pm")


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("kemarin anak jatuh, besok kontrol ke rs, jadi saya mau cuti besok", "9/7", "9/7"),
        ("sehubungan dengan pernikahan adik tanggal 25 juli, saya mohon cuti tanggal 24 juli", "24/7", "24/7"),
        ("anak sakit dari kemarin, besok saya cuti", "9/7", "9/7"),
        ("saya cuti tgl 20 masuk lagi tgl 23", "20/7", "22/7"),
        ("cuti senin, selasa udah masuk", "13/7", "13/7"),
        ("bukan tgl 20 tapi 21", "21/7", "21/7"),
    ],
)
def test_of_several_days_those_asked_for_are_meant(sentence: str, first: str, last: str) -> None:
    when = find(sentence).when
    assert (when.starts, when.ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("senin dua minggu lagi", "20/7", "20/7"), ("monday in two weeks", "20/7", "20/7"), ("tgl 20/21 juli", "20/7", "21/7"),
        ("day after tomorrow and friday", "10/7", "10/7"), ("kalo bisa cuti dua hari kamis n jumat dpn", "16/7", "17/7"),
        ("pak sesuk kulo badhe cuti nggih", "9/7", "9/7"), ("abdi cuti ti senen dugi ka rebo", "13/7", "15/7"), ("isukan jeung pageto abdi teu lebet", "9/7", "10/7"),
        ("besokan aye kagak masuk ye", "9/7", "9/7"), ("bsk sa tra masuk ee", "9/7", "9/7"),
    ],
)  # fmt: skip
def test_days_in_the_words_of_many_places(sentence: str, first: str, last: str) -> None:
    when = find(sentence).when
    assert (when.starts, when.ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence", ["cuti besok sampai jumat", "besok cuti sampai jumat, acara keluarga", "tomorrow until friday"]
)
def test_until_a_weekday_that_tomorrow_is_means_tomorrow_alone(sentence: str) -> None:
    found = dates.find(sentence, today=date(2026, 11, 26))  # a Thursday
    assert found is not None
    assert (found.when.starts, found.when.ends) == (date(2026, 11, 27), date(2026, 11, 27))


def test_from_a_weekday_until_the_same_lasts_a_week() -> None:
    when = find("cuti senin sampai senin").when
    assert (when.starts, when.ends) == (day("13/7"), day("20/7"))
