"""What is said of a balance whose days end on different days, and of one that was never given."""

from datetime import date

from core import clock, database
from core.leave import accrual, ledger, types
from core.leave.ledger import Move
from core.leave.policy import DAY
from core.leave.tables import Lot
from tests.bot.conftest import Talk
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


async def test_who_was_given_nothing_yet_hears_the_day_by_the_rule_that_holds(talk: Talk) -> None:
    with clock.freeze(MONDAY):
        (said,) = await talk.writes("888", "sisa cuti")
        async with database.reading(talk.cast.company):
            first = accrual.first_due(await types.of(types.ANNUAL), talk.cast.sari.joins, MONDAY.date())
    assert first is not None
    assert f"Yang pertama diberikan Jumat {first.day} Januari {first.year}, setelah 12 bulan bekerja." in said.text
