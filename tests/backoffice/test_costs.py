"""The page of what messages cost, and its file."""

import html

from core import choices, database
from core.audit import Actor
from core.messaging import outbox
from core.messaging.messages import Message
from core.messaging.outbox import Address
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation


async def test_costs_by_month_and_category_and_what_has_no_price(house: Installation) -> None:
    maju, slug = house.maju, await house.slug(house.maju)
    ratna = await house.as_person(maju, "ratna")
    assert "WhatsApp belum melaporkan tagihan" in (await ratna.get(f"/{slug}/costs")).text
    async with database.transaction(maju.company):
        for number, category in enumerate(("marketing", "service", "service", "service")):
            there = Address("whatsapp", "1", "62811", maju.budi.person)
            row = await outbox.post(there, Message("leave.said", "Kabar"), dedupe=f"cost:{number}")
            await Outbound.update({Outbound.category: category, Outbound.billable: True}).where(Outbound.id == row)
        await choices.choose("price_service", 120_000, by=Actor("ratna", "web"))
    page = html.unescape((await ratna.get(f"/{slug}/costs")).text)
    assert "4 pesan ditagih bulan ini: Rp360." in page
    assert "belum ada harga" in page and "tanpa harga" in page and "Layanan" in page
    file = await ratna.post(f"/{slug}/costs/export", format="csv")
    assert file.status_code == 200
    assert "2026-07" in file.text and "360" in file.text


async def test_a_price_is_written_on_the_settings(house: Installation) -> None:
    slug = await house.slug(house.maju)
    ratna = await house.as_person(house.maju, "ratna")
    page = html.unescape((await ratna.get(f"/{slug}/settings?q=Harga")).text)
    assert "Harga 1.000 pesan layanan" in page and "Mulai malam" not in page
