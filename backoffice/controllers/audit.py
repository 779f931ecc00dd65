"""Who did what to what: the chain of entries, read and checked, never changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from msgspec import Struct

from backoffice import actors, asker, exports, listing, views
from backoffice.asker import Web
from backoffice.exports import Export, Reader, exported
from backoffice.guards import requires, standing
from backoffice.listing import Filter, Listing
from backoffice.rendering import After, page
from core import anchors, audit, clock, database
from core.accounts import reasons
from core.approvals.tables import Delegation
from core.approvals.tables import Request as Asked
from core.audit import AuditEntry
from core.people.tables import Department, Employment, Location
from core.phrases import phrase
from core.programs.scopes import KIND

PAGE = 40  # with every act in the choice above, a page weighs what it may
LATELY = 2_000  # a longer chain is checked when asked for, and only they who acted lately are offered as a filter
ACTIONS = (
    "company.added", "membership.given",
    "membership.offered", "membership.accepted", "membership.declined", "membership.revoked", "membership.sent",
    "account.blocked", "account.unblocked", "mail.read", "audit.acknowledged", "membership.taken", "membership.tied",
    "membership.untied", "reset.asked", "reset.printed",
    "second_factor.on", "second_factor.off", "second_factor.codes", "passkey.added", "passkey.renamed",
    "passkey.removed", "passkey.taken_off", "passkey.refused", "password.changed", "sessions.ended",
    "people.imported", "people.received", "people.edited",
    "people.undone", "people.dropped", "people.zones_chosen", "people.left", "people.department", "people.location",
    "invitation.made", "invitations.begun", "invitations.revoked", "invitations.sheet",
    "identity.linked", "identity.unlinked", "identity.confirmed",
    "keys.renewed", "leave.granted", "leave.rejoined", "leave.adjusted", "leave.adjust_undone",
    "leave.encashed", "leave.payout_undone",
    "leave.blackout_added", "leave.blackout_lifted",
    "leave.collective_posted", "leave.collective_undone", "leave.worked_recorded", "leave.worked_undone",
    "leave.recounted", "leave.recount_undone", "leave.after_last_day",
    "leave.document_received", "leave.entered", "leave.taken_out", "leave.policy_drafted", "leave.example_accepted",
    "leave.policy_published", "leave.policy_withdrawn", "leave.policy_dropped",
    "leave.opening_taken", "leave.opening_undone",
    "request.submitted", "request.withdrawn", "request.approve", "request.on_paper", "request.reject",
    "request.change", "request.changed", "request.cancel_asked", "request.called_off", "request.stands_again",
    "request.acknowledged", "request.expired", "request.reassigned", "chain.published", "chain.withdrawn",
    "delegation.offered", "delegation.accepted", "delegation.declined", "delegation.ended", "department.head",
    "company.changed", "setting.changed", "list.exported", "view.saved", "view.changed", "view.dropped",
    "ticket.opened", "ticket.taken", "ticket.answered", "ticket.resolved", "ticket.reopened", "ticket.closed",
    "ticket.given", "ticket.put_back", "tickets.many", "desk.agent_changed",
    "idea.sent", "idea.supported", "idea.left", "idea.reviewing", "idea.planned", "idea.released", "idea.declined",
    "idea.merged",
    "ticket.merged", "ticket.unmerged", "ticket.split", "ticket.linked", "ticket.unlinked", "ticket.tagged",
    "ticket.untagged", "reply.saved", "reply.removed",
    "ticket.ranked", "ticket.recount_begun", "ticket.recounted", "ticket.sorted", "ticket.settled",
    "promise.changed", "category.filled", "category.added", "category.ended",
    "field.added", "field.changed", "field.ended", "ticket.filled",
    "miss.labelled", "talk.simulated", "rehearsal.kept", "rehearsal.removed",
    "attachment.opened", "attachment.removed", "calendar.changed", "calendar.closure_asked", "calendar.evidence_added",
    "calendar.closure_approved", "calendar.closure_dropped", "feed.made", "feed.ended", "request.objected",
    "request.too_late", "request.agreed_earlier",
    "job.tried_again", "job.dropped", "work.stopped", "message.sent_again", "message.dismissed",
    "slack.app_begun", "slack.app_saved", "slack.workspace_installed", "slack.workspace_ended",
    "bot.account_connected", "bot.account_saved", "bot.account_ended", "chat.shut_seen",
    "mailbox.saved", "mailbox.ended", "mail.returned",
    "chat_frame.allowed", "chat_frame.ended",
    "grant.asked", "grant.given", "grant.declined", "grant.ended", "grant.looked",
    "defect.opened", "defect.fixed", "defect.tied",
    "release.sent", "release.taken_back",
    "ticket.move_asked", "ticket.moved", "ticket.move_declined", "ticket.moved_back",
    "ticket.claimed", "ticket.unclaimed", "ticket.proof_asked",
    "article.written", "article.retired",
    "vault.revealed", "demo.laid",
    "hold.put", "hold.released", "erasure.planned", "erasure.agreed", "erasure.dropped", "erasure.done",
    "erasure.again", "pack.asked", "pack.made", "pack.password", "pack.link", "pack.fetched",
    "restriction.put", "restriction.lifted", "retained.opened", "retention.swept",
    "privacy.received", "privacy.added", "privacy.withdrawn", "privacy.taken", "privacy.vouched", "privacy.asked",
    "privacy.proposed", "privacy.agreed", "privacy.decided", "privacy.given_back", "privacy.duplicate",
    "privacy.delivered", "privacy.closed", "privacy.breach_marked", "privacy.correction", "privacy.proved",
    "processor.approved", "processor.refused", "disclosure.recorded",
    "policy.accepted", "breach.declared", "breach.sent", "breach.authority_told", "breach.closed", "breach.notice",
    "privacy.proved_own", "privacy.confirmed", "consent.given", "consent.withdrawn", "pin.chosen", "pin.shut",
    "token.made", "token.ended",
    "webhook.made", "webhook.changed", "webhook.rotated", "webhook.paused", "webhook.resumed", "webhook.ended",
    "webhook.pinged", "webhook.sent_again", "webhook.off",
    "misuse.received", "misuse.looking", "misuse.proposed", "misuse.measure", "misuse.unfounded", "misuse.named",
    "misuse.evidence",
)  # fmt: skip
# What entries are about, by how it is called: rows with a name of their own, and rows that only have a number.
NAMED: Mapping[str, tuple[Any, Any]] = {
    "delegation": (Delegation, Delegation.giver.name), "department": (Department, Department.name),
    "location": (Location, Location.name),
}  # fmt: skip
NUMBERED = (
    "leave", "leave_type", "leave_request", "batch", "setting", "export", "job", "work", "miss", "lesson", "attachment",
    "blackout", "calendar", "chain", "closure", "import", "invitations", "message", "view", "slack", "frame",
    "ticket", "idea", "article", "saved_reply", "terms", "category",
    "data_request", "disclosure", "processor", "breach", "policy", "grant", "defect", "field", "release", KIND,
    "webhook",
    "misuse_report",
)  # fmt: skip
WITH_REASON = ("second_factor.off", "passkey.taken_off", "sessions.ended")
CHANNELS = ("web", "telegram", "slack", "whatsapp", "email", "report", "job", "console", "command", "api")


class Wanted(Struct):
    """Which file somebody wants of the trail."""

    format: str = "csv"
    state: str = ""


class AuditController(Controller):
    """The audit trail of one company."""

    path = "/{company:str}/audit"
    guards = (requires("audit", "read"),)

    @get()
    async def entries(
        self,
        request: Web,
        actor: FromQuery[str] = "",
        action: FromQuery[str] = "",
        before: After = 0,
        check: FromQuery[int] = 0,
    ) -> Response[str]:
        """The entries that match, the newest first, and whether the chain is whole."""
        where, language = standing(request), asker.of(request).language
        async with database.reading(where.company):
            newest = await AuditEntry.select(AuditEntry.seq).order_by(AuditEntry.seq, ascending=False).first()
            last = newest["seq"] if newest else 0
            checks = bool(last) and (bool(check) or last <= LATELY)
            broken = await audit.first_broken() if checks else None
            listed = await listed_of({"actor": actor, "action": action}, Reader(language, where.place.zone))
            wanted = await where_of(listed) & (AuditEntry.seq < (before or last + 1))
            rows = await AuditEntry.select().where(wanted).order_by(AuditEntry.seq, ascending=False).limit(PAGE + 1)
            lately = AuditEntry.select(AuditEntry.actor).where(AuditEntry.seq > last - LATELY)
            who = sorted({row["actor"] for row in await lately.group_by(AuditEntry.actor)})
            names = await _names([*who, *(row["object"] for row in rows)])
            whys = await _reasons(rows[:PAGE])
            shelf = await views.shelf(request, "audit", listed)
        entries = [_entry(row, names, language) | {"why": whys.get(row["seq"], "")} for row in rows[:PAGE]]
        return await page(
            request, "audit/index.html", place=where.place.name, zone=where.place.zone, last=last, broken=broken,
            gaps=anchors.gaps(where.company),
            checked_at=clock.now() if checks else None, entries=entries,
            further=rows[PAGE - 1]["seq"] if len(rows) > PAGE else None, actor=actor, action=action,
            list=listed, company=where.place, shelf=shelf,
            actors=[{"value": one, "name": _actor(one, names, language)} for one in who],
            actions=[{"value": one, "name": phrase(_act(one), language)} for one in ACTIONS],
        )  # fmt: skip

    @post("/export")
    async def export(self, request: Web, data: URLEncodedBody[Wanted]) -> Response[Any]:
        """The entries that match, as a file."""
        return await exports.answer(request, EXPORT, kind=data.format, state=data.state)


async def listed_of(asked: Mapping[str, str], reader: Reader) -> Listing:
    """The entries that an address asks for, the newest first."""
    acts = {one: phrase(_act(one), reader.language) for one in ACTIONS}
    filters = (
        Filter("actor", "web.audit_who"),
        Filter("action", "web.audit_did", {"": phrase("web.audit_anything", reader.language)} | acts),
    )
    return listing.read(asked, (), filters, key=AuditEntry.seq, default="-id")


async def where_of(listed: Listing) -> Any:
    """Which entries those are."""
    wanted: Any = AuditEntry.seq > 0
    if listed["actor"]:
        wanted = wanted & (AuditEntry.actor == listed["actor"])
    if listed["action"]:
        wanted = wanted & (AuditEntry.action == listed["action"])
    return wanted


async def lines_of(found: Sequence[Mapping[str, Any]], reader: Reader) -> list[Sequence[object]]:
    """The entries as lines of a file, each with its whole seal."""
    names = await _names([one for row in found for one in (row["actor"], row["object"])])
    told = [_entry({**row, "seq": row["id"]}, names, reader.language) for row in found]
    return [
        (row["id"], exports.moment(row["at"], reader.zone), one["who"], one["did"], one["thing"],
         one["through"], row["hash"])
        for one, row in zip(told, found, strict=True)
    ]  # fmt: skip


EXPORT = exported(
    Export(
        "audit", "audit", "read",
        ("web.number", "web.audit_at", "web.audit_who_head", "web.audit_did_head", "web.audit_on", "web.audit_through",
         "web.audit_seal"),
        AuditEntry,
        # The trail is counted by its own number, which is what stands in its index.
        (AuditEntry.seq.as_alias("id"), AuditEntry.at, AuditEntry.actor, AuditEntry.channel, AuditEntry.action,
         AuditEntry.object, AuditEntry.hash),
        listed_of, where_of, lines_of,
    )
)  # fmt: skip


def _entry(row: Mapping[str, Any], names: Mapping[str, str], language: str) -> dict[str, str | int | datetime]:
    channel = row["channel"]
    known = channel in CHANNELS
    return {
        "seq": row["seq"], "at": row["at"], "who": _actor(row["actor"], names, language),
        "did": _did(row["action"], language),
        "thing": _thing(row["object"], names, language), "hash": row["hash"],
        "through": phrase(f"web.through_{channel if known else 'other'}", language, channel=channel),
    }  # fmt: skip


async def _reasons(rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """The words that were given for an act on somebody's account, by the number of its entry."""
    numbers = {row["seq"]: json.loads(row["meta"]).get("reason") for row in rows if row["action"] in WITH_REASON}
    words = await reasons.told([number for number in numbers.values() if number])
    return {seq: words[number] for seq, number in numbers.items() if number in words}


def _did(action: str, language: str) -> str:
    return phrase(_act(action) if action in ACTIONS else "web.act_other", language, action=action)


def _act(action: str) -> str:
    return f"web.act_{action.replace('.', '_')}"


def _actor(actor: str, names: Mapping[str, str], language: str) -> str:
    kind, _, number = actor.partition(":")
    if kind == "person":
        return names.get(actor) or phrase("web.audit_somebody", language, number=number)
    if kind == KIND:
        return phrase("web.audit_program", language, name=names.get(actor) or number)
    if kind in ("account", "operator"):
        return names.get(actor) or phrase("web.audit_account", language, number=number)
    return (
        phrase("web.audit_serambi", language) if actor == audit.NOBODY.name else phrase("web.audit_command", language)
    )


def _thing(thing: str, names: Mapping[str, str], language: str) -> str:
    kind, _, number = thing.partition(":")
    if kind == "company":
        return phrase("web.thing_company", language)
    if kind == "people":
        return phrase("web.thing_people", language)
    if thing in names and kind in ("account", "employment", "person"):
        return phrase("web.thing_person" if kind == "person" else "web.thing_employment", language, name=names[thing])
    if kind == "account":
        return phrase("web.thing_account", language, number=number)
    if thing in names and kind == "request":
        return phrase("web.thing_request", language, number=names[thing])
    if kind in NAMED and thing in names:
        return phrase(f"web.thing_{kind}", language, name=names[thing])
    if kind == "export" and number in exports.EXPORTS:
        number = phrase(f"web.list_{number}", language)
    if kind in NUMBERED:
        return phrase(f"web.thing_{kind}", language, number=number)
    return phrase("web.thing_other", language, thing=thing)


async def _names(mentioned: Iterable[str]) -> dict[str, str]:
    """What people call the rows that entries mention; entries themselves hold no names."""
    mentioned = set(mentioned)
    numbers: dict[str, set[int]] = {one: set() for one in ("employment", "request", *NAMED)}
    for one in mentioned:
        kind, _, number = one.partition(":")
        if kind in numbers and number.isdigit():
            numbers[kind].add(int(number))
    found = await actors.names(mentioned)
    if numbers["employment"]:
        where = Employment.id.is_in(list(numbers["employment"]))
        for row in await Employment.select(Employment.id, Employment.person.name.as_alias("name")).where(where):
            found[f"employment:{row['id']}"] = row["name"]
    if numbers["request"]:
        for row in await Asked.select(Asked.id, Asked.number).where(Asked.id.is_in(list(numbers["request"]))):
            found[f"request:{row['id']}"] = row["number"]
    for kind, (table, name) in NAMED.items():
        if numbers[kind]:
            for row in await table.select(table.id, name.as_alias("name")).where(table.id.is_in(list(numbers[kind]))):
                found[f"{kind}:{row['id']}"] = row["name"]
    return found
