"""What HR recorded or put right for somebody, as the talk tells it to them afterwards."""

from datetime import date

from core import database
from core.approvals.kinds import PAPER
from core.leave import adjusting, lots, on_behalf, types
from core.leave.on_behalf import ASK, Told
from core.leave.policy import DAY, Period
from tests.bot.conftest import Talk
from tests.core.cast import HR, as_
from tests.core.conftest import MONDAY

TODAY = MONDAY.date()


async def test_why_names_what_hr_put_right_with_its_reason(talk: Talk) -> None:
    cast = talk.cast
    async with database.transaction(cast.company):
        kind, lot = await types.of(types.ANNUAL), (await lots.left(cast.budi.id))[0].id
        seen = await adjusting.look(cast.budi.id, kind, DAY, lot=lot, valid_to=None)
        await adjusting.adjust(
            cast.budi.id, kind, DAY, "Kurang dihitung", lot=lot, valid_to=None, seen=seen.version, actor=HR
        )
    (said,) = await talk.writes("777", "kenapa sisa cutiku segini")
    assert 'Penyesuaian 2026 oleh HR: +1 ("Kurang dihitung")' in said.text


async def test_a_yes_on_paper_is_told_with_who_recorded_it(talk: Talk) -> None:
    cast = talk.cast
    day = date(2026, 7, 20)
    made = await on_behalf.record(
        cast.budi, "annual", Period(day, day), None, Told(PAPER, TODAY, "formulir"), person=cast.ratna.person,
        actor=as_(cast.ratna),
    )  # fmt: skip
    (said,) = await talk.writes("777", "status cuti")
    assert f"{made.number}: Senin 20 Juli, disetujui Ratna, dari kertas." in said.text


async def test_what_hr_asked_for_is_withdrawn_by_the_words_that_were_told(talk: Talk) -> None:
    cast = talk.cast
    day = date(2026, 7, 20)
    made = await on_behalf.record(
        cast.budi, "annual", Period(day, day), None, Told(ASK, TODAY, "formulir"), person=cast.ratna.person,
        actor=as_(cast.ratna),
    )  # fmt: skip
    words = (await cast.told(cast.budi))[-1].text.partition('atau tulis "')[2].partition('"')[0]
    assert words == f"tarik {made.number}"
    await talk.writes("777", words)
    await talk.writes("777", "ya")
    assert (await cast.request(made.number)).state == "withdrawn"
