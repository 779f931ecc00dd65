"""What an officer does with a request about personal data, on a page that a scene does not show."""

from collections.abc import Mapping

from core import clock, database, jobs
from core.audit import Actor
from core.people.directory import Employee
from core.privacy import breaches, deciding, entered, requests, way, yearly
from core.privacy.breach_rules import Facts
from tests.transcripts.scene import Helped

OUTCOME = {"fulfil": way.FULFILLED, "grant_part": way.PARTLY, "refuse": way.REFUSED}


async def does(company: int, done: Helped, people: Mapping[str, Employee]) -> None:
    """Record it from paper, ask back, or answer it; where a second person is named, they agree."""
    by = Actor(f"person:{people[done.by].person}", "web")
    if done.act == "yearly":
        await yearly.ask(company, 0)
        return
    if done.act == "breach":
        await _breach(company, done, people[done.of].number, by)
        return
    async with database.transaction(company):
        if done.act == "enter":
            whose = people[done.of].number
            taken = entered.Taken(done.kind, done.words, entered.PAPER, clock.now(), whose, how="Datang sendiri ke HR.")
            row = await entered.enter(taken, language="id", by=by)
            assert row.number == done.number, f"it is {row.number}"
            return
        found = await requests.of_number(done.number)
        assert found is not None, f"there is no {done.number}"
        if done.act == "ask":
            await deciding.ask_back(found, done.words, by=by)
            return
        if found.subject is not None and found.identity not in ("session", "stepped", "vouched"):
            await deciding.vouch(found, found.subject, "dikenal sejak lama", by=by)
        await deciding.answer(found, OUTCOME[done.act], article=done.article, reason=done.words, by=by)
        if done.second:
            await deciding.agree(found, by=Actor(f"person:{people[done.second].person}", "web"))


async def _breach(company: int, done: Helped, number: str, by: Actor) -> None:
    """Declare one that concerns this person, and send its letters."""
    facts = Facts(done.words, "Akses ditutup dan kata sandi diganti.", "Ganti kata sandi e-mailmu.",
        "A file with contacts was sent to a wrong address.", "Access was closed and passwords were changed.",
        "Change the password of your mail.",
    )  # fmt: skip
    async with database.transaction(company):
        row = await breaches.declare(
            whose="numbers", of=None, numbers=number, kinds=["contact"], facts=facts, authority="Komdigi",
            found_at=clock.now(), by=by,
        )  # fmt: skip
        assert row.number == done.number, f"it is {row.number}"
    await jobs.drain()
    async with database.transaction(company):
        await breaches.send(row, by=by)
