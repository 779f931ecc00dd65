"""Taking back one's word for a purpose, and giving it: what it sets going holds with the transaction that says so."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from core.audit import Actor
from core.errors import Refused
from core.knowledge.tables import SearchLog
from core.messaging import misses, quiet
from core.messaging.tables import Miss
from core.people import consents, identities
from core.people.consents import GIVEN, LEARNING, NEWS, PURPOSES, TRAINING, WITHDRAWN, YEARLY, Said
from core.privacy.tables import DataCheck
from core.training.tables import LessonProgress

Effect = Callable[[int], Awaitable[None]]


async def standing(person: int) -> Sequence[str]:
    """The purposes that somebody can say no to now, in their order."""
    linked = {one.channel for one in await identities.of_person(person)}
    return [
        one.id for one in PURPOSES.values()
        if (one.id in linked if one.is_chat else await consents.allows(person, one.id))
    ]  # fmt: skip


async def withdraw(person: int, purpose: str, said: Said, *, by: Actor) -> None:
    """From this commit on their data are not used for this any more. Refused: no such purpose, or it stands no more."""
    if purpose not in PURPOSES:
        raise Refused("consents.no_purpose")
    if PURPOSES[purpose].is_chat:
        if not await identities.withdraw(person, purpose, said, actor=by):
            raise Refused("consents.not_given")
        return
    if not await consents.allows(person, purpose):
        raise Refused("consents.not_given")
    if purpose == NEWS:
        await quiet.choose_news(person, wanted=False, by=by, said=said)
        return
    await consents.note(person, purpose, WITHDRAWN, said, by=by)
    await STOPS[purpose](person)


async def give(person: int, purpose: str, said: Said, *, by: Actor) -> None:
    """They let it be used for this again. Refused: a chat, which is allowed by linking it, or it stands already."""
    if purpose not in PURPOSES or PURPOSES[purpose].is_chat:
        raise Refused("consents.no_purpose")
    if await consents.allows(person, purpose):
        raise Refused("consents.given_already")
    if purpose == NEWS:
        await quiet.choose_news(person, wanted=True, by=by, said=said)
        return
    await consents.note(person, purpose, GIVEN, said, by=by)


async def withdraw_many(person: int, purposes: Collection[str], said: Said, *, by: Actor) -> Sequence[str]:
    """Take back what stands of these; returns which those were."""
    gone = [one for one in await standing(person) if one in purposes]
    for one in gone:
        await withdraw(person, one, said, by=by)
    return gone


async def _forget_films(person: int) -> None:
    await LessonProgress.delete().where(LessonProgress.person == person)


async def _ask_no_more(person: int) -> None:
    """What they were asked and did not answer waits no longer."""
    await DataCheck.delete().where((DataCheck.person == person) & DataCheck.answered_at.is_null())


async def _unlearn(person: int) -> None:
    """What they wrote goes; what it taught stays behind without whose it was, as it would have in time."""
    rows = await Miss.select(Miss.id).where(Miss.person == person)
    if rows:
        await misses.let_go([row["id"] for row in rows])
    await SearchLog.delete().where(SearchLog.person == person)


STOPS: Mapping[str, Effect] = {TRAINING: _forget_films, LEARNING: _unlearn, YEARLY: _ask_no_more}
