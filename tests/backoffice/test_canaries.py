"""Forty words and numbers that nobody else would write, brought in through every door; nowhere do they lie open."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest

import serambi
from bot import conversation, delivery
from core import clock, database, demo, jobs, sheets
from core.accounts.roles import ADMINISTRATOR
from core.approvals import decisions
from core.audit import Actor
from core.messaging.tables import Outbound
from core.people import batches, copies, imports, reveals
from core.people.tables import Person
from tests.backoffice.conftest import Installation, Visitor
from tests.core.conftest import KEYS, logged  # noqa: F401  pytest finds fixtures by name

HR = Actor("hr", "test")
COLUMNS = ("email", "phone", "nik", "npwp", "kk", "religion", "bank", "bank_account", "bank_holder", "basic_salary")
PEOPLE = ("0412", "0101", "0301")
WORDS = ("kenarireason", "kenarireject", "kenarireveal", "kenariwrong", "kenarisearch", "kenariunheard", "kenarilogin")


def canary(person: int, column: str) -> str:
    """A value that fits its column and is found nowhere else."""
    number = f"{person}{COLUMNS.index(column)}"
    if column == "email":
        return f"kenari{number}@kenari.example"
    if column in ("nik", "npwp", "kk"):
        return f"31750155{number:0>4}7349"
    if column == "phone":
        return f"0812734{number:0>4}9"
    if column in ("bank_account", "basic_salary"):
        return f"7349{number:0>4}17"
    return f"kenari{column.replace('_', '')}{number}"


PLANTED = {(one, column): canary(one, column) for one in range(len(PEOPLE)) for column in COLUMNS}
CANARIES = (*PLANTED.values(), *WORDS, "kenarireligion", "kenarilater", "31750155999973491")


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real work is done, not what stands in for it elsewhere."""
    monkeypatch.setitem(jobs.HANDLERS, "answer", conversation.answer)
    monkeypatch.setitem(jobs.HANDLERS, "deliver", delivery.deliver)


def test_there_are_forty() -> None:
    assert len(set(CANARIES)) == 40


async def test_what_is_planted_lies_open_nowhere(
    house: Installation,
    works: None,
    open_database: str,
    logged: io.StringIO,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company, slug = house.maju.company, await house.slug(house.maju)
    pages: list[str] = []
    await _import(company)
    # In the talk: a reason, a word that means nothing, and a rejection with a reason.
    budi, sari = await house.as_person(house.maju, "budi"), await house.as_person(house.maju, "sari")
    for words in ("cuti 20 juli", "antar kenarireason", "ya", "kenariunheard blabla", "cuti kenarilater"):
        await budi.post("/chat", words=words)
        await jobs.drain()
    async with database.reading(company):
        (asked,) = await decisions.of_employee(house.maju.budi.id)
    there = f"/{slug}/approvals/{asked.public}"
    pages.append((await sari.post(there, verdict="reject", version=asked.version, reason="kenarireject")).text)
    await jobs.drain()
    async with database.reading(company):
        told = await Outbound.count()
    assert told > 4, "the talk went on"
    # In forms: a look with its reason, and things that go wrong.
    admin = await house.as_role(house.maju, ADMINISTRATOR)
    async with database.reading(company):
        row = await Person.select(Person.public).where(Person.id == house.maju.budi.person).first()
    assert row is not None
    await admin.post(f"/{slug}/people/{row['public']}/identity/nik", why="kenarireveal, berkas BPJS")
    # By mail: an invitation to the address that was planted; without a mail server it waits.
    invited = await admin.post(f"/{slug}/people/{row['public']}/invite")
    assert invited.status_code < 400
    await jobs.drain()
    pages += await _go_wrong(house, admin, slug, monkeypatch)
    pages.append((await admin.get(f"/{slug}/audit")).text)
    pages.append((await admin.get(f"/{slug}/leave")).text)
    for list_ in ("leave", "audit"):
        taken = await admin.post(f"/{slug}/{list_}/export", state="show=all", format="csv")
        assert taken.status_code == 200
        pages.append(taken.text)
    assert _found(pages) == {}
    assert _found([logged.getvalue()]) == {}
    raw = [one async for one in _everything(open_database)]
    assert sum(map(len, raw)) > 10_000
    assert _found(raw) == {}
    assert _found([one async for one in _everything(f"sqlite:///{KEYS}")]) == {}


async def test_the_open_page_of_the_demo_shows_what_was_said_there_and_nothing_else(
    house: Installation,
    works: None,
    open_database: str,
    logged: io.StringIO,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    company = house.maju.company
    await _import(company)
    visitor = Visitor(serambi.make_app(trial=company))
    said = {"person": "cuti 20 juli;antar kenarireason;ya;kenariunheard blabla", "approver": "kenarireject apa ini"}
    for who, lines in said.items():
        for words in lines.split(";"):
            assert (await visitor.post("/try/say", who=who, words=words)).status_code == 303
            await jobs.drain()
    shown = [(await visitor.get(path)).text for path in ("/try", "/try/lines?seen=", "/try/side?seen=")]
    assert "kenarireason" in shown[0], "whoever tries it sees the talk"
    assert "C-1" in shown[2], "and the card that came of it"
    assert set(_found(shown)) <= {"kenarireason", "kenariunheard"}, "but nothing of what the file told of Budi and Sari"
    gone = await visitor.post("/try/become", who="kenarisearch")
    assert gone.status_code == 404

    async def fails(*_: object) -> None:
        raise RuntimeError(f"{PLANTED[0, 'nik']} kenarireveal")

    with monkeypatch.context() as here:
        here.setattr(demo, "actors", fails)
        broken = [await visitor.get("/try"), await visitor.post("/try/say", who="person", words="kenarilater")]
    assert [one.status_code for one in broken] == [500, 500]
    assert _found([gone.text, *(one.text for one in broken)]) == {}
    assert _found([logged.getvalue()]) == {}
    assert _found([one async for one in _everything(open_database)]) == {}


async def _import(company: int) -> None:
    """Through the file of people: one that is taken, and one that is refused."""
    lines = [",".join(("employee_number", "name", *COLUMNS))]
    lines += [
        ",".join((number, f"Orang {turn}", *(PLANTED[turn, column] for column in COLUMNS)))
        for turn, number in enumerate(PEOPLE)
    ]
    taken = await imports.take(company, "\n".join(lines).encode(), actor=HR)
    assert taken.bad == []
    wrong = "employee_number,name,nik,bank_holder\n0412,Orang 0,31750155999973491,kenariwrong\n0101,Orang 1,,kenarireligion\n"
    table = [line.split(",") for line in wrong.splitlines()]
    for kind, raw in (("csv", wrong.encode()), ("xlsx", sheets.written("xlsx", table[0], table[1:], delimiter=","))):
        sent = batches.Sent("file", f"people.{kind}", kind, "", clock.today("Asia/Jakarta"), HR)
        public = await batches.receive(company, raw, sent)
        await jobs.drain()
        # Their own file with the reasons is theirs: it says what they wrote, and lies nowhere.
        _, _, copy = await copies.with_reasons(company, public, "id")
        assert "kenariwrong" in str(sheets.read(copy).lines)


async def _go_wrong(house: Installation, admin: Visitor, slug: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A fault of ours that has personal data in its hands, a page that isn't there, a sign-in that fails."""

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"{PLANTED[0, 'nik']} kenarireveal")

    with monkeypatch.context() as here:
        here.setattr(reveals, "about", fails)
        broken = await admin.get(f"/{slug}/people/x/identity/nik")
    assert broken.status_code == 500
    gone = await admin.get(f"/{slug}/people/kenarisearch/identity/nik")
    assert gone.status_code == 404
    stranger = house.visitor()
    refused = await stranger.post("/sign-in", email=PLANTED[0, "email"], password="kenarilogin")
    # The page that is not there leads back to the address that was typed, so only logs are looked at for that one.
    return [broken.text, refused.text.replace(PLANTED[0, "email"], "")]


async def _everything(url: str) -> Any:
    """Every byte of the database: the file and what lies beside it, or each table as it would be dumped."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            yield file.read_bytes().decode("latin-1")
        return
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in tables:
            out = io.BytesIO()
            await connection.copy_from_query(f'select * from "{table}"', output=out)
            yield out.getvalue().decode()
    finally:
        await connection.close()


def _found(texts: Sequence[str]) -> dict[str, str]:
    """Which canaries sing, each with what stands around it."""
    return {one: text[max(0, text.index(one) - 60) :][:160] for one in CANARIES for text in texts if one in text}
