"""Tickets are found by words, numbers and names, with slips, in one company alone."""

import pytest

from core import database, vault
from core.helpdesk import finding, tickets
from core.helpdesk.tables import Ticket
from core.keyring import Destroyed
from tests.core.cast import Cast, as_
from tests.core.helpdesk.test_tickets import asks


async def found(maju: Cast, typed: str) -> list[str]:
    async with database.reading(maju.company):
        ids = await finding.find(typed)
        rows = await Ticket.select(Ticket.number).where(Ticket.id.is_in(list(ids) or [0])).order_by(Ticket.id)
    return [row["number"] for row in rows]


async def test_found_by_word_number_name_and_with_a_slip(maju: Cast) -> None:
    finding.forget()
    first = await asks(maju, "seragam baru kapan dibagi")
    await asks(maju, "kartu BPJS anak belum jadi", who="tono")
    async with database.transaction(maju.company):
        await tickets.note(first, "tanya gudang Cakung", by=as_(maju.ratna))
    assert await found(maju, "seragam") == ["T-1"]
    assert await found(maju, "SERA bagi") == []
    assert await found(maju, "SERA dibagi") == ["T-1"]
    assert await found(maju, "serragam") == ["T-1"]
    assert await found(maju, "cakung") == ["T-1"], "notes are the desk's own, and found by it"
    assert await found(maju, "t 2") == await found(maju, "T-2") == ["T-2"]
    assert await found(maju, "tono kartu") == ["T-2"]
    assert await found(maju, "budi kartu") == []
    assert await found(maju, "!!") == []
    async with database.transaction(maju.company):
        await tickets.write(first, "ukurannya XXL", by=as_(maju.budi))
    assert await found(maju, "xxl") == ["T-1"], "what came after the first search is found by the next"


async def test_words_whose_key_is_gone_are_found_no_more(maju: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await asks(maju, "seragam baru kapan dibagi")
    finding.forget()

    def destroyed(*_: object, **__: object) -> str:
        raise Destroyed("the key of this person was destroyed")

    monkeypatch.setattr(vault, "unseal", destroyed)
    assert await found(maju, "seragam") == []
    finding.forget()
