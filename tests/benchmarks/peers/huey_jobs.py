"""huey on SQLite with its defaults; `huey_consumer huey_jobs.huey` works, `write` is called in another process."""

# mypy: ignore-errors

import os
import sys
import time
from pathlib import Path

from huey import SqliteHuey

sys.path.insert(0, str(Path(__file__).parents[3]))
from tests.benchmarks.slots import Slots

slots = Slots(os.environ["SLOTS"], int(os.environ["COUNT"]))
huey = SqliteHuey(filename=os.environ["QUEUE"])


@huey.task()
def nothing(number):
    slots.ran(number)


def write(first, count, pause):
    for number in range(first, first + count):
        slots.sent(number)
        nothing(number)
        time.sleep(pause)
