"""Who asks, beside their ticket: what the desk may know, and figures it sends without seeing them."""

from datetime import date

from core import database
from core.accounts.roles import OPERATOR_AGENT, OPERATOR_LEAD
from core.helpdesk import replies
from core.helpdesk.tables import Ticket
from core.leave.policy import Period
from tests.backoffice import operators
from tests.backoffice.conftest import Installation
from tests.backoffice.test_tickets import asks, desk
from tests.core.cast import as_


async def test_an_agent_sees_who_asks_and_what_is_open_but_neither_why_nor_a_figure(house: Installation) -> None:
    maju, row = house.maju, await asks(house, "sisa cuti saya berapa")
    sent = await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)), "operasi lutut")
    async with database.transaction(maju.company):
        await Ticket.update({Ticket.rating: 4}).where(Ticket.id == row.id)
    agent, there = await desk(house, row)
    shown = (await agent.get(there)).text
    assert "Gudang" in shown and "Cakung, sekarang" in shown and "Sari Wulandari" in shown
    assert "nilai terakhir 4 dari 5" in shown
    assert sent.number in shown and "12 Agustus" in shown and "operasi lutut" not in shown
    for name in ("sisa_cuti", "cuti_terpakai", "cuti_menunggu", "cuti_sampai"):
        assert f'data-figure="{{{{{name}}}}}"' in shown


async def test_each_sealed_figure_is_filled_in_for_its_requester(house: Installation) -> None:
    maju, row = house.maju, await asks(house)
    await maju.asks(maju.budi, Period(date(2026, 8, 12), date(2026, 8, 13)), None)
    words = "{{sisa_cuti}}, {{cuti_terpakai}}, {{cuti_menunggu}}, {{cuti_sampai}}"
    async with database.reading(maju.company):
        told = await replies.filled(words, row, by=as_(maju.ratna))
    left, taken, waiting, until = told.sent.split(", ")
    assert left.endswith("hari") and left != "0 hari" and taken.endswith("hari")
    assert int(waiting.split()[0]) >= 2, "what waits for a yes is set aside"
    assert "2027" in until or "Desember" in until
    assert told.shown == words, "the desk sees that they were sent, and not which"


async def test_the_operators_desk_learns_nothing_more_of_who_asks(house: Installation) -> None:
    await operators.visitor(house, OPERATOR_LEAD)
    row = await asks(house)
    stranger = await operators.visitor(house, OPERATOR_AGENT, "eko")
    assert (await stranger.get(f"/{await house.slug(house.maju)}/tickets/{row.public}")).status_code == 404


async def test_an_agent_hands_a_right_over_personal_data_to_the_privacy_desk(house: Installation) -> None:
    row = await asks(house, "tolong hapus semua data saya")
    agent, there = await desk(house, row)
    shown = (await agent.get(there)).text
    event = shown.partition('id="f-right-event"')[2].partition('value="')[2].partition('"')[0]
    assert (await agent.post(f"{there}/privacy", kind="", event=event)).status_code == 422
    assert (await agent.post(f"{there}/privacy", kind="delete", event=event)).status_code == 303
    after = (await agent.get(there)).text
    assert "ke pelindungan data sebagai D-1" in after
    budi = await house.as_person(house.maju, "budi")
    assert "D-1" in (await budi.get("/me/data/requests")).text
