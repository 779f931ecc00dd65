"""The calls by which programs are told what happened: only to where a company may call, and no longer than a moment.

A company chooses the address, so it could be one of our own house. Its name is looked up once, everything that is found
is looked at, and the call goes to just that: whatever the name leads to a moment later. No redirect is followed, no
proxy of the environment is asked, and of the answer nothing is read but its head.
"""

import asyncio
import socket
import ssl
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import lru_cache, partial
from urllib.parse import urlsplit

import httpx

from core import clock, database, jobs, log, metrics, release, settings
from core.programs import happenings, retries, sending, signing
from core.programs.retries import Told

PATIENCE, LOOKING_UP = 15.0, 5.0  # seconds for all of a call, and for the name alone
WHILE = 25.0  # seconds that one job goes on calling; others shall have its hand, too
MOST, MOST_SLOW = jobs.HANDS // 2, jobs.HANDS // 4  # hands of this process that call programs; slow ones among them
# Names of companies' choosing may be slow to find: they hold no thread that files and sheets wait for.
_LOOKUPS = ThreadPoolExecutor(4, thread_name_prefix="webhook-dns")
_calling: Counter[bool] = Counter()


class Forbidden(Exception):
    """The address leads to where no company may call."""


@jobs.job(happenings.JOB, lane=jobs.BULK, asks=True)
async def call_out(company: int, hook: int) -> None:
    """Tell one address all that is due for it."""
    slow = await sending.is_slow(company, hook)
    if _calling.total() >= MOST or (slow and _calling[True] >= MOST_SLOW):
        raise jobs.Later(clock.now() + timedelta(seconds=1))
    _calling[slow] += 1
    try:
        ends = time.monotonic() + WHILE
        made = await sending.take(company, hook, mine=False)
        while made is not None:
            told = await asyncio.gather(*(_tell(made, one) for one in made.letters))
            await sending.note(company, made, {one.number: said for one, said in zip(made.letters, told, strict=True)})
            if time.monotonic() > ends:
                await sending.hand_over(company, hook)
                return
            made = await sending.take(company, hook, mine=True)
    finally:
        _calling[slow] -= 1


async def _tell(made: sending.Round, letter: sending.Letter) -> Told:
    signed = signing.headers(made.secrets, letter.event, clock.now(), letter.body)
    told = await call(made.address, signed, letter.body)
    metrics.DELIVERIES.labels("webhook", told.error or "sent").inc()
    return told


async def call(address: str, headers: dict[str, str], body: bytes) -> Told:
    """How this address answers."""
    if database.in_transaction():
        raise RuntimeError("nobody may be called while a transaction is open")
    begun = time.monotonic()
    status: int | None = None
    error: str | None = None
    wish: timedelta | None = None
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await _post(address, headers, body)
        status, wish = answer.status_code, _wish(answer)
        error = _error(status)
    except TimeoutError:
        error = retries.TIMEOUT
    except Forbidden:
        error = retries.FORBIDDEN
    except socket.gaierror:
        error = retries.DNS
    except ssl.SSLError:
        error = retries.CERTIFICATE
    except httpx.TimeoutException:
        error = retries.TIMEOUT
    except httpx.ConnectError as fault:
        error = retries.CERTIFICATE if "CERTIFICATE" in str(fault).upper() else retries.CONNECTION
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as fault:
        log.info("webhook_lost", fault=fault)
        error = retries.LOST
    return Told(round((time.monotonic() - begun) * 1000), status, error, wish)


async def _post(address: str, headers: dict[str, str], body: bytes) -> httpx.Response:
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = await reached(host, port, secure=parts.scheme == "https")
    there = f"[{found}]" if ":" in found else found
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    told = {
        **headers, "host": parts.netloc, "content-type": "application/json", "accept": "*/*",
        "user-agent": f"Serambi/{release.number()}",
    }  # fmt: skip
    async with (
        httpx.AsyncClient(verify=_context(), timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
        # The name is what its certificate must be of, the address what is called.
        client.stream(
            "POST", f"{parts.scheme}://{there}:{port}{path}", content=body, headers=told,
            extensions={"sni_hostname": host},
        ) as answer,
    ):  # fmt: skip
        return answer


async def reached(host: str, port: int, *, secure: bool) -> str:
    """The address at which this host is called. Raises Forbidden unless a company may call all that it leads to."""
    async with asyncio.timeout(LOOKING_UP):
        asked = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(_LOOKUPS, asked)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    made = settings.current()
    for one in addresses:
        listed = settings.named(host, one, made.webhook_hosts)
        if not settings.may_be_told(host, one, made) or not (secure or listed):
            raise Forbidden(host)
    return addresses[0]


def _error(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return retries.REDIRECT
    return {410: retries.GONE, 429: retries.TOO_MANY}.get(status, retries.STATUS)


def _wish(answer: httpx.Response) -> timedelta | None:
    """For how long it asked to be left alone."""
    told = answer.headers.get("retry-after", "").strip()
    if answer.status_code not in (429, 503) or not told.isascii() or not told.isdecimal() or len(told) > 6:
        return None
    return timedelta(seconds=int(told))


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    """By whose word certificates are trusted."""
    return httpx.create_ssl_context()
