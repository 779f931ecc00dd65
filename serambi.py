"""The front door: the command line, the web application, the only place that sees bot, backoffice and core together."""

# ruff: noqa: E402  what is imported below makes a million objects that stay: looking through them for rubbish is idle.
import gc

gc.disable()

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import uvicorn
import uvloop
from litestar import Litestar

from backoffice import pages, vitals
from backoffice.api import calls_out
from bot import commands as bot_commands
from bot import (
    console,
    conversation,
    delivery,
    door,
    erasing,
    homes,
    mail_in,
    polling,
    rehearsing,
    simulator,
    slack_hooks,
    slack_notices,
    sockets,
    templates_told,
    webhooks,
    wished,
)
from bot.channels import imap, slack, slack_setup, telegram_setup, web_chat, web_posts, whatsapp_setup
from bot.dialog.understood import in_words, understood
from core import (
    account_commands,
    backup_commands,
    backup_hourly,
    clock,
    command_line,
    commands,
    demo,
    demo_folder,
    demo_story,
    desk_figures,
    key_renewal,
    log,
    lookout,
    metrics,
    migrate,
    phrases,
    privacy_commands,
    pump,
    purges,
    release,
    settings,
)  # fmt: skip
from core.accounts import audit_nightly
from core.approvals import nudges as approval_nudges
from core.approvals import routing
from core.approvals import standing as approvals_standing
from core.audit import Actor
from core.command_line import Command, option
from core.commands import Stop, company_of, employee_of, opened
from core.errors import Refused
from core.helpdesk import outgoing
from core.leave import jobs as leave_jobs
from core.messaging import contact_notices, farewells, live, silent_chats
from core.people import applying, endings, leavers
from core.settings import Misconfigured, Settings

gc.freeze()
gc.enable()

ANSWERS = (
    conversation.answer,
    delivery.deliver,
    erasing.erase,
    leave_jobs.nightly,
    audit_nightly.nightly,
    key_renewal.nightly,
    applying.switch_over,
    endings.forget,
    leavers.hourly,
    farewells.say,
    contact_notices.tell,
    silent_chats.daily,
    approvals_standing.requests,
    purges.nightly,
    backup_hourly.hourly,
    approval_nudges.remind,
    routing.every_hour,
    rehearsing.hourly,
    slack_notices.receive,
    homes.refresh,
    templates_told.look,
    outgoing.leave,
    desk_figures.leave_left,
    calls_out.call_out,
)  # registered by being imported
COMMAND = Actor("command", "command")


# -- processes ---------------------------------------------------------------------------------------------------------


def make_app(*, trial: int | None = None) -> Litestar:
    """The web application: webhooks, chat, pages; with the trial page when a demo company is given."""
    return pages.application(
        [*webhooks.routes(), *slack_hooks.routes(), *web_posts.routes(), *vitals.routes()],
        read_talk=web_chat.read,
        play_talk=simulator.play,
        read_days=wished.read,
        slack=slack_setup.SETUP,
        bots={"telegram": telegram_setup.SETUP, "whatsapp": whatsapp_setup.SETUP},
        mail=imap.SETUP,
        draw_card=slack.CHANNEL.render,
        before=lambda app: door.before(app, [*webhooks.hooks(), *slack_hooks.hooks()]),
        trial=trial,
    )


async def serve(made: Settings, *, web: bool, works: bool, schedules: bool, trial: int | None = None) -> None:
    """Run parts of Serambi until told to stop; what runs comes to its end first."""
    if not (web and works) and not made.broker_url:
        raise Misconfigured(
            "separate processes need a doorbell between them: set SERAMBI_BROKER_URL, or use serambi run"
        )
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with opened(made):
        if works:
            await lookout.before_work()
            pump.start()
        watching = [asyncio.create_task(lookout.watch(stop, sweeps=works or schedules, schedules=schedules))]
        if works:
            watching.append(asyncio.create_task(sockets.listen(stop)))
            watching.append(asyncio.create_task(polling.poll(stop)))
            watching.append(asyncio.create_task(mail_in.poll(stop)))
        parts = "+".join(n for n, on in (("web", web), ("worker", works), ("scheduler", schedules)) if on)
        metrics.PROCESS.labels(parts, release.number()).set(1)
        log.info("started", process=parts)
        try:
            if web:
                await _serve(web_config(make_app(trial=trial), made), stop)
            elif made.probe_port:
                await _serve(web_config(vitals.application(), replace(made, port=made.probe_port)), stop)
            else:
                await stop.wait()
        finally:
            stop.set()
            await asyncio.gather(*watching)
            await pump.stop()
            await delivery.close()


class Web(uvicorn.Server):
    """uvicorn, told to stop by us: by itself it would raise the signal again, and kill what still runs."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def web_config(app: Any, made: Settings) -> uvicorn.Config:
    """How the web server runs; behind a proxy of ours, tries are counted by where people are, not by the proxy."""
    return uvicorn.Config(
        app, host=made.host, port=made.port, log_level="warning", access_log=False, server_header=False,
        timeout_graceful_shutdown=10, forwarded_allow_ips=[one.strip() for one in made.proxies.split(",")],
    )  # fmt: skip


async def _serve(config: uvicorn.Config, stop: asyncio.Event) -> None:
    server = Web(config)
    serving = asyncio.create_task(server.serve())
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, asked], return_when=asyncio.FIRST_COMPLETED)
    live.stop()  # the server waits until every answer has come to its end, and a stream has none
    server.should_exit = True
    await serving
    asked.cancel()


# -- commands ----------------------------------------------------------------------------------------------------------


async def run(made: Settings, given: argparse.Namespace) -> Any:
    parts = {
        "run": (True, True, True),
        "web": (True, False, False),
        "worker": (False, True, False),
        "scheduler": (False, False, True),
    }
    web, works, schedules = parts[given.command]
    await serve(made, web=web, works=works, schedules=schedules)


async def do_chat(made: Settings, given: argparse.Namespace) -> Any:
    async with opened(made):
        company = await company_of(given.company)
        employee = await employee_of(company, getattr(given, "as"))
        await console.talk(employee, as_json=given.json)


async def do_demo(made: Settings, given: argparse.Namespace) -> Any:
    wished = made.port
    made = demo_folder.settle(made, reset=given.reset)
    if made.port != wished:
        print(demo_folder.moved(made, wished), file=sys.stderr, flush=True)
    settings.use(made)
    await migrate.migrate()
    async with opened(made, rings=False):
        await migrate.furnish()
        laid = await demo.lay()
        if laid.sign_ins:
            await demo_story.tell(laid.company)
    notes = demo_folder.FOLDER / "sign-ins.json"
    if laid.sign_ins:
        notes.write_text(json.dumps(laid.sign_ins))
        notes.chmod(0o600)
    demo_folder.write_environment(made)
    url = made.public_url
    print(
        f"\nSerambi is starting at {url}\n\n  Try it:      {url}/try\n"
        f"  Backoffice:  {url}/{laid.slug}/\n  Portal:      {url}/me/\n  Operator:    {url}/operator/\n"
    )
    for name, email, password in json.loads(notes.read_text()):
        print(f"  {name:18} {email:22} {password:18} {demo.WHO.get(email.partition('@')[0], '')}")
    print("\n  Stop with Ctrl C. Start afresh: serambi demo --reset\n", flush=True)
    if made.port != wished:
        print(demo_folder.moved(made, wished), file=sys.stderr, flush=True)
    await serve(made, web=True, works=True, schedules=True, trial=laid.company)


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise Stop(f"{file} cannot be read: {unreadable}") from None


async def do_understand(made: Settings, given: argparse.Namespace) -> Any:
    """Say what the bot understands of a sentence, or of each line of a file, without company or database."""
    if bool(given.text) == bool(given.file):
        raise Stop("give one sentence, or --file with one sentence a line")
    lines = [given.text] if given.text else _lines(given.file)
    try:
        now = datetime.fromisoformat(given.now) if given.now else clock.now().astimezone(ZoneInfo(demo.WIB))
    except ValueError:
        raise Stop(f"--now {given.now} is no moment: write it like 2026-07-08T10:00:00+07:00") from None
    for line in filter(None, map(str.strip, lines)):
        told = understood(line, now, language=given.language)
        print(json.dumps(told, ensure_ascii=False) if given.json else in_words(told))


PORTS = (option("--host"), option("--port", type=int))
COMMANDS = (
    Command("run", "everything in one process", run, PORTS),
    Command("web", "the web part alone", run, PORTS),
    Command("worker", "the work alone", run),
    Command("scheduler", "the schedule alone", run),
    Command(
        "demo", "a demo installation with PT Maju Bersama", do_demo, (option("--reset", action="store_true"),),
        bare=True,
    ),
    *commands.COMMANDS,
    *account_commands.COMMANDS,
    *backup_commands.COMMANDS,
    *privacy_commands.COMMANDS,
    *bot_commands.COMMANDS,
    Command(
        "chat", "talk to the bot here, as an employee", do_chat,
        (option("--as", required=True, metavar="EMPLOYEE_NUMBER"), commands.COMPANY),
    ),
    Command(
        "understand", "what the bot understands of a sentence, or of each line of a file", do_understand,
        (
            option("text", nargs="?", metavar="TEXT"), option("--file", metavar="LINES.txt"),
            option("--now", metavar="ISO8601", help="the moment it is said (now)"),
            option("--language", choices=("id", "en"), help="of a sentence too short to tell"),
        ),
        bare=True,
    ),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one command; 0 only when it was done."""
    given = command_line.parser(COMMANDS).parse_args(arguments)
    log.configure()
    try:
        changed = {
            f"SERAMBI_{name.upper()}": str(value)
            for name in ("host", "port")
            if (value := getattr(given, name, None)) is not None
        }
        made = settings.load({**os.environ, **changed})
        settings.use(made)
        if not given.bare:
            settings.require_secrets(made)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            told = runner.run(given.does(made, given))
    except (Misconfigured, Stop) as no:
        print(no, file=sys.stderr)
        return 1
    except Refused as no:
        print(phrases.phrase(no.key, "en", **{name: str(value) for name, value in no.facts.items()}), file=sys.stderr)
        return 1
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    if told:
        text = told.pop("text")
        print(json.dumps(told) if given.json else text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
