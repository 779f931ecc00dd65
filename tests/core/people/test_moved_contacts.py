"""Whoever's address or number is changed reads it where they were reached before, once for a change."""

from typing import Any

import pytest

from core import bulk, clock, database, jobs, purges
from core.messaging import contact_notices, mail, outbox
from core.messaging.tables import Outbound
from core.people import applying, batches, identities, imports, moved_contacts
from core.people.batches import Sent
from core.people.directory import Employee
from core.people.tables import ImportBatch, MovedContact, Person
from tests.core.cast import HR, Cast
from tests.core.conftest import MONDAY

HEAD = "employee_number,name,email,phone"


async def links(cast: Cast, who: Employee, external_id: str = "777", channel: str = "telegram") -> None:
    code, _ = await identities.invite(who, actor=HR)
    async with database.installation(writes=False):
        offer = await identities.offered(code)
    assert offer is not None
    async with database.transaction(cast.company):
        await identities.link(
            offer.invitation, channel=channel, account="bot", external_id=external_id, place=f"chat-{external_id}",
            consent="ya",
        )  # fmt: skip


async def said(cast: Cast) -> list[tuple[str, str | None, str]]:
    """Channel, where it goes, and the words, of every notice; the address of a mail as it is looked up."""
    await jobs.drain()
    async with database.reading(cast.company):
        rows = await Outbound.select().where(Outbound.key.like("people.%moved%")).order_by(Outbound.id)
        told = [(row["channel"], row["address"], outbox.unseal(row).text) for row in rows]
    return [(one, await mail.address(to) if one == "email" else to, text) for one, to, text in told]


async def form(cast: Cast, who: Employee, **cells: str) -> None:
    wrong = await imports.change(cast.company, {"employee_number": who.number, "name": who.name, **cells}, actor=HR)
    assert wrong == []


async def test_a_new_address_is_told_in_the_chat_and_at_the_old_one(maju: Cast) -> None:
    await links(maju, maju.budi)
    await links(maju, maju.budi, "U7", "slack")
    await form(maju, maju.budi, email="penipu@lain.example")
    telegram, slack, letter = await said(maju)
    assert (telegram[:2], slack[:2]) == (("telegram", "chat-777"), ("slack", "chat-U7"))
    assert letter[:2] == ("email", "budi@maju.example"), "not the address that took its place"
    assert telegram[2] == slack[2]
    assert telegram[2].startswith("Alamat e-mailmu di data HR PT Maju Bersama diubah Senin 6 Juli 09.00 WIB.")
    assert "blokir akun saya" in telegram[2]
    assert "/account" in letter[2]
    assert "penipu" not in telegram[2] + letter[2]


async def test_address_and_number_at_once_are_one_message(maju: Cast) -> None:
    await form(maju, maju.budi, phone="+6281200000001")
    await form(maju, maju.budi, email="budi@rumah.example", phone="+6281200000002")
    first, both, letter = await said(maju)
    assert first[:2] == ("email", "budi@rumah.example"), "a number alone is told at the address of now"
    assert both[0] == "web"
    assert both[2].startswith("Alamat e-mail dan nomor teleponmu")
    assert letter[:2] == ("email", "budi@maju.example")
    assert letter[2].startswith("Alamat e-mail dan nomor telepon Anda")


async def test_it_is_said_in_their_language(maju: Cast) -> None:
    async with database.transaction(maju.company):
        await Person.update({Person.language: "en"}).where(Person.id == maju.budi.person)
    await form(maju, maju.budi, email="budi@rumah.example")
    chat, letter = await said(maju)
    assert chat[2].startswith(
        "Your e-mail address in the HR data of PT Maju Bersama changed on Monday 6 July 09:00 WIB."
    )
    assert letter[2].startswith("Your e-mail address in the HR data of PT Maju Bersama changed on")


async def test_what_says_the_same_tells_nobody(maju: Cast) -> None:
    await form(maju, maju.budi, phone="0812 0000 0001", department="Toko")
    await said(maju)
    async with database.transaction(maju.company):
        await MovedContact.delete(force=True)
    await form(maju, maju.budi, phone="+6281200000001", email="Budi@Maju.example", department="Gudang")
    async with database.reading(maju.company):
        assert not await MovedContact.exists()


async def test_a_first_address_is_told_in_the_chat_alone(maju: Cast) -> None:
    await form(maju, maju.budi, email="-")
    await form(maju, maju.dewi, email="-")
    before = len(await said(maju))
    await links(maju, maju.budi)
    await form(maju, maju.budi, email="baru@lain.example")
    await form(maju, maju.dewi, email="dewi@lain.example")
    assert [one[:2] for one in (await said(maju))[before:]] == [("telegram", "chat-777")], "Dewi had nothing to lose"


async def test_a_file_and_its_undoing_tell_each_once(maju: Cast) -> None:
    await links(maju, maju.budi)
    text = f"{HEAD}\n0412,Budi Santoso,budi@rumah.example,\n0904,Aji Pratama,aji@maju.example,+628120\n"
    made = Sent("file", "orang.csv", "", "", MONDAY.date(), HR)
    public = await batches.receive(maju.company, text.replace("+628120", "+6281200009").encode(), made)
    await jobs.drain()
    await applying.apply(maju.company, public, by=HR)
    assert [one[:2] for one in await said(maju)] == [("telegram", "chat-777"), ("email", "budi@maju.example")]
    await applying.undo(maju.company, public, by=HR)
    after = await said(maju)
    async with database.reading(maju.company):
        batch = await ImportBatch.select(ImportBatch.state).where(ImportBatch.public == public).first()
    assert batch == {"state": "undone"}
    assert [one[:2] for one in after[2:]] == [("telegram", "chat-777"), ("email", "budi@rumah.example")]
    await contact_notices.tell(maju.company)
    assert len(await said(maju)) == 4, "each once, however often the job comes"


async def test_whoever_comes_back_is_told_of_what_the_file_replaced(maju: Cast) -> None:
    await form(maju, maju.budi, phone="+6281200000001", resign_date="2026-07-01")
    before = len(await said(maju))
    wrong = await imports.change(
        maju.company,
        {"employee_number": "0950", "name": "Budi Santoso", "email": "budi@maju.example", "phone": "+6281200000077"},
        actor=HR,
    )
    assert wrong == []
    assert [one[:2] for one in (await said(maju))[before:]] == [
        ("web", str(maju.budi.person)), ("email", "budi@maju.example"),
    ]  # fmt: skip


async def test_many_are_told_in_parts(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_notices, "AT_ONCE", 2)
    rows = "".join(f"{one.number},{one.name},,+62812000{one.number}\n" for one in maju.people.values())
    taken = await imports.take(maju.company, f"{HEAD}\n{rows}".encode(), actor=HR)
    assert taken.bad == []
    told = await said(maju)
    # The first number of all: nothing was replaced, so only their address of before hears of it.
    assert [one[0] for one in told] == ["email"] * len(maju.people)


async def test_the_old_address_is_kept_sealed_and_goes(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await form(maju, maju.budi, email="budi@rumah.example")
    asked: list[Any] = []

    async def counted(*rows: Any, **more: Any) -> None:
        asked.append(rows)

    async with database.transaction(maju.company):
        stored = str(await MovedContact.select())
        monkeypatch.setattr(bulk, "insert", counted)
        many = [(one.person, {"phone": "+6281200001234"}) for one in maju.people.values()]
        await moved_contacts.note(many)
    assert "budi@maju.example" not in stored
    assert len(asked) == 1, "one statement, however many"
    await jobs.drain()
    with clock.freeze(MONDAY.replace(month=9)):
        await purges.sweep(maju.company)
    async with database.reading(maju.company):
        assert not await MovedContact.exists()
        assert await mail.address(f"{maju.company}:moved:1") is None
