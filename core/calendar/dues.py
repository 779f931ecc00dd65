"""Every due of one length on one calendar, laid out once; what a due is then is one search and one sum. Pure.

While an instant moves through open time, its due moves along; while it moves through closed time, the due stands still.
So the dues of all instants are pieces, each of them either moving or standing, and a calendar has a few for each day.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise


class Dues:
    """`of` answers in microseconds since 1970, for instants from `first` on and before `last`."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int], length: int, first: int) -> None:
        self.first = self.last = first
        self._begins: list[int] = []  # where each piece begins
        self._moves: list[int] = []  # what is added to an instant of it, where its due moves along
        self._stands: list[int] = []  # the due of all instants of it, where it stands still; else 0
        if length > 0 and starts:
            self._lay(starts, ends, length)

    def of(self, at: int) -> int | None:
        """When so much time has passed since `at`; None where this table does not reach."""
        if not self.first <= at < self.last:
            return None
        piece = bisect_right(self._begins, at) - 1
        return self._stands[piece] or at + self._moves[piece]

    def _lay(self, starts: Sequence[int], ends: Sequence[int], length: int) -> None:
        last, into = len(starts) - 1, 0  # the interval in which the due falls, and how far into it
        left = length
        while left > ends[into] - starts[into]:
            left -= ends[into] - starts[into]
            into += 1
            if into > last:
                return
        due = starts[into] + left
        self.first = max(self.first, starts[0])
        for (begins, closes), (opens, _) in pairwise(zip(starts, ends, strict=True)):
            at = begins
            while at < closes:
                self._piece(at, due - at, 0)
                step = min(closes - at, ends[into] - due)
                at, due = at + step, due + step
                if at < closes:  # the due has reached a closing minute; a moment later it lies in the next interval
                    into += 1
                    if into > last:
                        self.last = at + 1
                        return
                    at, due = at + 1, starts[into] + 1
            self._piece(closes, 0, due)
            self.last = opens

    def _piece(self, begins: int, moves: int, stands: int) -> None:
        self._begins.append(begins)
        self._moves.append(moves)
        self._stands.append(stands)
