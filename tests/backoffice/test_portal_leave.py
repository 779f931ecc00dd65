"""Leave in the portal: the consequence before sending, the same rules as in the talk, and nobody else's request."""

import html
import re
from datetime import date

import asyncpg

from core import database, settings
from core.approvals import decisions
from core.leave import lots, opening, worked_day
from core.leave import requests as leave_requests
from core.leave.policy import Period
from core.people import directory
from tests.backoffice.conftest import Installation, Visitor
from tests.core.cast import HR, as_


async def text(visitor: Visitor, path: str) -> str:
    return html.unescape((await visitor.get(path)).text)


async def test_the_form_shows_what_the_leave_comes_to_before_it_is_sent(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = await text(budi, "/me/leave/new")
    assert "Isi tanggalnya untuk melihat sisa" in page
    page = await text(budi, "/me/leave/new?starts=2026-08-14&ends=2026-08-18")
    assert "2 hari; Senin" not in page
    before, after = re.findall(r"(\d+) jadi (\d+) hari", page)[0]
    assert int(before) - int(after) == 2  # a weekend and 17 August lie between
    assert "17 Agustus tidak dihitung" in page
    assert "15 Agustus tidak dihitung (bukan hari kerja)" in page
    assert "C-" not in await text(budi, "/me/leave")


async def test_what_is_only_looked_at_is_not_sent_and_stands_in_no_address(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = await text(budi, "/me/leave/new")
    assert 'formmethod="get"' not in page
    assert 'hx-params="type,starts,ends,part,words,read"' in page  # neither the token nor the reason
    wish = {"type": "annual", "starts": "2026-08-10", "ends": "2026-08-11", "reason": "antar ibu"}
    seen = html.unescape((await budi.post("/me/leave/new", **wish, see="1")).text)
    assert re.search(r"\d+ jadi \d+ hari", seen)
    assert "antar ibu" in seen
    assert "C-" not in await text(budi, "/me/leave")
    assert (await budi.post("/me/leave/new", **wish)).status_code == 303


async def test_who_has_used_all_is_told_of_the_next_days_not_of_the_first(house: Installation) -> None:
    maju = house.maju
    async with database.transaction(maju.company):
        assert await lots.balance(maju.budi.id) > 0
        checked, taken = await opening.take(f"employee_number,days\n{maju.budi.number},0\n".encode(), actor=HR)
    assert taken is not None, checked.bad
    page = await text(await house.as_person(maju, "budi"), "/me/")
    assert "Tidak ada hari yang tersisa. Jatah berikutnya diberikan" in page
    assert "Jatah pertama" not in page


async def test_leave_is_asked_for_and_taken_back_without_a_script(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    answer = await budi.post("/me/leave/new", type="annual", starts="2026-08-10", ends="2026-08-11", reason="antar ibu")
    assert answer.headers["location"] == "/me/leave?sent=C-1"
    page = await text(budi, "/me/leave?sent=C-1")
    assert "C-1 menunggu Sari." in page
    assert "Senin 10 - Selasa 11 Agustus" in page
    answer = await budi.post("/me/leave/C-1/withdraw")
    assert "C-1 ditarik kembali." in await text(budi, answer.headers["location"])
    assert (await budi.post("/me/leave/C-1/withdraw")).status_code == 409


async def test_what_the_rules_refuse_stands_beside_the_dates_with_what_was_typed(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    for starts, ends in (
        ("2026-08-03", "2026-09-30"),
        ("2026-07-01", ""),
        ("", ""),
        ("2026-08-05", "2026-08-03"),
        ("9999-99-99", "x"),
    ):
        answer = await budi.post("/me/leave/new", type="annual", starts=starts, ends=ends, reason="ke <b>bank</b>")
        assert answer.status_code == 422, starts
        assert "<title>Kesalahan:" in answer.text
        assert "ke &lt;b&gt;bank&lt;/b&gt;" in answer.text
    assert (await budi.post("/me/leave/new", type="nonsense", starts="2026-08-03")).status_code == 404


async def test_sick_leave_is_recorded_and_nobody_has_to_agree(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = await text(budi, "/me/leave/new?type=sick&starts=2026-07-06&ends=2026-07-07")
    assert ">Catat</button>" in page
    assert "paling lambat" in page
    answer = await budi.post("/me/leave/new", type="sick", starts="2026-07-06", ends="2026-07-07")
    assert "tercatat." in await text(budi, answer.headers["location"])


async def test_leave_in_effect_is_only_asked_to_be_cancelled(house: Installation) -> None:
    maju = house.maju
    asked = await maju.asks(maju.budi, Period(date(2026, 8, 10), date(2026, 8, 11)))
    await maju.decides(maju.sari, asked, "approve")
    budi = await house.as_person(maju, "budi")
    assert "Minta dibatalkan" in await text(budi, "/me/leave")
    answer = await budi.post(f"/me/leave/{asked.number}/cancel")
    assert "Sampai disetujui, cutinya tetap berlaku." in await text(budi, answer.headers["location"])
    assert (await maju.request(asked.number)).state == "cancel_requested"


async def test_nobody_touches_the_request_of_another(house: Installation) -> None:
    maju = house.maju
    asked = await maju.asks(maju.budi, Period(date(2026, 8, 10), date(2026, 8, 10)))
    tono = await house.as_person(maju, "tono")
    for act in ("withdraw", "cancel"):
        assert (await tono.post(f"/me/leave/{asked.number}/{act}")).status_code == 404
    assert asked.number not in await text(tono, f"/me/leave?sent={asked.number}")


async def test_too_few_people_are_shown_with_dates_that_work(house: Installation) -> None:
    maju = house.maju
    async with database.transaction(maju.company):
        assert maju.budi.department is not None
        await directory.minimum_of(maju.budi.department, len(await directory.of_department(maju.budi.department)) - 1)
    asked = await maju.asks(maju.tono, Period(date(2026, 8, 10), date(2026, 8, 10)))
    await maju.decides(maju.sari, asked, "approve")
    budi = await house.as_person(maju, "budi")
    page = await text(budi, "/me/leave/new?starts=2026-08-10&ends=2026-08-10")
    assert "hanya" in page
    there = re.findall(r'href="(/me/leave/new\?type=annual&starts=[^"]*)"', page)[0]
    assert "Pemberi persetujuan akan melihat ini." not in await text(budi, there)


async def test_the_year_strip_marks_each_day_as_what_it_is(house: Installation) -> None:
    maju = house.maju
    asked = await maju.asks(maju.budi, Period(date(2026, 8, 10), date(2026, 8, 11)))
    await maju.asks(maju.budi, Period(date(2026, 9, 7), date(2026, 9, 7)))
    await maju.decides(maju.sari, asked, "approve")
    page = await text(await house.as_person(maju, "budi"), "/me/leave")
    drawing = page.partition('class="plot strip"')[2].partition("</svg>")[0]
    assert [drawing.count(f'"{shape}"') for shape in ("f-told", "f-wait")] == [2, 1]
    assert page.count('<td class="number">disetujui</td>') == 2


async def test_days_are_read_as_the_talk_reads_them_and_shown_before_they_are_sent(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    page = await text(budi, "/me/leave/new?words=besok+sampai+kamis")
    assert 'name="starts" type="date" value="2026-07-07"' in page
    assert 'name="ends" type="date" value="2026-07-09"' in page
    assert 'name="read" value="besok sampai kamis"' in page
    assert "Selasa 7 - Kamis 9 Juli" in page.partition('id="seen"')[2], "and what they come to"
    looked = await budi.post("/me/leave/new", type="annual", words="20-21 juli", reason="antar ibu")
    assert looked.status_code == 200, "nothing is sent that was not seen"
    told = html.unescape(looked.text)
    assert "Periksa tanggal dan akibatnya" in told
    assert "C-" not in await text(budi, "/me/leave")
    kept = {"words": "20-21 juli", "read": "20-21 juli", "starts": "2026-07-20", "ends": "2026-07-20"}
    sent = await budi.post("/me/leave/new", type="annual", reason="antar ibu", **kept)
    assert sent.headers["location"] == "/me/leave?sent=C-1"
    assert "Senin 20 Juli" in await text(budi, "/me/leave"), "the date was put right by hand"


async def test_words_without_days_half_days_and_days_that_are_over_say_what_to_do(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    for words, said in (
        ("kapan-kapan", "Tanggalnya belum terbaca"),
        ("kemarin", "sudah lewat"),
        ("20 dan 22 juli", "berurutan"),
        ("setengah hari besok", "Pilih pagi atau siang"),
    ):
        answer = await budi.post("/me/leave/new", type="annual", words=words)
        assert (answer.status_code, said in html.unescape(answer.text)) == (422, True), words
        assert f'value="{words}"' in answer.text
    page = await text(budi, "/me/leave/new?words=setengah+hari+besok+pagi")
    assert '<option value="am" selected>' in page


async def _next_leave_has(number: int) -> None:
    """Let PostgreSQL keep the next leave under this number: its count goes on from one test to the next."""
    if not settings.current().on_postgres:
        return
    connection = await asyncpg.connect(settings.current().database_url)
    try:
        await connection.execute(f"select setval(pg_get_serial_sequence('leave_request', 'id'), {number}, false)")
    finally:
        await connection.close()


async def test_each_line_of_the_account_names_its_own_request(house: Installation) -> None:
    """A wish to work on a collective day is asked for under the number of another row: the two are told apart."""
    maju, christmas = house.maju, date(2026, 12, 24)
    budi = await house.as_person(maju, "budi")
    async with database.reading(maju.company):
        day = (await worked_day.day_of(maju.budi, christmas)).id
    await _next_leave_has(day)
    number, leave = "", 0
    while leave < day:  # SQLite counts on from the newest row, one by one
        await budi.post("/me/leave/new", type="annual", starts="2026-08-10", ends="2026-08-10", reason="")
        async with database.reading(maju.company):
            request = (await decisions.of_employee(maju.budi.id, 1))[0]
        number, leave = request.number, request.subject
        if leave < day:
            await budi.post(f"/me/leave/{number}/withdraw")
    assert leave == day
    work = await worked_day.work_on(maju.budi, christmas, actor=as_(maju.budi))
    page = await text(budi, "/me/leave")
    assert f"Disisihkan untuk {number}" in page
    assert f"Disisihkan untuk {work.number}" not in page


async def test_a_changed_leave_keeps_its_number_on_every_line(house: Installation) -> None:
    maju, budi = house.maju, await house.as_person(house.maju, "budi")
    request = await maju.asks(maju.budi, Period(date(2026, 8, 10), date(2026, 8, 11)))
    await leave_requests.change(
        maju.budi, request, Period(date(2026, 8, 12), date(2026, 8, 12)), None, actor=as_(maju.budi)
    )
    page = await text(budi, "/me/leave")
    assert page.count("Disisihkan untuk C-1") == 3  # two days that were, and the one that is
    assert page.count("Dikembalikan dari C-1") == 2


async def test_a_recorded_sick_day_is_counted_and_no_balance_of_nothing_is_told(house: Installation) -> None:
    budi = await house.as_person(house.maju, "budi")
    await budi.post("/me/leave/new", type="sick", starts="2026-07-06", ends="2026-07-06")
    page = await text(budi, "/me/leave")
    assert "Sakit: 1 hari tercatat tahun ini." in page
    assert "Sakit: 0 hari" not in page
