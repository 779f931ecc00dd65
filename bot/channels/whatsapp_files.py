"""WhatsApp's files: what people send is fetched with our token, what we send is uploaded first and sent by its number.

A link that anybody could open is never sent: whoever had it would have the file.
https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
"""

from urllib.parse import urlsplit

import httpx

from bot.channels import reading, whatsapp_calls
from bot.channels.contract import Later, Never, Unknown
from bot.channels.whatsapp_calls import Line
from core import settings
from core.files import MOST
from core.messaging.messages import Enclosed, Enclosing

HOSTS = ("lookaside.fbsbx.com",)  # where Meta keeps what people send
LARGEST = 100 * 1024 * 1024  # of a document
LONGEST_NAME = 240
_OFFICE = "application/vnd.openxmlformats-officedocument"
# What a document may be; what only says more about plain text is sent as that, under its own name.
DOCUMENTS = frozenset({
    "application/pdf", "text/plain", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
    f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet",
    f"{_OFFICE}.presentationml.presentation",
})  # fmt: skip
PICTURES = frozenset({"image/jpeg", "image/png"})
FILMS = frozenset({"video/mp4"})  # H.264, with or without sound
LARGEST_PICTURE, LARGEST_FILM = 5 * 1024 * 1024, 16 * 1024 * 1024
PLAIN = frozenset({"text/calendar", "text/csv", "text/markdown", "text/vcard"})


async def upload(line: Line, file: Enclosing) -> str:
    """The number under which Meta keeps a file for 30 days; nothing was said if this raises Later or Never."""
    kind = "text/plain" if file.type in PLAIN else file.type
    if kind not in DOCUMENTS | PICTURES | FILMS:
        raise Never(f"no document: {file.type}")
    most = LARGEST_PICTURE if kind in PICTURES else LARGEST_FILM if kind in FILMS else LARGEST
    if not 0 < len(file.raw) <= most:
        raise Never("too large" if file.raw else "empty")
    fields = {"messaging_product": "whatsapp", "type": kind}
    try:
        told = await line.post(f"{line.phone}/media", data=fields, files={"file": (name(file), file.raw, kind)})
    except Unknown:
        raise Later(None, "upload lost") from None
    number = reading.identity(reading.at(told, "id"))
    if number is None:
        raise Later(None, "upload without a number")
    return number


def name(file: Enclosing) -> str:
    """How the file is called where it arrives."""
    return file.name[-LONGEST_NAME:]


async def fetch(line: Line, file: Enclosed) -> bytes:
    """The bytes of a file that somebody sent; the address Meta names for it lives five minutes."""
    told = await line.get(file.ref)
    where = _address(told)
    size = reading.at(told, "file_size")
    if isinstance(size, int) and size > MOST:
        raise Never("too large")
    try:
        async with whatsapp_calls.client().stream("GET", where, headers=line.proof) as answer:
            if answer.status_code != 200:
                raise Later(None, "media") if answer.status_code >= 500 else Never(f"media {answer.status_code}")
            raw = bytearray()
            async for piece in answer.aiter_bytes():
                raw += piece
                if len(raw) > MOST:
                    raise Never("too large")
            return bytes(raw)
    except httpx.HTTPError as fault:
        raise Later(None, type(fault).__name__) from fault


def _address(told: object) -> str:
    """Where Meta says the file is; anywhere but at Meta the token would be given away."""
    where = reading.identity(reading.at(told, "url")) or reading.words(reading.at(told, "url")) or ""
    address, ours = urlsplit(where), urlsplit(settings.current().whatsapp_api)
    if (address.scheme, address.netloc) != (ours.scheme, ours.netloc) and (
        address.scheme != "https" or address.hostname not in HOSTS
    ):
        raise Never("the file lies elsewhere")
    return where
