"""Whoever supports a wish is told what became of it: a hundred people a transaction, each once, never at night."""

from core import database, jobs
from core.messaging import outbox
from core.messaging.messages import Message
from core.notices import feature_requests
from core.notices.tables import FeatureRequest, Vote
from core.people.tables import Person
from core.phrases import phrase

AT_ONCE = 100


@jobs.job(feature_requests.TELL, lane=jobs.BULK)
async def tell(company: int, number: int, telling: int, after: int) -> None:
    """Tell those whose vote stands after this one; a newer state is told in its place."""
    async with database.transaction(company):
        row = await FeatureRequest.objects().where(FeatureRequest.id == number).first()
        if row is None or row.told != telling:
            return
        into = ""
        if row.into is not None:
            other = await FeatureRequest.select(FeatureRequest.number).where(FeatureRequest.id == row.into).first()
            into = other["number"] if other is not None else ""
        mine = (Vote.request == number) & (Vote.id > after)
        votes = await Vote.select(Vote.id, Vote.person).where(mine).order_by(Vote.id).limit(AT_ONCE)
        people = [vote["person"] for vote in votes]
        languages = {
            one["id"]: one["language"]
            for one in await Person.select(Person.id, Person.language).where(
                Person.id.is_in(people or [0]) & (Person.news == True)  # noqa: E712
            )
        }
        key = f"ideas.told_{row.state}"
        for person in (one for one in people if one in languages):
            language = languages[person]
            title = feature_requests.titled(row)  # without one only its author supports it
            told = phrase(
                key, language, number=row.number, title=title, more=f" {row.answer}" if row.answer else "",
                release=row.release or "", into=into,
            )  # fmt: skip
            message = Message(key, told, language=language)
            await outbox.post(await outbox.address_of(person), message, dedupe=f"idea:{number}:{telling}:{person}")
        if len(votes) == AT_ONCE:
            await jobs.enqueue(feature_requests.TELL, number, telling, votes[-1]["id"])
