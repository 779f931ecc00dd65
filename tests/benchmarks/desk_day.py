"""Fifty agents work at the same desk over HTTP: a real server in a process of its own. `python -m tests.benchmarks.desk_day`.

Each opens the queue, takes the next, opens it, notes, answers and closes it by hand, `--turns` times, on SQLite and, where
`--postgres` (or the services of the tests) names a server, on PostgreSQL. Told is how long each act takes while all want
something. What gates is that nothing was refused or broke, that no ticket went to two agents, and that every answer and
every note stands once.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from core import database, migrate, settings
from core.accounts import joining, sign_in
from core.accounts.tables import Company
from core.helpdesk import tickets
from core.helpdesk.tables import Ticket, TicketEvent
from tests.benchmarks import intake
from tests.benchmarks.desk import KEY, lay
from tests.benchmarks.pages import accepted
from tests.services import free_port

ACTS = ("the queue", "take the next", "open it", "note", "answer", "done")


class Day:
    """What fifty agents did: how long each act took, what they wrote, and what went wrong."""

    def __init__(self) -> None:
        self.took: dict[str, list[float]] = {one: [] for one in ACTS}
        self.answers: list[str] = []
        self.notes: list[str] = []
        self.taken: list[str] = []
        self.wrong: list[str] = []

    async def ask(self, act: str, client: httpx.AsyncClient, path: str, **form: str) -> httpx.Response:
        """One request, timed; what is neither a page nor a redirect is wrong."""
        begun = time.perf_counter()
        answer = await (
            client.post(
                path, data=form, headers={"origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
            )
            if form
            else client.get(path)
        )
        self.took[act].append((time.perf_counter() - begun) * 1000)
        if answer.status_code not in (200, 303):
            self.wrong.append(f"{act}: {answer.status_code} {answer.text[:200]!r}")
        return answer

    def told(self) -> str:
        """The acts with their middle and their slow end."""
        return "; ".join(
            f"{act} {_at(took, 0.5):.0f} / {_at(took, 0.95):.0f}" for act, took in self.took.items() if took
        )


def _at(took: list[float], part: float) -> float:
    return sorted(took)[min(int(len(took) * part), len(took) - 1)]


async def work(day: Day, nth: int, url: str, slug: str, secret: str, turns: int) -> None:
    """One agent's day."""
    async with httpx.AsyncClient(base_url=url, timeout=120, cookies={"session": secret}) as client:
        for turn in range(turns):
            page = (await day.ask("the queue", client, f"/{slug}/tickets")).text
            csrf = _between(page, 'name="csrf" content="')
            taken = await day.ask("take the next", client, f"/{slug}/tickets/next", csrf=csrf)
            there = taken.headers.get("location", "").partition("?")[0]
            if there.count("/") != 3:
                day.wrong.append(f"nothing to take: {there}")
                continue
            day.taken.append(there)
            page = (await day.ask("open it", client, there)).text
            seen, words = _between(page, 'name="read" value="'), f"agen {nth} giliran {turn}."
            await day.ask("note", client, f"{there}/note", csrf=csrf, words=f"catatan {words}")
            day.notes.append(f"catatan {words}")
            await day.ask("answer", client, f"{there}/answer", csrf=csrf, words=words, read=seen, then="open")
            day.answers.append(words)
            await day.ask("done", client, f"{there}/resolve", csrf=csrf, read=seen)


def _between(page: str, begins: str) -> str:
    return page.partition(begins)[2].partition('"')[0]


async def lay_out(company_tickets: int, agents: int) -> tuple[int, str, list[str]]:
    """A company with its tickets, its agents and a session of each."""
    await migrate.migrate()
    await database.open_database(settings.current())
    try:
        await migrate.furnish()
        made, _ = await joining.add_company("PT Besar", "owner@besar.example")
        await lay(made.id, company_tickets)
        await accepted(made.id)
        async with database.installation(writes=False):
            row = await Company.objects().get(Company.id == made.id)
        assert row is not None
        async with database.transaction(made.id):
            accounts = [
                await joining.join(f"meja{nth}@besar.example", "agent", person=None, language="id")
                for nth in range(agents)
            ]
        return made.id, row.slug, [await sign_in.open_for(one) for one in accounts]
    finally:
        await database.close_database()


async def stands(company: int, day: Day) -> bool:
    """Whether what the agents wrote is there, each once, on tickets of their own that are all done."""
    await database.open_database(settings.current())
    try:
        async with database.reading(company):
            rows = await TicketEvent.objects().where(TicketEvent.by.like("account:%"))
            said = Counter(tickets.words_of(row) for row in rows if row.kind in ("answered", "noted"))
            done = await Ticket.count().where(Ticket.state == tickets.RESOLVED)
    finally:
        await database.close_database()
    wrote = Counter([*day.answers, *day.notes])
    twice = [one for one, times in Counter(day.taken).items() if times > 1]
    for words, these in (("lost", wrote - said), ("doubled or strange", said - wrote), ("taken twice", twice)):
        if these:
            day.wrong.append(f"{words}: {list(these)[:5]}")
    if done != len(day.taken):
        day.wrong.append(f"{done} done of {len(day.taken)} taken")
    return not day.wrong


def measure(url: str, folder: Path, name: str, given: argparse.Namespace) -> bool:
    """The day on one database."""
    port = free_port()
    environment = {
        "SERAMBI_DATABASE_URL": url, "SERAMBI_MASTER_KEY": KEY, "SERAMBI_SECRET_KEY": KEY,
        "SERAMBI_KEYS": f"{folder}/keys-{name}.db", "SERAMBI_FILES": f"{folder}/files-{name}",
        "SERAMBI_PORT": str(port), "SERAMBI_BASE_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip
    settings.use(settings.load(environment))
    company, slug, secrets = asyncio.run(lay_out(given.tickets, given.agents))
    day = Day()

    async def everybody() -> None:
        url = f"http://127.0.0.1:{port}"
        await asyncio.gather(*(work(day, nth, url, slug, one, given.turns) for nth, one in enumerate(secrets)))

    with intake.served([intake.SERAMBI, "run"], port, environment) as server:
        begun, busy = time.perf_counter(), server.busy()
        asyncio.run(everybody())
        spent, worked = time.perf_counter() - begun, server.busy() - busy
    kept = asyncio.run(stands(company, day))
    acts = sum(map(len, day.took.values()))
    print(
        f"{name}: {given.agents} agents, {given.tickets:,} tickets, {acts:,} acts in {spent:.0f} s ({worked / acts * 1000:.1f} ms of the "
        f"server's own work each); p50 / p95 in ms: {day.told()}; {len(day.answers)} answers and {len(day.notes)} notes, each once, "
        f"no ticket twice, no error: {kept}"
    )
    for fault in day.wrong[:10]:
        print(f"  wrong: {fault}")
    return kept


def main() -> int:
    """Print what each act takes on each database; 1 where anything was lost, doubled or refused."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--agents", type=int, default=50)
    told.add_argument("--turns", type=int, default=4)
    told.add_argument("--tickets", type=int, default=20_000)
    told.add_argument("--only", default="", help="sqlite or postgresql")
    given = told.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        if given.only in ("", "sqlite"):
            kept &= measure(f"sqlite:///{folder}/day.db", Path(folder), "sqlite", given)
        with intake.database() as url:
            if url and given.only in ("", "postgresql"):
                kept &= measure(url, Path(folder), "postgresql", given)
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
