"""Opening what employees sent. A certificate says what somebody suffers from: HR alone, each time written down.

The proof of a correction is opened at the privacy desk, by whoever decides on that request, and not here.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from litestar import Controller, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from core import database
from core.files import TYPES
from core.messaging import attachments
from core.messaging.file_room import UNSORTED
from core.privacy import corrections

# Whatever the bytes are, they are saved and never shown as a part of this site.
HEADERS = {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


class AttachmentsController(Controller):
    """`/{company}/attachments`: a POST, because opening one leaves a mark in the audit trail."""

    path = "/{company:str}/attachments"
    guards = (requires("attachments", "open"),)

    @post("/{public:str}", status_code=200)
    async def open_(self, request: Web, public: FromPath[str]) -> Response[bytes]:
        """The file itself, to be saved."""
        where = standing(request)
        async with database.transaction(where.company):
            row = await attachments.by_public(public)
            if row is None or row.purpose in (UNSORTED, corrections.PROOF):
                raise NotFoundException
            await attachments.opened(row, by=acting(request))
            found = Saved(attachments.name_of(row), row.type, attachments.content(row))
        return await saved(found)


@dataclass(frozen=True)
class Saved:
    """A file that may be opened: its name, its type, its bytes piece by piece."""

    name: str
    type: str
    pieces: Iterator[bytes]


async def saved(found: Saved) -> Response[bytes]:
    """The bytes of a file under its own name, to be saved; never inside a transaction."""
    raw = await asyncio.to_thread(lambda: b"".join(found.pieces))
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in found.name)
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name)}"
    return Response(raw, media_type=TYPES[found.type], headers={**HEADERS, "content-disposition": told})
