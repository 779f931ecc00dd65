"""The verdict over a told story, read from the database and from the platforms' screens.

Nothing of the product is imported: the rules are written down here a second time.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from tests.faults.books import Books, Row, day, instant
from tests.outside.serving import Hook, Shown, StandIn

RESENT = "(dikirim ulang)"
KINDS = ("grant", "hold", "release", "consume", "adjust", "expire")


async def complaints(books: Books, *, by: datetime, deaths: bool = False) -> list[str]:
    """What is wrong with any installation at rest whose latest due work was due at `by`.

    After many deaths a message may have met two of them: then nobody knows whether it is out, and it is let be.
    """
    wrong = await doubles(books, "decision", "step")
    for row in await books.rows("select id, state from inbound where state not in ('done', 'limited')"):
        wrong.append(f"the message {row} was not answered")
    for row in await books.rows("select id, name, state, run_at, attempts, error from job where state <> 'done'"):
        if row["state"] != "queued" or instant(row["run_at"]) <= by:
            wrong.append(f"the job {row} was not done")
    for row in await books.rows(
        "select o.id, o.key, o.state, o.error, e.error as of from outbound o left join outbound e on e.id = o.edits"
        " where o.state <> 'sent'"
    ):
        if deaths and row["state"] == "dropped" and "nobody knows" in (row["error"], row["of"]):
            continue
        if row["state"] == "waiting" and row["key"].partition(".")[2].startswith("mail_"):
            continue  # without a mail server a mail waits to be read
        wrong.append(f"the message {row} was not sent")
    wrong += await _requests(books)
    wrong += await _ledger(books)
    wrong += await audit(books)
    return wrong


UNIQUE = (
    ("inbound", "channel, account, external_id"),
    ("request", "kind, subject, version"),
    ("request", "company, number"),
    ("outbound", "dedupe"),
    ("channel_identity", "channel, account, external_id, ended_at"),
    ("leave_day", "employment, date, part, ended_at, counted"),
)


async def doubles(books: Books, *more: str) -> list[str]:
    """What stands twice in the books and may stand there once; `more` is one more table and its key."""
    wrong = []
    for table, key in (*UNIQUE, *([more] if more else [])):
        for row in await books.rows(f'select {key}, count(*) as n from "{table}" group by {key} having count(*) > 1'):
            wrong.append(f"{table} has {row}")
    return wrong


async def _requests(books: Books) -> list[str]:
    """Each decided request has one verdict that says what its state says; an open one has none."""
    wrong: list[str] = []
    verdicts = Counter(
        (row["request"], row["verdict"])
        for row in await books.rows(
            "select s.request, d.verdict from decision d join step s on s.id = d.step and s.company = d.company"
        )
    )
    expected = {"applied": "approve", "rejected": "reject"}
    for row in await books.rows("select id, state from request"):
        given = {verdict: n for (request, verdict), n in verdicts.items() if request == row["id"]}
        meant = {expected[row["state"]]: 1} if row["state"] in expected else {}
        if given != meant:
            wrong.append(f"request {row['id']} is {row['state']}, with the decisions {given}")
    steps = {"applied": "approved", "rejected": "rejected", "withdrawn": "closed", "in_review": "open"}
    for row in await books.rows("select r.id, r.state, s.state as step from request r join step s on s.request = r.id"):
        if steps[row["state"]] != row["step"]:
            wrong.append(f"request {row['id']} is {row['state']}, its step {row['step']}")
    return wrong


async def _ledger(books: Books) -> list[str]:
    """Every balance is the sum of its entries, every lot covers what was drawn from it, every day has its entries."""
    wrong: list[str] = []
    lots = {row["id"]: row for row in await books.rows("select id, employment, leave_type from lot")}
    sums: dict[tuple[int, str], dict[str, int]] = {}
    left: Counter[int] = Counter()
    of_day: dict[int, Counter[str]] = {}
    for row in await books.rows("select lot, kind, quantity, leave_day from leave_entry"):
        lot = lots[row["lot"]]
        kinds = sums.setdefault((lot["employment"], lot["leave_type"]), dict.fromkeys(KINDS, 0))
        kinds[row["kind"]] += row["quantity"]
        left[row["lot"]] += row["quantity"]
        if row["leave_day"] is not None:
            of_day.setdefault(row["leave_day"], Counter())[row["kind"]] += row["quantity"]
    for row in await books.rows("select employment, leave_type, available, held, taken from leave_balance"):
        kinds = sums.pop((row["employment"], row["leave_type"]), dict.fromkeys(KINDS, 0))
        told = (row["available"], row["held"], row["taken"])
        counted = (sum(kinds.values()), -kinds["hold"] - kinds["release"], -kinds["consume"])
        if told != counted or min(told) < 0:
            wrong.append(f"employment {row['employment']}: the balance says {told}, the entries {counted}")
    wrong += [f"employment {who} has entries and no balance" for who, _ in sums]
    wrong += [f"lot {lot} is overdrawn by {-rest}" for lot, rest in left.items() if rest < 0]
    wrong += await _days(books, of_day)
    return wrong


async def _days(books: Books, of_day: dict[int, "Counter[str]"]) -> list[str]:
    """A day that is held, taken or given back has exactly the entries that say so."""
    wrong = []
    rows = await books.rows(
        "select d.id, d.fraction, d.counted, d.ended_at, d.request, r.state from leave_day d"
        " left join request r on r.subject = d.request and r.kind = 'leave_request' and r.company = d.company"
    )
    for row in rows:
        entries = {kind: n for kind, n in of_day.get(row["id"], Counter()).items() if n}
        cost = row["fraction"]
        hold, release, consume = {"hold": -cost}, {"release": cost}, {"consume": -cost}
        meant: list[dict[str, int]] = {
            "applied": [hold | release | consume],
            "in_review": [hold],
            "rejected": [hold | release],
            "withdrawn": [hold | release],
            None: [hold, hold | release | consume],  # collective leave: ahead, or come
        }[row["state"]]
        if not row["counted"]:
            meant = [{}]
        if row["request"] is not None and row["state"] is None:
            wrong.append(f"leave day {row['id']} belongs to a leave that nobody asked for")
        if entries not in meant:
            wrong.append(f"leave day {row['id']} of a request {row['state']} has the entries {entries}")
        if (row["ended_at"] is not None) != (row["state"] in ("rejected", "withdrawn")):
            wrong.append(f"leave day {row['id']} of a request {row['state']} ended at {row['ended_at']}")
    return wrong


async def audit(books: Books) -> list[str]:
    """Each company's entries are numbered without a gap, and each names the hash of the one before."""
    wrong: list[str] = []
    last: dict[int, tuple[int, str]] = {}
    for row in await books.rows("select * from audit_entry order by company, seq"):
        seq, prev = last.get(row["company"], (0, "0" * 64))
        if row["seq"] != seq + 1 or row["prev"] != prev or row["hash"] != _sealed(row, prev):
            wrong.append(f"the chain of company {row['company']} is broken at {row['seq']}")
        last[row["company"]] = (row["seq"], row["hash"])
    return wrong


def _sealed(row: Row, prev: str) -> str:
    at = int(instant(row["at"]).timestamp() * 1_000_000)
    parts = [row["company"], row["seq"], at, row["actor"], row["channel"], row["action"], row["object"], row["meta"]]
    return hashlib.sha256(json.dumps([*parts, prev], ensure_ascii=False).encode()).hexdigest()


async def of_story(
    books: Books, telegram: StandIn, slack: StandIn, hooks: Iterable[Hook], *, by: datetime, by_way_of: str = "telegram"
) -> list[str]:
    """What is wrong with an installation in which Budi asked for Thursday and Friday, and Sari said yes."""
    wrong = await complaints(books, by=by)
    counts = {
        "messages of the employee": (
            f"inbound where channel = '{by_way_of}'",
            sum(by_way_of in hook.path for hook in hooks),
        ),
        "leaves": ("leave_request", 1),
        "requests that are applied": ("request where state = 'applied'", 1),
        "requests": ("request", 1),
        "decisions": ("decision", 1),
        "people linked": ("channel_identity where ended_at is null", 2),
        "invitations used": ("invitation where used_at is not null", 2),
        "submissions in the audit": ("audit_entry where action = 'request.submitted'", 1),
        "approvals in the audit": ("audit_entry where action = 'request.approve'", 1),
    }
    for what, (rows, meant) in counts.items():
        n = (await books.one(f"select count(*) as n from {rows}"))["n"]
        if n != meant:
            wrong.append(f"{what}: {n} instead of {meant}")
    days = await books.rows("select date, fraction, counted from leave_day where request is not null order by date")
    if [(day(row["date"]), row["fraction"], bool(row["counted"])) for row in days] != [
        (date(2026, 11, 26), 1000, True),
        (date(2026, 11, 27), 1000, True),
    ]:
        wrong.append(f"the days of the leave are {days}")
    for platform in (telegram, slack):
        wrong += [f"{type(platform).__name__} refused: {words}" for words in platform.refusals]
        wrong += said_twice(platform.sent)
    told = [shown for shown in telegram.sent if shown.words.startswith("Disetujui Sari")]
    if not told:
        wrong.append("the employee was not told")
    wrong += _cards(slack.sent)
    return wrong


def said_twice(sent: list[Shown], asked: int = 1) -> list[str]:
    """What stands more than once on a screen without its double being marked, or was said more than twice.

    `asked` is how often the same was asked, and so may rightly be answered in the same words.
    """
    most = max(asked, 1)
    wrong = []
    copies: dict[tuple[str, str], list[bool]] = {}
    for shown in sent:
        if shown.only_to is not None:
            continue  # an answer to one press; a person may press twice and be told twice
        words = (shown.before or [shown.words])[0]
        bare = " ".join(words.replace(RESENT, "").split())
        copies.setdefault((shown.place, bare), []).append(RESENT in words)
    for (place, words), marks in copies.items():
        if marks.count(False) > most or marks.count(True) > most:
            wrong.append(f"{place} reads {len(marks)} times, {marks.count(True)} marked: {words!r}")
    return wrong


def _cards(sent: list[Shown]) -> list[str]:
    """Each card of a decided request says so and has no buttons, but for one whose receipt was lost and was repeated."""
    cards = [shown for shown in sent if "Cuti tahunan: " in (shown.before or [shown.words])[0].partition("\n")[0]]
    still_open = [card for card in cards if card.buttons or "Disetujui Sari" not in card.words]
    repeated = [card for card in cards if RESENT in " ".join(card.before)]
    if not cards or len(still_open) > len(repeated) or len(cards) == len(still_open):
        return [f"{len(still_open)} of {len(cards)} cards were not turned: {[card.words for card in still_open]}"]
    return []
