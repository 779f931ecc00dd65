"""Many at once: exactly one wins, and the others are told so."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from core import clock, database, engines, settings
from core.audit import Actor
from core.errors import Refused
from core.leave import lots, requests
from core.leave.policy import Period
from core.people import directory
from tests.faults import checker, story
from tests.faults.books import Books, copied, dropped
from tests.faults.conftest import Founded, Shape, Tried
from tests.faults.installation import BEGINS, Installation, copy_file
from tests.faults.story import ADMINISTRATORS, HEADLESS, slack_of, telegram_of
from tests.faults.table import scaled
from tests.outside import slack
from tests.outside.serving import Hook, Shown

DAYS = ("30 november", "1 desember", "2 desember", "3 desember")  # an employee has four days left
AT_ONCE = 50
_hashes = itertools.count(1)


async def _ask(installation: Installation, numbers: Sequence[str], day: str) -> None:
    """These employees ask for this day, all at once."""
    asked = [installation.telegram.update(f"cuti {day}", telegram_of(number)) for number in numbers]
    await asyncio.gather(*(installation.hand_over(hook) for hook in asked))
    await installation.settle()
    sent = [installation.telegram.press("Ya, ajukan", telegram_of(number)) for number in numbers]
    await asyncio.gather(*(installation.hand_over(hook) for hook in sent))
    await installation.settle()


def _card(installation: Installation, administrator: str, number: str, round_: str) -> Shown:
    """The card of that request as this administrator has it."""
    return next(
        shown
        for shown in reversed(installation.slack.in_place(slack_of(administrator)))
        if f"Karyawan {number}" in shown.words and round_ in shown.words.lower() and "Setujui" in shown.buttons
    )


def _press(installation: Installation, card: Shown, administrator: str, title: str) -> Hook:
    channel, _, stamp = card.ref.partition(":")
    return slack.press(card.buttons[title], slack_of(administrator), channel=channel, ts=stamp, at=installation.at)


async def _reasons(installation: Installation, card: Shown, administrator: str, copies: int) -> list[Hook]:
    """Open the window that asks for a reason, and send it so many times, as if each were another."""
    opened = len(installation.slack.views)
    await installation.hand_over(_press(installation, card, administrator, "Tolak"))
    await installation.settle()
    assert len(installation.slack.views) == opened + 1, installation.complaints()
    view = installation.slack.views[-1]
    stamp = int(installation.at)
    return [
        slack.submission(
            "Sedang tutup buku", slack_of(administrator), view=view | {"hash": f"{stamp}.{next(_hashes)}"},
            at=installation.at,
        )
        for _ in range(copies)
    ]  # fmt: skip


async def _rounds(shape: Shape, rounds: int, tried: Tried) -> None:
    async with shape.opened() as installation:
        installation.slack.trigger_lives = 60.0  # the machine of a test may be slow
        await installation.start()
        people = HEADLESS[: -(-rounds // len(DAYS))]
        await story.link(installation, [*ADMINISTRATORS, *people])
        wrong: list[str] = []
        done = 0
        for day in DAYS:
            if done == rounds:
                break
            await _ask(installation, people, day)
            for number in people[: rounds - done]:
                wrong += await _press_at_once(installation, number, day.removesuffix("ember").removesuffix("sem"))
                done += 1
        wrong += await checker.complaints(installation.books, by=installation.now())
        tried(f"{AT_ONCE} presses of ten approvers at once", shape.name, done, lost=wrong)
        assert not wrong, "\n".join([*wrong, installation.complaints()])


async def _press_at_once(installation: Installation, number: str, day: str) -> list[str]:
    """Ten approvers press fifty times; what is wrong afterwards."""
    cards = {who: _card(installation, who, number, day) for who in ADMINISTRATORS}
    rejecting = ADMINISTRATORS[int(number[1:]) % len(ADMINISTRATORS)]
    hooks = await _reasons(installation, cards[rejecting], rejecting, AT_ONCE // len(ADMINISTRATORS))
    hooks += [
        _press(installation, card, who, "Setujui")
        for _ in range(AT_ONCE // len(ADMINISTRATORS))
        for who, card in cards.items()
        if who != rejecting
    ]
    assert len(hooks) == AT_ONCE
    before = await installation.books.one("select count(*) as n from decision")
    await asyncio.gather(*(installation.hand_over(hook) for hook in hooks))
    await installation.settle()
    after = await installation.books.one("select count(*) as n from decision")
    wrong = [] if after["n"] == before["n"] + 1 else [f"{number}, {day}: {after['n'] - before['n']} decisions"]
    for who in ADMINISTRATORS:
        card = next(one for one in installation.slack.in_place(slack_of(who)) if one.ref == cards[who].ref)
        if card.buttons or not ("Disetujui" in card.words or "Ditolak" in card.words):
            wrong.append(f"the card of {who} says {card.words!r}")
    told = [
        words
        for words in installation.telegram.words(str(telegram_of(number)))
        if words.startswith(("Disetujui", "Tidak disetujui"))
    ]
    decided = DAYS.index(next(one for one in DAYS if one.startswith(day))) + 1
    return wrong if len(told) == decided else [*wrong, f"{number} was told {len(told)} times: {told}"]


async def test_one_of_fifty_presses_decides_on_sqlite(on_file: Shape, tried: Tried) -> None:
    await _rounds(on_file, 1, tried)


@pytest.mark.whole
@pytest.mark.timeout(3600)
async def test_one_of_fifty_presses_decides_on_sqlite_100_times(on_file: Shape, tried: Tried) -> None:
    await _rounds(on_file, scaled(100), tried)


@pytest.mark.whole
@pytest.mark.timeout(3600)
async def test_one_of_fifty_presses_decides_on_postgres_100_times(on_postgres: Shape, tried: Tried) -> None:
    await _rounds(on_postgres, scaled(100), tried)


# -- the last day of somebody's leave ----------------------------------------------------------------------------------


@asynccontextmanager
async def _opened_here(url: str, keys: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """The database in this process, at the time of the story, with a connection for each who asks."""
    made = settings.Settings(database_url=url, keys=str(keys), master_key="m" * 40, secret_key="s" * 40)
    monkeypatch.setattr(settings, "_current", made)
    monkeypatch.setattr(engines, "POOL", 20)
    with clock.freeze(BEGINS):
        await database.open_database(made)
        try:
            yield
        finally:
            await database.close_database()


async def _last_day(url: str, rounds: int) -> list[str]:
    """Twenty at once ask for different days with one day left, again and again; what went wrong."""
    books, wrong = Books(url), []
    company = (await books.one("select id from company where kind = 'company'"))["id"]
    dates = [one for one in (date(2026, 11, 30) + timedelta(days=n) for n in range(32)) if one.weekday() < 5]
    dates = [one for one in dates if one.day not in (24, 25) and one.year == 2026][:20]
    for number in HEADLESS[:rounds]:
        async with database.transaction(company):
            employee = await directory.by_number(number)
            assert employee is not None
            left = await lots.balance(employee.id)
            await lots.adjust(employee.id, 1000 - left, year=2026, today=BEGINS.date())
        asked = await asyncio.gather(
            *(
                requests.submit(employee, "annual", Period(day, day), None, actor=Actor("test", "test"))
                for day in dates
            ),
            return_exceptions=True,
        )
        refused = [one for one in asked if isinstance(one, Refused) and one.key == "leave.not_enough_days"]
        if len(refused) != len(dates) - 1:
            wrong.append(f"{number}: {len(dates) - len(refused)} of {len(dates)} were taken: {asked}")
        row = await books.one(f"select available, held from leave_balance where employment = {employee.id}")
        if row["available"] != 0:
            wrong.append(f"{number} has {row} left")
        n = await books.one(f"select count(*) as n from leave_request where employment = {employee.id}")
        if n["n"] != 1:
            wrong.append(f"{number} has {n['n']} leaves")
    wrong += [
        one for one in await checker.complaints(books, by=BEGINS) if not one.startswith(("the message", "the job"))
    ]
    await books.close()
    return wrong


async def test_the_last_day_is_taken_once_on_sqlite(
    founded_file: Founded, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    url = copy_file(founded_file.url, tmp_path_factory.mktemp("last"))
    async with _opened_here(url, founded_file.keys, monkeypatch):
        wrong = await _last_day(url, 10)
    tried("the last day asked for 20 times at once", "SQLite, in this process", 10, lost=wrong)
    assert not wrong


async def test_the_last_day_is_taken_once_on_postgres(
    founded_postgres: Founded, monkeypatch: pytest.MonkeyPatch, tried: Tried
) -> None:
    url = await copied(founded_postgres.url, "serambi_last_day")
    async with _opened_here(url, founded_postgres.keys, monkeypatch):
        wrong = await _last_day(url, 10)
    await dropped(url, "serambi_last_day")
    tried("the last day asked for 20 times at once", "PostgreSQL, in this process", 10, lost=wrong)
    assert not wrong
