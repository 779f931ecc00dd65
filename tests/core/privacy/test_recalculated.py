"""What a correction would have computed anew is seen before it is granted, and is what comes of it."""

from core import clock, database
from core.people.tables import Employment
from core.privacy import corrections, recalculated
from tests.core.cast import Cast


async def test_leave_by_the_first_day_is_previewed_as_it_comes(maju: Cast) -> None:
    """Somebody who really joined last month has been given less than who joined in January."""
    today = clock.today("Asia/Jakarta")
    async with database.reading(maju.company):
        spell = await Employment.objects().get(Employment.id == maju.budi.id)
        assert spell is not None
        (seen,) = [
            one
            for one in await recalculated.preview("join_date", spell.joins.isoformat(), f"{today.year}-06-15", None)
            if one.name_en == "annual leave" or "tahunan" in one.name_id.lower()
        ]
    assert seen.before > seen.after >= 0


async def test_nothing_is_proposed_where_nothing_follows(maju: Cast) -> None:
    async with database.reading(maju.company):
        assert await recalculated.preview("name", "Budi", "Boedi", None) == []
        assert await recalculated.preview("join_date", "", "2020-01-01", None) == []
        (tax,) = await recalculated.preview("npwp", "", "012345678901000", corrections.ELSEWHERE["npwp"])
    assert tax.what == recalculated.TAX
