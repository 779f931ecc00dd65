"""A file that came with a message: fetched before the message is answered, kept in the transaction that answers it.

The platform is asked outside of any transaction. When it does not answer, the message waits and is tried again; after
the last try its sender is told to send the file once more.
"""

from dataclasses import dataclass

from msgspec.structs import replace

from bot import limits
from bot.channels import CHANNELS, Later, Never
from core import database, log
from core.errors import Refused
from core.files import MOST, Examined, Written
from core.messaging import attachments, file_room, inbox
from core.messaging.messages import CHANNEL_NAMES, Incoming
from core.messaging.tables import Inbound

MOST_TRIES = 3


class NotFetched(Exception):
    """The platform did not give the file now; the message is tried again."""


@dataclass(frozen=True)
class Fetched:
    """A file on our disk without a row, or why there is none."""

    name: str
    taken: tuple[Examined, Written] | None = None
    kept: int | None = None
    refused: Refused | None = None


async def fetch(row: Inbound, incoming: Incoming, company: int, person: int) -> Fetched | None:
    """Bring what the message encloses into the house; None when it encloses nothing or is not going to be answered."""
    file = incoming.file
    if file is None or incoming.kind != "file":
        return None
    if file.kept:
        return Fetched(file.name, kept=int(file.ref))
    if row.channel == inbox.WEB:  # refused where it was posted; `ref` says why
        return Fetched(file.name, refused=file_room.refused(file.ref))
    async with database.installation(writes=False):
        if await limits.room(row, incoming) != "answer":
            return None
    try:
        if file.size is not None and file.size > MOST:
            raise file_room.refused("files.too_large")
        async with database.reading(company):
            await file_room.hold(person, file.size or 0)
        raw = await CHANNELS[row.channel].fetch(replace(file, account=row.account))
        return Fetched(file.name, taken=await attachments.take(company, raw, file.name))
    except Refused as no:
        return Fetched(file.name, refused=no)
    except (Later, Never) as fault:
        if isinstance(fault, Later) and row.tries < MOST_TRIES - 1:
            raise NotFetched from fault
        log.warning("file_not_fetched", channel=row.channel, number=row.id, reason=fault.reason)
        name = CHANNEL_NAMES.get(row.channel, row.channel)
        return Fetched(file.name, refused=Refused("files.not_fetched", channel=name))


async def keep(fetched: Fetched | None, person: int) -> int | Refused | None:
    """The number of the file's row, written in the open transaction; or why there is none."""
    if fetched is None or fetched.refused is not None:
        return None if fetched is None else fetched.refused
    if fetched.kept is not None:
        return fetched.kept
    assert fetched.taken is not None
    try:
        return int((await attachments.keep(person, fetched.taken, fetched.name)).id)
    except Refused as no:  # the room that was there when it was fetched was taken meanwhile
        return no
