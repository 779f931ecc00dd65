"""A request about personal data that came on paper, by telephone or at the counter, typed in at the desk."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Controller, Response, get, post
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.guards import acting, requires, standing
from backoffice.rendering import page, refusal
from core import clock, database
from core.errors import Refused
from core.people.written import iso
from core.phrases import saat
from core.privacy import entered, kinds, requests
from core.privacy.tables import DataRequest

FIELDS = {
    "privacy.way_needed": "way", "privacy.kind_needed": "kind", "calls.name_needed": "name",
    "calls.contact_too_long": "contact", "privacy.words_needed": "words", "privacy.too_long": "words",
    "privacy.received_then": "day", "privacy.day_needed": "day", "people.named_missing": "employee",
    "people.named_nobody": "employee", "people.named_near": "employee", "privacy.own_request": "employee",
}  # fmt: skip


class Written(Struct):
    """Who asked, how and when it came, and what is asked."""

    employee: str = ""
    name: str = ""
    contact: str = ""
    kind: str = ""
    way: str = entered.PAPER
    day: str = ""
    time: str = ""
    how: str = ""
    words: str = ""


class PrivacyEnteredController(Controller):
    """`/{company}/privacy/new`."""

    path = "/{company:str}/privacy/new"
    guards = (requires("privacy", "receive"),)

    @get()
    async def form(self, request: Web, done: FromQuery[str] = "") -> Response[str]:
        """The form; after one was recorded, its number and until when it is answered."""
        where = standing(request)
        now = clock.local(clock.now(), where.zone)
        receipt = None
        async with database.reading(where.company):
            row = await requests.by_public(done) if done else None
            if row is not None and row.door == kinds.AGENT:
                receipt = row.number, saat(row.due_at, where.zone, asker.of(request).language)
        return await _form(request, Written(day=f"{now:%Y-%m-%d}", time=f"{now:%H:%M}"), receipt=receipt)

    @post()
    async def enter(self, request: Web, data: URLEncodedBody[Written]) -> Response[str]:
        """Record it; an employee in whose name it is, is told."""
        where, language = standing(request), asker.of(request).language
        try:
            received = _instant(data, where.zone)
            async with database.transaction(where.company):
                taken = entered.Taken(
                    data.kind, data.words, data.way, received, data.employee, data.name[:120], data.contact, data.how
                )
                row: DataRequest = await entered.enter(taken, language=language, by=acting(request))
        except Refused as no:
            return await _form(request, data, wrong={FIELDS.get(no.key, ""): refusal(request, no, where.zone)})
        return Redirect(f"/{where.place.slug}/privacy/new?done={row.public}", status_code=303)


def _instant(data: Written, zone: str) -> datetime:
    """When it came, by the clock of whoever types it in; without a time the beginning of that day."""
    day = iso(data.day.strip()) or data.day.strip()
    try:
        local = datetime.fromisoformat(f"{day}T{data.time.strip().replace('.', ':') or '00:00'}")
        return local.replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        raise Refused("privacy.day_needed") from None


async def _form(
    request: Web, typed: Written, *, wrong: Mapping[str, str] | None = None, receipt: tuple[str, str] | None = None
) -> Response[str]:
    where = standing(request)
    return await page(
        request, "privacy/new.html", status=422 if wrong else 200, place=where.place.name, zone=where.zone,
        company=where.place, typed=typed, wrong=dict(wrong or {}), ways=entered.WAYS, kinds=kinds.KINDS,
        most=requests.LONGEST, receipt=receipt,
    )  # fmt: skip
