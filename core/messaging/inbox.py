"""What comes in: stored once under its platform's id, answered by the job `answer`."""

import asyncio
import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from piccolo.columns.combination import WhereRaw

from core import bulk, clock, database, jobs, metrics, vault
from core.crash import crashpoint
from core.groups import Groups
from core.messaging import bot_accounts, live
from core.messaging.messages import Enclosed, Incoming
from core.messaging.tables import Inbound
from core.people import identities

BODY = "inbound.body"
WEB = "web"
INSIDE = ("web", "console")  # channels whose sender is a person of ours, signed in: "company:person"
LONGEST = 4000  # letters of one message from a page
LATELY = 30  # messages among which one that is edited is looked for
MOST_TOGETHER = 500  # posts that share one commit
NOBODY = 0  # the company is not known yet when a message arrives


async def receive(incoming: Sequence[Incoming]) -> list[int]:
    """Keep each message that was not seen before and have it answered; returns the new ones' numbers.

    When this returns, they are on disk: the platform may be told that they have arrived. What comes while the disk is
    busy with others is written together with whatever else waits then, so that many share one commit.
    """
    if database.in_transaction():
        raise RuntimeError("a transaction is open, and the commit of what comes in would wait for it")
    crashpoint("inbox.before_store")
    loop = asyncio.get_running_loop()
    groups = _GROUPS.get(loop)
    if groups is None:
        groups = _GROUPS[loop] = Groups(_store, MOST_TOGETHER)
    stored = await groups.add(incoming)
    crashpoint("inbox.after_store")
    return stored


async def _store(posts: Sequence[Sequence[Incoming]]) -> list[list[int]]:
    """Write what several posts brought, in one transaction; the numbers of what was new in each."""
    rows: list[bulk.Row] = []
    of: dict[tuple[str, str, str], int] = {}
    for number, post in enumerate(posts):
        for one in post:
            key = (one.channel, one.account, one.external_id)
            if key not in of:
                of[key] = number
                rows.append({
                    "channel": one.channel, "account": one.account, "sender": one.sender,
                    "external_id": one.external_id, "body": seal(one), "state": "new", "received_at": clock.now(),
                })  # fmt: skip
    stored: list[list[int]] = [[] for _ in posts]
    if not rows:
        return stored
    async with database.installation():
        told = (Inbound.id, Inbound.channel, Inbound.account, Inbound.external_id, Inbound.sender)
        new = await bulk.insert_new(Inbound, rows, *told)
        if new:
            whose = await _companies(new)
            await jobs.enqueue_each("answer", sorted((int(row["id"]), whose(row)) for row in new))
            for sender in {row["sender"] for row in new if row["account"] == WEB}:
                await database.tell(live.NEWS, sender)
    for row in sorted(new, key=lambda row: int(row["id"])):
        stored[of[row["channel"], row["account"], row["external_id"]]].append(int(row["id"]))
    for channel, count in Counter(row["channel"] for row in new).items():
        metrics.INBOUND.labels(channel).inc(count)
    return stored


async def _companies(new: Sequence[bulk.Row]) -> Callable[[bulk.Row], int | None]:
    """Of whose company each of these seems to be: companies are answered in turn. Strangers at a company's own bot are
    its own to wait for: it signs there, and could send as many as it likes."""
    senders: dict[tuple[str, str], set[str]] = {}
    for row in new:
        if row["channel"] not in INSIDE:
            senders.setdefault((row["channel"], row["account"]), set()).add(row["sender"])
    known = {key: await identities.companies(*key, theirs) for key, theirs in senders.items()}
    owners = {key: await bot_accounts.owner(*key) for key, theirs in senders.items() if theirs - known[key].keys()}

    def whose(row: bulk.Row) -> int | None:
        if row["channel"] in INSIDE:
            return int(row["sender"].partition(":")[0])
        key = row["channel"], row["account"]
        return known[key].get(row["sender"]) or owners.get(key)

    return whose


_GROUPS: WeakKeyDictionary[asyncio.AbstractEventLoop, "Groups[Sequence[Incoming], list[int]]"] = WeakKeyDictionary()


async def write(
    company: int, person: int, *, words: str | None = None, token: str | None = None, key: str | None = None,
    channel: str = WEB, file: Enclosed | None = None,
) -> list[int]:  # fmt: skip
    """Receive what somebody signed in wrote or pressed on a page; `key`, whatever it is, makes a repeated post
    harmless. What is empty is dropped."""
    said = (words or "").strip()[:LONGEST]
    if not token and not said and file is None:
        return []
    who = f"{company}:{person}"
    unique = hashlib.sha256(key.encode()).hexdigest() if key else secrets.token_urlsafe(12)
    incoming = Incoming(
        channel=channel, account=WEB, sender=who, external_id=f"{who}:{unique}", words=None if token else said,
        token=token[:64] if token else None, kind="press" if token else "file" if file else "message", file=file,
    )  # fmt: skip
    return await receive([incoming])


def seal(one: Incoming, *, company: int = NOBODY, person: int | None = None) -> str:
    """The envelope in which a message is kept."""
    return vault.seal(msgspec.json.encode(one).decode(), company=company, column=BODY, subject=person)


def unseal(row: Inbound) -> Incoming:
    """The message in its envelope: the installation's until it was answered, then that of the person who wrote it."""
    company = NOBODY if row.person is None or row.company is None else row.company
    with vault.own(company, row.person):
        words = vault.unseal(row.body, company=company, column=BODY, subject=row.person)
    return msgspec.json.decode(words, type=Incoming)


async def beside(number: int) -> Sequence[Inbound]:
    """What the sender of this message wrote and was not answered yet, in the order in which it was received; nothing
    where this one was.
    """
    same = WhereRaw(
        "(channel, account, sender) = (select channel, account, sender from inbound where id = {} and state = 'new')",
        number,
    )
    return await Inbound.objects().where(same & (Inbound.state == "new")).order_by(Inbound.id)


async def as_it_was(edited: Incoming, *, before: int) -> str | None:
    """The words of a message before it was edited, as far as they came lately; `before` is the edit's own number."""
    rows = (
        await Inbound.objects()
        .where(
            (Inbound.channel == edited.channel) & (Inbound.account == edited.account)
            & (Inbound.sender == edited.sender) & (Inbound.id < before)
        )
        .order_by(Inbound.id, ascending=False)
        .limit(LATELY)
    )  # fmt: skip
    earlier = (unseal(row) for row in rows)
    return next((one.words for one in earlier if one.ref == edited.ref and one.place == edited.place), None)


async def failed(number: int) -> int:
    """Count a failure to answer this message; returns how many there were."""
    async with database.installation():
        rows = (
            await Inbound.update({Inbound.tries: Inbound.tries + 1})
            .where(Inbound.id == number)
            .returning(Inbound.tries)
        )
    return int(rows[0]["tries"])


async def close(
    number: int,
    *,
    company: int,
    trace: Sequence[object] = (),
    state: str = "done",
    of: tuple[int, Incoming] | None = None,
) -> bool:
    """Mark a message as answered, once; False when somebody else just did.

    `of` is the person who wrote it, and what: from now on it is sealed with their own key.
    """
    values: dict[Any, Any] = {
        Inbound.state: state, Inbound.answered_at: clock.now(), Inbound.company: company,
        Inbound.trace: json.dumps(trace),
    }  # fmt: skip
    if of is not None:
        values |= {Inbound.person: of[0], Inbound.body: seal(of[1], company=company, person=of[0])}
    done = await Inbound.update(values).where((Inbound.id == number) & (Inbound.state == "new")).returning(Inbound.id)
    return bool(done)
