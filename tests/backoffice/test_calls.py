"""An agent opens a ticket for whoever calls: an employee hears of it and may object, a stranger is nobody's record."""

import html

from core import database
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket
from core.messaging.tables import Outbound
from tests.backoffice.conftest import Installation


async def test_an_employee_is_told_what_was_opened_in_their_name(house: Installation) -> None:
    agent, slug = await house.as_role(house.maju, "agent"), await house.slug(house.maju)
    assert "Tiket untuk penelepon" in (await agent.get(f"/{slug}/tickets")).text
    given = {"employee": "0412", "way": "phone", "recognised": "ditelepon balik", "words": "Seragam kapan dibagi?"}
    opened = await agent.post(f"/{slug}/tickets/call", **given)
    assert opened.status_code == 303, html.unescape(opened.text)
    page = html.unescape((await agent.get(opened.headers["location"])).text)
    assert "Dikenali dari: ditelepon balik" in page and "telepon" in page
    (told,) = await house.maju.told(house.maju.budi)
    assert "membuka tiket T-1 atas namamu" in told.text and "Seragam kapan dibagi?" in told.text
    assert "ditelepon balik" not in told.text
    assert [one.title for one in told.choices] == ["Lihat tiket", "Bukan saya"]
    budi = await house.as_person(house.maju, "budi")
    mine = html.unescape((await budi.get("/me/tickets")).text)
    assert "T-1" in mine


async def test_somebody_else_is_written_down_and_told_by_the_desk(house: Installation) -> None:
    agent, slug = await house.as_role(house.maju, "agent"), await house.slug(house.maju)
    given = {
        "name": "Ibu Wati",
        "contact": "0812 1111",
        "way": "counter",
        "recognised": "tidak dikenal",
        "words": "Lamaran",
    }
    opened = await agent.post(f"/{slug}/tickets/call", **given)
    assert opened.status_code == 303
    here = opened.headers["location"]
    page = html.unescape((await agent.get(here)).text)
    assert "Bisa dihubungi di 0812 1111" in page and "Ibu Wati" in page
    async with database.reading(house.maju.company):
        (row,) = await Ticket.objects()
    sent = await agent.post(f"{here}/answer", words="Senin.", read=str(row.last), then="open")
    assert sent.status_code == 303
    async with database.reading(house.maju.company):
        assert await Outbound.count() == 0, "nobody is written to"
        assert (await tickets.by_public(row.public)).first_answered_at is not None  # type: ignore[union-attr]
    people = (await (await house.as_role(house.maju, "administrator")).get(f"/{slug}/people?words=Wati")).text
    assert "Ibu Wati" not in people


async def test_what_is_missing_is_told_beside_its_field(house: Installation) -> None:
    agent, slug = await house.as_role(house.maju, "agent"), await house.slug(house.maju)
    base = {"employee": "", "name": "Wati", "way": "phone", "recognised": "suara", "words": "x"}
    for change, said in (
        ({"name": ""}, "Pilih karyawan"), ({"recognised": " "}, "Tulis Anda mengenalinya"), ({"way": "fax"}, "Pilih bagaimana"),
        ({"words": ""}, "Tulis"), ({"employee": "Zzz"}, "Zzz"),
    ):  # fmt: skip
        answer = await agent.post(f"/{slug}/tickets/call", **{**base, **change})
        assert answer.status_code == 422
        assert said in html.unescape(answer.text)
