"""The public report form, for whoever does not sign in; nothing on it tells which companies or people are here."""

from collections.abc import Mapping
from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from backoffice import asker
from backoffice.asker import Web
from backoffice.controllers.session import claimed
from backoffice.rendering import page, refusal
from core.accounts import addresses
from core.errors import Refused
from core.helpdesk import reports, tickets
from core.privacy import kinds, public_form, requests, way

FIELDS = {
    "publicform.company_needed": "company", "publicform.kind_needed": "kind", "tickets.words_needed": "words",
    "tickets.too_long": "words", "publicform.not_found": "secret", "privacy.kind_needed": "right",
    "privacy.words_needed": "words", "privacy.too_long": "words",
}  # fmt: skip


class Written(Struct):
    """A report."""

    company: str = ""
    kind: str = ""
    right: str = ""  # over personal data, where it is about those
    name: str = ""
    contact: str = ""
    words: str = ""


class Followed(Struct):
    """What opens a report again, and what is added to it."""

    number: str = ""
    secret: str = ""
    words: str = ""


class ReportController(Controller):
    """`/report`."""

    opt = {"open": True}  # noqa: RUF012  Litestar's own

    @get("/report")
    async def form(self, request: Web) -> Response[str]:
        """The form, and where a report is followed."""
        return await _form(request, Written())

    @get("/lapor")
    async def lapor(self) -> Response[Any]:
        """The same under its Indonesian name."""
        return Redirect("/report", status_code=303)

    @post("/report")
    async def send(self, request: Web, data: URLEncodedBody[Written]) -> Response[str]:
        """Keep a report, and show its number and secret, once."""
        language = asker.of(request).language
        await claimed(request)  # it is not given back: so many reports from one network within an hour, and no more
        try:
            if data.kind == reports.DATA:
                receipt = await public_form.submit(
                    data.company[:200], data.right[:8], data.name[:120], data.contact[:200], data.words[:5000],
                    language=language,
                )  # fmt: skip
            else:
                receipt = await reports.submit(
                    data.company[:200], data.kind[:8], data.name[:120], data.words[:5000], language=language
                )
        except Refused as no:
            return await _form(request, data, wrong={FIELDS.get(no.key, ""): refusal(request, no, "Asia/Jakarta")})
        return await page(request, "public/report_sent.html", receipt=receipt)

    @post("/report/follow")
    async def follow(self, request: Web, data: URLEncodedBody[Followed]) -> Response[str]:
        """A report with its answers."""
        return await _follow(request, data, adds=False)

    @post("/report/add")
    async def add(self, request: Web, data: URLEncodedBody[Followed]) -> Response[str]:
        """Add to a report, or answer what was asked."""
        return await _follow(request, data, adds=True)


async def _follow(request: Web, data: Followed, *, adds: bool) -> Response[str]:
    language = asker.of(request).language
    tried = await claimed(request)
    number, secret, wrong = data.number[:20], data.secret[:80], dict[str, str]()
    rights = number.strip().upper().startswith(requests.LETTER)
    where: Any = public_form if rights else reports
    try:
        if adds:
            try:
                found = await where.add(number, secret, data.words[:5000], language=language)
            except Refused as no:
                if no.key == "publicform.not_found":
                    raise
                wrong = {"words": refusal(request, no, "Asia/Jakarta")}
                found = await where.follow(number, secret, language=language)
        else:
            found = await where.follow(number, secret, language=language)
    except Refused as no:
        told = {"secret": refusal(request, no, "Asia/Jakarta")}
        return await _form(request, Written(), wrong=told, number=number)
    await addresses.give_back(tried)
    return await page(
        request, "public/report_followed.html", status=422 if wrong else 200, one=found, number=number, secret=secret,
        wrong=wrong, typed=data.words[:5000] if wrong else "", added=adds and not wrong, most=tickets.LONGEST,
        state=f"privacy.state_mine_{found.state}" if rights else f"desk.state_mine_{found.state}",
        over=found.state not in way.OPEN if rights else found.state == "closed", rights=rights,
    )  # fmt: skip


async def _form(
    request: Web, typed: Written, *, wrong: Mapping[str, str] | None = None, number: str = ""
) -> Response[str]:  # fmt: skip
    return await page(
        request, "public/report.html", status=422 if wrong else 200, typed=typed, wrong=dict(wrong or {}),
        number=number, kinds=reports.KINDS, rights=kinds.KINDS, article_of=kinds.ARTICLE, most=tickets.LONGEST,
    )  # fmt: skip
