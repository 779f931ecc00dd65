"""What is said of a balance whose days end on different days, and of one that was never given."""

from datetime import date

import pytest

from core import clock, database, jobs
from core.leave import jobs as leave_jobs
from core.leave import ledger, opening_files, requests, types
from core.leave.ledger import Move
from core.leave.policy import DAY, Period
from core.leave.tables import Lot
from core.people.tables import Employment
from tests.bot.conftest import Talk
from tests.core.cast import HR, as_
from tests.core.conftest import MONDAY


async def _one_day_more(talk: Talk, until: date) -> None:
    """Budi has a day of another lot, as one carried or brought along is."""
    async with database.transaction(talk.cast.company):
        lot = Lot(
            employment=talk.cast.budi.id, leave_type=types.ANNUAL, origin="opening", year=2026,
            valid_from=date(2026, 1, 1), valid_to=until,
        )  # fmt: skip
        await Lot.insert(lot)
        await ledger.hold_row(talk.cast.budi.id, types.ANNUAL)
        move = Move(talk.cast.budi.id, types.ANNUAL, lot.id, ledger.GRANT, DAY, date(2026, 1, 1), "opening")
        await ledger.write([move])


async def test_days_that_end_on_different_days_are_told_apart(talk: Talk) -> None:
    """Ten days "until 31 March" of which one ends there told people that they would lose all ten."""
    await _one_day_more(talk, date(2026, 8, 31))
    (said,) = await talk.writes("777", "sisa cuti berapa")
    assert said.text == (
        "5 hari cuti tahunan: 1 hari berlaku sampai Senin 31 Agustus; 4 hari berlaku sampai Kamis 31 Desember."
    )


async def test_what_is_lost_on_one_day_is_one_sum(talk: Talk) -> None:
    await _one_day_more(talk, date(2026, 12, 31))
    (said,) = await talk.writes("777", "cuti saya yang hangus berapa")
    assert said.text == "5 hari hangus Kamis 31 Desember 2026."


async def test_who_was_given_nothing_yet_hears_when_by_the_rule_that_holds(talk: Talk) -> None:
    """What a rule gives at once comes with the next night, not in the next year."""
    (said,) = await talk.writes("888", "sisa cuti")
    assert said.text == "Belum ada jatah cuti tahunan. Yang pertama diberikan Selasa 7 Juli, setelah 12 bulan bekerja."
    async with database.transaction(talk.cast.company):
        await Employment.update({Employment.joins: date(2025, 10, 1)}).where(Employment.id == talk.cast.sari.id)
    (said,) = await talk.writes("888", "sisa cuti")
    assert said.text.startswith("Belum ada jatah cuti tahunan. Yang pertama diberikan Kamis 1 Oktober")


async def test_days_paid_out_and_back_leave_no_trace_in_the_sum(talk: Talk) -> None:
    """Paid out −1 and "paid out +1" made the reader add up what had never happened."""
    async with database.transaction(talk.cast.company):
        await ledger.hold_row(talk.cast.budi.id, types.ANNUAL)
        lot = await Lot.objects().get(Lot.employment == talk.cast.budi.id)
        assert lot is not None
        for quantity in (-DAY, DAY):
            out = Move(talk.cast.budi.id, types.ANNUAL, lot.id, ledger.ENCASH, quantity, MONDAY.date(), "payout")
            await ledger.write([out])
    (said,) = await talk.writes("777", "kenapa sisa cutiku 4")
    lines = said.text.split("\n")
    assert lines[0] == "Jatah 2026: +12"
    assert lines[-1] == "12 - 8 = 4 hari."
    assert "iuangkan" not in said.text


@pytest.mark.parametrize(
    "days, line, words",
    [
        ("6", "+2", ("kenapa sisa cutiku 6", "Disamakan dengan saldo awal 6 Juli 2026 dari saldo-awal.csv: {}")),
        ("1.5", "−2,5", ("kenapa sisa cutiku 1,5", "Disamakan dengan saldo awal 6 Juli 2026 dari saldo-awal.csv: {}")),
        ("1.5", "−2.5", ("why 1.5 days of leave left", "Set to the opening balance of 6 July 2026, from saldo-awal.csv: {}")),
    ],
)  # fmt: skip
async def test_an_opening_balance_is_told_as_one_with_its_file_and_day(
    talk: Talk, days: str, line: str, words: tuple[str, str]
) -> None:
    """One below what the year had given was told as a correction by HR."""
    asked, told = words
    number = talk.cast.budi.number
    public = await opening_files.receive(
        talk.cast.company, f"employee_number,days\n{number},{days}\n".encode(), name="saldo-awal.csv", by=HR
    )
    await jobs.drain()
    await opening_files.apply(talk.cast.company, public, by=HR)
    await jobs.drain()
    (said,) = await talk.writes("777", asked)
    assert told.format(line) in said.text.split("\n")
    assert "HR" not in said.text
    await opening_files.undo(talk.cast.company, public, by=HR)
    await jobs.drain()
    (said,) = await talk.writes("777", "kenapa sisa cutiku 4")
    assert "saldo awal" not in said.text.lower()


async def test_collective_days_after_the_last_day_are_nothing_to_be_told(talk: Talk) -> None:
    async with database.transaction(talk.cast.company):
        await Employment.update({Employment.leaves: date(2026, 11, 30)}).where(Employment.id == talk.cast.budi.id)
    await leave_jobs.nightly()
    await jobs.drain()
    (said,) = await talk.writes("777", "kenapa sisa cutiku 5")
    assert "Natal" not in said.text
    assert said.text.split("\n")[-1] == "12 - 7 = 5 hari."


async def test_a_day_that_came_back_is_not_named_among_those_it_cost(talk: Talk) -> None:
    """Sickness took the Wednesday over, and "12, 13 Agustus: −1" did not add up."""
    request = await talk.cast.asks(talk.cast.budi, Period(date(2026, 8, 12), date(2026, 8, 13)))
    await talk.cast.decides(talk.cast.sari, request, "approve")
    with clock.freeze(MONDAY.replace(month=8, day=12)):
        ill = Period(date(2026, 8, 12), date(2026, 8, 12))
        await requests.acknowledge(talk.cast.budi, "sick", ill, None, instead_of=["C-1"], actor=as_(talk.cast.budi))
    (said,) = await talk.writes("777", "kenapa sisa cutiku 3")
    assert "C-1, 13 Agustus: −1" in said.text.split("\n")
