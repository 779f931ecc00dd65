"""The floor of jobs: each written down by a commit of its own, eight taken and ended by one; SQLite FULL, nothing else.

`python jobs.py SLOTS FILE BACKLOG PACED`: the backlog is written, then worked off; then one every ten milliseconds.
"""

# mypy: ignore-errors

import json
import sqlite3
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
from tests.benchmarks.slots import Slots

slots = Slots(sys.argv[1], int(sys.argv[3]) + int(sys.argv[4]))
db = sqlite3.connect(sys.argv[2], isolation_level=None)
for line in ("pragma journal_mode=wal", "pragma synchronous=full"):
    db.execute(line)
db.execute("create table job (id integer primary key, args text, state text, attempts integer default 0)")
db.execute("create index job_next on job (id) where state = 'queued'")
TAKE = """update job set state = 'running', attempts = attempts + 1 where id in
          (select id from job where state = 'queued' order by id limit 8) returning id, args"""


def put(number):
    slots.sent(number)
    db.execute("begin immediate")
    db.execute("insert into job (args, state) values (?, 'queued')", [json.dumps([number])])
    db.execute("commit")


def work(ended):
    db.execute("begin immediate")
    db.executemany("update job set state = 'done' where id = ?", ended)
    taken = db.execute(TAKE).fetchall()
    db.execute("commit")
    for _, args in taken:
        slots.ran(*json.loads(args))
    return [(number,) for number, _ in taken]


backlog, paced = int(sys.argv[3]), int(sys.argv[4])
for number in range(backlog):
    put(number)
ended = work([])
while ended:
    ended = work(ended)
for number in range(backlog, backlog + paced):
    put(number)
    work(work([]))
    time.sleep(0.01)
