"""When each job was written down and when it ran, kept in a file that several processes map: a moment costs nothing to note.

Moments are the machine's own clock, the same in all of its processes.
"""

import mmap
import struct
import time
from pathlib import Path
from statistics import median, quantiles

SIZE = 8


class Slots:
    """Two moments for each of `count` jobs, 0 where it has not come yet."""

    def __init__(self, path: str, count: int) -> None:
        self.count = count
        file = Path(path)
        if not file.exists():
            file.write_bytes(bytes(2 * SIZE * count))
        with file.open("r+b") as opened:
            self._held = mmap.mmap(opened.fileno(), 0)

    def sent(self, number: int) -> None:
        """This job is being written down."""
        struct.pack_into("d", self._held, SIZE * number, time.monotonic())

    def ran(self, number: int) -> None:
        """This job runs."""
        struct.pack_into("d", self._held, SIZE * (self.count + number), time.monotonic())

    def _moments(self, first: int, count: int) -> tuple[float, ...]:
        return struct.unpack_from(f"{count}d", self._held, SIZE * first)

    def done(self, first: int, count: int) -> bool:
        """Whether all of these ran."""
        return 0.0 not in self._moments(self.count + first, count)

    def rate(self, first: int, count: int) -> float:
        """How many of these ran in a second, from the first to the last."""
        ran = self._moments(self.count + first, count)
        return (count - 1) / (max(ran) - min(ran))

    def sending(self, first: int, count: int) -> float:
        """How many of these were written down in a second, one after the other."""
        sent = self._moments(first, count)
        return (count - 1) / (max(sent) - min(sent))

    def took(self, number: int) -> float:
        """From being written down to running, in milliseconds."""
        (sent,), (ran,) = self._moments(number, 1), self._moments(self.count + number, 1)
        return (ran - sent) * 1000

    def waited(self, first: int, count: int) -> tuple[float, float]:
        """From being written down to running, in milliseconds: median and p99."""
        pairs = zip(self._moments(first, count), self._moments(self.count + first, count), strict=True)
        took = [(ran - sent) * 1000 for sent, ran in pairs]
        return median(took), quantiles(took, n=100)[-1]
