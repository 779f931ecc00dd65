"""Days that are counted out, left out, moved or added up. It is Friday 27 November 2026."""

from datetime import date

import pytest

from bot.dialog import dates
from bot.dialog.dates import When

TODAY = date(2026, 11, 27)


def find(sentence: str) -> When:
    found = dates.find(sentence, today=TODAY)
    assert found is not None, f"no days found in: {sentence}"
    return found.when


def day(text: str) -> date:
    number, month = (int(each) for each in text.split("/"))
    return date(2026 if month > 9 else 2027, month, number)


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("Tuesday to Thursday of the week after next", "8/12", "10/12"), ("the Monday after next", "7/12", "7/12"),
        ("minggu depannya lagi hari selasa", "8/12", "8/12"), ("the week after next", "7/12", "11/12"),
        ("the week commencing 14 December", "14/12", "18/12"), ("off from 3 Dec until the following Monday", "3/12", "7/12"),
        ("off from 14 Dec until the following Monday", "14/12", "21/12"),
        ("a week from Monday", "7/12", "7/12"), ("two weeks from Friday", "18/12", "18/12"),
        ("a fortnight today I shall be in Singapore", "11/12", "11/12"), ("a week ago today I stayed until ten", "20/11", "20/11"),
        ("first two days of January", "1/1", "2/1"), ("tiga hari pertama bulan januari", "1/1", "3/1"),
        ("last 2 working days of December", "30/12", "31/12"), ("dua hari terakhir bulan ini", "29/11", "30/11"),
        ("akhir tahun tgl 30 31", "30/12", "31/12"), ("akhir bulan depan, tgl 28", "28/12", "28/12"),
        ("libur nyambung tgl 28-31", "28/12", "31/12"), ("tgl 30 dan 31", "30/12", "31/12"),
        ("from the 21.12. until the 08.01.2027", "21/12", "8/1"), ("gw mau leave tgl 12.12", "12/12", "12/12"),
        ("30 November serta 1 Desember 2026", "30/11", "1/12"), ("From Monday to including Tuesday", "30/11", "1/12"),
        ("dua minggu setelah hari Senin, tepatnya tanggal 14 Desember", "14/12", "14/12"),
        ("First day off 12/7, then work", "7/12", "7/12"), ("12/21~12/23 annual leave please", "21/12", "23/12"),
        ("28-Dec-2026 to 01-Jan-2027", "28/12", "1/1"), ("the Tuesday until Thursday before 25 December", "22/12", "24/12"),
        ("my brother's wedding is Saturday the 19th, I just need the Friday before", "18/12", "18/12"),
        ("first two days of next week", "30/11", "1/12"), ("next next Friday", "11/12", "11/12"),
        ("coming on the 16th, going 17th, leave both days", "16/12", "17/12"),
        ("flight leaves on the 3rd and I land back on the 9th, so leave for all of that", "3/12", "9/12"),
        ("cuti yg 14-18 des pendekin aja jadi sampe kamis tgl 17", "14/12", "17/12"),
        ("off Monday, Tuesday, Wednesday, back Thursday", "30/11", "2/12"),
        ("2nd week of Jan, 11 till 15", "11/1", "15/1"), ("setiap senin tanggal 7, 8 desember", "7/12", "8/12"),
        ("Wednesdays the 2nd and 3rd December", "2/12", "3/12"), ("dec 8 9 10 leave", "8/12", "10/12"),
        ("Only Mon to Thurs of the week of 14 December", "14/12", "17/12"),
        ("my leave is 14-16 December, could that be extended to the 18th?", "14/12", "18/12"),
        ("wisuda adik tanggal 15, cuti hari itu sama besoknya", "15/12", "16/12"),
        ("senin selasa habis tanggal 25 desember", "28/12", "29/12"), ("eh bukan senin deh, rabu aja", "2/12", "2/12"),
        ("rest of the week", "27/11", "27/11"), ("Coming Friday I am not available", "4/12", "4/12"),
    ],
)  # fmt: skip
def test_days_are_counted_out(sentence: str, first: str, last: str) -> None:
    assert (find(sentence).starts, find(sentence).ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("I was sick yesterday and the day before", "25/11", "26/11"), ("tanggal 7 sama besoknya", "7/12", "8/12"),
        ("kemarin saya sakit, dan hari ini juga", "26/11", "27/11"), ("cuti besoknya", "28/11", "28/11"),
        ("the day after tomorrow and the day after that", "29/11", "30/11"), ("sunday's photoshoot was 6 hrs ot", "22/11", "22/11"),
    ],
)  # fmt: skip
def test_days_are_added_up(sentence: str, first: str, last: str) -> None:
    found = dates.find(sentence, today=TODAY, prefer="past" if "ot" in sentence.split() else "future")
    assert found is not None
    assert (found.when.starts, found.when.ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, kept",
    [
        ("cuti minggu depan kecuali rabu", "30/11 1/12 3/12 4/12"), ("next week except Wednesday", "30/11 1/12 3/12 4/12"),
        ("14-18 Dec minus the 16th", "14/12 15/12 17/12 18/12"), ("tgl 14-18 des kecuali tgl 16", "14/12 15/12 17/12 18/12"),
        ("cuti senin sampai jumat minggu depan, tapi kamis saya masuk", "30/11 1/12 2/12 4/12"),
        ("Mon to Fri next week but not Thursday", "30/11 1/12 2/12 4/12"),
        ("7th thru 11th dec excluding the 9th", "7/12 8/12 10/12 11/12"),
    ],
)  # fmt: skip
def test_what_is_left_out_of_a_stretch_is_no_leave(sentence: str, kept: str) -> None:
    assert find(sentence).days_of == tuple(day(each) for each in kept.split())


def test_a_stretch_that_loses_its_end_only_gets_shorter() -> None:
    when = find("Leave next week, Monday to Friday bar the Friday")
    assert (when.starts, when.ends, when.days_of) == (day("30/11"), day("3/12"), None)


@pytest.mark.parametrize(
    "sentence, first, last",
    [
        ("geser cuti saya dari tanggal 8 jadi tanggal 10", "10/12", "10/12"), ("Change my leave 8 Dec to 10 Dec can?", "10/12", "10/12"),
        ("geser dong cuti gw yg 1-2 dec jadi 8-9 dec", "8/12", "9/12"), ("my leave on 2nd Dec, please postpone it to 3rd Dec", "3/12", "3/12"),
        ("swap my leave from the 1st-3rd over to the 8th-10th of Dec", "8/12", "10/12"),
        ("cuti saya yang semula tanggal 4 Desember dapat dialihkan ke tanggal 8 Desember", "8/12", "8/12"),
        ("move my leave to 8-10 December", "8/12", "10/12"), ("my AL on 1 Dec shift to 3 Dec can?", "3/12", "3/12"),
        ("cuti yg tgl 16 des mundur sehari jd tgl 17", "17/12", "17/12"), ("ganti cuti saya tanggal 8 sampai 10 desember", "8/12", "10/12"),
    ],
)  # fmt: skip
def test_leave_that_is_moved_is_where_it_is_moved_to(sentence: str, first: str, last: str) -> None:
    assert (find(sentence).starts, find(sentence).ends) == (day(first), day(last))


@pytest.mark.parametrize(
    "sentence, gone",
    [
        ("last week thursday the clock machine was broken, I was here from eight", "19/11"),
        ("I worked overtime last Saturday from 9 to 3", "21/11"), ("absent on 19 November", "19/11"),
        ("Had a stinking cold on Monday", "23/11"), ("I wasn't at work on Monday, food poisoning", "23/11"),
        ("Forgot to badge out Nov 18", "18/11"), ("hari Jumat yang lalu lembur", "20/11"),
        ("tanggal 10 November kemarin saya sakit cacar", "10/11"),
    ],
)  # fmt: skip
def test_what_is_told_as_over_is_over(sentence: str, gone: str) -> None:
    assert find(sentence).starts == day(gone)


@pytest.mark.parametrize(
    "sentence, part",
    [("Tuesday half day, morning I work", "pm"), ("Today after the midday I go home, half day vacation", "pm"),
     ("Tuesday before noon I am at the doctor", "am"), ("selasa setengah hari, pagi masuk", "pm")],
)  # fmt: skip
def test_the_half_that_is_worked_is_not_the_half_off(sentence: str, part: str) -> None:
    assert find(sentence).half
    assert find(sentence).part == part
