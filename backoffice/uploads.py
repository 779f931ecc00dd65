"""The files of a form: which were chosen, looked at and put on disk before anything refers to them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from litestar.datastructures import FormMultiDict, UploadFile
from litestar.exceptions import HTTPException

from backoffice.drafts import Stale
from core import files
from core.errors import Refused
from core.files import PAPERS, Examined, Written
from core.messaging import attachments

LARGEST = files.MOST + 1024 * 1024  # what a form with files may hold
Taken = tuple[tuple[Examined, Written], str]


def typed(value: Any) -> str:
    """A field beside a file, whose signs nobody has looked at yet: a database takes no zeros."""
    return str(value or "").replace("\0", "")


def chosen(form: FormMultiDict, name: str) -> list[UploadFile]:
    """The files that were chosen in a field; a field left empty sends one without a name."""
    return [one for one in form.getall(name, []) if isinstance(one, UploadFile) and one.filename]


@asynccontextmanager
async def held(company: int, sent: Sequence[UploadFile]) -> AsyncIterator[list[Taken]]:
    """Look at the papers and put them on disk; one that is none is refused, and with it all. Around a transaction:
    where that ends in a no, they are off the disk again, and nobody fills it with forms that are refused."""
    found: list[Taken] = []
    try:
        for one in sent:
            name = one.filename[:200]
            found.append((await attachments.take(company, await one.read(files.MOST + 1), name), name))
            if found[-1][0][0].type not in PAPERS:
                raise Refused("leave.paper_type")
        yield found
    except (Refused, Stale, HTTPException):
        for (_, written), _name in found:
            await asyncio.to_thread(files.remove, written.path, company=company)
        raise
