"""Every webhook once to five times, out of order, at the same time: it ends as if each had come once, in order."""

import asyncio
import random
import re
from collections.abc import Callable, Sequence

import pytest

from tests.faults import checker, story
from tests.faults.conftest import Shape, Tried
from tests.faults.installation import Installation
from tests.faults.story import ADMINISTRATORS, HEADLESS, slack_of, telegram_of
from tests.faults.table import scaled
from tests.outside import slack
from tests.outside.serving import Hook, Shown

Step = Callable[[Installation, str], Hook]
REASON = "Sedang tutup buku"
DECIDES = ADMINISTRATORS[0]


def _writes(words: str) -> Step:
    return lambda installation, number: installation.telegram.update(words, telegram_of(number))


def _presses(title: str) -> Step:
    return lambda installation, number: installation.telegram.press(title, telegram_of(number))


def _card(installation: Installation, number: str) -> Shown:
    """The card of this employee's request, still undecided; a second one is marked as sent again."""
    screen = installation.slack.in_place(slack_of(DECIDES))
    found = [shown for shown in screen if f"Karyawan {number}" in shown.words and shown.buttons]
    assert len([shown for shown in found if checker.RESENT not in shown.words]) <= 1, [shown.words for shown in screen]
    assert found, [shown.words for shown in screen]
    return found[-1]


def _decides(title: str) -> Step:
    def press(installation: Installation, number: str) -> Hook:
        card = _card(installation, number)
        channel, _, stamp = card.ref.partition(":")
        return slack.press(card.buttons[title], slack_of(DECIDES), channel=channel, ts=stamp, at=installation.at)

    return press


def _submits(installation: Installation, number: str) -> Hook:
    pressed = _card(installation, number).buttons["Tolak"]
    (view,) = [view for view in installation.slack.views if view["private_metadata"] == pressed]
    return slack.submission(REASON, slack_of(DECIDES), view=view, at=installation.at)


# Whoever is approved, whoever is rejected, whoever changes his mind: three in turn. The words differ, the length not.
STORIES: tuple[tuple[Step, ...], ...] = (
    (
        _writes("sisa cuti"),
        _writes("cuti 30 november sampai 1 desember"),
        _writes("acara keluarga"),
        _presses("Ya, ajukan"),
        _decides("Setujui"),
        _writes("status cuti"),
    ),
    (
        _writes("halo"),
        _writes("cuti tanggal 2 desember"),
        _writes("ya"),
        _decides("Tolak"),
        _submits,
        _writes("sisa cuti"),
    ),
    (
        _writes("mau cuti"),
        _writes("3 desember"),
        _presses("Ya, ajukan"),
        _presses("Tarik kembali"),
        _writes("ya"),
        _writes("sisa cuti"),
    ),
)


async def told(
    installation: Installation,
    people: Sequence[str],
    chance: random.Random | None,
    stories: Sequence[Sequence[Step]] = STORIES,
) -> int:
    """Play everybody's story; with chance, each request comes up to five times, and old ones come again between."""
    old: list[Hook] = []
    brought = 0
    for nth in range(len(stories[0])):
        steps = [stories[int(number[1:]) % len(stories)][nth] for number in people]
        fresh = [step(installation, number) for step, number in zip(steps, people, strict=True)]
        hooks = list(fresh)
        if chance is not None:
            hooks = [hook for hook in fresh for _ in range(chance.randint(1, 5))]
            hooks += chance.choices(old, k=min(len(old), len(fresh) * 2))
            chance.shuffle(hooks)
        brought += len(hooks)
        await asyncio.gather(*(installation.hand_over(hook) for hook in hooks))
        await installation.settle()
        old += fresh
    return brought


async def _end(installation: Installation, people: Sequence[str]) -> dict[str, object]:
    """How it ended for each: what is booked, and what stands on the screens; without what depends on the order."""
    ended: dict[str, object] = {}
    for number in people:
        where = f"employment e where e.number = '{number}'"
        booked = await installation.books.rows(
            "select r.state, l.starts, l.ends, r.version from request r join leave_request l on l.id = r.subject"
            f" where r.employment in (select e.id from {where}) order by l.starts"
        )
        balance = await installation.books.one(
            f"select available, held, taken from leave_balance where employment in (select e.id from {where})"
        )
        verdicts = await installation.books.rows(
            "select d.verdict, d.channel from decision d join step s on s.id = d.step join request r on r.id = s.request"
            f" where r.employment in (select e.id from {where})"
        )
        screen = [_timeless(words) for words in installation.telegram.words(str(telegram_of(number)))]
        ended[number] = (booked, balance, verdicts, screen)
    for who in ADMINISTRATORS[:2]:
        words = [_timeless(shown.words) for shown in installation.slack.in_place(slack_of(who))]
        ended[who] = sorted(words)
    for table in ("inbound", "outbound", "audit_entry", "decision", "leave_entry", "leave_day"):
        ended[table] = (await installation.books.one(f"select count(*) as n from {table}"))["n"]
    return ended


def _timeless(words: str) -> str:
    """Without the numbers of requests, which the fastest gets first, and without the minute."""
    return re.sub(r"\b\d\d\.\d\d\b", "hh.mm", re.sub(r"\bC-\d+", "C-n", words))


async def _same_end(shape: Shape, seeds: Sequence[int], crowd: int, tried: Tried) -> None:
    people = HEADLESS[:crowd]
    ends = []
    brought = 0
    for seed in (None, *seeds):
        async with shape.opened() as installation:
            installation.slack.trigger_lives = 60.0  # the machine of a test may be slow
            await installation.start()
            await story.link(installation, [*ADMINISTRATORS[:2], *people])
            chance = None if seed is None else random.Random(seed)
            brought += await told(installation, people, chance)
            wrong = await checker.complaints(installation.books, by=installation.now())
            wrong += checker.said_twice(installation.telegram.sent)
            assert not wrong, (seed, wrong)
            ends.append(await _end(installation, people))
    differing = [
        f"seed {seed}, {who}: {end[who]}\n  instead of {ends[0][who]}"
        for seed, end in zip(seeds, ends[1:], strict=True)
        for who in end
        if end[who] != ends[0][who]
    ]
    tried("webhooks brought again, shuffled, at once", shape.name, brought, lost=differing)
    assert not differing, "\n".join(differing)


def _seeds(times: int) -> list[int]:
    """Other ones each day; a failure names its own."""
    first = random.randrange(1_000_000)
    return [first + n for n in range(times)]


async def test_repeats_and_disorder_change_nothing_on_sqlite(on_file: Shape, tried: Tried) -> None:
    await _same_end(on_file, _seeds(1), len(STORIES), tried)


@pytest.mark.whole
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("nth", range(scaled(5)))
async def test_repeats_and_disorder_change_nothing_on_sqlite_at_length(on_file: Shape, tried: Tried, nth: int) -> None:
    await _same_end(on_file, _seeds(5), 24, tried)


@pytest.mark.whole
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("nth", range(scaled(5)))
async def test_repeats_and_disorder_change_nothing_with_redis(with_redis: Shape, tried: Tried, nth: int) -> None:
    await _same_end(with_redis, _seeds(5), 24, tried)
