"""How fast Telegram lets us speak: what it says itself, and no faster than it is known to bear.

Its limits are not published and change. So a refusal is obeyed to the second, in that chat; when several chats are
refused at once it was the bot that was too fast, and everything waits.
"""

import asyncio
import time
from collections import deque

from bot.channels.contract import Later
from core import clock

MOST_A_SECOND = 25  # of the about thirty that Telegram's own list of questions names
SEVERAL = 3  # chats that are refused at the same time: then it is about all of them


class Pace:
    """What one process has been told, and how much it said within the last second."""

    def __init__(self) -> None:
        self._shut: dict[str, float] = {}  # chat -> until when, by our clock
        self._said: deque[float] = deque(maxlen=MOST_A_SECOND)

    async def room(self, chat: str) -> None:
        """Wait for the moment that a second has room; raise Later where Telegram told us to wait."""
        now = clock.now().timestamp()
        self._shut = {one: until for one, until in self._shut.items() if until > now}
        until = max(self._shut.values(), default=0.0) if len(self._shut) >= SEVERAL else self._shut.get(chat, 0.0)
        if until > now:
            raise Later(until - now, "too many")
        at = time.monotonic()
        turn = max(at, self._said[0] + 1) if len(self._said) == MOST_A_SECOND else at
        self._said.append(turn)
        await asyncio.sleep(turn - at)

    def slower(self, chat: str, seconds: float | None) -> None:
        """Telegram refused: nothing goes to this chat for so long."""
        self._shut[chat] = clock.now().timestamp() + (seconds or 0.0)
