"""How far people have come in the films: each for themself, and nobody else sees it."""

from collections.abc import Mapping, Sequence

from piccolo.query.mixins import OnConflictAction

from core import clock
from core.people import consents
from core.training.catalogue import Film
from core.training.tables import LessonProgress

ENOUGH = 0.9  # of a film: what comes after is its last sentence


async def of_person(person: int) -> Mapping[str, LessonProgress]:
    """What somebody has begun, by the names of the films."""
    rows = await LessonProgress.objects().where(LessonProgress.person == person)
    return {row.film: row for row in rows}


async def saw(person: int, film: Film, seconds: int, *, language: str) -> bool:
    """Somebody has come so far in it; nobody ever goes back, and near its end it is done.

    Nothing is kept of whoever does not want it kept; False then.
    """
    if not await consents.allows(person, consents.TRAINING):
        return False
    length = film.seconds(language)
    reached = max(0, min(seconds, length))
    await _begin(person, film)
    whose = (LessonProgress.person == person) & (LessonProgress.film == film.id)
    await LessonProgress.update({LessonProgress.seconds: reached, LessonProgress.seen_at: clock.now()}).where(
        whose & (LessonProgress.seconds < reached)
    )
    if reached >= length * ENOUGH:
        await _done(person, film)
    return True


async def finish(person: int, film: Film, *, language: str) -> bool:
    """Somebody says that they have seen it, here or where nothing counts along; False where they want nothing kept."""
    return await saw(person, film, film.seconds(language), language=language)


async def count_done(person: int, films: Sequence[Film]) -> int:
    """How many of these somebody has seen."""
    rows = await of_person(person)
    return sum(film.id in rows and rows[film.id].done_at is not None for film in films)


async def _begin(person: int, film: Film) -> None:
    fresh = LessonProgress(person=person, film=film.id, seconds=0, seen_at=clock.now())
    await LessonProgress.insert(fresh).on_conflict(action=OnConflictAction.do_nothing)


async def _done(person: int, film: Film) -> None:
    whose = (LessonProgress.person == person) & (LessonProgress.film == film.id)
    await LessonProgress.update({LessonProgress.done_at: clock.now()}).where(whose & LessonProgress.done_at.is_null())
