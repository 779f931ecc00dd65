"""The floor of intake: verify, store once, commit, 200, by one writer in groups; SQLite FULL. `python intake.py PORT FILE`."""

# mypy: ignore-errors

import asyncio
import hmac
import json
import sqlite3
import sys

import uvicorn

SECRET = b"benchmark-secret"
waiting: list = []
bell = asyncio.Event()


def write(db, rows):
    db.execute("begin immediate")
    db.executemany("insert into inbound (external, body) values (?, ?) on conflict do nothing", rows)
    db.execute("commit")


async def writer():
    db = sqlite3.connect(sys.argv[2], isolation_level=None, check_same_thread=False)
    for line in ("pragma journal_mode=wal", "pragma synchronous=full"):
        db.execute(line)
    db.execute("create table if not exists inbound (id integer primary key, external text unique, body text)")
    while True:
        await bell.wait()
        bell.clear()
        group, waiting[:] = waiting[:512], waiting[512:]
        await asyncio.to_thread(write, db, [row for row, _ in group])
        for _, done in group:
            done.set_result(None)
        if waiting:
            bell.set()


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        asyncio.get_running_loop().create_task(writer())
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = (await receive())["body"]
    assert hmac.compare_digest(dict(scope["headers"])[b"x-telegram-bot-api-secret-token"], SECRET)
    done = asyncio.get_running_loop().create_future()
    waiting.append(((f"tg:{json.loads(body)['update_id']}", body), done))
    bell.set()
    await done
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
