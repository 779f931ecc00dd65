"""What somebody has seen of the training films."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Timestamptz, Varchar

from core.database import CompanyTable
from core.people.tables import Person


class LessonProgress(CompanyTable):
    """How far somebody has come in a film, in any language; one row for each film they began."""

    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    film = Varchar(length=40)  # the name of its folder
    seconds = Integer()  # the furthest moment that was seen
    seen_at = Timestamptz(default=None)
    done_at = Timestamptz(null=True, default=None)  # seen to its end, or said so
