"""A ticket on its way to the operator's desk, by the pages of all three: the agent's, its asker's, the operator's."""

from core import database, jobs
from core.accounts.roles import ADMINISTRATOR
from core.helpdesk import tickets
from core.messaging.outbox import Address
from tests.backoffice.conftest import Installation
from tests.backoffice.operators import visitor
from tests.core.cast import as_

WORDS = "Layar absen membeku sejak pagi"


async def asked(house: Installation) -> str:
    budi = house.maju.budi
    async with database.transaction(house.maju.company):
        here = Address("web", "web", str(budi.person), budi.person)
        told = await tickets.submit(budi, "rahasia: gaji 5 juta. layar membeku", address=here, by=as_(budi))
    return told.ticket.public


async def test_nobody_is_asked_where_nobody_works_at_the_operators_desk(house: Installation) -> None:
    slug, public = await house.slug(house.maju), await asked(house)
    ratna = await house.as_role(house.maju, ADMINISTRATOR)
    assert "Bawa ke operator" not in (await ratna.get(f"/{slug}/tickets/{public}")).text
    sent = await ratna.post(f"/{slug}/tickets/{public}/move", words=WORDS)
    assert (sent.status_code, "Belum ada yang bekerja" in sent.text) == (422, True)


async def test_from_the_companys_desk_to_the_operators_and_back(house: Installation) -> None:
    slug, public, dian = await house.slug(house.maju), await asked(house), await visitor(house)
    ratna, budi = await house.as_role(house.maju, ADMINISTRATOR), await house.as_person(house.maju, "budi")
    assert "Bawa ke operator" in (await ratna.get(f"/{slug}/tickets/{public}")).text
    sent = await ratna.post(f"/{slug}/tickets/{public}/move", words=WORDS)
    assert sent.headers["location"].endswith("done=move_asked")
    assert "Menunggu izin" in (await ratna.get(f"/{slug}/tickets/{public}")).text
    mine = f"/me/tickets/{public}"
    page = (await budi.get(mine)).text
    assert (WORDS in page, "Boleh dibawa ke tim Serambi?" in page) == (True, True)
    tono = await house.as_person(house.maju, "tono")
    assert (await tono.post(f"{mine}/share/yes")).status_code == 404
    assert (await budi.post(f"{mine}/share/maybe")).status_code == 404
    assert (await budi.post(f"{mine}/share/yes")).status_code == 303
    assert (await budi.post(f"{mine}/share/no")).status_code == 409
    await jobs.drain()

    queue = (await dian.get("/operator/tickets")).text
    assert (WORDS in queue, "PT Maju Bersama" in queue, "Budi" in queue, "5 juta" in queue) == (
        True,
        True,
        False,
        False,
    )
    links = [part.partition('"')[0] for part in queue.split('href="/operator/tickets/')[1:]]
    theirs = next(one for one in links if len(one) == 22)
    ticket = await dian.get(f"/operator/tickets/{theirs}")
    assert (ticket.status_code, "Bawa ke operator" in ticket.text) == (200, False)
    assert (await dian.get(f"/{slug}/tickets/{public}")).status_code == 404
    newest = ticket.text.partition('name="read" value="')[2].partition('"')[0]
    answer = await dian.post(f"/operator/tickets/{theirs}/answer", words="Sudah diperbaiki.", read=newest)
    assert answer.status_code == 303, answer.text
    await jobs.drain()
    assert "Sudah diperbaiki." in (await budi.get(mine)).text
    desk = (await ratna.get(f"/{slug}/tickets/{public}")).text
    assert ("Sudah diperbaiki." in desk, "Dian (Serambi)" in desk) == (True, True)
    assert (await ratna.post(f"/{slug}/tickets/{public}/move/back")).status_code == 303
    assert (await ratna.post(f"/{slug}/tickets/{public}/move/back")).status_code == 422
