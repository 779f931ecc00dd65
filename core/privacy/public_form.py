"""Requests about personal data through the public form: of former employees, and of people nobody knows.

The company is typed in full, and whoever writes is told the same whether it is here or not, and whether anybody of that
name ever worked there. Nothing is granted before an officer knows who it is; the clock runs meanwhile.
"""

from collections.abc import Sequence
from typing import Any

from core import database
from core.accounts.tables import Company
from core.audit import Actor
from core.calendar import promises
from core.errors import Refused
from core.helpdesk import outsiders, reports
from core.helpdesk.reports import CHANNEL, Followed, Line, Receipt
from core.phrases import phrase, saat
from core.privacy import kinds, requests
from core.privacy.requests import Come
from core.privacy.tables import DataRequest

LONGEST_CONTACT = 200


async def submit(company: str, kind: str, name: str, contact: str, words: str, *, language: str) -> Receipt:
    """Record it for the officer of the company that is called so, or of whoever runs Serambi. Refused: no company."""
    typed = reports.typed_company(company)
    if kind not in kinds.KINDS:
        raise Refused("privacy.kind_needed")
    found, theirs = await reports.called(typed)
    secret = reports.new_secret()
    async with database.transaction(found):
        called = name.strip() or phrase("publicform.nameless", language)
        who = await outsiders.by_report(called, language=language, contact=contact.strip()[:LONGEST_CONTACT])
        by = Actor(f"person:{who.person}", CHANNEL)
        come = Come(kinds.FORM, CHANNEL, secret_index=reports.index_of(secret))
        row = await requests.submit(kind, who.person, words, come, by=by)
        if not theirs:
            told = phrase("privacy.form_unknown", language, company=typed)
            await requests.note(row, "noted", by=Actor("serambi", CHANNEL), words=told)
        zone = await _zone()
        return Receipt(row.number, reports.grouped(secret), saat(row.due_at, zone, language))


async def follow(number: str, secret: str, *, language: str) -> Followed:
    """The request with this number and secret. Refused: one sentence for whatever is wrong."""
    company, row = await _found(number, secret)
    async with database.reading(company):
        return await _shown(row, language)


async def add(number: str, secret: str, words: str, *, language: str) -> Followed:
    """Add to it, or answer what the officer asks."""
    company, found = await _found(number, secret)
    async with database.transaction(company):
        row = await requests.by_public(found.public)
        assert row is not None
        await requests.add(row, words, by=Actor(f"person:{row.person}", CHANNEL))
        return await _shown(row, language)


async def unmatched() -> Sequence[dict[str, Any]]:
    """Requests about companies that are not here, for the operator: number, when, until when, and what was written."""
    async with database.installation(writes=False):
        operator = await Company.select(Company.id).where(Company.kind == "operator").first()
    assert operator is not None
    async with database.reading(operator["id"]):
        form = DataRequest.door == kinds.FORM
        rows = await DataRequest.objects().where(form).order_by(DataRequest.id, ascending=False).limit(100)
        return [
            {
                "number": row.number, "at": row.received_at.isoformat(), "state": row.state,
                "words": "\n".join(filter(None, [requests.said(one) for one in await requests.events_of(row)])),
            }
            for row in rows
        ]  # fmt: skip


async def _shown(row: DataRequest, language: str) -> Followed:
    zone = await _zone()
    lines = [
        Line(one.at, one.by == f"person:{row.person}", requests.said(one) or _happened(one.kind, language))
        for one in await requests.events_of(row, public=True)
    ]
    return Followed(row.number, row.state, saat(row.due_at, zone, language), lines, zone)


def _happened(kind: str, language: str) -> str:
    return phrase(f"privacydesk.event_{kind}", language)


async def _found(number: str, secret: str) -> tuple[int, DataRequest]:
    """The company and the request; everything that is wrong is the same."""
    async with database.installation(writes=False):
        where = DataRequest.secret_index == reports.index_of(secret)
        found = await DataRequest.select(DataRequest.company, DataRequest.public).where(where).first()
    if found is None:
        raise Refused("publicform.not_found")
    async with database.reading(found["company"]):
        row = await requests.by_public(found["public"])
    if row is None or not reports.same_number(number, row.number):
        raise Refused("publicform.not_found")
    return int(found["company"]), row


async def _zone() -> str:
    return (await promises.times()).held.zone
