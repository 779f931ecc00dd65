"""How many files, and how many bytes, somebody and a company may have us keep in a day: the disk is everybody's.

What counts is read from the rows themselves, those of removed files too, so it holds in whichever chat they are sent
and however many processes answer.
"""

from collections.abc import Mapping
from datetime import timedelta

from piccolo.query.functions import Count, Sum

from core import clock, database, settings
from core.errors import Refused
from core.files import MOST
from core.messaging.tables import Attachment

DAY, MOST_WAITING = timedelta(days=1), 20
UNSORTED = "unsorted"
MIB = 1024 * 1024


async def hold(person: int, size: int) -> None:
    """Refuse one more file of this size where there is no room for it; in the company's scope.

    Inside the transaction that keeps it, nothing else of the company is kept meanwhile.
    """
    now = settings.current()
    if database.scope().writes:
        await database.lock_name(f"files:{database.company()}")
    waits = (Attachment.person == person) & (Attachment.purpose == UNSORTED) & Attachment.removed_at.is_null()
    if await Attachment.count().where(waits) >= MOST_WAITING:
        raise refused("files.too_many")
    files, used = await _kept(person)
    if files >= now.files_a_day or used + size > now.file_mb_a_day * MIB:
        raise refused("files.day_full")
    files, used = await _kept(None)
    if files >= now.company_files_a_day or used + size > now.company_file_mb_a_day * MIB:
        raise refused("files.company_full")


def refused(key: str) -> Refused:
    """Why a file was not kept, by its key, with what its sentence tells."""
    return Refused(key, **_facts(key))


def _facts(key: str) -> Mapping[str, str]:
    now = settings.current()
    if key == "files.day_full":
        return {"files": str(now.files_a_day), "most": f"{now.file_mb_a_day} MB"}
    return {"most": f"{MOST // MIB} MB"} if key == "files.too_large" else {}


async def _kept(person: int | None) -> tuple[int, int]:
    """How many files of the last day, and their bytes: of this person, or of the whole company."""
    asked = Attachment.select(Count(Attachment.id, alias="files"), Sum(Attachment.size, alias="used")).where(
        Attachment.kept_at > clock.now() - DAY
    )
    row = await (asked if person is None else asked.where(Attachment.person == person)).first()
    return (int(row["files"]), int(row["used"] or 0)) if row else (0, 0)
