"""The commands about data that go, went, must stay or got out: each `privacy` command."""

import argparse
import json
import time
from typing import Any

from core import clock, database, purges
from core.audit import Actor
from core.command_line import Command, option
from core.commands import COMMAND, COMPANY, Stop, company_of, opened
from core.people import directory
from core.people.tables import Employment
from core.privacy import breaches, certificates, erasure, erasure_plan, retained
from core.privacy.breach_rules import EVERYBODY, Facts
from core.settings import Settings


async def privacy_plan(made: Settings, given: argparse.Namespace) -> Any:
    """Print what would become of everything held about somebody, and do nothing; two persons have it done on a page."""
    async with opened(made, rings=False):
        company = await company_of(given.company)
        async with database.reading(company):
            row = await Employment.select(Employment.person).where(Employment.number == given.number).first()
            if row is None:
                raise Stop(f"nobody has the number {given.number} in this company: look it up under People")
            name = await directory.person_name(row["person"])
            plan = await erasure_plan.plan_erasure(row["person"])
    lines = [f"{name}: {'all of it' if plan.scope == erasure_plan.WHOLE else 'what the work does not need'}"]
    lines += [
        f"{one.act}\t{one.table}\t{one.rows}\t{', '.join(one.columns)}\t{one.reason} {one.until}".rstrip()
        for one in plan.items
    ]
    if plan.hold is not None:
        lines.append("A legal hold stands on these data: nothing goes until it is released.")
    return {"scope": plan.scope, "held": plan.hold is not None, "items": plan.told(), "text": "\n".join(lines)}


async def privacy_replay(made: Settings, _: argparse.Namespace) -> Any:
    """Have everything go again that an older database has brought back; `restore` does it by itself."""
    async with opened(made, rings=False):
        done = await erasure.replay()
    return {"erased": done, "text": f"{done} erased again." if done else "Nothing to do: whoever was erased is gone."}


async def privacy_drill(made: Settings, given: argparse.Namespace) -> Any:
    """Rehearse a breach of everybody's data: list whom it concerns, draft the letters, send nothing, and close it."""
    words = "a drill: nothing happened, and nothing was sent"
    async with opened(made, rings=False):
        company, begun = await company_of(given.company), time.monotonic()
        async with database.transaction(company):
            row = await breaches.declare(
                whose=EVERYBODY, of=None, numbers="", kinds=["identity", "contact"], facts=Facts(words, words, words),
                authority="-", found_at=clock.now(), by=Actor("serambi", "command"), drill=True,
            )  # fmt: skip
        last: int | None = 0
        while last is not None:
            last = await breaches.list_next(company, row.id, last)
        async with database.transaction(company):
            fresh = await breaches.of_public(row.public)
            assert fresh is not None
            ways = await breaches.ways_of(fresh)
            await breaches.close(fresh, words, by=Actor("serambi", "command"))
        took = time.monotonic() - begun
    told = ", ".join(f"{number} by {way}" for way, number in ways.items())
    return {
        "number": row.number, "people": fresh.people, "ways": dict(ways), "seconds": round(took, 1),
        "text": f"{row.number}: {fresh.people} people, their letters drafted in {took:.1f} s ({told}); none was sent.",
    }  # fmt: skip


async def privacy_retention(made: Settings, given: argparse.Namespace) -> Any:
    """Let go of what was kept long enough, as every night; with --dry-run only count it. Either way it is certified."""
    async with opened(made, rings=False):
        company = await company_of(given.company)
        if given.dry_run:
            goes, held = await purges.due(company)
            async with database.transaction(company):
                await certificates.note(goes, held, dry=True)
        else:
            await purges.sweep(company)
            await retained.let_go(company)
        async with database.reading(company):
            rows = await certificates.newest(1)
    if not rows:
        return {"rows": {}, "held": {}, "text": "Nothing has been kept long enough."}
    row = rows[0][0]
    goes, held = json.loads(row.counts), json.loads(row.held)
    lines = [f"{'would go' if row.dry else 'went'}\t{name}\t{number}" for name, number in goes.items()]
    lines += [f"held\t{name}\t{number}" for name, number in held.items()]
    lines.append(f"Certificate of {row.at.isoformat()}: {row.signature}")
    return {"rows": goes, "held": held, "dry": row.dry, "signature": row.signature, "text": "\n".join(lines)}


async def privacy_retained(made: Settings, given: argparse.Namespace) -> Any:
    """Print what the law wants kept of somebody whose data went, for a tax office or an auditor; it is on record."""
    number = given.erasure.removeprefix("E-")
    if not number.isdigit():
        raise Stop("give the number of the erasure as its page tells it, such as E-12")
    async with opened(made, rings=False):
        company = await company_of(given.company)
        async with database.transaction(company):
            facts = await retained.opened(int(number), given.reason, by=COMMAND)
    lines = [f"{one.place}\t{one.value or '(its year is over)'}\tuntil {one.until}" for one in facts]
    return {
        "facts": [{"place": one.place, "value": one.value, "until": one.until.isoformat()} for one in facts],
        "text": "\n".join(lines) or "Nothing is kept of it.",
    }


COMMANDS = (
    Command(
        "privacy retention", "let go of what was kept long enough, with a certificate", privacy_retention,
        (option("--dry-run", action="store_true"), COMPANY),
    ),
    Command(
        "privacy retained", "what the law wants kept of somebody whose data went", privacy_retained,
        (option("erasure", metavar="ERASURE"), option("--reason", required=True), COMPANY),
    ),
    Command(
        "privacy plan", "what would become of everything held about somebody", privacy_plan,
        (option("number", metavar="EMPLOYEE_NUMBER"), COMPANY),
    ),
    Command("privacy drill", "rehearse a data breach: list, draft, send nothing", privacy_drill, (COMPANY,)),
    Command("privacy replay", "erase again what an older database has brought back", privacy_replay),
)  # fmt: skip
