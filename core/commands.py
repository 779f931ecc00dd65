"""The commands that need only core: companies, people, migrations, the doctor; each tells what it did or stops."""

import argparse
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core import audit, clock, database, doorbell, health, jobs, key_renewal, migrate, phrases, release, settings, vault
from core.accounts import joining, keys
from core.accounts.tables import Company
from core.audit import Actor
from core.calendar import cases, promises
from core.command_line import Command, option
from core.knowledge import answers
from core.leave import opening
from core.messaging import account_mail, mail
from core.people import columns, directory, identities, imports
from core.settings import Settings

COMMAND = Actor("command", "command")


class Stop(Exception):
    """A command cannot do what was asked; the message says what to do."""


@asynccontextmanager
async def opened(made: Settings, *, rings: bool = True, checks: bool = True) -> AsyncIterator[None]:
    """The database and the doorbell, ready for this process and let go of at its end.

    Stops before anything is touched when the database is of another release, or was sealed with another key.
    """
    settings.use(made)
    await database.open_database(made)
    try:
        if checks and await migrate.pending():
            raise Stop("the database is older than this release. Run: serambi migrate")
        if checks and (wrong := await keys.trouble()):
            raise Stop(wrong)
        if rings:
            doorbell.connect(made.broker_url)
        yield
    finally:
        if rings:
            doorbell.disconnect()
        await database.close_database()
        vault.close()


async def do_migrate(made: Settings, given: argparse.Namespace) -> Any:
    """Bring the database to this release, and put in what every installation has."""
    done = await migrate.migrate()
    async with opened(made, rings=False):
        await migrate.furnish()
    return {
        "done": done,
        "text": "\n".join(f"ran {name}" for name in done) or "Nothing to run: the database is in step.",
    }


async def do_doctor(made: Settings, given: argparse.Namespace) -> Any:
    """Look for what is wrong; Stop when something is."""
    async with opened(made, checks=False):
        checks = await health.doctor()
    lines = [
        f"{'ok  ' if one.well else 'FAIL'}  {one.name}: {one.told}" + ("" if one.well else f"\n      {one.advice}")
        for one in checks
    ]
    told = {"checks": [vars(one) for one in checks], "text": "\n".join(lines)}
    if not all(one.well for one in checks):
        raise Stop(json.dumps(told["checks"]) if given.json else str(told["text"]))
    return told


async def company_add(made: Settings, given: argparse.Namespace) -> Any:
    """Add a company; its first Super Administrator signs in by the link."""
    async with opened(made):
        company, secret = await joining.add_company(given.name, given.admin, by=COMMAND)
        mailed = bool(made.smtp_url)
        if mailed:
            async with database.transaction(company.id):
                await account_mail.welcome(await joining.account_of(given.admin), secret)
            await _sent()
    link = f"{made.public_url}/sign-in/{secret}"
    told = f"The link to sign in was sent to {given.admin}" if mailed else f"First sign-in (once, 3 days): {link}"
    answer = {"company": company.slug, "text": f"Company {company.slug} is ready. {told}"}
    return answer | ({"mailed": True} if mailed else {"link": link})


async def people_import(made: Settings, given: argparse.Namespace) -> Any:
    """Register the people of a file, or say which cells stand in the way."""
    raw, begins = _read(given.file), _day(given.since)
    async with opened(made):
        company = await company_of(given.company)
        if given.dry_run:
            checked = await imports.check(company, raw, begins=begins)
        else:
            name = Path(given.file).name
            checked = await imports.take(company, raw, actor=COMMAND, begins=begins, name=name)
        if not checked.bad and not given.dry_run:
            await jobs.drain()
    bad = [
        {
            "row": one.row, "column": one.column, "cell": one.cell,
            "reason": phrases.phrase(one.key, "en", value=one.value),
        }
        for one in checked.bad
    ]  # fmt: skip
    counts = {"new": checked.new, "changed": checked.changed, "same": checked.same}
    if bad:
        table = "\n".join(
            f"row {one['row'] or '-'}\t{one['column'] or '-'}\t{one['cell'] or '-'}\t{one['reason']}" for one in bad
        )
        told = json.dumps({**counts, "bad": bad})
        raise Stop(told if given.json else f"Nothing was taken. Correct these cells and try again:\n{table}")
    verb = "would be registered" if given.dry_run else "registered"
    text = f"{checked.new} people {verb}, {checked.changed} changed, {checked.same} as they were."
    # A number alone may be a slip: whoever reads the name sees that it is somebody else's.
    lines = [f"{number}\t{name}\t{', '.join(names)}" for number, name, names in checked.whose]
    whose = [{"employee_number": number, "name": name, "columns": names} for number, name, names in checked.whose]
    return {**counts, "by_number": whose, "bad": [], "text": "\n".join([*lines, text])}


async def leave_opening(made: Settings, given: argparse.Namespace) -> Any:
    """Make balances what a file says they were, or say which cells stand in the way."""
    raw = _read(given.file)
    async with opened(made):
        company = await company_of(given.company)
        async with database.transaction(company):
            checked = await opening.check(raw) if given.dry_run else (await opening.take(raw, actor=COMMAND))[0]
    bad = [
        {"row": one.line, "column": one.column, "reason": phrases.phrase(one.key, "en", value=one.value)}
        for one in checked.bad
    ]
    changed = [one for one in checked.rows if one.change]
    if bad:
        table = "\n".join(f"row {one['row'] or '-'}\t{one['column'] or '-'}\t{one['reason']}" for one in bad)
        told = json.dumps({"changed": 0, "bad": bad})
        raise Stop(told if given.json else f"Nothing was taken. Correct these cells and try again:\n{table}")
    verb = "would be changed" if given.dry_run else "changed"
    lines = [
        f"{one.number}\t{one.leave_type}\t{phrases.hari(one.now, 'en')} -> {phrases.hari(one.quantity, 'en')}"
        for one in changed
    ]
    text = "\n".join([*lines, f"{len(changed)} balances {verb}, {len(checked.rows) - len(changed)} as they were."])
    return {"changed": len(changed), "same": len(checked.rows) - len(changed), "bad": [], "text": text}


async def people_invite(made: Settings, given: argparse.Namespace) -> Any:
    """Make an employee's code, and the link to the portal where an address is known."""
    async with opened(made):
        company = await company_of(given.company)
        employee = await employee_of(company, given.employee_number)
        code, expires = await identities.invite(employee, actor=COMMAND)
        link, why = await joining.portal_link(employee, by=COMMAND, mailed=bool(made.smtp_url))
        mailed = bool(made.smtp_url) and await account_mail.invitation(employee, code, expires, link)
        if mailed:
            await _sent()
    told = {"code": f"{code[:4]}-{code[4:]}", "expires": expires.isoformat()}
    text = f"Code for {employee.name}: {told['code']} (once, until {phrases.saat(expires, employee.zone, 'en')})"
    if mailed:
        text += "\nSent by mail, with the link to the portal." if link else "\nSent by mail."
    elif link is not None:
        told["link"] = f"{made.public_url}/sign-in/{link}"
        text += f"\nPortal, first sign-in (once): {told['link']}"
    if why == "elsewhere" and not mailed:
        text += (
            f"\nThis address acts in another company too, so its link goes by mail only (SERAMBI_SMTP_URL). With the "
            f"password it has, it signs in at {made.public_url}/sign-in"
        )
    return {**told, "text": text}


async def calendar_due(made: Settings, given: argparse.Namespace) -> Any:
    """When an answer to what arrived at an instant is promised, and when it is aimed at, with the receipt of both."""
    said = getattr(given, "from")
    try:
        since = datetime.fromisoformat(said)
    except ValueError:
        raise Stop(f"--from: {said!r} is no day and time; write it like 2026-07-03T17:00:00+07:00") from None
    if since.tzinfo is None:
        raise Stop("--from needs its offset from UTC: write it like 2026-07-03T17:00:00+07:00")
    async with opened(made), database.reading(await company_of(given.company)):
        answer = await promises.due(given.policy, since)
    last = answer.last_office_moment
    told = {
        "policy": given.policy,
        "from": since.isoformat(),
        "promise": _clock(answer.promise),
        "target": _clock(answer.target),
        "last_office_moment": last.isoformat() if last else None,
        "estimated": [day.isoformat() for day in answer.estimated],
        "calendar_version": answer.version,
    }
    lines = [*_receipt("promise", answer.promise), *_receipt("target", answer.target)]
    if last:
        lines.append(f"last office moment before the promise: {last:%a %d %b %Y %H:%M %Z}")
    lines += [f"{day:%a %d %b %Y} is an estimate: its decree may move it" for day in answer.estimated]
    return {**told, "text": "\n".join(lines)}


def _clock(due: promises.Due) -> dict[str, Any]:
    receipt = [
        {
            "from": one.starts.isoformat(), "to": one.ends.isoformat(), "seconds": one.counts.total_seconds(),
            "kind": one.kind, "name": one.name,
        }
        for one in due.receipt
    ]  # fmt: skip
    return {"due": due.at.isoformat() if due.at else None, "receipt": receipt}


def _receipt(name: str, due: promises.Due) -> list[str]:
    if due.at is None:
        return [f"{name}: unknown, a closure without an end stands before it"]
    lines = [f"{name}: {due.at:%a %d %b %Y %H:%M:%S %Z}"]
    for one in due.receipt:
        why = one.name or {"hours": "outside hours", "day": "no working day"}.get(one.kind, one.kind)
        counted = str(one.counts) if one.kind == "open" else "-"
        lines.append(f"  {one.starts:%a %d %b %H:%M} - {one.ends:%a %d %b %H:%M}  {counted:>16}  {why}")
    return lines


async def calendar_check(made: Settings, given: argparse.Namespace) -> Any:
    """Answer the worked cases of a file, one line a case; Stop when an answer is not the expected one."""
    try:
        answers = cases.read(_read(given.file))
    except ValueError as wrong:
        raise Stop(f"{given.file} is {wrong}") from None
    for one in answers:
        words = "DIFFERS  " + "; ".join(one.differences) if one.differences else "ok"
        plain = f"{one.id}\tdue {one.due or 'unknown'}\telapsed {one.elapsed_s} s\t"
        print(json.dumps(one.told()) if given.json else f"{plain}{'breached' if one.breached else 'kept'}\t{words}")
    differ = sum(bool(one.differences) for one in answers)
    if differ:
        raise Stop(f"{differ} of {len(answers)} cases differ.")
    return None


async def kb_ask(made: Settings, given: argparse.Namespace) -> Any:
    """What the articles of this release answer an employee, with the score of each that came near."""
    return answers.asked(given.question, given.language)


async def keys_rotate(made: Settings, given: argparse.Namespace) -> Any:
    """Wrap the keys with the master key of now, and have everybody's data sealed anew with new keys."""
    async with opened(made):
        rewrapped, companies = 0, 0
        if not given.status:
            rewrapped = vault.keyring().rewrap()
            companies = await key_renewal.begin(before=clock.now())
        waiting = await key_renewal.standing()
    lines = [f"{one['company']}: at {one['stage']}, {one['sealed']} fields so far" for one in waiting]
    if not given.status:
        lines = [
            f"{rewrapped} keys wrapped anew; the data of {companies} companies are sealed anew in the background.",
            "How far it is: serambi keys rotate --status",
            *(["SERAMBI_OLD_MASTER_KEY is not needed any more: remove it."] if made.old_master_key else []),
        ]
    return {"rewrapped": rewrapped, "waiting": waiting, "text": "\n".join(lines) or "Everything is sealed anew."}


async def audit_acknowledge(made: Settings, given: argparse.Namespace) -> Any:
    """Answer for a gap in a company's audit, after an older database was put back."""
    async with opened(made), database.transaction(await company_of(given.company)):
        gap = await audit.acknowledge(given.reason, by=COMMAND)
    return {"number": gap.number, "text": f"The gap from entry {gap.number} is on record, with your reason."}


async def mail_waiting(made: Settings, given: argparse.Namespace) -> Any:
    """The mail that waits for a mail server, of every company: it holds links that sign in."""
    async with opened(made):
        async with database.installation(writes=False):
            companies = await Company.select(Company.id, Company.slug)
        found = [(row["slug"], one) for row in companies for one in await mail.waiting(row["id"])]
    lines = [f"{slug}\t{one.to}\t{one.subject}\n{one.text}\n" for slug, one in found]
    return {
        "mail": [{"company": slug, "to": one.to, "subject": one.subject, "text": one.text} for slug, one in found],
        "text": "\n".join(lines) or "No mail is waiting.",
    }


async def _sent() -> None:
    """Have what was posted leave now, as far as it does; what does not is tried again by the worker."""
    with suppress(KeyError):  # a command without the bot's channels leaves it to the worker
        await jobs.drain()


async def do_version(made: Settings, given: argparse.Namespace) -> Any:
    """Which release this is."""
    return {"version": release.number(), "text": f"serambi {release.number()}"}


async def company_of(name: str) -> int:
    """The company of this name or slug, or Stop."""
    async with database.installation():
        found = await joining.by_name(name)
    if found is None:
        raise Stop(f"there is no company {name!r}. Add it with: serambi company add {name!r} --admin EMAIL")
    return int(found.id)


async def employee_of(company: int, number: str) -> directory.Employee:
    """The employee with this number, or Stop."""
    async with database.reading(company):
        found = await directory.by_number(number)
    if found is None:
        raise Stop(f"there is no employee {number!r} in this company: check the number in the people file")
    return found


def _day(value: str) -> date | None:
    found = columns.day(value)
    if value and found is None:
        raise Stop(f"--since {value} is not a date: write it like 2026-07-06")
    return found


def _read(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as unreadable:
        raise Stop(f"{file} cannot be read: {unreadable.strerror}") from None


COMPANY = option("--company", required=True, metavar="NAME")
COMMANDS = (
    Command("migrate", "bring the database to this release", do_migrate),
    Command("doctor", "look for what is wrong, and say what to do", do_doctor),
    Command(
        "keys rotate", "new keys for all, and the data sealed anew in the background", keys_rotate,
        (option("--status", action="store_true", help="how far it is; begins nothing"),),
    ),
    Command("version", "the release", do_version, bare=True),
    Command(
        "calendar due", "when an answer is promised and aimed at, with the receipt of both", calendar_due,
        (
            COMPANY, option("--policy", required=True, choices=promises.POLICIES),
            option("--from", required=True, metavar="ISO8601"),
        ),
    ),
    Command(
        "calendar check", "run worked cases of the clock, and name what differs", calendar_check,
        (option("file", metavar="FILE.json"),), bare=True,
    ),
    Command(
        "kb ask", "what an article answers to a question, and how near it came", kb_ask,
        (option("question", metavar="QUESTION"), option("--language", choices=("id", "en"), default="id")), bare=True,
    ),
    Command(
        "company add", "add a company and its first Super Administrator", company_add,
        (option("name", metavar="NAME"), option("--admin", required=True, metavar="EMAIL")),
    ),
    Command(
        "audit acknowledge", "answer for a gap in the audit, after an older database was put back", audit_acknowledge,
        (COMPANY, option("--reason", required=True)),
    ),
    Command("mail waiting", "the mail that waits for a mail server, with its links", mail_waiting),
    Command(
        "people import", "register and change people from a CSV or XLSX file: all or nothing", people_import,
        (
            option("file", metavar="FILE.csv|.xlsx"), COMPANY, option("--dry-run", action="store_true"),
            option("--since", metavar="YYYY-MM-DD", default="", help="from when changes of work hold (today)"),
        ),
    ),
    Command(
        "leave opening", "make balances of leave what a CSV or XLSX file says: all or nothing", leave_opening,
        (option("file", metavar="FILE.csv|.xlsx"), COMPANY, option("--dry-run", action="store_true")),
    ),
    Command(
        "people invite", "make the one-time code that links a chat account", people_invite,
        (option("employee_number", metavar="EMPLOYEE_NUMBER"), COMPANY),
    ),
)  # fmt: skip
