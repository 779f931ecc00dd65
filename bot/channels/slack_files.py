"""Slack's files: which one came with a message, and how its bytes are fetched with the app's own token."""

from typing import TYPE_CHECKING

from yarl import URL

from bot.channels import reading
from bot.channels.contract import Later, Never
from core.files import MOST
from core.messaging.messages import Enclosed

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

HOSTS = frozenset({"files.slack.com", "slack-files.com"})
WAIT = 10.0


def enclosed(event: object, account: str) -> Enclosed | None:
    """The first file of a message, by its number; its address is asked for when it is fetched."""
    found = reading.at(event, "files")
    first = found[0] if isinstance(found, list) and found else None
    number = reading.identity(reading.at(first, "id"))
    if number is None:
        return None
    size = reading.at(first, "size")
    name = (reading.words(reading.at(first, "name")) or "")[:200]
    return Enclosed(number, name, size if isinstance(size, int) else None, account=account)


def address(told: object, api: str) -> URL:
    """Where Slack says the file is; anywhere but at Slack the token would be given away."""
    url = URL(str(reading.at(told, "file", "url_private_download") or reading.at(told, "file", "url_private") or ""))
    ours = url.host == URL(api).host and url.port == URL(api).port
    if not ours and (url.scheme != "https" or url.host not in HOSTS):
        raise Never("the file lies elsewhere")
    return url


async def download(client: "AsyncWebClient", url: URL) -> bytes:
    """The bytes, no more than may be kept and one."""
    import aiohttp

    assert client.session is not None
    try:
        headers = {"authorization": f"Bearer {client.token}"}
        async with client.session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status >= 500 or answer.status == 429:
                raise Later(WAIT, f"status {answer.status}")
            # Without the scope files:read Slack leads to its sign-in page instead of saying so.
            if answer.status != 200 or answer.content_type == "text/html":
                raise Never(f"status {answer.status}: does the app have files:read?")
            raw = bytearray()
            async for piece in answer.content.iter_chunked(64 * 1024):
                raw += piece
                if len(raw) > MOST:
                    break
            return bytes(raw)
    except (aiohttp.ClientError, TimeoutError) as lost:
        raise Later(WAIT, type(lost).__name__) from lost
