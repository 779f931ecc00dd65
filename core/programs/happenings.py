"""What programs are told of, as it happens: written for each address that wants it, in the transaction that did it.

It follows the audit, in which every act stands: what is recorded there can't be forgotten here, and what was not kept
is not told. A happening names a row and where to read it; what it says is read by the API, with a token and its scopes.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core import audit, bulk, clock, jobs, settings
from core.approvals import kinds
from core.approvals.tables import Request
from core.helpdesk.tables import Ticket
from core.people.tables import Employment, ImportRow
from core.programs.tables import Webhook, WebhookDelivery
from core.stated import stated

API = "/api/v1"
JOB = "webhook"
LEAVE = "leave_request"
PING = "ping"  # only when somebody asks for one
OFF = "off"
KINDS = (
    "person.added", "person.changed", "person.left",
    "leave.requested", "leave.decided", "leave.cancelled",
    "ticket.opened", "ticket.answered", "ticket.reopened", "ticket.resolved", "ticket.closed",
)  # fmt: skip
# The scope by which the API lets a program read what each is about.
SCOPES = {"person": "people:read", "leave": "leave:read", "ticket": "tickets:read"}
# What each says of its thing, beside where it is read.
TOLD = {
    **{kind: ("id",) for kind in KINDS if kind.startswith("person.")},
    **{kind: ("number", "state", "person") for kind in KINDS if kind.startswith("leave.")},
    **{kind: ("id", "number", "state") for kind in KINDS if kind.startswith("ticket.")},
}
Thing = Mapping[str, str]
Things = Sequence[tuple[str, Thing]]


def _followed(prefix: str, wanted: str, *actions: str) -> Callable[[Callable[[str, int], Awaitable[Things]]], None]:
    """Have what these acts of the audit do told: by the number of their thing, to who wants kinds that begin so."""

    def register(read: Callable[[str, int], Awaitable[Things]]) -> None:
        @audit.follows(*actions)
        async def _follow(action: str, thing: str, at: datetime) -> None:
            kind, _, number = thing.partition(":")
            hooks = [row for row in await _listening(OFF) if wanted in row["kinds"]]
            if kind == prefix and hooks:
                await _write(hooks, await read(action, int(number)), at)

    return register


@_followed(
    "ticket", "ticket.", "ticket.opened", "ticket.answered", "ticket.reopened", "ticket.resolved", "ticket.closed"
)
async def _ticket(action: str, number: int) -> Things:
    row = await Ticket.select(Ticket.public, Ticket.number, Ticket.state).where(Ticket.id == number).first()
    if row is None:
        return ()
    return [(action, _thing("tickets", row["public"], id=row["public"], number=row["number"], state=row["state"]))]


@_followed(
    "request", "leave.", "request.submitted", "request.acknowledged", "request.on_paper", "request.approve",
    "request.reject", "request.change", "request.expired", "request.withdrawn", "request.called_off",
    "request.stands_again",
)  # fmt: skip
async def _leave(action: str, number: int) -> Things:
    row = (
        await Request.select(Request.kind, Request.number, Request.state, Request.employment.public.as_alias("whose"))
        .where(Request.id == number)
        .first()
    )
    if row is None or row["kind"] != LEAVE:
        return ()
    if action == "request.submitted":
        kind = "leave.requested"
    elif row["state"] in kinds.UNDECIDED:
        return ()  # a step of several: it goes on to the next
    else:
        kind = "leave.cancelled" if row["state"] in (kinds.CANCELLED, kinds.WITHDRAWN) else "leave.decided"
    told = _thing("leave/requests", row["number"], number=row["number"], state=row["state"], person=row["whose"])
    return [(kind, told)]


@_followed("import", "person.", "people.imported", "people.undone")
async def _people(action: str, number: int) -> Things:
    rows = await ImportRow.select(ImportRow.verdict, ImportRow.employment.public.as_alias("public")).where(
        (ImportRow.batch == number) & ImportRow.employment.is_not_null()
    )
    undone = action == "people.undone"
    return [
        ("person.added" if row["verdict"] == "new" and not undone else "person.changed", _person(row["public"]))
        for row in rows if row["public"] and row["verdict"] in ("new", "changed")
    ]  # fmt: skip


@_followed("person", "person.", "people.left")
async def _left(_: str, number: int) -> Things:
    mine = Employment.person == number
    row = await Employment.select(Employment.public).where(mine).order_by(Employment.joins, ascending=False).first()
    return [("person.left", _person(row["public"]))] if row is not None else ()


async def ping(hook: int) -> None:
    """Tell an address that it is heard, whatever it wants to be told. Needs a transaction."""
    await _write([{"id": hook, "kinds": PING}], [(PING, {})], clock.now())


async def ring(hook: int, at: datetime | None = None) -> None:
    """Have an address called, now or at an instant: by the job of the doors (`backoffice/api/calls_out.py`)."""
    await jobs.enqueue(JOB, hook, run_at=at)


def _person(public: str) -> Thing:
    return _thing("people", public, id=public)


def _thing(where: str, last: str, **told: str) -> Thing:
    return {**told, "url": f"{settings.current().public_url}{API}/{where}/{last}"}


async def _write(hooks: Sequence[Mapping[str, Any]], things: Things, at: datetime) -> None:
    """Put each of these on its way to each address that wants it."""
    instant = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    made = [
        (kind, f"evt_{secrets.token_urlsafe(16)}", json.dumps({"type": kind, "timestamp": instant, "data": thing}))
        for kind, thing in things
    ]
    for hook in hooks:
        wanted = set(hook["kinds"].split())
        rows = [
            {"webhook": hook["id"], "event": event, "kind": kind, "body": body, "made_at": at, "state": "queued",
             "next_at": at}
            for kind, event, body in made if kind in wanted
        ]  # fmt: skip
        if rows:
            await bulk.insert(WebhookDelivery, rows)
            await ring(hook["id"])


@stated
def _listening(off: str) -> Any:
    return Webhook.select(Webhook.id, Webhook.kinds).where((Webhook.state != off) & Webhook.ended_at.is_null())
