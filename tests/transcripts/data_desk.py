"""What an officer does with a request about personal data, on a page that a scene does not show."""

from collections.abc import Mapping

from core import clock, database
from core.audit import Actor
from core.people.directory import Employee
from core.privacy import deciding, entered, requests, way
from tests.transcripts.scene import Helped

OUTCOME = {"fulfil": way.FULFILLED, "grant_part": way.PARTLY, "refuse": way.REFUSED}


async def does(company: int, done: Helped, people: Mapping[str, Employee]) -> None:
    """Record it from paper, ask back, or answer it; where a second person is named, they agree."""
    by = Actor(f"person:{people[done.by].person}", "web")
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
