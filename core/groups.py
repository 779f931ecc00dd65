"""Work that is cheaper done together: whoever comes while it is busy is served with all others that wait then."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


class Groups(Generic[Asked, Answered]):
    """Hands what was added to `work`, as many at a time as wait, never more than `most`; nobody waits for more to come.

    A group that fails is tried again one by one, so that one who cannot be served harms no other. Belongs to one event
    loop.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Awaitable[Sequence[Answered]]], most: int) -> None:
        self._work, self._most = work, most
        self._waiting: list[tuple[Asked, asyncio.Future[Answered]]] = []
        self._busy: asyncio.Task[None] | None = None

    async def add(self, one: Asked) -> Answered:
        """The answer to this one, or what was raised for it; it is done even if whoever asked goes away."""
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._busy is None:
            self._busy = asyncio.create_task(self._serve(), context=Context())  # nobody's transaction
        return await answer

    async def _serve(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                if not await self._together(group) and len(group) > 1:
                    for single in group:
                        await self._together([single])
        finally:
            self._busy = None

    async def _together(self, group: list[tuple[Asked, asyncio.Future[Answered]]]) -> bool:
        """Whether all of them have an answer now; one that was alone has the fault as its answer."""
        try:
            answers = await self._work([one for one, _ in group])
        except Exception as fault:
            if len(group) == 1 and not group[0][1].done():
                group[0][1].set_exception(fault)
            return False
        for (_, waits), answer in zip(group, answers, strict=True):
            if not waits.done():
                waits.set_result(answer)
        return True
