"""The event stream of a tab: that something is new, never what. The page fetches it: rights are checked in one place.

An event's id is the version of what is looked at; a browser that comes back tells the last one it had, and hears at
once whether it missed something. A stream ends with `over` when nobody may look any more, or when too many tabs do.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine

from litestar import Controller, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Stream

from backoffice import asker, guards
from backoffice.asker import Connection, Web
from backoffice.guards import requires, standing
from core.accounts import acts_in, frames, sign_in
from core.accounts.roles import allowed
from core.messaging import live
from core.messaging.live import Key, Source

TALK = "talk"
KIND = "text/event-stream"
AGAIN = 3000  # milliseconds after which a browser comes back
HEADERS = {"x-accel-buffering": "no"}  # nginx would keep the events until it has some kilobytes of them
Still = Callable[[], Coroutine[None, None, bool]]


class LiveController(Controller):
    """`/live`: one stream per tab."""

    path = "/live"
    guards = (requires("chat", "own"),)

    @get()
    async def hear(self, request: Web, topics: FromQuery[str] = TALK) -> Response[str] | Stream:
        """What is new in one's own talk, for as long as one may read it."""
        if topics != TALK:
            raise NotFoundException
        where = standing(request)
        assert where.person is not None

        async def still() -> bool:
            return await may_still_read(request, where.company)

        return await stream(request, [(where.company, where.person)], still)


async def may_still_read(connection: Connection, company: int) -> bool:
    """Whether whoever asked is still signed in, and still may read their talk in this company."""
    return await may_still(connection, company, "chat", "own")


async def may_still(connection: Connection, company: int, resource: str, action: str) -> bool:
    """Whether whoever asked is still signed in, and may still do this in this company."""
    known = asker.of(connection)
    frame = None
    if known.frame is not None:
        found = await frames.find(known.frame.public)
        if found is None:
            return False
        frame = found.id
    signed = await sign_in.recognise(known.session, awake=False, frame=frame)
    if signed is None:
        return False
    places = await acts_in.places(signed.account, shut=signed.shut)
    place = next((one for one in places if one.company == company and not one.closed), None)
    if place is None:
        return False
    return allowed((await guards.as_of_today(place, signed.account)).place.roles, resource, action)


async def stream(
    request: Web, keys: Collection[Key], still: Still, *, of: Source = live.TALKS, topic: str = TALK
) -> Response[str] | Stream:
    """The stream of these talks, or of another source; who asks for no stream gets how they stand now."""
    if live.full(of):
        return Response("", status_code=503, headers={"retry-after": "30"})
    if KIND not in request.headers.get("accept", ""):
        async with live.looking(keys, of) as look:
            return Response(f"{topic} {look.version}\n", media_type="text/plain")
    last = request.headers.get("last-event-id", "")
    return Stream(_events(keys, last, still, of, topic), media_type=KIND, headers=HEADERS)


async def _events(
    keys: Collection[Key], last: str, still: Still, of: Source, topic: str
) -> AsyncIterator[bytes]:  # fmt: skip
    yield f"retry: {AGAIN}\n\n".encode()
    async with live.looking(keys, of) as look:
        while not look.over:
            if look.version != last:
                last = look.version
                yield f"id: {last}\nevent: news\ndata: {topic} {last}\n\n".encode()
            else:
                yield b": still here\n\n"
            await look.wait(live.BEAT)
            # A browser that goes away ends this here, and the question with it: a query is not to be torn.
            if not look.over and not await asyncio.shield(still()):
                break
    if not live.stopping():
        yield b"event: over\ndata: \n\n"
